//! Every call of AWS that an organizer's use case makes fails once, in each way. What is told then is a fault and never
//! somebody's mistake; the same button pressed again, or what the sentence says, ends where a run without faults ends, but
//! for what [`trace`] names. Nothing has an effect that the log has not told before.

mod acts;
mod keys;
mod scenes;
mod trace;

use super::READS;
use acts::{Heard, Work};
use scenes::{Bases, Prepared};
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
    async fn of(work: Work, bases: &mut Bases) -> Self {
        let before = work.prepared(bases).await;
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

async fn each_call_fails(work: Work, bases: &mut Bases) {
    let undisturbed = Undisturbed::of(work, bases).await;
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
            let mut bases = Bases::default();
            $(each_call_fails(Work::$work, &mut bases).await;)+
        }
    )+};
}

// Those that begin at the same time share the world in which they begin.
each_call_of! {
    any_call_of_invitations_and_enrolling_may_fail: Invite, InviteDirectly, Enrol, Confirm;
    any_call_of_signing_in_may_fail: SignIn, Second, SignInByKey, CountBack;
    any_call_of_a_second_factor_may_fail: StepUp, StepUpByKey, Look, NewRecovery;
    any_call_of_changing_a_factor_may_fail: ChangeOwnSecret, AddKey, RemoveKey, NewApp, ConfirmApp;
    any_call_of_sessions_and_rights_may_fail: EndSession, EndSessions, SignOut, ChangePerson, ChangeLead, ApproveRoles;
    any_call_of_files_may_fail: PutNew, PutReplaced, CorrectUnit;
    any_call_of_changing_the_plan_may_fail: ProposePlan, ApprovePlan, Extend;
    any_call_of_looking_at_an_open_round_may_fail: AskWatch, SeeFigures, LookUp, SeePaper;
    any_call_of_another_bank_may_fail: ProposeBank, ApproveBank, PutApprovedBank;
    any_call_of_proposals_may_fail: ProposeDecisions, ProposeReset, ProposeUnit, AskPreview, PreviewAgain;
    any_call_of_approving_decisions_may_fail: TryOut, ApproveDecisions, Applied, ImportDecisions;
    any_call_of_ending_other_proposals_may_fail: ApproveReset, ApproveUnit, Reject, Withdraw;
    any_call_of_looking_at_results_may_fail: SeeResults, SeeReview, Download;
}

/// Minutes long: `cargo xtask exhaustive`.
#[tokio::test(flavor = "multi_thread")]
async fn large_every_call_of_every_organizers_use_case_fails_in_every_way() {
    let mut bases = Bases::default();
    for work in Work::ALL {
        let undisturbed = Undisturbed::of(work, &mut bases).await;
        for (place, call) in undisturbed.calls.iter().enumerate() {
            for fault in super::ways(call) {
                undisturbed.with(place, fault).await;
            }
        }
        writeln!(std::io::stdout(), "{work:?}: {} calls, each in every way", undisturbed.calls.len())
            .expect("somebody listens");
    }
}
