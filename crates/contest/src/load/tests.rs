use super::*;
use crate::ids::UnitCode;
use crate::plan_file;
use crate::units::Unit;

fn plan(of: impl Fn(&str) -> String) -> Plan {
    let text = include_str!("../../../../contests/thai-nguyen-2021/contest.toml");
    plan_file::read(&of(text)).plan.expect("the sample is a plan")
}

#[test]
fn half_of_the_attempts_come_in_ten_minutes() {
    for (attempts, [requests, concurrency, writes, reads]) in [
        (0, [0, 0, 0, 0]),
        (1, [1, 1, 1, 1]),
        (6_771, [12, 2, 12, 17]),
        (291_971, [487, 49, 487, 730]),
        (1_000_000, [1_667, 167, 1_667, 2_500]),
        (10_000_000, [16_667, 1_667, 16_667, 25_000]),
    ] {
        assert_eq!(Load::of(attempts), Load { requests, concurrency, writes, reads }, "{attempts}");
    }
    // No number of people makes a small load.
    assert!(Load::of(u64::MAX).requests > 1_000_000_000_000);
}

#[test]
fn each_limit_is_named_by_itself_and_met_exactly() {
    let load = Load::of(1_200_000);
    assert_eq!(load.beyond(Load::BY_DEFAULT), []);
    assert_eq!(Load::of(1_200_001).beyond(Load::BY_DEFAULT), [(Limit::Requests, 2_001, 2_000)]);
    for (most, missing) in [
        (Load { concurrency: 10, ..load }, (Limit::Concurrency, 200, 10)),
        (Load { writes: 1_999, ..load }, (Limit::Writes, 2_000, 1_999)),
        (Load { reads: 2_999, ..load }, (Limit::Reads, 3_000, 2_999)),
    ] {
        assert_eq!(load.beyond(most), [missing]);
    }
}

#[test]
fn shards_and_gates_take_only_so_much() {
    let stack = Load { requests: 100_000, concurrency: 100_000, writes: 40_000, reads: 100_000 };
    assert_eq!(stack.spread_over(16, 4), Load { requests: 24_000, writes: 16_000, ..stack });
    assert_eq!(Load::BY_DEFAULT.spread_over(16, 4), Load::BY_DEFAULT);
}

#[test]
fn people_are_counted_by_the_roster_or_by_the_headcounts_at_the_top() {
    let unit = |code: &str, parent: Option<&str>, members| Unit {
        code: UnitCode::parse(code).expect("valid"),
        name: code.to_owned(),
        parent: parent.map(|code| UnitCode::parse(code).expect("valid")),
        level: None,
        members,
        added_at: None,
    };
    let tree = |units| UnitTree::new(units).expect("a tree");
    let units = tree(vec![
        unit("a", None, None),
        unit("a1", Some("a"), Some(30)),
        unit("a2", Some("a"), Some(12)),
        unit("b", None, Some(8)),
        unit("other", None, None),
    ]);
    let open = plan(str::to_owned);
    assert_eq!(people(&open, Some(3), Some(&units)), Some(50));
    assert_eq!(people(&open, None, Some(&tree(vec![unit("a", None, None)]))), None);
    assert_eq!(people(&open, Some(3), None), None);
    let listed = plan(|text| text.replace("mode = \"open\"", "mode = \"roster\""));
    assert_eq!(people(&listed, Some(3), Some(&units)), Some(3));
    assert_eq!(people(&listed, None, Some(&units)), None);
}

#[test]
fn a_person_brings_as_many_attempts_as_the_plan_allows() {
    let mut rules = plan(str::to_owned).attempt.usual().rules;
    for (per_round, expected) in [(1, 7), (3, 21), (0, 70)] {
        rules.per_round = per_round;
        assert_eq!(attempts(&rules, 7), expected);
    }
    assert_eq!(attempts(&rules, u64::MAX), u64::MAX);
}
