//! What organizers do, and what they do instead where doing it again is told to be no use.

use super::keys;
use super::scenes::{Scene, extended_plan, of_contest, other_bank, path_of};
use http::Method;
use organizer_api::Invite;
use serde_json::{Value, json};
use tests::reply::Reply;
use tests::{CONTEST, FIRST, STAFF_SECRET, Staff, code_of};

/// A use case of the organizers' function, or of another for the sake of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    Invite,
    /// As `aws lambda invoke` does.
    InviteDirectly,
    Enrol,
    Confirm,
    SignIn,
    Second,
    ChangeOwnSecret,
    NewRecovery,
    StepUp,
    AddKey,
    RemoveKey,
    SignInByKey,
    StepUpByKey,
    /// A device that has counted less than it had.
    CountBack,
    NewApp,
    ConfirmApp,
    /// Any request more than five minutes after the last.
    Look,
    EndSession,
    /// Of somebody else.
    EndSessions,
    SignOut,
    ChangePerson,
    /// That is a proposal.
    ChangeLead,
    PutNew,
    PutReplaced,
    PutApprovedBank,
    /// An end that is moved later while the round is open.
    Extend,
    ProposeDecisions,
    ProposeReset,
    ProposeUnit,
    ProposePlan,
    ProposeBank,
    AskPreview,
    /// Of what is shown at once.
    PreviewAgain,
    /// What closes rounds tries a proposal.
    TryOut,
    ApproveDecisions,
    /// Whoever looks finds that it has taken effect.
    Applied,
    ApproveReset,
    ApproveUnit,
    ApproveRoles,
    ApprovePlan,
    ApproveBank,
    Reject,
    Withdraw,
    CorrectUnit,
    AskWatch,
    SeeFigures,
    LookUp,
    SeePaper,
    SeeResults,
    SeeReview,
    Download,
    ImportDecisions,
}

/// What somebody hears.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    Done,
    /// Something went wrong, and they should try again.
    Fault(String),
    /// It cannot be done, and why.
    Refused(String),
}

/// A request.
pub(super) struct Ask {
    who: Staff,
    method: Method,
    path: String,
    form: Option<Value>,
    /// Status of the answer.
    wanted: u16,
}

impl Ask {
    pub(super) async fn send(self) -> Reply {
        self.who.call(self.method, &self.path, self.form).await
    }

    fn of(who: &Staff, (method, path): (Method, &str), form: Value, wanted: u16) -> Self {
        let form = Some(form).filter(|form| !form.is_null());
        Self { who: who.clone(), method, path: path.to_owned(), form, wanted }
    }
}

const ANOTHER_SECRET: &str = "một câu khác cũng dài";

const NOTHING: Value = Value::Null;

impl Work {
    pub(super) const ALL: [Self; 52] = [
        Self::Invite,
        Self::InviteDirectly,
        Self::Enrol,
        Self::Confirm,
        Self::SignIn,
        Self::Second,
        Self::ChangeOwnSecret,
        Self::NewRecovery,
        Self::StepUp,
        Self::AddKey,
        Self::RemoveKey,
        Self::SignInByKey,
        Self::StepUpByKey,
        Self::CountBack,
        Self::NewApp,
        Self::ConfirmApp,
        Self::Look,
        Self::EndSession,
        Self::EndSessions,
        Self::SignOut,
        Self::ChangePerson,
        Self::ChangeLead,
        Self::PutNew,
        Self::PutReplaced,
        Self::PutApprovedBank,
        Self::Extend,
        Self::ProposeDecisions,
        Self::ProposeReset,
        Self::ProposeUnit,
        Self::ProposePlan,
        Self::ProposeBank,
        Self::AskPreview,
        Self::PreviewAgain,
        Self::TryOut,
        Self::ApproveDecisions,
        Self::Applied,
        Self::ApproveReset,
        Self::ApproveUnit,
        Self::ApproveRoles,
        Self::ApprovePlan,
        Self::ApproveBank,
        Self::Reject,
        Self::Withdraw,
        Self::CorrectUnit,
        Self::AskWatch,
        Self::SeeFigures,
        Self::LookUp,
        Self::SeePaper,
        Self::SeeResults,
        Self::SeeReview,
        Self::Download,
        Self::ImportDecisions,
    ];

