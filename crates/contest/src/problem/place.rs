//! Where something stands in an uploaded file.

/// Where something stands, in the terms of the program in which the file was written. Each kind of file has a variant
/// of its own; [`Place::sheet`], [`Place::row`] and [`Place::column`] are what reports tell of any of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The file as a whole.
    #[default]
    File,
    /// A line of a text.
    Line(u32),
    /// An element of a text of marks, or the question that it is.
    Element {
        /// The file within an archive.
        file: Option<String>,
        /// Its line in that file.
        line: u32,
        /// Its name or identifier; `None` where it has none.
        name: Option<String>,
    },
    /// A key of the plan.
    Key {
        /// Its line; `None` where the text is not at hand.
        line: Option<u32>,
        /// Dotted, such as `attempt.minutes`.
        key: String,
    },
    /// A sheet of a workbook as a whole.
    Sheet(String),
    /// A column of a table whose rows are not at hand, by its header.
    Column(String),
    /// A cell of a table, or a row of it.
    Cell {
        /// Name of the sheet, in workbooks.
        sheet: Option<String>,
        /// As Excel counts.
        row: u32,
        /// Header of the column, or the cell's address where the column has none; `None` for a whole row.
        column: Option<String>,
    },
    /// A question of a file that has neither rows nor lines, or a piece of it.
    Question(Box<QuestionPlace>),
    /// A place of another file of the folder, which is to be mended there.
    Other {
        /// Its name.
        file: &'static str,
        /// The place in it.
        at: Box<Place>,
    },
}

/// Where something stands in a file that is read question by question.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct QuestionPlace {
    /// The part of the file, where numbers begin anew in each.
    pub part: Option<String>,
    /// The question's number; `None` for what belongs to none.
    pub number: Option<u32>,
    /// What of it, in words that tell the question as well.
    pub piece: Option<String>,
}

impl Place {
    /// Name of the sheet, in workbooks; of the file, in archives and where it is another one; of the part, in documents.
    pub fn sheet(&self) -> Option<&str> {
        match self {
            Self::Sheet(sheet) => Some(sheet),
            Self::Cell { sheet, .. } => sheet.as_deref(),
            Self::Element { file, .. } => file.as_deref(),
            Self::Question(of) => of.part.as_deref(),
            Self::Other { file, .. } => Some(file),
            Self::File | Self::Line(_) | Self::Key { .. } | Self::Column(_) => None,
        }
    }

    /// Line of a text or row of a sheet, counted from 1 as the editor or Excel counts; the number of a question in a file
    /// that has neither.
    pub fn row(&self) -> Option<u32> {
        match self {
            Self::Line(line) | Self::Element { line, .. } => Some(*line),
            Self::Key { line, .. } => *line,
            Self::Cell { row, .. } => Some(*row),
            Self::Question(of) => of.number,
            Self::Other { at, .. } => at.row(),
            Self::File | Self::Sheet(_) | Self::Column(_) => None,
        }
    }

    /// Header of the column, name of the element, or the dotted key of a plan; `None` where nothing can be seen of it.
    pub fn column(&self) -> Option<&str> {
        let named: Option<&str> = match self {
            Self::Key { key, .. } => Some(key),
            Self::Column(column) => Some(column),
            Self::Cell { column, .. } => column.as_deref(),
            Self::Element { name, .. } => name.as_deref(),
            Self::Question(of) => of.piece.as_deref(),
            Self::Other { at, .. } => at.column(),
            Self::File | Self::Line(_) | Self::Sheet(_) => None,
        };
        named.filter(|column| !column.is_empty())
    }
}
