//! What a value of a plan may be.

/// Types of values in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueType {
    /// A text in quotes.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// A list in brackets.
    List,
    /// A text in quotes, or a list of them.
    TextOrList,
    /// A `[table]`.
    Table,
    /// A list of `[[tables]]`.
    Tables,
}
