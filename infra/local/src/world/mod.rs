//! Everything at once: engines, functions, gateway and clock in one process. `serve`, `replay` and
//! the integration tests all start this same world.

pub mod clock;
pub mod data;
pub mod decide;
pub mod functions;
pub mod gateway;
pub mod in_flight;
mod redelivery;
pub mod scheduler_run;
pub mod site;
pub mod upload;

use crate::engines::clients;
use crate::engines::s3::{Delivery, SharedObjects, Told};
use crate::engines::schedules::Schedules;
use crate::engines::secrets::{self, Secret};
use crate::engines::task;
use crate::engines::{Server, StopSignal, StopSwitch, bind, dynamodb, s3, scheduler, stop_switch};
use anyhow::Context;
use clock::{Clock, machine_time};
use contest::time::Timestamp;
use data::DataFolder;
use documents::words::program as words;
use functions::{Addresses, Book, Functions, Printer};
use gateway::Gateway;
use in_flight::InFlight;
use scheduler_run::{Call, SchedulerRun};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use store::wakeup::Wakeup;
use store::{Endpoints, Sdk, SharedHttpClient, https_client};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// How often due schedules are looked for.
const TICK: Duration = Duration::from_millis(200);

/// How often the sweep runs, in real time.
const SWEEP_EVERY: Duration = Duration::from_secs(5 * 60);

/// How often it is looked whether the function that counts while rounds are open is to be woken, in real time: the clock
/// may have been moved on meanwhile.
const WATCH_TICK: Duration = Duration::from_secs(1);

#[derive(Clone, Copy, Debug)]
pub enum ClockStart {
    /// Ticks: from this instant, or from where `data` kept it, or from the machine's time. Never set back: a
    /// world does not start before the instant at which its folder stands.
    Ticking(Option<Timestamp>),
    /// Stands still at this instant until it is set. Nothing happens in the background then.
    Frozen(Timestamp),
    /// Stands still where `data` kept it.
    Kept,
}

/// How a world starts. By default in memory, on free ports, with a ticking clock.
#[derive(Clone, Debug)]
pub struct WorldOptions {
    /// Where the gateway listens.
    pub listen: SocketAddr,
    pub s3_listen: SocketAddr,
    pub dynamodb_listen: SocketAddr,
    /// Where everything is kept; in memory and a temporary folder without one.
    pub data: Option<PathBuf>,
    pub clock: ClockStart,
    /// The deployment's secret; one that stands in `data` comes first, and where none is given one is made.
    pub secret: Option<Secret>,
    /// Where it is noted what the functions do.
    pub book: Arc<Book>,
    /// What carries the functions' calls to the engines; the loopback without one.
    pub network: Option<SharedHttpClient>,
    /// Server of the public beacon for draws.
    pub beacon_url: String,
    /// Where certificates lead; without one, the gateway.
    pub site_url: Option<String>,
    /// Whether whoever sits at this machine is an organizer without factors.
    pub is_demo: bool,
}

impl Default for WorldOptions {
    fn default() -> Self {
        let any_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        Self {
            listen: any_port,
            s3_listen: any_port,
            dynamodb_listen: any_port,
            data: None,
            clock: ClockStart::Ticking(None),
            secret: None,
            book: Arc::default(),
            network: None,
            beacon_url: "https://api.drand.sh".to_owned(),
            site_url: None,
            is_demo: false,
        }
    }
}

pub struct World {
    /// `http://host:port` of the gateway: the page and the API.
    pub http_url: String,
    /// `http://host:port` of S3.
    pub s3_url: String,
    /// `http://host:port` of DynamoDB.
    pub dynamodb_url: String,
    pub clock: Arc<Clock>,
    /// Fires schedules; [`SchedulerRun::advance_to`] is what `POST /_local/clock` does.
    pub scheduler_run: Arc<SchedulerRun>,
    /// What the scheduler keeps.
    pub schedules: Arc<Schedules>,
    pub functions: Functions,
    /// The functions' AWS clients.
    pub sdk: Sdk,
    /// An S3 client without time limits, for uploads that wait for their import.
    pub s3: aws_sdk_s3::Client,
    /// What stands in the buckets.
    pub objects: SharedObjects,
    pub dynamodb: aws_sdk_dynamodb::Client,
    gateway: Arc<Gateway>,
    in_flight: Arc<InFlight>,
    data: Option<Arc<DataFolder>>,
    background: Vec<JoinHandle<()>>,
    importer: JoinHandle<()>,
    front: Server,
    engines: Vec<Server>,
    front_stop: StopSwitch,
    engines_stop: StopSwitch,
}

