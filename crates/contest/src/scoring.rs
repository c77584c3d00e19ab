//! What a submission is worth, in whole questions and exact fractions (`CONTRACT.md` 3.2).

use crate::bank::OptionSet;
use crate::fraction::Fraction;

/// How many questions of a paper are right: exactly the right options are chosen.
///
/// Both lists are in the order of the paper. An unanswered question is wrong, and so is one for
/// which `answers` is too short.
pub fn count_right(paper_key: &[OptionSet], answers: &[OptionSet]) -> u16 {
    let is_right = |(right, chosen): &(&OptionSet, &OptionSet)| !chosen.is_empty() && right == chosen;
    let count = paper_key.iter().zip(answers).filter(is_right).count();
    u16::try_from(count).expect("a paper has at most MAX_QUESTIONS questions")
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

    fn submission(letters: &str) -> Vec<OptionSet> {
        let set = |word: &str| {
            let places = word.split(',').filter_map(OptionSet::place_of);
            places.fold(OptionSet::EMPTY, OptionSet::with)
        };
        letters.split(' ').map(set).collect()
    }

    #[track_caller]
    fn check(key: &str, answers: &str, right: u16) {
        assert_eq!(count_right(&submission(key), &submission(answers)), right, "{answers} against {key}");
    }

    #[test]
    fn a_question_is_right_when_exactly_its_right_options_are_chosen() {
        check("a b c", "a b c", 3);
        check("a b c", "a c b", 1);
        check("a,c", "a,c", 1);
        check("a,c", "c,a", 1);
        check("a,c", "a", 0);
        check("a,c", "a,b,c", 0);
        check("a", "a,c", 0);
    }

    #[test]
    fn an_unanswered_question_is_wrong() {
        check("a b c", "a - c", 2);
        check("a b c", "- - -", 0);
        check("a b c", "a", 1);
        // A void key must not turn a blank into a right answer.
        check("-", "-", 0);
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
