//! What a submission is worth, in whole questions and exact fractions (`CONTRACT.md` 3.2).

use crate::bank::{AnswerKey, OptionSet};
use crate::fraction::Fraction;
use crate::ids::QuestionId;
use std::collections::BTreeSet;

/// What answers are measured by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marking {
    /// Right options of every question.
    pub key: AnswerKey,
    /// Questions that count as right for everyone who had them.
    pub voided: BTreeSet<QuestionId>,
}

impl Marking {
    /// Whether a question counts as right: exactly its right options are chosen, or it is voided. An unanswered one is
    /// wrong else, and so is one that the key lacks.
    pub fn is_right(&self, question: &QuestionId, chosen: OptionSet) -> bool {
        let answered = || !chosen.is_empty() && self.key.get(question) == Some(&chosen);
        self.voided.contains(question) || answered()
    }
}

/// Points × right questions / questions. A paper without questions, which no plan allows, is worth
/// nothing.
pub fn score(points: u32, right: u16, questions: u16) -> Fraction {
    let earned = u64::from(points) * u64::from(right);
    Fraction::new(earned, u64::from(questions)).unwrap_or(Fraction::whole(0))
}

/// The share of right questions as a whole number that compares exactly as the fraction does, so
/// that sorting needs no fractions.
///
/// Two different shares with denominators q and s differ by at least 1/(q·s), which is more than
/// 2⁻³² since both are below 2¹⁶: times 2³² they differ by more than 1, and cutting keeps their order.
pub(crate) const fn share_weight(right: u16, questions: u16) -> u64 {
    if questions == 0 { 0 } else { ((right as u64) << 32) / questions as u64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(letters: &str) -> OptionSet {
        letters.split(',').filter_map(OptionSet::place_of).fold(OptionSet::EMPTY, OptionSet::with)
    }

    #[track_caller]
    fn check(key: &str, chosen: &str, is_right: bool) {
        let question = QuestionId::parse("q1").unwrap();
        let mut marking = Marking { key: [(question.clone(), options(key))].into(), ..Marking::default() };
        assert_eq!(marking.is_right(&question, options(chosen)), is_right, "{chosen} against {key}");
        marking.voided.insert(question.clone());
        assert!(marking.is_right(&question, options(chosen)), "{chosen} against {key}, voided");
        let other = QuestionId::parse("q2").unwrap();
        assert!(!marking.is_right(&other, options(chosen)), "the key lacks it");
    }

    #[test]
    fn a_question_is_right_when_exactly_its_right_options_are_chosen_or_it_is_voided() {
        check("a", "a", true);
        check("a", "b", false);
        check("a,c", "c,a", true);
        check("a,c", "a", false);
        check("a,c", "a,b,c", false);
        check("a", "a,c", false);
    }

    #[test]
    fn an_unanswered_question_is_wrong() {
        check("a", "-", false);
        // A void key must not turn a blank into a right answer.
        check("-", "-", false);
    }

    #[test]
    fn a_score_is_points_times_right_over_questions() {
        let printed =
            |right, questions| score(100, right, questions).two_decimals(crate::fraction::RoundingMode::Truncate);
        assert_eq!(score(100, 10, 10).as_whole(), Some(100));
        assert_eq!(score(150, 7, 10).as_whole(), Some(105));
        assert_eq!(printed(1, 3), "33.33");
        assert_eq!(printed(2, 3), "66.66");
        assert_eq!(score(100, 0, 0).as_whole(), Some(0));
    }

    #[test]
    fn the_whole_number_orders_shares_as_the_fractions_do() {
        let weight_order = |a: (u16, u16), b: (u16, u16)| share_weight(a.0, a.1).cmp(&share_weight(b.0, b.1));
        let fraction = |(right, questions): (u16, u16)| score(1, right, questions);
        let papers = [1, 2, 3, 7, 9, 10, 59, 60, 65_534, 65_535];
        let shares = || papers.iter().flat_map(|&q| [0, 1, q / 3, q / 2, q - 1, q].map(|right| (right.min(q), q)));
        for a in shares() {
            for b in shares() {
                assert_eq!(weight_order(a, b), fraction(a).cmp(&fraction(b)), "{a:?} and {b:?}");
            }
        }
    }
}
