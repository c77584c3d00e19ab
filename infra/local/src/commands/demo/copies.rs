//! Contests of the demo that are going on now: copies of samples with other ids, names and days.

use crate::world::upload::{ContestFolder, PLAN};
use anyhow::Context;
use contest::plan_edit::{At, Edit, Value, edit};
use contest::time::Timestamp;
use documents::words::program as words;

/// The contest that is open, in which visitors may take part.
pub const OPEN_ID: &str = "thi-thu";
/// The contest that has closed and whose results are still to be published.
pub const CLOSED_ID: &str = "cho-cong-bo";
/// The contest that opens in some days and for which something is missing.
pub const COMING_ID: &str = "sap-mo";

/// A sample with two rounds, and prizes in money.
const SHORT_SAMPLE: &str = "song-cong-cchc-2021";
const OTHER_SAMPLE: &str = "thai-nguyen-2021";

pub(super) const MINUTE_MS: i64 = 60 * 1_000;
pub(super) const HOUR_MS: i64 = 60 * MINUTE_MS;
pub(super) const DAY_MS: i64 = 24 * HOUR_MS;

/// The quickest of a played contest's winners are below this.
const FLOOR_SECONDS: i64 = 60;

/// The days of a round, from the moment at which the demo is ready, in milliseconds.
struct Days {
    opens: i64,
    closes: i64,
    publishes: i64,
}

impl Days {
    const fn from(opens: i64) -> Self {
        Self { opens, closes: opens + 7 * DAY_MS, publishes: opens + 7 * DAY_MS + 15 * HOUR_MS }
    }
}

/// A contest whose first round opened some hours before `now` and is open for a week.
pub(super) fn open(now: Timestamp) -> anyhow::Result<ContestFolder> {
    let first = Days { closes: 7 * DAY_MS, publishes: 7 * DAY_MS + 15 * HOUR_MS, opens: -6 * HOUR_MS };
    let second = Days::from(first.closes + 16 * HOUR_MS);
    let folder = Moving::of(SHORT_SAMPLE, now)?.moved((OPEN_ID, words::trial), -4 * DAY_MS, &[first, second])?;
    let day = |after_now_ms| {
        let local = now.plus_millis(after_now_ms).utc().with_timezone(&chrono_tz::Asia::Ho_Chi_Minh);
        local.format("%d/%m/%Y").to_string()
    };
    let told = words::trial_announcements(day(-2 * DAY_MS), day(0));
    let files = folder.files.into_iter().chain([("announcements.csv".to_owned(), told.into_bytes())]);
    Ok(ContestFolder::new(OPEN_ID, files))
}

/// A contest whose only round has closed two hours before `now`.
pub(super) fn closed(now: Timestamp) -> anyhow::Result<ContestFolder> {
    let only = Days { opens: -3 * DAY_MS, closes: -2 * HOUR_MS, publishes: 22 * HOUR_MS };
    let mut moving = Moving::of(SHORT_SAMPLE, now)?;
    moving.set(&["attempt", "min_seconds"], Value::Number(FLOOR_SECONDS));
    moving.moved((CLOSED_ID, words::awaiting_results), -4 * DAY_MS, &[only])
}

/// A contest that opens in five days; the bank of its last round and the list of excluded people are missing.
pub(super) fn coming(now: Timestamp) -> anyhow::Result<ContestFolder> {
    let rounds = [5, 13, 21, 29].map(|day| Days::from(day * DAY_MS));
    let folder = Moving::of(OTHER_SAMPLE, now)?.moved((COMING_ID, words::coming), 2 * DAY_MS, &rounds)?;
    let last_bank = folder.plan()?.rounds.last().map(|round| round.bank.clone()).unwrap_or_default();
    let there = folder.files.into_iter().filter(|(name, _)| *name != last_bank && !name.starts_with("excluded."));
    Ok(ContestFolder::new(COMING_ID, there))
}

/// A sample on its way to other days.
struct Moving {
    sample: ContestFolder,
    now: Timestamp,
    edits: Vec<Edit>,
}

impl Moving {
    fn of(sample: &str, now: Timestamp) -> anyhow::Result<Self> {
        let samples = ContestFolder::samples()?;
        let sample = samples.into_iter().find(|of| of.id == sample).context("a sample of the demo is not there")?;
        Ok(Self { sample, now, edits: Vec::new() })
    }

    fn set(&mut self, path: &[&str], value: Value) {
        let path = path.iter().map(|name| At::Name((*name).to_owned())).collect();
        self.edits.push(Edit::Set { path, value });
    }

