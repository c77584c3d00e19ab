//! Sessions that do not hold, and attempts that are somebody else's.

use super::{anybody, open_stage, started};
use function::http::Access;
use http::Method;
use serde_json::{Value, json};
use tests::{Contestant, FIRST, Folder, OPENS, Stage, person};

/// Every route of the table that these people may ask, filled in.
fn routes_for(who: Access) -> Vec<(Method, String, Option<Value>)> {
    let filled = |(key, _): (String, Access)| {
        let (method, pattern) = key.split_once(' ').expect("method and path");
        let path = match pattern.strip_prefix("/v1/contests/{c}/") {
            Some(rest) => rest.replace("{r}", FIRST).replace("{n}", "1"),
            None => pattern.to_owned(),
        };
        let method: Method = method.parse().expect("a method");
        let body = (method == Method::PUT).then(|| json!({ "answers": {} }));
        (method, path, body)
    };
    api::routes().filter(|(_, access)| *access == who).map(filled).collect()
}

/// Every route refuses the session at this instant, and nothing is written.
pub(super) async fn check(stage: &Stage, at: &str, session: Option<&str>) {
    let tables = stage.tables().await;
    for (method, path, body) in routes_for(Access::Session) {
        stage.door.with_session(session).at(at).call(method, &path, body.as_ref()).await.refused(401, "no_session");
    }
    assert_eq!(stage.tables().await, tables);
}

#[tokio::test]
async fn no_route_answers_without_a_session() {
    let (stage, _) = open_stage(&Folder::small()).await;
    check(&stage, OPENS, None).await;
    check(&stage, OPENS, Some("")).await;
    check(&stage, OPENS, Some(&"A".repeat(9_000))).await;
}

#[tokio::test]
async fn a_route_for_anyone_asks_for_no_session() {
    let (stage, _) = open_stage(&Folder::small()).await;
    let routes = routes_for(Access::Anyone);
    assert!(!routes.is_empty());
    for (method, path, body) in routes {
        let reply = stage.door.at(OPENS).call(method, &path, body.as_ref()).await;
        assert_ne!(reply.status, 401, "{path}");
    }
}

#[tokio::test]
async fn forged_and_truncated_sessions_do_not_hold() {
    let (stage, contestant) = open_stage(&Folder::small()).await;
    let token = contestant.door.session.as_deref().expect("a token");
    for len in [1, token.len() / 2, token.len() - 1] {
        check(&stage, OPENS, Some(&token[..len])).await;
    }
    for place in [0, 5, token.len() / 2, token.len() - 5] {
        let other = if &token[place..=place] == "A" { "B" } else { "A" };
        let forged = format!("{}{other}{}", &token[..place], &token[place + 1..]);
        check(&stage, OPENS, Some(&forged)).await;
    }
    check(&stage, OPENS, Some(&format!("{token}A"))).await;
}

#[tokio::test]
async fn a_session_of_another_contest_does_not_hold() {
    let (mut stage, contestant) = open_stage(&Folder::small()).await;
    stage.add(&Folder::small().named("thi-khac")).await;
    check(&stage, OPENS, contestant.door.session.as_deref()).await;
}

#[tokio::test]
async fn a_session_holds_until_its_end_and_not_then() {
    let stage = Stage::with(&Folder::small()).await;
    let contestant = stage.door.register(&anybody()).await;
    contestant.at("2026-03-15T08:59:59.999+07:00").me().await;
    check(&stage, "2026-03-15T09:00:00.000+07:00", contestant.door.session.as_deref()).await;
}

#[tokio::test]
async fn another_contestants_attempt_is_not_there() {
    let (stage, owner) = open_stage(&Folder::small()).await;
    let other = stage.door.register(&person(2, "Trần Thị Bình", "nam")).await;
    started(&owner).await;
    other.at(OPENS).submit(FIRST, 1, &json!({ "answers": {} })).await.refused(404, "no_such_attempt");
    other.status(FIRST, 1).await.refused(404, "no_such_attempt");
    assert_eq!(owner.status(FIRST, 1).await.expect(200)["status"], "open", "nothing was handed in for them");
    assert_eq!(other.me().await["rounds"][0]["attempts"], json!([]));
}

#[tokio::test]
async fn two_people_have_papers_of_their_own() {
    let (stage, first) = open_stage(&Folder::small()).await;
    let second = stage.door.register(&person(2, "Trần Thị Bình", "nam")).await;
    let third = stage.door.register(&person(3, "Trần Thị Cúc", "nam")).await;
    let mut papers = Vec::new();
    for contestant in [&first, &second, &third] {
        papers.push(started(contestant).await["paper"].clone());
    }
    // Three equal draws of 4 of 6 questions in order, with three shuffled options each, would be one
    // chance in 10^11.
    assert!(papers[0] != papers[1] || papers[1] != papers[2]);
}

#[tokio::test]
async fn numbers_that_are_no_attempts_are_not_there() {
    let (_stage, contestant) = open_stage(&Folder::small()).await;
    started(&contestant).await;
    for number in ["0", "2", "01", "-1", "+1", "1.0", "x", "65536", "99999999999999999999"] {
        check_attempt(&contestant, FIRST, number, "no_such_attempt").await;
    }
    check_attempt(&contestant, "vong-9", "1", "no_such_round").await;
    check_attempt(&contestant, "VONG", "1", "no_such_round").await;
}

async fn check_attempt(contestant: &Contestant, round: &str, number: &str, code: &str) {
    let path = format!("rounds/{round}/attempts/{number}");
    contestant.door.call(Method::GET, &path, None).await.refused(404, code);
    contestant.door.call(Method::PUT, &path, Some(&json!({ "answers": {} }))).await.refused(404, code);
}