impl World {
    /// Starts everything; when this returns, everything answers.
    ///
    /// # Errors
    /// Where a port is taken, the data folder is in use, or a function cannot start.
    pub async fn start(options: WorldOptions) -> anyhow::Result<Self> {
        let data = options.data.as_deref().map(DataFolder::open).transpose()?.map(Arc::new);
        let clock = Arc::new(start_clock(options.clock, data.as_deref())?);
        let front_listener = bind(options.listen).await?;
        let (engines_stop, stop) = stop_switch();
        let engines = Engines::start(&options, data.as_deref(), &clock, stop).await?;
        let sdk = Sdk::at(&engines.endpoints, options.network.clone().unwrap_or_else(https_client));
        let gateway_url = format!("http://{}", front_listener.local_addr()?);
        let site = options.site_url.as_deref().unwrap_or(&gateway_url);
        let addresses = Addresses { beacon: &options.beacon_url, site };
        let functions = Functions::start(&sdk, addresses, engines.printer, Arc::clone(&options.book))
            .await
            .context("a function cannot start")?;
        let importer = task::spawn(functions.clone().import_all(Arc::clone(&clock), engines.uploads));

        let in_flight = Arc::new(InFlight::default());
        let woken = functions.clone();
        let call: Call = Box::new(move |schedule, now| Box::pin(woken.clone().wake(schedule.clone(), now)));
        let schedules = engines.schedules;
        let scheduler_run = SchedulerRun::new(Arc::clone(&clock), Arc::clone(&schedules), Arc::clone(&in_flight), call);
        let scheduler_run = Arc::new(scheduler_run.kept_in(data.clone()));
        let gateway = Arc::new(Gateway::new(gateway::Parts {
            functions: functions.clone(),
            clock: Arc::clone(&clock),
            in_flight: Arc::clone(&in_flight),
            scheduler_run: Arc::clone(&scheduler_run),
            s3: engines.s3.clone(),
            is_demo: options.is_demo,
        }));
        if let Some(data) = &data {
            data.mark_whole()?;
            data.tell_address(&gateway_url)?;
        }
        redelivery::deliver_unreported(&engines.s3, &engines.objects).await?;
        let (front_stop, stop) = stop_switch();
        let front = Server::start(front_listener, gateway::router(Arc::clone(&gateway)), stop)?;

        let mut world = Self {
            http_url: front.url(),
            s3_url: engines.endpoints.s3,
            dynamodb_url: engines.endpoints.dynamodb,
            clock,
            scheduler_run,
            schedules,
            functions,
            sdk,
            s3: engines.s3,
            objects: engines.objects,
            dynamodb: engines.dynamodb,
            gateway,
            in_flight,
            data,
            background: Vec::new(),
            importer,
            front,
            engines: engines.servers,
            front_stop,
            engines_stop,
        };
        if matches!(options.clock, ClockStart::Ticking(_)) {
            world.run_in_background();
        }
        Ok(world)
    }

    /// The gateway, for callers in this process.
    pub fn front_door(&self) -> Arc<Gateway> {
        Arc::clone(&self.gateway)
    }

    /// Lets a frozen clock tick from where it stands, and fires in real time from now on.
    ///
    /// # Errors
    /// Where `--data` cannot keep the clock.
    pub fn go_live(&mut self) -> anyhow::Result<()> {
        self.clock.start_ticking();
        if let Some(data) = &self.data {
            data.keep_clock(self.clock.now())?;
        }
        self.run_in_background();
        Ok(())
    }

    /// Closes and publishes whatever is due and has no schedule any more.
    pub async fn sweep(&self) -> anyhow::Result<String> {
        sweep(&self.functions, &self.scheduler_run, &self.in_flight, &self.clock).await
    }

    /// Stops everything: first the front door, then what works behind it, then the engines.
    pub async fn stop(self) {
        self.front_stop.stop();
        self.front.finish().await;
        // A run under way is finished, so that no function is cut off.
        self.scheduler_run.in_turn(async { self.background.iter().for_each(JoinHandle::abort) }).await;
        self.engines_stop.stop();
        for engine in self.engines {
            engine.finish().await;
        }
        self.importer.abort();
    }

    fn run_in_background(&mut self) {
        let scheduler_run = Arc::clone(&self.scheduler_run);
        self.background.push(task::spawn(async move {
            loop {
                scheduler_run.fire_due().await;
                tokio::time::sleep(TICK).await;
            }
        }));
        let (functions, scheduler_run) = (self.functions.clone(), Arc::clone(&self.scheduler_run));
        let (in_flight, clock) = (Arc::clone(&self.in_flight), Arc::clone(&self.clock));
        self.background.push(task::spawn(async move {
            loop {
                match sweep(&functions, &scheduler_run, &in_flight, &clock).await {
                    Ok(summary) => tracing::debug!("swept: {summary}"),
                    Err(error) => tracing::error!("the sweep failed: {error:#}"),
                }
                tokio::time::sleep(SWEEP_EVERY).await;
            }
        }));
        self.background.push(task::spawn(watch(self.functions.clone(), Arc::clone(&self.clock))));
    }
}

