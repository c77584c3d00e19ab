//! The protocol of accepting and closing, searched whole: anyone who was told yes is in the published results,
//! whatever is slow, repeated, late or dies (`RELIABILITY.md` 1.4). The orders that look right and are not
//! are searched too: a checker that finds nothing in them is broken.

mod acceptance;
mod as_built;

use acceptance::{Acceptance, Order};
use as_built::{AsBuilt, Variant};
use stateright::{Checker, Model};

/// Sets of few things are bits.
const fn bit(place: usize) -> u8 {
    1 << place
}

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

#[test]
fn write_then_gate_then_yes_loses_nobody() {
    let of =
        |contestants, requests, closers| Acceptance { order: Order::WriteThenGate, contestants, requests, closers };
    assert_eq!(search(of(1, 1, 1)), (40, vec![]));
    assert_eq!(search(of(2, 4, 2)), (246_708, vec![]));
}

#[test]
fn the_orders_that_look_right_lose_somebody() {
    for order in [Order::GateThenWrite, Order::WriteOnly] {
        let model = Acceptance { order, contestants: 1, requests: 1, closers: 1 };
        assert_eq!(search(model).1, ["A1", "A3"], "{order:?}");
    }
}

#[test]
fn closing_as_it_is_built_loses_nobody() {
    let of = |contestants, requests, gates, closers| AsBuilt {
        variant: Variant::Right,
        contestants,
        requests,
        gates,
        closers,
    };
    assert_eq!(search(of(1, 2, 2, 2)), (9_277, vec![]));
    assert_eq!(search(of(1, 3, 2, 2)), (62_871, vec![]));
    assert_eq!(search(of(2, 4, 2, 1)), (246_771, vec![]));
}

/// Minutes and up to eight gigabytes: `cargo xtask exhaustive`, before a release.
#[test]
fn large_three_contestants_with_retries_lose_nobody() {
    let model = Acceptance { order: Order::WriteThenGate, contestants: 3, requests: 6, closers: 2 };
    assert_eq!(search(model), (59_135_806, vec![]));
}

/// Minutes: `cargo xtask exhaustive`, before a release.
#[test]
fn large_two_closers_of_two_contestants_lose_nobody() {
    for (gates, states) in [(1, 3_089_873), (2, 4_077_163)] {
        let model = AsBuilt { variant: Variant::Right, contestants: 2, requests: 4, gates, closers: 2 };
        assert_eq!(search(model), (states, vec![]));
    }
}

#[test]
fn every_fault_in_closing_breaks_a_promise() {
    let faults: [(Variant, &[&str]); 7] = [
        (Variant::CheckThenWrite, &["P1"]),
        (Variant::WriteThenAck, &["P1"]),
        (Variant::ResumeSkipsGates, &["P1"]),
        (Variant::FirstGateOnly, &["P1"]),
        (Variant::OverwrittenRuns, &["P4"]),
        (Variant::EarlyManifest, &["P1", "P4"]),
        (Variant::UncomparedRetry, &["P1", "P3"]),
    ];
    for (variant, broken) in faults {
        let model = AsBuilt { variant, contestants: 1, requests: 2, gates: 2, closers: 2 };
        assert_eq!(search(model).1, broken, "{variant:?}");
    }
}
