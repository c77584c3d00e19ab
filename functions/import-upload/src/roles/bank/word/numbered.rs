//! The form that offices write: questions with numbers, options with letters.

use super::answers;
use super::found::Found;
use super::headings::{self, PartKind};
use super::layout;
use super::lines::{Item, Letter, Line};
use super::marks::{self, Beginning, MixTag, Start};
use super::question::{Letters, Piece, RawQuestion};
use crate::readers::docx::Table;
use contest::problem::{ContentFault, Place, Problem, ProblemKind, QuestionPlace};
use documents::words::import::content as words;

/// Whether a document is written in this form.
pub(super) fn is_form_of(items: &[Item]) -> bool {
    lines(items).any(|line| marks::start(&line.letters).is_some() || is_break(line))
}

fn lines(items: &[Item]) -> impl Iterator<Item = &Line> {
    items.iter().filter_map(|item| match item {
        Item::Line(line) => Some(line),
        Item::Table(_) => None,
    })
}

fn is_break(line: &Line) -> bool {
    matches!(marks::mix_tag(&line.letters), Some(MixTag::Break))
}

/// Which letters mark options in the whole document.
pub(super) fn letters_of(items: &[Item]) -> Letters {
    let has = |kind: Letters| lines(items).any(|line| begins_options(line, kind)) || layout::has_options(items, kind);
    if !has(Letters::Capitals) && has(Letters::Small) { Letters::Small } else { Letters::Capitals }
}

