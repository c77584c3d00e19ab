//! What stands below each other: paragraphs, tables, and the frames around them.

use super::inline::{Fields, Line};
use super::look::{Colour, Layers, Look, Properties, shading};
use super::numbering::{NumberRef, Numbering};
use super::styles::{Style, Styles};
use super::theme::Theme;
use super::xml::{Space, Tag, Xml};
use super::{Block, Document, Fault, Glyph, MAX_TEXT_BYTES, Object, Paragraph, Sign, Table, TableCell};
use contest::problem::{ContentFault, ProblemKind};
use std::io::BufRead;

/// The document's main part while it is read.
pub(super) struct Body<'a, R> {
    pub(super) xml: Xml<R>,
    pub(super) theme: &'a Theme,
    pub(super) styles: &'a Styles,
    numbering: Numbering,
    pub(super) fields: Fields,
    /// Text of a paragraph whose end is deleted: the next one goes on with it.
    carried: Vec<Glyph>,
    text_bytes: usize,
    pub(super) has_tracked_changes: bool,
    pub(super) has_comments: bool,
}

/// What a paragraph says of all its characters.
pub(super) struct Surroundings<'a> {
    pub(super) style: &'a Style,
    pub(super) behind: Option<Colour>,
}

#[derive(Default)]
struct ParagraphProperties {
    style: Option<String>,
    number: Option<NumberRef>,
    behind: Option<Option<Colour>>,
    /// Of the paragraph's end, and so of its number.
    mark: Properties,
}

impl<'a, R: BufRead> Body<'a, R> {
    pub(super) fn new(xml: Xml<R>, theme: &'a Theme, styles: &'a Styles, numbering: Numbering) -> Self {
        Self {
            xml,
            theme,
            styles,
            numbering,
            fields: Fields::default(),
            carried: Vec::new(),
            text_bytes: 0,
            has_tracked_changes: false,
            has_comments: false,
        }
    }

    pub(super) fn read(mut self) -> Result<Document, Fault> {
        if self.xml.root()?.word() != Some("document") {
            return Err(Fault::Bound(ProblemKind::Content(ContentFault::NotADocument)));
        }
        let mut blocks = Vec::new();
        while let Some(tag) = self.xml.child()? {
            match tag.word() {
                Some("body") => self.blocks(&mut blocks, None)?,
                _ => self.xml.skip()?,
            }
        }
        if !self.carried.is_empty() {
            blocks.push(Block::Paragraph(Paragraph { glyphs: std::mem::take(&mut self.carried) }));
        }
        Ok(Document { blocks, has_tracked_changes: self.has_tracked_changes, has_comments: self.has_comments })
    }

    /// Everything in the element that is open, which is the body, a cell, or a frame in either. `behind` is the
    /// background of the cell.
    fn blocks(&mut self, blocks: &mut Vec<Block>, behind: Option<Colour>) -> Result<(), Fault> {
        while let Some(tag) = self.xml.child()? {
            match (tag.space, tag.name.as_str()) {
                (Space::Word, "p") => {
                    if let Some(paragraph) = self.paragraph(behind)? {
                        blocks.push(Block::Paragraph(paragraph));
                    }
                }
                (Space::Word, "tbl") => {
                    let table = self.table()?;
                    blocks.push(Block::Table(table));
                }
                (Space::Word, "sdt" | "sdtContent" | "customXml" | "smartTag") => self.blocks(blocks, behind)?,
                (Space::Word, "ins" | "moveTo") => {
                    self.has_tracked_changes = true;
                    self.blocks(blocks, behind)?;
                }
                (Space::Word, "del" | "moveFrom") => {
                    self.has_tracked_changes = true;
                    self.xml.skip()?;
                }
                (Space::Compatibility, "AlternateContent") => self.alternatives(blocks, behind)?,
                _ => {
                    let object = self.passed_over(&tag);
                    self.xml.skip()?;
                    let glyphs = object.map(|object| Glyph { sign: Sign::Object(object), look: Look::default() });
                    blocks.extend(glyphs.map(|glyph| Block::Paragraph(Paragraph { glyphs: vec![glyph] })));
                }
            }
        }
        Ok(())
    }

    /// The first of several forms of the same that holds anything.
    fn alternatives(&mut self, blocks: &mut Vec<Block>, behind: Option<Colour>) -> Result<(), Fault> {
        let before = blocks.len();
        while self.xml.child()?.is_some() {
            match blocks.len() == before {
                true => self.blocks(blocks, behind)?,
                false => self.xml.skip()?,
            }
        }
        Ok(())
    }

