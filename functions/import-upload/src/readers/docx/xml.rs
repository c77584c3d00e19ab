//! XML read forwards, element by element, so that a document is never held as a tree.

use super::Fault;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;
use std::io::BufRead;

/// Longest value of an attribute that is looked at. Longer ones hold data of other programs, and are left out.
const MAX_VALUE_BYTES: usize = 4 * 1024;

/// Whose element it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// Word's own.
    Word,
    /// Equations.
    Math,
    /// What one program wrote for several.
    Compatibility,
    /// Any other.
    Other,
}

impl Space {
    fn of(namespace: &str) -> Self {
        match namespace {
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Self::Word,
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math" => Self::Math,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            _ => Self::Other,
        }
    }
}

/// An element's beginning.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    pub(super) space: Space,
    /// Its name without a prefix.
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute, by its name without a prefix.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The attribute `val`, in which Word puts nearly everything.
    pub(super) fn val(&self) -> Option<&str> {
        self.get("val")
    }

    /// A whole number in `val`.
    pub(super) fn number<T: std::str::FromStr>(&self) -> Option<T> {
        self.val()?.parse().ok()
    }

    /// What a property says that is there or not: `<w:b/>`, `<w:b w:val="0"/>`.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.val(), Some("0" | "false" | "off" | "none"))
    }

    /// Its name, where it is one of Word's own.
    pub(super) fn word(&self) -> Option<&str> {
        (self.space == Space::Word).then_some(self.name.as_str())
    }
}

/// What comes next.
pub(super) enum Next {
    Open(Tag),
    Text(String),
    Close,
}

/// A part of the package.
pub(super) struct Xml<R> {
    reader: NsReader<R>,
    buffer: Vec<u8>,
}

impl<R: BufRead> Xml<R> {
    pub(super) fn new(source: R) -> Self {
        let mut reader = NsReader::from_reader(source);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new() }
    }

    /// The first element.
    pub(super) fn root(&mut self) -> Result<Tag, Fault> {
        loop {
            match self.step()? {
                Some(Next::Open(tag)) => return Ok(tag),
                Some(Next::Text(_)) => {}
                Some(Next::Close) | None => return Err(Fault::Broken),
            }
        }
    }

    /// What comes next inside an element that was opened.
    pub(super) fn next(&mut self) -> Result<Next, Fault> {
        self.step()?.ok_or(Fault::Broken)
    }

    /// The next element inside the one that is open; `None` where that one ends. Text is passed over.
    pub(super) fn child(&mut self) -> Result<Option<Tag>, Fault> {
        loop {
            match self.next()? {
                Next::Open(tag) => return Ok(Some(tag)),
                Next::Close => return Ok(None),
                Next::Text(_) => {}
            }
        }
    }

    /// Goes behind the element that is open.
    pub(super) fn skip(&mut self) -> Result<(), Fault> {
        let mut depth = 1_u32;
        while depth > 0 {
            match self.next()? {
                Next::Open(_) => depth += 1,
                Next::Close => depth -= 1,
                Next::Text(_) => {}
            }
        }
        Ok(())
    }

    /// The text of the element that is open, and goes behind it.
    pub(super) fn text(&mut self) -> Result<String, Fault> {
        let mut text = String::new();
        loop {
            match self.next()? {
                Next::Text(more) => text.push_str(&more),
                Next::Open(_) => self.skip()?,
                Next::Close => return Ok(text),
            }
        }
    }

    fn step(&mut self) -> Result<Option<Next>, Fault> {
        loop {
            self.buffer.clear();
            let (namespace, event) =
                self.reader.read_resolved_event_into(&mut self.buffer).map_err(|_| Fault::Broken)?;
            return Ok(Some(match event {
                Event::Start(start) | Event::Empty(start) => {
                    let space = match namespace {
                        ResolveResult::Bound(namespace) => Space::of(namespace.0),
                        ResolveResult::Unbound | ResolveResult::Unknown(_) => Space::Other,
                    };
                    Next::Open(tag(space, &start)?)
                }
                Event::End(_) => Next::Close,
                Event::Text(text) => Next::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Next::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(reference) => Next::Text(match reference.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    Ok(None) => resolve_xml_entity(&reference).ok_or(Fault::Broken)?.to_owned(),
                    Err(_) => return Err(Fault::Broken),
                }),
                Event::DocType(_) => return Err(Fault::Broken),
                Event::Eof => return Ok(None),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            }));
        }
    }
}

fn tag(space: Space, start: &BytesStart<'_>) -> Result<Tag, Fault> {
    let mut attributes = Vec::new();
    for attribute in start.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| Fault::Broken)?;
        let name = local(attribute.key.0);
        // Word marks every run with the session in which it was typed.
        if name.starts_with("rsid") || attribute.value.len() > MAX_VALUE_BYTES {
            continue;
        }
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Fault::Broken)?;
        attributes.push((name.to_owned(), value.into_owned()));
    }
    Ok(Tag { space, name: local(start.name().0).to_owned(), attributes })
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}
