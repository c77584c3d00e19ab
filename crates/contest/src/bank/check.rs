//! The one judge of questions: from what is written to a bank, its key, and every problem at once.

use super::{
    AnswerFault, Bank, Likeness, Notes, OptionSet, PublicQuestion, QuestionDraft, is_numbers, read_answer,
    speaks_of_others, without_letters, without_number,
};
use crate::ids::QuestionId;
use crate::limits::{MAX_BANK, MAX_OPTIONS};
use crate::problem::{Place, Problem, ProblemKind, Written};
use crate::text::search_key;
use std::collections::{HashMap, HashSet};

/// What the judge finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The bank, present only where every draft became a question of it.
    pub bank: Option<Bank>,
    /// The questions that can be read, in the order of the file, whatever is wrong with others.
    pub read: Vec<ReadQuestion>,
    /// Every error that the reader has not named before.
    pub errors: Vec<Problem>,
    /// Every warning.
    pub warnings: Vec<Problem>,
}

/// A question as it was read, with all that the file says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadQuestion {
    /// Where it stands in the file.
    pub place: Place,
    /// What contestants see.
    pub question: PublicQuestion,
    /// The right options; at least one.
    pub right: OptionSet,
    /// What is told once the key is published.
    pub notes: Notes,
    /// How hard it is said to be.
    pub level: Option<String>,
}

impl Bank {
    /// The bank of these questions.
    fn of(read: &[ReadQuestion]) -> Self {
        let id = |read: &ReadQuestion| read.question.id.clone();
        Self {
            questions: read.iter().map(|read| read.question.clone()).collect(),
            key: read.iter().map(|read| (id(read), read.right)).collect(),
            notes: read.iter().map(|read| (id(read), read.notes.clone())).collect(),
            levels: read.iter().filter_map(|read| Some((id(read), read.level.clone()?))).collect(),
        }
    }
}

/// Judges the questions of one bank, in the order of its file.
///
/// # Errors
/// Where there are more than [`MAX_BANK`]: nobody wants twenty thousand lines about a file that is no bank.
pub fn check(drafts: &[QuestionDraft]) -> Result<Checked, Problem> {
    if drafts.len() > MAX_BANK {
        return Err(Problem::of_file(ProblemKind::TooMany { most: MAX_BANK }));
    }
    let mut judge = Judge {
        in_numbers: drafts.iter().filter_map(written_answer).all(is_numbers),
        errors: Vec::new(),
        warnings: Vec::new(),
    };
    let ids = judge.ids(drafts);
    let counted = drafts.iter().all(|draft| without_number(&draft.stem.text).is_some());
    let mut read = Vec::with_capacity(drafts.len());
    let mut seen: HashMap<Likeness, &Place> = HashMap::new();
    for (draft, id) in drafts.iter().zip(ids) {
        let text = without_number(&draft.stem.text).filter(|_| counted).unwrap_or(&draft.stem.text);
        let (options, right) = judge.options_and_answer(draft);
        let fixed_order = judge.fixed_order(draft, &options);
        let likeness = (!text.is_empty()).then(|| Likeness::of(text, &options));
        if let Some(first) = likeness.and_then(|likeness| seen.insert(likeness, &draft.place)) {
            judge.errors.push(draft.stem.problem(ProblemKind::EqualQuestions { first: first.clone() }));
        }
        if draft.stem.is_missing() {
            judge.errors.push(draft.stem.problem(ProblemKind::Empty));
        }
        let (Some(id), Some(right)) = (id, right) else { continue };
        let question = PublicQuestion {
            id,
            text: text.to_owned(),
            options,
            choose: u8::try_from(right.len()).expect("at most six options"),
            topic: draft.topic.clone(),
            fixed_order,
        };
        let notes = Notes { explanation: draft.explanation.clone(), source: draft.source.clone() };
        read.push(ReadQuestion { place: draft.place.clone(), question, right, notes, level: draft.level.clone() });
    }
    let Judge { errors, mut warnings, .. } = judge;
    warnings.extend(one_letter(&read));
    let is_whole = errors.is_empty() && read.len() == drafts.len();
    Ok(Checked { bank: is_whole.then(|| Bank::of(&read)), read, errors, warnings })
}

