//! A world of its own with a contest in it, and the people who play.

use crate::folder::{CONTEST, FIRST, Folder, SECOND};
use crate::network::Network;
use crate::reply::Reply;
use crate::sheet;
use crate::storage::{self, Objects, TABLES};
use aws_sdk_dynamodb::types::AttributeValue;
use bytes::Bytes;
use contest::decision::Decision;
use contest::ids::{ContestId, RoundId};
use contest::seal::sha256_hex;
use contest::time::Timestamp;
use http::{Method, Request};
use http_body_util::{BodyExt, Full};
use hyper_util::rt::TokioIo;
use local::engines::secrets::Secret;
use local::world::functions::CallBook;
use local::world::{ClockStart, World, WorldOptions};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Bucket, Control, ObjectRef, Spread, StoredDecisions, keys};
use tokio::task::JoinSet;

/// What every person of these tests signs in with.
pub const SECRET: &str = "mật khẩu thử";

/// The last millisecond and the like are counted from here: 01/3/2026 09:00 in Vietnam, an hour after
/// registration opened.
pub const START: &str = "2026-03-01T09:00:00+07:00";

/// An instant from RFC 3339.
#[track_caller]
pub fn instant(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap_or_else(|| panic!("{text:?} is no instant"))
}

/// A world whose clock stands still until it is set, on fresh engines and free ports.
pub struct Stage {
    /// The world.
    pub world: World,
    /// The contest that the methods below are about.
    pub contest: String,
    /// Every call of AWS that the functions have made here.
    pub call_book: Arc<CallBook>,
    consent_sha256: String,
}

/// A person before registering: the members of the form.
pub type Form = serde_json::Map<String, Value>;

/// Somebody with an account.
#[derive(Clone, Debug)]
pub struct Contestant {
    /// Contestant code.
    pub code: String,
    /// Bearer token.
    pub session: String,
}

/// A form with a citizen id and a phone that follow from `number`.
pub fn person(number: u32, name: &str, unit: &str) -> Form {
    let Value::Object(form) = json!({
        "full_name": name,
        "birth_date": "1990-05-17",
        "citizen_id": format!("001090{number:06}"),
        "phone": format!("0912{number:06}"),
        "unit": unit,
        "secret": SECRET,
    }) else {
        unreachable!("an object was written")
    };
    form
}

