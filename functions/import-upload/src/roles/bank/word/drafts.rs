//! From what was found to drafts for the judge, and every fault with its place.

use super::found::{Found, KeyEntry};
use super::key::{self, Key};
use super::lines::text_of_lines;
use super::looks::Marking;
use super::question::{Piece, RawQuestion};
use crate::roles::bank::BankDraft;
use contest::bank::{OptionSet, QuestionDraft};
use contest::limits::MAX_BANK;
use contest::problem::{ContentFault, Place, Problem, ProblemKind, QuestionPlace, Written};
use documents::words::import::content as words;
use std::collections::{BTreeMap, BTreeSet};

/// The draft of a bank.
///
/// # Errors
/// Where there is no question at all.
pub(super) fn of(found: Found) -> Result<BankDraft, Vec<Problem>> {
    let Found { mut questions, entries, mut errors, mut warnings, .. } = found;
    if questions.len() > MAX_BANK {
        return Err(vec![Problem::of_file(ProblemKind::TooMany { most: MAX_BANK })]);
    }
    if questions.is_empty() {
        if errors.is_empty() {
            errors.push(Problem::of_file(ProblemKind::Content(ContentFault::NoQuestions)));
        }
        return Err(errors);
    }
    let numbers = Numbers::of(&questions);
    warnings.extend(numbers.warnings(&questions));
    errors.extend(numbers.errors(&questions, &entries));
    let marking = Marking::of(&questions);
    let mut drafts = Vec::new();
    for question in &mut questions {
        let number = question.number;
        let about: Vec<&KeyEntry> = entries
            .iter()
            .filter(|(scope, entry)| *scope == question.scope && number == Some(entry.number))
            .map(|(_, entry)| entry)
            .collect();
        drafts.extend(draft(question, marking, &about, numbers.are_told));
        errors.extend(faults(question));
    }
    Ok(BankDraft { sheet: None, questions: drafts, errors, warnings })
}

fn draft(
    question: &mut RawQuestion,
    marking: Marking,
    entries: &[&KeyEntry],
    numbers_are_told: bool,
) -> Option<QuestionDraft> {
    // A part of true or false statements may still hold questions with options.
    if question.options.is_empty()
        || question.is_of_other_kind && !question.has_capitals()
        || question.judges_statements()
    {
        if !question.faults.iter().any(|(_, kind)| *kind == ProblemKind::Content(ContentFault::MissingBlankLine)) {
            question.fault(Piece::Stem, ContentFault::UnsupportedType);
        }
        return None;
    }
    let texts: Vec<String> = question.options.iter().map(|option| text_of_lines(&option.lines)).collect();
    let key = key::resolve(question, &texts, marking, entries);
    let is_refused = |piece: Piece| question.faults.iter().any(|(of, _)| *of == piece);
    let written =
        |piece: Piece, text: String| Written { text, place: place(question, Some(piece)), refused: is_refused(piece) };
    let options = texts.iter().enumerate();
    let options = options.map(|(at, text)| written(Piece::Option(at), text.clone())).collect();
    let (said, right) = match &key {
        Key::Options(right) => (String::new(), Some(*right)),
        Key::Text(text) => (text.clone(), None),
        Key::Refused => (String::new(), None),
    };
    let mut answer = written(Piece::Answer, said);
    answer.refused |= key == Key::Refused;
    let number = question.number.filter(|_| numbers_are_told);
    let explanation = text_of_lines(&question.explanation);
    Some(QuestionDraft {
        place: place(question, None),
        number: number.map(|number| written(Piece::Stem, number.to_string())),
        stem: written(Piece::Stem, text_of_lines(&question.stem)),
        options,
        answer,
        right,
        explanation: Some(explanation).filter(|text| !text.is_empty()),
        source: None,
        topic: None,
        level: question.level.clone(),
        fixed_order: question.is_fixed,
    })
}

/// Every fault of a question, once for each piece; text that nobody can read is said once.
fn faults(question: &RawQuestion) -> Vec<Problem> {
    let mut seen = BTreeSet::new();
    let of_piece = |piece: Piece, kind: &ProblemKind| matches!(kind, ProblemKind::Content(_)).then_some(piece);
    let new = question.faults.iter().filter(|(piece, kind)| seen.insert((of_piece(*piece, kind), kind.code())));
    new.map(|(piece, kind)| Problem { place: place(question, Some(*piece)), kind: kind.clone() }).collect()
}

