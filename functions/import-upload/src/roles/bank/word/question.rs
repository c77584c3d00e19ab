//! A question as it grows, line by line.

use super::headings::is_in_capitals;
use super::lines::{Letter, Line, text};
use super::marks::{self, OptionMark, Scan};
use contest::problem::{ContentFault, ProblemKind};

/// A piece of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Piece {
    Stem,
    /// By its place.
    Option(usize),
    Answer,
}

/// One option.
#[derive(Clone, Debug, Default)]
pub(super) struct RawOption {
    /// The letter before it, where one stands there.
    pub(super) letter: Option<Letter>,
    pub(super) lines: Vec<Vec<Letter>>,
    pub(super) has_star: bool,
}

/// How far a question has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Phase {
    #[default]
    Stem,
    Options,
    /// What is right has been said.
    Answered,
    Explanation,
}

/// A question before its key is known.
#[derive(Clone, Debug, Default)]
pub(super) struct RawQuestion {
    /// The part in which its number counts.
    pub(super) part: Option<String>,
    /// Its number as written; `None` where none is.
    pub(super) number: Option<u32>,
    /// Its place in the file, from 1.
    pub(super) ordinal: u32,
    /// Which answers behind questions are about it.
    pub(super) scope: usize,
    pub(super) stem: Vec<Vec<Letter>>,
    pub(super) options: Vec<RawOption>,
    /// What lines say is right.
    pub(super) answers: Vec<Vec<Letter>>,
    pub(super) explanation: Vec<Vec<Letter>>,
    pub(super) level: Option<String>,
    /// Whether the options are to stay in order.
    pub(super) is_fixed: bool,
    /// Options that stand once more below the others.
    pub(super) repeated: Vec<usize>,
    /// Whether the questions of its part are of another kind.
    pub(super) is_of_other_kind: bool,
    /// Whether options are only known by their lines, so that no look is a mark.
    pub(super) has_no_letters: bool,
    pub(super) faults: Vec<(Piece, ProblemKind)>,
    pub(super) phase: Phase,
    /// Lines behind the last option, of which it is not sure that they belong to it.
    pub(super) waiting: Vec<Vec<Letter>>,
}

/// Which letters mark options in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    /// Capitals; small ones are statements within a question.
    Capitals,
    /// Small ones, where a file has no others.
    Small,
}

impl Letters {
    fn are_of(self, mark: &OptionMark) -> bool {
        mark.is_small == (self == Self::Small)
    }

    /// The mark of an option that begins here, if it is of these.
    pub(super) fn mark(self, letters: &[Letter]) -> Option<OptionMark> {
        marks::option_mark(letters).filter(|mark| self.are_of(mark))
    }
}

impl RawQuestion {
    /// The number by which people know it.
    pub(super) fn shown_number(&self) -> u32 {
        self.number.unwrap_or(self.ordinal)
    }

    /// Whether enough options are there that another question may begin.
    pub(super) fn has_options(&self) -> bool {
        self.options.len() >= 2
    }

    /// Whether a line would go on with the question for sure: nothing behind its options has begun.
    pub(super) fn is_in_options(&self) -> bool {
        self.phase == Phase::Options
    }

    /// Whether an explanation goes on.
    pub(super) fn is_in_explanation(&self) -> bool {
        self.phase == Phase::Explanation
    }

    pub(super) fn fault(&mut self, piece: Piece, fault: ContentFault) {
        self.faults.push((piece, ProblemKind::Content(fault)));
    }

    fn here(&self) -> Piece {
        match (self.phase, self.options.len()) {
            (Phase::Stem, _) | (_, 0) => Piece::Stem,
            (Phase::Options, count) => Piece::Option(count - 1),
            (Phase::Answered | Phase::Explanation, _) => Piece::Answer,
        }
    }

    /// The rest of the line with which it begins.
    pub(super) fn begin(&mut self, line: Line, used: usize, letters: Letters) {
        let mut scan = Scan::new(&line.letters);
        // A level may stand before the number, or behind it.
        scan.blanks();
        self.level = marks::level(&mut scan);
        scan.at = used;
        self.level = marks::level(&mut scan).or(self.level.take());
        let used = scan.blanks().at;
        let Line { letters: mut whole, faults, .. } = line;
        let rest = whole.split_off(used);
        self.faults.extend(faults.into_iter().map(|fault| (Piece::Stem, fault)));
        self.take_parts(rest, false, letters);
    }

