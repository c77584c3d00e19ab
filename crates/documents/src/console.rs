//! What the organizers' API answers (`CONTRACT.md` 7, `CONSOLE.md` 4).

pub mod contestants;
pub mod contests;
mod decisions_csv;
pub mod downloads;
pub mod health;
pub mod log;
pub mod plan;
pub mod plan_form;
pub mod proposals;
mod refusal;
pub mod reviews;
pub mod rounds;
pub mod sessions;

pub use decisions_csv::decisions_csv;
pub use refusal::Refusal;
