//! A world of its own with a contest in it: its clock, what is uploaded into it, and what is stored there.

use crate::door::{Door, Instant};
use crate::folder::{CONTEST, FIRST, Folder, SECOND};
use crate::logbook::Logbook;
use crate::network::Network;
use crate::round::Round;
use crate::storage::{self, Objects, TABLES};
use aws_sdk_dynamodb::types::AttributeValue;
use contest::decision::Decision;
use contest::ids::{ContestId, ContestantId, RoundId};
use contest::seal::sha256_hex;
use contest::slip_code::SlipCode;
use contest::time::Timestamp;
use http::Method;
use local::commands::verify::verify_quietly;
use local::engines::secrets::Secret;
use local::world::{ClockStart, World, WorldOptions};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::wakeup::Wakeup;
use store::{AccountPlace, Bucket, Control, ObjectRef, People, Reset, Spread, StoredDecisions, keys};

/// The last millisecond and the like are counted from here: 01/3/2026 09:00 in Vietnam, an hour after
/// registration opened.
pub const START: &str = "2026-03-01T09:00:00+07:00";

/// Where certificates lead, whatever the port on which a world listens.
pub const SITE: &str = "https://thi.example.vn";

/// A world whose clock stands still until it is set, on fresh engines and free ports.
pub struct Stage {
    /// The world.
    pub world: World,
    /// Where people ask; it names the contest that the methods below are about.
    pub door: Door,
    /// What the functions have called and logged here, and whether all was well.
    pub logbook: Logbook,
}

impl Stage {
    /// A world without a contest; its secret is the same in every test, so that names derived from it
    /// are too.
    pub async fn empty(now: &str) -> Self {
        Self::on(now, None).await
    }

    /// A world without a contest, whose functions reach their engines through this network.
    pub async fn on(now: &str, network: Option<&Network>) -> Self {
        let options = WorldOptions { network: network.map(Network::client), ..WorldOptions::default() };
        Self::of(options, now).await
    }

    /// A world with these options, but for the clock and the secret.
    pub async fn of(options: WorldOptions, now: impl Instant) -> Self {
        let secret = Some(Secret::from_bytes(&[7; 64]));
        let clock = ClockStart::Frozen(now.instant());
        let logbook = Logbook::of(Arc::clone(&options.book));
        let site_url = Some(SITE.to_owned());
        let options = WorldOptions { clock, secret, book: Arc::clone(&logbook.book), site_url, ..options };
        let world = World::start(options).await.expect("a world starts");
        Self { door: Door::of(&world), world, logbook }
    }

    /// A world with this contest, an hour after its registration opened.
    pub async fn with(folder: &Folder) -> Self {
        let mut stage = Self::empty(START).await;
        stage.add(folder).await;
        stage
    }

    /// Makes the small contest's records as if its rounds and people were to be spread like this, before it is uploaded.
    pub async fn spread(&self, people_shards: u16, of_a_round: Spread) {
        let contest = ContestId::parse(CONTEST).expect("an id");
        let control = Control::new(&self.world.sdk, "control");
        control.insert_people_shards(&contest, people_shards).await.expect("fixed");
        for round in [FIRST, SECOND] {
            let round = RoundId::parse(round).expect("an id");
            control.insert_round(&contest, &round, of_a_round).await.expect("made");
        }
    }

    /// Uploads a folder that must be accepted, and makes it the contest of this stage.
    pub async fn add(&mut self, folder: &Folder) {
        self.door.contest.clone_from(&folder.id);
        for (name, bytes) in &folder.files {
            self.accept(name, bytes.clone()).await;
        }
        self.resume(&folder.id).await;
    }

    /// Makes a contest that is there already the contest of this stage.
    pub async fn resume(&mut self, contest: &str) {
        contest.clone_into(&mut self.door.contest);
        // To a draft nobody consents yet.
        if self.is_public().await {
            let public = self.contest_json().await;
            self.door.consent_sha256 = public["consent"]["text_sha256"].as_str().expect("a consent").to_owned();
        }
    }

    /// Uploads a file into the contest's folder and returns the report about it.
    pub async fn upload(&self, name: &str, bytes: impl Into<Vec<u8>>) -> Value {
        let key = format!("{}/{name}", self.door.contest);
        self.put("uploads", &key, bytes).await;
        self.report(name).await.unwrap_or_else(|| panic!("no report about {key}"))
    }

    /// Uploads a file that must be accepted.
    pub async fn accept(&self, name: &str, bytes: impl Into<Vec<u8>>) -> Value {
        let report = self.upload(name, bytes).await;
        assert_eq!(report["status"], "accepted", "{name}: {report}");
        report
    }

