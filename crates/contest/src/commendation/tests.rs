//! Contests written as text: who brought in whom, and who took which rounds.

use super::*;
use crate::ids::RoundId;
use crate::ranking::example::game;
use crate::units::Unit;
use proptest::prelude::*;

/// A contest of five rounds, all published.
#[derive(Debug)]
struct Contest {
    units: UnitTree,
    accounts: Vec<Account>,
    rounds: Vec<Option<HashSet<ContestantId>>>,
}

fn code(text: &str) -> ContestantId {
    ContestantId::parse(&format!("{text:0<4}").to_uppercase()).expect("a short ASCII name")
}

fn unit(text: &str) -> UnitCode {
    UnitCode::parse(text).expect("a code")
}

/// `district` with `village` below it, and `elsewhere` beside it.
fn units() -> UnitTree {
    let unit = |own: &str, parent: Option<&str>| Unit {
        code: unit(own),
        name: own.to_owned(),
        parent: parent.map(unit),
        level: None,
        members: None,
        added_at: None,
    };
    UnitTree::new(vec![unit("district", None), unit("village", Some("district")), unit("elsewhere", None)])
        .expect("sound")
}

/// A line for each account: a name, then any of `in UNIT` (else the village), `unitless`, `by NAME` and `excluded`, then after a `|`
/// the rounds taken.
fn contest(people: &str) -> Contest {
    let mut contest = Contest { units: units(), accounts: Vec::new(), rounds: vec![Some(HashSet::new()); 5] };
    for line in people.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (account, rounds) = line.split_once('|').expect("a line has a bar");
        let mut words = account.split_whitespace();
        let contestant = code(words.next().expect("a name"));
        for round in rounds.split_whitespace() {
            let place = round.parse::<usize>().expect("a number") - 1;
            contest.rounds[place].as_mut().expect("published").insert(contestant.clone());
        }
        let mut account = Account { contestant, unit: Some(unit("village")), referrer: None, counts: true };
        while let Some(word) = words.next() {
            let mut next = || words.next().expect("another word");
            match word {
                "in" => account.unit = Some(unit(next())),
                "unitless" => account.unit = None,
                "by" => account.referrer = Some(code(next())),
                "excluded" => account.counts = false,
                _ => panic!("unknown word {word}"),
            }
        }
        contest.accounts.push(account);
    }
    contest
}

impl Contest {
    fn list<'a>(&self, commendation: &'a Commendation, occasion: Occasion) -> Option<CommendationList<'a>> {
        let Self { units, accounts, rounds } = self;
        list(commendation, occasion, &CommendationInput { units, accounts, rounds })
    }
}

fn asked(referrals: u32, consecutive_rounds: u32, scope: Scope) -> Commendation {
    let id = RoundId::parse("dan-van-kheo").expect("an id");
    Commendation { id, unit: unit("district"), referrals, consecutive_rounds, scope, prizes: Vec::new(), form: None }
}

/// A line for each person on the list.
fn shown(list: &CommendationList<'_>) -> Vec<String> {
    let line = |person: &Candidate| {
        let took = |took: Participation| format!("{} ({} in a row)", took.rounds, took.longest);
        let verdict = match &person.verdict {
            Verdict::Fulfils => "fulfils".to_owned(),
            Verdict::Lacks(Lacking::Account) => "lacks an account".to_owned(),
            Verdict::Lacks(Lacking::RoundsInARow(nearest)) => format!("lacks rounds of {}", nearest.contestant),
        };
        let referred: Vec<String> =
            person.referred.iter().map(|account| format!("{} {}", account.contestant, took(account.took))).collect();
        format!("{} {}; {}; {}: {verdict}", person.contestant, took(person.took), referred.join(", "), person.reached)
    };
    list.candidates.iter().map(line).collect()
}

/// The list over the contest of two accounts with five rounds in a row each.
#[track_caller]
fn check(people: &str, expected: &[&str]) {
    let asked = asked(2, 5, Scope::Contest);
    assert_eq!(shown(&contest(people).list(&asked, Occasion::Contest).expect("a list")), expected);
}

#[test]
fn two_accounts_with_five_rounds_in_a_row_fulfil_it_and_the_referrer_needs_none() {
    check(
        "an | 2
         binh by an | 1 2 3 4 5
         chi in elsewhere by an | 1 2 3 4 5",
        &["AN00 1 (1 in a row); BINH 5 (5 in a row), CHI0 5 (5 in a row); 2: fulfils"],
    );
}

