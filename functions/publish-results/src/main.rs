//! publish-results
fn main() {}
