use super::due::{self, Counted, Marks, Wait, Watch, WhyOld};
use super::{Account, AttemptRow, Band, Count, Figures, UnitSum, WatchedRound, pace};
use crate::attempt::BARRED;
use crate::closing::Phase;
use crate::fraction::Fraction;
use crate::ids::{ContestantId, RoundId, UnitCode};
use crate::plan::{Plan, Round};
use crate::plan_file;
use crate::time::Timestamp;
use crate::units::{Unit, UnitTree};
use chrono_tz::Tz;
use proptest::prelude::*;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap()
}

/// Fifteen minutes, ten seconds of grace, three attempts.
fn plan(time_zone: Tz) -> Plan {
    let plan = plan_file::read(include_str!("../../../../contests/song-cong-cchc-2021/contest.toml")).plan.unwrap();
    Plan { time_zone, rounds: vec![round()], ..plan }
}

fn person(number: usize) -> ContestantId {
    ContestantId::parse(&format!("AB{number:04}")).unwrap()
}

/// `city` over `east` and `west`, with `school` below `east`.
fn units() -> UnitTree {
    let code = |text: &str| UnitCode::parse(text).unwrap();
    let unit = |own: &str, parent: Option<&str>, members| Unit {
        code: code(own),
        name: own.to_owned(),
        parent: parent.map(code),
        level: None,
        members,
        added_at: None,
    };
    let below = [("school", "east", None), ("east", "city", Some(4)), ("west", "city", None)];
    let units = below.map(|(own, parent, members)| unit(own, Some(parent), members)).into_iter();
    UnitTree::new(units.chain([unit("city", None, None)]).collect()).unwrap()
}

fn account(number: usize, unit: Option<&str>, counts: bool) -> Account {
    let unit = unit.map(|code| UnitCode::parse(code).unwrap());
    Account { contestant: person(number), unit, counts }
}

fn started(number: usize, attempt: u16, started_at: Timestamp) -> AttemptRow {
    let accepted_before = started_at.plus_millis(15 * MINUTE + 10_000);
    AttemptRow { contestant: person(number), number: attempt, started_at, accepted_before, submitted_at: None }
}

fn sent(number: usize, attempt: u16, started_at: Timestamp) -> AttemptRow {
    AttemptRow { submitted_at: Some(started_at.plus_millis(MINUTE)), ..started(number, attempt, started_at) }
}

fn count(accounts: &[Account], rows: impl IntoIterator<Item = AttemptRow>, as_of: Timestamp) -> Figures {
    let (plan, units) = (plan(chrono_tz::Asia::Ho_Chi_Minh), units());
    let mut count = Count::among(accounts, WatchedRound::of(&plan, &plan.rounds[0], &units), as_of);
    rows.into_iter().for_each(|row| count.add(row));
    count.figures()
}

fn line(figures: &Figures, unit: &str) -> String {
    let tree = units();
    let place = tree.find(&UnitCode::parse(unit).unwrap()).unwrap();
    let of = &figures.units[place];
    let UnitSum { registered, contestants, attempts } = of.sum;
    let rate = of.rate_percent.map_or("-".to_owned(), |rate| format!("{}/{}", rate.numerator(), rate.denominator()));
    let band = of.band.map_or("-", Band::as_str);
    format!("{registered} {contestants} {attempts} {rate} {band}")
}

#[test]
fn figures_count_people_sheets_and_who_is_at_it() {
    let accounts = [
        account(1, Some("school"), true),
        account(2, Some("east"), true),
        account(3, Some("west"), true),
        account(4, Some("gone"), true),
        account(5, None, true),
        // On the list of excluded people: registered, and in no other figure.
        account(6, Some("school"), false),
    ];
    let (t, as_of) = (at("2026-03-03T10:30:00+07:00"), at("2026-03-03T10:40:00+07:00"));
    let rows = [
        sent(1, 1, t),
        sent(1, 2, t.plus_millis(HOUR)),
        started(1, 3, t),
        // Its time has run out.
        started(2, 1, t.plus_millis(-HOUR)),
        sent(4, 1, t),
        sent(6, 1, t),
        started(6, 2, t),
        // An account that was erased.
        started(3, BARRED, t),
        // Registered since.
        sent(9, 1, t),
    ];
    let figures = count(&accounts, rows, as_of);
    assert_eq!((figures.registered, figures.contestants, figures.attempts), (6, 3, 4));
    assert_eq!((figures.under_way, figures.rows), (1, 9));
    assert_eq!(line(&figures, "school"), "2 1 2 - -");
    assert_eq!(line(&figures, "east"), "3 1 2 100/4 part");
    assert_eq!(line(&figures, "west"), "1 0 0 - nobody");
    assert_eq!(line(&figures, "city"), "4 1 2 100/4 part");
    assert_eq!(figures.without_unit, UnitSum { registered: 2, contestants: 2, attempts: 2 });
    let hours: Vec<_> = figures.hours.iter().map(|hour| (hour.from.rfc3339(), hour.attempts, hour.starts)).collect();
    let hour = |text: &str, attempts, starts| (at(text).rfc3339(), attempts, starts);
    let expected = [
        hour("2026-03-03T09:00:00+07:00", 0, 1),
        hour("2026-03-03T10:00:00+07:00", 3, 4),
        hour("2026-03-03T11:00:00+07:00", 1, 1),
    ];
    assert_eq!(hours, expected);
}