    /// The last report about a file.
    pub async fn report(&self, name: &str) -> Option<Value> {
        let path = format!("{}/imports/{name}.report.json", self.door.contest);
        self.object("officials", &path).await.map(|bytes| serde_json::from_slice(&bytes).expect("a report is JSON"))
    }

    /// Writes an object.
    pub async fn put(&self, bucket: &str, key: &str, bytes: impl Into<Vec<u8>>) {
        let put = self.world.s3.put_object().bucket(bucket).key(key).body(bytes.into().into());
        put.send().await.unwrap_or_else(|e| panic!("cannot write {bucket}/{key}: {e:?}"));
    }

    /// The bytes of an object.
    pub async fn object(&self, bucket: &str, key: &str) -> Option<Vec<u8>> {
        storage::object_bytes(&self.world.s3, bucket, key).await
    }

    /// Every object of a bucket.
    pub async fn objects(&self, bucket: &str) -> Objects {
        self.world.objects.contents(bucket).await.expect("the disk is read")
    }

    /// Every item of every table of the functions.
    pub async fn tables(&self) -> BTreeMap<&'static str, Vec<String>> {
        let mut tables = BTreeMap::new();
        for table in TABLES {
            tables.insert(table, storage::items(&self.world.dynamodb, table).await);
        }
        tables
    }

    /// Everything that a refused upload may not touch: published files, compiled banks and keys, the
    /// state of contests and every schedule.
    pub async fn in_force(&self) -> (Objects, Objects, Vec<String>, Vec<String>) {
        let control = storage::items(&self.world.dynamodb, "control").await;
        (self.objects("site").await, self.objects("vault").await, control, self.schedules().await)
    }

    /// The schedules as lines of name, time and input.
    pub async fn schedules(&self) -> Vec<String> {
        let schedules = self.world.schedules.all().await;
        schedules.iter().map(|s| format!("{} {} {}", s.name, s.due().rfc3339(), s.input())).collect()
    }

    /// Gives somebody a slip with this code that sets another secret, as the organizers' function does.
    pub async fn give_slip(&self, contestant: &str, code: &SlipCode, until: Timestamp) {
        let control = Control::new(&self.world.sdk, "control");
        let people = People::new(&self.world.sdk, "people");
        let contest = ContestId::parse(&self.door.contest).expect("an id");
        let contestant = ContestantId::parse(contestant).expect("a code");
        let shards = control.people_shards(&contest).await.expect("the contest has people");
        let mut given = 0;
        for shard in 0..shards {
            let place = AccountPlace { contest: &contest, shard, contestant: &contestant };
            let (code_sha256, approved_by) = (code.sha256(), "O-1".to_owned());
            let reset = Reset { code_sha256, until_ms: until.millis(), approved_by };
            given += usize::from(people.give_reset(place, reset).await.expect("the tables answer"));
        }
        assert_eq!(given, 1, "one account has the code {contestant}");
    }

    /// Puts a decision in force, as the judge of an uploaded file would.
    pub async fn decide(&self, decision: Decision) {
        let contest = ContestId::parse(&self.door.contest).expect("an id");
        let (control, vault) = (Control::new(&self.world.sdk, "control"), Bucket::new(&self.world.sdk, "vault"));
        let mut state = control.state(&contest).await.expect("it is read").expect("the contest has a state");
        let mut decisions = state.load_decisions(&vault).await.expect("our own decisions");
        decisions.push(decision);
        let bytes = serde_json::to_vec(&StoredDecisions::of(&decisions)).expect("JSON");
        let sha256 = sha256_hex(&bytes);
        let path = keys::compiled(&contest, "decisions", &sha256);
        vault.put_named(&path, bytes).await.expect("it is written");
        state.decisions = Some(ObjectRef { path, sha256 });
        state.version += 1;
        control.advance_state(&contest, &state).await.expect("nothing else is uploaded");
    }

    /// The decisions in force, in their order.
    pub async fn decisions(&self) -> Vec<Decision> {
        let contest = ContestId::parse(&self.door.contest).expect("an id");
        let (control, vault) = (Control::new(&self.world.sdk, "control"), Bucket::new(&self.world.sdk, "vault"));
        let state = control.state(&contest).await.expect("it is read").expect("the contest has a state");
        state.load_decisions(&vault).await.expect("our own decisions")
    }

    /// Replaces a text in the contest's state: what no upload can do.
    pub async fn replace_in_state(&self, from: &str, to: &str) {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let (pk, sk) = (text(&format!("C#{}", self.door.contest)), text("STATE"));
        let get = self.world.dynamodb.get_item().table_name("control").key("pk", pk).key("sk", sk);
        let mut item = get.send().await.expect("the table answers").item.expect("the contest has a state");
        let state = item["state"].as_s().expect("a text").replace(from, to);
        item.insert("state".to_owned(), text(&state));
        let put = self.world.dynamodb.put_item().table_name("control").set_item(Some(item));
        put.send().await.expect("the state is replaced");
    }

    /// Moves the clock by the route that only the local world has; returns what was fired.
    pub async fn clock(&self, now: &str) -> Vec<Value> {
        let reply = self.door.over_the_wire(Method::POST, "/_local/clock", Some(&json!({ "now": now }))).await;
        reply.expect(200)["fired"].as_array().expect("a list").clone()
    }

    /// Moves the clock, and stops the test where something fired has failed.
    pub async fn clock_well(&self, now: &str) -> Vec<Value> {
        let fired = self.clock(now).await;
        assert!(fired.iter().all(|fired| fired["outcome"] == "ok"), "{fired:#?}");
        fired
    }

    /// Lets every round be closed whose time has come at an instant.
    pub async fn close(&self, now: impl Instant) -> anyhow::Result<String> {
        self.world.functions.close(Wakeup::for_sweep(), now.instant()).await
    }

    /// Lets every round be published whose time has come at an instant.
    pub async fn publish(&self, now: impl Instant) -> anyhow::Result<String> {
        self.world.functions.publish(Wakeup::for_sweep(), now.instant()).await
    }

    /// As [`Self::publish`], where nobody makes documents of it.
    pub async fn publish_alone(&self, now: impl Instant) -> anyhow::Result<String> {
        self.world.functions.publish_alone(Wakeup::for_sweep(), now.instant()).await
    }

    /// Closes and publishes whatever is due at an instant, and makes no documents.
    pub async fn sweep_alone(&self, now: impl Instant) -> anyhow::Result<String> {
        let now = now.instant();
        let closed = self.close(now).await?;
        Ok(format!("{closed}; {}", self.publish_alone(now).await?))
    }

    // Figures while a round is open.

    /// Somebody opens the page with the figures of a round at an instant.
    pub async fn look(&self, round: &str, now: impl Instant) {
        let (contest, round) = self.round_ids(round);
        let control = Control::new(&self.world.sdk, "control");
        control.watch_opened(&contest, &round, now.instant()).await.expect("it is noted");
    }

    /// Somebody asks for a count; whether the function is to be woken.
    pub async fn ask_for_figures(&self, round: &str, now: impl Instant) -> bool {
        let (contest, round) = self.round_ids(round);
        let control = Control::new(&self.world.sdk, "control");
        control.watch_asked(&contest, &round, now.instant()).await.expect("it is noted")
    }

    /// Lets every round under way be counted that is due at an instant.
    pub async fn watch(&self, now: impl Instant) -> anyhow::Result<String> {
        self.world.functions.watch(Wakeup::for_sweep(), now.instant()).await
    }

    /// The last figures of a round.
    pub async fn figures(&self, round: &str) -> Option<Value> {
        let (contest, round) = self.round_ids(round);
        let bytes = self.object("vault", &keys::watch_latest(&contest, &round)).await?;
        Some(serde_json::from_slice(&bytes).expect("figures are JSON"))
    }

    fn round_ids(&self, round: &str) -> (ContestId, RoundId) {
        let contest = ContestId::parse(&self.door.contest).expect("an id");
        (contest, RoundId::parse(round).expect("an id"))
    }

    // What is published.

    /// A round of the contest.
    pub fn round<'a>(&'a self, id: &'a str) -> Round<'a> {
        Round { stage: self, id }
    }

    /// A published file below the contest, as bytes.
    pub async fn site(&self, path: &str) -> Vec<u8> {
        let key = format!("contests/{}/{path}", self.door.contest);
        self.object("site", &key).await.unwrap_or_else(|| panic!("{key} is not published"))
    }

    /// Whether everyone may know of the contest.
    pub async fn is_public(&self) -> bool {
        self.object("site", &format!("contests/{}/contest.json", self.door.contest)).await.is_some()
    }

    /// The public description of the contest.
    pub async fn contest_json(&self) -> Value {
        serde_json::from_slice(&self.site("contest.json").await).expect("it is JSON")
    }

    /// How many rounds the verifier accepts of what is published below a path, alone and by each of these receipts.
    pub async fn verified(&self, path: &str, receipts: &[String]) -> Result<usize, String> {
        let (target, receipts) = (format!("{}{path}", self.world.http_url), receipts.to_vec());
        let check = move || {
            let alone = verify_quietly(&target, None);
            receipts.iter().try_fold(alone?, |_, receipt| verify_quietly(&target, Some(receipt)))
        };
        tokio::task::spawn_blocking(check).await.expect("the verifier ends")
    }
}
