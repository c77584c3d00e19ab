//! Attempts: start one, submit its sheet, ask what became of it.

pub(crate) mod receipt;
mod start;
mod status;
mod submit;

pub(crate) use start::start;
pub(crate) use status::status;
pub(crate) use submit::submit;