#[test]
fn hours_are_those_of_the_zone() {
    let (plan, units) = (plan(chrono_tz::Asia::Kolkata), units());
    let round = WatchedRound::of(&plan, &plan.rounds[0], &units);
    let mut count = Count::among(&[], round, at("2026-03-03T10:40:00Z"));
    count.add(started(1, 1, at("2026-03-03T10:29:59.999Z")));
    count.add(started(1, 2, at("2026-03-03T10:30:00.000Z")));
    let from: Vec<_> = count.figures().hours.iter().map(|hour| hour.from.rfc3339()).collect();
    assert_eq!(from, ["2026-03-03T09:30:00.000Z", "2026-03-03T10:30:00.000Z"], "half past, five hours and a half east");
}

#[test]
fn an_attempt_is_under_way_until_the_end_that_the_api_accepts() {
    // Started under a plan that closed ten minutes after the start, and closes later now.
    let t = at("2026-03-08T15:00:00+07:00");
    let row = AttemptRow { accepted_before: t.plus_millis(10 * MINUTE), ..started(1, 1, t) };
    let under_way = |minutes| count(&[], [row.clone()], t.plus_millis(minutes * MINUTE)).under_way;
    assert_eq!([under_way(9), under_way(14), under_way(16)], [1, 1, 0]);
}

#[test]
fn bands_have_the_borders_of_their_source() {
    let band = |contestants, members| Band::of(contestants, Fraction::new(100 * contestants, members));
    for (contestants, members, expected) in [
        (0, 10, Some(Band::Nobody)),
        (0, 0, Some(Band::Nobody)),
        (3, 0, None),
        (1, 1_000, Some(Band::Few)),
        (2_499, 10_000, Some(Band::Few)),
        (2_500, 10_000, Some(Band::Part)),
        (7_499, 10_000, Some(Band::Part)),
        (7_500, 10_000, Some(Band::Most)),
        (9_999, 10_000, Some(Band::Most)),
        (10_000, 10_000, Some(Band::All)),
        (12, 10, Some(Band::All)),
    ] {
        assert_eq!(band(contestants, members), expected, "{contestants} of {members}");
    }
}

fn any_round() -> impl Strategy<Value = (Vec<Account>, Vec<AttemptRow>)> {
    let unit = prop::option::of(prop::sample::select(vec!["school", "east", "west", "city", "gone"]));
    let people = prop::collection::vec((unit, any::<bool>()), 0..12);
    let row = (0..16_usize, 1..4_u16, 0..50 * HOUR, any::<bool>());
    (people, prop::collection::vec(row, 0..40)).prop_map(|(people, rows)| {
        let accounts = people.into_iter().enumerate().map(|(number, (unit, counts))| account(number, unit, counts));
        let t = at("2026-03-02T08:00:00+07:00");
        let row = |(number, attempt, after, is_sent): (usize, u16, i64, bool)| {
            let row = if is_sent { sent } else { started };
            row(number, attempt, t.plus_millis(after))
        };
        (accounts.collect(), rows.into_iter().map(row).collect())
    })
}

