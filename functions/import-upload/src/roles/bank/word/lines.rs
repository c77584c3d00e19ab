//! From a document to lines of text: what looks decide about the text itself is decided here, and what is no text becomes
//! a fault of its line.

use crate::readers::docx::{Block, Document, Font, Glyph, Height, Look, Object, Paragraph, Sign, Table};
use contest::problem::{ContentFault, ProblemKind};
use contest::text::{clean, looks_broken, looks_legacy_encoded, lowered, raised};
use unicode_normalization::UnicodeNormalization;

/// One character of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    pub(super) c: char,
    pub(super) look: Look,
}

/// One line as a person sees it.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) letters: Vec<Letter>,
    /// Whether a paragraph begins with it.
    pub(super) begins_paragraph: bool,
    /// What of it cannot be read.
    pub(super) faults: Vec<ProblemKind>,
}

impl Line {
    /// Whether nothing stands in it.
    pub(super) fn is_blank(&self) -> bool {
        self.faults.is_empty() && self.letters.iter().all(|letter| letter.c.is_whitespace())
    }
}

/// What follows each other in a document.
#[derive(Debug)]
pub(super) enum Item {
    Line(Line),
    Table(Table),
}

/// Every line and table of a document.
pub(super) fn items(document: Document) -> Vec<Item> {
    let of_block = |block| match block {
        Block::Paragraph(paragraph) => lines(&paragraph).into_iter().map(Item::Line).collect(),
        Block::Table(table) => vec![Item::Table(table)],
    };
    document.blocks.into_iter().flat_map(of_block).collect()
}

/// The text of letters in the form in which text is kept.
pub(super) fn text(letters: &[Letter]) -> String {
    clean(&letters.iter().map(|letter| letter.c).collect::<String>())
}

/// The text of several lines below each other.
pub(super) fn text_of_lines(lines: &[Vec<Letter>]) -> String {
    let texts = lines.iter().map(|line| text(line)).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join("\n")
}

/// The lines of a paragraph; at least one.
pub(super) fn lines(paragraph: &Paragraph) -> Vec<Line> {
    let mut lines = vec![Line { begins_paragraph: true, ..Line::default() }];
    for &glyph in &paragraph.glyphs {
        if glyph.sign == Sign::Char('\n') {
            lines.push(Line::default());
        } else if let Some(line) = lines.last_mut() {
            take(glyph, line);
        }
    }
    for line in &mut lines {
        compose(&mut line.letters);
        line.faults.sort_by_key(ProblemKind::code);
        line.faults.dedup();
    }
    if let Some(fault) = spoiled(paragraph) {
        // A line that holds the text, where there is one.
        let at = lines.iter().position(|line| !line.is_blank()).unwrap_or(0);
        lines[at].faults.push(fault);
    }
    lines
}

fn take(glyph: Glyph, line: &mut Line) {
    let Glyph { sign, look } = glyph;
    let mut fault = |fault: ContentFault| line.faults.push(ProblemKind::Content(fault));
    let c = match sign {
        Sign::Object(object) => return fault(fault_of(object)),
        // Blanks of every width, but tabs part what stands in columns.
        Sign::Char(c) if c.is_whitespace() && c != '\t' => ' ',
        Sign::Char(c) => c,
    };
    if is_invisible(c) {
        return;
    }
    if c.is_whitespace() {
        line.letters.push(Letter { c, look });
        return;
    }
    if look.hidden {
        return fault(ContentFault::HiddenText);
    }
    if look.font == Font::Pictures || matches!(c, '\u{E000}'..='\u{F8FF}') {
        return fault(ContentFault::Symbol);
    }
    if look.struck {
        fault(ContentFault::FormattedText);
    }
    let shown = match look.height {
        Height::Line => Some(c),
        Height::Moved => (!c.is_alphanumeric()).then_some(c),
        Height::Superscript => raised(c),
        Height::Subscript => lowered(c),
    };
    if shown.is_none() {
        fault(ContentFault::FormattedText);
    }
    let shown = shown.unwrap_or(c);
    if look.capitals {
        line.letters.extend(shown.to_uppercase().map(|c| Letter { c, look }));
    } else {
        line.letters.push(Letter { c: shown, look });
    }
}

fn fault_of(object: Object) -> ContentFault {
    match object {
        Object::Drawing => ContentFault::Drawing,
        Object::Picture => ContentFault::Picture,
        Object::TextBox => ContentFault::TextBox,
        Object::Embedded => ContentFault::EmbeddedObject,
        Object::Equation => ContentFault::Equation,
        Object::Footnote => ContentFault::Footnote,
        Object::Symbol => ContentFault::Symbol,
        Object::Number => ContentFault::UnknownNumber,
        Object::Unknown => ContentFault::UnknownObject,
    }
}

/// Letters and the marks behind them as single characters, each with the look of its letter.
fn compose(letters: &mut Vec<Letter>) {
    let is_mark = |letter: &Letter| unicode_normalization::char::is_combining_mark(letter.c);
    if letters.iter().any(is_mark) {
        let mut composed: Vec<Letter> = Vec::with_capacity(letters.len());
        let mut at = 0;
        while let Some(base) = letters.get(at) {
            let end = (at + 1..letters.len()).find(|&next| !is_mark(&letters[next])).unwrap_or(letters.len());
            let whole: String = letters[at..end].iter().map(|letter| letter.c).collect();
            composed.extend(whole.nfc().map(|c| Letter { c, look: base.look }));
            at = end;
        }
        *letters = composed;
    }
}

/// Whether the letters of a paragraph are not those that a person sees, or saw.
fn spoiled(paragraph: &Paragraph) -> Option<ProblemKind> {
    let chars = || {
        paragraph.glyphs.iter().filter_map(|glyph| match glyph.sign {
            Sign::Char(c) => Some((c, glyph.look.font)),
            Sign::Object(_) => None,
        })
    };
    let in_old_fonts: String = chars().filter(|(_, font)| *font == Font::Legacy).map(|(c, _)| c).collect();
    // A font of that time shows other letters in their place. Letters that it does not have at all were typed in Unicode.
    let has_unicode = in_old_fonts.chars().any(|c| matches!(c, '\u{102}'..='\u{1B0}' | '\u{1EA0}'..='\u{1EF9}'));
    let has_other = in_old_fonts.chars().any(|c| matches!(c, '\u{A1}'..='\u{FF}'));
    let whole: String = chars().map(|(c, _)| c).collect();
    if has_other && !has_unicode || looks_legacy_encoded(&whole) {
        return Some(ProblemKind::LegacyEncoding);
    }
    looks_broken(&whole).then_some(ProblemKind::BrokenText)
}

/// Characters that are not seen and part nothing.
fn is_invisible(c: char) -> bool {
    // Most characters need no closer look.
    !c.is_alphanumeric() && !c.is_ascii_graphic() && !c.is_whitespace() && clean(c.encode_utf8(&mut [0; 4])).is_empty()
}
