//! The functions that deploy to Lambda, started with the local resources.

use super::clock::Clock;
use crate::engines::s3::Delivery;
use crate::engines::schedules::Schedule;
use crate::engines::secrets::SECRET_ID;
use crate::engines::{ACCOUNT, REGION};
use anyhow::Context;
use aws_lambda_events::event::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use aws_lambda_events::event::s3::S3Event;
use contest::load::Load;
use contest::time::Timestamp;
use documents::console::sessions::{Invited, Opened};
use make_documents::Event;
use organizer_api::{DemoPerson, Invite};
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use store::wakeup::Wakeup;
use store::{Call, Sdk, metered};
use tokio::sync::mpsc;
use tracing::Dispatch;
use tracing::instrument::WithSubscriber;

/// Group in which the functions keep their schedules.
const SCHEDULE_GROUP: &str = "hoithi";

/// How often Lambda calls a function for an event in all, where it keeps failing.
const EVENT_TRIES: u32 = 3;

/// What is noted of the functions, for who wants to know.
#[derive(Debug, Default)]
pub struct Book {
    /// Where they log; where their caller does, where nothing is said.
    pub log: Option<Dispatch>,
    calls: Mutex<BTreeMap<&'static str, BTreeMap<Call, u64>>>,
    undelivered: Mutex<BTreeSet<String>>,
}

impl Book {
    /// An empty one for functions that log here.
    pub fn logging_to(log: Dispatch) -> Self {
        Self { log: Some(log), ..Self::default() }
    }

    /// How often each function has made which call of AWS: what its role has to allow, and what is paid for.
    ///
    /// # Panics
    /// Where somebody panicked while noting a call.
    pub fn calls(&self) -> BTreeMap<&'static str, BTreeMap<Call, u64>> {
        self.calls.lock().expect("nobody panics while noting").clone()
    }

    /// Takes out the names of the schedules, and the keys and versions of the uploads, whose function was called and
    /// has not ended well since.
    ///
    /// # Panics
    /// Where somebody panicked while noting an event.
    pub fn take_undelivered(&self) -> BTreeSet<String> {
        std::mem::take(&mut self.undelivered.lock().expect("nobody panics while noting"))
    }

    async fn delivered<T>(&self, event: String, call: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
        let undelivered = || self.undelivered.lock().expect("nobody panics while noting");
        undelivered().insert(event.clone());
        let outcome = call.await;
        if outcome.is_ok() {
            undelivered().remove(&event);
        }
        outcome
    }
}

/// What functions are told of the world outside.
#[derive(Clone, Copy, Debug)]
pub struct Addresses<'a> {
    /// Server of the public beacon for draws.
    pub beacon: &'a str,
    /// The site that everyone sees.
    pub site: &'a str,
}

/// What wakes the function that makes documents.
#[derive(Debug)]
pub struct Printer {
    /// Pointers that have moved.
    pub moved: mpsc::UnboundedReceiver<S3Event>,
    /// Wishes for certificates.
    pub wished: mpsc::UnboundedReceiver<S3Event>,
}

#[derive(Clone)]
pub struct Functions {
    pub api: Arc<api::App>,
    /// Called when an object lands in `uploads`.
    pub import_upload: Arc<import_upload::App>,
    /// Called by schedules.
    pub close_round: Arc<close_round::App>,
    pub organizer_api: Arc<organizer_api::App>,
    /// Called by schedules.
    pub publish_results: Arc<publish_results::App>,
    /// Called when a pointer has moved, or somebody wishes to have a certificate.
    pub make_documents: Arc<make_documents::App>,
    /// Called every quarter of an hour, and by schedules.
    pub watch_round: Arc<watch_round::App>,
    printer: Arc<Mutex<Printer>>,
    book: Arc<Book>,
}