    /// One more line.
    pub(super) fn take(&mut self, line: Line, letters: Letters) {
        if let Some(rest) = marks::answer(&line.letters) {
            let answer = rest.to_vec();
            self.note_faults(line.faults, Piece::Answer);
            self.take_answer(answer);
        } else if let Some(used) = marks::explanation(&line.letters) {
            self.note_faults(line.faults, Piece::Answer);
            self.take_explanation(&line.letters[used..]);
        } else if let Some(level) = marks::level_line(&line.letters) {
            self.level = Some(text(level));
            self.note_faults(line.faults, Piece::Stem);
        } else if self.phase == Phase::Explanation {
            self.note_faults(line.faults, Piece::Answer);
            self.explanation.push(line.letters);
        } else if let Some(place) = self.repeated_by(&line.letters) {
            self.note_faults(line.faults, Piece::Answer);
            self.settle();
            self.repeated.push(place);
            self.phase = Phase::Answered;
        } else {
            self.take_text(line, letters);
        }
    }

    fn note_faults(&mut self, faults: Vec<ProblemKind>, piece: Piece) {
        self.faults.extend(faults.into_iter().map(|fault| (piece, fault)));
    }

    fn take_answer(&mut self, answer: Vec<Letter>) {
        self.settle();
        if self.phase != Phase::Explanation {
            self.phase = Phase::Answered;
        }
        match marks::explanation_inside(&answer) {
            Some(at) => {
                let (answer, rest) = answer.split_at(at);
                self.answers.push(answer.to_vec());
                let used = marks::explanation(rest).unwrap_or(0);
                self.take_explanation(&rest[used..]);
            }
            None => self.answers.push(answer),
        }
    }

    fn take_explanation(&mut self, letters: &[Letter]) {
        self.settle();
        self.phase = Phase::Explanation;
        // An explanation often begins by naming the answer once more.
        match marks::answer(letters).map(<[Letter]>::to_vec) {
            Some(answer) => self.answers.push(answer),
            None => self.explanation.push(letters.to_vec()),
        }
    }

    fn take_text(&mut self, line: Line, letters: Letters) {
        let Line { letters: mut whole, begins_paragraph, faults } = line;
        let blanks = whole.iter().take_while(|letter| letter.c.is_whitespace()).count();
        whole.drain(..blanks);
        let begins_option = letters.mark(&whole).is_some_and(|mark| mark.place == self.options.len());
        if self.phase == Phase::Answered && !begins_option {
            self.note_faults(faults, Piece::Answer);
            return self.fault(Piece::Answer, ContentFault::TextNotRead);
        }
        let parts_before = self.options.len();
        let is_new = begins_paragraph && self.phase == Phase::Options && !begins_option;
        if is_new && !self.goes_on_with(&whole) && !self.splits(&whole, letters) {
            let here = self.here();
            self.note_faults(faults, here);
            match self.check_order(&whole, letters) {
                true => self.waiting.push(whole),
                false => self.add(&whole),
            }
            return;
        }
        self.take_parts(whole, true, letters);
        let piece = if self.options.len() > parts_before + 1 { self.here() } else { self.here_after(parts_before) };
        self.note_faults(faults, piece);
    }

    fn here_after(&self, before: usize) -> Piece {
        if self.options.len() > before { Piece::Option(before) } else { self.here() }
    }

    /// Whether a new paragraph goes on with the sentence of the last option.
    fn goes_on_with(&self, letters: &[Letter]) -> bool {
        letters.first().is_some_and(|letter| letter.c.is_lowercase())
            && !marks::option_mark(letters).is_some_and(|mark| mark.is_small)
    }

    /// Whether an option begins somewhere within these letters.
    fn splits(&self, letters: &[Letter], kind: Letters) -> bool {
        next_option(letters, 0, self.options.len(), kind).is_some()
    }

    /// Text with options in it. `is_line` says that the first of them may begin at once.
    fn take_parts(&mut self, whole: Vec<Letter>, is_line: bool, letters: Letters) {
        if is_line {
            self.check_order(&whole, letters);
        }
        let mut rest: &[Letter] = &whole;
        let mut is_begin = is_line;
        loop {
            let expected = self.options.len();
            let mark = letters.mark(rest).filter(|mark| is_begin && mark.place == expected);
            let text = match &mark {
                Some(mark) => {
                    self.open_option(mark, rest[mark.letter]);
                    &rest[mark.used..]
                }
                None => rest,
            };
            let next = next_option(text, 0, self.options.len(), letters);
            self.add(&text[..next.unwrap_or(text.len())]);
            match next {
                Some(at) => (rest, is_begin) = (&text[at..], true),
                None => break,
            }
        }
    }

    fn open_option(&mut self, mark: &OptionMark, letter: Letter) {
        let waiting = std::mem::take(&mut self.waiting);
        if let Some(last) = self.options.last_mut() {
            last.lines.extend(waiting);
        }
        self.phase = Phase::Options;
        self.is_fixed |= mark.is_fixed;
        self.options.push(RawOption { letter: Some(letter), lines: Vec::new(), has_star: mark.has_star });
    }

    fn add(&mut self, letters: &[Letter]) {
        if letters.iter().all(|letter| letter.c.is_whitespace()) {
            return;
        }
        match self.options.last_mut() {
            Some(option) => option.lines.push(letters.to_vec()),
            None => self.stem.push(letters.to_vec()),
        }
    }

