//! hoithi
fn main() {}