impl Functions {
    /// Starts all of them, as cold starts do.
    ///
    /// # Errors
    /// What a function says that cannot start.
    pub async fn start(sdk: &Sdk, addresses: Addresses<'_>, printer: Printer, book: Arc<Book>) -> anyhow::Result<Self> {
        let api = noted(&book, "api", api::App::start(api_config(), sdk)).await;
        let import = noted(&book, "import-upload", import_upload::App::start(import_config(), sdk)).await;
        let close = noted(&book, "close-round", close_round::App::start(close_config(addresses.site), sdk)).await;
        let organizers =
            noted(&book, "organizer-api", organizer_api::App::start(organizers_config(addresses.site), sdk)).await;
        let publish =
            noted(&book, "publish-results", publish_results::App::start(publish_config(addresses.beacon), sdk)).await;
        let documents =
            noted(&book, "make-documents", make_documents::App::start(documents_config(addresses.site), sdk)).await;
        Ok(Self {
            api: Arc::new(api.context("api")?),
            import_upload: Arc::new(import.context("import-upload")?),
            close_round: Arc::new(close.context("close-round")?),
            organizer_api: Arc::new(organizers.context("organizer-api")?),
            publish_results: Arc::new(publish.context("publish-results")?),
            make_documents: Arc::new(documents.context("make-documents")?),
            watch_round: Arc::new(watch_round::App::new(watch_config(), sdk)),
            printer: Arc::new(Mutex::new(printer)),
            book,
        })
    }

    /// Answers a contestant's request. Where it leaves a wish, that is fulfilled first: there is no other machine that does
    /// it meanwhile.
    pub async fn answer(self, event: ApiGatewayV2httpRequest) -> ApiGatewayV2httpResponse {
        let now = Timestamp::from_millis(event.request_context.time_epoch);
        let answer = noted(&self.book, "api", self.api.handle(event)).await;
        self.deliver(now, |printer| wished(printer.wished.try_recv().ok()?)).await;
        answer
    }

    /// Answers an organizer's request.
    pub async fn answer_organizer(self, event: ApiGatewayV2httpRequest) -> ApiGatewayV2httpResponse {
        noted(&self.book, "organizer-api", self.organizer_api.answer(event)).await
    }

    /// Invites an organizer without an inviter, as `aws lambda invoke` does.
    pub async fn invite(&self, invite: &Invite, now: Timestamp) -> anyhow::Result<Invited> {
        noted(&self.book, "organizer-api", self.organizer_api.invite_directly(invite, now)).await
    }

    /// Opens a session of somebody of the demo.
    pub async fn open_demo(&self, person: DemoPerson, now: Timestamp) -> anyhow::Result<Opened> {
        noted(&self.book, "organizer-api", self.organizer_api.open_demo(person, now)).await
    }

    /// Wakes the function that closes rounds.
    pub async fn close(&self, wakeup: Wakeup, now: Timestamp) -> anyhow::Result<String> {
        noted(&self.book, "close-round", self.close_round.handle(wakeup, now)).await
    }

    /// Wakes the function that publishes results, and afterwards the one that makes documents of what it published.
    pub async fn publish(&self, wakeup: Wakeup, now: Timestamp) -> anyhow::Result<String> {
        let published = self.publish_alone(wakeup, now).await;
        self.deliver(now, |printer| printer.moved.try_recv().ok().map(Event::Moved)).await;
        published
    }

    /// Wakes the function that publishes results. The one that makes documents hears of it with the next publication.
    pub async fn publish_alone(&self, wakeup: Wakeup, now: Timestamp) -> anyhow::Result<String> {
        noted(&self.book, "publish-results", self.publish_results.handle(wakeup, now)).await
    }

    /// Wakes the function that makes documents.
    pub async fn document(&self, event: Event, now: Timestamp) -> anyhow::Result<String> {
        noted(&self.book, "make-documents", self.make_documents.handle(event, now)).await
    }

    /// Wakes the function that makes documents, for whatever is missing.
    pub async fn document_missing(&self, now: Timestamp) -> anyhow::Result<String> {
        self.document(Event::Asked(Wakeup::for_sweep()), now).await
    }

    /// Wakes the function that counts while rounds are open.
    pub async fn watch(&self, wakeup: Wakeup, now: Timestamp) -> anyhow::Result<String> {
        noted(&self.book, "watch-round", self.watch_round.handle(wakeup, now)).await
    }