#[test]
fn rounds_1_2_3_and_5_are_not_in_a_row() {
    check(
        "an | 1 2 3 5
         binh by an | 1 2 3 4 5
         chi by an | 1 2 3 5",
        &["AN00 4 (3 in a row); BINH 5 (5 in a row), CHI0 4 (3 in a row); 1: lacks rounds of CHI0"],
    );
}

#[test]
fn with_accounts_at_five_and_at_four_of_five_a_referrer_lacks_one_thing() {
    check(
        "an | 1
         binh by an | 2 3 4 5
         chi by an | 1 2 3 4 5",
        &["AN00 1 (1 in a row); BINH 4 (4 in a row), CHI0 5 (5 in a row); 1: lacks rounds of BINH"],
    );
}

#[test]
fn of_several_accounts_that_lack_rounds_the_nearest_is_named() {
    check(
        "an |
         binh by an | 1 2 3 4 5
         chi by an | 1
         dung by an | 1 2 4 5
         em by an | 4 5",
        &["AN00 0 (0 in a row); BINH 5 (5 in a row), CHI0 1 (1 in a row), DUNG 4 (2 in a row), EM00 2 (2 in a row); \
             1: lacks rounds of DUNG"],
    );
}

#[test]
fn one_account_with_its_rounds_lacks_another_account() {
    check(
        "an |
         binh by an | 1 2 3 4 5",
        &["AN00 0 (0 in a row); BINH 5 (5 in a row); 1: lacks an account"],
    );
}

#[test]
fn people_who_lack_more_or_are_elsewhere_stand_on_no_list() {
    let two = |referrer: &str| format!("{referrer} | 1 2 3 4 5\nbinh by an | 1 2 3 4 5\nchi by an | 1 2 3 4 5");
    let cases = [
        ("nobody was brought in", "an | 1 2 3 4 5".to_owned()),
        ("both accounts lack a round", "an | 1\nbinh by an | 1 2 3 4\nchi by an | 2 3 4 5".to_owned()),
        ("one account, which lacks a round", "an | 1\nbinh by an | 1 2 3 4".to_owned()),
        ("beside the district", two("an in elsewhere")),
        ("in no unit", two("an unitless")),
        ("in a unit that is not known", two("an in nowhere")),
        ("excluded", two("an excluded")),
        ("no account", two("other")),
    ];
    let asked = asked(2, 5, Scope::Contest);
    for (case, people) in cases {
        let list = contest(&people).list(&asked, Occasion::Contest).expect("a list");
        assert_eq!(shown(&list), [""; 0], "{case}");
    }
}

#[test]
fn the_unit_itself_and_units_below_it_belong_to_it() {
    for place in ["district", "village"] {
        let people = format!("an in {place} |\nbinh by an | 1 2 3 4 5\nchi by an | 1 2 3 4 5");
        let asked = asked(2, 5, Scope::Contest);
        assert_eq!(contest(&people).list(&asked, Occasion::Contest).expect("a list").candidates.len(), 1, "{place}");
    }
}

#[test]
fn excluded_people_are_not_counted_among_those_brought_in() {
    check(
        "an |
         binh excluded by an | 1 2 3 4 5
         chi by an | 1 2 3 4 5",
        &["AN00 0 (0 in a row); CHI0 5 (5 in a row); 1: lacks an account"],
    );
}

#[test]
fn an_account_counts_for_the_referrer_that_it_named_alone() {
    check(
        "an |
         em |
         binh by an | 1 2 3 4 5
         chi by an | 1 2 3 4 5
         dung by em | 1 2 3 4 5",
        &[
            "AN00 0 (0 in a row); BINH 5 (5 in a row), CHI0 5 (5 in a row); 2: fulfils",
            "EM00 0 (0 in a row); DUNG 5 (5 in a row); 1: lacks an account",
        ],
    );
}

