//! `hoithi invite`: an invitation for an organizer, from whoever has the folder.

use crate::world::data::DataFolder;
use crate::world::{ClockStart, World, WorldOptions};
use anyhow::{Context, ensure};
use documents::words::preview;
use organizer_api::Invite;
use serde_json::{Value, json};
use std::io::Write;
use std::path::Path;

/// Prints the code of an invitation: of the program that serves the folder, or, where none does, of the folder itself.
///
/// # Errors
/// Where the folder cannot be opened, or there is no such role.
pub async fn invite(data: &Path, role: String, contest: Option<String>) -> anyhow::Result<()> {
    ensure!(data.is_dir(), preview::NO_DATA_FOLDER);
    let asked = json!({ "role": &role, "contest": &contest });
    let code = match DataFolder::address_in(data) {
        Some(address) => match ask(address, asked).await? {
            Some(code) => code,
            None => open_and_invite(data, role, contest).await?,
        },
        None => open_and_invite(data, role, contest).await?,
    };
    writeln!(std::io::stdout().lock(), "{code}")?;
    Ok(())
}

/// Asks a running program; none where nobody answers.
async fn ask(address: String, asked: Value) -> anyhow::Result<Option<String>> {
    let send = move || -> anyhow::Result<Option<String>> {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let sent = agent.post(format!("{address}/_local/invite")).content_type("application/json");
        let Ok(mut reply) = sent.send(asked.to_string()) else { return Ok(None) };
        let told: Value = serde_json::from_slice(&reply.body_mut().read_to_vec()?)?;
        ensure!(reply.status() == 200, "{}", told["detail"].as_str().unwrap_or("no answer"));
        Ok(Some(told["code"].as_str().context("the answer has no code")?.to_owned()))
    };
    tokio::task::spawn_blocking(send).await?
}

async fn open_and_invite(data: &Path, role: String, contest: Option<String>) -> anyhow::Result<String> {
    let options = WorldOptions { data: Some(data.to_owned()), clock: ClockStart::Kept, ..WorldOptions::default() };
    let world = World::start(options).await?;
    let invite = Invite { name: String::new(), role, scope: contest.unwrap_or_else(|| "*".to_owned()) };
    let invited = world.functions.invite(&invite, world.clock.now()).await;
    world.stop().await;
    Ok(invited?.code)
}
