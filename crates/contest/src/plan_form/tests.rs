//! The list is the reader's own: limits, words and defaults are asked of it.

use super::*;
use crate::plan_edit::{At, Edit, Value, edit};
use crate::plan_file::read;
use crate::problem::ProblemKind;

const EVERYTHING: &str = include_str!("../plan_file/everything.toml");

/// The key in the plan that has every key: the first entry of every list on the way.
fn path(key: &Key) -> Vec<At> {
    let mut pattern = String::new();
    let mut path = Vec::new();
    for name in key.path.split('.') {
        pattern = if pattern.is_empty() { name.to_owned() } else { format!("{pattern}.{name}") };
        path.push(At::Name(name.to_owned()));
        if pattern != key.path && matches!(find(&pattern).map(|key| key.kind), Some(Tables)) {
            path.push(At::Place(0));
        }
    }
    path
}

/// What the reader says of the key when this is written, and only of it.
fn problems(key: &Key, value: Value) -> Vec<ProblemKind> {
    let text =
        edit(EVERYTHING, &[Edit::Set { path: path(key), value }]).unwrap_or_else(|e| panic!("{}: {e}", key.path));
    let own = |problem: &&crate::problem::Problem| problem.place.column() == Some(key.path);
    read(&text).errors.iter().filter(own).map(|problem| problem.kind.clone()).collect()
}

fn values() -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(|key| !key.kind.holds_keys())
}

#[test]
fn limits_are_the_readers() {
    for key in values() {
        let Kind::Number { least, most } = key.kind else { continue };
        let said = problems(key, Value::Number(i64::MAX));
        // The rounds of the best are at least one: a sum leaves the key out.
        let reader = if key.path == "overall.best" { 1 } else { least };
        assert_eq!(said, [ProblemKind::OutOfRange { least: reader, most }], "{}", key.path);
    }
    let points =
        Key { path: "collective.points.first", ..*find("collective.points.contestants_percent").expect("a key") };
    assert_eq!(problems(&points, Value::Number(i64::MAX)), [ProblemKind::OutOfRange { least: 0, most: MAX_COUNT }]);
}

#[test]
fn words_are_the_readers() {
    let (mut words, mut texts) = (0, 0);
    for key in values() {
        let (value, is_list) = match key.kind {
            Kind::Word(_) => (Value::Text("?".to_owned()), false),
            Kind::Words(_) => (Value::List(vec![Value::Text("?".to_owned())]), true),
            _ => continue,
        };
        match &problems(key, value)[..] {
            [ProblemKind::UnknownWord { allowed, .. }] => assert_eq!(*allowed, key.kind.words(), "{}", key.path),
            [ProblemKind::UnknownSchema { expected }] => assert_eq!([*expected][..], key.kind.words()[..]),
            said => panic!("{}: {said:?}", key.path),
        }
        *(if is_list { &mut texts } else { &mut words }) += 1;
    }
    assert!(words > 15 && texts > 5, "{words} {texts}");
}

#[test]
fn kinds_are_the_readers() {
    for key in values() {
        let wrong = match key.kind {
            Kind::Truth => Value::Text("x".to_owned()),
            _ => Value::Truth(true),
        };
        assert_eq!(problems(key, wrong).len(), 1, "{} is read as {}", key.path, key.kind.as_str());
    }
}

#[test]
fn what_is_missing_means_what_the_reader_makes_of_it() {
    for key in values() {
        let text = edit(EVERYTHING, &[Edit::Clear { path: path(key) }]).expect("an edit");
        let reading = read(&text);
        let missing = |p: &&crate::problem::Problem| p.kind == ProblemKind::MissingKey;
        let is_refused = reading.errors.iter().filter(missing).any(|p| p.place.column() == Some(key.path));
        // How many best rounds is needed where the best are summed, as here; a plain sum does without.
        let is_needed = key.unsaid == Refused || key.path == "overall.best";
        assert_eq!(is_refused, is_needed, "{}", key.path);
        let value = match key.unsaid {
            Unsaid::Word(word) => Value::Text(word.to_owned()),
            Unsaid::Number(number) => Value::Number(i64::try_from(number).expect("small")),
            Unsaid::Truth(truth) => Value::Truth(truth),
            Refused | Nothing => continue,
        };
        let said = edit(EVERYTHING, &[Edit::Set { path: path(key), value }]).expect("an edit");
        if key.path != "overall.best" {
            assert_eq!(read(&said).draft, reading.draft, "{}", key.path);
        }
    }
}

#[test]
fn a_key_stands_once_below_one_that_holds_keys() {
    for (place, key) in KEYS.iter().enumerate() {
        assert!(KEYS[..place].iter().all(|other| other.path != key.path), "{} stands twice", key.path);
        if let Some((above, _)) = key.path.rsplit_once('.') {
            assert!(find(above).is_some_and(|key| key.kind.holds_keys()), "{above}");
        }
    }
    assert!(takes("rounds.opens") && takes("collective.points.third"));
    assert!(!takes("rounds") && !takes("collective.points") && !takes("nothing") && !takes("rounds.opens.x"));
}
