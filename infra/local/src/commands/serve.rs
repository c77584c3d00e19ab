//! `hoithi serve`: a world that stays.

use super::demo;
use crate::play::advance;
use crate::world::clock::machine_time;
use crate::world::site;
use crate::world::upload::ContestFolder;
use crate::world::{ClockStart, World, WorldOptions};
use anyhow::Context;
use contest::time::Timestamp;
use documents::words::program as words;
use organizer_api::{DemoPerson, Invite};
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use tokio::signal::unix::{SignalKind, signal};

#[derive(Clone, Debug)]
pub struct Serve {
    /// Where the gateway listens.
    pub listen: SocketAddr,
    pub s3_listen: SocketAddr,
    pub dynamodb_listen: SocketAddr,
    /// Where everything is kept. Without it the demo is played.
    pub data: Option<PathBuf>,
    /// Where the clock starts.
    pub clock: Option<Timestamp>,
    /// Contest folders to upload.
    pub contests: Option<PathBuf>,
}

/// Serves until Ctrl-C or SIGTERM.
pub async fn serve(serve: Serve) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let is_demo = serve.data.is_none();
    let world = tokio::select! {
        world = start(serve) => world?,
        _ = terminate.recv() => return Ok(()),
        _ = interrupt.recv() => return Ok(()),
    };
    announce(&world)?;
    if is_demo {
        for person in DemoPerson::ALL {
            world.functions.open_demo(person, world.clock.now()).await?;
        }
        writeln!(std::io::stderr().lock(), "{}", words::demo_console(&world.http_url))?;
    } else {
        invite_the_first(&world).await?;
    }
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping");
    world.stop().await;
    Ok(())
}

async fn start(serve: Serve) -> anyhow::Result<World> {
    let folders = serve.contests.as_deref().map(ContestFolder::read_all).transpose()?;
    let options = WorldOptions {
        listen: serve.listen,
        s3_listen: serve.s3_listen,
        dynamodb_listen: serve.dynamodb_listen,
        data: serve.data.clone(),
        clock: ClockStart::Ticking(serve.clock),
        is_demo: serve.data.is_none(),
        ..WorldOptions::default()
    };
    if serve.data.is_some() {
        let world = deployed(options).await?;
        for folder in folders.unwrap_or_default() {
            tracing::info!("uploading {}", folder.id);
            for rejection in folder.upload(&world.s3).await? {
                tracing::warn!("rejected: {rejection}");
            }
        }
        world.scheduler_run.fire_due().await;
        return Ok(world);
    }
    let folders = folders.map_or_else(ContestFolder::samples, Ok)?;
    let until = serve.clock.unwrap_or_else(machine_time);
    let begins = demo::begins(&folders, until)?;
    let mut world = deployed(WorldOptions { clock: ClockStart::Frozen(begins), ..options }).await?;
    demo::play(&world, folders, until).await.context("the demo cannot be played")?;
    if serve.clock.is_none() {
        // Playing took a while, in which real time went on.
        advance(&world, machine_time()).await?;
    }
    world.go_live()?;
    Ok(world)
}

/// Where nobody has an account yet, whoever reads the log may make the first.
async fn invite_the_first(world: &World) -> anyhow::Result<()> {
    if !world.functions.organizer_api.has_anybody().await? {
        let invite = Invite { name: String::new(), role: "lead".to_owned(), scope: "*".to_owned() };
        let invited = world.functions.invite(&invite, world.clock.now()).await?;
        let line = words::first_invitation(&world.http_url, &invited.code);
        writeln!(std::io::stderr().lock(), "{line}")?;
    }
    Ok(())
}

/// A world with the page in its bucket.
async fn deployed(options: WorldOptions) -> anyhow::Result<World> {
    let world = World::start(options).await?;
    site::deploy(&world.s3).await?;
    Ok(world)
}

/// The one line on standard output; everything else is a log on standard error.
fn announce(world: &World) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "ready {} s3={} dynamodb={}", world.http_url, world.s3_url, world.dynamodb_url)?;
    out.flush()?;
    Ok(())
}