    /// Presses the button; where a code is typed, that of this turn.
    pub(super) async fn press(self, scene: &Scene, turn: i64) -> Heard {
        let Scene { stage, lead, author, hand, .. } = scene;
        match self {
            Self::InviteDirectly => {
                let invite = Invite { name: String::new(), role: "lead".to_owned(), scope: "*".to_owned() };
                told(stage.world.functions.invite(&invite, scene.at).await)
            }
            Self::TryOut => told(stage.close(scene.at.plus_millis(30_000)).await),
            Self::ImportDecisions => import(scene).await,
            Self::AddKey => keys::add(scene, turn).await,
            Self::SignInByKey | Self::CountBack => keys::sign_in(self, scene, turn).await,
            Self::StepUpByKey => keys::step_up(scene, turn).await,
            Self::PutNew => {
                let excluded = "Họ và tên,Căn cước,Vai trò\nVũ Thị Tổ,001090000099,Tổ ra đề\n";
                heard(&lead.put_file(CONTEST, "excluded.csv", excluded.as_bytes(), None).await, 202)
            }
            Self::PutReplaced => {
                let units = super::super::use_cases::folder().text("units.csv").replace("Bắc", "Bắc Sơn");
                heard(&lead.put_file(CONTEST, "units.csv", units.as_bytes(), hand.as_str()).await, 202)
            }
            Self::PutApprovedBank => {
                heard(&author.put_file(CONTEST, "bank-2.csv", other_bank().as_bytes(), hand.as_str()).await, 202)
            }
            Self::Extend => {
                heard(&lead.put_file(CONTEST, "contest.toml", extended_plan().as_bytes(), hand.as_str()).await, 202)
            }
            Self::Applied => {
                let reply = lead.get(&path_of(hand)).await;
                let is_applied = reply.text().contains("\"status\":\"applied\"");
                if is_applied { heard(&reply, 200) } else { Heard::Fault(reply.text()) }
            }
            _ => {
                let ask = self.ask(scene, turn);
                let wanted = ask.wanted;
                heard(&ask.send().await, wanted)
            }
        }
    }

    /// The request of it.
    pub(super) fn ask(self, scene: &Scene, turn: i64) -> Ask {
        let Scene { lead, second, clerk, hand, .. } = scene;
        let (at, nobody) = (scene.code_at(turn), scene.nobody());
        let code = json!({ "code": lead.code(at) });
        let (get, post, delete) = (Method::GET, Method::POST, Method::DELETE);
        let role = |role: &str| json!({ "roles": { CONTEST: [role] }, "reason": "Chuyển công tác" });
        let person = |who: &Staff| format!("people/{}", who.id);
        match self {
            Self::Invite => {
                Ask::of(lead, (post, "people"), json!({ "name": "Anh Hai", "role": "it", "scope": "*" }), 201)
            }
            Self::Enrol => Ask::of(&nobody, (post, "enrolments"), Self::enrolment(hand), 200),
            Self::Confirm => {
                let totp = code_of(hand["uri"].as_str().expect("an address"), at);
                let form = json!({ "ticket": hand["ticket"], "totp": totp });
                Ask::of(&nobody.at(at), (post, "enrolments/confirm"), form, 201)
            }
            Self::SignIn => {
                Ask::of(&nobody, (post, "sessions"), json!({ "login": lead.login, "secret": STAFF_SECRET }), 200)
            }
            Self::Second => {
                let form = json!({ "ticket": hand["ticket"], "code": lead.code(at) });
                Ask::of(&nobody.at(at), (post, "sessions/second"), form, 201)
            }
            Self::ChangeOwnSecret => {
                let form = json!({ "secret": STAFF_SECRET, "new_secret": ANOTHER_SECRET });
                Ask::of(lead, (Method::PUT, "me/secret"), form, 200)
            }
            Self::NewRecovery => Ask::of(&lead.at(at), (post, "me/recovery"), code, 200),
            Self::StepUp => Ask::of(&lead.at(at), (post, "me/step-up"), code, 200),
            Self::RemoveKey => {
                let path = format!("me/passkeys/{}", hand["id"].as_str().expect("an id"));
                Ask::of(lead, (delete, &path), NOTHING, 200)
            }
            Self::NewApp => Ask::of(lead, (post, "me/totp"), NOTHING, 200),
            Self::ConfirmApp => Ask::of(&lead.at(at), (Method::PUT, "me/totp"), keys::shown(hand, at), 200),
            Self::Look => Ask::of(&lead.at(scene.at.plus_millis(6 * 60_000)), (get, "me"), NOTHING, 200),
            Self::EndSession => {
                let path = format!("me/sessions/{}", hand["id"].as_str().expect("an id"));
                Ask::of(lead, (delete, &path), NOTHING, 204)
            }
            Self::EndSessions => Ask::of(lead, (delete, &format!("{}/sessions", person(clerk))), NOTHING, 204),
            Self::SignOut => Ask::of(lead, (delete, "sessions"), NOTHING, 204),
            Self::ChangePerson => Ask::of(lead, (Method::PATCH, &person(clerk)), role("official"), 204),
            Self::ChangeLead => Ask::of(lead, (Method::PATCH, &person(second)), role("organizer"), 202),
            _ => self.ask_about_a_contest(scene),
        }
    }

