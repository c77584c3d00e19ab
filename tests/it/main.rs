//! Tests of the whole, in one binary so that the workspace is linked once.

mod deployed;
mod http;
mod publishing;
mod schedules;
mod template;
mod tidy;
mod uploads;
