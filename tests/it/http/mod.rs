//! The contestants' API through the gateway: real events, real engines.

mod full_disk;
mod own_data;
mod registering;
mod replies;
mod roster;
mod sessions;
mod sheets;
mod signing_in;
mod starting;
mod throttles;
mod wrong_bodies;

use tests::contestant::{Contestant, Form, person};
use tests::folder::{FIRST, Folder};
use tests::stage::Stage;

/// The first opening of the small contest.
const OPENS: &str = "2026-03-02T08:00:00+07:00";

/// The end of its first round.
const CLOSES: &str = "2026-03-08T16:00:00+07:00";

/// Somebody whom every rule of the small contest admits.
fn anybody() -> Form {
    person(1, "Nguyễn Văn An", "bac")
}

/// The small contest with one contestant, its first round open since a moment.
async fn open_stage(folder: &Folder) -> (Stage, Contestant) {
    let stage = Stage::with(folder).await;
    let contestant = stage.door.register(&anybody()).await;
    stage.clock_well(OPENS).await;
    (stage, contestant)
}

/// The contestant's first attempt of the first round, started now.
async fn started(contestant: &Contestant) -> serde_json::Value {
    contestant.start(FIRST).await.expect(201)
}