fn place(question: &RawQuestion, piece: Option<Piece>) -> Place {
    let number = question.shown_number();
    let letter = |at: usize| char::from(b'A' + u8::try_from(at.min(25)).unwrap_or(25));
    let piece = match piece {
        None | Some(Piece::Stem) => words::place_of_stem(number),
        Some(Piece::Option(at)) => words::place_of_option(number, letter(at)),
        Some(Piece::Answer) => words::place_of_answer(number),
    };
    Place::Question(Box::new(QuestionPlace { part: question.part.clone(), number: Some(number), piece: Some(piece) }))
}

/// How the questions of a file are numbered.
struct Numbers {
    /// Whether each has a number of its own.
    are_told: bool,
    /// Questions whose number an earlier one has, within what answers are told of together.
    repeated: Vec<usize>,
}

impl Numbers {
    fn of(questions: &[RawQuestion]) -> Self {
        let mut all = BTreeSet::new();
        let are_told = questions.iter().all(|question| question.number.is_some_and(|number| all.insert(number)));
        let mut seen = BTreeSet::new();
        let is_new = |question: &RawQuestion, seen: &mut BTreeSet<_>| {
            question.number.is_none_or(|number| seen.insert((question.scope, question.part.clone(), number)))
        };
        let repeated = (0..questions.len()).filter(|&at| !is_new(&questions[at], &mut seen)).collect();
        Self { are_told, repeated }
    }

    fn warnings(&self, questions: &[RawQuestion]) -> Vec<Problem> {
        let repeated = self.repeated.iter().map(|&at| (at, ContentFault::RepeatedNumber));
        let left_out = questions.windows(2).enumerate().filter_map(|(at, two)| {
            let (before, next) = (two[0].number?, two[1].number?);
            let goes_on = two[0].part == two[1].part && two[0].scope == two[1].scope;
            (goes_on && next > before + 1).then_some((at + 1, ContentFault::NumbersLeftOut { after: before }))
        });
        let all = repeated.chain(left_out);
        all.map(|(at, fault)| Problem { place: place(&questions[at], None), kind: ProblemKind::Content(fault) })
            .collect()
    }

    /// Answers that are told by number of what has none, or not one of its own.
    fn errors(&self, questions: &[RawQuestion], entries: &[(usize, KeyEntry)]) -> Vec<Problem> {
        let mut holders: BTreeMap<(usize, u32), Vec<&RawQuestion>> = BTreeMap::new();
        for question in questions {
            if let Some(number) = question.number {
                holders.entry((question.scope, number)).or_default().push(question);
            }
        }
        let of_answers = |number: u32, kind: ContentFault| {
            let place = Place::Question(Box::new(QuestionPlace {
                part: None,
                number: Some(number),
                piece: Some(words::place_of_answers()),
            }));
            Problem { place, kind: ProblemKind::Content(kind) }
        };
        let fault = |(scope, entry): &(usize, KeyEntry)| match holders.get(&(*scope, entry.number)).map(Vec::as_slice) {
            None => Some(of_answers(entry.number, ContentFault::AnswerWithoutQuestion { number: entry.number })),
            Some([_]) => None,
            Some(_) => Some(of_answers(entry.number, ContentFault::RepeatedNumber)),
        };
        entries.iter().filter_map(fault).collect()
    }
}

impl RawQuestion {
    fn has_capitals(&self) -> bool {
        self.options.iter().all(|option| option.letter.is_some_and(|letter| letter.c.is_uppercase()))
    }

    /// Whether small letters stand before statements of which several are marked: what is true of them is asked, not which
    /// one is right.
    fn judges_statements(&self) -> bool {
        let is_small = self.options.iter().any(|option| option.letter.is_some_and(|letter| letter.c.is_lowercase()));
        let marks = super::looks::marks(self, Marking::Any);
        let marks_several = marks.iter().any(|(_, mark)| match mark {
            super::looks::Mark::Options(right) => *right != OptionSet::EMPTY && right.len() > 1,
            super::looks::Mark::Different | super::looks::Mark::Part => false,
        });
        let starred = self.options.iter().filter(|option| option.has_star).count();
        is_small && (marks_several || starred > 1)
    }
}
