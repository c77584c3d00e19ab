//! People who chose the same *wrong* options. Right answers are common to all who know them; a rare wrong option that two
//! people of one unit share, again and again, was passed on.
//!
//! A common wrong option counts −log₂ of the share of sheets that chose it. From 40 bits on a pair is looked at more closely:
//! people who guess share wrong options too, the more of them the more they err. So the pair must also have more in common
//! than two people who err so often would have by chance.
//!
//! How it stays fast for a hundred thousand sheets. Comparing each with each would be five thousand million pairs of sheets.
//! Instead: a sheet whose wrong options come to less than 40 bits *altogether* can be in no pair and is dropped, which leaves
//! few of them; those that are left are compared only within their unit, and with those of the next ten minutes; and there
//! each finds its partners through lists of who chose which wrong option, so that sheets with nothing in common never meet.
//! The work is one addition for each wrong option that two neighbors share.

use super::statistics::most_chance_of_sum;
use super::{ReviewInput, Seen, Signal};
use crate::bank::OptionSet;
use crate::ids::UnitCode;
use crate::result::PersonIndex;
use std::collections::{BTreeMap, HashMap};

/// From here on a pair is looked at.
const LEAST_MILLIBITS: u64 = 40_000;
/// Submissions so far apart may come from one room.
const NEAR_MS: i64 = 10 * 60_000;
/// A unit with more sheets in question than this is a whole town, where one unit says nothing of who knows whom; its people
/// are compared by time alone. It also bounds the work within a unit.
const LARGEST_UNIT: usize = 2_000;
/// How likely at most two people have so many bits in common by chance.
const MOST_CHANCE: f64 = 1e-6;

/// A wrong answer: which question, and what was chosen.
type Wrong = (u16, OptionSet);

/// How a question was answered in all sheets.
#[derive(Clone, Default)]
struct Question {
    /// Whether there is a right and a wrong.
    judged: bool,
    shown: u64,
    wrong: u64,
    /// Wrong options, or sets of them, that a sheet may hold.
    wrong_options: u64,
    chosen: BTreeMap<OptionSet, u64>,
}

impl Question {
    fn millibits(&self, chosen: OptionSet) -> u64 {
        let count = self.chosen.get(&chosen).copied().unwrap_or_default();
        // An option of one sheet alone is common to nobody.
        if count < 2 { 0 } else { (((self.shown as f64) / (count as f64)).log2() * 1_000.0).round() as u64 }
    }
}

/// A sheet with enough wrong options to be in a pair.
struct Suspect {
    /// Of the attempt and its sheet.
    place: usize,
    person: PersonIndex,
    submitted_ms: i64,
    wrong: Vec<(Wrong, u64)>,
}

/// Two sheets of two people, places among the suspects.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Pair {
    sheets: [usize; 2],
    millibits: u64,
}

/// People who are bound by pairs, those with the strongest pair first.
pub(super) fn common_wrong_answers(input: &ReviewInput<'_>) -> Vec<Seen> {
    let questions = questions(input);
    let suspects = suspects(input, &questions);
    let mut pairs: BTreeMap<[PersonIndex; 2], Pair> = BTreeMap::new();
    let mut by_unit: BTreeMap<&UnitCode, Vec<usize>> = BTreeMap::new();
    for (at, suspect) in suspects.iter().enumerate() {
        if let Some(unit) = &suspect.person.of(input.round.people).unit {
            by_unit.entry(unit).or_default().push(at);
        }
    }
    for unit in by_unit.values().filter(|unit| unit.len() <= LARGEST_UNIT) {
        compare(&suspects, unit, i64::MAX, &mut pairs);
    }
    let everybody: Vec<usize> = (0..suspects.len()).collect();
    compare(&suspects, &everybody, NEAR_MS, &mut pairs);
    let judged = questions.iter().filter(|question| question.judged);
    let (wrong, shown) =
        judged.fold((0, 0), |(wrong, shown), question| (wrong + question.wrong, shown + question.shown));
    let likeness = Likeness { input, questions: &questions, suspects: &suspects, usual: odds(wrong, shown) };
    let pairs = pairs.into_values().filter(|pair| likeness.is_beyond_chance(*pair)).collect();
    likeness.groups(pairs)
}

