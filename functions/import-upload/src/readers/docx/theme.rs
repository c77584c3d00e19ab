//! The colours that a theme names.

use super::Fault;
use super::look::Colour;
use super::xml::{Tag, Xml};
use std::collections::HashMap;
use std::io::BufRead;

/// Colours by their names in the theme.
#[derive(Debug, Default)]
pub(super) struct Theme {
    colours: HashMap<String, Colour>,
}

impl Theme {
    pub(super) fn read<R: BufRead>(xml: &mut Xml<R>) -> Result<Self, Fault> {
        let mut theme = Self::default();
        xml.root()?;
        theme.scheme(xml)?;
        Ok(theme)
    }

    fn scheme<R: BufRead>(&mut self, xml: &mut Xml<R>) -> Result<(), Fault> {
        while let Some(tag) = xml.child()? {
            match tag.name.as_str() {
                "themeElements" | "clrScheme" => self.scheme(xml)?,
                "dk1" | "lt1" | "dk2" | "lt2" | "accent1" | "accent2" | "accent3" | "accent4" | "accent5"
                | "accent6" | "hlink" | "folHlink" => {
                    while let Some(value) = xml.child()? {
                        xml.skip()?;
                        if let Some(colour) = value.get("lastClr").or_else(|| hex(&value)).and_then(Colour::parse) {
                            self.colours.insert(tag.name.clone(), colour);
                        }
                    }
                }
                _ => xml.skip()?,
            }
        }
        Ok(())
    }

    /// The colour of a name as text uses it, lighter by `tint` or darker by `shade`, both as hexadecimal digits.
    pub(super) fn colour(&self, name: &str, tint: Option<&str>, shade: Option<&str>) -> Option<Colour> {
        let of_scheme = match name {
            "text1" | "dark1" => "dk1",
            "text2" | "dark2" => "dk2",
            "background1" | "light1" => "lt1",
            "background2" | "light2" => "lt2",
            "hyperlink" => "hlink",
            "followedHyperlink" => "folHlink",
            other => other,
        };
        let Colour(base) = *self.colours.get(of_scheme)?;
        let part =
            |hex: Option<&str>| hex.and_then(|hex| u16::from_str_radix(hex, 16).ok()).filter(|part| *part <= 255);
        let (tint, shade) = (part(tint).unwrap_or(255), part(shade).unwrap_or(255));
        let mixed = base.map(|channel| {
            let darker = u16::from(channel) * shade / 255;
            u8::try_from(darker * tint / 255 + (255 - tint)).unwrap_or(u8::MAX)
        });
        Some(Colour(mixed))
    }
}

fn hex(tag: &Tag) -> Option<&str> {
    (tag.name == "srgbClr").then(|| tag.val()).flatten()
}