    /// Delivers what wakes the function that makes documents, as long as there is something; what cannot be delivered is
    /// left to a sweep, or to whoever asks again.
    async fn deliver(&self, now: Timestamp, next: impl Fn(&mut Printer) -> Option<Event>) {
        let next = || next(&mut self.printer.lock().expect("nobody panics while listening"));
        while let Some(event) = next() {
            for attempt in 1..=EVENT_TRIES {
                // A task of its own turns a panic into an error, as the Lambda runtime does.
                let (functions, event) = (self.clone(), event.clone());
                let call = crate::engines::task::spawn(async move { functions.document(event, now).await });
                match call.await.map_err(anyhow::Error::new).flatten() {
                    Ok(summary) => {
                        tracing::info!("make-documents: {summary}");
                        break;
                    }
                    Err(error) => tracing::error!(attempt, "make-documents failed: {error:#}"),
                }
            }
        }
    }

    async fn import(self, event: S3Event, now: Timestamp) -> anyhow::Result<String> {
        let objects = event.records.iter().map(|record| &record.s3.object);
        let name = objects.map(|object| format!("{:?} {:?}", object.key, object.version_id)).collect();
        let call = self.import_upload.handle(event, now);
        self.book.delivered(name, noted(&self.book, "import-upload", call)).await
    }

    /// Calls the function that a schedule targets.
    ///
    /// # Errors
    /// What the function says, or that there is no such function.
    pub async fn wake(self, schedule: Schedule, now: Timestamp) -> anyhow::Result<String> {
        let call = async {
            let wakeup: Wakeup =
                serde_json::from_str(schedule.input()).context("the schedule's input is no wake-up")?;
            match schedule.target_arn() {
                arn if arn == function_arn("close-round") => self.close(wakeup, now).await,
                arn if arn == function_arn("publish-results") => self.publish(wakeup, now).await,
                arn if arn == function_arn("watch-round") => self.watch(wakeup, now).await,
                other => anyhow::bail!("no function {other:?}"),
            }
        };
        self.book.delivered(schedule.name.clone(), call).await
    }

    /// Lets every scheduled function look at every round; returns what they said.
    pub async fn sweep(&self, now: Timestamp) -> anyhow::Result<String> {
        let closed = self.close(Wakeup::for_sweep(), now).await.context("close-round")?;
        let published = self.publish(Wakeup::for_sweep(), now).await.context("publish-results")?;
        let made = self.document_missing(now).await.context("make-documents")?;
        Ok(format!("{closed}; {published}; {made}"))
    }

    /// Imports one upload after the other, in the order of the writes, until the sender is gone.
    pub(crate) async fn import_all(self, clock: Arc<Clock>, mut uploads: mpsc::UnboundedReceiver<Delivery>) {
        while let Some(Delivery { event, done }) = uploads.recv().await {
            for attempt in 1..=EVENT_TRIES {
                // A task of its own turns a panic into an error, as the Lambda runtime does.
                let call = crate::engines::task::spawn(self.clone().import(event.clone(), clock.now()));
                match call.await.map_err(anyhow::Error::new).flatten() {
                    Ok(summary) => {
                        tracing::info!("import-upload: {summary}");
                        break;
                    }
                    Err(error) => tracing::error!(attempt, "import-upload failed: {error:#}"),
                }
            }
            // The client that wrote the object may have hung up.
            let _writer_waits = done.send(());
        }
    }
}

/// The event of a wish, as EventBridge tells it of the bucket.
fn wished(event: S3Event) -> Option<Event> {
    let record = event.records.into_iter().next()?;
    let told = serde_json::json!({
        "version": "0",
        "source": "aws.s3",
        "detail-type": "Object Created",
        "account": ACCOUNT,
        "region": REGION,
        "detail": { "version": "0", "bucket": { "name": "officials" }, "object": { "key": record.s3.object.key } },
    });
    serde_json::from_value(told).ok()
}

async fn noted<T>(book: &Book, function: &'static str, work: impl Future<Output = T>) -> T {
    // Boxed: in a build for debugging each layer keeps a copy of its own on the stack.
    let work = Box::pin(work);
    let (result, used) = match &book.log {
        Some(log) => metered(work.with_subscriber(log.clone())).await,
        None => metered(work).await,
    };
    let mut calls = book.calls.lock().expect("nobody panics while noting");
    let of_function = calls.entry(function).or_default();
    used.calls.into_iter().for_each(|call| *of_function.entry(call).or_default() += 1);
    result
}

/// As schedules name the functions here.
pub fn function_arn(name: &str) -> String {
    format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:{name}")
}