/// Whether the first option begins somewhere in a line.
fn begins_options(line: &Line, kind: Letters) -> bool {
    let letters = &line.letters;
    let from = letters.iter().position(|letter| !letter.c.is_whitespace()).unwrap_or(0);
    (from..letters.len()).any(|at| {
        let gap = at == from
            || letters[at - 1].c == '\t'
            || at >= 2 && letters[at - 1].c.is_whitespace() && letters[at - 2].c.is_whitespace();
        gap && kind.mark(&letters[at..]).is_some_and(|mark| mark.place == 0)
    })
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Area {
    /// Above all questions, or below a heading.
    Between,
    /// In a question.
    Question,
    /// Behind the end, or below the head of answers.
    Answers,
}

/// Reads a document in this form.
pub(super) fn read(items: Vec<Item>, found: Found) -> Found {
    let is_mix = lines(&items).any(is_break);
    let letters = letters_of(&items);
    let has_question_word =
        lines(&items).any(|line| marks::start(&line.letters).is_some_and(|s| s.beginning == Beginning::Question));
    let has_options: Vec<bool> = leads_to_options(&items, letters);
    let mut reader = Reader {
        found,
        letters,
        is_mix,
        has_question_word,
        current: None,
        area: Area::Between,
        last_number: None,
        part: None,
        part_kind: PartKind::Choice,
        scope: 0,
        has_answers: false,
        level: None,
    };
    for (item, leads_to_options) in items.into_iter().zip(has_options) {
        match item {
            Item::Line(line) => reader.line(line, leads_to_options),
            Item::Table(table) => reader.table(table),
        }
    }
    reader.close();
    reader.found
}

/// Of each line with a number alone, whether options come before the next such line: a list above the questions has none.
fn leads_to_options(items: &[Item], letters: Letters) -> Vec<bool> {
    let mut leads = vec![false; items.len()];
    let mut seen = false;
    for (at, item) in items.iter().enumerate().rev() {
        match item {
            Item::Line(line) => {
                seen |= begins_options(line, letters);
                leads[at] = seen;
                seen &= marks::start(&line.letters).is_none();
            }
            Item::Table(table) => seen |= layout::options(table, letters).is_some(),
        }
    }
    leads
}

struct Reader {
    found: Found,
    letters: Letters,
    is_mix: bool,
    has_question_word: bool,
    current: Option<RawQuestion>,
    area: Area,
    /// The number of the last question of this part.
    last_number: Option<u32>,
    part: Option<String>,
    part_kind: PartKind,
    scope: usize,
    /// Whether answers have been read since the last question.
    has_answers: bool,
    /// The level of the next question, where one stands before it.
    level: Option<String>,
}

impl Reader {
    fn close(&mut self) {
        self.found.questions.extend(self.current.take().map(RawQuestion::end));
    }

    fn line(&mut self, line: Line, leads_to_options: bool) {
        if line.is_blank() {
            return;
        }
        if self.is_mix && self.mix(&line) {
            return;
        }
        let line = match (self.is_mix, marks::mix_tag(&line.letters)) {
            (true, Some(MixTag::Level(level, used))) => {
                self.level = Some(level);
                Line { letters: line.letters[used..].to_vec(), ..line }
            }
            _ => line,
        };
        if self.opens_area(&line) {
            return;
        }
        if self.area == Area::Answers && self.answers(&line) {
            return;
        }
        if marks::is_shared_passage(&line.letters) {
            self.close();
            self.area = Area::Between;
            return self.found.fault_between(ProblemKind::Content(ContentFault::SharedPassage));
        }
        match marks::start(&line.letters).filter(|start| self.begins(start, leads_to_options)) {
            Some(start) => self.question(line, Some(start)),
            None if self.is_mix && self.current.is_none() && self.area != Area::Answers => self.question(line, None),
            None => self.other(line),
        }
    }

    /// Tags of a program that mixes questions; whether the line is used up.
    fn mix(&mut self, line: &Line) -> bool {
        match marks::mix_tag(&line.letters) {
            Some(MixTag::Break) => {
                self.close();
                self.found.end_headings();
                true
            }
            Some(MixTag::Level(level, used)) if line.letters.len() == used => {
                self.level = Some(level);
                true
            }
            Some(MixTag::Other) => {
                self.found.fault_between(ProblemKind::Content(ContentFault::SharedPassage));
                true
            }
            Some(MixTag::Level(..)) | None => false,
        }
    }

    /// Lines that say what follows; whether the line is one.
    fn opens_area(&mut self, line: &Line) -> bool {
        if headings::is_end(&line.letters) || headings::opens_answers(&line.letters) {
            self.close();
            self.area = Area::Answers;
            return true;
        }
        let in_question = self.current.as_ref().is_some_and(|question| !question.has_options());
        match headings::part(&line.letters) {
            Some((name, kind)) if !in_question || kind == PartKind::Other => {
                self.close();
                self.found.heading();
                (self.part, self.part_kind) = (Some(name), kind);
                (self.area, self.last_number) = (Area::Between, None);
                true
            }
            _ => false,
        }
    }

    /// Answers below their head; whether the line is used up.
    fn answers(&mut self, line: &Line) -> bool {
        if let Some(entries) = answers::of_line(&line.letters) {
            self.has_answers = true;
            self.found.entries.extend(entries.into_iter().map(|entry| (self.scope, entry)));
            return true;
        }
        if headings::is_heading(&line.letters) && marks::start(&line.letters).is_none() {
            self.found.heading();
            return true;
        }
        false
    }

    fn begins(&self, start: &Start, leads_to_options: bool) -> bool {
        let is_ready = self.current.as_ref().is_none_or(RawQuestion::has_options);
        match start.beginning {
            Beginning::Question => true,
            Beginning::Exercise => !self.has_question_word && (is_ready || leads_to_options),
            Beginning::Number => match self.last_number {
                Some(last) => start.number == last + 1 && is_ready,
                None => leads_to_options && is_ready,
            },
        }
    }

    fn question(&mut self, line: Line, start: Option<Start>) {
        self.close();
        self.found.end_headings();
        if std::mem::take(&mut self.has_answers) {
            self.scope += 1;
        }
        let mut question = RawQuestion {
            part: self.part.clone(),
            number: start.map(|start| start.number),
            ordinal: u32::try_from(self.found.questions.len()).unwrap_or(u32::MAX).saturating_add(1),
            scope: self.scope,
            is_of_other_kind: self.part_kind == PartKind::Other,
            ..RawQuestion::default()
        };
        self.last_number = question.number.or(self.last_number);
        question.begin(line, start.map_or(0, |start| start.used), self.letters);
        question.level = question.level.take().or(self.level.take());
        self.current = Some(question);
        self.area = Area::Question;
    }

    /// A line that begins nothing.
    fn other(&mut self, line: Line) {
        // Answers in one line behind the last question need no head.
        let entries = answers::of_line(&line.letters).filter(|entries| entries.len() >= 2);
        if let Some(entries) = entries.filter(|_| self.current.as_ref().is_some_and(RawQuestion::has_options)) {
            self.close();
            self.area = Area::Answers;
            self.has_answers = true;
            self.found.entries.extend(entries.into_iter().map(|entry| (self.scope, entry)));
            return;
        }
        let letters = self.letters;
        match &mut self.current {
            Some(question) if ends_by(question, &line.letters) => {
                self.close();
                self.area = Area::Between;
                self.heading(line);
            }
            Some(question) => question.take(line, letters),
            None => self.heading(line),
        }
    }

    /// Text outside questions. Options there mean that a question was not seen.
    fn heading(&mut self, line: Line) {
        let is_option = begins_options(&line, self.letters) || marks::answer(&line.letters).is_some();
        // Without the word for a question every number may begin one.
        let is_option = is_option || !self.has_question_word && marks::start(&line.letters).is_some();
        if is_option || self.area == Area::Answers {
            self.found.fault_between(ProblemKind::Content(ContentFault::TextNotRead));
        } else {
            self.found.heading();
        }
        // A logo or a line below a title is no part of a question; letters that nobody can read may be a whole one.
        let spoiled = line.faults.into_iter().filter(|kind| !matches!(kind, ProblemKind::Content(_)));
        spoiled.for_each(|kind| self.found.fault_between(kind));
    }

    fn table(&mut self, table: Table) {
        let is_ready = self.current.as_ref().is_none_or(RawQuestion::has_options);
        let has_questions = self.current.is_some() || !self.found.questions.is_empty();
        if let Some(entries) = answers::of_table(&table).filter(|_| has_questions && is_ready) {
            self.close();
            (self.area, self.has_answers) = (Area::Answers, true);
            self.found.entries.extend(entries.into_iter().map(|entry| (self.scope, entry)));
            return;
        }
        if let (Some(question), Some(lines)) = (&mut self.current, layout::options(&table, self.letters)) {
            let letters = self.letters;
            return lines.into_iter().for_each(|line| question.take(line, letters));
        }
        if layout::is_letterhead(&table) && (self.area != Area::Question || is_ready) {
            self.close();
            return self.found.heading();
        }
        match &mut self.current {
            Some(question) => question.fault(Piece::Stem, ContentFault::UnknownLayout),
            None => self.found.errors.push(unknown_layout(self.found.questions.last())),
        }
    }
}

/// A table outside questions: it is told by the question before it, or as that of the first.
pub(super) fn unknown_layout(before: Option<&RawQuestion>) -> Problem {
    let number = before.map_or(1, RawQuestion::shown_number);
    let piece = words::place_between(before.map(RawQuestion::shown_number));
    let place = Place::Question(Box::new(QuestionPlace {
        part: before.and_then(|question| question.part.clone()),
        number: Some(number),
        piece: Some(piece),
    }));
    Problem { place, kind: ProblemKind::Content(ContentFault::UnknownLayout) }
}

/// Whether a question ends with this line, since it is a heading for sure.
fn ends_by(question: &RawQuestion, letters: &[Letter]) -> bool {
    let is_done = question.has_options() && !question.is_in_explanation();
    is_done
        && headings::is_heading(letters)
        && marks::explanation(letters).is_none()
        && marks::answer(letters).is_none()
        && !(question.is_in_options() && question.may_go_on_in_capitals())
}
