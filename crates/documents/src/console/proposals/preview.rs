//! `hoithi/proposal-preview/1`: what a proposal would change, in codes and public names. The same inputs make the same bytes.

use crate::site::json_bytes;
use contest::edition::Status;
use contest::ids::ProposalId;
use contest::moved::{MovedPrize, MovedRank};
use contest::result::Rank;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Display;

const SCHEMA: &str = "hoithi/proposal-preview/1";

/// A round that would have another version, or the contest as a whole.
#[derive(Clone, Debug)]
pub struct TriedRound {
    pub round: String,
    /// The newest version now.
    pub version: u32,
    /// The one that would be the newest.
    pub then: u32,
    pub status: Status,
    pub reason: Option<String>,
    /// Whether nothing is decided about it, and others win in it because others won before.
    pub follows: bool,
    /// `results.json` of that version, with its changes.
    pub results: Vec<u8>,
    /// Whose ranks move: those who stand highest, before or then.
    pub moved: Vec<MovedRank>,
    /// Units whose prizes pass.
    pub collective: Vec<MovedPrize>,
    /// Codes of those of whom this tells, and of those whom the decisions are about, by public name.
    pub codes: BTreeMap<String, String>,
}

/// What decisions would change.
#[derive(Debug, Serialize)]
pub struct DecisionsPreview {
    schema: &'static str,
    contest: String,
    proposal: String,
    kind: &'static str,
    inputs: Value,
    /// Sentences: why they cannot be taken.
    refused: Vec<String>,
    prizes: Vec<PrizeMove>,
    /// All individual prizes of these rounds.
    sum: BeforeAfter<u64>,
    ranks: Ranks,
    actual: Option<BeforeAfter<Value>>,
    rounds: Vec<RoundPreview>,
    codes: BTreeMap<String, String>,
}

