//! The archive: which part of it is what, behind the bounds that hold for every archive.

use super::body::Body;
use super::numbering::Numbering;
use super::styles::Styles;
use super::theme::Theme;
use super::xml::Xml;
use super::{Document, Fault, bounds};
use crate::readers::bounds::Kind;
use crate::readers::part::resolve;
use contest::problem::{ContentFault, ProblemKind};
use std::io::{BufRead, BufReader, Cursor};
use zip::ZipArchive;

/// Signature of an archive.
const ZIP: &[u8] = b"PK\x03\x04";
/// Signature of the container of old and of encrypted documents.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0";

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

pub(super) fn read(bytes: &[u8]) -> Result<Document, Fault> {
    if bytes.len() as u64 > bounds::MAX_FILE_BYTES {
        return Err(Fault::Bound(ProblemKind::FileTooLarge { most: bounds::MAX_FILE_BYTES }));
    }
    if bytes.starts_with(OLE) {
        return Err(Fault::Bound(ProblemKind::OldOrEncrypted));
    }
    if !bytes.starts_with(ZIP) {
        return Err(Fault::Bound(ProblemKind::Content(ContentFault::NotADocument)));
    }
    bounds::check_archive(bytes, Kind::Document).map_err(Fault::Bound)?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Fault::Broken)?;
    let main = related(&mut archive, "", "/officeDocument")?
        .ok_or(Fault::Bound(ProblemKind::Content(ContentFault::NotADocument)))?;
    let theme = match related(&mut archive, &main, "/theme")? {
        Some(part) => Theme::read(&mut open(&mut archive, &part)?)?,
        None => Theme::default(),
    };
    let styles = match related(&mut archive, &main, "/styles")? {
        Some(part) => Styles::read(&mut open(&mut archive, &part)?, &theme)?,
        None => Styles::default(),
    };
    let numbering = match related(&mut archive, &main, "/numbering")? {
        Some(part) => Numbering::read(&mut open(&mut archive, &part)?, &theme)?,
        None => Numbering::default(),
    };
    Body::new(open(&mut archive, &main)?, &theme, &styles, numbering).read()
}

fn open<'a>(archive: &'a mut Archive<'_>, part: &str) -> Result<Xml<impl BufRead + 'a>, Fault> {
    // What has another name was not looked at by the check of bounds.
    if !bounds::is_xml(part) {
        return Err(Fault::Broken);
    }
    Ok(Xml::new(BufReader::new(archive.by_name(part).map_err(|_| Fault::Broken)?)))
}

/// The part to which another one is related so, by the end of the relation's type. `""` is the package itself.
fn related(archive: &mut Archive<'_>, part: &str, relation: &str) -> Result<Option<String>, Fault> {
    let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let relations = format!("{folder}{slash}_rels/{name}.rels");
    if archive.index_for_name(&relations).is_none() {
        return Ok(None);
    }
    let mut xml = open(archive, &relations)?;
    xml.root()?;
    let mut found = None;
    while let Some(tag) = xml.child()? {
        xml.skip()?;
        let is_outside = tag.get("TargetMode") == Some("External");
        if found.is_none() && !is_outside && tag.get("Type").is_some_and(|kind| kind.ends_with(relation)) {
            found = tag.get("Target").map(|target| resolve(folder, target));
        }
    }
    Ok(found)
}
