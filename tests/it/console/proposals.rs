//! What two people carry: proposed by one, shown, put in force by another.

use super::entries;
use crate::publishing::{folder, published, published_on};
use contest::time::Timestamp;
use http::Method;
use serde_json::{Value, json};
use tests::network::Network;
use tests::reply::Reply;
use tests::{CONTEST, Contestant, FIRST, PUBLISHES, SECOND, START, Staff, Stage, at_once, instant};

/// The first two win; the third would, without them.
const SHEETS: [crate::publishing::Sheet; 4] =
    [(1, 4, 60, Some(4)), (2, 4, 70, Some(4)), (3, 4, 80, Some(4)), (4, 2, 60, None)];

/// So many minutes after the first results.
pub(super) fn minute(count: i64) -> Timestamp {
    instant(PUBLISHES).plus_millis(count * 60_000)
}

/// A published round, somebody who proposes, and a lead who decides.
pub(super) struct Scene {
    pub(super) stage: Stage,
    pub(super) people: Vec<Contestant>,
    pub(super) clerk: Staff,
    pub(super) lead: Staff,
}

impl Scene {
    pub(super) async fn begin() -> Self {
        Self::of(published(&folder(), &SHEETS).await).await
    }

    /// The same in a world whose functions reach their engines through this network.
    pub(super) async fn on(network: &Network) -> Self {
        let mut stage = Stage::on(START, Some(network)).await;
        stage.add(&folder()).await;
        Self::of(published_on(stage, &SHEETS).await).await
    }

    async fn of((stage, people): (Stage, Vec<Contestant>)) -> Self {
        let clerk = stage.staff("lan", "organizer", CONTEST, minute(1)).await;
        let lead = stage.staff("hai", "lead", CONTEST, minute(1)).await;
        Self { stage, people, clerk, lead }
    }

    /// Another question's right option than the one that was announced.
    pub(super) async fn rekey(&self) -> Value {
        let key = self.stage.round(FIRST).json("v1/key.json").await;
        let (question, right) = key["key"].as_object().expect("a key").iter().next().expect("a question");
        let other = if right[0] == "a" { "B" } else { "A" };
        json!({ "action": "rekey", "round": FIRST, "question": question, "answer": other })
    }

    pub(super) fn disqualify(&self, who: usize) -> Value {
        json!({ "action": "disqualify", "round": FIRST, "contestant": self.people[who - 1].code })
    }

    /// Proposed by the clerk; its path.
    pub(super) async fn propose(&self, changes: &[Value]) -> String {
        let form = json!({ "changes": changes, "reason": "Dùng hai tài khoản" });
        let made = self.clerk.call(Method::POST, &proposals(), Some(form)).await.expect(201);
        format!("{}/{}", proposals(), made["proposal"].as_str().expect("an id"))
    }

    /// Tried at an instant; what it says then.
    pub(super) async fn tried(&self, path: &str, at: Timestamp) -> Value {
        let asked = self.clerk.at(at).call(Method::POST, &format!("{path}/preview"), None).await;
        assert_eq!((asked.expect(202)["status"].as_str(), asked.header("retry-after")), (Some("draft"), "2"));
        self.stage.clock_well(&at.plus_millis(30_000).rfc3339()).await;
        self.clerk.at(at).get(path).await.expect(200)
    }

    pub(super) async fn state(&self) -> (Vec<String>, std::collections::BTreeMap<String, Vec<u8>>) {
        let (_, vault, control, schedules) = self.stage.in_force().await;
        let kept = |text: &String| !text.contains("Q#") && !text.contains("AUDIT");
        let lines = control.into_iter().chain(schedules).filter(kept).collect();
        let vault = vault.into_iter().filter(|(path, _)| !path.starts_with("previews/") && !path.starts_with("audit/"));
        (lines, vault.collect())
    }
}

pub(super) fn proposals() -> String {
    format!("contests/{CONTEST}/proposals")
}

pub(super) async fn approve(who: &Staff, path: &str, seen: &Value) -> Reply {
    let form = json!({ "preview_sha256": seen["preview"]["sha256"] });
    who.call(Method::POST, &format!("{path}/approve"), Some(form)).await
}

pub(super) async fn status(who: &Staff, path: &str) -> String {
    who.get(path).await.expect(200)["status"].as_str().expect("a word").to_owned()
}

