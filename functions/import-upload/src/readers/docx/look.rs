//! How characters look: the properties that a run, a style or the defaults give, and what comes of them together.

use super::xml::{Tag, Xml};
use super::{Fault, theme::Theme};
use std::io::BufRead;

/// A colour, as red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    pub(super) fn parse(hex: &str) -> Option<Self> {
        let part = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
        (hex.len() == 6).then_some(())?;
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// Whether letters of this colour stand out: greys and what is nearly black come along with text that was copied from
    /// pages, where nobody sees them.
    fn stands_out(self) -> bool {
        let (most, least) = self.ends();
        most - least > 0x20 && most > 0x40
    }

    /// Whether a background of this colour is seen.
    fn is_seen_behind(self) -> bool {
        self.ends().1 < 0xF0
    }

    fn ends(self) -> (u8, u8) {
        let [red, green, blue] = self.0;
        (red.max(green).max(blue), red.min(green).min(blue))
    }
}

/// What fonts are, as far as they change what is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Font {
    /// Of Unicode, or unknown.
    #[default]
    Plain,
    /// Of the time before Unicode, such as `.VnTime` and `VNI-Times`.
    Legacy,
    /// Of pictures, such as `Symbol` and `Wingdings`.
    Pictures,
}

impl Font {
    fn of(name: &str) -> Self {
        let name = name.trim_start_matches('@').to_ascii_lowercase();
        let is_legacy = name.starts_with(".vn") || name.starts_with("vni-") || name.starts_with("vni ");
        let has_pictures = name == "symbol" || name.starts_with("wingdings") || name == "webdings";
        match () {
            () if is_legacy => Self::Legacy,
            () if has_pictures => Self::Pictures,
            () => Self::Plain,
        }
    }
}

/// Whether characters stand above or below the line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Height {
    /// On it.
    #[default]
    Line,
    /// Above, small.
    Superscript,
    /// Below, small.
    Subscript,
    /// Moved by hand.
    Moved,
}

/// How one character looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Underlined in any way.
    pub underline: bool,
    /// Struck through.
    pub struck: bool,
    /// Not shown by Word.
    pub hidden: bool,
    /// Shown in capitals, however it was typed.
    pub capitals: bool,
    /// A colour that stands out.
    pub colour: Option<Colour>,
    /// A background that is seen.
    pub background: Option<Colour>,
    /// Above or below the line.
    pub height: Height,
    /// The kind of its font.
    pub font: Font,
}

impl Look {
    /// The look inside a link, whose colour and line Word gives it.
    pub(super) fn in_link(self) -> Self {
        Self { underline: false, colour: None, ..self }
    }
}

/// What one place says about looks; `None` where it says nothing.
#[derive(Clone, Debug, Default)]
pub(super) struct Properties {
    /// The style that is named here.
    pub(super) style: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    underline: Option<bool>,
    struck: Option<bool>,
    struck_twice: Option<bool>,
    hidden: Option<bool>,
    capitals: Option<bool>,
    colour: Option<Option<Colour>>,
    highlight: Option<Option<Colour>>,
    shading: Option<Option<Colour>>,
    height: Option<Height>,
    moved: Option<bool>,
    font: Option<Font>,
    /// Whether this is a change that nobody has accepted or rejected yet.
    pub(super) is_tracked: bool,
    /// Whether the paragraph's end is deleted by such a change.
    pub(super) is_deleted: bool,
}

impl Properties {
    /// Reads the element `rPr` that is open, and goes behind it.
    pub(super) fn read<R: BufRead>(xml: &mut Xml<R>, theme: &Theme) -> Result<Self, Fault> {
        let mut properties = Self::default();
        while let Some(tag) = xml.child()? {
            xml.skip()?;
            properties.take(&tag, theme);
        }
        Ok(properties)
    }

    fn take(&mut self, tag: &Tag, theme: &Theme) {
        let on = Some(tag.is_on());
        match tag.word() {
            Some("rStyle") => self.style = tag.val().map(str::to_owned),
            Some("b") => self.bold = on,
            Some("i") => self.italic = on,
            Some("strike") => self.struck = on,
            Some("dstrike") => self.struck_twice = on,
            Some("vanish") => self.hidden = on,
            Some("caps") => self.capitals = on,
            Some("u") => self.underline = Some(tag.val().is_some_and(|kind| kind != "none")),
            Some("color") => self.colour = Some(colour(tag, theme)),
            Some("highlight") => self.highlight = Some(tag.val().and_then(highlight)),
            Some("shd") => self.shading = Some(shading(tag, theme)),
            Some("vertAlign") => {
                self.height = Some(match tag.val() {
                    Some("superscript") => Height::Superscript,
                    Some("subscript") => Height::Subscript,
                    _ => Height::Line,
                });
            }
            // In half points; fields of equations move text by less.
            Some("position") => self.moved = Some(tag.number::<i32>().is_some_and(|by| by.abs() >= 4)),
            Some("rFonts") => {
                let fonts = ["ascii", "hAnsi"].into_iter().filter_map(|kind| tag.get(kind)).map(Font::of);
                self.font = fonts.max_by_key(|font| *font != Font::Plain).or(self.font);
            }
            Some("ins" | "rPrChange" | "moveTo") => self.is_tracked = true,
            Some("del" | "moveFrom") => (self.is_tracked, self.is_deleted) = (true, true),
            _ => {}
        }
    }

