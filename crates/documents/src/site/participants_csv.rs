//! `participants.csv`: everyone on the ledger, with what ranking must know of them besides their sheets.

use super::{PublishedFile, RoundVersion, csv_bytes};
use contest::plan::RankingKey;
use contest::result::Person;
use std::collections::BTreeMap;

const HEADER: [&str; 4] = ["contestant", "ranked", "won_before", "registered_at"];

/// Writes the file, by pseudonym.
pub fn participants_csv(version: &RoundVersion<'_>) -> PublishedFile {
    let input = &version.input;
    // Telling when somebody registered tells something of who it is: only where it orders people.
    let compared = input.rules.ranking.order.contains(&RankingKey::RegisteredAt);
    let people: BTreeMap<&str, &Person> = input
        .attempts
        .iter()
        .map(|attempt| attempt.person.of(input.people))
        .map(|person| (person.pseudonym.as_str(), person))
        .collect();
    let rows = people.into_iter().map(|(pseudonym, person)| {
        let registered_at = if compared { person.registered_at.rfc3339() } else { String::new() };
        [pseudonym.to_owned(), person.ranked.to_string(), person.won_before.to_string(), registered_at]
    });
    PublishedFile { name: "participants.csv", bytes: csv_bytes(&HEADER, rows) }
}