#[tokio::test]
async fn what_one_proposes_and_another_approves_comes_as_it_was_shown() {
    let scene = Scene::begin().await;
    let path = scene.propose(&[scene.disqualify(1), scene.rekey().await]).await;
    let before = scene.state().await;
    let seen = scene.tried(&path, minute(1)).await;
    assert!(scene.state().await == before, "a preview changes nothing but its own");
    assert_eq!(
        (&seen["status"], &seen["waits_for"], &seen["can"]),
        (&json!("previewed"), &json!("others"), &json!(["preview", "withdraw"]))
    );
    let preview = &seen["preview"];
    assert_eq!(
        contest::seal::sha256_hex(preview["text"].as_str().expect("bytes").as_bytes()),
        preview["sha256"].as_str().expect("a hash")
    );
    assert_eq!((&preview["refused"], &preview["rounds"][0]["then"]), (&json!([]), &json!(2)), "{preview:#}");
    let names: Vec<&str> =
        preview["people"].as_object().expect("people").values().filter_map(|who| who["name"].as_str()).collect();
    assert!(names.contains(&"Nguyễn Văn An"), "{preview:#}");
    assert!(
        preview["void"].as_array().expect("files").iter().any(|file| file["file"] == "winners.xlsx"),
        "{preview:#}"
    );
    let prizes = preview["prizes"].as_array().expect("prizes");
    let gone =
        prizes.iter().find(|of| preview["people"][of["from"].as_str().unwrap_or_default()]["name"] == "Nguyễn Văn An");
    assert_eq!(gone.expect("it passes on")["amount"], 1_000_000);
    let seen = scene.lead.at(minute(2)).get(&path).await.expect(200);
    assert_eq!((&seen["waits_for"], &seen["can"]), (&json!("you"), &json!(["preview", "approve", "reject"])));
    let approved = approve(&scene.lead.at(minute(2)), &path, &seen).await.expect(200);
    assert_eq!(approved, json!({ "status": "approved" }));
    scene.stage.world.sweep().await.expect("an edition is made");
    let applied = scene.lead.at(minute(3)).get(&path).await.expect(200);
    assert_eq!((&applied["status"], &applied["applied"]["differs"]), (&json!("applied"), &json!([])), "{applied:#}");
    assert_eq!(applied["applied"]["versions"], json!([{ "round": FIRST, "version": 2 }]));
    let results = scene.stage.round(FIRST).json("v2/results.json").await;
    for of in prizes {
        let to = results["winners"].as_array().expect("winners").iter().find(|w| w["prize"] == of["tier"]);
        assert_eq!(to.map(|w| &w["contestant"]).unwrap_or(&Value::Null), &of["to"], "{results:#}");
    }
    let log = entries(&scene.lead.at(minute(3)), &format!("contests/{CONTEST}/audit/1")).await;
    let id = path.rsplit('/').next().expect("an id");
    let of_it: Vec<&str> =
        log.iter().filter(|e| e["proposal"] == id).map(|e| e["action"].as_str().expect("a word")).collect();
    assert_eq!(of_it, ["propose", "approve", "upload"]);
    assert_eq!(log[log.len() - 1]["subject"], "adjudications.csv");
    // Asked again, nothing is done again.
    let tables = scene.stage.decisions().await;
    approve(&scene.lead.at(minute(3)), &path, &seen).await.refused(409, "already_decided");
    assert_eq!((scene.stage.decisions().await, tables.len()), (tables.clone(), 1));
}

#[tokio::test]
async fn nobody_approves_their_own_and_of_two_at_once_one_does() {
    let scene = Scene::begin().await;
    let form = json!({ "changes": [scene.disqualify(1)], "reason": "Thi hộ" });
    let made = scene.lead.call(Method::POST, &proposals(), Some(form)).await.expect(201);
    let path = format!("{}/{}", proposals(), made["proposal"].as_str().expect("an id"));
    let seen = scene.tried(&path, minute(1)).await;
    approve(&scene.lead, &path, &seen).await.refused(403, "own_proposal");
    approve(&scene.clerk, &path, &seen).await.refused(403, "not_your_role");
    let mut leads = Vec::new();
    for login in ["hoa", "tam", "tuan"] {
        leads.push(scene.stage.staff(login, "lead", CONTEST, minute(2)).await);
    }
    let other = json!({ "preview": { "sha256": "0".repeat(64) } });
    approve(&leads[0], &path, &other).await.refused(409, "stale_preview");
    leads[0]
        .at(minute(8))
        .call(Method::POST, &format!("{path}/approve"), Some(json!({ "preview_sha256": "" })))
        .await
        .refused(403, "step_up_needed");
    let requests = leads.into_iter().map(|lead| {
        let (path, seen) = (path.clone(), seen.clone());
        async move { approve(&lead, &path, &seen).await.status }
    });
    let mut statuses = at_once(requests).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 409, 409]);
    assert_eq!(scene.stage.decisions().await.len(), 1);
}

