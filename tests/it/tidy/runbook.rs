//! The runbook's figures are those by which a round is refused.

use super::tree::read;
use contest::load::Load;
use documents::words::format::grouped;
use std::fmt::Write;

/// Sizes that administrators meet, with what they are.
const SIZES: [(u64, &str); 5] = [
    (6_771, " (a week of a province)"),
    (75_594, " (a week of a large one)"),
    (291_971, " (a week of the nation)"),
    (1_000_000, ""),
    (10_000_000, ""),
];

#[test]
fn the_table_of_loads_is_made_by_the_function_that_refuses() {
    let mut table = String::new();
    for (attempts, what) in SIZES {
        let load = Load::of(attempts);
        let [attempts, requests, concurrency, writes, reads] =
            [attempts, load.requests, load.concurrency, load.writes, load.reads].map(english);
        let beyond = load.beyond(Load::BY_DEFAULT).into_iter();
        let raise: Vec<String> = beyond.map(|(limit, needed, _)| format!("`{}` {needed}", limit.parameter())).collect();
        let raise = if raise.is_empty() { "nothing".to_owned() } else { raise.join(", ") };
        writeln!(table, "| {attempts}{what} | {requests} | {concurrency} | {writes} | {reads} | {raise} |")
            .expect("a text takes everything");
    }
    assert!(read("docs/RUNBOOK.md").contains(&table), "docs/RUNBOOK.md has another table than\n{table}");
}

fn english(number: u64) -> String {
    grouped(number).replace('.', ",")
}
