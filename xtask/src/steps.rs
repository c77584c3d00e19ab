//! Named steps, timed, with a table at the end.

use anyhow::{Context, Result};
use std::time::{Duration, Instant};

/// The steps done so far. The first that fails ends the run.
#[derive(Default)]
pub(crate) struct Steps {
    done: Vec<(&'static str, Duration, &'static str)>,
}

impl Steps {
    /// Runs one step under a heading.
    pub(crate) fn run(&mut self, name: &'static str, step: impl FnOnce() -> Result<()>) -> Result<()> {
        println!("\n== {name} ==");
        let start = Instant::now();
        let outcome = step();
        let verdict = if outcome.is_ok() { "ok" } else { "FAILED" };
        self.done.push((name, start.elapsed(), verdict));
        println!("-- {name}: {verdict} after {}", seconds(start.elapsed()));
        outcome.with_context(|| format!("step `{name}` failed"))
    }

    /// Prints what was done and how long it took.
    pub(crate) fn print_summary(&self) {
        println!("\n{:<12}  {:>8}", "step", "time");
        for (name, time, verdict) in &self.done {
            println!("{name:<12}  {:>8}  {verdict}", seconds(*time));
        }
        println!("{:<12}  {:>8}", "total", seconds(self.done.iter().map(|(_, time, _)| *time).sum()));
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
