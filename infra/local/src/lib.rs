//! A whole contest platform on this machine: the functions that deploy to Lambda, behind a local
//! gateway, on embedded DynamoDB and S3, with a local scheduler and a clock that can be set.
//!
//! Everything speaks to everything as on AWS: the functions through AWS clients over loopback, the
//! gateway and the buckets to the functions through the events that AWS would send. No rule of a
//! contest stands here.

pub mod clients;
pub mod clock;
pub mod engines;
pub mod firing;
pub mod in_flight;
pub mod schedules;
