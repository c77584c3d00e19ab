//! A seeded source of choices: the same seed tells the same story.

use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The source.
#[derive(Debug)]
pub struct Dice(ChaCha20Rng);

impl Dice {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha20Rng::seed_from_u64(seed))
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.0.next_u64() % bound as u64).expect("below a usize")
    }

    /// A number from `from` to before `to`.
    pub fn between(&mut self, from: i64, to: i64) -> i64 {
        from + i64::try_from(self.0.next_u64() % to.abs_diff(from)).expect("below an i64")
    }

    /// One of these.
    pub fn of<'a, T: ?Sized>(&mut self, choices: &[&'a T]) -> &'a T {
        choices[self.below(choices.len())]
    }

    /// True so many times of ten.
    pub fn chance(&mut self, of_ten: usize) -> bool {
        self.below(10) < of_ten
    }
}