#[test]
fn a_list_of_rounds_is_made_after_each_and_one_of_the_contest_once() {
    let played = contest("an | 1\nbinh by an | 1 2 3\nchi by an | 2 3 4 5");
    let (each, once) = (asked(2, 2, Scope::Round), asked(2, 2, Scope::Contest));
    let verdicts = |place| {
        let list = played.list(&each, Occasion::Round(place)).expect("a list");
        (list.rounds, shown(&list).iter().map(|line| line.split_once(": ").expect("a verdict").1.to_owned()).collect())
    };
    let none: (u32, Vec<String>) = (1, Vec::new());
    assert_eq!(verdicts(0), none);
    assert_eq!(verdicts(1), (2, vec!["lacks rounds of CHI0".to_owned()]));
    assert_eq!(verdicts(2), (3, vec!["fulfils".to_owned()]));
    assert_eq!(played.list(&each, Occasion::Contest), None);
    assert_eq!(played.list(&each, Occasion::Round(5)), None, "the plan has no such round");
    assert_eq!(played.list(&once, Occasion::Round(4)), None);
    assert_eq!(played.list(&once, Occasion::Contest).expect("a list").rounds, 5);
}

#[test]
fn with_fewer_rounds_than_asked_for_nobody_fulfils_it() {
    let played = contest("an | 1 2 3 4\nbinh by an | 1 2 3 4\nchi by an | 1 2 3 4");
    let asked = asked(1, 5, Scope::Round);
    for place in 0..4 {
        let list = played.list(&asked, Occasion::Round(place)).expect("a list");
        assert!(list.candidates.iter().all(|person| person.verdict != Verdict::Fulfils), "{place}");
    }
}

#[test]
fn a_round_that_is_not_published_parts_those_around_it() {
    let mut played = contest("an |\nbinh by an | 1 2 3 4 5\nchi by an | 1 2 3 4 5");
    played.rounds[2] = None;
    let (two, three) = (asked(2, 2, Scope::Contest), asked(2, 3, Scope::Contest));
    let list = played.list(&two, Occasion::Contest).expect("a list");
    assert_eq!(list.rounds, 4);
    assert_eq!(list.candidates[0].referred[0].took, Participation { rounds: 4, longest: 2 });
    assert_eq!(list.candidates[0].verdict, Verdict::Fulfils);
    assert_eq!(shown(&played.list(&three, Occasion::Contest).expect("a list")), [""; 0]);
}

#[test]
fn taking_part_needs_an_accepted_attempt_that_counts() {
    let played = game(|_| (), "a | 0/10\nb\nc unranked | 10/10\nd | 8/10 struck\ne | 8/10 struck | 1/10");
    let mut took: Vec<String> = took_part(&played.input(None)).iter().map(ToString::to_string).collect();
    took.sort();
    assert_eq!(took, ["AAAAAAAA", "EAAAAAAA"]);
}

/// Any contest of up to twelve accounts, as places of referrers, units and rounds taken.
fn any_contest() -> impl Strategy<Value = Contest> {
    let account =
        (prop::option::of(0_u8..4), 0_usize..3, prop::bool::weighted(0.1), prop::collection::vec(any::<bool>(), 5));
    prop::collection::vec(account, 1..12).prop_map(|accounts| {
        let line = |(place, (referrer, unit, excluded, rounds)): (usize, (Option<u8>, usize, bool, Vec<bool>))| {
            let referrer = referrer.filter(|&by| usize::from(by) != place).map(|by| format!("by p{by}"));
            let rounds = (1..).zip(rounds).filter(|(_, took)| *took).map(|(round, _): (u32, _)| round.to_string());
            format!(
                "p{place} in {} {} {} | {}",
                ["district", "village", "elsewhere"][unit],
                referrer.unwrap_or_default(),
                if excluded { "excluded" } else { "" },
                rounds.collect::<Vec<_>>().join(" ")
            )
        };
        contest(&accounts.into_iter().enumerate().map(line).collect::<Vec<_>>().join("\n"))
    })
}

proptest! {
    #[test]
    fn taking_part_once_more_takes_nobody_off_the_list(
        mut played in any_contest(),
        (referrals, in_a_row) in (1_u32..4, 1_u32..5),
        (who, round) in (0_usize..12, 0_usize..5),
    ) {
        let asked = asked(referrals, in_a_row, Scope::Contest);
        let before = played.list(&asked, Occasion::Contest).expect("a list").candidates;
        let who = played.accounts[who % played.accounts.len()].contestant.clone();
        played.rounds[round].as_mut().expect("published").insert(who);
        let after = played.list(&asked, Occasion::Contest).expect("a list").candidates;
        for person in before {
            let later = after.iter().find(|other| other.contestant == person.contestant);
            prop_assert!(later.is_some(), "{} is gone", person.contestant);
            let fulfils = |person: &Candidate| person.verdict == Verdict::Fulfils;
            prop_assert!(!fulfils(&person) || later.is_some_and(fulfils), "{} fulfils it no more", person.contestant);
        }
    }
}