    /// Whether no letter stands here that is not the next one, which may mean that something is missing.
    fn check_order(&mut self, letters: &[Letter], kind: Letters) -> bool {
        let expected = self.options.len();
        let wrong = kind.mark(letters).filter(|mark| mark.place != expected);
        if let Some(mark) = wrong {
            let letter = |place: usize| char::from(b'A' + u8::try_from(place.min(25)).unwrap_or(25));
            let here = self.here();
            self.fault(here, ContentFault::OptionOutOfOrder { expected: letter(expected), found: letter(mark.place) });
        }
        wrong.is_none()
    }

    /// The option that a line below the others repeats behind a bullet.
    fn repeated_by(&self, letters: &[Letter]) -> Option<usize> {
        if self.options.len() < 2 || !matches!(self.phase, Phase::Options | Phase::Answered) {
            return None;
        }
        let mut scan = Scan::new(letters);
        scan.blanks().one_of("•-–+*→⇒➔➜=●▪◦")?;
        while scan.one_of(">•-–+*").is_some() {}
        let rest = scan.blanks().rest();
        let plain = |letters: &[Letter]| text(letters).trim_end_matches(['.', ';', ',']).to_lowercase();
        let named = marks::option_mark(rest);
        let written = plain(named.map_or(rest, |mark| &rest[mark.used..]));
        let texts: Vec<String> = self.options.iter().map(|option| plain(&option.lines.concat())).collect();
        let mut same = (0..texts.len()).filter(|&at| !written.is_empty() && texts[at] == written);
        let only = same.next().filter(|_| same.next().is_none())?;
        named.is_none_or(|mark| mark.place == only).then_some(only)
    }

    /// Decides about lines behind the last option.
    fn settle(&mut self) {
        if !std::mem::take(&mut self.waiting).is_empty() {
            let here = self.here();
            self.fault(here, ContentFault::TextNotRead);
        }
    }

    /// Whether lines wait behind the last option that may be its own.
    pub(super) fn may_go_on_in_capitals(&self) -> bool {
        self.options.last().is_some_and(|option| is_in_capitals(&text(&option.lines.concat())))
    }

    /// The end of the question.
    pub(super) fn end(mut self) -> Self {
        self.settle();
        let level_behind = self.stem.last().and_then(|line| {
            let open = line.iter().rposition(|letter| letter.c == '[')?;
            let mut scan = Scan::new(&line[open..]);
            let level = marks::level(&mut scan)?;
            scan.blanks().rest().is_empty().then_some((open, level))
        });
        if let (Some((open, level)), Some(line)) = (level_behind, self.stem.last_mut()) {
            line.truncate(open);
            self.level = self.level.or(Some(level));
        }
        self
    }

    /// A question whose options are lines without letters, and its explanation.
    pub(super) fn of_lines(lines: Vec<Line>) -> Self {
        let mut question = Self { has_no_letters: true, ..Self::default() };
        for (place, line) in lines.into_iter().enumerate() {
            let Line { letters, faults, .. } = line;
            if place == 0 {
                question.note_faults(faults, Piece::Stem);
                let mut scan = Scan::new(&letters);
                question.level = marks::level(scan.blanks());
                let used = scan.blanks().at;
                question.stem.push(letters[used..].to_vec());
            } else if let Some(answer) = marks::answer(&letters) {
                question.note_faults(faults, Piece::Answer);
                question.answers.push(answer.to_vec());
            } else if let Some(used) = marks::explanation(&letters) {
                question.note_faults(faults, Piece::Answer);
                question.explanation.push(letters[used..].to_vec());
            } else if !question.explanation.is_empty() {
                question.note_faults(faults, Piece::Answer);
                question.explanation.push(letters);
            } else {
                let mut scan = Scan::new(&letters);
                let is_star = |sign: char| matches!(sign, '*' | '#');
                let (mut has_star, mut is_fixed) = (false, false);
                while let Some(sign) = scan.blanks().peek().filter(|sign| is_star(*sign)) {
                    has_star |= sign == '*';
                    is_fixed |= sign == '#';
                    scan.at += 1;
                }
                question.note_faults(faults, Piece::Option(question.options.len()));
                question.is_fixed |= is_fixed;
                let lines = vec![scan.rest().to_vec()];
                question.options.push(RawOption { letter: None, lines, has_star });
            }
        }
        question
    }
}

/// Where the next option begins behind `from`: after a tab or two blanks, with the letter that is expected.
fn next_option(letters: &[Letter], from: usize, expected: usize, kind: Letters) -> Option<usize> {
    let is_blank = |at: usize| letters[at].c.is_whitespace();
    (from + 1..letters.len()).find(|&at| {
        let after_gap = letters[at - 1].c == '\t' || at >= 2 && is_blank(at - 1) && is_blank(at - 2);
        after_gap && !is_blank(at) && kind.mark(&letters[at..]).is_some_and(|mark| mark.place == expected)
    })
}
