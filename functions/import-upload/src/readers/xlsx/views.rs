//! What a workbook shows besides the values of its cells: letters that are raised, lowered, struck out or marked, rows that
//! are hidden, cells that are joined, and what lies over them.

use super::package::{BROKEN, Package, Target, attribute, text_of};
use super::styles::{Font, Level, Styles};
use crate::readers::bounds::{MAX_CELLS, MAX_ROWS, MAX_TEXT_BYTES};
use crate::readers::looks::{Looks, Marks, Merged};
use contest::problem::ProblemKind;
use contest::text::{subscript, superscript};
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::ops::RangeInclusive;

/// What one sheet shows.
#[derive(Default)]
pub(super) struct View {
    pub(super) looks: Looks,
    /// Letters of cells that are raised, lowered or struck out, by row and column counted from 0.
    letters: HashMap<(u32, u32), Letters>,
}

enum Letters {
    /// All of them, in one look.
    Whole(Font),
    /// Parts of them: the text with raised and lowered characters, or nothing where there are none for them.
    Parts(Option<String>),
}

impl View {
    /// The text of a cell as it is shown; `None` where plain text cannot say it.
    pub(super) fn text(&self, cell: (u32, u32), text: String) -> Option<String> {
        match self.letters.get(&cell) {
            None => Some(text),
            Some(Letters::Parts(shown)) => shown.clone(),
            Some(Letters::Whole(font)) => plain(&text, *font),
        }
    }
}

/// Letters of one look in plain text, where plain text can say them.
fn plain(text: &str, font: Font) -> Option<String> {
    match font.level {
        _ if font.struck => None,
        Level::Line => Some(text.to_owned()),
        Level::Raised => superscript(text),
        Level::Lowered => subscript(text),
    }
}

/// What every sheet of a workbook shows, in the order in which it names them.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<View>, ProblemKind> {
    let mut package = Package::open(bytes)?;
    let roots = package.targets("")?;
    let workbook = part_of(&roots, "officeDocument").ok_or(BROKEN)?;
    let targets = package.targets(&workbook)?;
    let styles = match part_of(&targets, "styles") {
        Some(part) => Styles::of(&mut package, &part)?,
        None => Styles::default(),
    };
    let shared = match part_of(&targets, "sharedStrings") {
        Some(part) => shared_strings(&mut package, &part, &styles)?,
        None => HashMap::new(),
    };
    let mut sheets = Vec::new();
    package.read(&workbook, |event| {
        if let Event::Start(tag) = event
            && tag.local_name().as_ref() == "sheet"
        {
            sheets.push(attribute(tag, "id")?.unwrap_or_default());
        }
        Ok(())
    })?;
    let part = |id: &String| targets.iter().find(|target| target.id == *id).map(|target| target.part.clone());
    let parts: Vec<Option<String>> = sheets.iter().map(part).collect();
    let mut views = Vec::new();
    for part in parts {
        views.push(match part {
            Some(part) => view(&mut package, &part, &styles, &shared)?,
            None => View::default(),
        });
    }
    Ok(views)
}

fn part_of(targets: &[Target], kind: &str) -> Option<String> {
    targets.iter().find(|target| target.kind == kind).map(|target| target.part.clone())
}

/// The parts of a text, each in its own look; those without one have the look of their cell.
type Parts = Vec<(Option<Font>, String)>;

/// Reads a text of a cell from its events.
struct PartsReader<'a> {
    styles: &'a Styles,
    parts: Parts,
    in_text: bool,
    in_look: bool,
    in_phonetic: bool,
}

impl<'a> PartsReader<'a> {
    fn new(styles: &'a Styles) -> Self {
        Self { styles, parts: Vec::new(), in_text: false, in_look: false, in_phonetic: false }
    }

    fn take(&mut self, event: &Event<'_>) -> Result<(), ProblemKind> {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "r" => self.parts.push((None, String::new())),
                "rPr" => self.in_look = true,
                "rPh" => self.in_phonetic = true,
                "t" => self.in_text = true,
                _ if self.in_look => {
                    let part = self.parts.last_mut().ok_or(BROKEN)?;
                    part.0.get_or_insert_default().take(tag, self.styles.plain.as_deref())?;
                }
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "rPr" => self.in_look = false,
                "rPh" => self.in_phonetic = false,
                "t" => self.in_text = false,
                _ => {}
            },
            event => {
                if let (true, false, Some((_, text))) = (self.in_text, self.in_phonetic, self.parts.last_mut()) {
                    text.push_str(&text_of(event).unwrap_or_default());
                }
            }
        }
        Ok(())
    }
}

