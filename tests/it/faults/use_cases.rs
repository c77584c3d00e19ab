//! What is done while calls fail: every use case that writes, each as the one who asked for it would do it
//! again. Papers take long to print, and so documents are made in the one use case that is about them.

use contest::decision::{Action, Change, Decision};
use contest::ids::{ContestId, ContestantId, RoundId};
use contest::lots::commitment;
use contest::slip_code::SlipCode;
use contest::time::Timestamp;
use data_encoding::HEXLOWER;
use local::world::WorldOptions;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use store::{Control, Spread};
use tempfile::TempDir;
use tests::network::Network;
use tests::reply::Reply;
use tests::sheet;
use tests::{
    CLOSES, Contestant, ERASES, FIRST, Folder, Form, OPENS, PUBLISHES, Play, SECOND, SECOND_OPENS, SECOND_PUBLISHES,
    SECRET, START, Stage, crowd, instant, person,
};

/// A use case that writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UseCase {
    Register,
    Start,
    Submit,
    Erase,
    ChangeSecret,
    UseSlip,
    Correct,
    Import,
    /// A complete contest whose moment has come.
    Announce,
    Close,
    Publish,
    Draw,
    PublishAndDraw,
    /// The last round, and with it what is won over the contest.
    PublishLast,
    Decide,
    /// What officials get of versions that are published.
    Document,
    Forget,
    /// Figures while a round is open.
    Watch,
}

/// The small contest with its accounts the same in every run.
pub(super) fn folder() -> Folder {
    Folder::small().with_email().with_roster(crowd(3))
}

/// What the witness of a draw keeps.
const WITNESSED: [u8; 32] = [0x17; 32];

/// The same contest with lots.
fn folder_with_lots() -> Folder {
    folder().with_plan("unbroken_tie = \"extra_prize\"", "unbroken_tie = \"lot\"")
}

/// The same contest with lots and a witness.
fn folder_with_a_witness() -> Folder {
    let witness = HEXLOWER.encode(&commitment(&WITNESSED));
    let line = format!("id = \"{FIRST}\"\nlot_witnesses = [\"{witness}\"]");
    folder_with_lots().with_plan(&format!("id = \"{FIRST}\""), &line)
}

/// The same contest, announced for a moment before its registration opens.
fn folder_to_announce() -> Folder {
    folder().with_plan("language = \"vi\"", "language = \"vi\"\nannounced = \"2026-02-28T08:00\"")
}

/// When it is not public yet,
const DRAFTED: &str = "2026-02-27T09:00:00+07:00";
/// and when it is.
const ANNOUNCED: &str = "2026-02-28T08:00:00+07:00";

fn anybody(number: u32) -> Form {
    let mut form = person(number, "Nguyễn Văn An", "bac");
    form.insert("email".to_owned(), format!("an{number}@example.vn").into());
    form
}

/// A decision that disqualifies somebody in the first round.
pub(super) fn without(contestant: &Contestant, reason: &str) -> Decision {
    let contestant = ContestantId::parse(&contestant.code).expect("a code");
    let round = RoundId::parse(FIRST).expect("an id");
    Decision {
        number: Some("1/QĐ-BTC".to_owned()),
        decided_on: None,
        at: instant(PUBLISHES),
        changes: vec![Change { round, action: Action::Disqualify(contestant, None), reason: reason.to_owned() }],
    }
}

/// The same decision, and that whom it is about takes no prize over the contest either: that is a version of its own.
fn with_a_forfeit(mut decision: Decision) -> Decision {
    let about = |change: &Change| change.action.contestant().cloned().expect("a decision about somebody");
    let forfeits: Vec<Change> = decision
        .changes
        .iter()
        .map(|change| Change {
            round: RoundId::overall(),
            action: Action::Forfeit(about(change)),
            reason: "Không nhận giải".to_owned(),
        })
        .collect();
    decision.changes.extend(forfeits);
    decision
}