/// What AWS provides, running.
struct Engines {
    servers: Vec<Server>,
    endpoints: Endpoints,
    dynamodb: aws_sdk_dynamodb::Client,
    s3: aws_sdk_s3::Client,
    schedules: Arc<Schedules>,
    objects: SharedObjects,
    uploads: mpsc::UnboundedReceiver<Delivery>,
    printer: Printer,
}

impl Engines {
    async fn start(
        options: &WorldOptions,
        data: Option<&DataFolder>,
        clock: &Arc<Clock>,
        stop: StopSignal,
    ) -> anyhow::Result<Self> {
        let database = data.map(DataFolder::database);
        let dynamodb_server = dynamodb::start(bind(options.dynamodb_listen).await?, database.as_deref(), stop.clone())?;
        let dynamodb = clients::dynamodb(&dynamodb_server.url());
        dynamodb::create_tables(&dynamodb).await?;

        let (events, uploads) = mpsc::unbounded_channel();
        let ((moves, moved), (wishes, wished)) = (mpsc::unbounded_channel(), mpsc::unbounded_channel());
        let told = Told { moved: moves, wished: wishes };
        let objects = SharedObjects::open(data.map(DataFolder::objects).as_deref(), events, told)?;
        let s3_server = s3::start(bind(options.s3_listen).await?, objects.clone(), stop.clone())?;

        let schedules = Arc::new(Schedules::load(dynamodb.clone()).await?);
        let secret = match (&options.secret, data) {
            (given, Some(data)) => Secret::kept_in(&data.secret(), given.as_ref())?,
            (Some(given), None) => given.clone(),
            (None, None) => Secret::random()?,
        };
        let control = scheduler::router(Arc::clone(&schedules), Arc::clone(clock)).merge(secrets::router(secret));
        let control = Server::start(bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?, control, stop)?;
        let endpoints = Endpoints {
            dynamodb: dynamodb_server.url(),
            s3: s3_server.url(),
            scheduler: control.url(),
            secrets: control.url(),
        };
        let s3 = clients::s3(&endpoints.s3);
        let servers = vec![control, s3_server, dynamodb_server];
        Ok(Self { servers, endpoints, dynamodb, s3, schedules, objects, uploads, printer: Printer { moved, wished } })
    }
}

/// Closes, publishes and erases whatever is due and has no schedule any more.
pub(crate) async fn sweep(
    functions: &Functions,
    scheduler_run: &SchedulerRun,
    in_flight: &InFlight,
    clock: &Clock,
) -> anyhow::Result<String> {
    scheduler_run
        .in_turn(async {
            // A sweep may close a round: a request that came before it is answered first.
            in_flight.drain(clock).await;
            functions.sweep(clock.now()).await
        })
        .await
}

/// Wakes the function that counts while rounds are open every quarter of an hour of the world's clock.
async fn watch(functions: Functions, clock: Arc<Clock>) {
    let mut last: Option<Timestamp> = None;
    loop {
        let now = clock.now();
        if last.is_none_or(|last| now >= last.plus_millis(contest::watch::due::EVERY_MS)) {
            last = Some(now);
            match functions.watch(Wakeup::for_sweep(), now).await {
                Ok(summary) => tracing::debug!("watched: {summary}"),
                Err(error) => tracing::error!("rounds under way cannot be counted: {error:#}"),
            }
        }
        tokio::time::sleep(WATCH_TICK).await;
    }
}

fn start_clock(start: ClockStart, data: Option<&DataFolder>) -> anyhow::Result<Clock> {
    let kept = data.map(DataFolder::kept_clock).transpose()?.flatten();
    let from = match (start, kept) {
        (ClockStart::Ticking(Some(wanted)), Some(kept)) if wanted < kept => {
            anyhow::bail!(words::clock_was_later(wanted, kept))
        }
        (ClockStart::Frozen(at) | ClockStart::Ticking(Some(at)), _) | (ClockStart::Ticking(None), Some(at)) => at,
        (ClockStart::Kept, Some(at)) => at,
        (ClockStart::Kept, None) => anyhow::bail!(documents::words::preview::NO_DATA_FOLDER),
        (ClockStart::Ticking(None), None) => machine_time(),
    };
    if let Some(data) = data {
        data.keep_clock(from)?;
    }
    Ok(match start {
        ClockStart::Frozen(_) | ClockStart::Kept => Clock::frozen_at(from),
        ClockStart::Ticking(_) => Clock::ticking_from(from),
    })
}
