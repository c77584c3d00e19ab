//! Contestants as organizers look them up.

mod card;
mod search;
mod walk;

pub(crate) use search::search;