/// Somebody whom another has brought.
async fn brought(by: &Contestant) -> Form {
    let mut form = anybody(2);
    form.insert("referrer".to_owned(), by.me().await["referral_code"].clone());
    form
}

/// A world in which it is a use case's turn.
pub(super) struct Scene {
    pub(super) stage: Stage,
    pub(super) people: Vec<Contestant>,
    /// What is handed in.
    sheet: Value,
    _data: TempDir,
}

/// A scene that stands still on disk: whatever goes wrong goes wrong in a copy of it.
pub(super) struct Prepared {
    data: TempDir,
    now: Timestamp,
    contest: String,
    people: Vec<Contestant>,
    sheet: Value,
}

impl Prepared {
    /// A world of its own that goes on from here, over this network.
    pub(super) async fn scene(&self, network: &Network) -> Scene {
        let data = in_memory();
        copy(self.data.path(), data.path()).expect("a copy");
        let options = WorldOptions { network: Some(network.client()), ..kept_in(&data) };
        let mut stage = Stage::of(options, self.now).await;
        stage.resume(&self.contest).await;
        Scene {
            people: self.people.iter().map(|person| person.before(&stage.door)).collect(),
            stage,
            sheet: self.sheet.clone(),
            _data: data,
        }
    }
}

/// A folder in memory where the system has such: what is in it need not survive the machine.
pub(super) fn in_memory() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a folder")
}

pub(super) fn kept_in(data: &TempDir) -> WorldOptions {
    WorldOptions { data: Some(data.path().to_owned()), ..WorldOptions::default() }
}

pub(super) fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (entry, to) = (entry.path(), to.join(entry.file_name()));
        if entry.is_dir() {
            fs::create_dir_all(&to)?;
            copy(&entry, &to)?;
        } else {
            fs::copy(entry, to)?;
        }
    }
    Ok(())
}

impl UseCase {
    fn folder(self) -> Folder {
        match self {
            Self::Announce => folder_to_announce(),
            Self::Draw => folder_with_a_witness(),
            Self::PublishAndDraw => folder_with_lots(),
            Self::PublishLast | Self::Decide | Self::Document => folder().with_prizes_over_the_contest(),
            _ => folder(),
        }
    }

    pub(super) async fn prepared(self) -> Prepared {
        let data = in_memory();
        let begins = if self == Self::Announce { DRAFTED } else { START };
        let mut stage = Stage::of(kept_in(&data), begins).await;
        let (shards, gates) = match self {
            // Nothing is spread but what was kept long before.
            Self::PublishLast | Self::Decide | Self::Document => (1, 1),
            // The first, the last and one between: sixteen make no other kinds of calls, only more of them.
            _ => (3, 2),
        };
        stage.spread(shards, Spread { shards, gates }).await;
        stage.add(&self.folder()).await;
        let mut scene = Scene { stage, people: Vec::new(), sheet: Value::Null, _data: data };
        let people = match self {
            Self::Register | Self::Import | Self::Announce => 0,
            Self::Start | Self::Submit | Self::Erase | Self::Forget => 1,
            Self::ChangeSecret | Self::UseSlip | Self::Correct => 1,
            Self::Close | Self::Publish | Self::Draw | Self::PublishAndDraw | Self::Watch => 3,
            Self::PublishLast | Self::Decide | Self::Document => 3,
        };
        scene.people = scene.stage.door.register_all((1..=people).map(anybody)).await;
        match self {
            Self::Register | Self::Start | Self::Import | Self::Announce | Self::Correct => {}
            Self::Erase => {
                let form = brought(&scene.people[0]).await;
                scene.people.insert(0, scene.stage.door.register(&form).await);
            }
            Self::Forget => {
                let form = brought(&scene.people[0]).await;
                scene.stage.door.register(&form).await;
                scene.stage.clock_well(PUBLISHES).await;
                scene.stage.clock_well(SECOND_PUBLISHES).await;
            }
            Self::Submit => scene.start().await,
            Self::ChangeSecret | Self::UseSlip => scene.start_with_a_slip().await,
            Self::Close | Self::Watch => scene.play(FIRST, [4, 3]).await,
            Self::Publish | Self::PublishAndDraw => {
                // Two that are equal have one first prize to draw lots for.
                scene.play(FIRST, if self == Self::Publish { [4, 3] } else { [4, 4] }).await;
                told(scene.stage.close(CLOSES).await).expect("it closes");
            }
            Self::PublishLast => {
                scene.play_both().await;
                told(scene.stage.close(SECOND_PUBLISHES).await).expect("it closes");
            }
            Self::Decide | Self::Document => {
                scene.play_both().await;
                scene.stage.clock_well(SECOND_PUBLISHES).await;
                scene.stage.decide(with_a_forfeit(without(&scene.people[0], "Dùng hai tài khoản"))).await;
                if self == Self::Document {
                    told(scene.stage.sweep_alone(SECOND_PUBLISHES).await).expect("it is published");
                }
            }
            Self::Draw => {
                scene.play(FIRST, [4, 4]).await;
                scene.stage.clock_well(PUBLISHES).await;
                let reveals = format!("Vòng;Giá trị\n{FIRST};{}\n", HEXLOWER.encode(&WITNESSED));
                scene.stage.accept("reveals.csv", reveals).await;
            }
        }
        let Scene { stage, people, sheet, _data: data } = scene;
        let (now, contest) = (stage.world.clock.now(), stage.door.contest.clone());
        stage.world.stop().await;
        Prepared { data, now, contest, people, sheet }
    }