/// The answer where it is words; a format that marks its right options has none.
fn written_answer(draft: &QuestionDraft) -> Option<&str> {
    draft.answer.some().filter(|_| draft.right.is_none())
}

/// Every answer on one letter: a column filled down, or a template that nobody has filled in. Two questions may agree by
/// chance, as may those with two options.
fn one_letter(read: &[ReadQuestion]) -> Option<Problem> {
    let first = read.first()?.right;
    let same = read.iter().all(|read| read.right == first) && first.len() == 1;
    let place = (0..6).find(|&place| first.contains(place)).map(usize::from).filter(|_| same)?;
    (read.len() >= LEAST_FOR_ONE_LETTER).then(|| Problem::of_file(ProblemKind::OneLetterKey { letter: letter(place) }))
}

/// With four options each, five answers fall on one letter by chance in one bank of 256.
const LEAST_FOR_ONE_LETTER: usize = 5;

/// What is found out on the way.
struct Judge {
    /// Whether every answer of the bank is a list of numbers.
    in_numbers: bool,
    errors: Vec<Problem>,
    warnings: Vec<Problem>,
}

impl Judge {
    /// The options in order, and the right ones where the answer names options that are there.
    fn options_and_answer(&mut self, draft: &QuestionDraft) -> (Vec<String>, Option<OptionSet>) {
        let count = draft.options.iter().rposition(|option| !option.is_missing()).map_or(0, |last| last + 1);
        let written = &draft.options[..count.min(MAX_OPTIONS)];
        let before = self.errors.len();
        if let Some(seventh) = draft.options[..count].get(MAX_OPTIONS) {
            self.errors.push(seventh.problem(ProblemKind::TooManyOptions { most: MAX_OPTIONS }));
        }
        for (place, option) in written.iter().enumerate() {
            if option.is_missing() {
                self.errors.push(option.problem(ProblemKind::GapInOptions { letter: letter(place) }));
            }
            self.compare(&written[..place], option);
        }
        if count < 2 {
            let place = draft.options.get(count).map_or(&draft.place, |next| &next.place).clone();
            self.errors.push(Problem { place, kind: ProblemKind::TooFewOptions });
        }
        let is_sound = self.errors.len() == before && !written.iter().any(|option| option.refused);
        let options = without_letters(written.iter().map(|option| option.text.clone()).collect());
        let right = self.answer(draft, &options);
        (options, right.filter(|_| is_sound))
    }

    /// Two options may differ in capitals alone, where a question asks how a name is written.
    fn compare(&mut self, earlier: &[Written], option: &Written) {
        let (second, lower) = (letter(earlier.len()), option.text.to_lowercase());
        if option.text.is_empty() {
            return;
        }
        if let Some(first) = earlier.iter().position(|earlier| earlier.text == option.text) {
            self.errors.push(option.problem(ProblemKind::EqualOptions { first: letter(first), second }));
        } else if let Some(first) = earlier.iter().position(|earlier| earlier.text.to_lowercase() == lower) {
            self.warnings.push(option.problem(ProblemKind::OptionsDifferInCase { first: letter(first), second }));
        }
    }

    fn answer(&mut self, draft: &QuestionDraft, options: &[String]) -> Option<OptionSet> {
        let written = &draft.answer;
        if written.refused {
            return None;
        }
        if let Some(right) = draft.right {
            return self.marked(written, right, options);
        }
        if written.text.is_empty() {
            self.errors.push(written.problem(ProblemKind::Empty));
            return None;
        }
        let is_refused = |place: u8| draft.options.get(usize::from(place)).is_some_and(|option| option.refused);
        let kind = match read_answer(&written.text, options, self.in_numbers) {
            Ok(read) => {
                if read.look_alike {
                    self.warnings.push(written.problem(ProblemKind::LookAlikeLetters));
                }
                return Some(read.right);
            }
            // The option is there, and refused for what it holds.
            Err(AnswerFault::NoOption(place)) if is_refused(place) => return None,
            Err(AnswerFault::NoOption(place)) => {
                ProblemKind::AnswerWithoutOption { letter: letter(usize::from(place)) }
            }
            Err(AnswerFault::Ambiguous) => ProblemKind::AmbiguousAnswer,
            Err(AnswerFault::Unreadable) => ProblemKind::InvalidAnswer,
        };
        self.errors.push(written.problem(kind));
        None
    }

