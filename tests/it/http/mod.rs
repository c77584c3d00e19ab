//! The contestants' API through the gateway: real events, real engines.

mod corrections;
mod ended_sessions;
mod full_disk;
mod own_data;
mod registering;
mod replies;
mod reset_slips;
mod roster;
mod sessions;
mod sheets;
mod signing_in;
mod starting;
mod throttles;
mod wrong_bodies;

use tests::{Contestant, FIRST, Folder, Form, OPENS, Stage, person};

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
