//! Support for the integration tests: a small contest, a stage on which it is played through the real
//! functions, and readers for what comes out.
//!
//! Everything here stops the test with a sentence when something is not as it must be, so that the
//! tests themselves say only what they are about.

mod authenticator;
pub mod beacon;
mod contestant;
pub mod dice;
mod door;
mod folder;
pub mod fuzzing;
pub mod golden;
pub mod logbook;
pub mod network;
pub mod pdf;
pub mod reply;
mod round;
pub mod sheet;
mod staff;
mod stage;
pub mod storage;
pub mod weakness;

pub use authenticator::Authenticator;
pub use contestant::{Contestant, Form, Play, SECRET, crowd, person};
pub use door::{Door, Instant, at_once, instant};
pub use folder::*;
pub use round::Round;
pub use staff::{STAFF_SECRET, Staff, code_of};
pub use stage::{SITE, START, Stage};
