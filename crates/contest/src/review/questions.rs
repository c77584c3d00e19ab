//! How each question was answered: what finds a wrong key, and questions that nobody understood.

use super::{AskedQuestion, ReviewInput};
use crate::fraction::Fraction;

/// Percent right below which a question is worth a look.
const FEW_RIGHT_PERCENT: u64 = 15;

/// How one question was answered in the sheets that count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionFigures {
    /// Sheets that had it.
    pub shown: u64,
    /// Those that chose exactly its right options; none where these are not known. Also of a question that was voided later.
    pub right: Option<u64>,
    /// How many chose each option; of a question with several right ones a sheet counts in each that it chose.
    pub options: Vec<u64>,
    /// Those that left it out.
    pub blank: u64,
    /// Fewer than 15 % are right.
    pub few_right: bool,
    /// The wrong option that is chosen most, from 0, where more sheets chose it than one of the right ones.
    pub beaten_by: Option<u8>,
}

impl QuestionFigures {
    /// So many of the sheets in percent; none where no sheet had the question.
    pub const fn percent(&self, sheets: u64) -> Option<Fraction> {
        Fraction::new(sheets * 100, self.shown)
    }
}

/// The figures of each question of the bank, in its order.
pub fn question_figures(input: &ReviewInput<'_>) -> Vec<QuestionFigures> {
    let unseen = |asked: &AskedQuestion| QuestionFigures {
        shown: 0,
        right: asked.right.map(|_| 0),
        options: vec![0; usize::from(asked.options)],
        blank: 0,
        few_right: false,
        beaten_by: None,
    };
    let mut figures: Vec<QuestionFigures> = input.questions.iter().map(unseen).collect();
    for (place, _) in input.counted() {
        for (question, chosen) in &input.sheets[place].answers {
            let (asked, of) = (&input.questions[usize::from(*question)], &mut figures[usize::from(*question)]);
            of.shown += 1;
            of.blank += u64::from(chosen.is_empty());
            let is_right = asked.right == Some(*chosen);
            of.right = of.right.map(|right| right + u64::from(is_right));
            for (option, count) in (0..).zip(&mut of.options) {
                *count += u64::from(chosen.contains(option));
            }
        }
    }
    for (of, asked) in figures.iter_mut().zip(input.questions) {
        of.few_right = of.right.is_some_and(|right| right * 100 < FEW_RIGHT_PERCENT * of.shown);
        of.beaten_by = of.beaten_by(asked);
    }
    figures
}

impl QuestionFigures {
    fn beaten_by(&self, asked: &AskedQuestion) -> Option<u8> {
        let right = asked.right?;
        let counted = || (0..).zip(self.options.iter().copied());
        let least_right = counted().filter(|(option, _)| right.contains(*option)).map(|(_, count)| count).min()?;
        let wrong = counted().filter(|(option, count)| !right.contains(*option) && *count > least_right);
        // The first of those that are chosen as often.
        wrong.min_by_key(|(option, count)| (std::cmp::Reverse(*count), *option)).map(|(option, _)| option)
    }
}
