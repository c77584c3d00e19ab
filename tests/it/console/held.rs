//! What else two people carry: units and secrets of contestants, the plan once it has begun, and banks shortly before their
//! round.

use super::entries;
use super::proposals::{Scene, approve, minute, proposals, status};
use http::Method;
use serde_json::{Value, json};
use tests::{CONTEST, OPENS, SECOND_OPENS, Staff, Stage, bank, instant};

async fn made(scene: &Scene, reply: tests::reply::Reply) -> (String, Value) {
    let made = reply.expect(202);
    let path = format!("{}/{}", proposals(), made["proposal"].as_str().expect("an id"));
    let seen = scene.lead.get(&path).await.expect(200);
    assert_eq!((&seen["status"], &seen["waits_for"]), (&json!("previewed"), &json!("you")), "{seen:#}");
    (path, seen)
}

async fn words(who: &Staff) -> Vec<String> {
    let log = entries(who, &format!("contests/{CONTEST}/audit/1")).await;
    log.iter().map(|entry| entry["action"].as_str().expect("a word").to_owned()).collect()
}

#[tokio::test]
async fn a_slip_is_shown_once_to_whoever_approved_it() {
    let scene = Scene::begin().await;
    let code = &scene.people[0].code;
    let path = format!("contests/{CONTEST}/contestants/{code}/resets");
    let ask = async |checked: &str| {
        scene.clerk.call(Method::POST, &path, Some(json!({ "reason": "Quên mật khẩu", "checked": checked }))).await
    };
    ask("không").await.refused(422, "invalid_fields");
    let nobody = path.replace(code, "KHONG-CO");
    let form = json!({ "reason": "Quên", "checked": "in_person" });
    scene.clerk.call(Method::POST, &nobody, Some(form)).await.refused(404, "no_such_contestant");
    let (of_it, seen) = made(&scene, ask("in_person").await).await;
    approve(&scene.clerk, &of_it, &seen).await.refused(403, "not_your_role");
    let approved = approve(&scene.lead, &of_it, &seen).await.expect(200);
    assert_eq!(approved["status"], "applied");
    let slip = approved["slip"]["code"].as_str().expect("a code");
    approve(&scene.lead, &of_it, &seen).await.refused(409, "already_decided");
    for who in [&scene.lead, &scene.clerk] {
        assert!(!who.get(&of_it).await.expect(200).to_string().contains(slip));
    }
    for object in scene.stage.objects("vault").await.values() {
        assert!(!String::from_utf8_lossy(object).contains(slip), "no slip is kept");
    }
    let used = scene.stage.door.at(minute(2)).use_slip(code, slip, "mật khẩu mới").await;
    assert!(used.status < 300, "{}", used.status);
    assert_eq!(words(&scene.lead).await, ["propose", "approve", "give_slip"]);
}

#[tokio::test]
async fn nobody_gets_a_slip_while_they_play() {
    let scene = Scene::begin().await;
    let code = &scene.people[0].code;
    let path = format!("contests/{CONTEST}/contestants/{code}/resets");
    let form = json!({ "reason": "Quên mật khẩu", "checked": "through_unit" });
    let (of_it, _) = made(&scene, scene.clerk.call(Method::POST, &path, Some(form.clone())).await).await;
    scene.stage.clock_well(SECOND_OPENS).await;
    let now = instant(SECOND_OPENS).plus_millis(60_000);
    scene.people[0].at(now).start("vong-2").await.expect(201);
    let clerk = scene.stage.staff("lanh", "organizer", CONTEST, now).await;
    let lead = scene.stage.staff("hanh", "lead", CONTEST, now).await;
    clerk.call(Method::POST, &path, Some(form)).await.refused(409, "attempt_open");
    let seen = lead.get(&of_it).await.expect(200);
    approve(&lead, &of_it, &seen).await.refused(409, "attempt_open");
    let later = now.plus_millis(16 * 60_000);
    let lead = lead.at(later);
    lead.step_up(later).await.expect(200);
    assert!(approve(&lead, &of_it, &seen).await.expect(200)["slip"]["code"].is_string());
}

