//! Attempts: start one, submit it, ask what became of it.

mod receipt;
mod seat;
mod start;
mod status;
mod submit;

pub(crate) use receipt::acknowledge;
pub(crate) use seat::Seat;
pub(crate) use start::start;
pub(crate) use status::status;
pub(crate) use submit::submit;
