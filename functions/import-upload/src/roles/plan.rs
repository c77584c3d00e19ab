//! `contest.toml`.

use super::{Content, bank, units};
use crate::folder::{Folder, count_ties, heavy};
use crate::in_force::{Change, Compiled, InForce, Stage};
use crate::readers;
use crate::tables::Reading;
use crate::verdict::Verdict;
use contest::plan::{Field, Plan, RegistrationMode, Round};
use contest::plan_file::{self, line_of};
use contest::problem::{Place, Problem, ProblemKind, Waiting};
use contest::seal::sha256_hex;
use contest::time::Timestamp;
use store::{ObjectRef, keys};

/// Name of the plan's file.
pub(crate) const FILE: &str = "contest.toml";

const DAY_MS: i64 = 24 * 3_600_000;

/// A contest so far ahead is most likely one of another year.
const FAR_DAYS: u64 = 2 * 365;

/// The plan, and its text as it is stored.
pub(super) struct PlanFile {
    pub(super) plan: Plan,
    text: String,
}

/// Reads the plan. What could be read of one with errors is there too: it and others are judged against each other, so
/// that one slip hides no other.
pub(super) fn read(bytes: &[u8]) -> Reading<PlanFile> {
    let text = match readers::text(bytes) {
        Ok(text) => plan_file::clean(text),
        Err(problem) => return Reading::unreadable(vec![problem]),
    };
    let reading = plan_file::read(&text);
    let rows = text.lines().count() as u64;
    let plan = if reading.errors.is_empty() { reading.plan } else { reading.draft };
    let content = plan.map(|plan| PlanFile { plan, text });
    let (sheets, parts) = (Vec::new(), Vec::new());
    Reading { content, rows, sheets, parts, errors: reading.errors, warnings: reading.warnings }
}

impl PlanFile {
    /// A problem with a key, with its line.
    pub(super) fn problem(&self, key: &str, kind: ProblemKind) -> Problem {
        at_key(Some(&self.text), key, kind)
    }
}

impl Content for PlanFile {
    fn cross_check(&self, folder: &Folder, verdict: &mut Verdict) {
        let plan = &self.plan;
        // The identifier of a plan with errors may be a stand-in.
        if let Some(contest) = folder.contest.as_ref().filter(|id| verdict.errors.is_empty() && plan.id != **id) {
            verdict.errors.push(self.problem("id", ProblemKind::IdIsNotFolder { folder: contest.to_string() }));
        }
        bank::check_plan(self, folder, verdict);
        match &folder.units {
            Some(tree) => {
                units::fit(plan, tree).put(verdict, |key, kind| self.problem(key, kind));
                if units::are_not_asked(plan) {
                    verdict.warnings.push(self.problem("registration.fields", ProblemKind::UnitsNotAsked));
                }
            }
            None if plan.registration.fields.contains(&Field::Unit) => verdict.wait_for("units.csv"),
            None => {}
        }
        if plan.registration.mode == RegistrationMode::Roster && folder.roster.is_none() {
            verdict.wait_for("roster.csv");
        }
        for picture in plan.page.pictures().filter(|picture| !folder.pictures.contains(*picture)) {
            verdict.wait_for(picture);
        }
        if plan.registration.mode == RegistrationMode::Open && folder.roster.is_some() {
            verdict.warnings.push(self.problem("registration.mode", ProblemKind::RosterInOpenContest));
        }
        count_ties(&mut verdict.warnings, plan, folder.roster_lines(), folder.units.as_ref());
        let heavy = heavy(Some(plan), folder.roster_lines(), folder.units.as_ref());
        verdict.warnings.extend(heavy.map(|kind| self.problem("attempt.per_round", kind)));
    }

    fn plan(&self) -> Option<&Plan> {
        Some(&self.plan)
    }

    fn put(&self, folder: &mut Folder) {
        folder.plan = Some(self.plan.clone());
        folder.plan_text = Some(self.text.clone());
    }

    fn compile(&self, from: &InForce, to: &mut Compiled) -> anyhow::Result<()> {
        let bytes = self.text.clone().into_bytes();
        let sha256 = sha256_hex(&bytes);
        let path = keys::plan_text(&from.contest, &sha256);
        to.objects.push((path.clone(), bytes));
        to.state.plan = Some(ObjectRef { path, sha256 });
        Ok(())
    }

    fn refused_change(&self, change: &Change<'_>) -> Vec<Problem> {
        refused(change.plan, self, change.stage, change.from.now)
    }

