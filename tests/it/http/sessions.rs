//! Sessions that do not hold, and attempts that are somebody else's.

use super::{OPENS, anybody, open_stage, started};
use function::http::Access;
use http::Method;
use serde_json::{Value, json};
use tests::folder::{FIRST, Folder};
use tests::stage::{Contestant, Stage, instant, person};

/// Every route of the table that these people may ask, filled in for the stage's contest.
fn routes_for(stage: &Stage, who: Access) -> Vec<(Method, String, Option<Value>)> {
    let filled = |(key, _): (String, Access)| {
        let (method, pattern) = key.split_once(' ').expect("method and path");
        let path = match pattern.strip_prefix("/v1/contests/{c}/") {
            Some(rest) => stage.path(&rest.replace("{r}", FIRST).replace("{n}", "1")),
            None => pattern.to_owned(),
        };
        let method: Method = method.parse().expect("a method");
        let body = (method == Method::PUT).then(|| json!({ "answers": {} }));
        (method, path, body)
    };
    api::routes().filter(|(_, access)| *access == who).map(filled).collect()
}

/// Every route refuses the session at this instant, and nothing is written.
async fn check(stage: &Stage, at: &str, session: Option<&str>) {
    let tables = stage.tables().await;
    for (method, path, body) in routes_for(stage, Access::Session) {
        let reply = stage.call_at(instant(at), method, &path, session, body.as_ref()).await;
        reply.refused(401, "no_session");
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
    let routes = routes_for(&stage, Access::Anyone);
    assert!(!routes.is_empty());
    for (method, path, body) in routes {
        let reply = stage.call_at(instant(OPENS), method, &path, None, body.as_ref()).await;
        assert_ne!(reply.status, 401, "{path}");
    }
}

#[tokio::test]
async fn forged_and_truncated_sessions_do_not_hold() {
    let (stage, contestant) = open_stage(&Folder::small()).await;
    let token = &contestant.session;
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
    check(&stage, OPENS, Some(&contestant.session)).await;
}

#[tokio::test]
async fn a_session_holds_until_its_end_and_not_then() {
    let stage = Stage::with(&Folder::small()).await;
    let contestant = stage.register(&anybody()).await;
    let session = Some(contestant.session.as_str());
    let last = instant("2026-03-15T08:59:59.999+07:00");
    stage.call_at(last, Method::GET, &stage.path("me"), session, None).await.expect(200);
    check(&stage, "2026-03-15T09:00:00.000+07:00", session).await;
}

#[tokio::test]
async fn another_contestants_attempt_is_not_there() {
    let (stage, owner) = open_stage(&Folder::small()).await;
    let other = stage.register(&person(2, "Trần Thị Bình", "nam")).await;
    started(&stage, &owner).await;
    let sheet = json!({ "answers": {} });
    stage.submit_at(instant(OPENS), &other, FIRST, 1, &sheet).await.refused(404, "no_such_attempt");
    stage.status(&other, FIRST, 1).await.refused(404, "no_such_attempt");
    assert_eq!(stage.status(&owner, FIRST, 1).await.expect(200)["status"], "open", "nothing was handed in for them");
    assert_eq!(stage.me(&other).await["rounds"][0]["attempts"], json!([]));
}

#[tokio::test]
async fn two_people_have_papers_of_their_own() {
    let (stage, first) = open_stage(&Folder::small()).await;
    let second = stage.register(&person(2, "Trần Thị Bình", "nam")).await;
    let third = stage.register(&person(3, "Trần Thị Cúc", "nam")).await;
    let mut papers = Vec::new();
    for contestant in [&first, &second, &third] {
        papers.push(started(&stage, contestant).await["paper"].clone());
    }
    // Three equal draws of 4 of 6 questions in order, with three shuffled options each, would be one
    // chance in 10^11.
    assert!(papers[0] != papers[1] || papers[1] != papers[2]);
}

#[tokio::test]
async fn numbers_that_are_no_attempts_are_not_there() {
    let (stage, contestant) = open_stage(&Folder::small()).await;
    started(&stage, &contestant).await;
    for number in ["0", "2", "01", "-1", "+1", "1.0", "x", "65536", "99999999999999999999"] {
        check_attempt(&stage, &contestant, FIRST, number, "no_such_attempt").await;
    }
    check_attempt(&stage, &contestant, "vong-9", "1", "no_such_round").await;
    check_attempt(&stage, &contestant, "VONG", "1", "no_such_round").await;
}

async fn check_attempt(stage: &Stage, contestant: &Contestant, round: &str, number: &str, code: &str) {
    let path = stage.path(&format!("rounds/{round}/attempts/{number}"));
    let session = Some(contestant.session.as_str());
    stage.call(Method::GET, &path, session, None).await.refused(404, code);
    stage.call(Method::PUT, &path, session, Some(&json!({ "answers": {} }))).await.refused(404, code);
}