    /// Does it once; `Err` where the one who asked was told to come again.
    pub(super) async fn act(self, scene: &Scene) -> Result<(), String> {
        let Scene { stage, people, sheet, .. } = scene;
        match self {
            // A lost reply leaves an account behind: its owner is told so, and signs in.
            Self::Register => expect(&stage.door.try_register(&anybody(1)).await, &[201, 409]),
            Self::Start => expect(&people[0].at(OPENS).start(FIRST).await, &[200, 201]),
            Self::Submit => expect(&people[0].at("2026-03-02T08:01:00+07:00").submit(FIRST, 1, sheet).await, &[200]),
            Self::Erase => expect(&people[0].erase().await, &[202]),
            Self::ChangeSecret => change_secret(&people[0].at(OPENS)).await,
            Self::UseSlip => use_slip(&people[0].at(OPENS)).await,
            Self::Correct => {
                let correction = json!({ "unit": "bac", "phone": "0987654321", "email": "moi@example.vn" });
                expect(&people[0].correct(&correction).await, &[200])
            }
            Self::Import => import(stage).await,
            Self::Announce => told(stage.publish_alone(ANNOUNCED).await),
            Self::Close => told(stage.close(CLOSES).await),
            Self::Publish => told(stage.publish_alone(PUBLISHES).await),
            // What is drawn is scored by the one function, and published by the other.
            Self::Draw | Self::PublishAndDraw => {
                told(stage.publish_alone(PUBLISHES).await)?;
                told(stage.sweep_alone(PUBLISHES).await)
            }
            Self::PublishLast => told(stage.publish_alone(SECOND_PUBLISHES).await),
            Self::Decide => told(stage.sweep_alone(SECOND_PUBLISHES).await),
            Self::Document => told(stage.world.functions.document_missing(instant(SECOND_PUBLISHES)).await),
            Self::Forget => told(stage.publish(ERASES).await),
            Self::Watch => watch(stage).await,
        }
    }
}

impl Scene {
    async fn start(&mut self) {
        let started = self.people[0].at(OPENS).start(FIRST).await.expect(201);
        self.sheet = json!({ "answers": sheet::answers(&started["paper"], 3), "prediction": 2 });
    }

    /// Somebody has an attempt under way, and a slip.
    async fn start_with_a_slip(&mut self) {
        self.start().await;
        self.stage.give_slip(&self.people[0].code, &slip_code(), instant(CLOSES)).await;
    }

