//! close-round
fn main() {}
