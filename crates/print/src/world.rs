//! All that Typst can see: one template, its data, and the fonts.

use crate::PrintError;
use crate::date::Moment;
use crate::fonts::{BOOK, FACES};
use crate::text::printable_data;
use serde::Serialize;
use std::path::PathBuf;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult, SourceDiagnostic, Warned};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World, comemo};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(<Library as LibraryExt>::default()));

/// One template with its data.
struct Desk {
    main: Source,
    data: FileId,
    text: Bytes,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main.id() { Ok(self.main.clone()) } else { Err(absent(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data { Ok(self.text.clone()) } else { Err(absent(id)) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FACES.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(PathBuf::from(id.vpath().get_without_slash()))
}

/// What a template makes of its data.
pub(crate) fn document(template: &str, data: &impl Serialize, made: Moment) -> Result<Vec<u8>, PrintError> {
    let printed = print(template, data, made);
    // What Typst remembers is of use to the next version of the same text, which never comes.
    comemo::evict(0);
    printed.map(|(bytes, _)| bytes)
}

/// The document, with what Typst finds odd in it.
pub(crate) fn print(template: &str, data: &impl Serialize, made: Moment) -> Result<(Vec<u8>, Vec<String>), PrintError> {
    let data = printable_data(serde_json::to_value(data)?).to_string();
    let desk = Desk {
        main: Source::new(file("main.typ")?, template.to_owned()),
        data: file("data.json")?,
        text: Bytes::from_string(data.clone()),
    };
    let Warned { output, warnings } = typst::compile::<PagedDocument>(&desk);
    let document = output.map_err(|errors| template_error(&errors))?;
    let bytes = typst_pdf::pdf(&document, &options(data, made)?).map_err(|errors| template_error(&errors))?;
    Ok((bytes, warnings.iter().map(|warning| warning.message.to_string()).collect()))
}

/// The file is named by what stands in it, so that two parts of one list are two documents.
fn options(identity: String, made: Moment) -> Result<PdfOptions, PrintError> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|error| PrintError::Template(error.message().to_string()))?;
    Ok(PdfOptions {
        ident: Smart::Custom(identity),
        creator: Smart::Custom(Some("hoithi".to_owned())),
        timestamp: Some(made.timestamp()?),
        standards,
        ..PdfOptions::default()
    })
}

fn file(name: &str) -> Result<FileId, PrintError> {
    let path = VirtualPath::new(name).map_err(|error| PrintError::Template(format!("{name}: {error:?}")))?;
    Ok(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
}

/// The rule that was broken, and the first few others: no text of the document.
fn template_error(errors: &[SourceDiagnostic]) -> PrintError {
    let messages: Vec<String> = errors.iter().take(3).map(|error| error.message.to_string()).collect();
    PrintError::Template(messages.join("; "))
}
