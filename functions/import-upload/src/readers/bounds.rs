//! How large an upload may be, and the check of an archive that runs before the parser of what is in it.
//!
//! Every figure follows from `RELIABILITY.md` 5.3: a file of 511 KB once drove a parser of workbooks to
//! 530 MiB, and one cell at XFD1048576 asks for a dense table of 17 thousand million cells.

use contest::problem::{ContentFault, ProblemKind};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Largest upload: the largest bank met in the field is under 1 MiB.
pub const MAX_FILE_BYTES: u64 = 5 * 1024 * 1024;
/// Entries of a workbook's archive.
pub const MAX_ENTRIES: usize = 200;
/// Inflated bytes of one entry, counted while reading, whatever the archive declares.
pub const MAX_ENTRY_BYTES: u64 = 32 * 1024 * 1024;
/// Inflated bytes of all entries.
pub const MAX_INFLATED_BYTES: u64 = 64 * 1024 * 1024;
/// Inflated over packed bytes of one entry.
pub const MAX_RATIO: u64 = 100;
/// Entries this small may have any ratio: a short run of equal tags packs better than a hundredfold.
const RATIO_FLOOR_BYTES: u64 = 256 * 1024;
/// Rows of a table, the header among them.
pub const MAX_ROWS: u32 = 20_000;
/// Columns of a table.
pub const MAX_COLUMNS: u32 = 64;
/// Cells of a sheet, empty ones with a style among them.
pub const MAX_CELLS: u32 = 200_000;
/// Characters in one cell.
pub const MAX_CELL_CHARS: usize = 4_000;
/// Bytes of text kept from one file: shared strings let a small file repeat one long text in every
/// cell.
pub const MAX_TEXT_BYTES: usize = 8 * 1024 * 1024;

/// Tags in sheets and shared strings: 200 000 cells of `<c><v></v></c>` and as many `<si><t></t></si>`,
/// and 20 000 `<row></row>`, rounded up.
const MAX_TABLE_TAGS: u64 = 2_000_000;
/// Tags in all other parts, such as styles: Excel itself stops at 65 490 cell formats, and each costs
/// its reader some hundred bytes.
const MAX_OTHER_TAGS: u64 = 100_000;
/// Shared strings: one for each cell. Each costs its reader 24 bytes even when it is empty.
const MAX_SHARED_STRINGS: u64 = MAX_CELLS as u64;
/// Bytes between two angle brackets: 4 000 characters as eight-byte references, twice.
const MAX_GAP_BYTES: u64 = 64 * 1024;
/// Elements within each other.
const MAX_DEPTH: u32 = 64;

/// Tags of a document of Word: a thousand questions of six paragraphs, each in ten pieces of twenty tags, and as many again.
const MAX_DOCUMENT_TAGS: u64 = 3_000_000;
/// Bytes between two angle brackets of a document: a drawing keeps its own archive in one attribute.
const MAX_DOCUMENT_GAP_BYTES: u64 = 1024 * 1024;

/// What an archive holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A workbook.
    Workbook,
    /// A document of Word.
    Document,
    /// Questions of another program, whose texts are XML.
    Package,
}

impl Kind {
    /// What is said of one that does not hold together.
    fn broken(self) -> ProblemKind {
        match self {
            Self::Workbook => ProblemKind::BrokenWorkbook,
            Self::Document => ProblemKind::Content(ContentFault::BrokenDocument),
            Self::Package => ProblemKind::BrokenArchive,
        }
    }

    fn max_gap(self) -> u64 {
        match self {
            Self::Workbook | Self::Package => MAX_GAP_BYTES,
            Self::Document => MAX_DOCUMENT_GAP_BYTES,
        }
    }
}

/// Inflates every entry once, counting and keeping nothing.
///
/// # Errors
/// The first bound that is passed.
pub fn check_archive(bytes: &[u8], archive_kind: Kind) -> Result<(), ProblemKind> {
    let broken = || archive_kind.broken();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if archive.len() > MAX_ENTRIES {
        return Err(ProblemKind::TooManyEntries { most: MAX_ENTRIES });
    }
    let mut inflated = 0;
    let mut tags = Tags::default();
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).map_err(|_| broken())?;
        let kind = entry.name().map(|name| Part::of(&name, archive_kind)).map_err(|_| broken())?;
        let packed = entry.compressed_size();
        let mut scan = Scan::of(archive_kind);
        let mut size = 0;
        let mut chunk = [0; 16 * 1024];
        loop {
            let read = entry.read(&mut chunk).map_err(|_| broken())?;
            if read == 0 {
                break;
            }
            size += read as u64;
            inflated += read as u64;
            let stretched = size > RATIO_FLOOR_BYTES && size > packed.saturating_mul(MAX_RATIO);
            if size > MAX_ENTRY_BYTES || inflated > MAX_INFLATED_BYTES || stretched {
                return Err(ProblemKind::InflatesTooFar);
            }
            if kind != Part::Media {
                scan.bytes(&chunk[..read]).map_err(|kind| match kind {
                    ProblemKind::BrokenWorkbook => broken(),
                    kind => kind,
                })?;
                tags.check(kind, &scan)?;
            }
        }
        tags.add(kind, &scan);
    }
    Ok(())
}

