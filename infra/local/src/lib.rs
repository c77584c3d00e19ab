//! A whole contest platform on this machine: the functions that deploy to Lambda, behind a local
//! gateway, on embedded DynamoDB and S3, with a local scheduler and a clock that can be set.
//!
//! Everything speaks to everything as on AWS: the functions through AWS clients over loopback, the
//! gateway and the buckets to the functions through the events that AWS would send. No rule of a
//! contest stands here.
//!
//! The order of reading: [`world`] (what is started and how it hangs together, what visitors reach, what
//! happens by itself), [`engines`] (what AWS provides), [`play`] (contests in simulated time), [`commands`].

pub mod commands;
pub mod engines;
pub mod play;
pub mod world;
