//! Rebuilds the program when what it embeds changes; the embedding macro alone would not notice.

fn main() {
    println!("cargo::rerun-if-changed=../../static-site");
    println!("cargo::rerun-if-changed=../../contests");
}
