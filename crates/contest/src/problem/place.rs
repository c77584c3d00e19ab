//! Where a problem stands.

/// Where a problem stands, in the terms of the program in which the file was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Name of the sheet, in workbooks.
    pub sheet: Option<String>,
    /// Line of a text file or row of a sheet, counted from 1 as the editor or Excel counts.
    pub row: Option<u32>,
    /// Header of the column, or the dotted key of a plan such as `attempt.minutes`.
    pub column: Option<String>,
}