    fn ask_about_a_contest(self, scene: &Scene) -> Ask {
        let Scene { people, lead, second, clerk, author, hand, .. } = scene;
        let (get, post, patch) = (Method::GET, Method::POST, Method::PATCH);
        let of_round = |what: &str| of_contest(&format!("rounds/{FIRST}/{what}"));
        let person = of_contest(&format!("contestants/{}", people[0].code));
        let of_it = |step: &str| format!("{}/{step}", path_of(hand));
        let shown = json!({ "preview_sha256": hand["sha256"] });
        let by = |who, step, form, wanted| Ask::of(who, (Method::POST, &of_it(step)), form, wanted);
        match self {
            Self::ProposeDecisions | Self::ProposePlan => {
                Ask::of(clerk, (post, &of_contest("proposals")), self.proposal(scene), 201)
            }
            Self::ProposeBank => Ask::of(author, (post, &of_contest("proposals")), self.proposal(scene), 201),
            Self::ProposeReset => Ask::of(clerk, (post, &format!("{person}/resets")), self.proposal(scene), 202),
            Self::ProposeUnit => Ask::of(clerk, (patch, &person), self.proposal(scene), 202),
            Self::CorrectUnit => Ask::of(clerk, (patch, &person), Self::ProposeUnit.proposal(scene), 204),
            Self::AskPreview => by(clerk, "preview", NOTHING, 202),
            Self::PreviewAgain => by(clerk, "preview", NOTHING, 200),
            Self::ApproveRoles => by(second, "approve", shown, 200),
            Self::Reject => by(lead, "reject", json!({ "reason": "Chưa đủ căn cứ" }), 200),
            Self::Withdraw => Ask::of(clerk, (Method::DELETE, &path_of(hand)), NOTHING, 204),
            Self::AskWatch => Ask::of(clerk, (post, &of_round("watch")), NOTHING, 202),
            Self::SeeFigures => Ask::of(clerk, (get, &of_round("watch")), NOTHING, 200),
            Self::LookUp => {
                let form = json!({ "by": "code", "value": people[0].code });
                Ask::of(clerk, (post, &of_contest("contestants/search")), form, 200)
            }
            Self::SeePaper => Ask::of(clerk, (post, &of_round("paper")), json!({ "seed": 1 }), 200),
            Self::SeeResults => Ask::of(clerk, (get, &of_round("results")), NOTHING, 200),
            Self::SeeReview => Ask::of(clerk, (get, &of_round("review")), NOTHING, 200),
            Self::Download => {
                let path = of_contest(&format!("documents/{FIRST}/1/ranking.csv/parts/1"));
                Ask::of(lead, (get, &path), NOTHING, 200)
            }
            // What is approved was proposed by another than the first lead.
            _ => by(lead, "approve", shown, 200),
        }
    }

