//! Styles, each with everything that it inherits.

use super::Fault;
use super::look::{Colour, Properties, shading};
use super::numbering::NumberRef;
use super::theme::Theme;
use super::xml::Xml;
use std::collections::HashMap;
use std::io::BufRead;

/// How far styles may inherit from each other; Word itself stops at eleven.
const MAX_INHERITANCE: usize = 16;

/// One style.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    based_on: Option<String>,
    /// Looks of its characters.
    pub(super) look: Properties,
    /// The list that its paragraphs belong to.
    pub(super) number: Option<NumberRef>,
    /// The background of its paragraphs.
    pub(super) behind: Option<Option<Colour>>,
}

/// All styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// What holds where no style says anything.
    pub(super) defaults: Properties,
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    paragraph: Option<String>,
    nothing: Style,
}

impl Styles {
    pub(super) fn read<R: BufRead>(xml: &mut Xml<R>, theme: &Theme) -> Result<Self, Fault> {
        let mut styles = Self::default();
        xml.root()?;
        while let Some(tag) = xml.child()? {
            match tag.word() {
                Some("docDefaults") => styles.defaults = defaults(xml, theme)?,
                Some("style") => {
                    let id = tag.get("styleId").unwrap_or_default().to_owned();
                    let is_default = matches!(tag.get("default"), Some("1" | "true" | "on"));
                    if tag.get("type") == Some("paragraph") && is_default {
                        styles.paragraph = Some(id.clone());
                    }
                    let style = style(xml, theme)?;
                    styles.styles.insert(id, style);
                }
                _ => xml.skip()?,
            }
        }
        styles.inherit();
        Ok(styles)
    }

    /// The style of a paragraph.
    pub(super) fn of_paragraph(&self, id: Option<&str>) -> &Style {
        let known = id.and_then(|id| self.styles.get(id));
        known.or_else(|| self.styles.get(self.paragraph.as_ref()?)).unwrap_or(&self.nothing)
    }

    /// The style of characters; one without properties where none is named.
    pub(super) fn of_characters(&self, id: Option<&str>) -> &Style {
        id.and_then(|id| self.styles.get(id)).unwrap_or(&self.nothing)
    }

    /// The list that a style of lists stands for.
    pub(super) fn number_of(&self, id: &str) -> Option<NumberRef> {
        self.styles.get(id)?.number
    }

    fn inherit(&mut self) {
        let whole: HashMap<String, Style> = self.styles.keys().map(|id| (id.clone(), self.whole(id))).collect();
        self.styles = whole;
    }

    fn whole(&self, id: &str) -> Style {
        let mut whole = self.styles.get(id).cloned().unwrap_or_default();
        let mut above = whole.based_on.clone();
        for _ in 0..MAX_INHERITANCE {
            let Some(base) = above.as_ref().and_then(|id| self.styles.get(id)) else { break };
            whole.look = whole.look.over(&base.look);
            whole.number = whole.number.or(base.number);
            whole.behind = whole.behind.or(base.behind);
            above.clone_from(&base.based_on);
        }
        whole
    }
}

fn defaults<R: BufRead>(xml: &mut Xml<R>, theme: &Theme) -> Result<Properties, Fault> {
    let mut found = Properties::default();
    while let Some(tag) = xml.child()? {
        match tag.word() {
            Some("rPrDefault") => {
                while let Some(tag) = xml.child()? {
                    match tag.word() {
                        Some("rPr") => found = Properties::read(xml, theme)?,
                        _ => xml.skip()?,
                    }
                }
            }
            _ => xml.skip()?,
        }
    }
    Ok(found)
}

fn style<R: BufRead>(xml: &mut Xml<R>, theme: &Theme) -> Result<Style, Fault> {
    let mut style = Style::default();
    while let Some(tag) = xml.child()? {
        match tag.word() {
            Some("basedOn") => {
                style.based_on = tag.val().map(str::to_owned);
                xml.skip()?;
            }
            Some("rPr") => style.look = Properties::read(xml, theme)?,
            Some("pPr") => {
                while let Some(tag) = xml.child()? {
                    match tag.word() {
                        Some("numPr") => style.number = NumberRef::read(xml)?,
                        Some("shd") => {
                            style.behind = Some(shading(&tag, theme));
                            xml.skip()?;
                        }
                        _ => xml.skip()?,
                    }
                }
            }
            _ => xml.skip()?,
        }
    }
    Ok(style)
}