fn questions(input: &ReviewInput<'_>) -> Vec<Question> {
    let mut questions: Vec<Question> = Vec::with_capacity(input.questions.len());
    for asked in input.questions {
        let judged = asked.right.is_some() && !asked.voided;
        questions.push(Question {
            judged,
            wrong_options: u64::from(asked.options.saturating_sub(1)).max(1),
            ..Question::default()
        });
    }
    for (place, _) in input.counted() {
        for (number, chosen) in &input.sheets[place].answers {
            let (asked, question) = (&input.questions[usize::from(*number)], &mut questions[usize::from(*number)]);
            question.shown += 1;
            if question.judged && !chosen.is_empty() && asked.right != Some(*chosen) {
                question.wrong += 1;
                *question.chosen.entry(*chosen).or_default() += 1;
            }
        }
    }
    questions
}

/// In the order of submission.
fn suspects(input: &ReviewInput<'_>, questions: &[Question]) -> Vec<Suspect> {
    let mut suspects = Vec::new();
    for (place, attempt) in input.counted() {
        let weighed = |&(number, chosen): &Wrong| {
            let question = &questions[usize::from(number)];
            let is_wrong = question.chosen.contains_key(&chosen);
            is_wrong.then(|| ((number, chosen), question.millibits(chosen))).filter(|(_, millibits)| *millibits > 0)
        };
        let wrong: Vec<(Wrong, u64)> = input.sheets[place].answers.iter().filter_map(weighed).collect();
        if wrong.iter().map(|(_, millibits)| millibits).sum::<u64>() >= LEAST_MILLIBITS {
            let submitted_ms = attempt.submitted_at.millis();
            suspects.push(Suspect { place, person: attempt.person, submitted_ms, wrong });
        }
    }
    let number = |suspect: &Suspect| input.round.attempts[suspect.place].number;
    suspects.sort_unstable_by_key(|suspect| (suspect.submitted_ms, input.name(suspect.person), number(suspect)));
    suspects
}

/// Finds the pairs among `group`, which is in the order of submission, that were submitted within `window_ms`; of two people
/// the pair of sheets with most in common stays.
fn compare(suspects: &[Suspect], group: &[usize], window_ms: i64, pairs: &mut BTreeMap<[PersonIndex; 2], Pair>) {
    let mut who_chose: HashMap<Wrong, Vec<usize>> = HashMap::new();
    for (at, suspect) in group.iter().enumerate() {
        for (wrong, _) in &suspects[*suspect].wrong {
            who_chose.entry(*wrong).or_default().push(at);
        }
    }
    let mut common = vec![0_u64; group.len()];
    let mut met: Vec<usize> = Vec::new();
    for (at, suspect) in group.iter().enumerate() {
        let one = &suspects[*suspect];
        let until = one.submitted_ms.saturating_add(window_ms);
        for (wrong, millibits) in &one.wrong {
            let who = &who_chose[wrong];
            for &other in &who[who.partition_point(|&other| other <= at)..] {
                if suspects[group[other]].submitted_ms > until {
                    break;
                }
                if common[other] == 0 {
                    met.push(other);
                }
                common[other] += millibits;
            }
        }
        for other in met.drain(..) {
            let (millibits, two) = (std::mem::take(&mut common[other]), &suspects[group[other]]);
            if millibits >= LEAST_MILLIBITS && one.person != two.person {
                let people = [one.person.min(two.person), one.person.max(two.person)];
                let pair = Pair { sheets: [*suspect, group[other]], millibits };
                let kept = pairs.entry(people).or_insert(pair);
                if (pair.millibits, kept.sheets) > (kept.millibits, pair.sheets) {
                    *kept = pair;
                }
            }
        }
    }
}

/// What judges pairs.
struct Likeness<'a> {
    input: &'a ReviewInput<'a>,
    questions: &'a [Question],
    suspects: &'a [Suspect],
    /// Odds of a wrong option in the whole round.
    usual: f64,
}

