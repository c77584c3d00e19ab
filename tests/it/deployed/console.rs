//! Organizers on the deployed stack: invited from outside, and a contest that comes by the console alone.

use super::story::{SOON, folder};
use super::{Stack, eventually, now};
use data_encoding::{BASE64, HEXLOWER};
use http::Method;
use serde_json::{Value, json};
use tests::{STAFF_SECRET, code_of};

/// A contest beside that of the story.
const BY_CONSOLE: &str = "qua-ban-lam-viec";

const DAY_MS: i64 = 86_400_000;

#[tokio::test]
async fn a_contest_comes_by_the_console_of_what_was_deployed() {
    let stack = Stack::of_this_run();
    let lead = enrolled(&stack, "lan", "lead", "*").await;
    let author = enrolled(&stack, "hoa", "author", BY_CONSOLE).await;
    let opens = now().plus_millis(DAY_MS);
    let folder = folder(opens, opens.plus_millis(DAY_MS)).named(BY_CONSOLE);
    for (name, bytes) in &folder.files {
        let who = if name.starts_with("bank") { &author } else { &lead };
        let told = put_and_read_report(&stack, who, name, bytes).await;
        assert_eq!(told["status"], "accepted", "{name}: {told}");
    }
    println!("console: {} files taken and judged", folder.files.len());
    let seen = get(&stack, &lead, &format!("contests/{BY_CONSOLE}")).await;
    assert_eq!(seen["phase"], "ahead", "{seen}");
    let bank = format!("/v1/organizer/contests/{BY_CONSOLE}/files/bank-1.csv");
    stack.call(Method::GET, &bank, Some(&author), None).await.refused(403, "bank_stays_in");
    let log = get(&stack, &lead, &format!("contests/{BY_CONSOLE}/audit/1")).await;
    assert_eq!(log["entries"].as_array().map(Vec::len), Some(folder.files.len()), "{log}");
    stack.call(Method::GET, "/v1/organizer/me", None, None).await.refused(401, "no_session");
}

/// A session of somebody who was invited by a direct call and has enrolled.
async fn enrolled(stack: &Stack, login: &str, role: &str, scope: &str) -> String {
    let invite = json!({ "invite": { "name": login, "role": role, "scope": scope } });
    let invited: Value = stack.invoke("OrganizerApiFunction", &invite.to_string()).await.expect(200);
    let form =
        json!({ "code": invited["code"], "login": login, "name": format!("Cô {login}"), "secret": STAFF_SECRET });
    let begun = stack.call(Method::POST, "/v1/organizer/enrolments", None, Some(&form)).await.expect(200);
    let uri = begun["totp_uri"].as_str().expect("an address");
    let form = json!({ "ticket": begun["ticket"], "totp": code_of(uri, now()) });
    let opened = stack.call(Method::POST, "/v1/organizer/enrolments/confirm", None, Some(&form)).await.expect(201);
    opened["session"].as_str().expect("a session").to_owned()
}

async fn get(stack: &Stack, session: &str, path: &str) -> Value {
    stack.call(Method::GET, &format!("/v1/organizer/{path}"), Some(session), None).await.expect(200)
}

/// What the importer says of a file that the console has taken.
async fn put_and_read_report(stack: &Stack, session: &str, name: &str, bytes: &[u8]) -> Value {
    let path = format!("/v1/organizer/contests/{BY_CONSOLE}/files/{name}");
    let sha256 = HEXLOWER.decode(contest::seal::sha256_hex(bytes).as_bytes()).expect("a hash");
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
