//! Word documents, read as a person sees them: paragraphs with the numbers that Word makes, each character with its look,
//! tables cell by cell. What is no text stands in its place as an object, so that nothing is left out in silence.

mod body;
mod inline;
mod look;
mod numbering;
mod package;
mod styles;
mod theme;
mod xml;

pub use look::{Colour, Font, Height, Look};

use super::bounds;
use contest::problem::{ContentFault, Problem, ProblemKind};

/// Bytes of text in one document: a thousand questions are a third of it.
const MAX_TEXT_BYTES: usize = 1024 * 1024;

/// A document.
#[derive(Debug, Default)]
pub struct Document {
    /// What stands in it, from above.
    pub blocks: Vec<Block>,
    /// Whether changes wait for being accepted or rejected; it is read as if all were accepted.
    pub has_tracked_changes: bool,
    /// Whether somebody wrote remarks beside the text, which are not read.
    pub has_comments: bool,
}

/// What stands below each other.
#[derive(Debug)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// One paragraph.
#[derive(Debug, Default)]
pub struct Paragraph {
    /// Its characters, in the order in which they are read; first of all those of its number.
    pub glyphs: Vec<Glyph>,
}

/// One character, or what stands in the place of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyph {
    /// What it is.
    pub sign: Sign,
    /// How it looks.
    pub look: Look,
}

/// What stands in a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// A character; a tab and a line's end among them.
    Char(char),
    /// Anything else.
    Object(Object),
}

/// What stands in a text and is none. Of several that are drawn in one place the last of these tells most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Object {
    /// A drawing, a chart.
    Drawing,
    /// A picture.
    Picture,
    /// A box with text of its own.
    TextBox,
    /// A document of another program.
    Embedded,
    /// An equation.
    Equation,
    /// A footnote or an endnote.
    Footnote,
    /// A character of a font of pictures.
    Symbol,
    /// A number in a script that is not read.
    Number,
    /// Anything that is not known.
    Unknown,
}

/// A table.
#[derive(Debug, Default)]
pub struct Table {
    /// Its rows.
    pub rows: Vec<Vec<TableCell>>,
}

/// A cell.
#[derive(Debug, Default)]
pub struct TableCell {
    /// The column in which it begins, counted from 0.
    pub column: u32,
    /// Whether it only goes on with the cell above.
    pub goes_on: bool,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// Reads a document.
///
/// # Errors
/// Where it is none, or passes a bound.
pub fn read(bytes: &[u8]) -> Result<Document, Problem> {
    package::read(bytes).map_err(|fault| {
        Problem::of_file(match fault {
            Fault::Broken => ProblemKind::Content(ContentFault::BrokenDocument),
            Fault::Bound(kind) => kind,
        })
    })
}

/// Why a document is not read.
#[derive(Debug)]
enum Fault {
    /// It does not hold together.
    Broken,
    /// It passes a bound, or is something else.
    Bound(ProblemKind),
}
