//! Every call of AWS that an organizer's use case makes fails once, in each way. What is told then is a fault and never
//! somebody's mistake; the same button pressed again, or what the sentence says, ends where a run without faults ends, but
//! for what [`trace`] names. Nothing has an effect that the log has not told before.

mod acts;
mod scenes;
mod trace;

use super::READS;
use acts::{Heard, Work};
use scenes::Prepared;
use std::collections::BTreeSet;
use std::io::Write;
use tests::network::{Fault, Network, Passed};
use trace::Kept;

/// A use case, the calls that it makes without faults, and where that ends.
struct Undisturbed {
    work: Work,
    before: Prepared,
    begun: Kept,
    calls: Vec<Passed>,
    after: Kept,
}

impl Undisturbed {
    async fn of(work: Work) -> Self {
        let before = work.prepared().await;
        let network = Network::default();
        let scene = before.scene(&network).await;
        let begun = Kept::of(&scene.stage).await;
        let (heard, calls) = network.with(&[], work.press(&scene, 0)).await;
        assert!(matches!(heard, Heard::Done), "{work:?} without a fault: {heard:?}");
        let after = Kept::of(&scene.stage).await;
        Self { work, before, begun, calls, after }
    }

    /// Lets a call fail in a way, and has the person do it again.
    async fn with(&self, place: usize, fault: Fault) {
        let Self { work, before, begun, calls, after } = self;
        let network = Network::default();
        let scene = before.scene(&network).await;
        let told = format!("{work:?}, {fault:?} at call {place} ({:?})", calls[place]);
        let (heard, _) = network.with(&[(place, fault)], work.press(&scene, 0)).await;
        let kept = Kept::of(&scene.stage).await;
        kept.effects_follow_entries(begun, *work, &told);
        match heard {
            Heard::Done => kept.ends_as(after, begun, *work, &format!("{told}, and all is well")),
            Heard::Fault(_) => {}
            Heard::Refused(code) => assert_eq!(Some(&*code), work.is_mistaken_for(), "{told}"),
        }
        // Half a minute later: an authenticator app shows another code.
        let again = work.again(&scene, 1).await;
        again.unwrap_or_else(|heard| panic!("{told}, then again: {heard:?}"));
        Kept::of(&scene.stage).await.ends_as(after, begun, *work, &told);
    }
}

/// Each call with the ways in which it fails. A read that fails leaves what was written before it: of those that stand between
/// the same two writes and are alike, one fails. That there is no capacity is told by another status than that nothing
/// arrived, and by no other state: some of them tell so. The log is written in the same calls whatever it tells
/// of, which fail in every way in an invitation; elsewhere one entry comes to be without what it tells of, and the note of it
/// not at all. What the importer does with a file belongs to the use case of that file.
fn failing(calls: &[Passed], work: Work) -> Vec<(usize, Fault)> {
    let (mut failing, mut between, mut known) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    let (mut is_noted, mut imported) = (false, work.imports().map(str::to_owned));
    for (place, call) in calls.iter().enumerate() {
        let kind = format!("{} {} {}", call.service, call.action, plain(&call.path));
        let is_read = READS.contains(&call.action.as_str());
        let is_entry = call.path.starts_with("vault/audit/");
        let ways: Vec<Fault> = if let Some(file) = &imported {
            if call.action == "PUT" && call.path.ends_with(&format!("imports/{file}.report.json")) {
                imported = None;
            }
            if work.is_judged() && known.insert(kind) { super::ways(call).collect() } else { Vec::new() }
        } else if work != Work::Invite && (is_entry || is_noted) {
            let fault = if is_entry { Fault::Lost } else { Fault::Refused };
            Some(fault).filter(|_| !is_read).into_iter().collect()
        } else {
            let is_told = known.insert(kind.clone()) && work.tells_capacity();
            let is_alike = is_read && !between.insert(kind);
            super::ways(call).filter(|fault| !is_alike && (is_told || *fault != Fault::Throttled)).collect()
        };
        failing.extend(ways.into_iter().map(|fault| (place, fault)));
        is_noted = is_entry && !is_read;
        if !is_read {
            between.clear();
        }
        if call.action == "PUT" && call.path.starts_with("uploads/") {
            imported = call.path.rsplit('/').next().map(str::to_owned);
        }
    }
    failing
}

