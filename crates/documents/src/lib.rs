//! What is published and answered: values in, bytes out, the same bytes each time.
//!
//! Types for whatever the outside *reads* live here, with serde; the domain types of `contest` carry
//! none, so that a renamed field there changes no published name. [`site`] is everyone's and built
//! from an allow-list, [`officials`] is for the organizers alone and names people, [`watch`] for them too and names nobody, [`words`] holds
//! every Vietnamese sentence outside the page. Nothing here reads a clock or a file: dates inside
//! documents come from the data.

pub mod api;
pub mod certificate;
pub mod console;
#[cfg(test)]
mod example;
pub mod officials;
pub mod own_certificates;
pub mod problem;
pub mod report;
pub mod site;
pub mod templates;
pub mod watch;
pub mod words;