/// A prize that passes from one to another.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct PrizeMove {
    round: String,
    tier: String,
    /// Public name; none for a prize that nobody had.
    from: Option<String>,
    /// Public name; none for a prize that nobody has then.
    to: Option<String>,
    amount: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct BeforeAfter<T> {
    before: T,
    after: T,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
struct Ranks {
    moved: u64,
    entered: u64,
    left: u64,
}

#[derive(Debug, Serialize)]
struct RoundPreview {
    round: String,
    version: u32,
    then: u32,
    status: &'static str,
    reason: Option<String>,
    follows: bool,
    ranks: Ranks,
    /// What was to be predicted; none in a contest without a prediction.
    target: Option<String>,
    actual: Option<BeforeAfter<Value>>,
    figures: Vec<Figure>,
    /// Those who stand highest among whose rank moves.
    moved: Vec<RankMove>,
    collective: Vec<UnitPrizeMove>,
}

#[derive(Debug, Serialize)]
struct RankMove {
    /// Public name.
    contestant: String,
    /// None for somebody who is not ranked.
    before: Option<u64>,
    after: Option<u64>,
}

/// A unit with another prize.
#[derive(Debug, Serialize)]
struct UnitPrizeMove {
    competition: String,
    unit: String,
    before: Option<String>,
    after: Option<String>,
}

#[derive(Debug, Serialize)]
struct Figure {
    figure: String,
    before: u64,
    after: u64,
}

#[derive(Deserialize)]
struct Results {
    #[serde(default)]
    prediction: Option<Predicted>,
    winners: Vec<Winner>,
    changes: Vec<Change>,
}

#[derive(Deserialize)]
struct Predicted {
    target: String,
}

#[derive(Deserialize)]
struct Winner {
    amount: u64,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Change {
    Figure { figure: String, before: u64, after: u64 },
    Actual { before: Value, after: Value },
    Prize { contestant: String, before: Option<Prize>, after: Option<Prize> },
    Ranks { moved: u64, entered: u64, left: u64 },
}

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Prize {
    amount: u64,
    prize: String,
}

impl DecisionsPreview {
    /// Reads the changes of every round that would have another version; none where the decisions are refused.
    ///
    /// # Errors
    /// Where `results` are not what a version publishes.
    pub fn of(
        (contest, proposal): (&impl Display, &ProposalId),
        inputs: Value,
        refused: Vec<String>,
        tried: Vec<TriedRound>,
    ) -> serde_json::Result<Self> {
        let mut preview = Self {
            schema: SCHEMA,
            contest: contest.to_string(),
            proposal: proposal.to_string(),
            kind: "decisions",
            inputs,
            refused,
            prizes: Vec::new(),
            sum: BeforeAfter { before: 0, after: 0 },
            ranks: Ranks::default(),
            actual: None,
            rounds: Vec::new(),
            codes: BTreeMap::new(),
        };
        for round in tried {
            preview.add(round)?;
        }
        Ok(preview)
    }

    /// The bytes that an approval names.
    pub fn to_json(&self) -> Vec<u8> {
        json_bytes(self)
    }

    fn add(&mut self, tried: TriedRound) -> serde_json::Result<()> {
        let Results { prediction, winners, changes } = serde_json::from_slice(&tried.results)?;
        let TriedRound { round, version, then, status, reason, follows, codes, moved, collective, .. } = tried;
        let (mut lost, mut won) = (Vec::new(), Vec::new());
        let mut line = RoundPreview {
            round: round.clone(),
            version,
            then,
            status: status.as_str(),
            reason,
            follows,
            ranks: Ranks::default(),
            target: prediction.map(|prediction| prediction.target),
            actual: None,
            figures: Vec::new(),
            moved: moved.into_iter().map(RankMove::from).collect(),
            collective: collective.into_iter().map(UnitPrizeMove::from).collect(),
        };
        for change in changes {
            match change {
                Change::Figure { figure, before, after } => line.figures.push(Figure { figure, before, after }),
                Change::Actual { before, after } => line.actual = Some(BeforeAfter { before, after }),
                Change::Prize { contestant, before, after } => {
                    lost.extend(before.map(|prize| (prize, contestant.clone())));
                    won.extend(after.map(|prize| (prize, contestant)));
                }
                Change::Ranks { moved, entered, left } => line.ranks = Ranks { moved, entered, left },
            }
        }
        let total = |prizes: &[(Prize, String)]| prizes.iter().map(|(prize, _)| prize.amount).sum::<u64>();
        let after: u64 = winners.iter().map(|winner| winner.amount).sum();
        self.sum.before += after - total(&won) + total(&lost);
        self.sum.after += after;
        self.prizes.extend(moves(&round, lost, won));
        self.ranks.moved += line.ranks.moved;
        self.ranks.entered += line.ranks.entered;
        self.ranks.left += line.ranks.left;
        self.actual = self.actual.take().or_else(|| line.actual.clone());
        self.rounds.push(line);
        self.codes.extend(codes);
        Ok(())
    }
}

impl From<MovedRank> for RankMove {
    fn from(moved: MovedRank) -> Self {
        let rank = |rank: Option<Rank>| rank.map(|rank| rank.0);
        Self { contestant: moved.pseudonym.to_string(), before: rank(moved.before), after: rank(moved.after) }
    }
}

impl From<MovedPrize> for UnitPrizeMove {
    fn from(MovedPrize { competition, unit, before, after }: MovedPrize) -> Self {
        Self { competition, unit: unit.to_string(), before, after }
    }
}

/// Who loses a prize of a tier beside who gains one of it, the highest amounts first.
fn moves(round: &str, mut lost: Vec<(Prize, String)>, won: Vec<(Prize, String)>) -> Vec<PrizeMove> {
    let of = |prize: Prize, from, to| PrizeMove {
        round: round.to_owned(),
        tier: prize.prize,
        from,
        to,
        amount: prize.amount,
    };
    let mut moves = Vec::new();
    for (prize, to) in won {
        let at = lost.iter().position(|(other, _)| *other == prize);
        let from = at.map(|at| lost.remove(at).1);
        moves.push(of(prize, from, Some(to)));
    }
    moves.extend(lost.into_iter().map(|(prize, from)| of(prize, Some(from), None)));
    moves.sort_by(|a, b| b.amount.cmp(&a.amount).then_with(|| a.tier.cmp(&b.tier)));
    moves
}

/// What decisions were tried against.
pub fn inputs_json(state: u64, rounds: &BTreeMap<String, u32>, overall: u32) -> Value {
    json!({ "state": state, "rounds": rounds, "overall": overall })
}

/// What a proposal of another kind would change: what stands there, and what would.
#[derive(Debug, Serialize)]
pub struct PlainPreview {
    schema: &'static str,
    contest: String,
    proposal: String,
    kind: &'static str,
    inputs: Value,
    before: Value,
    after: Value,
}

impl PlainPreview {
    /// Of a kind, against `inputs`.
    pub fn of(
        (contest, proposal): (&impl Display, &ProposalId),
        kind: &'static str,
        inputs: Value,
        (before, after): (Value, Value),
    ) -> Self {
        let (contest, proposal) = (contest.to_string(), proposal.to_string());
        Self { schema: SCHEMA, contest, proposal, kind, inputs, before, after }
    }

    /// The bytes that an approval names.
    pub fn to_json(&self) -> Vec<u8> {
        json_bytes(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prize(name: &str, amount: u64, who: &str) -> (Prize, String) {
        (Prize { amount, prize: name.to_owned() }, who.to_owned())
    }

    #[test]
    fn a_prize_passes_from_one_to_another() {
        let lost = vec![prize("Nhất", 10, "an"), prize("Nhì", 5, "binh"), prize("Ba", 1, "chi")];
        let won = vec![prize("Nhì", 5, "dung"), prize("Nhất", 10, "binh"), prize("Tư", 0, "em")];
        let told: Vec<String> = moves("tuan-1", lost, won)
            .into_iter()
            .map(|of| format!("{} {:?} {:?} {}", of.tier, of.from.as_deref(), of.to.as_deref(), of.amount))
            .collect();
        let expected = [
            "Nhất Some(\"an\") Some(\"binh\") 10",
            "Nhì Some(\"binh\") Some(\"dung\") 5",
            "Ba Some(\"chi\") None 1",
            "Tư None Some(\"em\") 0",
        ];
        assert_eq!(told, expected);
    }
}
