//! What stands in a line: runs of characters, and what is woven between them.

use super::body::{Body, Surroundings};
use super::look::{Look, Properties};
use super::xml::{Next, Space, Tag};
use super::{Fault, Glyph, Object, Sign};
use std::io::BufRead;

/// A paragraph while it is read.
pub(super) struct Line {
    pub(super) glyphs: Vec<Glyph>,
    /// Links within which its end stands.
    pub(super) links: u32,
}

/// Fields that are open, each within the one before; they may reach over several paragraphs.
#[derive(Default)]
pub(super) struct Fields(Vec<Field>);

#[derive(Default)]
struct Field {
    instruction: String,
    has_result: bool,
    /// Whether what follows is the result.
    is_result: bool,
}

impl Fields {
    /// Whether text here is seen, and is no part of an instruction.
    fn show(&self) -> bool {
        self.0.iter().all(|field| field.is_result)
    }

    fn in_link(&self) -> bool {
        self.0.iter().any(|field| command(&field.instruction) == "HYPERLINK")
    }
}

fn command(instruction: &str) -> String {
    instruction.split_whitespace().next().unwrap_or_default().to_ascii_uppercase()
}

impl<R: BufRead> Body<'_, R> {
    /// One element of a paragraph, which is open.
    pub(super) fn inline(&mut self, tag: &Tag, around: &Surroundings<'_>, line: &mut Line) -> Result<(), Fault> {
        match (tag.space, tag.name.as_str()) {
            (Space::Word, "r") => self.run(around, line),
            (Space::Word, "hyperlink") => {
                line.links += 1;
                self.inside(around, line)?;
                line.links -= 1;
                Ok(())
            }
            (Space::Word, "fldSimple") => {
                let instruction = tag.get("instr").unwrap_or_default().to_owned();
                self.fields.0.push(Field { instruction, has_result: false, is_result: true });
                let before = line.glyphs.len();
                self.inside(around, line)?;
                self.end_field(line.glyphs.len() > before, line);
                Ok(())
            }
            (Space::Word, "smartTag" | "customXml" | "dir" | "bdo" | "sdt" | "sdtContent") => self.inside(around, line),
            (Space::Word, "ins" | "moveTo") => {
                self.has_tracked_changes = true;
                self.inside(around, line)
            }
            (Space::Word, "del" | "moveFrom") => {
                self.has_tracked_changes = true;
                self.xml.skip()
            }
            (Space::Compatibility, "AlternateContent") => {
                let before = line.glyphs.len();
                while self.xml.child()?.is_some() {
                    match line.glyphs.len() == before {
                        true => self.inside(around, line)?,
                        false => self.xml.skip()?,
                    }
                }
                Ok(())
            }
            _ => {
                let object = self.passed_over(tag);
                self.xml.skip()?;
                let look = self.look(&Properties::default(), around);
                line.glyphs.extend(object.map(|object| Glyph { sign: Sign::Object(object), look }));
                Ok(())
            }
        }
    }

    fn inside(&mut self, around: &Surroundings<'_>, line: &mut Line) -> Result<(), Fault> {
        while let Some(tag) = self.xml.child()? {
            self.inline(&tag, around, line)?;
        }
        Ok(())
    }

    fn run(&mut self, around: &Surroundings<'_>, line: &mut Line) -> Result<(), Fault> {
        let mut look = self.look(&Properties::default(), around);
        while let Some(tag) = self.xml.child()? {
            if tag.word() == Some("rPr") {
                let direct = Properties::read(&mut self.xml, self.theme)?;
                self.has_tracked_changes |= direct.is_tracked;
                look = self.look(&direct, around);
                continue;
            }
            self.piece(&tag, look, line)?;
        }
        Ok(())
    }

    /// One element of a run, which is open.
    fn piece(&mut self, tag: &Tag, look: Look, line: &mut Line) -> Result<(), Fault> {
        let in_link = line.links > 0 || self.fields.in_link();
        let look = if in_link { look.in_link() } else { look };
        let sign = match (tag.space, tag.name.as_str()) {
            (Space::Word, "t") => {
                let keeps_blanks = tag.get("space") == Some("preserve");
                let text = self.xml.text()?;
                let text = if keeps_blanks { text.as_str() } else { text.trim_matches([' ', '\t', '\n', '\r']) };
                if self.fields.show() {
                    self.count(text)?;
                    let chars = text.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c });
                    line.glyphs.extend(chars.map(|c| Glyph { sign: Sign::Char(c), look }));
                }
                return Ok(());
            }
            (Space::Word, "instrText") => {
                let text = self.xml.text()?;
                if let Some(field) = self.fields.0.last_mut().filter(|field| !field.is_result) {
                    field.instruction.push_str(&text);
                }
                return Ok(());
            }
            (Space::Word, "fldChar") => {
                self.xml.skip()?;
                self.field_char(tag.get("fldCharType"), line);
                return Ok(());
            }
            (Space::Word, "tab" | "ptab") => Some(Sign::Char('\t')),
            (Space::Word, "br" | "cr") => Some(Sign::Char('\n')),
            (Space::Word, "noBreakHyphen") => Some(Sign::Char('-')),
            (Space::Word, "softHyphen" | "delText" | "delInstrText") => None,
            (Space::Word, "sym") => Some(Sign::Object(Object::Symbol)),
            (Space::Word, "footnoteReference" | "endnoteReference") => Some(Sign::Object(Object::Footnote)),
            (Space::Word, "drawing" | "pict" | "object") => {
                let sign = self.drawn(&tag.name)?.map(Sign::Object);
                if self.fields.show() {
                    line.glyphs.extend(sign.map(|sign| Glyph { sign, look }));
                }
                return Ok(());
            }
            (Space::Compatibility, "AlternateContent") => {
                let before = line.glyphs.len();
                while self.xml.child()?.is_some() {
                    if line.glyphs.len() > before {
                        self.xml.skip()?;
                        continue;
                    }
                    while let Some(tag) = self.xml.child()? {
                        self.piece(&tag, look, line)?;
                    }
                }
                return Ok(());
            }
            _ => self.passed_over(tag).map(Sign::Object),
        };
        self.xml.skip()?;
        if self.fields.show() {
            line.glyphs.extend(sign.map(|sign| Glyph { sign, look }));
        }
        Ok(())
    }

    fn field_char(&mut self, kind: Option<&str>, line: &mut Line) {
        match kind {
            Some("begin") => self.fields.0.push(Field::default()),
            Some("separate") => {
                if let Some(field) = self.fields.0.last_mut() {
                    (field.is_result, field.has_result) = (true, true);
                }
            }
            Some("end") => {
                let has_result = self.fields.0.last().is_some_and(|field| field.has_result);
                self.end_field(has_result, line);
            }
            _ => {}
        }
    }

    /// Some fields show what no result holds: fractions, numbers of their own, boxes to be ticked.
    fn end_field(&mut self, has_result: bool, line: &mut Line) {
        let Some(field) = self.fields.0.pop() else { return };
        let object = match command(&field.instruction).as_str() {
            "EQ" => Some(Object::Equation),
            "FORMCHECKBOX" | "FORMDROPDOWN" => Some(Object::Unknown),
            _ if has_result => None,
            "SYMBOL" => Some(Object::Symbol),
            "LISTNUM" | "AUTONUM" | "AUTONUMLGL" | "AUTONUMOUT" => Some(Object::Number),
            _ => None,
        };
        if self.fields.show() {
            line.glyphs.extend(object.map(|object| Glyph { sign: Sign::Object(object), look: Look::default() }));
        }
    }

    /// What a drawing is, in the old form of Word or in the new one, by what stands in it. The element is open.
    fn drawn(&mut self, name: &str) -> Result<Option<Object>, Fault> {
        let mut object = if name == "object" { Some(Object::Embedded) } else { None };
        let mut is_rule = false;
        let mut depth = 1_u32;
        while depth > 0 {
            match self.xml.next()? {
                Next::Open(tag) => {
                    depth += 1;
                    is_rule |= tag.get("hr").is_some_and(|hr| matches!(hr, "t" | "true" | "1"));
                    object = object.max(part_of_drawing(&tag));
                }
                Next::Close => depth -= 1,
                Next::Text(_) => {}
            }
        }
        // A line across the page.
        if is_rule {
            return Ok(None);
        }
        Ok(Some(object.unwrap_or(Object::Drawing)))
    }
}

/// What one element of a drawing says that it is.
fn part_of_drawing(tag: &Tag) -> Option<Object> {
    match (tag.space, tag.name.as_str()) {
        (Space::Math, _) => Some(Object::Equation),
        (_, "OLEObject") => {
            let program = tag.get("ProgID").unwrap_or_default();
            let is_equation = program.starts_with("Equation") || program.starts_with("MathType");
            Some(if is_equation { Object::Equation } else { Object::Embedded })
        }
        (_, "txbxContent") => Some(Object::TextBox),
        (_, "pic" | "imagedata") => Some(Object::Picture),
        _ => None,
    }
}
