//! For a minute the tables take only half of the writes: who waits as long as the server says, and sends the same
//! again, loses nothing, and the server asks the tables for no more than half as much again.

use contest::time::Timestamp;
use serde_json::json;
use tests::dice::Dice;
use tests::network::Network;
use tests::reply::Reply;
use tests::sheet;
use tests::{Contestant, FIRST, Folder, OPENS, PUBLISHES, START, Stage, crowd, instant};

const PEOPLE: u32 = 20;
const MINUTE: i64 = 60_000;

/// Sends until it is answered; the instant of the answer, and the answer.
async fn insist(
    dice: &mut Dice,
    mut at: Timestamp,
    mut send: impl AsyncFnMut(Timestamp) -> Reply,
) -> (Timestamp, Reply) {
    loop {
        let reply = send(at).await;
        if reply.status != 503 {
            return (at, reply);
        }
        let seconds: i64 = reply.header("retry-after").parse().expect("a refusal for now says how long to wait");
        at = at.plus_millis(seconds * 1_000 + dice.between(0, 1_000));
    }
}

/// One attempt, sent twice; returns its receipt and when that was.
async fn play(dice: &mut Dice, who: &Contestant, begins: Timestamp) -> (Timestamp, String) {
    let (at, started) = insist(dice, begins, async |at| who.at(at).start(FIRST).await).await;
    let started = started.expect(201);
    let sheet = json!({ "answers": sheet::answers(&started["paper"], dice.below(5)) });
    let mut receipts = Vec::new();
    let mut at = at.plus_millis(1_000);
    for _ in 0..2 {
        let accepted;
        (at, accepted) = insist(dice, at, async |at| who.at(at).submit(FIRST, 1, &sheet).await).await;
        receipts.push(accepted.expect(200)["receipt"].as_str().expect("a receipt").to_owned());
    }
    assert_eq!(receipts[0], receipts[1]);
    (at, receipts.swap_remove(0))
}

#[tokio::test(flavor = "multi_thread")]
async fn half_of_the_writes_throttled_for_a_minute_lose_no_acknowledgement() {
    let network = Network::default();
    let mut stage = Stage::on(START, Some(&network)).await;
    stage.add(&Folder::small()).await;
    let people = stage.door.register_all(crowd(PEOPLE)).await;
    let (mut dice, opens) = (Dice::new(34), instant(OPENS));
    let crowd = async {
        let mut receipts = Vec::new();
        for who in &people {
            let begins = opens.plus_millis(dice.between(0, MINUTE / 2));
            let (at, receipt) = play(&mut dice, who, begins).await;
            assert!(at < opens.plus_millis(MINUTE), "{} has waited until {}", who.code, at.rfc3339());
            receipts.push(receipt);
        }
        receipts
    };
    let (receipts, scarcity) = network.scarce(crowd).await;
    assert!(
        scarcity.tries > scarcity.writes && scarcity.writes > 3 * people.len(),
        "{scarcity:?}: nothing was refused"
    );
    assert!(scarcity.tries * 2 <= scarcity.writes * 3, "{scarcity:?}: more than half as many again");

    stage.clock_well(PUBLISHES).await;
    let round = stage.round(FIRST);
    assert_eq!((round.ledger().await.len(), round.verified(&receipts).await), (receipts.len(), Ok(1)));
}
