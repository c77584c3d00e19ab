//! Worlds in which it is an organizer's turn.

use super::acts::Work;
use super::keys;
use crate::faults::use_cases::{copy, folder, in_memory, kept_in};
use contest::time::Timestamp;
use http::Method;
use local::world::WorldOptions;
use organizer_api::Invite;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use store::Spread;
use tempfile::TempDir;
use tests::network::Network;
use tests::reply::Reply;
use tests::{
    CONTEST, Contestant, FIRST, OPENS, PUBLISHES, Play, STAFF_SECRET, START, Staff, Stage, bank, crowd, instant,
};

/// How far the contest has come.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    Ahead,
    Open,
    /// The first round is published, and the second begins within a day.
    Published,
}

/// A world in which it is somebody's turn.
pub(super) struct Scene {
    pub(super) stage: Stage,
    pub(super) people: Vec<Contestant>,
    pub(super) lead: Staff,
    /// Who approves what the first has proposed.
    pub(super) second: Staff,
    pub(super) clerk: Staff,
    pub(super) author: Staff,
    /// When they ask.
    pub(super) at: Timestamp,
    /// What they have in hand.
    pub(super) hand: Value,
    _data: TempDir,
}

/// A scene that stands still on disk.
pub(super) struct Prepared {
    data: TempDir,
    at: Timestamp,
    people: Vec<Contestant>,
    staff: [Staff; 4],
    hand: Value,
}

impl Prepared {
    /// A world of its own that goes on from here, over this network.
    pub(super) async fn scene(&self, network: &Network) -> Scene {
        let data = in_memory();
        copy(self.data.path(), data.path()).expect("a copy");
        let options = WorldOptions { network: Some(network.client()), ..kept_in(&data) };
        let mut stage = Stage::of(options, self.at).await;
        stage.resume(CONTEST).await;
        let [lead, second, clerk, author] = self.staff.each_ref().map(|who| who.before(&stage.door.at(self.at)));
        let people = self.people.iter().map(|person| person.before(&stage.door)).collect();
        let (at, hand) = (self.at, self.hand.clone());
        Scene { stage, people, lead, second, clerk, author, at, hand, _data: data }
    }
}

/// Worlds by how far the contest has come, and whether its documents are there. To make one takes as long as to let a dozen
/// calls fail in copies of it: use cases that follow one another share them.
#[derive(Default)]
pub(super) struct Bases(BTreeMap<(Time, bool), Prepared>);

impl Bases {
    async fn of(&mut self, time: Time, documents: bool) -> &Prepared {
        match self.0.entry((time, documents)) {
            Entry::Occupied(made) => made.into_mut(),
            Entry::Vacant(place) => place.insert(Scene::of(time, documents).await.stopped().await),
        }
    }
}

/// Below the contest.
pub(super) fn of_contest(path: &str) -> String {
    format!("contests/{CONTEST}/{path}")
}

/// Another bank for the second round.
pub(super) fn other_bank() -> String {
    bank(3, 6)
}

/// The plan under another name.
fn other_plan() -> String {
    folder().text("contest.toml").replace("name = \"Cuộc thi thử\"", "name = \"Cuộc thi mới\"")
}

/// The plan with half an hour more for the first round.
pub(super) fn extended_plan() -> String {
    folder().with_plan("closes = \"2026-03-08T16:00\"", "closes = \"2026-03-08T16:30\"").text("contest.toml")
}

impl Work {
    /// The world in which it is the turn of this, which goes on from one of the bases.
    pub(super) async fn prepared(self, bases: &mut Bases) -> Prepared {
        let base = bases.of(self.time(), self == Self::Download).await;
        let scene = base.scene(&Network::default()).await;
        let hand = self.hand(&scene).await;
        Prepared { hand, ..scene.stopped().await }
    }

    const fn time(self) -> Time {
        match self {
            Self::ProposePlan | Self::ApprovePlan | Self::Extend => Time::Open,
            Self::AskWatch | Self::SeeFigures | Self::LookUp | Self::SeePaper => Time::Open,
            Self::ProposeDecisions | Self::ProposeReset | Self::ProposeUnit | Self::ProposeBank => Time::Published,
            Self::AskPreview | Self::PreviewAgain | Self::TryOut | Self::Reject | Self::Withdraw => Time::Published,
            Self::ApproveDecisions | Self::Applied | Self::ApproveReset | Self::ApproveUnit => Time::Published,
            Self::ApproveBank | Self::PutApprovedBank | Self::ImportDecisions => Time::Published,
            Self::SeeResults | Self::SeeReview | Self::Download => Time::Published,
            _ => Time::Ahead,
        }
    }