proptest! {
    #[test]
    fn units_without_a_parent_and_people_without_a_unit_are_everybody((accounts, rows) in any_round()) {
        let figures = count(&accounts, rows, at("2026-03-03T08:00:00+07:00"));
        let tree = units();
        let mut all = figures.without_unit;
        for of in figures.units.iter().filter(|of| tree.units()[of.unit].parent.is_none()) {
            all.registered += of.sum.registered;
            all.contestants += of.sum.contestants;
            all.attempts += of.sum.attempts;
        }
        prop_assert_eq!((all.registered, all.contestants, all.attempts), (figures.registered, figures.contestants, figures.attempts));
        prop_assert_eq!(figures.hours.iter().map(|hour| hour.attempts).sum::<u64>(), figures.attempts);
        prop_assert_eq!(figures.registered, accounts.len() as u64);
    }

    #[test]
    fn the_order_of_rows_says_nothing(
        ((accounts, rows), (accounts_after, rows_after)) in any_round().prop_flat_map(|(accounts, rows)| {
            let shuffled = (Just(accounts.clone()).prop_shuffle(), Just(rows.clone()).prop_shuffle());
            (Just((accounts, rows)), shuffled)
        })
    ) {
        let as_of = at("2026-03-03T08:00:00+07:00");
        prop_assert_eq!(count(&accounts, rows, as_of), count(&accounts_after, rows_after, as_of));
    }

    #[test]
    fn no_second_takes_more_than_its_units(pages in prop::collection::vec((1..300_u64, 0..400_u64), 1..40)) {
        let (mut now, mut read) = (0, Vec::new());
        for (halves, elapsed) in pages {
            // A page counts when its reply comes, and the next is asked for after the pause.
            now += elapsed;
            read.push((now, halves));
            now += pace::pause_ms(halves, elapsed);
        }
        for &(from, first) in &read {
            // Whatever came after the first page of a second, and before the second was over, but for the last of them: its pause
            // follows it, and so lies in the next second.
            let after: Vec<u64> =
                read.iter().filter(|(at, _)| *at > from && *at <= from + 1_000).map(|(_, halves)| *halves).collect();
            let paid: u64 = after.split_last().map_or(0, |(_, earlier)| earlier.iter().sum());
            prop_assert!(paid <= 2 * pace::READ_UNITS_PER_SECOND, "{paid} half units after {first} at {from}");
        }
    }
}

#[test]
fn a_page_of_a_megabyte_is_followed_by_a_pause() {
    assert_eq!([pace::pause_ms(256, 0), pace::pause_ms(256, 100), pace::pause_ms(256, 500)], [160, 60, 0]);
    assert_eq!([pace::pause_ms(0, 0), pace::pause_ms(1, 0)], [0, 1]);
}

fn round() -> Round {
    Round {
        id: RoundId::parse("r").unwrap(),
        name: "R".into(),
        opens: at("2026-03-02T08:00:00+07:00"),
        closes: at("2026-03-08T16:00:00+07:00"),
        publishes: at("2026-03-08T17:00:00+07:00"),
        bank: "bank.csv".into(),
        lot_witnesses: Vec::new(),
        attempt: None,
    }
}

/// Looked at a minute ago, and counted some minutes ago with so many rows.
fn watch(round: &Round, now: Timestamp, counted: Option<(i64, u64)>) -> Watch<'_> {
    let before = |minutes: i64| now.plus_millis(-minutes * MINUTE);
    let marks = Marks { opened_at: Some(before(1)), ..Marks::default() };
    let counted = counted.map(|(minutes, rows)| Counted { as_of: before(minutes), rows });
    Watch { round, phase: Phase::Open, marks, counted }
}

#[test]
fn rounds_are_counted_between_their_borders_and_once_after_the_end() {
    let round = round();
    for (now, expected) in [
        ("2026-03-02T07:59:59.999+07:00", Err(Wait::NotOpen)),
        ("2026-03-02T08:00:00+07:00", Err(Wait::Border)),
        ("2026-03-02T08:14:59.999+07:00", Err(Wait::Border)),
        ("2026-03-02T08:15:00+07:00", Ok(())),
        ("2026-03-08T15:44:59.999+07:00", Ok(())),
        ("2026-03-08T15:45:00+07:00", Err(Wait::Border)),
        ("2026-03-08T16:00:00+07:00", Err(Wait::Border)),
        ("2026-03-08T16:01:59.999+07:00", Err(Wait::Border)),
        ("2026-03-08T16:02:00+07:00", Ok(())),
    ] {
        assert_eq!(watch(&round, at(now), None).due(at(now)), expected, "{now}");
        assert_eq!(watch(&round, at(now), Some((60, 10))).due(at(now)), expected, "{now}");
    }
    let after = at("2026-03-08T16:10:00+07:00");
    assert_eq!(watch(&round, after, Some((8, 10))).due(after), Err(Wait::Settled));
    assert_eq!(
        watch(&round, after, Some((9, 10))).due(after),
        Ok(()),
        "a minute after the end something may be missing"
    );
    for (phase, expected) in
        [(Phase::Frozen, Ok(())), (Phase::Ranked, Err(Wait::Ranked)), (Phase::Published, Err(Wait::Ranked))]
    {
        assert_eq!(Watch { phase, ..watch(&round, after, None) }.due(after), expected, "{phase}");
    }
}