#[tokio::test]
async fn what_was_shown_does_not_outlive_what_it_was_shown_of() {
    let scene = Scene::begin().await;
    let path = scene.propose(&[scene.disqualify(1)]).await;
    approve(&scene.lead, &path, &json!({ "preview": { "sha256": "0".repeat(64) } }))
        .await
        .refused(409, "stale_preview");
    let seen = scene.tried(&path, minute(1)).await;
    let units = folder().text("units.csv").replace("Phường Bắc", "Phường Bắc Sơn");
    scene.stage.accept("units.csv", units).await;
    approve(&scene.lead, &path, &seen).await.refused(409, "stale_preview");
    assert_eq!(status(&scene.lead, &path).await, "stale");
    assert!(scene.stage.decisions().await.is_empty());
    let again = scene.tried(&path, minute(2)).await;
    approve(&scene.lead.at(minute(2)), &path, &seen).await.refused(409, "stale_preview");
    // Another version of the round.
    scene
        .stage
        .accept(
            "adjudications.csv",
            format!("Mã dự thi;Vòng;Xử lý;Lý do\n{};{FIRST};disqualify;Thi hộ\n", scene.people[3].code),
        )
        .await;
    scene.stage.world.sweep().await.expect("an edition is made");
    approve(&scene.lead.at(minute(3)), &path, &again).await.refused(409, "stale_preview");
    let last = scene.tried(&path, minute(3)).await;
    approve(&scene.lead.at(minute(4)), &path, &last).await.expect(200);
    // The rows that were there stay.
    assert_eq!(scene.stage.decisions().await.len(), 2);
    scene.stage.world.sweep().await.expect("an edition is made");
    assert_eq!(status(&scene.lead.at(minute(5)), &path).await, "applied");
}

#[tokio::test]
async fn what_is_withdrawn_rejected_or_too_old_is_over() {
    let scene = Scene::begin().await;
    let mut seen = Vec::new();
    for (place, who) in [1, 2, 3].into_iter().enumerate() {
        let path = scene.propose(&[scene.disqualify(who)]).await;
        seen.push((scene.tried(&path, minute(1 + i64::try_from(place).expect("few"))).await, path));
    }
    let why = Some(json!({ "reason": "Chưa đủ căn cứ" }));
    scene.lead.call(Method::DELETE, &seen[0].1, None).await.refused(403, "not_your_proposal");
    assert_eq!(scene.clerk.call(Method::DELETE, &seen[0].1, None).await.status, 204);
    scene.clerk.call(Method::POST, &format!("{}/reject", seen[1].1), why.clone()).await.refused(403, "not_your_role");
    let rejected = scene.lead.call(Method::POST, &format!("{}/reject", seen[1].1), why.clone()).await.expect(200);
    assert_eq!(rejected["status"], "rejected");
    let lead = scene.stage.staff("muon", "lead", CONTEST, minute(2 + 14 * 24 * 60 + 2)).await;
    for ((of, path), expected) in seen.iter().zip(["withdrawn", "rejected", "expired"]) {
        assert_eq!(status(&lead, path).await, expected);
        approve(&lead, path, of).await.refused(409, "already_decided");
        lead.call(Method::POST, &format!("{path}/reject"), why.clone()).await.refused(409, "already_decided");
        lead.call(Method::POST, &format!("{path}/preview"), None).await.refused(409, "already_decided");
    }
    let listed = lead.get(&proposals()).await.expect(200);
    assert_eq!(listed["proposals"].as_array().expect("a list").len(), 3);
    assert!(
        lead.get(&format!("contests/{CONTEST}")).await.expect(200)["proposals"].as_array().expect("a list").is_empty()
    );
    assert!(scene.stage.decisions().await.is_empty());
}