    fn set_time(&mut self, path: &[&str], after_now_ms: i64) {
        let local = self.now.plus_millis(after_now_ms).utc().with_timezone(&chrono_tz::Asia::Ho_Chi_Minh);
        self.set(path, Value::Text(local.format("%Y-%m-%dT%H:%M").to_string()));
    }

    /// The copy with another id and name, and with as many rounds as have days.
    fn moved(
        mut self,
        (id, named): (&str, fn(String) -> String),
        registration_opens: i64,
        days: &[Days],
    ) -> anyhow::Result<ContestFolder> {
        let plan = self.sample.plan()?;
        self.set(&["id"], Value::Text(id.to_owned()));
        self.set(&["name"], Value::Text(named(plan.name.clone())));
        self.set_time(&["registration", "opens"], registration_opens);
        let mut unused = Vec::new();
        for (place, round) in plan.rounds.iter().enumerate() {
            let round_id = round.id.as_str();
            let Some(days) = days.get(place) else {
                let path = vec![At::Name("rounds".to_owned()), At::Name(round_id.to_owned())];
                self.edits.push(Edit::Remove { path });
                unused.push(round.bank.clone());
                continue;
            };
            for (key, at) in [("opens", days.opens), ("closes", days.closes), ("publishes", days.publishes)] {
                self.set_time(&["rounds", round_id, key], at);
            }
        }
        let text = edit(self.sample.plan_text()?, &self.edits)?;
        let files = self.sample.files.into_iter().filter(|(name, _)| !unused.contains(name));
        let files = files.map(|(name, bytes)| {
            let bytes = if name == PLAN { text.clone().into_bytes() } else { bytes };
            (name, bytes)
        });
        let folder = ContestFolder::new(id, files);
        folder.plan().context("the moved plan has errors")?;
        Ok(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contest::plan::Plan;

    fn now() -> Timestamp {
        Timestamp::parse_rfc3339("2026-03-04T05:06:07Z").expect("a time")
    }

    fn read(folder: &ContestFolder) -> (Plan, Vec<&str>) {
        (folder.plan().expect("a plan"), folder.files.iter().map(|(name, _)| name.as_str()).collect())
    }

    #[test]
    fn the_open_contest_is_open_now_and_for_seven_days() {
        let folder = open(now()).expect("the sample");
        let (plan, files) = read(&folder);
        assert_eq!((plan.id.as_str(), folder.id.as_str()), ("thi-thu", "thi-thu"));
        assert!(plan.name.starts_with("Thi thử: Cuộc thi"), "{}", plan.name);
        assert_eq!(plan.rounds.len(), 2);
        assert!(plan.registration.opens < plan.rounds[0].opens && plan.rounds[0].opens < now());
        assert!(plan.rounds[0].closes > now().plus_millis(7 * DAY_MS - MINUTE_MS));
        assert!(plan.rounds[1].opens > plan.rounds[0].publishes);
        assert_eq!(files.len(), 6, "plan, two banks, units, excluded people, announcements");
    }

    #[test]
    fn the_closed_contest_waits_for_its_results_and_has_announced_a_floor() {
        let folder = closed(now()).expect("the sample");
        let (plan, files) = read(&folder);
        assert_eq!(
            (plan.id.as_str(), plan.rounds.len(), plan.attempt_of(&plan.rounds[0]).min_seconds),
            ("cho-cong-bo", 1, 60)
        );
        assert!(plan.name.starts_with("Chờ công bố: Cuộc thi"), "{}", plan.name);
        assert!(plan.rounds[0].closes < now() && now() < plan.rounds[0].publishes);
        assert_eq!(files, ["contest.toml", "bank-tuan-1.xlsx", "excluded.csv", "units.csv"]);
    }

    #[test]
    fn the_coming_contest_lacks_its_last_bank_and_the_list_of_excluded_people() {
        let folder = coming(now()).expect("the sample");
        let (plan, files) = read(&folder);
        assert!(plan.name.starts_with("Sắp mở: Cuộc thi"), "{}", plan.name);
        assert!(now() < plan.registration.opens && plan.registration.opens < plan.rounds[0].opens);
        assert!(plan.rounds.windows(2).all(|pair| pair[0].publishes < pair[1].opens));
        assert_eq!(files, ["contest.toml", "bank-tuan-1.csv", "bank-tuan-2.csv", "bank-tuan-3.csv", "units.csv"]);
    }
}