/// Runs requests at once; returns what they came to, in the order in which they ended.
pub async fn at_once<T: Send + 'static>(
    requests: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    requests.into_iter().collect::<JoinSet<T>>().join_all().await
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
        Self::of(options, instant(now)).await
    }

    /// A world with these options, but for the clock, the secret and the call book.
    pub async fn of(options: WorldOptions, now: Timestamp) -> Self {
        let secret = Some(Secret::from_bytes(&[7; 64]));
        let clock = ClockStart::Frozen(now);
        let call_book = Arc::new(CallBook::default());
        let noted = Some(Arc::clone(&call_book));
        let options = WorldOptions { clock, secret, call_book: noted, ..options };
        let world = World::start(options).await.expect("a world starts");
        Self { world, contest: String::new(), call_book, consent_sha256: String::new() }
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
        self.contest.clone_from(&folder.id);
        for (name, bytes) in &folder.files {
            let report = self.upload(name, bytes.clone()).await;
            assert_eq!(report["status"], "accepted", "{name}: {report}");
        }
        self.resume(&folder.id).await;
    }

    /// Makes a contest that is there already the contest of this stage.
    pub async fn resume(&mut self, contest: &str) {
        contest.clone_into(&mut self.contest);
        let public = self.contest_json().await;
        self.consent_sha256 = public["consent"]["text_sha256"].as_str().expect("a consent").to_owned();
    }

    // Uploads and what is stored.

    /// Uploads a file into the contest's folder and returns the report about it.
    pub async fn upload(&self, name: &str, bytes: impl Into<Vec<u8>>) -> Value {
        let key = format!("{}/{name}", self.contest);
        let put = self.world.s3.put_object().bucket("uploads").key(&key).body(bytes.into().into());
        put.send().await.unwrap_or_else(|e| panic!("cannot upload {key}: {e:?}"));
        self.report(name).await.unwrap_or_else(|| panic!("no report about {key}"))
    }

    /// The last report about a file.
    pub async fn report(&self, name: &str) -> Option<Value> {
        let path = format!("{}/imports/{name}.report.json", self.contest);
        self.object("officials", &path).await.map(|bytes| serde_json::from_slice(&bytes).expect("a report is JSON"))
    }

    /// The bytes of an object.
    pub async fn object(&self, bucket: &str, key: &str) -> Option<Vec<u8>> {
        storage::object_bytes(&self.world.s3, bucket, key).await
    }

    /// A published file below the contest, as bytes.
    pub async fn site(&self, path: &str) -> Vec<u8> {
        let key = format!("contests/{}/{path}", self.contest);
        self.object("site", &key).await.unwrap_or_else(|| panic!("{key} is not published"))
    }

    /// A published file below the contest, as JSON.
    pub async fn site_json(&self, path: &str) -> Value {
        serde_json::from_slice(&self.site(path).await).expect("it is JSON")
    }

    /// The public description of the contest.
    pub async fn contest_json(&self) -> Value {
        self.site_json("contest.json").await
    }

    /// Every object of a bucket.
    pub async fn objects(&self, bucket: &str) -> Objects {
        storage::objects(&self.world.s3, bucket).await
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

    /// Sets back how far a round has come: what a crash leaves after a step's writes and before its
    /// phase was recorded, with whatever is recorded along with it.
    pub async fn set_phase(&self, round: &str, phase: &str) {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let later = if phase == "RANKED" { "published" } else { "published, draw, editions" };
        let update = self.world.dynamodb.update_item().table_name("control");
        let update = update.key("pk", text(&format!("R#{}#{round}", self.contest))).key("sk", text("PHASE"));
        let update = update.update_expression(format!("SET phase = :phase REMOVE {later}"));
        let update = update.expression_attribute_values(":phase", text(phase));
        update.condition_expression("attribute_exists(pk)").send().await.expect("the round has a record");
    }

    /// Puts a decision in force, as the judge of an uploaded file would.
    pub async fn decide(&self, decision: Decision) {
        let contest = ContestId::parse(&self.contest).expect("an id");
        let (control, vault) = (Control::new(&self.world.sdk, "control"), Bucket::new(&self.world.sdk, "vault"));
        let mut state = control.state(&contest).await.expect("it is read").expect("the contest has a state");
        let mut decisions = match &state.decisions {
            Some(object) => vault.referred_json::<StoredDecisions>(object).await.expect("it is read").decisions(),
            None => Ok(Vec::new()),
        }
        .expect("our own decisions");
        decisions.push(decision);
        let bytes = serde_json::to_vec(&StoredDecisions::of(&decisions)).expect("JSON");
        let sha256 = sha256_hex(&bytes);
        let path = keys::compiled(&contest, "decisions", &sha256);
        vault.put_named(&path, bytes).await.expect("it is written");
        state.decisions = Some(ObjectRef { path, sha256 });
        state.version += 1;
        control.advance_state(&contest, &state).await.expect("nothing else is uploaded");
    }

    /// Replaces a text in the contest's state: what no upload can do.
    pub async fn replace_in_state(&self, from: &str, to: &str) {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let (pk, sk) = (text(&format!("C#{}", self.contest)), text("STATE"));
        let get = self.world.dynamodb.get_item().table_name("control").key("pk", pk).key("sk", sk);
        let mut item = get.send().await.expect("the table answers").item.expect("the contest has a state");
        let state = item["state"].as_s().expect("a text").replace(from, to);
        item.insert("state".to_owned(), text(&state));
        let put = self.world.dynamodb.put_item().table_name("control").set_item(Some(item));
        put.send().await.expect("the state is replaced");
    }

    // Requests.

    /// Sends a request that is received now.
    pub async fn call(&self, method: Method, path: &str, session: Option<&str>, body: Option<&Value>) -> Reply {
        self.call_at(self.world.clock.now(), method, path, session, body).await
    }

    /// Sends a request that is received at an instant.
    pub async fn call_at(
        &self,
        at: Timestamp,
        method: Method,
        path: &str,
        session: Option<&str>,
        body: Option<&Value>,
    ) -> Reply {
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        self.send_at(at, method, path, session, body.into()).await
    }

    /// Sends bytes that are received at an instant.
    pub async fn send_at(
        &self,
        at: Timestamp,
        method: Method,
        path: &str,
        session: Option<&str>,
        body: Bytes,
    ) -> Reply {
        Reply::of(self.world.handle_http(request(method, path, session, body), at).await)
    }

    /// Sends a request through the port, as a browser does.
    pub async fn over_the_wire(&self, method: Method, path: &str, body: Option<&Value>) -> Reply {
        let body = body.map(|body| body.to_string()).unwrap_or_default();
        let address = self.world.http_url.strip_prefix("http://").expect("plain HTTP on loopback");
        let stream = tokio::net::TcpStream::connect(address).await.expect("the gateway listens");
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake(TokioIo::new(stream)).await.expect("the gateway speaks HTTP");
        let mut request = request(method, path, None, body.into()).map(Full::new);
        request.headers_mut().insert("host", address.parse().expect("an address is a header"));
        let exchange = async {
            let response = sender.send_request(request).await.expect("the gateway answers");
            let (parts, body) = response.into_parts();
            let body = body.collect().await.expect("a whole answer").to_bytes();
            drop(sender);
            http::Response::from_parts(parts, body)
        };
        let (response, connection) = tokio::join!(exchange, connection);
        connection.expect("the connection ends well");
        Reply::of(response)
    }

    /// Moves the clock by the route that only the local world has; returns what was fired.
    pub async fn clock(&self, now: &str) -> Vec<Value> {
        let reply = self.over_the_wire(Method::POST, "/_local/clock", Some(&json!({ "now": now }))).await;
        reply.expect(200)["fired"].as_array().expect("a list").clone()
    }

    /// Moves the clock, and stops the test where something fired has failed.
    pub async fn clock_well(&self, now: &str) -> Vec<Value> {
        let fired = self.clock(now).await;
        assert!(fired.iter().all(|fired| fired["outcome"] == "ok"), "{fired:#?}");
        fired
    }

    // People.

    /// A path below the contest.
    pub fn path(&self, rest: &str) -> String {
        format!("/v1/contests/{}/{rest}", self.contest)
    }

    /// The consent that the contest asks for.
    pub fn consent(&self) -> Value {
        json!({ "accepted": true, "text_sha256": self.consent_sha256 })
    }

    /// Sends a registration as it is, with the consent where the form has none.
    pub async fn try_register(&self, form: &Form) -> Reply {
        let mut form = form.clone();
        form.entry("consent").or_insert_with(|| self.consent());
        self.call(Method::POST, &self.path("contestants"), None, Some(&Value::Object(form))).await
    }

    /// Registers somebody who must be accepted.
    pub async fn register(&self, form: &Form) -> Contestant {
        let reply = self.try_register(form).await.expect(201);
        let text = |name: &str| reply[name].as_str().expect("a text").to_owned();
        Contestant { code: text("contestant"), session: text("session") }
    }

    /// Tries to sign in.
    pub async fn sign_in(&self, identifier: &str, secret: &str) -> Reply {
        let form = json!({ "identifier": identifier, "secret": secret });
        self.call(Method::POST, &self.path("sessions"), None, Some(&form)).await
    }

    /// What the contestant may know of themselves.
    pub async fn me(&self, contestant: &Contestant) -> Value {
        self.call(Method::GET, &self.path("me"), Some(&contestant.session), None).await.expect(200)
    }

    // Attempts.

    /// Starts an attempt at an instant.
    pub async fn start_at(&self, at: Timestamp, contestant: &Contestant, round: &str) -> Reply {
        let path = self.path(&format!("rounds/{round}/attempts"));
        self.call_at(at, Method::POST, &path, Some(&contestant.session), None).await
    }

    /// Sends a sheet at an instant.
    pub async fn submit_at(
        &self,
        at: Timestamp,
        contestant: &Contestant,
        round: &str,
        attempt: u64,
        sheet: &Value,
    ) -> Reply {
        let path = self.path(&format!("rounds/{round}/attempts/{attempt}"));
        self.call_at(at, Method::PUT, &path, Some(&contestant.session), Some(sheet)).await
    }

    /// Asks what became of an attempt.
    pub async fn status(&self, contestant: &Contestant, round: &str, attempt: u64) -> Reply {
        let path = self.path(&format!("rounds/{round}/attempts/{attempt}"));
        self.call(Method::GET, &path, Some(&contestant.session), None).await
    }

    /// Plays one attempt: started at an instant, `right` questions right, sent `seconds` later. Returns
    /// the accepted sheet.
    pub async fn play(&self, contestant: &Contestant, play: Play<'_>) -> Value {
        let started_at = instant(play.started_at);
        let started = self.start_at(started_at, contestant, play.round).await.expect(201);
        let sheet = json!({ "answers": sheet::answers(&started["paper"], play.right), "prediction": play.prediction });
        let number = started["attempt"].as_u64().expect("a number");
        let received_at = started_at.plus_millis(play.seconds * 1_000);
        self.submit_at(received_at, contestant, play.round, number, &sheet).await.expect(200)
    }
}

/// One attempt as it is played.
#[derive(Clone, Copy, Debug)]
pub struct Play<'a> {
    /// The round.
    pub round: &'a str,
    /// When it starts, RFC 3339.
    pub started_at: &'a str,
    /// How long it takes.
    pub seconds: i64,
    /// How many questions are answered right.
    pub right: usize,
    /// The prediction.
    pub prediction: Option<u64>,
}

fn request(method: Method, path: &str, session: Option<&str>, body: Bytes) -> Request<Bytes> {
    let mut request = Request::builder().method(method).uri(path).header("content-type", "application/json");
    if let Some(session) = session {
        request = request.header("authorization", format!("Bearer {session}"));
    }
    request.body(body).expect("a request")
}
