//! What a version changes against the one before, told from published files alone, so that anyone can tell it again.

use super::WireNumber;
use contest::fraction::Fraction;
use contest::plan::PrizeTier;
use contest::result::{Rank, Totals};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};

/// What the version before says, as far as changes show in it.
#[derive(Debug)]
pub struct VersionBefore {
    results: Results,
    /// By public name.
    ranks: HashMap<String, u64>,
}

#[derive(Debug, Deserialize)]
struct Results {
    totals: Figures,
    #[serde(default)]
    prediction: Option<Actual>,
    winners: Vec<Prize>,
}

#[derive(Debug, Deserialize)]
struct Figures {
    contestants: u64,
    attempts: u64,
    perfect_attempts: u64,
    perfect_contestants: u64,
}

#[derive(Debug, Deserialize)]
struct Actual {
    actual: WireNumber,
}

#[derive(Debug, Deserialize)]
struct Prize {
    contestant: String,
    prize: String,
    amount: u64,
}

impl VersionBefore {
    /// Reads it from its `results.json` and `ranking.csv`.
    ///
    /// # Errors
    /// Where they are not what a version publishes.
    pub fn read(results: &[u8], ranking: &[u8]) -> serde_json::Result<Self> {
        let results = serde_json::from_slice(results)?;
        let malformed = || serde::de::Error::custom("ranking.csv has another form");
        // Rank and public name come first, and hold neither commas nor quotation marks.
        let rank = |line: &str| {
            let (rank, rest) = line.split_once(',')?;
            Some((rest.split(',').next()?.to_owned(), rank.parse().ok()?))
        };
        let text = std::str::from_utf8(ranking).map_err(|_| malformed())?;
        let ranks = text.lines().skip(1).map(rank).collect::<Option<_>>().ok_or_else(malformed)?;
        Ok(Self { results, ranks })
    }
}

/// One change, as `results.json` tells it.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum Change<'a> {
    /// A figure of the round.
    Figure { figure: &'static str, before: u64, after: u64 },
    /// The number that was to be predicted.
    Actual { before: &'a WireNumber, after: WireNumber },
    /// What a person wins.
    Prize { contestant: &'a str, before: Option<PrizeLine<'a>>, after: Option<PrizeLine<'a>> },
    /// How many people have another rank, are ranked now, or are not any more.
    Ranks { moved: u64, entered: u64, left: u64 },
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct PrizeLine<'a> {
    prize: &'a str,
    amount: u64,
}

/// What a version says after it, of a round or of the contest.
pub(super) struct After<'a> {
    pub(super) totals: &'a Totals,
    /// The number that was to be predicted.
    pub(super) actual: Option<Fraction>,
    /// Who wins which individual prize.
    pub(super) winners: Vec<(&'a str, &'a PrizeTier)>,
    /// The rank of everyone ranked.
    pub(super) ranks: Vec<(&'a str, Rank)>,
}

/// Every change against the version before; none in the first version.
pub(super) fn changes<'a>(before: Option<&'a VersionBefore>, after: &After<'a>) -> Vec<Change<'a>> {
    let Some(before) = before else { return Vec::new() };
    let mut changes = figures(&before.results.totals, after.totals);
    if let (Some(before), Some(after)) = (&before.results.prediction, after.actual) {
        let after = WireNumber::of(after);
        if after != before.actual {
            changes.push(Change::Actual { before: &before.actual, after });
        }
    }
    changes.extend(prizes(&before.results.winners, &after.winners));
    changes.extend(ranks(&before.ranks, &after.ranks));
    changes
}

fn figures<'a>(before: &Figures, after: &Totals) -> Vec<Change<'a>> {
    let figures = [
        ("contestants", before.contestants, after.contestants),
        ("attempts", before.attempts, after.attempts),
        ("perfect_attempts", before.perfect_attempts, after.perfect_attempts),
        ("perfect_contestants", before.perfect_contestants, after.perfect_contestants),
    ];
    let changed = figures.into_iter().filter(|(_, before, after)| before != after);
    changed.map(|(figure, before, after)| Change::Figure { figure, before, after }).collect()
}

fn prizes<'a>(before: &'a [Prize], after: &[(&'a str, &'a PrizeTier)]) -> impl Iterator<Item = Change<'a>> {
    let mut people: BTreeMap<&str, [Option<PrizeLine<'a>>; 2]> = BTreeMap::new();
    for Prize { contestant, prize, amount } in before {
        people.entry(contestant).or_default()[0] = Some(PrizeLine { prize, amount: *amount });
    }
    for (contestant, tier) in after {
        people.entry(contestant).or_default()[1] = Some(PrizeLine { prize: &tier.name, amount: tier.amount });
    }
    let changed = people.into_iter().filter(|(_, [before, after])| before != after);
    changed.map(|(contestant, [before, after])| Change::Prize { contestant, before, after })
}

fn ranks<'a>(before: &HashMap<String, u64>, after: &[(&str, Rank)]) -> Option<Change<'a>> {
    let (mut moved, mut entered, mut stayed) = (0, 0, 0);
    for (contestant, rank) in after {
        match before.get(*contestant) {
            Some(before) => {
                stayed += 1;
                moved += u64::from(*before != rank.0);
            }
            None => entered += 1,
        }
    }
    let left = before.len() as u64 - stayed;
    (moved + entered + left > 0).then_some(Change::Ranks { moved, entered, left })
}
