//! Contests as organizers see them: the list, one with its files and rounds, and the files themselves.

mod checks;
mod files;
mod four_eyes;
mod overview;
mod plan;
mod public;
mod report;

pub(crate) use files::{Upload, put, read, write};
pub(crate) use overview::{files, list, overview, snapshot};
pub(crate) use plan::{plan, plan_form};
pub(crate) use public::public;
pub(crate) use report::{judged, report};