    /// Does it again, and what the sentence says where that is no use any more.
    pub(super) async fn again(self, scene: &Scene, turn: i64) -> Result<(), Heard> {
        match self.press(scene, turn).await {
            Heard::Done => Ok(()),
            Heard::Refused(code) => self.instead(scene, turn, &code).await,
            fault @ Heard::Fault(_) => Err(fault),
        }
    }

    async fn instead(self, scene: &Scene, turn: i64, code: &str) -> Result<(), Heard> {
        let Scene { lead, clerk, hand, .. } = scene;
        let (now, next) = (scene.code_at(turn), scene.code_at(turn + 1));
        match (self, code) {
            // The account is there; its session and its card were lost on the way.
            (Self::Confirm, "wrong_code") => {
                let uri = hand["uri"].as_str().expect("an address");
                let (opened, owner) = scene.nobody().of("moi", uri).sign_in(STAFF_SECRET, now).await;
                opened.expect(201);
                let form = json!({ "code": owner.code(next) });
                let card = owner.at(next).call(Method::POST, "me/recovery", Some(form)).await.expect(200);
                assert_eq!(card["recovery"].as_array().map(Vec::len), Some(10));
                Ok(())
            }
            (Self::Second, "wrong_credentials") => opened(&lead.sign_in(STAFF_SECRET, now).await.0),
            (Self::ChangeOwnSecret, "no_session") => opened(&lead.sign_in(ANOTHER_SECRET, now).await.0),
            (Self::SignOut, "no_session") => Ok(()),
            // Only the new session was lost: what one signs in with is changed, as everybody sees who signs in.
            (Self::AddKey | Self::RemoveKey, "no_session") => {
                let (reply, owner) = lead.sign_in(STAFF_SECRET, now).await;
                opened(&reply)?;
                keys::are(&owner, if self == Self::AddKey { 2 } else { 0 }).await
            }
            (Self::ConfirmApp, "no_session") => {
                let uri = hand["totp_uri"].as_str().expect("an address");
                opened(&lead.of(&lead.login, uri).sign_in(STAFF_SECRET, now).await.0)
            }
            // What the app has read is used up: it reads something new.
            (Self::ConfirmApp, "wrong_code") => {
                let begun = lead.at(now).call(Method::POST, "me/totp", None).await.expect(200);
                let form = keys::shown(&begun, now);
                done(&lead.at(now).call(Method::PUT, "me/totp", Some(form)).await, 200)
            }
            // It was decided, as everybody sees who opens it.
            (Self::Reject, "already_decided") => stands(lead, hand, "rejected").await,
            (Self::Withdraw, "already_decided") => stands(clerk, hand, "withdrawn").await,
            // The slip was lost on the way: nobody knows its code, and a new one takes its place.
            (Self::ApproveReset, "already_decided") => {
                stands(lead, hand, "applied").await?;
                let shown = scene.proposed(Self::ProposeReset, lead).await;
                let approved = scene.approve(lead, &shown).await.expect(200);
                assert!(approved["slip"]["code"].is_string(), "{approved}");
                Ok(())
            }
            (_, "already_decided") => stands(lead, hand, "applied").await,
            _ => Err(Heard::Refused(code.to_owned())),
        }
    }