    /// Rounds that are over before anyone could know of them.
    fn past(&self, now: Timestamp) -> Vec<Problem> {
        if is_over(&self.plan, now) {
            return vec![self.problem("rounds", ProblemKind::AllRoundsAreOver)];
        }
        let days = (self.plan.opens().millis() - now.millis()) / DAY_MS;
        if let Some(days) = u64::try_from(days).ok().filter(|days| *days > FAR_DAYS) {
            return vec![self.problem("rounds", ProblemKind::YearSlips { waits: Waiting::Contest, days })];
        }
        let over = self.plan.rounds.iter().enumerate().filter(|(_, round)| round.closes <= now);
        let warning = |(place, round): (usize, &Round)| {
            self.problem(&format!("rounds.{place}"), ProblemKind::RoundIsOver { round: round.name.clone() })
        };
        over.map(warning).collect()
    }
}

/// Whether nobody can take part in any round any more.
pub(crate) fn is_over(plan: &Plan, now: Timestamp) -> bool {
    plan.closes() <= now
}

/// A problem with a key of the plan, with its line where the plan itself is judged. Numbers in the key
/// tell several tables of one name apart and are not part of the column.
pub(super) fn at_key(plan_text: Option<&str>, key: &str, kind: ProblemKind) -> Problem {
    let line = plan_text.and_then(|text| line_of(text, key));
    let named: Vec<&str> = key.split('.').filter(|part| part.parse::<usize>().is_err()).collect();
    Problem { place: Place::Key { line, key: named.join(".") }, kind }
}

/// Faults of replacing the plan `old` by `new`.
fn refused(old: &Plan, new: &PlanFile, stage: Stage, now: Timestamp) -> Vec<Problem> {
    match stage {
        Stage::Planned => Vec::new(),
        Stage::Registered => {
            let (was, is) = (&old.registration, &new.plan.registration);
            // Who has an account under the one rule could get a second one under the other.
            let rules = [("registration.mode", was.mode == is.mode), ("registration.unique", was.unique == is.unique)];
            let changed = rules.iter().filter(|(_, same)| !same);
            changed.map(|(key, _)| new.problem(key, ProblemKind::RegistrationHasBegun)).collect()
        }
        Stage::Begun => change_of_begun(old, new, now),
    }
}

fn change_of_begun(old: &Plan, new: &PlanFile, now: Timestamp) -> Vec<Problem> {
    let PlanFile { plan: new, text } = new;
    let round_fault = |round: &Round| {
        let place = new.rounds.iter().position(|other| other.id == round.id);
        let key = place.map_or_else(|| "rounds".to_owned(), |place| format!("rounds.{place}"));
        let name = round.name.clone();
        let has_ended = old.round(&round.id).is_some_and(|old| old.closes <= now);
        let kind = if has_ended {
            ProblemKind::RoundHasEnded { round: name }
        } else {
            ProblemKind::RoundHasBegun { round: name }
        };
        at_key(Some(text), &key, kind)
    };
    let begun = old.rounds.iter().filter(|round| round.opens <= now);
    let broken = begun.filter(|round| !only_extended(round, new.round(&round.id), now));
    let mut faults: Vec<Problem> = broken.map(round_fault).collect();
    // A round put before one that has begun would itself have begun without anyone's knowing.
    let late = new.rounds.iter().filter(|round| old.round(&round.id).is_none() && round.opens <= now);
    faults.extend(late.map(round_fault));
    // What an attempt of a round is was announced like the rest; one that is new may have its own.
    let other = new.rounds.iter().enumerate().filter(|(_, round)| {
        let old_round = old.round(&round.id).filter(|old| old.opens > now);
        old_round.is_some_and(|old| old.attempt != round.attempt)
    });
    faults.extend(other.map(|(place, round)| {
        let key = if round.attempt.is_some() { format!("rounds.{place}.attempt") } else { format!("rounds.{place}") };
        at_key(Some(text), &key, ProblemKind::ContestHasBegun)
    }));
    let rules = [
        ("time_zone", old.time_zone == new.time_zone),
        ("rounding", old.rounding == new.rounding),
        ("registration", old.registration == new.registration),
        ("attempt", old.attempt == new.attempt),
        ("prediction", old.rules.prediction == new.rules.prediction),
        ("ranking", old.rules.ranking == new.rules.ranking),
        ("prizes", old.rules.prizes == new.rules.prizes),
        ("collective", old.rules.collective == new.rules.collective),
        ("overall", old.rules.overall == new.rules.overall),
        // Heads and signatures may still be put right.
        ("certificates", old.certificates == new.certificates),
    ];
    let changed = rules.iter().filter(|(_, same)| !same);
    faults.extend(changed.map(|(key, _)| at_key(Some(text), key, ProblemKind::ContestHasBegun)));
    faults
}