#[tokio::test]
async fn a_unit_is_corrected_by_one_before_the_first_close_and_by_two_afterwards() {
    let scene = Scene::begin().await;
    let path = format!("contests/{CONTEST}/contestants/{}", scene.people[0].code);
    let change = async |who: &Staff, unit: &str| {
        who.call(Method::PATCH, &path, Some(json!({ "unit": unit, "reason": "Chọn nhầm" }))).await
    };
    change(&scene.clerk, "tay").await.refused(422, "invalid_fields");
    let (of_it, seen) = made(&scene, change(&scene.clerk, "nam").await).await;
    assert_eq!((&seen["preview"]["before"]["unit"], &seen["preview"]["after"]["unit"]), (&json!("bac"), &json!("nam")));
    assert_eq!(scene.people[0].me().await["unit"], "bac");
    // Changed meanwhile, and changed back: what was shown is shown again.
    let (other, of_other) = made(&scene, change(&scene.clerk, "to-1").await).await;
    assert_eq!(approve(&scene.lead, &other, &of_other).await.expect(200)["status"], "applied");
    approve(&scene.lead, &of_it, &seen).await.refused(409, "stale_preview");
    assert_eq!(
        scene.clerk.call(Method::POST, &format!("{of_it}/preview"), None).await.expect(200)["status"],
        "previewed"
    );
    let seen = scene.lead.get(&of_it).await.expect(200);
    assert_eq!(approve(&scene.lead, &of_it, &seen).await.expect(200)["status"], "applied");
    assert_eq!(scene.people[0].me().await["unit"], "nam");
    let early = scene.stage.staff("som", "organizer", CONTEST, instant(OPENS)).await;
    assert_eq!(change(&early, "bac").await.status, 204);
    assert_eq!(scene.people[0].me().await["unit"], "bac");
    let expected = ["propose", "propose", "approve", "change_unit", "approve", "change_unit", "change_unit"];
    assert_eq!(words(&scene.lead).await, expected);
}

/// The plan as it stands, with its tag.
async fn plan(who: &Staff) -> (String, String) {
    let reply = who.get(&format!("contests/{CONTEST}/files/contest.toml")).await;
    (String::from_utf8(reply.body.to_vec()).expect("UTF-8"), reply.header("etag").to_owned())
}

#[tokio::test]
async fn a_plan_that_has_begun_takes_two_and_an_extension_one_lead() {
    let folder = tests::Folder::small();
    let stage = Stage::with(&folder).await;
    stage.clock_well(OPENS).await;
    let now = instant(OPENS).plus_millis(60_000);
    let clerk = stage.staff("lan", "organizer", CONTEST, now).await;
    let lead = stage.staff("hai", "lead", CONTEST, now).await;
    let (text, tag) = plan(&clerk).await;
    let renamed = text.replace("name = \"Cuộc thi thử\"", "name = \"Cuộc thi mới\"");
    for who in [&clerk, &lead] {
        who.put_file(CONTEST, "contest.toml", renamed.as_bytes(), Some(&tag)).await.refused(403, "needs_proposal");
    }
    let form = json!({ "kind": "plan", "toml": renamed, "reason": "Sửa tên" });
    let made = clerk.call(Method::POST, &proposals(), Some(form)).await.expect(201);
    let path = format!("{}/{}", proposals(), made["proposal"].as_str().expect("an id"));
    let seen = lead.get(&path).await.expect(200);
    assert_eq!(seen["preview"]["after"]["lines"], json!(["name = \"Cuộc thi mới\""]), "{seen:#}");
    let later = text.replace("closes = \"2026-03-08T16:00\"", "closes = \"2026-03-08T16:30\"");
    clerk.put_file(CONTEST, "contest.toml", later.as_bytes(), Some(&tag)).await.refused(403, "not_your_role");
    lead.put_file(CONTEST, "contest.toml", later.as_bytes(), Some(&tag)).await.expect(202);
    assert_eq!(stage.contest_json().await["rounds"][0]["closes"], "2026-03-08T09:30:00.000Z");
    approve(&lead, &path, &seen).await.refused(409, "stale_preview");
    clerk.call(Method::POST, &format!("{path}/preview"), None).await.expect(200);
    let seen = lead.get(&path).await.expect(200);
    let lines = &seen["preview"]["before"]["lines"];
    assert!(lines.to_string().contains("16:30"), "the extension would be undone: {lines}");
    clerk.call(Method::DELETE, &path, None).await;
    let renamed = later.replace("name = \"Cuộc thi thử\"", "name = \"Cuộc thi mới\"");
    let form = json!({ "kind": "plan", "toml": renamed, "reason": "Sửa tên" });
    let made = clerk.call(Method::POST, &proposals(), Some(form)).await.expect(201);
    let path = format!("{}/{}", proposals(), made["proposal"].as_str().expect("an id"));
    let seen = lead.get(&path).await.expect(200);
    assert_eq!(approve(&lead, &path, &seen).await.expect(200)["status"], "applied");
    assert_eq!(stage.contest_json().await["name"], "Cuộc thi mới");
    let broken = json!({ "kind": "plan", "toml": "id = 1", "reason": "x" });
    clerk.call(Method::POST, &proposals(), Some(broken)).await.refused(422, "invalid_fields");
    assert_eq!(words(&lead).await, ["propose", "propose", "extend", "withdraw", "propose", "approve", "upload"]);
}

