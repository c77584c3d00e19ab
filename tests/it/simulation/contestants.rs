//! People on bad networks: what their page does with lost requests and lost replies, and what they were
//! told in the end.

use super::history::History;
use contest::time::Timestamp;
use serde_json::{Value, json};
use tests::dice::Dice;
use tests::reply::Reply;
use tests::sheet;
use tests::{Contestant, FIRST};

/// One contestant's attempt, as the page knows it.
#[derive(Debug)]
pub(super) struct Sitting {
    pub(super) who: usize,
    pub(super) number: u64,
    pub(super) deadline: Timestamp,
    sheet: Value,
    tries: u32,
    pub(super) ending: Ending,
    pub(super) history: History,
}

/// What the contestant was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// Nothing yet.
    Open,
    /// The sheet was accepted; here is the receipt.
    Receipt(String),
    /// The sheet came too late, or never.
    Refused,
}

/// What happens to a request of a contestant.
pub(super) enum Exchange {
    /// The request never arrives.
    LostRequest,
    /// It is carried out, and nobody hears of it.
    LostReply,
    Answered,
}

impl Exchange {
    pub(super) fn thrown(dice: &mut Dice) -> Self {
        match (dice.chance(3), dice.chance(5)) {
            (true, _) => Self::LostRequest,
            (_, true) => Self::LostReply,
            _ => Self::Answered,
        }
    }
}

impl Sitting {
    /// What a reply to a start begins; `None` where there is no attempt.
    pub(super) fn begun(who: usize, reply: &Reply, dice: &mut Dice) -> Option<Self> {
        if !matches!(reply.status, 200 | 201) {
            return None;
        }
        let started = reply.expect(reply.status);
        let ends_at = started["ends_at"].as_str().and_then(Timestamp::parse_rfc3339).expect("an instant");
        let prediction = if dice.chance(8) { json!(dice.below(9)) } else { Value::Null };
        let answers = sheet::answers(&started["paper"], dice.below(5));
        Some(Self {
            who,
            number: started["attempt"].as_u64().expect("a number"),
            deadline: ends_at,
            sheet: json!({ "answers": answers, "prediction": prediction }),
            tries: 0,
            ending: Ending::Open,
            history: History::default(),
        })
    }

    /// Sends the sheet; now and then another one, which must change nothing.
    pub(super) async fn submit(&self, contestant: &Contestant, at: Timestamp, other: bool) -> Reply {
        let mut sheet = self.sheet.clone();
        if other {
            sheet["prediction"] = json!(77);
        }
        contestant.at(at).submit(FIRST, self.number, &sheet).await
    }

    pub(super) async fn ask(&self, contestant: &Contestant, at: Timestamp) -> Reply {
        contestant.at(at).status(FIRST, self.number).await
    }

    /// Takes note of an answer. A receipt never changes and is never taken back.
    pub(super) fn hear(&mut self, reply: &Reply, seed: u64) {
        let told = match reply.status {
            200 | 409 => {
                let body = reply.expect(reply.status);
                match (body["receipt"].as_str(), body["status"].as_str()) {
                    (Some(receipt), _) => Ending::Receipt(receipt.to_owned()),
                    (None, Some("expired")) => Ending::Refused,
                    _ => Ending::Open,
                }
            }
            403 => Ending::Refused,
            503 | 500 => Ending::Open,
            other => panic!("seed {seed}: {other} {}", reply.text()),
        };
        match (&self.ending, &told) {
            (_, Ending::Open) => {}
            (Ending::Open, _) => self.ending = told,
            (before, _) => assert_eq!(*before, told, "seed {seed}: person {} was told two things", self.who),
        }
    }

    /// Milliseconds until the page tries again: jitter over 1, 2, 4, 8 seconds.
    pub(super) fn pause(&mut self, dice: &mut Dice) -> i64 {
        self.tries += 1;
        dice.between(100, 1_000 << self.tries.min(3))
    }
}