    /// What somebody has done before it is the turn of this.
    async fn hand(self, scene: &Scene) -> Value {
        let Scene { stage, lead, second, clerk, .. } = scene;
        match self {
            Self::Enrol => scene.invited().await,
            Self::Confirm => {
                let form = Self::enrolment(&scene.invited().await);
                let begun = scene.nobody().call(Method::POST, "enrolments", Some(form)).await.expect(200);
                json!({ "ticket": begun["ticket"], "uri": begun["totp_uri"] })
            }
            Self::Second => {
                let form = json!({ "login": lead.login, "secret": STAFF_SECRET });
                scene.nobody().call(Method::POST, "sessions", Some(form)).await.expect(200)
            }
            Self::RemoveKey => keys::only_key(lead).await,
            Self::CountBack => keys::count_far(scene).await,
            Self::ConfirmApp => lead.call(Method::POST, "me/totp", None).await.expect(200),
            Self::EndSession => {
                let (_, other) = lead.sign_in(STAFF_SECRET, scene.code_at(0)).await;
                let listed = other.get("me/sessions").await.expect(200);
                let listed = listed["sessions"].as_array().expect("a list").clone();
                listed.into_iter().find(|session| session["is_this"] == true).expect("this one")
            }
            Self::EndSessions => {
                let (opened, _) = clerk.sign_in(STAFF_SECRET, scene.code_at(0)).await;
                opened.expect(201)
            }
            Self::Extend => scene.tag_of("contest.toml").await,
            Self::PutReplaced => scene.tag_of("units.csv").await,
            Self::ApproveRoles => {
                let third = stage.staff("ba-lead", "lead", "*", scene.at).await;
                let form = json!({ "roles": { CONTEST: ["organizer"] }, "reason": "Chuyển công tác" });
                let made = lead.call(Method::PATCH, &format!("people/{}", third.id), Some(form)).await;
                seen(second, format!("proposals/{}", id_of(&made))).await
            }
            Self::ApprovePlan => scene.proposed(Self::ProposePlan, lead).await,
            Self::ApproveBank => scene.proposed(Self::ProposeBank, lead).await,
            Self::PutApprovedBank => {
                let shown = scene.proposed(Self::ProposeBank, lead).await;
                scene.approve(lead, &shown).await.expect(200);
                scene.tag_of("bank-2.csv").await
            }
            Self::ApproveReset => scene.proposed(Self::ProposeReset, lead).await,
            Self::ApproveUnit | Self::PreviewAgain | Self::Withdraw => scene.proposed(Self::ProposeUnit, lead).await,
            Self::AskPreview => scene.proposed(Self::ProposeDecisions, lead).await,
            Self::TryOut => scene.asked().await,
            Self::ApproveDecisions | Self::Reject => scene.tried().await,
            Self::Applied => {
                let shown = scene.tried().await;
                scene.approve(lead, &shown).await.expect(200);
                stage.sweep_alone(scene.at.plus_millis(60_000)).await.expect("an edition is made");
                shown
            }
            Self::Download => {
                let files = lead.get(&of_contest("documents")).await.expect(200);
                assert_eq!(files["versions"][0]["round"], FIRST, "{files}");
                Value::Null
            }
            _ => Value::Null,
        }
    }

    /// What somebody states who was invited.
    pub(super) fn enrolment(hand: &Value) -> Value {
        json!({ "code": hand["code"], "login": "moi", "name": "Cô Mới", "secret": STAFF_SECRET })
    }

    /// The form of a proposal.
    pub(super) fn proposal(self, scene: &Scene) -> Value {
        let code = &scene.people[0].code;
        match self {
            Self::ProposePlan => json!({ "kind": "plan", "toml": other_plan(), "reason": "Sửa tên" }),
            Self::ProposeBank => {
                let sha256 = contest::seal::sha256_hex(other_bank().as_bytes());
                json!({ "kind": "bank", "file": "bank-2.csv", "sha256": sha256, "reason": "Sửa câu 3" })
            }
            Self::ProposeReset => json!({ "reason": "Quên mật khẩu", "checked": "in_person" }),
            Self::ProposeUnit => json!({ "unit": "nam", "reason": "Chọn nhầm" }),
            _ => {
                let change = json!({ "action": "disqualify", "round": FIRST, "contestant": code });
                json!({ "changes": [change], "reason": "Dùng hai tài khoản" })
            }
        }
    }
}