/// Shared texts of several parts, by their numbers.
fn shared_strings(
    package: &mut Package<'_>,
    part: &str,
    styles: &Styles,
) -> Result<HashMap<usize, Parts>, ProblemKind> {
    let (mut shared, mut place, mut bytes) = (HashMap::new(), 0, 0);
    let mut reader = PartsReader::new(styles);
    package.read(part, |event| {
        reader.take(event)?;
        if let Event::End(tag) = event
            && tag.local_name().as_ref() == "si"
        {
            let parts = std::mem::take(&mut reader.parts);
            bytes += parts.iter().map(|(_, text)| text.len()).sum::<usize>();
            if bytes > MAX_TEXT_BYTES {
                return Err(ProblemKind::InflatesTooFar);
            }
            if parts.iter().any(|(font, _)| font.is_some()) {
                shared.insert(place, parts);
            }
            place += 1;
        }
        Ok(())
    })?;
    Ok(shared)
}

fn view(
    package: &mut Package<'_>,
    part: &str,
    styles: &Styles,
    shared: &HashMap<usize, Parts>,
) -> Result<View, ProblemKind> {
    let mut reader = ViewReader::new(styles, shared);
    package.read(part, |event| reader.take(event))?;
    let mut view = reader.view;
    if reader.has_drawing {
        for drawing in package.targets(part)?.iter().filter(|target| target.kind == "drawing") {
            view.looks.pictures.extend(pictures(package, &drawing.part)?);
        }
    }
    Ok(view)
}

/// Reads what a sheet shows from its events.
struct ViewReader<'a> {
    styles: &'a Styles,
    shared: &'a HashMap<usize, Parts>,
    view: View,
    has_drawing: bool,
    row: u32,
    column: u32,
    cells: u32,
    cell: Option<CellReader<'a>>,
}

/// A cell while it is read.
struct CellReader<'a> {
    at: (u32, u32),
    font: Font,
    is_shared: bool,
    in_value: bool,
    value: String,
    parts: PartsReader<'a>,
}

impl<'a> ViewReader<'a> {
    fn new(styles: &'a Styles, shared: &'a HashMap<usize, Parts>) -> Self {
        let view = View::default();
        Self { styles, shared, view, has_drawing: false, row: 0, column: 0, cells: 0, cell: None }
    }

    fn take(&mut self, event: &Event<'_>) -> Result<(), ProblemKind> {
        if let Some(cell) = &mut self.cell {
            match event {
                Event::End(tag) if tag.local_name().as_ref() == "c" => self.end_cell(),
                event => cell.take(event)?,
            }
            return Ok(());
        }
        let Event::Start(tag) = event else { return Ok(()) };
        match tag.local_name().as_ref() {
            "row" => {
                self.row = attribute(tag, "r")?.and_then(|row| row.parse().ok()).unwrap_or(self.row + 1);
                self.column = 0;
                if matches!(attribute(tag, "hidden")?.as_deref(), Some("1" | "true")) {
                    self.view.looks.hidden_rows.insert(self.row);
                }
            }
            "c" => self.begin_cell(tag)?,
            "mergeCell" => {
                let merged = attribute(tag, "ref")?.as_deref().and_then(merged);
                self.view.looks.merged.extend(merged.filter(|merged| merged.rows.start() < merged.rows.end()));
                // A table has no more rows than that.
                if self.view.looks.merged.len() > MAX_ROWS as usize {
                    return Err(ProblemKind::TooManyCells { most: MAX_CELLS });
                }
            }
            "drawing" => self.has_drawing = true,
            _ => {}
        }
        Ok(())
    }

    fn begin_cell(&mut self, tag: &BytesStart<'_>) -> Result<(), ProblemKind> {
        let written = attribute(tag, "r")?.as_deref().and_then(position);
        let at = written.unwrap_or((self.row.saturating_sub(1), self.column));
        self.column = at.1.saturating_add(1);
        self.cells += 1;
        if self.cells > MAX_CELLS {
            return Err(ProblemKind::TooManyCells { most: MAX_CELLS });
        }
        let style = attribute(tag, "s")?.and_then(|style| style.parse().ok()).unwrap_or(0);
        self.cell = Some(CellReader {
            at,
            font: self.styles.of_cell(style),
            is_shared: attribute(tag, "t")?.as_deref() == Some("s"),
            in_value: false,
            value: String::new(),
            parts: PartsReader::new(self.styles),
        });
        Ok(())
    }