#[tokio::test]
async fn whoever_has_lost_their_rights_approves_nothing() {
    let scene = Scene::begin().await;
    let path = scene.propose(&[scene.disqualify(1)]).await;
    let seen = scene.tried(&path, minute(1)).await;
    let everywhere = scene.stage.staff("canh", "lead", "*", minute(2)).await;
    let second = scene.stage.staff("dung", "lead", "*", minute(2)).await;
    let form = json!({ "roles": { CONTEST: ["organizer"] }, "reason": "Chuyển công tác" });
    let made = everywhere.call(Method::PATCH, &format!("people/{}", scene.lead.id), Some(form)).await.expect(202);
    approve(&scene.lead, &path, &json!({ "preview": { "sha256": "0".repeat(64) } }))
        .await
        .refused(409, "stale_preview");
    let of_roles = format!("proposals/{}", made["proposal"].as_str().expect("an id"));
    let shown = second.get(&of_roles).await.expect(200);
    assert_eq!(shown["preview"]["after"]["roles"], json!({ CONTEST: ["organizer"] }), "{shown:#}");
    approve(&everywhere, &of_roles, &shown).await.refused(403, "own_proposal");
    // Nor does anybody approve what changes their own rights, whoever has proposed it.
    let form = json!({ "roles": { "*": ["organizer"] }, "reason": "Thôi Thường trực" });
    let own = everywhere.call(Method::PATCH, &format!("people/{}", second.id), Some(form)).await.expect(202);
    let own = format!("proposals/{}", own["proposal"].as_str().expect("an id"));
    let of_own = second.get(&own).await.expect(200);
    approve(&second, &own, &of_own).await.refused(403, "own_rights");
    scene.lead.get(&of_roles).await.refused(403, "not_your_role");
    scene.lead.call(Method::DELETE, &of_roles, None).await.refused(403, "not_your_role");
    assert_eq!(approve(&second, &of_roles, &shown).await.expect(200)["status"], "applied");
    approve(&scene.lead, &path, &seen).await.refused(401, "no_session");
    assert!(scene.stage.decisions().await.is_empty());
    let log = entries(&second, "audit/1").await;
    let id = of_roles.rsplit('/').next().expect("an id");
    let of_it: Vec<&str> =
        log.iter().filter(|e| e["proposal"] == id).map(|e| e["action"].as_str().expect("a word")).collect();
    assert_eq!(of_it, ["propose", "approve", "change_person"]);
}

#[tokio::test]
async fn what_cannot_be_done_is_told_before_anybody_approves_it() {
    let scene = Scene::begin().await;
    let propose = async |changes: Value| {
        let form = json!({ "changes": changes, "reason": "x" });
        scene.clerk.call(Method::POST, &proposals(), Some(form)).await
    };
    let faults = propose(json!([{ "action": "tha", "round": FIRST }, { "action": "void", "round": "vong-9", "question": "1" }, { "action": "rekey", "round": FIRST }])).await.faults(422, "invalid_fields");
    let faults: Vec<String> = faults.into_iter().map(|(field, code)| format!("{field} {code}")).collect();
    let expected = [
        "changes.0.action unknown_word",
        "changes.1.round unknown_word",
        "changes.2.question missing",
        "changes.2.answer missing",
    ];
    assert_eq!(faults, expected);
    propose(json!([])).await.refused(422, "invalid_fields");
    propose(json!([{ "action": "disqualify", "round": SECOND, "contestant": "A-001" }]))
        .await
        .refused(409, "round_not_ranked");
    let unknown = [
        json!({ "action": "void", "round": FIRST, "question": "q99" }),
        json!({ "action": "disqualify", "round": FIRST, "contestant": "KHONG-CO" }),
        json!({ "action": "rekey", "round": FIRST, "question": "1", "answer": "E" }),
    ];
    let path = scene.propose(&unknown).await;
    let seen = scene.tried(&path, minute(1)).await;
    assert_eq!(seen["preview"]["refused"].as_array().expect("sentences").len(), 3, "{seen:#}");
    assert_eq!(seen["can"], json!(["preview", "withdraw"]));
    approve(&scene.lead, &path, &seen).await.refused(409, "preview_refused");
    scene.lead.get(&format!("{}/{}", proposals(), "a".repeat(16))).await.refused(404, "no_such_proposal");
}