fn api_config() -> api::Config {
    api::Config {
        attempts_table: "attempts".to_owned(),
        control_table: "control".to_owned(),
        people_table: "people".to_owned(),
        vault_bucket: "vault".to_owned(),
        officials_bucket: "officials".to_owned(),
        secret_id: SECRET_ID.to_owned(),
        // The stack parameter that lets the API read keys; contests that do not ask for it are not touched.
        reveal_score_on_submit: true,
    }
}

fn close_config(site_url: &str) -> close_round::Config {
    close_round::Config {
        attempts_table: "attempts".to_owned(),
        control_table: "control".to_owned(),
        people_table: "people".to_owned(),
        vault_bucket: "vault".to_owned(),
        site_bucket: "site".to_owned(),
        site_url: site_url.to_owned(),
        secret_id: SECRET_ID.to_owned(),
        // The gateway here waits for requests that came in time before anything fires.
        drain_seconds: 0,
        carried: Load::BY_DEFAULT,
    }
}

fn documents_config(site_url: &str) -> make_documents::Config {
    make_documents::Config {
        control_table: "control".to_owned(),
        people_table: "people".to_owned(),
        vault_bucket: "vault".to_owned(),
        officials_bucket: "officials".to_owned(),
        site_url: Some(site_url.to_owned()),
        secret_id: SECRET_ID.to_owned(),
    }
}

fn organizers_config(site_url: &str) -> organizer_api::Config {
    organizer_api::Config {
        organizers_table: "organizers".to_owned(),
        control_table: "control".to_owned(),
        people_table: "people".to_owned(),
        attempts_table: "attempts".to_owned(),
        uploads_bucket: "uploads".to_owned(),
        vault_bucket: "vault".to_owned(),
        officials_bucket: "officials".to_owned(),
        secret_id: SECRET_ID.to_owned(),
        site_url: by_name(site_url),
        schedule_group: SCHEDULE_GROUP.to_owned(),
        scheduler_role_arn: format!("arn:aws:iam::{ACCOUNT}:role/scheduler"),
        dead_letters_arn: format!("arn:aws:sqs:{REGION}:{ACCOUNT}:dead-letters"),
        close_round_arn: function_arn("close-round"),
        watch_round_arn: function_arn("watch-round"),
    }
}

/// A site's address with the name of this machine in place of its number: passkeys are made for a name.
fn by_name(site_url: &str) -> String {
    let named = || {
        let (scheme, rest) = site_url.split_once("://")?;
        let place: SocketAddr = rest.parse().ok()?;
        Some(format!("{scheme}://localhost:{}", place.port()))
    };
    named().unwrap_or_else(|| site_url.to_owned())
}

fn publish_config(beacon_url: &str) -> publish_results::Config {
    publish_results::Config {
        officials_bucket: "officials".to_owned(),
        control_table: "control".to_owned(),
        people_table: "people".to_owned(),
        vault_bucket: "vault".to_owned(),
        site_bucket: "site".to_owned(),
        secret_id: SECRET_ID.to_owned(),
        beacon_url: beacon_url.to_owned(),
    }
}

fn watch_config() -> watch_round::Config {
    watch_round::Config {
        attempts_table: "attempts".to_owned(),
        control_table: "control".to_owned(),
        people_table: "people".to_owned(),
        vault_bucket: "vault".to_owned(),
    }
}

fn import_config() -> import_upload::Config {
    import_upload::Config {
        control_table: "control".to_owned(),
        people_table: "people".to_owned(),
        vault_bucket: "vault".to_owned(),
        // There is no KMS here, and the local S3 reads over the name of a key.
        answer_keys_kms_arn: format!("arn:aws:kms:{REGION}:{ACCOUNT}:key/answer-keys"),
        site_bucket: "site".to_owned(),
        officials_bucket: "officials".to_owned(),
        uploads_bucket: "uploads".to_owned(),
        secret_id: SECRET_ID.to_owned(),
        schedule_group: SCHEDULE_GROUP.to_owned(),
        scheduler_role_arn: format!("arn:aws:iam::{ACCOUNT}:role/scheduler"),
        dead_letters_arn: format!("arn:aws:sqs:{REGION}:{ACCOUNT}:dead-letters"),
        close_round_arn: function_arn("close-round"),
        publish_results_arn: function_arn("publish-results"),
    }
}
