//! Limits of the domain, each with its arithmetic.

/// Questions on one paper: a submission is stored as one byte a question, so 60 questions fit into the
/// one-kilobyte write unit of an attempt many times over and onto a phone's page.
pub const MAX_QUESTIONS: usize = 60;

/// Options of a question, `A` to `F`: one bit each in a byte of the stored submission.
pub const MAX_OPTIONS: usize = 6;

/// Questions in one bank: 20 000 rows are the most that an upload may have; a thousand is many
/// times the largest bank met in the field and keeps a compiled bank under 5 MiB.
pub const MAX_BANK: usize = 1_000;

/// Rounds of a contest: 20 is the most met in the field (`DOMAIN.md` 2.1).
pub const MAX_ROUNDS: usize = 60;

/// Units of a contest: 3 321 communes and 34 provinces, with room for every agency below some.
pub const MAX_UNITS: usize = 20_000;
