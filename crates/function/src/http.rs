//! Functions that API Gateway asks: a table of routes, each with the command that answers it.

mod body;
mod json;
mod log;
mod reply;
mod request;
mod route;

pub use body::BadBody;
pub use json::Object;
pub use log::log_fault;
pub use reply::{FilePart, Reply};
pub use request::Request;
pub use route::{Access, Answer, Api, Route};
