//! Every route by every role, in their own contest and in another: generated from the table of routes.

use super::{NOW, minutes, now, with_a_lead};
use contest::organizers::Role;
use function::http::Access;
use http::Method;
use serde_json::{Value, json};
use tests::{Staff, Stage, golden};

const OWN: &str = "thi-thu";
/// What ends the session that it is asked with.
const SIGN_OUT: &str = "DELETE /v1/organizer/sessions";

const OTHER: &str = "cuoc-thi-khac";

/// The routes that ask for a session, filled in for a contest.
fn routes(contest: &str) -> Vec<(String, Method, String)> {
    let filled = |(key, _): (String, Access)| {
        let (method, pattern) = key.split_once(' ').expect("method and path");
        let path = pattern.trim_start_matches("/v1/organizer/").replace("{c}", contest).replace("{from}", "1");
        let path =
            path.replace("{name}", "units.csv").replace("{id}", "nobody").replace("{s}", "none").replace("{k}", "none");
        let path =
            path.replace("{r}", "vong-1").replace("{v}", "1").replace("{file}", "ranking.csv").replace("{n}", "1");
        (key.clone(), method.parse().expect("a method"), path)
    };
    organizer_api::routes().filter(|(_, access)| *access == Access::Session).map(filled).collect()
}

async fn outcome(who: &Staff, method: &Method, path: &str) -> String {
    let reply = match *method {
        Method::PUT if path.contains("/files/") => {
            who.put_file(path.split('/').nth(1).expect("a contest"), "units.csv", b"x", None).await
        }
        Method::GET | Method::DELETE => who.call(method.clone(), path, None).await,
        _ => who.call(method.clone(), path, Some(json!({}))).await,
    };
    let problem: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    match problem["code"].as_str().filter(|_| reply.status >= 400) {
        Some(code) => format!("{} {code}", reply.status),
        None => reply.status.to_string(),
    }
}

#[tokio::test]
async fn each_role_gets_what_it_may_and_nothing_of_another_contest() {
    let stage = Stage::empty(NOW).await;
    let mut people = Vec::new();
    for role in Role::ALL {
        people.push((role, stage.staff(&format!("staff-{}", role.as_str()), role.as_str(), OWN, now()).await));
    }
    let mut table = String::new();
    for (key, method, _) in routes(OWN) {
        table.push_str(&format!("{key}\n"));
        for (role, person) in &people {
            let mut cells = Vec::new();
            for contest in [OWN, OTHER] {
                // Signing out ends what it is asked with: somebody else of the role does it.
                let login = format!("staff-{}-{}", role.as_str(), cells.len());
                let who = match &*key {
                    SIGN_OUT => stage.staff(&login, role.as_str(), OWN, now()).await,
                    _ => person.clone(),
                };
                let (_, _, path) = routes(contest).into_iter().find(|(other, ..)| *other == key).expect("the route");
                cells.push(outcome(&who, &method, &path).await);
            }
            table.push_str(&format!("  {}: {} | {}\n", role.as_str(), cells[0], cells[1]));
        }
    }
    golden::check("console/roles.txt", table.as_bytes());
}

#[tokio::test]
async fn nobody_asks_without_a_session() {
    let (stage, _) = with_a_lead().await;
    let tables = stage.tables().await;
    for (_, method, path) in routes(OWN) {
        let door = stage.door.at(minutes(1)).with_session(None);
        door.call(method, &format!("/v1/organizer/{path}"), None).await.refused(401, "no_session");
    }
    assert_eq!(stage.tables().await, tables);
}

#[tokio::test]
async fn a_lead_invites_no_further_than_they_are_one_and_nobody_raises_their_own_rights() {
    let (stage, lead) = with_a_lead().await;
    let local = stage.staff("mai", "lead", OWN, now()).await;
    let invite = async |who: &Staff, role: &str, scope: &str| {
        who.call(Method::POST, "people", Some(json!({ "name": "Anh Hai", "role": role, "scope": scope }))).await
    };
    invite(&local, "organizer", OWN).await.expect(201);
    invite(&local, "organizer", OTHER).await.refused(403, "not_your_role");
    invite(&local, "lead", "*").await.refused(403, "not_your_role");
    invite(&lead, "boss", "*").await.refused(422, "invalid_fields");
    invite(&lead.at(minutes(6)), "lead", "*").await.refused(403, "step_up_needed");
    lead.at(minutes(6)).step_up(minutes(6)).await.expect(200);
    let invited = invite(&lead.at(minutes(6)), "lead", "*").await.expect(201);
    let second =
        Staff::enrol(&stage.door.at(minutes(7)), "second", invited["code"].as_str().expect("a code"), minutes(7)).await;
    // Two could approve each other: a third lead takes both of them.
    invite(&second, "lead", OWN).await.refused(403, "needs_proposal");
    invite(&local.at(minutes(1)), "lead", OWN).await.refused(403, "needs_proposal");
    let change = async |who: &Staff, id: &str, roles: Value| {
        let form = json!({ "roles": roles, "reason": "Chuyển công tác" });
        who.call(Method::PATCH, &format!("people/{id}"), Some(form)).await
    };
    change(&second, &second.id, json!({})).await.refused(403, "own_rights");
    change(&second, &lead.id, json!({})).await.expect(202);
    let author = stage.staff("hoa", "author", OWN, minutes(7)).await;
    change(&author, &lead.id, json!({ "*": ["author"] })).await.refused(403, "not_your_role");
    assert_eq!(change(&second, &author.id, json!({ OWN: ["official"] })).await.status, 204);
    author.at(minutes(7)).get("me").await.refused(401, "no_session");
    let people = second.get("people").await.expect(200);
    let of =
        |id: &str| people["people"].as_array().expect("a list").iter().find(|p| p["id"] == id).expect("listed").clone();
    assert_eq!(
        (of(&author.id)["roles"].clone(), of(&author.id)["sessions"].as_u64()),
        (json!({ OWN: ["official"] }), Some(0))
    );
    assert_eq!(second.call(Method::DELETE, &format!("people/{}/sessions", local.id), None).await.status, 204);
    local.at(minutes(7)).get("me").await.refused(401, "no_session");
}
