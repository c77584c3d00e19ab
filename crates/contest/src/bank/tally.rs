//! What was read of a bank, in figures: an organizer sees from them whether it is what the file holds.

use super::{OptionSet, ReadQuestion};

/// Figures of some questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Questions.
    pub questions: u64,
    /// Options of all of them.
    pub options: u64,
    /// Questions with several right options.
    pub several: u64,
    /// By the places of options: in how many questions it is there.
    pub offered: [u64; 6],
    /// By the places of options: in how many questions it is right.
    pub right: [u64; 6],
}

impl Tally {
    /// The figures of these questions.
    pub fn of<'a>(questions: impl IntoIterator<Item = &'a ReadQuestion>) -> Self {
        let mut tally = Self::default();
        for read in questions {
            tally.questions += 1;
            tally.options += read.question.options.len() as u64;
            tally.several += u64::from(read.right.len() > 1);
            for (place, letter) in (0_u8..6).enumerate() {
                tally.offered[place] += u64::from(place < read.question.options.len());
                tally.right[place] += u64::from(read.right.contains(letter));
            }
        }
        tally
    }

    /// The letters that options have, `A` to `F`, each with the number of questions in which it is right.
    pub fn letters(&self) -> impl Iterator<Item = (char, u64)> {
        let (offered, right) = (self.offered, self.right);
        let letters = ('A'..='F').zip(offered).zip(right);
        letters.filter(|((_, offered), _)| *offered > 0).map(|((letter, _), right)| (letter, right))
    }
}

impl ReadQuestion {
    /// The letters of the right options, `A` to `F`.
    pub fn right_letters(&self) -> impl Iterator<Item = String> {
        OptionSet::letters(self.right).map(str::to_uppercase)
    }
}
