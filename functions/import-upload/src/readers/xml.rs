//! XML as a tree, within bounds that hold while it is read: no document types, and so no entities of its own.

use super::bounds::MAX_FILE_BYTES;
use super::entities::character;
use contest::problem::{Place, Problem, ProblemKind};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

/// Elements within each other.
pub const MAX_DEPTH: usize = 64;
/// Bytes of the attributes of one element.
pub const MAX_ATTRIBUTE_BYTES: usize = 4 * 1024;
/// Bytes of one text.
pub const MAX_TEXT_BYTES: usize = 1024 * 1024;
/// Elements: a hundred for each question that a bank may have.
pub const MAX_ELEMENTS: usize = 100_000;

/// An element with what it holds. Names are without their prefixes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    /// Line on which it begins, counted from 1.
    pub line: u32,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

/// What an element holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The elements in it, one level down.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of a name in it, one level down.
    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.elements().filter(move |element| element.name == name)
    }

    /// The texts in it, without those of its elements.
    pub fn text(&self) -> String {
        let text = |child: &Node| match child {
            Node::Text(text) => Some(text.clone()),
            Node::Element(_) => None,
        };
        self.children.iter().filter_map(text).collect()
    }
}

/// Reads a text as XML.
///
/// # Errors
/// The first bound that is passed, or where it is no XML, with the line.
pub fn parse(text: &str) -> Result<Element, Problem> {
    if text.len() as u64 > MAX_FILE_BYTES {
        return Err(Problem::of_file(ProblemKind::FileTooLarge { most: MAX_FILE_BYTES }));
    }
    let mut tree = Tree { reader: Reader::from_str(text), text, counted: 0, line: 1, elements: 0, open: Vec::new() };
    tree.reader.config_mut().expand_empty_elements = true;
    tree.read().map_err(|kind| Problem { place: Place::Line(tree.line), kind })
}

struct Tree<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    /// Bytes whose lines are counted.
    counted: usize,
    line: u32,
    elements: usize,
    open: Vec<Element>,
}

impl<'a> Tree<'a> {
    fn read(&mut self) -> Result<Element, ProblemKind> {
        let mut root = None;
        loop {
            self.count_lines();
            let event = self.reader.read_event().map_err(|_| ProblemKind::BrokenXml)?;
            match event {
                Event::Start(tag) if root.is_none() => self.begin(&tag)?,
                Event::Start(_) => return Err(ProblemKind::BrokenXml),
                Event::End(_) => {
                    let element = self.open.pop().ok_or(ProblemKind::BrokenXml)?;
                    match self.open.last_mut() {
                        Some(parent) => parent.children.push(Node::Element(element)),
                        None => root = Some(element),
                    }
                }
                Event::Empty(_) => return Err(ProblemKind::BrokenXml),
                Event::Text(text) => self.add(&text.xml10_content())?,
                Event::CData(text) => self.add(&text.xml10_content())?,
                Event::GeneralRef(name) => {
                    let number = name.resolve_char_ref().map_err(|_| ProblemKind::BrokenXml)?;
                    match number {
                        Some(c) => self.add(c.encode_utf8(&mut [0; 4]))?,
                        None => {
                            let c = character(&name).ok_or(ProblemKind::BrokenXml)?;
                            self.add(c.encode_utf8(&mut [0; 4]))?;
                        }
                    }
                }
                Event::DocType(_) => return Err(ProblemKind::DocumentType),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
                Event::Eof if self.open.is_empty() => return root.ok_or(ProblemKind::BrokenXml),
                Event::Eof => return Err(ProblemKind::BrokenXml),
            }
        }
    }