/// A path without what tells one object of a kind from another.
fn plain(path: &str) -> String {
    path.chars().filter(|sign| !sign.is_ascii_hexdigit()).collect()
}

async fn each_call_fails(work: Work) {
    let undisturbed = Undisturbed::of(work).await;
    let failing = failing(&undisturbed.calls, work);
    for (place, fault) in &failing {
        undisturbed.with(*place, *fault).await;
    }
    writeln!(std::io::stdout(), "{work:?}: {} calls, {} faults", undisturbed.calls.len(), failing.len())
        .expect("somebody listens");
}

macro_rules! each_call_of {
    ($($name:ident: $($work:ident),+;)+) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            $(each_call_fails(Work::$work).await;)+
        }
    )+};
}

each_call_of! {
    any_call_of_an_invitation_may_fail: Invite, InviteDirectly;
    any_call_of_the_first_step_of_enrolling_may_fail: Enrol;
    any_call_of_the_second_step_of_enrolling_may_fail: Confirm;
    any_call_of_signing_in_may_fail: SignIn, Second;
    any_call_of_an_organizers_new_secret_may_fail: ChangeOwnSecret;
    any_call_of_a_new_recovery_card_may_fail: NewRecovery;
    any_call_of_a_second_factor_may_fail: StepUp, Look;
    any_call_of_ending_sessions_may_fail: EndSession, EndSessions, SignOut;
    any_call_of_changed_rights_may_fail: ChangePerson, ChangeLead;
    any_call_of_a_new_file_may_fail: PutNew;
    any_call_of_a_replaced_file_may_fail: PutReplaced;
    any_call_of_an_approved_bank_may_fail: PutApprovedBank;
    any_call_of_a_proposal_may_fail: ProposeDecisions, ProposeReset;
    any_call_of_proposals_of_files_may_fail: ProposePlan, ProposeBank, ProposeUnit;
    any_call_of_asking_for_a_preview_may_fail: AskPreview, PreviewAgain;
    any_call_of_trying_a_proposal_may_fail: TryOut;
    any_call_of_approving_decisions_may_fail: ApproveDecisions;
    any_call_of_noting_what_was_decided_may_fail: Applied;
    any_call_of_approving_a_slip_may_fail: ApproveReset;
    any_call_of_approving_a_unit_may_fail: ApproveUnit;
    any_call_of_approving_rights_may_fail: ApproveRoles;
    any_call_of_approving_a_plan_may_fail: ApprovePlan;
    any_call_of_approving_a_bank_may_fail: ApproveBank;
    any_call_of_ending_a_proposal_may_fail: Reject, Withdraw;
    any_call_of_correcting_a_unit_may_fail: CorrectUnit;
    any_call_of_asking_for_figures_may_fail: AskWatch, SeeFigures;
    any_call_of_looking_people_up_may_fail: LookUp, SeePaper;
    any_call_of_looking_at_results_may_fail: SeeResults, SeeReview, Download;
    any_call_of_importing_decisions_may_fail: ImportDecisions;
}

/// Minutes long: `cargo xtask exhaustive`.
#[tokio::test(flavor = "multi_thread")]
async fn large_every_call_of_every_organizers_use_case_fails_in_every_way() {
    for work in Work::ALL {
        let undisturbed = Undisturbed::of(work).await;
        for (place, call) in undisturbed.calls.iter().enumerate() {
            for fault in super::ways(call) {
                undisturbed.with(place, fault).await;
            }
        }
        writeln!(std::io::stdout(), "{work:?}: {} calls, each in every way", undisturbed.calls.len())
            .expect("somebody listens");
    }
}
