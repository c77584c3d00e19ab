//! Organizers on the deployed stack: invited from outside, a contest that comes by the console alone, is played, decided about
//! by two of them and recognized.

use super::story::{PUBLISHED_WITHIN, SOON, folder};
use super::{Stack, eventually, now};
use contest::seal::sha256_hex;
use contest::time::Timestamp;
use data_encoding::{BASE64, HEXLOWER};
use http::Method;
use serde_json::{Value, json};
use tests::reply::Reply;
use tests::{FIRST, STAFF_SECRET, code_of, person, sheet};

/// A contest beside that of the story.
const BY_CONSOLE: &str = "qua-ban-lam-viec";

/// Until it opens: six cold starts, and the judgement of each file.
const OPENS_IN_MS: i64 = 120_000;

/// How long it is open.
const OPEN_MS: i64 = 45_000;

/// Somebody with an account, in a session.
struct Desk {
    session: String,
    /// Their authenticator app, as it reads the address.
    uri: String,
}

#[tokio::test]
async fn a_contest_by_the_console_of_what_was_deployed_becomes_official() {
    let stack = Stack::of_this_run();
    let opens = now().plus_millis(OPENS_IN_MS);
    let lead = brought_in(&stack, opens).await;
    println!("console: every file taken and judged");
    played(&stack, opens).await;
    let second = enrolled(&stack, "hai", "lead", BY_CONSOLE).await;
    let decision = json!({ "number": "08/QĐ-UBND", "date": today() });
    let best = ranked(&stack, &lead).await;
    let change = json!({ "action": "disqualify", "round": FIRST, "contestant": best });
    decided(&stack, (&lead, &second), &json!({ "changes": [change], "reason": "Thi hộ" })).await;
    let index = format!("contests/{BY_CONSOLE}/rounds/{FIRST}/index.json");
    let pointer = stack.wait_for("SiteBucket", &index, PUBLISHED_WITHIN).await;
    assert_eq!(pointer["status"], "provisional", "{pointer}");
    println!("console: one proposed to disqualify somebody, another approved exactly that");
    let change = json!({ "action": "recognize", "round": FIRST });
    let recognition = json!({ "changes": [change], "reason": "Kết quả đúng quy định", "decision": decision });
    decided(&stack, (&lead, &second), &recognition).await;
    official(&stack, &lead, &index).await;
    println!("console: official, and one of its documents downloaded with the hash of the list");
}

/// The contest's files, by those whose they are.
async fn brought_in(stack: &Stack, opens: Timestamp) -> Desk {
    let lead = enrolled(stack, "lan", "lead", "*").await;
    let author = enrolled(stack, "hoa", "author", BY_CONSOLE).await;
    let folder = folder(opens, opens.plus_millis(OPEN_MS)).named(BY_CONSOLE);
    for (name, bytes) in &folder.files {
        let who = if name.starts_with("bank") { &author } else { &lead };
        let told = put_and_read_report(stack, &who.session, name, bytes).await;
        assert_eq!(told["status"], "accepted", "{name}: {told}");
    }
    let seen = get(stack, &lead.session, &format!("contests/{BY_CONSOLE}")).await;
    assert_eq!(seen["phase"], "ahead", "{seen}");
    let bank = format!("/v1/organizer/contests/{BY_CONSOLE}/files/bank-1.csv");
    stack.call(Method::GET, &bank, Some(&author.session), None).await.refused(403, "bank_stays_in");
    let log = get(stack, &lead.session, &format!("contests/{BY_CONSOLE}/audit/1")).await;
    assert_eq!(log["entries"].as_array().map(Vec::len), Some(folder.files.len()), "{log}");
    stack.call(Method::GET, "/v1/organizer/me", None, None).await.refused(401, "no_session");
    lead
}