#[test]
fn counts_come_each_quarter_of_an_hour_or_each_hour_or_when_asked_for() {
    let (round, now) = (round(), at("2026-03-04T10:00:00+07:00"));
    for (counted, expected) in [
        (None, Ok(())),
        (Some((13, 200_000)), Err(Wait::Fresh)),
        (Some((14, 200_000)), Ok(())),
        (Some((13, 200_001)), Err(Wait::Fresh)),
        (Some((14, 200_001)), Err(Wait::Hourly)),
        (Some((58, 200_001)), Err(Wait::Hourly)),
        (Some((59, 200_001)), Ok(())),
        // A count from another clock.
        (Some((-5, 10)), Err(Wait::Fresh)),
    ] {
        let mut watch = watch(&round, now, counted);
        assert_eq!(watch.due(now), expected, "{counted:?}");
        watch.marks.asked_at = Some(now);
        assert_eq!(
            watch.due(now),
            if counted == Some((-5, 10)) { Err(Wait::Fresh) } else { Ok(()) },
            "{counted:?}, asked for"
        );
        watch.marks.busy_at = Some(now.plus_millis(-14 * MINUTE + 1));
        assert_eq!(watch.due(now), Err(Wait::TableBusy), "{counted:?}, and the table was busy");
        watch.marks.busy_at = Some(now.plus_millis(-14 * MINUTE));
        assert_ne!(watch.due(now), Err(Wait::TableBusy), "{counted:?}, and the table was busy before");
    }
    let mut asked = watch(&round, now, Some((5, 10)));
    asked.marks.asked_at = Some(now.plus_millis(-5 * MINUTE));
    assert_eq!(asked.due(now), Err(Wait::Fresh), "the count that was asked for is there");
}

#[test]
fn nothing_is_counted_for_nobody() {
    let (round, now) = (round(), at("2026-03-04T10:00:00+07:00"));
    let day_ago = now.plus_millis(-24 * HOUR);
    for (opened_at, asked_at, expected) in [
        (None, None, Err(Wait::NobodyLooked)),
        (Some(day_ago), None, Err(Wait::NobodyLooked)),
        (Some(day_ago.plus_millis(1)), None, Ok(())),
        (Some(day_ago), Some(day_ago.plus_millis(1)), Ok(())),
        (None, Some(now), Ok(())),
    ] {
        let marks = Marks { opened_at, asked_at, busy_at: None };
        let watch = Watch { marks, ..watch(&round, now, None) };
        assert_eq!(watch.due(now), expected, "{marks:?}");
    }
}

#[test]
fn the_page_says_why_a_figure_is_old() {
    let (round, now) = (round(), at("2026-03-04T10:00:00+07:00"));
    let why = |change: &dyn Fn(&mut Watch<'_>), now, counted| {
        let mut watch = watch(&round, now, counted);
        change(&mut watch);
        watch.why_old(now)
    };
    let as_it_is = |_: &mut Watch<'_>| ();
    let nobody = |watch: &mut Watch<'_>| watch.marks = Marks::default();
    let busy = |watch: &mut Watch<'_>| watch.marks.busy_at = Some(now);
    assert_eq!(why(&as_it_is, now, Some((15, 10))), None);
    assert_eq!(why(&as_it_is, now, Some((16, 10))), Some(WhyOld::Coming));
    assert_eq!(why(&as_it_is, now, None), Some(WhyOld::Coming));
    assert_eq!(why(&nobody, now, Some((15, 10))), None);
    assert_eq!(why(&nobody, now, Some((3_000, 10))), Some(WhyOld::NobodyLooked));
    assert_eq!(why(&busy, now, Some((30, 10))), Some(WhyOld::TableBusy));
    assert_eq!(why(&as_it_is, now, Some((30, 200_001))), Some(WhyOld::Hourly));
    let last = at("2026-03-08T15:50:00+07:00");
    assert_eq!(why(&as_it_is, last, Some((20, 10))), Some(WhyOld::Border));
    assert_eq!(why(&as_it_is, at("2026-03-01T00:00:00Z"), None), Some(WhyOld::NotOpen));
    let after = at("2026-03-08T16:40:00+07:00");
    assert_eq!(why(&as_it_is, after, Some((20, 10))), None, "counted after the end");
    assert_eq!(why(&|watch| watch.phase = Phase::Ranked, after, Some((20, 10))), Some(WhyOld::Ranked));
}

#[test]
fn accounts_are_read_every_four_hours_and_once_after_the_end() {
    let (round, now) = (round(), at("2026-03-04T10:00:00+07:00"));
    let due = |ago: i64, now: Timestamp| due::are_people_due(Some(now.plus_millis(-ago)), &round, now);
    assert!(due::are_people_due(None, &round, now));
    assert_eq!([due(4 * HOUR - 1, now), due(4 * HOUR, now)], [false, true]);
    let after = at("2026-03-08T16:02:00+07:00");
    assert_eq!([due(1, after), due(0, after)], [true, false]);
}

#[test]
fn rounds_that_are_long_over_are_not_asked_about() {
    let round = round();
    let asked = |text| due::may_be_counted(&round, at(text));
    assert!(!asked("2026-03-02T07:59:59.999+07:00") && asked("2026-03-02T08:00:00+07:00"));
    assert!(asked("2026-03-09T15:59:59.999+07:00") && !asked("2026-03-09T16:00:00+07:00"));
}
