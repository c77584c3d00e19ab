//! Looks of letters and cells, from the styles of a workbook and from the runs of a text.

use super::package::{BROKEN, Package, attribute};
use crate::readers::looks::Marks;
use contest::problem::ProblemKind;
use quick_xml::events::{BytesStart, Event};

/// Where letters stand on their line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Level {
    #[default]
    Line,
    Raised,
    Lowered,
}

/// The look of some letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Font {
    pub(super) marks: Marks,
    pub(super) level: Level,
    pub(super) struck: bool,
}

impl Font {
    /// Takes one property of a `font` or an `rPr`; `plain` is the colour in which the workbook is written.
    pub(super) fn take(&mut self, tag: &BytesStart<'_>, plain: Option<&str>) -> Result<(), ProblemKind> {
        let value = || attribute(tag, "val");
        let is_on = |value: Option<String>| !matches!(value.as_deref(), Some("0" | "false" | "none" | "off"));
        match tag.local_name().as_ref() {
            "b" => self.marks = self.marks.or(Marks::BOLD.only_if(is_on(value()?))),
            "u" => self.marks = self.marks.or(Marks::UNDERLINE.only_if(is_on(value()?))),
            "strike" => self.struck = is_on(value()?),
            "color" => {
                let colour = colour(tag)?;
                let other = is_colour(&colour) && plain != Some(&colour);
                self.marks = self.marks.or(Marks::COLOUR.only_if(other));
            }
            "vertAlign" => {
                self.level = match value()?.as_deref() {
                    Some("superscript") => Level::Raised,
                    Some("subscript") => Level::Lowered,
                    _ => Level::Line,
                };
            }
            _ => {}
        }
        Ok(())
    }
}

/// A colour as it is written: `rgb=FFFF0000`, `theme=1`.
fn colour(tag: &BytesStart<'_>) -> Result<String, ProblemKind> {
    for name in ["rgb", "theme", "indexed", "auto"] {
        if let Some(value) = attribute(tag, name)? {
            return Ok(format!("{name}={}", value.to_ascii_uppercase()));
        }
    }
    Ok(String::new())
}

/// Whether a colour is neither left to the program, nor black or white.
fn is_colour(written: &str) -> bool {
    match written.split_once('=') {
        Some(("rgb", value)) => {
            let value = if value.len() == 8 { &value[2..] } else { value };
            !matches!(value, "000000" | "FFFFFF")
        }
        // Of themes the first two are the paper and the letters; 64 and 65 are the window's.
        Some(("theme", value)) => !matches!(value, "0" | "1"),
        Some(("indexed", value)) => !matches!(value, "0" | "1" | "8" | "9" | "64" | "65"),
        _ => false,
    }
}

/// The styles of a workbook, by the numbers that its cells name.
#[derive(Default)]
pub(super) struct Styles {
    fonts: Vec<Font>,
    fills: Vec<bool>,
    cells: Vec<(usize, usize)>,
    /// The colour of its first font, in which all is written that has none of its own.
    pub(super) plain: Option<String>,
}

impl Styles {
    /// Reads them.
    pub(super) fn of(package: &mut Package<'_>, part: &str) -> Result<Self, ProblemKind> {
        let mut styles = Self::default();
        let mut within: Vec<String> = Vec::new();
        package.read(part, |event| {
            match event {
                Event::Start(tag) => {
                    let parents: Vec<&str> = within.iter().map(String::as_str).collect();
                    styles.take(&parents, tag)?;
                    within.push(tag.local_name().as_ref().to_owned());
                }
                Event::End(_) => {
                    within.pop();
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(styles)
    }

    fn take(&mut self, within: &[&str], tag: &BytesStart<'_>) -> Result<(), ProblemKind> {
        let name = tag.local_name();
        match (within, name.as_ref()) {
            ([_, "fonts"], "font") => self.fonts.push(Font::default()),
            ([_, "fonts", "font"], property) => {
                if property == "color" && self.fonts.len() == 1 {
                    self.plain = Some(colour(tag)?);
                }
                let plain = self.plain.clone();
                self.fonts.last_mut().ok_or(BROKEN)?.take(tag, plain.as_deref())?;
            }
            ([_, "fills"], "fill") => self.fills.push(false),
            ([_, "fills", "fill", "patternFill"], "fgColor") => {
                *self.fills.last_mut().ok_or(BROKEN)? = is_colour(&colour(tag)?);
            }
            ([_, "cellXfs"], "xf") => {
                let number = |name| attribute(tag, name).map(|value| value.and_then(|v| v.parse().ok()).unwrap_or(0));
                self.cells.push((number("fontId")?, number("fillId")?));
            }
            _ => {}
        }
        Ok(())
    }

    /// The look of a cell's letters, with the colour of the cell among its marks.
    pub(super) fn of_cell(&self, style: usize) -> Font {
        let (font, fill) = self.cells.get(style).copied().unwrap_or_default();
        let mut look = self.fonts.get(font).copied().unwrap_or_default();
        let filled = self.fills.get(fill).copied().unwrap_or_default();
        look.marks = look.marks.or(Marks::FILL.only_if(filled));
        look
    }
}
