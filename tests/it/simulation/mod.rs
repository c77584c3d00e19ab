//! Contests on bad networks, from a seed: a third of all requests is lost and half of the replies, functions
//! crash between any two calls and have clocks that are minutes off, triggers come early, late and twice, and
//! closing begins in the middle of somebody's sheet. Then organizers decide about what was published, sometimes two at
//! once. The handlers and the engines are the real ones.
//!
//! `cargo xtask simulate --seed N` tells one story again.

mod contestants;
mod history;
mod story;

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use tests::weakness::Weakness;

/// Stories that a run of the tests tells; `cargo xtask simulate` tells more.
const SEEDS: u64 = 3;

/// For a release: thousands of histories, and no seed that a run of the checks tells.
const MANY_SEEDS: u64 = 600;

/// Stories of a wrong program before it has to be noticed.
const MOST_STORIES: u64 = 60;

#[test]
fn large_number_of_contests_on_bad_networks_lose_nobody() {
    tell_all(10_000, MANY_SEEDS);
}

#[test]
fn contests_on_bad_networks_lose_nobody() {
    if let Some(seed) = number("SIMULATE_SEED") {
        say(&tell(seed, None).line(seed));
        return;
    }
    tell_all(number("SIMULATE_FIRST").unwrap_or(0), number("SIMULATE_SEEDS").unwrap_or(SEEDS));
}

fn tell_all(first: u64, seeds: u64) {
    let end = first + seeds;
    let next = AtomicU64::new(first);
    let tell_the_next = || {
        let [mut receipts, mut refused, mut decided] = [0; 3];
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end {
                break [receipts, refused, decided];
            }
            say(&format!("seed {seed}: cargo xtask simulate --seed {seed}"));
            let told = tell(seed, None);
            assert!(told.decided > 0, "seed {seed}: nobody has decided anything");
            (receipts, refused, decided) = (receipts + told.receipts, refused + told.refused, decided + told.decided);
        }
    };
    let tellers = std::thread::available_parallelism().map_or(1, usize::from);
    let told: Vec<[usize; 3]> = std::thread::scope(|scope| {
        let tellers: Vec<_> = (0..tellers).map(|_| scope.spawn(tell_the_next)).collect();
        tellers.into_iter().map(|teller| teller.join().expect("no promise is broken")).collect()
    });
    let [receipts, refused, decided] = [0, 1, 2].map(|of| told.iter().map(|told| told[of]).sum::<usize>());
    say(&format!(
        "{seeds} seeds: {receipts} receipts, {refused} sheets refused, {decided} decisions, 0 broken promises"
    ));
    assert!(receipts > 0 && refused > 0, "stories in which nothing happens prove nothing");
    assert!(decided as u64 >= 2 * seeds, "stories in which next to nothing is decided prove little");
}

/// Each story has a thread and a runtime to itself.
fn tell(seed: u64, weakness: Option<Weakness>) -> story::Told {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(story::tell(seed, weakness))
}

/// Stories are told from `first` on until one of them notices that a program is wrong in this way. It is the first that
/// did when this was written; where stories have changed, another one will.
fn notices(weakness: Weakness, first: u64) {
    let noticed = |seed: u64| std::thread::spawn(move || tell(seed, Some(weakness))).join().is_err();
    let seed = (first..first + MOST_STORIES).find(|seed| noticed(*seed));
    let seed = seed.unwrap_or_else(|| panic!("{weakness:?}: {MOST_STORIES} stories from {first} notice nothing"));
    say(&format!("{weakness:?} is noticed at seed {seed}"));
}

#[test]
fn a_gate_read_before_the_write_is_noticed() {
    notices(Weakness::CheckThenWrite, 34);
}

#[test]
fn a_remembered_gate_is_noticed() {
    notices(Weakness::CachedGate, 0);
}

#[test]
fn rows_that_are_kept_a_second_time_are_noticed() {
    notices(Weakness::RescanOnRetry, 3);
}

#[test]
fn a_pointer_that_moves_whatever_stands_there_is_noticed() {
    notices(Weakness::BlindPointer, 0);
}

#[expect(clippy::disallowed_methods, reason = "xtask tells a test its seed by the environment")]
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

fn say(text: &str) {
    writeln!(std::io::stdout(), "{text}").expect("somebody listens");
}