    /// What an element means that is not read: nothing where it holds nothing, an object where it may.
    pub(super) fn passed_over(&mut self, tag: &Tag) -> Option<Object> {
        match (tag.space, tag.name.as_str()) {
            (Space::Math, "oMath" | "oMathPara") => Some(Object::Equation),
            (Space::Word, "commentRangeStart" | "commentRangeEnd" | "commentReference") => {
                self.has_comments = true;
                None
            }
            (Space::Word, name) => {
                let is_known = matches!(
                    name,
                    "sectPr"
                        | "sdtPr"
                        | "sdtEndPr"
                        | "customXmlPr"
                        | "smartTagPr"
                        | "tblPr"
                        | "tblGrid"
                        | "tblPrEx"
                        | "trPr"
                        | "tcPr"
                        | "proofErr"
                        | "permStart"
                        | "permEnd"
                        | "lastRenderedPageBreak"
                        | "footnoteRef"
                        | "endnoteRef"
                        | "annotationRef"
                        | "separator"
                        | "continuationSeparator"
                );
                let is_mark = name.starts_with("bookmark") || name.contains("Range");
                (!is_known && !is_mark).then_some(Object::Unknown)
            }
            // Extensions of later versions, which every document says may be ignored.
            _ => None,
        }
    }

    fn paragraph(&mut self, behind: Option<Colour>) -> Result<Option<Paragraph>, Fault> {
        let mut line = Line { glyphs: std::mem::take(&mut self.carried), links: 0 };
        let mut properties = ParagraphProperties::default();
        let mut is_begun = false;
        while let Some(tag) = self.xml.child()? {
            if tag.word() == Some("pPr") {
                properties = self.properties()?;
                continue;
            }
            if !is_begun {
                self.label(&properties, behind, &mut line)?;
                is_begun = true;
            }
            let around = self.around(&properties, behind);
            self.inline(&tag, &around, &mut line)?;
        }
        if !is_begun {
            self.label(&properties, behind, &mut line)?;
        }
        if properties.mark.is_deleted {
            self.carried = line.glyphs;
            return Ok(None);
        }
        Ok(Some(Paragraph { glyphs: line.glyphs }))
    }