    /// Right options that a format marks: at least one, and not an empty one at the end, which is none.
    fn marked(&mut self, written: &Written, right: OptionSet, options: &[String]) -> Option<OptionSet> {
        let missing = (0..6).find(|&place| right.contains(place) && usize::from(place) >= options.len());
        let kind = match missing {
            Some(place) => ProblemKind::AnswerWithoutOption { letter: letter(usize::from(place)) },
            None if right.is_empty() => ProblemKind::NoAnswer,
            None => return Some(right),
        };
        self.errors.push(written.problem(kind));
        None
    }

    /// Whether the options keep their order: because the organizers say so, or an option speaks of others.
    fn fixed_order(&mut self, draft: &QuestionDraft, options: &[String]) -> bool {
        let speaking = speaks_of_others(options);
        if let Some(place) = speaking.filter(|_| !draft.fixed_order) {
            self.warnings.push(draft.options[place].problem(ProblemKind::PositionInOption { letter: letter(place) }));
        }
        draft.fixed_order || speaking.is_some()
    }

    /// The identifier of every question: `q07` of a running number, the text itself of any other, the place of the
    /// question in a file that numbers none. A number left out between others is the one that follows.
    fn ids(&mut self, drafts: &[QuestionDraft]) -> Vec<Option<QuestionId>> {
        let is_numbered = drafts.iter().any(|draft| draft.number.is_some());
        let written: Vec<Written> = drafts.iter().map(number_or_place).collect();
        let numbers = if is_numbered { numbers(&written) } else { (1..).take(drafts.len()).map(Some).collect() };
        let width = numbers.iter().flatten().max().map_or(0, |largest| largest.to_string().len()).max(2);
        let mut seen: HashMap<QuestionId, Option<u32>> = HashMap::new();
        let mut ids = Vec::with_capacity(drafts.len());
        for (written, number) in written.iter().zip(numbers) {
            let text = number.map_or_else(|| written.text.to_lowercase(), |number| format!("q{number:0width$}"));
            let id = QuestionId::parse(&text).ok();
            if id.is_none() && !written.refused {
                let kind = if written.text.is_empty() { ProblemKind::Empty } else { ProblemKind::InvalidId };
                self.errors.push(written.problem(kind));
            }
            if let Some(first_row) = id.as_ref().and_then(|id| seen.insert(id.clone(), written.place.row())) {
                let value = written.text.clone();
                self.errors.push(written.problem(ProblemKind::Duplicate { value, first_row }));
            }
            ids.push(id);
        }
        ids
    }
}

fn letter(place: usize) -> char {
    ['A', 'B', 'C', 'D', 'E', 'F'][place]
}

/// The number as written, or nothing where the question begins.
fn number_or_place(draft: &QuestionDraft) -> Written {
    let missing = || Written { text: String::new(), place: draft.place.clone(), refused: false };
    draft.number.clone().unwrap_or_else(missing)
}

/// Running numbers as written (`7`, `7.`, `Câu 7`), with those left out.
fn numbers(written: &[Written]) -> Vec<Option<u32>> {
    let number = |written: &Written| {
        let key = search_key(&written.text);
        let number =
            key.strip_prefix("cau").unwrap_or(&key).trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':'));
        number.parse::<u32>().ok()
    };
    let mut numbers: Vec<Option<u32>> = written.iter().map(number).collect();
    let all: HashSet<u32> = numbers.iter().copied().flatten().collect();
    for place in 1..numbers.len() {
        let next = numbers[place - 1].and_then(|before| before.checked_add(1)).filter(|next| !all.contains(next));
        if written[place].text.is_empty() {
            numbers[place] = next;
        }
    }
    numbers
}

#[cfg(test)]
mod tests;