    /// Goes on to the line of what is read next.
    fn count_lines(&mut self) {
        let reached = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len());
        let passed = self.text.as_bytes()[self.counted..reached].iter().filter(|byte| **byte == b'\n').count();
        self.line += u32::try_from(passed).unwrap_or(u32::MAX);
        self.counted = reached;
    }

    fn begin(&mut self, tag: &BytesStart<'_>) -> Result<(), ProblemKind> {
        self.elements += 1;
        if self.elements > MAX_ELEMENTS {
            return Err(ProblemKind::TooMany { most: MAX_ELEMENTS });
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(ProblemKind::BrokenXml);
        }
        if tag.attributes_raw().len() > MAX_ATTRIBUTE_BYTES {
            return Err(ProblemKind::TooLong { most: MAX_ATTRIBUTE_BYTES });
        }
        let attribute = |found: Result<quick_xml::events::attributes::Attribute<'_>, _>| {
            let found = found.map_err(|_| ProblemKind::BrokenXml)?;
            let value =
                found.normalized_value(XmlVersion::Implicit1_0).map_err(|_| ProblemKind::BrokenXml)?.into_owned();
            Ok((found.key.local_name().as_ref().to_owned(), value))
        };
        let attributes = tag.attributes().map(attribute).collect::<Result<_, ProblemKind>>()?;
        let name = tag.local_name().as_ref().to_owned();
        self.open.push(Element { name, line: self.line, attributes, children: Vec::new() });
        Ok(())
    }

    /// Adds to the text that stands here; outside the root there is none.
    fn add(&mut self, text: &str) -> Result<(), ProblemKind> {
        let Some(element) = self.open.last_mut() else {
            let nothing = text.chars().all(|c| c.is_whitespace() || c == '\u{feff}');
            return if nothing { Ok(()) } else { Err(ProblemKind::BrokenXml) };
        };
        if !matches!(element.children.last(), Some(Node::Text(_))) {
            element.children.push(Node::Text(String::new()));
        }
        let Some(Node::Text(whole)) = element.children.last_mut() else { return Err(ProblemKind::BrokenXml) };
        if whole.len() + text.len() > MAX_TEXT_BYTES {
            return Err(ProblemKind::TooLong { most: MAX_TEXT_BYTES });
        }
        whole.push_str(text);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> (&'static str, Option<u32>) {
        let problem = parse(text).expect_err("refused");
        (problem.kind.code(), problem.place.row())
    }

    #[test]
    fn a_tree_has_its_names_texts_and_lines() {
        let text = "<?xml version=\"1.0\"?>\n<!-- x -->\n<q:a xmlns:q=\"u\" q:b=\"1 &lt; 2\">\n<c/>x&amp;y<![CDATA[<z>]]>&#233;&nbsp;</q:a>\n";
        let root = parse(text).expect("XML");
        assert_eq!((root.name.as_str(), root.line, root.attribute("b")), ("a", 3, Some("1 < 2")));
        assert_eq!(root.named("c").map(|c| c.line).collect::<Vec<_>>(), [4]);
        assert_eq!(root.text(), "\nx&y<z>é\u{a0}");
    }

    #[test]
    fn each_bound_refuses_with_its_line() {
        let deep = |count: usize| format!("{}{}", "<a>".repeat(count), "</a>".repeat(count));
        assert!(parse(&deep(MAX_DEPTH)).is_ok());
        assert_eq!(refusal(&deep(MAX_DEPTH + 1)), ("broken_xml", Some(1)));
        let attribute = |count: usize| format!("<a b=\"{}\"/>", "x".repeat(count));
        assert!(parse(&attribute(MAX_ATTRIBUTE_BYTES - 5)).is_ok());
        assert_eq!(refusal(&attribute(MAX_ATTRIBUTE_BYTES)).0, "too_long");
        let long = |count: usize| format!("<a>\n{}</a>", "x".repeat(count));
        assert!(parse(&long(MAX_TEXT_BYTES - 1)).is_ok());
        assert_eq!(refusal(&long(MAX_TEXT_BYTES)).0, "too_long");
        let many = |count: usize| format!("<a>{}</a>", "<b/>".repeat(count));
        assert!(parse(&many(MAX_ELEMENTS - 1)).is_ok());
        assert_eq!(refusal(&many(MAX_ELEMENTS)).0, "too_many");
        assert_eq!(refusal("<a>\n<!DOCTYPE b [<!ENTITY c 'd'>]></a>").0, "document_type");
        for broken in ["", "x", "<a>", "<a></b>", "<a/><b/>", "<a/>x", "</a>", "<a>&unknown;</a>", "<a b=c/>"] {
            assert_eq!(refusal(broken).0, "broken_xml", "{broken}");
        }
        assert_eq!(refusal("<a>\n<b>\n</c></a>"), ("broken_xml", Some(3)));
    }
}