    fn around(&self, properties: &ParagraphProperties, behind: Option<Colour>) -> Surroundings<'a> {
        let style = self.styles.of_paragraph(properties.style.as_deref());
        Surroundings { style, behind: properties.behind.or(style.behind).flatten().or(behind) }
    }

    /// The number that Word shows before the paragraph, as if it were typed.
    fn label(
        &mut self,
        properties: &ParagraphProperties,
        behind: Option<Colour>,
        line: &mut Line,
    ) -> Result<(), Fault> {
        // A paragraph whose end is deleted is none any more, and has no number.
        if properties.mark.is_deleted {
            return Ok(());
        }
        let around = self.around(properties, behind);
        let direct = properties.number;
        let of = match (direct, around.style.number) {
            (Some(NumberRef { list: Some(list), level }), style) => {
                let level = level.or(style.filter(|style| style.list == Some(list)).and_then(|style| style.level));
                Some(NumberRef { list: Some(list), level })
            }
            (Some(NumberRef { list: None, level }), Some(style)) => {
                Some(NumberRef { level: level.or(style.level), ..style })
            }
            (_, style) => style,
        };
        let Some(of) = of else { return Ok(()) };
        let Some(label) = self.numbering.next(of, properties.style.as_deref(), self.styles) else { return Ok(()) };
        let direct = label.look.over(&properties.mark);
        let look = self.look(&direct, &around);
        if label.is_unknown {
            line.glyphs.push(Glyph { sign: Sign::Object(Object::Number), look });
        }
        self.count(&label.text)?;
        // What is carried from before belongs to this paragraph, behind its number.
        let number = label.text.chars().map(|c| Glyph { sign: Sign::Char(c), look });
        drop(line.glyphs.splice(0..0, number));
        Ok(())
    }

    pub(super) fn look(&self, direct: &Properties, around: &Surroundings<'_>) -> Look {
        let character = self.styles.of_characters(direct.style.as_deref());
        let layers = Layers {
            direct,
            character: &character.look,
            paragraph: &around.style.look,
            defaults: &self.styles.defaults,
            behind: around.behind,
        };
        layers.look()
    }

    /// Counts text against the bound.
    pub(super) fn count(&mut self, text: &str) -> Result<(), Fault> {
        self.text_bytes += text.len();
        if self.text_bytes > MAX_TEXT_BYTES { Err(Fault::Bound(ProblemKind::InflatesTooFar)) } else { Ok(()) }
    }

    /// Reads the element `pPr` that is open.
    fn properties(&mut self) -> Result<ParagraphProperties, Fault> {
        let mut properties = ParagraphProperties::default();
        while let Some(tag) = self.xml.child()? {
            match tag.word() {
                Some("numPr") => {
                    properties.number = NumberRef::read(&mut self.xml)?;
                    continue;
                }
                Some("rPr") => {
                    properties.mark = Properties::read(&mut self.xml, self.theme)?;
                    self.has_tracked_changes |= properties.mark.is_tracked;
                    continue;
                }
                Some("pStyle") => properties.style = tag.val().map(str::to_owned),
                Some("shd") => properties.behind = Some(shading(&tag, self.theme)),
                Some("pPrChange") => self.has_tracked_changes = true,
                _ => {}
            }
            self.xml.skip()?;
        }
        Ok(properties)
    }

    fn table(&mut self) -> Result<Table, Fault> {
        let mut table = Table::default();
        self.rows(&mut table)?;
        Ok(table)
    }

    fn rows(&mut self, table: &mut Table) -> Result<(), Fault> {
        while let Some(tag) = self.xml.child()? {
            match tag.word() {
                Some("tr") => {
                    let mut row = Vec::new();
                    let mut column = 0;
                    let is_deleted = self.cells(&mut row, &mut column)?;
                    if !is_deleted {
                        table.rows.push(row);
                    }
                }
                Some("sdt" | "sdtContent" | "customXml") => self.rows(table)?,
                Some("ins") => {
                    self.has_tracked_changes = true;
                    self.rows(table)?;
                }
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    /// The cells of a row; whether a change that is not accepted deletes it.
    fn cells(&mut self, row: &mut Vec<TableCell>, column: &mut u32) -> Result<bool, Fault> {
        let mut is_deleted = false;
        while let Some(tag) = self.xml.child()? {
            match tag.word() {
                Some("tc") => row.push(self.cell(column)?),
                Some("sdt" | "sdtContent" | "customXml") => is_deleted |= self.cells(row, column)?,
                Some("trPr") => {
                    while let Some(tag) = self.xml.child()? {
                        match tag.word() {
                            Some("gridBefore") => *column += tag.number::<u32>().unwrap_or(0).min(64),
                            Some("ins") => self.has_tracked_changes = true,
                            Some("del") => (self.has_tracked_changes, is_deleted) = (true, true),
                            _ => {}
                        }
                        self.xml.skip()?;
                    }
                }
                _ => self.xml.skip()?,
            }
        }
        Ok(is_deleted)
    }

    fn cell(&mut self, column: &mut u32) -> Result<TableCell, Fault> {
        let mut cell = TableCell { column: *column, ..TableCell::default() };
        let (mut span, mut behind) = (1, None);
        // The properties of a cell come first.
        while let Some(tag) = self.xml.child()? {
            match tag.word() {
                Some("tcPr") => {
                    while let Some(tag) = self.xml.child()? {
                        match tag.word() {
                            Some("gridSpan") => span = tag.number::<u32>().unwrap_or(1).clamp(1, 64),
                            Some("vMerge") => cell.goes_on = tag.val() != Some("restart"),
                            Some("shd") => behind = shading(&tag, self.theme),
                            Some("cellDel" | "cellIns" | "cellMerge") => self.has_tracked_changes = true,
                            _ => {}
                        }
                        self.xml.skip()?;
                    }
                }
                Some("p") => {
                    if let Some(paragraph) = self.paragraph(behind)? {
                        cell.blocks.push(Block::Paragraph(paragraph));
                    }
                }
                Some("tbl") => {
                    let table = self.table()?;
                    cell.blocks.push(Block::Table(table));
                }
                Some("sdt" | "customXml" | "ins") => self.blocks(&mut cell.blocks, behind)?,
                _ => {
                    let object = self.passed_over(&tag);
                    self.xml.skip()?;
                    let glyphs = object.map(|object| Glyph { sign: Sign::Object(object), look: Look::default() });
                    cell.blocks.extend(glyphs.map(|glyph| Block::Paragraph(Paragraph { glyphs: vec![glyph] })));
                }
            }
        }
        *column += span;
        Ok(cell)
    }
}
