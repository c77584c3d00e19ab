//! A whole contest platform on this machine: the functions that deploy to Lambda, behind a local
//! gateway, on embedded DynamoDB and S3, with a local scheduler and a clock that can be set.
//!
//! Everything speaks to everything as on AWS: the functions through AWS clients over loopback, the
//! gateway and the buckets to the functions through the events that AWS would send. No rule of a
//! contest stands here.
//!
//! The order of reading: [`world`] (what is started and how it hangs together), [`engines`] (what AWS
//! provides), [`gateway`] and [`site`] (what visitors reach), [`clock`], [`schedules`] and [`firing`]
//! (what happens by itself), [`play`], [`demo`] and [`replay`] (contests in simulated time).

pub mod check;
pub mod cli;
pub mod clients;
pub mod clock;
pub mod data;
pub mod demo;
pub mod engines;
pub mod firing;
pub mod functions;
pub mod gateway;
pub mod in_flight;
pub mod log;
pub mod play;
mod progress;
mod redelivery;
pub mod replay;
pub mod schedules;
pub mod serve;
pub mod site;
mod task;
pub mod upload;
pub mod verify;
pub mod world;