    /// These properties where they say something, else those of `base`.
    pub(super) fn over(self, base: &Self) -> Self {
        Self {
            style: self.style,
            bold: self.bold.or(base.bold),
            italic: self.italic.or(base.italic),
            underline: self.underline.or(base.underline),
            struck: self.struck.or(base.struck),
            struck_twice: self.struck_twice.or(base.struck_twice),
            hidden: self.hidden.or(base.hidden),
            capitals: self.capitals.or(base.capitals),
            colour: self.colour.or(base.colour),
            highlight: self.highlight.or(base.highlight),
            shading: self.shading.or(base.shading),
            height: self.height.or(base.height),
            moved: self.moved.or(base.moved),
            font: self.font.or(base.font),
            is_tracked: self.is_tracked,
            is_deleted: self.is_deleted,
        }
    }
}

/// Where the look of a run comes from, what is nearer first.
pub(super) struct Layers<'a> {
    pub(super) direct: &'a Properties,
    pub(super) character: &'a Properties,
    pub(super) paragraph: &'a Properties,
    pub(super) defaults: &'a Properties,
    /// The background of the whole paragraph or cell.
    pub(super) behind: Option<Colour>,
}

impl Layers<'_> {
    pub(super) fn look(&self) -> Look {
        let background = self.value(|p| p.highlight).flatten().or_else(|| self.value(|p| p.shading).flatten());
        let height = match self.value(|p| p.height).unwrap_or_default() {
            Height::Line if self.value(|p| p.moved).unwrap_or(false) => Height::Moved,
            height => height,
        };
        Look {
            bold: self.toggle(|p| p.bold),
            italic: self.toggle(|p| p.italic),
            underline: self.value(|p| p.underline).unwrap_or(false),
            struck: self.toggle(|p| p.struck) || self.toggle(|p| p.struck_twice),
            hidden: self.toggle(|p| p.hidden),
            capitals: self.toggle(|p| p.capitals),
            colour: self.value(|p| p.colour).flatten(),
            background: background.or(self.behind),
            height,
            font: self.value(|p| p.font).unwrap_or_default(),
        }
    }

    fn value<T>(&self, of: impl Fn(&Properties) -> Option<T>) -> Option<T> {
        let layers = [self.direct, self.character, self.paragraph, self.defaults];
        layers.into_iter().find_map(of)
    }

    /// Bold in a bold style is not bold: styles switch each other, and only what a run says itself is final
    /// (ECMA-376 part 1, 17.7.3).
    fn toggle(&self, of: impl Fn(&Properties) -> Option<bool>) -> bool {
        let styled = of(self.paragraph).unwrap_or(false) ^ of(self.character).unwrap_or(false);
        of(self.direct).unwrap_or_else(|| styled || of(self.defaults).unwrap_or(false))
    }
}

fn colour(tag: &Tag, theme: &Theme) -> Option<Colour> {
    let themed = tag.get("themeColor").and_then(|name| theme.colour(name, tag.get("themeTint"), tag.get("themeShade")));
    themed.or_else(|| Colour::parse(tag.val()?)).filter(|colour| colour.stands_out())
}

/// The background that an element `shd` gives.
pub(super) fn shading(tag: &Tag, theme: &Theme) -> Option<Colour> {
    let themed =
        tag.get("themeFill").and_then(|name| theme.colour(name, tag.get("themeFillTint"), tag.get("themeFillShade")));
    let fill = themed.or_else(|| Colour::parse(tag.get("fill")?));
    let pattern = match tag.val() {
        Some("clear" | "nil") | None => None,
        // A pattern covers the fill with another colour, black where none is named.
        Some(_) => Some(tag.get("color").and_then(Colour::parse).unwrap_or(Colour([0; 3]))),
    };
    pattern.or(fill).filter(|colour| colour.is_seen_behind())
}

fn highlight(name: &str) -> Option<Colour> {
    let rgb = match name {
        "none" | "white" => return None,
        "black" => [0, 0, 0],
        "blue" => [0, 0, 0xFF],
        "cyan" => [0, 0xFF, 0xFF],
        "green" => [0, 0xFF, 0],
        "magenta" => [0xFF, 0, 0xFF],
        "red" => [0xFF, 0, 0],
        "darkBlue" => [0, 0, 0x80],
        "darkCyan" => [0, 0x80, 0x80],
        "darkGreen" => [0, 0x80, 0],
        "darkMagenta" => [0x80, 0, 0x80],
        "darkRed" => [0x80, 0, 0],
        "darkYellow" => [0x80, 0x80, 0],
        "darkGray" => [0x80, 0x80, 0x80],
        "lightGray" => [0xC0, 0xC0, 0xC0],
        _ => [0xFF, 0xFF, 0],
    };
    Some(Colour(rgb))
}