/// Whether a round that has begun stays as it is, but for a later end. Once closed, its end stands;
/// results may still come later than announced.
fn only_extended(old: &Round, new: Option<&Round>, now: Timestamp) -> bool {
    let Some(new) = new else { return false };
    let end_holds = if now < old.closes { new.closes >= old.closes } else { new.closes == old.closes };
    let results_hold =
        if now < old.publishes { new.publishes >= old.publishes } else { new.publishes == old.publishes };
    let rest = Round { closes: old.closes, publishes: old.publishes, ..new.clone() };
    end_holds && results_hold && rest == *old
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = include_str!("../../../../contests/song-cong-cchc-2021/contest.toml");

    fn codes(from: &str, to: &str, now: &str) -> Vec<&'static str> {
        assert!(TEXT.contains(from), "{from}");
        let plan = |text: &str| plan_file::read(text).plan.expect("a plan");
        let now = Timestamp::parse_rfc3339(now).expect("an instant");
        let text = TEXT.replacen(from, to, 1);
        let old = plan(TEXT);
        let stage = if now >= old.opens() { Stage::Begun } else { Stage::Planned };
        let faults = refused(&old, &PlanFile { plan: plan(&text), text: text.clone() }, stage, now);
        let lines: Vec<&str> = text.lines().collect();
        for fault in &faults {
            let line = lines[fault.place.row().expect("a line") as usize - 1];
            assert!(line.starts_with('[') || line.starts_with("attempt ="), "{line} is where the table begins");
        }
        faults.iter().map(|p| p.kind.code()).collect()
    }

    const BEFORE: &str = "2021-12-13T08:29:59.999+07:00";
    const OPEN: &str = "2021-12-13T08:30:00+07:00";
    const CLOSED: &str = "2021-12-19T16:30:00+07:00";

    #[test]
    fn before_the_first_opening_everything_may_change() {
        assert!(codes("minutes = 15", "minutes = 20", BEFORE).is_empty());
        assert!(codes("closes = \"2021-12-19T16:30\"", "closes = \"2021-12-18T16:30\"", BEFORE).is_empty());
    }

    #[test]
    fn an_open_round_may_only_end_later() {
        let end = "closes = \"2021-12-19T16:30\"";
        assert!(codes(end, "closes = \"2021-12-19T16:31\"", OPEN).is_empty());
        assert_eq!(codes(end, "closes = \"2021-12-19T16:29\"", OPEN), ["round_has_begun"]);
        assert_eq!(codes(end, "closes = \"2021-12-19T17:30\"", CLOSED), ["round_has_ended"]);
        let publication = "publishes = \"2021-12-20T08:00\"";
        assert!(codes(publication, "publishes = \"2021-12-20T08:01\"", OPEN).is_empty());
        assert_eq!(codes(publication, "publishes = \"2021-12-20T07:59\"", OPEN), ["round_has_begun"]);
        assert_eq!(codes("bank-tuan-1.xlsx", "bank-khac.xlsx", OPEN), ["round_has_begun"]);
        assert_eq!(codes("opens = \"2021-12-13T08:30\"", "opens = \"2021-12-13T08:31\"", OPEN), ["round_has_begun"]);
        assert_eq!(codes("id = \"tuan-1\"", "id = \"tuan-0\"", OPEN), ["round_has_begun", "round_has_begun"]);
    }

    #[test]
    fn attempts_of_a_round_ahead_were_announced_too() {
        let bank = "bank = \"bank-tuan-2.xlsx\"";
        let own = format!("{bank}\nattempt = {{ minutes = 20 }}");
        assert_eq!(codes(bank, &own, OPEN), ["contest_has_begun"]);
        assert!(codes(bank, &own, BEFORE).is_empty());
        // A round that nobody knew of may have its own.
        let new = "[[rounds]]\nid = \"tuan-3\"\nname = \"Tuần thứ Ba\"\nopens = \"2021-12-27T08:30\"\n\
                   closes = \"2021-12-28T16:30\"\npublishes = \"2021-12-29T08:00\"\nbank = \"bank-tuan-3.xlsx\"\n\
                   attempt = { minutes = 20 }\n\n[[prizes]]";
        assert!(codes("[[prizes]]", new, OPEN).is_empty());
    }

    #[test]
    fn the_rules_stand_from_the_first_opening_and_rounds_ahead_are_free() {
        assert_eq!(codes("minutes = 15", "minutes = 20", OPEN), ["contest_has_begun"]);
        assert_eq!(codes("amount = 800000", "amount = 700000", OPEN), ["contest_has_begun"]);
        let overall = "[overall]\nscore = \"sum\"\norder = [\"score desc\"]\n\n[[prizes]]";
        assert_eq!(codes("[[prizes]]", overall, OPEN), ["contest_has_begun"]);
        assert!(codes("[[prizes]]", overall, BEFORE).is_empty());
        assert!(codes("opens = \"2021-12-20T08:30\"", "opens = \"2021-12-21T08:30\"", OPEN).is_empty());
        assert!(codes("organizer = \"UBND", "organizer = \"Ủy ban", OPEN).is_empty());
    }
}