#[tokio::test]
async fn another_lead_is_asked_to_look_at_an_extension() {
    let stage = Stage::with(&tests::Folder::small()).await;
    stage.clock_well(OPENS).await;
    let now = instant(OPENS).plus_millis(60_000);
    let lead = stage.staff("hai", "lead", CONTEST, now).await;
    let second = stage.staff("mai", "lead", CONTEST, now).await;
    let listed = async |who: &Staff| who.get(&proposals()).await.expect(200)["proposals"].clone();
    let (text, tag) = plan(&lead).await;
    let later = |to: &str| text.replace("closes = \"2026-03-08T16:00\"", &format!("closes = \"2026-03-08T{to}\""));
    lead.put_file(CONTEST, "contest.toml", later("16:30").as_bytes(), Some("\"another\""))
        .await
        .refused(409, "changed_meanwhile");
    assert_eq!(listed(&lead).await[0]["status"], "withdrawn", "it was not put in force");
    lead.put_file(CONTEST, "contest.toml", later("16:30").as_bytes(), Some(&tag)).await.expect(202);
    // Both were asked for at one instant, so they stand in no order.
    let both = listed(&second).await;
    let asked = both.as_array().expect("a list").iter().find(|of| of["status"] == "previewed").expect("one waits");
    assert_eq!([&asked["kind"], &asked["waits_for"]], [&json!("extension"), &json!("you")]);
    let path = format!("{}/{}", proposals(), asked["id"].as_str().expect("an id"));
    let seen = second.get(&path).await.expect(200);
    assert!(seen["preview"]["after"]["lines"].to_string().contains("16:30"), "{seen:#}");
    lead.call(Method::DELETE, &path, None).await.refused(403, "own_proposal");
    approve(&lead, &path, &seen).await.refused(403, "own_proposal");
    assert_eq!(approve(&second, &path, &seen).await.expect(200)["status"], "applied");
    assert_eq!(second.get(&path).await.expect(200)["applied"]["differs"], json!([]));
    // Of two the earlier one is no longer in force when somebody looks at it, and the later one is refused: both stay said.
    let (_, tag) = plan(&lead).await;
    lead.put_file(CONTEST, "contest.toml", later("16:40").as_bytes(), Some(&tag)).await.expect(202);
    let (_, tag) = plan(&lead).await;
    lead.put_file(CONTEST, "contest.toml", later("16:50").as_bytes(), Some(&tag)).await.expect(202);
    let waiting = second.get(&format!("contests/{CONTEST}")).await.expect(200)["proposals"].clone();
    let ids: Vec<String> =
        waiting.as_array().expect("a list").iter().map(|of| of["id"].as_str().expect("an id").to_owned()).collect();
    assert_eq!(ids.len(), 2);
    let mut ends = Vec::new();
    for id in ids {
        let path = format!("{}/{id}", proposals());
        let seen = second.get(&path).await.expect(200);
        if seen["preview"]["after"]["lines"].to_string().contains("16:40") {
            approve(&second, &path, &seen).await.expect(200);
            ends.push(second.get(&path).await.expect(200)["applied"]["differs"].as_array().expect("a list").len());
        } else {
            let why = json!({ "reason": "Lùi hai lần" });
            second.call(Method::POST, &format!("{path}/reject"), Some(why)).await.expect(200);
        }
    }
    assert_eq!(ends, [1], "it was overtaken");
    assert_eq!(stage.contest_json().await["rounds"][0]["closes"], "2026-03-08T09:50:00.000Z", "nothing is undone");
}

#[tokio::test]
async fn a_bank_within_a_day_of_its_round_comes_byte_for_byte_as_it_was_approved() {
    let scene = Scene::begin().await;
    let author = scene.stage.staff("hoa", "author", CONTEST, minute(1)).await;
    let listed = scene.lead.get(&format!("contests/{CONTEST}")).await.expect(200);
    let files = listed["files"].as_array().expect("files");
    let tag = files.iter().find(|file| file["name"] == "bank-2.csv").expect("it stands there")["etag"].as_str();
    let (other, third) = (bank(3, 6), bank(4, 6));
    let put = async |text: &str| author.put_file(CONTEST, "bank-2.csv", text.as_bytes(), tag).await;
    put(&other).await.refused(403, "needs_proposal");
    let form = |kind: &str| json!({ "kind": kind, "file": "bank-2.csv", "sha256": contest::seal::sha256_hex(other.as_bytes()), "reason": "Sửa câu 3" });
    scene.clerk.call(Method::POST, &proposals(), Some(form("bank"))).await.refused(403, "not_your_role");
    author.call(Method::POST, &proposals(), Some(form("decisions"))).await.refused(403, "not_your_role");
    let made = author.call(Method::POST, &proposals(), Some(form("bank"))).await.expect(201);
    let path = format!("{}/{}", proposals(), made["proposal"].as_str().expect("an id"));
    assert_eq!(author.get(&path).await.expect(200)["can"], json!(["preview", "withdraw"]));
    author.get(&proposals()).await.refused(403, "not_your_role");
    let seen = scene.lead.get(&path).await.expect(200);
    assert_eq!(approve(&scene.lead, &path, &seen).await.expect(200)["status"], "approved");
    put(&third).await.refused(403, "needs_proposal");
    put(&other).await.expect(202);
    assert_eq!(status(&scene.lead, &path).await, "applied");
    assert_eq!(words(&scene.lead).await, ["propose", "approve", "upload"]);
}