/// Two take part, the first with every answer right.
async fn played(stack: &Stack, opens: Timestamp) {
    let public = stack.wait_for("SiteBucket", &format!("contests/{BY_CONSOLE}/contest.json"), SOON).await;
    let mut sessions = Vec::new();
    for (number, name) in [(31, "Nguyễn Văn An"), (32, "Trần Thị Bình")] {
        let mut form = person(number, name, "bac");
        let consent = json!({ "accepted": true, "text_sha256": public["consent"]["text_sha256"] });
        form.insert("consent".to_owned(), consent);
        let path = format!("/v1/contests/{BY_CONSOLE}/contestants");
        let registered = stack.call(Method::POST, &path, None, Some(&Value::Object(form))).await.expect(201);
        sessions.push(registered["session"].as_str().expect("a session").to_owned());
    }
    let until_open = std::time::Duration::from_millis(OPENS_IN_MS.unsigned_abs()) + SOON;
    eventually(until_open, "the opening", async || (now() >= opens).then_some(())).await;
    for (session, right) in sessions.iter().zip([4, 2]) {
        let attempts = format!("/v1/contests/{BY_CONSOLE}/rounds/{FIRST}/attempts");
        let started = stack.call(Method::POST, &attempts, Some(session), None).await.expect(201);
        let sheet = json!({ "answers": sheet::answers(&started["paper"], right), "prediction": 2 });
        let path = format!("{attempts}/{}", started["attempt"]);
        stack.call(Method::PUT, &path, Some(session), Some(&sheet)).await.expect(200);
    }
}

/// The code of whoever wins, as soon as the round is ranked.
async fn ranked(stack: &Stack, lead: &Desk) -> String {
    let path = format!("/v1/organizer/contests/{BY_CONSOLE}/rounds/{FIRST}/results");
    let seen = async || {
        let reply = stack.call(Method::GET, &path, Some(&lead.session), None).await;
        (reply.status == 200).then(|| reply.expect(200))
    };
    let results = eventually(PUBLISHED_WITHIN, "the ranking", seen).await;
    let winner = &results["results"]["winners"][0];
    assert_eq!(winner["full_name"], "Nguyễn Văn An", "{results}");
    winner["code"].as_str().expect("a code").to_owned()
}

/// Proposed by one, tried, approved by another by the hash of what was tried, and in force as it was shown.
async fn decided(stack: &Stack, (one, other): (&Desk, &Desk), proposal: &Value) {
    let all = format!("/v1/organizer/contests/{BY_CONSOLE}/proposals");
    let made = stack.call(Method::POST, &all, Some(&one.session), Some(proposal)).await.expect(201);
    let path = format!("{all}/{}", made["proposal"].as_str().expect("an id"));
    stack.call(Method::POST, &format!("{path}/preview"), Some(&one.session), None).await.expect(202);
    let with_status = async |status: &str| {
        let shown = stack.call(Method::GET, &path, Some(&other.session), None).await.expect(200);
        (shown["status"] == status).then_some(shown)
    };
    let shown = eventually(PUBLISHED_WITHIN, "the trial", || with_status("previewed")).await;
    let approval = json!({ "preview_sha256": shown["preview"]["sha256"] });
    let approve = format!("{path}/approve");
    stack.call(Method::POST, &approve, Some(&one.session), Some(&approval)).await.refused(403, "own_proposal");
    let reply = stepped_up(stack, other, async || {
        stack.call(Method::POST, &approve, Some(&other.session), Some(&approval)).await
    });
    reply.await.expect(200);
    let applied = eventually(PUBLISHED_WITHIN, "the effect", || with_status("applied")).await;
    assert_eq!(applied["applied"]["differs"], json!([]), "{applied}");
}

/// Asks, and asks again with a second factor where that is wanted.
async fn stepped_up(stack: &Stack, who: &Desk, ask: impl AsyncFn() -> Reply) -> Reply {
    let reply = ask().await;
    if reply.status != 403 {
        return reply;
    }
    reply.refused(403, "step_up_needed");
    let form = json!({ "code": code_of(&who.uri, now()) });
    stack.call(Method::POST, "/v1/organizer/me/step-up", Some(&who.session), Some(&form)).await.expect(200);
    ask().await
}

