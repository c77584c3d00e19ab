//! import-upload
fn main() {}
