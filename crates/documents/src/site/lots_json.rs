//! `lots.json`, schema `hoithi/lots/1`: what a draw came from, once its values may be shown.

use super::{PublishedFile, json_bytes};
use contest::ids::{ContestId, RoundId};
use contest::lots::LotDraw;
use data_encoding::HEXLOWER;
use serde::Serialize;

#[derive(Serialize)]
struct LotsJson<'a> {
    schema: &'static str,
    contest: &'a str,
    round: &'a str,
    /// Opens the commitment of the functions.
    secret: String,
    /// Open those of the witnesses, in their order.
    witnessed: Vec<String>,
    beacon: Option<BeaconJson>,
}

#[derive(Serialize)]
struct BeaconJson {
    round: u64,
    signature: String,
}

pub fn lots_json(contest: &ContestId, round: &RoundId, drawn: &LotDraw) -> PublishedFile {
    let beacon = drawn.beacon.as_ref();
    let json = LotsJson {
        schema: "hoithi/lots/1",
        contest: contest.as_str(),
        round: round.as_str(),
        secret: HEXLOWER.encode(&drawn.secret),
        witnessed: drawn.witnessed.iter().map(|value| HEXLOWER.encode(value)).collect(),
        beacon: beacon.map(|b| BeaconJson { round: b.round, signature: HEXLOWER.encode(&b.signature) }),
    };
    PublishedFile { name: "lots.json", bytes: json_bytes(&json) }
}
