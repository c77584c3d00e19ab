//! The parts of a workbook and how they lead to each other, as far as its reader does not tell. The archive was measured
//! before.

use crate::readers::part::resolve;
use contest::problem::ProblemKind;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::io::{BufReader, Cursor};
use zip::ZipArchive;

/// What every fault of the XML of a workbook comes to.
pub(super) const BROKEN: ProblemKind = ProblemKind::BrokenWorkbook;

/// A workbook's archive.
pub(super) struct Package<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ProblemKind> {
        ZipArchive::new(Cursor::new(bytes)).map(Self).map_err(|_| BROKEN)
    }

    /// Calls a function with every event of a part; nothing where there is no such part.
    pub(super) fn read(
        &mut self,
        part: &str,
        mut each: impl FnMut(&Event<'_>) -> Result<(), ProblemKind>,
    ) -> Result<(), ProblemKind> {
        let Some(place) = self.0.index_for_name(part) else { return Ok(()) };
        let entry = self.0.by_index(place).map_err(|_| BROKEN)?;
        let mut xml: Reader<_> = Reader::from_reader(BufReader::new(entry));
        xml.config_mut().expand_empty_elements = true;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(|_| BROKEN)? {
                Event::Eof => return Ok(()),
                event => each(&event)?,
            }
        }
    }

    /// Parts that a part points at, by the last word of their kind.
    pub(super) fn targets(&mut self, of: &str) -> Result<Vec<Target>, ProblemKind> {
        let (folder, file) = of.rsplit_once('/').unwrap_or(("", of));
        let list = format!("{folder}{}_rels/{file}.rels", if folder.is_empty() { "" } else { "/" });
        let mut targets = Vec::new();
        self.read(&list, |event| {
            if let Event::Start(tag) = event
                && tag.local_name().as_ref() == "Relationship"
            {
                let (id, kind) = (attribute(tag, "Id")?, attribute(tag, "Type")?);
                let part = attribute(tag, "Target")?.map(|target| resolve(folder, &target));
                if let (Some(id), Some(kind), Some(part)) = (id, kind, part) {
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    targets.push(Target { id, kind, part });
                }
            }
            Ok(())
        })?;
        Ok(targets)
    }
}

/// A part that another points at.
pub(super) struct Target {
    pub(super) id: String,
    pub(super) kind: String,
    pub(super) part: String,
}

/// The value of an attribute by its name without a prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, ProblemKind> {
    for found in tag.attributes().with_checks(false) {
        let found = found.map_err(|_| BROKEN)?;
        if found.key.local_name().as_ref() == name {
            return found
                .normalized_value(XmlVersion::Implicit1_0)
                .map(|value| Some(value.into_owned()))
                .map_err(|_| BROKEN);
        }
    }
    Ok(None)
}

/// The text of an event: letters, or a character by its number or name.
pub(super) fn text_of(event: &Event<'_>) -> Option<String> {
    match event {
        Event::Text(text) => Some(text.xml10_content().into_owned()),
        Event::CData(text) => Some(text.xml10_content().into_owned()),
        Event::GeneralRef(name) => match name.resolve_char_ref() {
            Ok(Some(c)) => Some(c.to_string()),
            _ => quick_xml::escape::resolve_xml_entity(name).map(str::to_owned),
        },
        _ => None,
    }
}