    /// Two of three people hand something in.
    async fn play(&self, round: &str, rights: [usize; 2]) {
        let started_at = if round == FIRST { OPENS } else { SECOND_OPENS };
        for (contestant, right) in self.people.iter().zip(rights) {
            contestant.play(Play { round, started_at, seconds: 60, right, prediction: Some(2) }).await;
        }
    }

    /// The first round until it is published, and the second while it is open.
    async fn play_both(&self) {
        self.play(FIRST, [4, 3]).await;
        self.stage.clock_well(PUBLISHES).await;
        self.stage.clock_well(SECOND_OPENS).await;
        self.play(SECOND, [2, 3]).await;
    }
}

/// A plan with another prize and other times, uploaded as organizers do. The bucket delivers its event
/// until the importer has done with it, as Lambda does; where that was not enough, it is uploaded again.
async fn import(stage: &Stage) -> Result<(), String> {
    let changed = folder()
        .with_plan("amount = 1000000", "amount = 1500000")
        .with_plan("closes = \"2026-03-08T16:00\"", "closes = \"2026-03-08T16:30\"")
        .with_plan("closes = \"2026-03-15T16:00\"", "closes = \"2026-03-15T16:30\"");
    let key = format!("{}/contest.toml", stage.door.contest);
    let body = changed.text("contest.toml").into_bytes().into();
    let put = stage.world.s3.put_object().bucket("uploads").key(key).body(body).send().await;
    let put = put.map_err(|error| format!("{error:?}"))?;
    let report = stage.report("contest.toml").await.unwrap_or_default();
    let is_judged = report["version_id"].as_str() == put.version_id();
    if is_judged { Ok(()) } else { Err("no report about this upload".to_owned()) }
}

/// When somebody opens the page with the figures.
const WATCHED: &str = "2026-03-04T10:00:00+07:00";

/// The function is woken every quarter of an hour, and leaves a table alone that had no time.
async fn watch(stage: &Stage) -> Result<(), String> {
    let (contest, round) = (ContestId::parse(&stage.door.contest), RoundId::parse(FIRST));
    let (contest, round) = (contest.expect("an id"), round.expect("an id"));
    let control = Control::new(&stage.world.sdk, "control");
    let opened = control.watch_opened(&contest, &round, instant(WATCHED)).await;
    opened.map_err(|error| error.to_string())?;
    let said = stage.watch(WATCHED).await.map_err(|error| format!("{error:#}"))?;
    if said.contains("busy") {
        told(stage.watch(instant(WATCHED).plus_millis(15 * 60_000)).await)?;
    }
    stage.figures(FIRST).await.map(|_| ()).ok_or_else(|| "nothing was counted".to_owned())
}

const ANOTHER_SECRET: &str = "mật khẩu mới";

fn slip_code() -> SlipCode {
    SlipCode::of([7; 15])
}

/// Whoever is told that the session is over has been heard, and signs in with the new secret.
async fn change_secret(contestant: &Contestant) -> Result<(), String> {
    let changed = contestant.change_secret(SECRET, ANOTHER_SECRET).await;
    if changed.status != 401 {
        return expect(&changed, &[200]);
    }
    expect(&contestant.door.sign_in(&contestant.code, ANOTHER_SECRET).await, &[200])
}

/// Whoever is told that the slip is no more has used it, and signs in with the new secret.
async fn use_slip(contestant: &Contestant) -> Result<(), String> {
    let (door, code) = (&contestant.door, slip_code().to_string());
    let used = door.use_slip(&contestant.code, &code, ANOTHER_SECRET).await;
    if used.status != 401 {
        return expect(&used, &[200]);
    }
    expect(&door.sign_in(&contestant.code, ANOTHER_SECRET).await, &[200])
}

fn told(said: anyhow::Result<String>) -> Result<(), String> {
    said.map(|_| ()).map_err(|error| format!("{error:#}"))
}

fn expect(reply: &Reply, statuses: &[u16]) -> Result<(), String> {
    if statuses.contains(&reply.status) { Ok(()) } else { Err(format!("{} {}", reply.status, reply.text())) }
}
