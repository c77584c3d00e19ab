//! House rules that neither the compiler nor clippy can hold. Each test names every place that
//! breaks its rule, and what to do instead.

mod circles;
mod code;
mod contest_file;
mod crates;
mod docs;
mod golden;
mod language;
mod openapi;
mod privacy;
mod runbook;
mod security;
mod text;
pub(crate) mod tree;