/// What an entry of a workbook is to its reader. The name decides only which bound holds; an entry that
/// hides its kind meets the stricter one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A sheet or the shared strings.
    Table,
    /// A part of a document of Word.
    Document,
    /// Pictures and settings of printers, which are never parsed.
    Media,
    /// Everything else.
    Other,
}

impl Part {
    fn of(name: &str, archive: Kind) -> Self {
        let name = name.to_ascii_lowercase();
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match archive {
            // Its reader opens no part with another ending.
            Kind::Document => return if is_xml(&name) { Self::Document } else { Self::Media },
            Kind::Package => return if ending == "xml" { Self::Table } else { Self::Media },
            Kind::Workbook => {}
        }
        // Cameras and programs of drawing have many formats; none that lies there is parsed.
        if name.starts_with("xl/media/") || matches!(ending, "png" | "jpg" | "jpeg" | "gif" | "emf" | "wmf" | "bin") {
            Self::Media
        } else if name.starts_with("xl/worksheets/") || name == "xl/sharedstrings.xml" {
            Self::Table
        } else {
            Self::Other
        }
    }
}

/// Whether a part of a document is XML, by its name.
pub fn is_xml(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    ending.eq_ignore_ascii_case("xml") || ending.eq_ignore_ascii_case("rels")
}

/// Tags seen in the whole archive.
#[derive(Default)]
struct Tags {
    table: u64,
    document: u64,
    other: u64,
    strings: u64,
}

impl Tags {
    fn check(&self, kind: Part, scan: &Scan) -> Result<(), ProblemKind> {
        let too_many = match kind {
            Part::Table => self.table + scan.tags > MAX_TABLE_TAGS,
            Part::Document if self.document + scan.tags > MAX_DOCUMENT_TAGS => return Err(ProblemKind::InflatesTooFar),
            Part::Document => false,
            Part::Media | Part::Other => self.other + scan.tags > MAX_OTHER_TAGS,
        };
        if too_many || self.strings + scan.strings > MAX_SHARED_STRINGS {
            return Err(ProblemKind::TooManyCells { most: MAX_CELLS });
        }
        Ok(())
    }

    fn add(&mut self, kind: Part, scan: &Scan) {
        match kind {
            Part::Table => self.table += scan.tags,
            Part::Document => self.document += scan.tags,
            Part::Media | Part::Other => self.other += scan.tags,
        }
        self.strings += scan.strings;
    }
}

/// A look at XML byte by byte, which needs no memory and understands only angle brackets.
struct Scan {
    of: Kind,
    tags: u64,
    strings: u64,
    depth: u32,
    gap: u64,
    /// The first bytes after the last `<`, as far as they are needed.
    head: [u8; 4],
    head_len: usize,
    in_tag: bool,
    last: u8,
}

impl Scan {
    fn of(of: Kind) -> Self {
        Self { of, tags: 0, strings: 0, depth: 0, gap: 0, head: [0; 4], head_len: 0, in_tag: false, last: 0 }
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), ProblemKind> {
        bytes.iter().try_for_each(|&byte| self.byte(byte))
    }

    fn byte(&mut self, byte: u8) -> Result<(), ProblemKind> {
        match byte {
            // Text in UTF-16 would hide its brackets from this look.
            0 => return Err(self.of.broken()),
            b'<' => {
                self.tags += 1;
                (self.in_tag, self.head, self.head_len, self.gap) = (true, [0; 4], 0, 0);
            }
            b'>' if self.in_tag => {
                self.close_tag()?;
                (self.in_tag, self.gap) = (false, 0);
            }
            _ => {
                self.gap += 1;
                if self.in_tag && self.head_len < self.head.len() {
                    self.head[self.head_len] = byte;
                    self.head_len += 1;
                    // `<!-- -->` and `<![CDATA[` are harmless; anything else with `!` declares types.
                    if self.head_len == 2 && self.head[0] == b'!' && !matches!(byte, b'-' | b'[') {
                        return Err(ProblemKind::DocumentType);
                    }
                }
                if self.gap > self.of.max_gap() {
                    return Err(match self.of {
                        Kind::Workbook | Kind::Package => ProblemKind::CellTooLong { most: MAX_CELL_CHARS },
                        Kind::Document => ProblemKind::InflatesTooFar,
                    });
                }
            }
        }
        self.last = byte;
        Ok(())
    }

    fn close_tag(&mut self) -> Result<(), ProblemKind> {
        match self.head[0] {
            b'?' | b'!' => {}
            b'/' => self.depth = self.depth.saturating_sub(1),
            _ => {
                if &self.head[..2] == b"si" && !self.head[2].is_ascii_alphanumeric() {
                    self.strings += 1;
                }
                if self.last != b'/' {
                    self.depth += 1;
                }
            }
        }
        if self.depth > MAX_DEPTH { Err(self.of.broken()) } else { Ok(()) }
    }
}
