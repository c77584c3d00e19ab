//! Tests of the whole, in one binary so that the workspace is linked once.

mod http;
mod publishing;
mod schedules;
mod tidy;
mod uploads;
