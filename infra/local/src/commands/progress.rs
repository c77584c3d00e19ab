//! How far long work has come: a bar on a terminal, a line for every tenth where output is kept.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::Write;
use std::time::Duration;

/// Steps done out of all of them, told on standard error.
pub(crate) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// Nothing played yet of `attempts`.
    pub(crate) fn of_attempts(attempts: u64) -> anyhow::Result<Self> {
        Self::new(attempts, "{elapsed_precise} [{bar:32}] {pos}/{len} attempts, {per_sec}, {msg}")
    }

    /// Nothing done yet of so many steps, each of which is named as it begins.
    pub(crate) fn of_steps(steps: u64) -> anyhow::Result<Self> {
        Self::new(steps, "{elapsed_precise} [{bar:32}] {percent} % {wide_msg}")
    }

    fn new(steps: u64, template: &str) -> anyhow::Result<Self> {
        let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::stderr());
        bar.set_style(ProgressStyle::with_template(template)?);
        bar.enable_steady_tick(Duration::from_millis(250));
        Ok(Self { bar })
    }

    /// A step begins: shown beside the bar, and of no interest where there is none.
    pub(crate) fn step_begins(&self, what: String) {
        self.bar.set_message(what);
    }

    pub(crate) fn step_is_done(&self) {
        self.bar.inc(1);
    }

    /// Says what is going on now.
    pub(crate) fn now(&self, what: &str) {
        self.bar.set_message(what.to_owned());
        self.line_without_terminal(what);
    }

    /// One more attempt is played.
    pub(crate) fn step(&self) {
        self.bar.inc(1);
        let (done, all) = (self.bar.position(), self.bar.length().unwrap_or_default());
        if let Some(tenths) = tenths_reached(done, all) {
            self.line_without_terminal(&format!("{tenths}0 %: {done}/{all} attempts"));
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn line_without_terminal(&self, text: &str) {
        if self.bar.is_hidden() {
            // Nobody is left to be told where standard error is gone.
            let _unheard = writeln!(std::io::stderr(), "{:>5} s  {text}", self.bar.elapsed().as_secs());
        }
    }
}

/// How many tenths of `all` are done, where the last of `done` reached a new one.
fn tenths_reached(done: u64, all: u64) -> Option<u64> {
    let tenths = |done: u64| (done * 10).checked_div(all);
    (done > 0 && tenths(done) != tenths(done - 1)).then(|| tenths(done)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tenth_is_told_once() {
        let told = |all: u64| (0..=all).filter_map(|done| tenths_reached(done, all)).collect::<Vec<u64>>();
        assert_eq!(told(2708), (1..=10).collect::<Vec<u64>>());
        assert_eq!(told(10), (1..=10).collect::<Vec<u64>>());
        assert_eq!(told(3), [3, 6, 10]);
        assert!(told(0).is_empty());
        assert_eq!(tenths_reached(271, 2708), Some(1));
        assert_eq!(tenths_reached(270, 2708), None);
    }
}