impl Likeness<'_> {
    fn answers(&self, suspect: usize) -> &[Wrong] {
        &self.input.sheets[self.suspects[suspect].place].answers
    }

    /// The answers of both to each question that both had and that has a right and a wrong.
    fn both(&self, pair: Pair) -> Vec<(&Question, [Option<OptionSet>; 2])> {
        let [one, two] = pair.sheets.map(|suspect| self.answers(suspect));
        let others: HashMap<u16, OptionSet> = two.iter().copied().collect();
        let both = one.iter().filter_map(|(number, chosen)| {
            let question = &self.questions[usize::from(*number)];
            let other = others.get(number).filter(|_| question.judged)?;
            let wrong = |chosen: OptionSet| Some(chosen).filter(|chosen| question.chosen.contains_key(chosen));
            Some((question, [wrong(*chosen), wrong(*other)]))
        });
        both.collect()
    }

    /// Whether two people who err as often as these would hardly ever have so many wrong options in common.
    ///
    /// The chance that both err in a question grows with the odds of each person and of the question; the chance that they
    /// then agree follows from how all the others who erred in it chose. The two are left out of both.
    fn is_beyond_chance(&self, pair: Pair) -> bool {
        let both = self.both(pair);
        let of_person = |who: usize| {
            let wrong = both.iter().filter(|(_, chosen)| chosen[who].is_some()).count();
            odds(wrong as u64, both.len() as u64)
        };
        let people = [of_person(0), of_person(1)];
        let agree = |(question, chosen): &(&Question, [Option<OptionSet>; 2])| {
            let own = chosen.iter().flatten().count() as u64;
            let of_question = odds(question.wrong - own, question.shown.saturating_sub(2));
            let err = people.map(|person| {
                let odds = person * of_question / self.usual;
                odds / (1.0 + odds)
            });
            let others = (question.wrong - own) as f64 + 1.0;
            let outcome = |(set, count): (&OptionSet, &u64)| {
                let by_them = chosen.iter().flatten().filter(|chosen| *chosen == set).count() as u64;
                let share = ((count - by_them) as f64 + 1.0 / question.wrong_options as f64) / others;
                (question.millibits(*set) as f64 / 1_000.0, err[0] * err[1] * share * share)
            };
            question.chosen.iter().map(outcome).collect::<Vec<(f64, f64)>>()
        };
        let outcomes: Vec<Vec<(f64, f64)>> = both.iter().map(agree).collect();
        most_chance_of_sum(&outcomes, pair.millibits as f64 / 1_000.0) < MOST_CHANCE
    }

    /// People bound by pairs, as one group each: thirty who copied one sheet are one line, not 435.
    fn groups(&self, mut pairs: Vec<Pair>) -> Vec<Seen> {
        pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.millibits), pair.sheets));
        let mut group_of: HashMap<PersonIndex, usize> = HashMap::new();
        let mut groups: Vec<(Pair, Vec<PersonIndex>)> = Vec::new();
        for pair in pairs {
            let people = pair.sheets.map(|suspect| self.suspects[suspect].person);
            match people.map(|person| group_of.get(&person).copied()) {
                [None, None] => {
                    group_of.extend(people.map(|person| (person, groups.len())));
                    groups.push((pair, people.to_vec()));
                }
                [Some(of_both), None] => join(&mut groups[of_both].1, &mut group_of, (people[1], of_both)),
                [None, Some(of_both)] => join(&mut groups[of_both].1, &mut group_of, (people[0], of_both)),
                [Some(one), Some(two)] if one != two => {
                    // The earlier group has the stronger pair.
                    let (into, from) = (one.min(two), one.max(two));
                    for person in std::mem::take(&mut groups[from].1) {
                        join(&mut groups[into].1, &mut group_of, (person, into));
                    }
                }
                [Some(_), Some(_)] => {}
            }
        }
        groups
            .into_iter()
            .filter(|(_, people)| !people.is_empty())
            .map(|(pair, people)| self.seen(pair, people))
            .collect()
    }

    fn seen(&self, pair: Pair, mut people: Vec<PersonIndex>) -> Seen {
        people[2..].sort_unstable_by_key(|person| self.input.name(*person));
        let [one, two] = pair.sheets.map(|suspect| &self.suspects[suspect]);
        let unit = |suspect: &Suspect| suspect.person.of(self.input.round.people).unit.as_ref();
        let signal = Signal::CommonWrongAnswers {
            common: u32::try_from(common(&self.both(pair))).expect("a paper has at most MAX_QUESTIONS questions"),
            millibits: pair.millibits,
            same_unit: unit(one).is_some() && unit(one) == unit(two),
            apart_ms: one.submitted_ms.abs_diff(two.submitted_ms),
        };
        (signal, people)
    }
}

fn join(
    group: &mut Vec<PersonIndex>,
    group_of: &mut HashMap<PersonIndex, usize>,
    (person, into): (PersonIndex, usize),
) {
    group.push(person);
    group_of.insert(person, into);
}

/// Questions in which both chose the same wrong options.
fn common(both: &[(&Question, [Option<OptionSet>; 2])]) -> usize {
    both.iter().filter(|(_, [one, two])| one.is_some() && one == two).count()
}

/// Odds of a part of a whole, half a hit away from never and always.
fn odds(part: u64, whole: u64) -> f64 {
    (part as f64 + 0.5) / (whole.saturating_sub(part) as f64 + 0.5)
}
