//! A package of items: an archive with a list of what is in it.

use super::item;
use crate::readers::{bounds, xml};
use crate::roles::bank::BankDraft;
use crate::roles::bank::texts::{MAX_TEXT_BYTES, xml_text};
use contest::problem::{Place, Problem, ProblemKind};
use std::borrow::Cow;
use std::io::{Cursor, Read};
use zip::ZipArchive;

const MANIFEST: &str = "imsmanifest.xml";

/// Reads every item that the list of a package names, in its order.
///
/// # Errors
/// Where it is no such package, or a bound is passed.
pub(in crate::roles::bank::texts) fn package(bytes: &[u8]) -> Result<BankDraft, Problem> {
    bounds::check_archive(bytes, bounds::Kind::Package).map_err(Problem::of_file)?;
    let mut files = Files::open(bytes)?;
    let names: Vec<String> = files.0.file_names().flatten().map(Cow::into_owned).collect();
    let Some(manifest) = files.xml(MANIFEST)? else { return Err(Problem::of_file(ProblemKind::NoManifest)) };
    let mut bank = BankDraft::default();
    let mut listed = Vec::new();
    let resources = manifest.named("resources").flat_map(|resources| resources.named("resource"));
    for resource in resources {
        let kind = resource.attribute("type").unwrap_or_default();
        let Some(file) = resource.attribute("href").map(str::to_owned) else { continue };
        listed.push(file.clone());
        if !kind.starts_with("imsqti_item_") {
            if file.ends_with(".xml") {
                bank.warnings.push(Problem::of_file(ProblemKind::ItemNotRead { file }));
            }
            continue;
        }
        match files.xml(&file) {
            Ok(Some(root)) => match item(&root, Some(&file)) {
                Ok(read) => bank.add(read),
                Err(problem) => bank.errors.push(problem),
            },
            Ok(None) => bank.error(Place::File, ProblemKind::MissingItem { file }),
            Err(problem) => bank.errors.push(problem),
        }
    }
    let is_left = |name: &&String| name.ends_with(".xml") && *name != MANIFEST && !listed.contains(name);
    let left = names.iter().filter(is_left).map(|file| ProblemKind::ItemNotRead { file: file.clone() });
    bank.warnings.extend(left.map(Problem::of_file));
    Ok(bank)
}

/// The files of an archive that was measured.
struct Files<'a>(ZipArchive<Cursor<&'a [u8]>>);

impl<'a> Files<'a> {
    fn open(bytes: &'a [u8]) -> Result<Self, Problem> {
        ZipArchive::new(Cursor::new(bytes)).map(Self).map_err(|_| Problem::of_file(ProblemKind::BrokenArchive))
    }

    /// A file as XML, if it is there.
    fn xml(&mut self, name: &str) -> Result<Option<xml::Element>, Problem> {
        let at = |kind: ProblemKind, line: u32| {
            let place = Place::Element { file: Some(name.to_owned()), line, name: None };
            Problem { place, kind }
        };
        let Some(place) = self.0.index_for_name(name) else { return Ok(None) };
        let entry = self.0.by_index(place).map_err(|_| at(ProblemKind::BrokenArchive, 1))?;
        let mut bytes = Vec::new();
        entry.take(MAX_TEXT_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|_| at(ProblemKind::BrokenArchive, 1))?;
        if bytes.len() > MAX_TEXT_BYTES {
            return Err(at(ProblemKind::FileTooLarge { most: MAX_TEXT_BYTES as u64 }, 1));
        }
        let of_file = |problem: Problem| at(problem.kind, problem.place.row().unwrap_or(1));
        let text = xml_text(&bytes).map_err(of_file)?;
        xml::parse(&text).map(Some).map_err(of_file)
    }
}
