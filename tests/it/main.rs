//! Tests of the whole, in one binary so that the workspace is linked once.

mod attempts;
mod calls;
mod console;
mod corpus;
mod crashes;
mod deployed;
mod erased;
mod faults;
mod http;
mod load;
mod logs;
mod objects;
mod published_key;
mod publishing;
mod restore;
mod schedules;
mod served;
mod simulation;
mod spread;
mod template;
mod templates;
mod throttling;
mod tidy;
mod uploads;
mod verifying;
mod watching;