impl Scene {
    async fn of(time: Time, documents: bool) -> Self {
        let data = in_memory();
        let mut stage = Stage::of(kept_in(&data), START).await;
        stage.spread(2, Spread { shards: 2, gates: 2 }).await;
        stage.add(&folder()).await;
        let forms = crowd(2).map(|mut form| {
            form.insert(
                "email".to_owned(),
                format!("{}@example.vn", form["citizen_id"].as_str().expect("a text")).into(),
            );
            form
        });
        let people = stage.door.register_all(forms).await;
        let at = match time {
            Time::Ahead => instant(START),
            Time::Open => instant(OPENS).plus_millis(60_000),
            Time::Published => instant(PUBLISHES).plus_millis(60_000),
        };
        if time == Time::Open {
            stage.clock_well(OPENS).await;
        }
        if time == Time::Published {
            for (person, right) in people.iter().zip([4, 3]) {
                let play = Play { round: FIRST, started_at: OPENS, seconds: 60, right, prediction: Some(2) };
                person.play(play).await;
            }
            // What nobody takes here need not be printed.
            stage.close(PUBLISHES).await.expect("it closes");
            let published = match documents {
                true => stage.publish(PUBLISHES).await,
                false => stage.publish_alone(PUBLISHES).await,
            };
            published.expect("it is published");
        }
        stage.world.clock.advance_to_at_least(at);
        let lead = keys::with_key(&stage.staff("lan", "lead", "*", at).await).await;
        let second = stage.staff("hai", "lead", "*", at).await;
        let clerk = stage.staff("thu", "organizer", CONTEST, at).await;
        let author = stage.staff("hoa", "author", CONTEST, at).await;
        Self { stage, people, lead, second, clerk, author, at, hand: Value::Null, _data: data }
    }

    /// Lets it stand still.
    async fn stopped(self) -> Prepared {
        let Self { stage, people, lead, second, clerk, author, at, hand, _data: data } = self;
        stage.world.stop().await;
        Prepared { data, at, people, staff: [lead, second, clerk, author], hand }
    }

    /// When an app shows the code of this number: one counts once, and the first was that of enrolling.
    pub(super) fn code_at(&self, number: i64) -> Timestamp {
        self.at.plus_millis((number + 1) * 30_000)
    }

    /// Somebody without a session.
    pub(super) fn nobody(&self) -> Staff {
        self.lead.in_session(None)
    }

    async fn invited(&self) -> Value {
        let invite = Invite { name: String::new(), role: "it".to_owned(), scope: "*".to_owned() };
        let invited = self.stage.world.functions.invite(&invite, self.at).await.expect("an invitation");
        json!({ "code": invited.code })
    }

    /// The tag of a file as it stands there.
    pub(super) async fn tag_of(&self, name: &str) -> Value {
        let listed = self.lead.get(&format!("contests/{CONTEST}")).await.expect(200);
        let files = listed["files"].as_array().expect("files");
        files.iter().find(|file| file["name"] == name).expect("it stands there")["etag"].clone()
    }

    /// Proposes what a use case proposes; as somebody else sees it.
    pub(super) async fn proposed(&self, by: Work, who: &Staff) -> Value {
        let made = by.ask(self, 0).send().await;
        seen(who, of_contest(&format!("proposals/{}", id_of(&made)))).await
    }

    async fn asked(&self) -> Value {
        let shown = self.proposed(Work::ProposeDecisions, &self.lead).await;
        let path = format!("{}/preview", path_of(&shown));
        self.clerk.call(Method::POST, &path, None).await.expect(202);
        shown
    }

    async fn tried(&self) -> Value {
        let shown = self.asked().await;
        self.stage.close(self.at.plus_millis(30_000)).await.expect("it is tried");
        seen(&self.lead, path_of(&shown)).await
    }

    /// Approves what was seen.
    pub(super) async fn approve(&self, who: &Staff, shown: &Value) -> Reply {
        let form = json!({ "preview_sha256": shown["sha256"] });
        who.call(Method::POST, &format!("{}/approve", path_of(shown)), Some(form)).await
    }
}

/// The identifier of a proposal that was made.
fn id_of(made: &Reply) -> String {
    let body: Value = serde_json::from_slice(&made.body).unwrap_or_default();
    body["proposal"].as_str().unwrap_or_else(|| panic!("no proposal was made: {}", made.text())).to_owned()
}

/// The path of a proposal in hand.
pub(super) fn path_of(shown: &Value) -> String {
    shown["path"].as_str().expect("a path").to_owned()
}

async fn seen(who: &Staff, path: String) -> Value {
    let seen = who.get(&path).await.expect(200);
    json!({ "path": path, "sha256": seen["preview"]["sha256"] })
}
