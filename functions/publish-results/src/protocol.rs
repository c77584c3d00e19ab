//! The protocol of publishing, searched whole: no edition is lost, none is published twice, and nothing that was published
//! goes back, whatever is slow, late, repeated or dies (`RELIABILITY.md` 1.4). Orders that look right and are not are
//! searched too: a checker that finds nothing in them is broken.

mod decided;
mod version;

use decided::{Decided, Mistake};
use stateright::{Checker, HasDiscoveries, Model};
use version::{Publishing, Variant};

/// States that were searched, and the beginnings of the names of the promises that some of them break.
fn search<M>(model: M) -> (usize, Vec<&'static str>)
where
    M: Model<State: Clone + std::fmt::Debug + std::hash::Hash + PartialEq + Send + Sync> + Send + Sync + 'static,
    M::Action: Clone + std::fmt::Debug + PartialEq + Send + Sync,
{
    let checker = model.checker().spawn_bfs().join();
    let discoveries = checker.discoveries();
    let mut broken: Vec<&str> = discoveries.keys().filter_map(|name| Some(name.split_once(':')?.0)).collect();
    broken.sort_unstable();
    if broken.is_empty() {
        // What must be possible is too.
        checker.assert_properties();
    }
    (checker.unique_state_count(), broken)
}

fn versions(variant: Variant, versions: [u8; 3]) -> Publishing {
    Publishing { variant, versions: versions.to_vec() }
}

#[test]
fn readers_find_whole_versions_that_never_fall() {
    assert_eq!(search(versions(Variant::Right, [1, 1, 2])), (3_473, vec![]));
    assert_eq!(search(versions(Variant::Right, [1, 2, 3])), (8_153, vec![]));
}

#[test]
fn every_fault_in_publishing_breaks_a_promise() {
    let faults: [(Variant, &[&str]); 4] = [
        (Variant::BlindWrite, &["Q1"]),
        (Variant::ComparedAtStart, &["Q1"]),
        (Variant::NoVersionRule, &["Q1"]),
        (Variant::PointerBeforeFiles, &["Q2", "Q3"]),
    ];
    for (variant, broken) in faults {
        assert_eq!(search(versions(variant, [1, 1, 2])).1, broken, "{variant:?}");
    }
}

fn decided(is_published: bool, decisions: &'static [usize]) -> Decided {
    Decided { mistake: None, is_published, decisions, publishers: 2, closers: 1 }
}

#[test]
fn decisions_that_arrive_while_versions_are_published_lose_no_edition() {
    assert_eq!(search(decided(false, &[0])), (61_960, vec![]));
    assert_eq!(search(decided(true, &[0, 1])), (62_904, vec![]));
}

#[test]
fn two_closers_and_two_publishers_lose_no_edition() {
    assert_eq!(search(Decided { closers: 2, ..decided(true, &[0, 0]) }), (139_108, vec![]));
}

/// Each by the shortest way, on which it breaks this one first.
#[test]
fn every_mistake_about_editions_breaks_a_promise() {
    let mistakes = [
        (Mistake::BlindEdition, "R2"),
        (Mistake::BlindOver, "R2"),
        (Mistake::RecordedAfterwards, "R6"),
        (Mistake::NotedFirst, "R7"),
        (Mistake::MovedFirst, "R6"),
        (Mistake::OverwrittenFiles, "R3"),
        (Mistake::NamedAnew, "R7"),
        (Mistake::BlindPointer, "R1"),
        (Mistake::BlindStandings, "R4"),
        (Mistake::UncomparedStandings, "R4"),
        (Mistake::Suspicious, "R5"),
    ];
    for (mistake, promise) in mistakes {
        let model = Decided { mistake: Some(mistake), closers: 2, ..decided(true, &[0, 0]) };
        let checker = model.checker().finish_when(HasDiscoveries::AnyFailures).spawn_bfs().join();
        let broken: Vec<&str> = checker.discoveries().into_keys().filter(|name| name.contains(':')).collect();
        assert!(broken.iter().any(|name| name.starts_with(promise)), "{mistake:?}: {broken:?}");
    }
}
