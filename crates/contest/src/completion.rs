//! Who gets a certificate for getting far enough (`CONTRACT.md` 3.1, `[[certificates]]`).

use crate::ids::Pseudonym;
use crate::plan::CertificateRule;
use crate::taken::{Taken, TakenRound};
use std::collections::BTreeMap;

/// Everybody who reached what a certificate asks for in enough of `rounds`, by public name: with what they did in the last
/// of these, in the order of `rounds`. Only ranked people are in a [`TakenRound`].
pub fn completed<'a>(rule: &CertificateRule, rounds: &'a [TakenRound]) -> Vec<&'a Taken> {
    let mut reached: BTreeMap<&Pseudonym, (u32, &Taken)> = BTreeMap::new();
    for taken in rounds.iter().flat_map(|round| &round.people).filter(|taken| reaches(rule, taken)) {
        let (times, last) = reached.entry(&taken.pseudonym).or_insert((0, taken));
        (*times, *last) = (*times + 1, taken);
    }
    reached.into_values().filter(|(times, _)| *times >= rule.rounds).map(|(_, last)| last).collect()
}

/// Whether the score of the counted attempt is high enough: exactly, without rounding.
fn reaches(rule: &CertificateRule, taken: &Taken) -> bool {
    u64::from(taken.right) * 100 >= u64::from(rule.min_percent) * u64::from(taken.questions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RoundId;

    /// A round from public name and questions right of each, of 15.
    fn round(id: &str, people: &[(u8, u16)]) -> TakenRound {
        let taken = |&(name, right): &(u8, u16)| Taken {
            pseudonym: pseudonym(name),
            unit: None,
            right,
            questions: 15,
            duration_ms: u64::from(right),
            attempts: 1,
            perfect_attempts: 0,
            rank: None,
            won: None,
        };
        let people = people.iter().map(taken).collect();
        TakenRound { round: RoundId::parse(id).unwrap(), points: 100, registered: 9, people }
    }

    fn pseudonym(name: u8) -> Pseudonym {
        let letter = char::from(b'a' + name).to_string();
        Pseudonym::parse(&letter.repeat(16)).expect("sixteen small letters")
    }

    fn rule(min_percent: u32, rounds: u32) -> CertificateRule {
        CertificateRule { name: "Giấy chứng nhận".to_owned(), min_percent, rounds }
    }

    fn names(rule: &CertificateRule, rounds: &[TakenRound]) -> Vec<Pseudonym> {
        completed(rule, rounds).into_iter().map(|taken| taken.pseudonym.clone()).collect()
    }

    #[test]
    fn exactly_so_many_percent_are_enough() {
        let rounds = [round("a", &[(1, 11), (2, 12), (3, 15), (4, 0)])];
        assert_eq!(names(&rule(80, 1), &rounds), [2, 3].map(pseudonym));
        assert_eq!(names(&rule(81, 1), &rounds), [3].map(pseudonym));
        assert_eq!(names(&rule(100, 1), &rounds), [3].map(pseudonym));
        assert_eq!(names(&rule(0, 1), &rounds), [1, 2, 3, 4].map(pseudonym));
    }

    #[test]
    fn each_round_is_reached_by_itself() {
        let rounds = [
            round("a", &[(1, 12), (2, 12), (3, 15)]),
            round("b", &[(1, 11), (2, 14), (3, 15)]),
            round("c", &[(1, 15), (3, 13)]),
        ];
        assert_eq!(names(&rule(80, 2), &rounds), [1, 2, 3].map(pseudonym));
        assert_eq!(names(&rule(80, 3), &rounds), [3].map(pseudonym));
        let last: Vec<u16> = completed(&rule(80, 2), &rounds).into_iter().map(|taken| taken.right).collect();
        assert_eq!(last, [15, 14, 13], "what they did last");
    }
}