    /// The refusal that is told where a reply was lost that nobody can know of: a ticket that is used up may have been so by
    /// anybody.
    pub(super) const fn is_mistaken_for(self) -> Option<&'static str> {
        match self {
            Self::Second => Some("wrong_credentials"),
            Self::AddKey | Self::SignInByKey | Self::StepUpByKey | Self::CountBack => Some("wrong_passkey"),
            Self::ConfirmApp => Some("wrong_code"),
            _ => None,
        }
    }

    /// Whether an entry tells of it.
    pub(super) const fn is_logged(self) -> bool {
        use Work::{
            Applied, AskPreview, AskWatch, Enrol, ImportDecisions, Look, NewApp, PreviewAgain, SeeFigures, SignIn,
            SignOut, StepUp, StepUpByKey, TryOut,
        };
        !matches!(
            self,
            Enrol
                | SignIn
                | StepUp
                | StepUpByKey
                | NewApp
                | Look
                | SignOut
                | AskPreview
                | PreviewAgain
                | TryOut
                | Applied
                | AskWatch
                | SeeFigures
                | ImportDecisions
        )
    }

    /// Whether a ticket may be left of it that nobody uses: of an account that is there by now, of a key or an app that has
    /// begun anew. It runs out within a quarter of an hour.
    pub(super) const fn leaves_tickets(self) -> bool {
        use Work::{AddKey, Confirm, ConfirmApp, CountBack, SignInByKey, StepUpByKey};
        matches!(self, AddKey | Confirm | ConfirmApp | CountBack | SignInByKey | StepUpByKey)
    }

    /// Whether a file is written by whoever approves, and what was cut short is carried on from what stands there.
    pub(super) const fn is_carried_on(self) -> bool {
        matches!(self, Self::ApprovePlan | Self::ApproveDecisions)
    }

    /// Whether the importer's judgement of what it writes belongs to it.
    pub(super) const fn is_judged(self) -> bool {
        matches!(self, Self::ImportDecisions)
    }

    /// Between them they make calls of every kind.
    pub(super) const fn tells_capacity(self) -> bool {
        use Work::{AskWatch, Confirm, CorrectUnit, Invite, PutReplaced, Second, TryOut, Withdraw};
        matches!(self, AskWatch | Confirm | CorrectUnit | Invite | PutReplaced | Second | TryOut | Withdraw)
    }

    /// The file that is uploaded from outside.
    pub(super) const fn imports(self) -> Option<&'static str> {
        match self {
            Self::ImportDecisions => Some("adjudications.csv"),
            _ => None,
        }
    }

    /// Entries of what is done [instead](Self::instead).
    pub(super) const fn instead_log(self) -> &'static [&'static str] {
        match self {
            Self::Confirm => &["\"sign_in\"", "\"new_recovery_card\""],
            Self::ChangeOwnSecret | Self::AddKey | Self::RemoveKey | Self::ConfirmApp => &["\"sign_in\""],
            Self::ApproveReset => &["\"approve\""],
            // What stands there already is no extension any more.
            Self::Extend => &["\"upload\""],
            _ => &[],
        }
    }
}

/// Decisions as they are uploaded; the bucket delivers its event until the importer has done with it.
async fn import(scene: &Scene) -> Heard {
    let stage = &scene.stage;
    let table = format!("Mã dự thi;Vòng;Xử lý;Lý do\n{};{FIRST};disqualify;Thi hộ\n", scene.people[0].code);
    let key = format!("{CONTEST}/adjudications.csv");
    let put = stage.world.s3.put_object().bucket("uploads").key(key).body(table.into_bytes().into()).send().await;
    let Ok(put) = put else { return Heard::Fault(format!("{put:?}")) };
    let report = stage.report("adjudications.csv").await.unwrap_or_default();
    let is_judged = report["version_id"].as_str() == put.version_id();
    if is_judged { Heard::Done } else { Heard::Fault("no report about this upload".to_owned()) }
}

async fn stands(who: &Staff, hand: &Value, status: &str) -> Result<(), Heard> {
    let reply = who.get(&path_of(hand)).await;
    let is_so = reply.text().contains(&format!("\"status\":\"{status}\""));
    if is_so { Ok(()) } else { Err(Heard::Refused(reply.text())) }
}

fn opened(reply: &Reply) -> Result<(), Heard> {
    done(reply, 201)
}

fn done(reply: &Reply, wanted: u16) -> Result<(), Heard> {
    match heard(reply, wanted) {
        Heard::Done => Ok(()),
        other => Err(other),
    }
}

fn told<T>(said: anyhow::Result<T>) -> Heard {
    said.map_or_else(|fault| Heard::Fault(format!("{fault:#}")), |_| Heard::Done)
}

/// What a reply says. Each that is no success has a sentence.
pub(super) fn heard(reply: &Reply, wanted: u16) -> Heard {
    if reply.status == wanted {
        return Heard::Done;
    }
    let problem: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    let code = problem["code"].as_str().unwrap_or_default();
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("Xin ")), "{}: {problem}", reply.status);
    match reply.status {
        500 | 503 => Heard::Fault(code.to_owned()),
        _ => Heard::Refused(code.to_owned()),
    }
}
