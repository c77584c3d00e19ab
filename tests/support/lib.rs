//! Support for the integration tests: a small contest, a stage on which it is played through the real
//! functions, and readers for what comes out.
//!
//! Everything here stops the test with a sentence when something is not as it must be, so that the
//! tests themselves say only what they are about.

pub mod beacon;
pub mod contestant;
pub mod dice;
pub mod door;
pub mod folder;
pub mod fuzzing;
pub mod golden;
pub mod network;
pub mod reply;
pub mod round;
pub mod sheet;
pub mod stage;
pub mod storage;
pub mod weakness;
