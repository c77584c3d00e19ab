//! Rebuilds the program when what it embeds changes; the embedding macro alone would not notice.

#[expect(clippy::print_stdout, reason = "this is how a build script speaks to cargo")]
fn main() {
    println!("cargo::rerun-if-changed=../../static-site");
    println!("cargo::rerun-if-changed=../../contests");
}