/// Public as such, with documents of its own.
async fn official(stack: &Stack, lead: &Desk, index: &str) {
    let pointer = eventually(PUBLISHED_WITHIN, "the official version", async || {
        let pointer: Value = serde_json::from_slice(&stack.object("SiteBucket", index).await?).expect("JSON");
        (pointer["status"] == "official").then_some(pointer)
    });
    let version = pointer.await["version"].clone();
    let listed = eventually(SOON, "its documents", async || {
        let documents = get(stack, &lead.session, &format!("contests/{BY_CONSOLE}/documents")).await;
        let versions = documents["versions"].as_array().expect("a list").clone();
        let of = versions.into_iter().find(|of| of["round"] == FIRST && of["version"] == version)?;
        of["files"].as_array()?.iter().find(|file| file["name"] == "notice.docx" && file["status"] == "ready").cloned()
    });
    let listed = listed.await;
    let path = format!("/v1/organizer/contests/{BY_CONSOLE}/documents/{FIRST}/{version}/notice.docx/parts/1");
    let part = stack.call(Method::GET, &path, Some(&lead.session), None).await;
    assert_eq!((part.status, listed["parts"].as_u64()), (200, Some(1)), "{}", part.text());
    assert_eq!(listed["sha256"], sha256_hex(&part.body), "{listed}");
}

/// As organizers write it.
fn today() -> String {
    let local = now().plus_millis(7 * 3_600_000).rfc3339();
    format!("{}/{}/{}", &local[8..10], &local[5..7], &local[..4])
}

/// Somebody who was invited by a direct call and has enrolled.
async fn enrolled(stack: &Stack, login: &str, role: &str, scope: &str) -> Desk {
    let invite = json!({ "invite": { "name": login, "role": role, "scope": scope } });
    let invited: Value = stack.invoke("OrganizerApiFunction", &invite.to_string()).await.expect(200);
    let form =
        json!({ "code": invited["code"], "login": login, "name": format!("Cô {login}"), "secret": STAFF_SECRET });
    let begun = stack.call(Method::POST, "/v1/organizer/enrolments", None, Some(&form)).await.expect(200);
    let uri = begun["totp_uri"].as_str().expect("an address").to_owned();
    let form = json!({ "ticket": begun["ticket"], "totp": code_of(&uri, now()) });
    let opened = stack.call(Method::POST, "/v1/organizer/enrolments/confirm", None, Some(&form)).await.expect(201);
    Desk { session: opened["session"].as_str().expect("a session").to_owned(), uri }
}

async fn get(stack: &Stack, session: &str, path: &str) -> Value {
    stack.call(Method::GET, &format!("/v1/organizer/{path}"), Some(session), None).await.expect(200)
}

/// What the importer says of a file that the console has taken.
async fn put_and_read_report(stack: &Stack, session: &str, name: &str, bytes: &[u8]) -> Value {
    let path = format!("/v1/organizer/contests/{BY_CONSOLE}/files/{name}");
    let sha256 = HEXLOWER.decode(sha256_hex(bytes).as_bytes()).expect("a hash");
    let digest = format!("sha-256=:{}:", BASE64.encode(&sha256));
    let headers = [("content-digest", digest.as_str()), ("if-none-match", "*")];
    let asked = (Method::PUT, path.as_str());
    let taken = stack.call_with(&headers, asked, Some(session), bytes.to_vec().into()).await.expect(202);
    let report = async || {
        let reply = stack.call(Method::GET, &format!("{path}/report"), Some(session), None).await;
        (reply.status == 200).then(|| reply.expect(200))
    };
    let report = eventually(SOON, name, report).await;
    assert_eq!(report["version_id"], taken["version_id"], "{report}");
    report
}
