//! Contests on bad networks, from a seed: a third of all requests is lost and half of the replies, functions
//! crash between any two calls and have clocks that are minutes off, triggers come early, late and twice, and
//! closing begins in the middle of somebody's sheet. The handlers and the engines are the real ones.
//!
//! `cargo xtask simulate --seed N` tells one story again.

mod contestants;
mod story;

use std::io::Write;
use std::time::{Duration, Instant};

/// Seconds of stories that a run of the tests tells; `cargo xtask simulate` tells more.
const SECONDS: u64 = 10;

#[tokio::test]
async fn contests_on_bad_networks_lose_nobody() {
    if let Some(seed) = number("SIMULATE_SEED") {
        say(&story::tell(seed).await.line(seed));
        return;
    }
    let until = Instant::now() + Duration::from_secs(number("SIMULATE_SECONDS").unwrap_or(SECONDS));
    let first = number("SIMULATE_FIRST").unwrap_or(0);
    let (mut seed, mut receipts, mut refused) = (first, 0, 0);
    while Instant::now() < until {
        say(&format!("seed {seed}: cargo xtask simulate --seed {seed}"));
        let told = story::tell(seed).await;
        (receipts, refused) = (receipts + told.receipts, refused + told.refused);
        seed += 1;
    }
    say(&format!("{} seeds: {receipts} receipts, {refused} sheets refused, 0 broken promises", seed - first));
    assert!(receipts > 0 && refused > 0, "stories in which nothing happens prove nothing");
}

#[expect(clippy::disallowed_methods, reason = "xtask tells a test its seed by the environment")]
fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

fn say(text: &str) {
    writeln!(std::io::stdout(), "{text}").expect("somebody listens");
}
