//! What the organizers' console is answered with.

pub mod plan;
pub mod plan_form;
