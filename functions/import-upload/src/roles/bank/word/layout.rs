//! Tables that only arrange: options in cells, the head of a letter.

use super::headings;
use super::lines::{Item, Letter, Line, lines, text};
use super::question::Letters;
use crate::readers::docx::{Block, Table, TableCell};
use contest::text::search_key;

/// The lines of a cell that are not blank; `None` where a table stands in it.
pub(super) fn cell_lines(cell: &TableCell) -> Option<Vec<Line>> {
    let mut found = Vec::new();
    for block in &cell.blocks {
        match block {
            Block::Paragraph(paragraph) => found.extend(lines(paragraph).into_iter().filter(|line| !line.is_blank())),
            Block::Table(_) => return None,
        }
    }
    Some(found)
}

/// Whether a table of the document holds options.
pub(super) fn has_options(items: &[Item], kind: Letters) -> bool {
    items.iter().any(|item| matches!(item, Item::Table(table) if options(table, kind).is_some()))
}

/// The options that a table arranges, a line each, in the order of their letters: they may stand beside or below each
/// other, and each letter in a cell of its own.
pub(super) fn options(table: &Table, kind: Letters) -> Option<Vec<Line>> {
    let mut found: Vec<(usize, Line)> = Vec::new();
    for row in &table.rows {
        let mut letter_alone: Option<Line> = None;
        for cell in row {
            let lines = cell_lines(cell)?;
            let Some(mut line) = joined(lines) else { continue };
            if let Some(mut before) = letter_alone.take() {
                before.letters.push(Letter { c: ' ', look: before.letters.last()?.look });
                before.letters.append(&mut line.letters);
                before.faults.append(&mut line.faults);
                line = before;
            }
            let mark = kind.mark(&line.letters)?;
            if mark.used == line.letters.len() && line.faults.is_empty() {
                letter_alone = Some(line);
                continue;
            }
            found.push((mark.place, line));
        }
        if letter_alone.is_some() {
            return None;
        }
    }
    found.sort_by_key(|(place, _)| *place);
    let is_whole = found.len() >= 2 && found.iter().enumerate().all(|(at, (place, _))| at == *place);
    is_whole.then(|| found.into_iter().map(|(_, line)| line).collect())
}

/// The lines of a cell as one, which goes on over the ends of lines.
fn joined(lines: Vec<Line>) -> Option<Line> {
    let mut lines = lines.into_iter();
    let mut whole = lines.next()?;
    whole.begins_paragraph = true;
    for mut line in lines {
        let look = whole.letters.last().map(|letter| letter.look).unwrap_or_default();
        whole.letters.push(Letter { c: ' ', look });
        whole.letters.append(&mut line.letters);
        whole.faults.append(&mut line.faults);
    }
    let blanks = whole.letters.iter().take_while(|letter| letter.c.is_whitespace()).count();
    whole.letters.drain(..blanks);
    Some(whole)
}

/// Whether a table is the head of a letter, or the place for signatures below it.
pub(super) fn is_letterhead(table: &Table) -> bool {
    let mut has_words = false;
    for cell in table.rows.iter().flatten() {
        let Some(lines) = cell_lines(cell) else { return false };
        for line in lines {
            let key = search_key(&text(&line.letters));
            let words = ["cong hoa xa hoi chu nghia", "doc lap - tu do", "noi nhan", "tm. ", "kt. ", "(ky"];
            has_words |= words.iter().any(|word| key.contains(word));
            if key.ends_with('?') || headings::opens_answers(&line.letters) {
                return false;
            }
        }
    }
    has_words
}
