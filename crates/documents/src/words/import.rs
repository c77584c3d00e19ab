//! Sentences of import reports.
