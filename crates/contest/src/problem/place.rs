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
}

impl Place {
    /// Name of the sheet, in workbooks; of the file, in archives.
    pub fn sheet(&self) -> Option<&str> {
        match self {
            Self::Sheet(sheet) => Some(sheet),
            Self::Cell { sheet, .. } => sheet.as_deref(),
            Self::Element { file, .. } => file.as_deref(),
            Self::File | Self::Line(_) | Self::Key { .. } | Self::Column(_) => None,
        }
    }

    /// Line of a text or row of a sheet, counted from 1 as the editor or Excel counts.
    pub fn row(&self) -> Option<u32> {
        match self {
            Self::Line(line) | Self::Element { line, .. } => Some(*line),
            Self::Key { line, .. } => *line,
            Self::Cell { row, .. } => Some(*row),
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
            Self::File | Self::Line(_) | Self::Sheet(_) => None,
        };
        named.filter(|column| !column.is_empty())
    }
}