    fn end_cell(&mut self) {
        let Some(CellReader { at, font, is_shared, value, parts, .. }) = self.cell.take() else { return };
        let of_shared =
            value.trim().parse().ok().filter(|_| is_shared).and_then(|place: usize| self.shared.get(&place));
        let parts = of_shared.unwrap_or(&parts.parts);
        if let Some(letters) = letters(parts, font) {
            self.view.letters.insert(at, letters);
        }
        let marks = marks(parts, font);
        if marks != Marks::default() {
            self.view.looks.marks.insert((at.0 + 1, at.1), marks);
        }
    }
}

impl CellReader<'_> {
    fn take(&mut self, event: &Event<'_>) -> Result<(), ProblemKind> {
        match event {
            Event::Start(tag) if tag.local_name().as_ref() == "v" => self.in_value = true,
            Event::End(tag) if tag.local_name().as_ref() == "v" => self.in_value = false,
            event if self.in_value && self.value.len() < 20 => self.value.push_str(&text_of(event).unwrap_or_default()),
            event => self.parts.take(event)?,
        }
        Ok(())
    }
}

/// What plain letters of a cell do not say.
fn letters(parts: &Parts, cell: Font) -> Option<Letters> {
    let is_odd = |font: Font| font.struck || font.level != Level::Line;
    let fonts: Vec<Font> = words(parts, cell).collect();
    match fonts.iter().any(|font| is_odd(*font)) {
        true => {
            let part = |(font, text): &(Option<Font>, String)| match text.trim().is_empty() {
                true => Some(text.clone()),
                false => plain(&text.replace("_x000D_", "\r"), font.unwrap_or(cell)),
            };
            Some(Letters::Parts(parts.iter().map(part).collect::<Option<Vec<String>>>().map(|parts| parts.concat())))
        }
        false => (fonts.is_empty() && is_odd(cell)).then_some(Letters::Whole(cell)),
    }
}

/// The marks that all letters of a cell have.
fn marks(parts: &Parts, cell: Font) -> Marks {
    let of_letters = words(parts, cell).map(|font| font.marks).reduce(Marks::and).unwrap_or(cell.marks);
    of_letters.or(cell.marks.and(Marks::FILL))
}

/// The looks of the parts in which anything can be seen.
fn words(parts: &Parts, cell: Font) -> impl Iterator<Item = Font> {
    parts.iter().filter(|(_, text)| !text.trim().is_empty()).map(move |(font, _)| font.unwrap_or(cell))
}

/// Rows over which something is drawn.
fn pictures(package: &mut Package<'_>, part: &str) -> Result<Vec<RangeInclusive<u32>>, ProblemKind> {
    let mut found = Vec::new();
    let (mut rows, mut in_row, mut is_drawn) = (Vec::<u32>::new(), false, false);
    package.read(part, |event| {
        match event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" => (rows, is_drawn) = (Vec::new(), false),
                "row" => in_row = true,
                "pic" | "sp" | "grpSp" | "graphicFrame" | "contentPart" => is_drawn = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "row" => in_row = false,
                "twoCellAnchor" | "oneCellAnchor" | "absoluteAnchor" if is_drawn => {
                    // What is not held by cells may lie over any.
                    let first = rows.first().map_or(1, |row| row.saturating_add(1));
                    let last = rows.last().map_or(u32::MAX, |row| row.saturating_add(1));
                    found.push(first..=last.max(first));
                }
                _ => {}
            },
            event if in_row => rows.extend(text_of(event).and_then(|row| row.trim().parse::<u32>().ok())),
            _ => {}
        }
        Ok(())
    })?;
    Ok(found)
}

/// `H2:H6`.
fn merged(text: &str) -> Option<Merged> {
    let (first, last) = text.split_once(':')?;
    let (first, last) = (position(first)?, position(last)?);
    Some(Merged { rows: first.0.checked_add(1)?..=last.0.checked_add(1)?, columns: first.1..=last.1 })
}

/// Row and column of `AB12`, counted from 0.
fn position(text: &str) -> Option<(u32, u32)> {
    let digits = text.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = text.split_at(digits);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let value = letter.is_ascii_uppercase().then(|| u32::from(letter - b'A') + 1)?;
        column.checked_mul(26)?.checked_add(value)
    })?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column.checked_sub(1)?))
}
