//! Enrolling, signing in, and sessions that end when they should.

use super::{minutes, now, with_a_lead};
use http::Method;
use organizer_api::Invite;
use serde_json::json;
use tests::{STAFF_SECRET, Staff, Stage, at_once};

async fn first_step(stage: &Stage, login: &str, secret: &str, at: i64) -> tests::reply::Reply {
    let form = json!({ "login": login, "secret": secret });
    stage.door.at(minutes(at)).call(Method::POST, "/v1/organizer/sessions", Some(&form)).await
}

async fn second_step(stage: &Stage, ticket: &serde_json::Value, code: &str, at: i64) -> tests::reply::Reply {
    let form = json!({ "ticket": ticket, "code": code });
    stage.door.at(minutes(at)).call(Method::POST, "/v1/organizer/sessions/second", Some(&form)).await
}

#[tokio::test]
async fn an_invitation_is_used_once_and_runs_out() {
    let (stage, lead) = with_a_lead().await;
    let me = lead.get("me").await.expect(200);
    assert_eq!((me["login"].as_str(), me["roles"]["*"][0].as_str()), (Some("lan"), Some("lead")));
    assert_eq!((lead.recovery.len(), me["recovery_left"].as_u64()), (10, Some(10)));
    let invite = Invite { name: String::new(), role: "author".to_owned(), scope: "thi-thu".to_owned() };
    let code = stage.world.functions.invite(&invite, now()).await.expect("an invitation").code;
    let form =
        |code: &str, login: &str| json!({ "code": code, "login": login, "name": "Cô Hoa", "secret": STAFF_SECRET });
    let enrol = async |code: &str, login: &str, at| {
        let door = stage.door.at(minutes(at));
        door.call(Method::POST, "/v1/organizer/enrolments", Some(&form(code, login))).await
    };
    enrol("0000-0000-0000-0000-0000-0000", "hoa", 0).await.refused(401, "wrong_code");
    enrol("abc", "hoa", 0).await.refused(401, "wrong_code");
    enrol(&code, "LAN", 0).await.refused(409, "login_taken");
    enrol(&code, "hoa", 72 * 60).await.refused(401, "wrong_code");
    let author = Staff::enrol(&stage.door.at(minutes(1)), "hoa", &code.to_lowercase(), minutes(1)).await;
    assert_eq!(author.get("me").await.expect(200)["roles"]["thi-thu"], json!(["author"]));
    enrol(&code, "hai", 2).await.refused(401, "wrong_code");
}

#[tokio::test]
async fn what_is_wrong_with_a_new_account_is_told_field_by_field() {
    let (stage, _) = with_a_lead().await;
    let invite = Invite { name: String::new(), role: "it".to_owned(), scope: "*".to_owned() };
    let code = stage.world.functions.invite(&invite, now()).await.expect("an invitation").code;
    let form = json!({ "code": code, "login": "hoàng", "name": " ", "secret": "quá ngắn" });
    let reply = stage.door.at(now()).call(Method::POST, "/v1/organizer/enrolments", Some(&form)).await;
    let faults = reply.faults(422, "invalid_fields");
    let expected = [("login", "bad_characters"), ("name", "empty"), ("secret", "too_short")];
    assert_eq!(faults, expected.map(|(field, code)| (field.to_owned(), code.to_owned())));
}

#[tokio::test]
async fn a_secret_and_a_code_open_a_session_and_a_code_counts_once() {
    let (stage, lead) = with_a_lead().await;
    let begun = first_step(&stage, "Lan", STAFF_SECRET, 1).await.expect(200);
    assert_eq!(begun["second"], json!(["totp", "recovery"]));
    let code = lead.code(minutes(1));
    let opened = second_step(&stage, &begun["ticket"], &code, 1).await.expect(201);
    assert_eq!((opened["idle_seconds"].as_i64(), opened["me"]["name"].as_str()), (Some(1_800), Some("Cô lan")));
    let again = first_step(&stage, "lan", STAFF_SECRET, 1).await.expect(200);
    second_step(&stage, &again["ticket"], &code, 1).await.refused(401, "wrong_credentials");
    second_step(&stage, &begun["ticket"], &lead.code(minutes(2)), 2).await.refused(401, "wrong_credentials");
    second_step(&stage, &again["ticket"], &lead.code(minutes(2)), 2).await.expect(201);
}

#[tokio::test]
async fn a_code_of_the_card_counts_once_whatever_the_clock_says() {
    let (stage, lead) = with_a_lead().await;
    let begun = first_step(&stage, "lan", STAFF_SECRET, 1).await.expect(200);
    let card = lead.recovery[3].to_lowercase().replace('-', " ");
    let opened = second_step(&stage, &begun["ticket"], &card, 1).await.expect(201);
    assert_eq!(opened["me"]["recovery_left"], 9);
    let again = first_step(&stage, "lan", STAFF_SECRET, 2).await.expect(200);
    second_step(&stage, &again["ticket"], &card, 2).await.refused(401, "wrong_credentials");
    second_step(&stage, &again["ticket"], &lead.recovery[9], 2).await.expect(201);
}

#[tokio::test]
async fn of_two_who_use_one_code_at_once_one_comes_in() {
    let (stage, lead) = with_a_lead().await;
    let mut tickets = Vec::new();
    for _ in 0..2 {
        tickets.push(first_step(&stage, "lan", STAFF_SECRET, 1).await.expect(200)["ticket"].clone());
    }
    let code = lead.code(minutes(1));
    let door = stage.door.at(minutes(1));
    let requests = tickets.into_iter().map(|ticket| {
        let (door, form) = (door.clone(), json!({ "ticket": ticket, "code": code }));
        async move { door.call(Method::POST, "/v1/organizer/sessions/second", Some(&form)).await.status }
    });
    let mut statuses = at_once(requests).await;
    statuses.sort_unstable();
    assert!(statuses[0] == 201 && [401, 503].contains(&statuses[1]), "{statuses:?}");
}

#[tokio::test]
async fn whoever_guesses_waits_and_an_unknown_login_is_told_the_same() {
    let (stage, _) = with_a_lead().await;
    let unknown = first_step(&stage, "nobody", STAFF_SECRET, 0).await.refused(401, "wrong_credentials");
    let wrong = first_step(&stage, "lan", "một câu dài nhưng sai", 0).await.refused(401, "wrong_credentials");
    assert_eq!(unknown["detail"], wrong["detail"]);
    for _ in 0..4 {
        first_step(&stage, "lan", "một câu dài nhưng sai", 0).await.refused(401, "wrong_credentials");
    }
    let reply = first_step(&stage, "lan", STAFF_SECRET, 0).await;
    reply.refused(429, "too_many_tries");
    assert_eq!(reply.header("retry-after"), "900");
    first_step(&stage, "lan", STAFF_SECRET, 15).await.expect(200);
}

#[tokio::test]
async fn a_session_ends_idle_after_half_a_day_or_when_it_is_ended() {
    let (stage, lead) = with_a_lead().await;
    lead.at(minutes(29)).get("me").await.expect(200);
    lead.at(minutes(58)).get("me").await.expect(200);
    lead.at(minutes(88)).get("me").await.refused(401, "no_session");
    let mut at = 59;
    while at < 12 * 60 {
        let _noted = lead.at(minutes(at)).get("me").await;
        at += 25;
    }
    let open = async |at: i64| {
        let ticket = first_step(&stage, "lan", STAFF_SECRET, at).await.expect(200)["ticket"].clone();
        let opened = second_step(&stage, &ticket, &lead.code(minutes(at)), at).await.expect(201);
        lead.in_session(opened["session"].as_str())
    };
    let other = open(800).await.at(minutes(800));
    let sessions = other.get("me/sessions").await.expect(200);
    assert_eq!(sessions["sessions"].as_array().expect("a list").len(), 1, "ended ones are not shown");
    let third = open(801).await.at(minutes(801));
    let listed = third.get("me/sessions").await.expect(200);
    let of_other = listed["sessions"].as_array().expect("a list").iter().find(|s| s["is_this"] == false);
    let id = of_other.expect("the other")["id"].as_str().expect("an id").to_owned();
    assert_eq!(third.call(Method::DELETE, &format!("me/sessions/{id}"), None).await.status, 204);
    other.get("me").await.refused(401, "no_session");
    assert_eq!(third.call(Method::DELETE, "sessions", None).await.status, 204);
    third.get("me").await.refused(401, "no_session");
}

#[tokio::test]
async fn another_secret_ends_every_other_session() {
    let (stage, lead) = with_a_lead().await;
    let form = |secret: &str, new: &str| Some(json!({ "secret": secret, "new_secret": new }));
    let change = async |secret, new| lead.at(minutes(1)).call(Method::PUT, "me/secret", form(secret, new)).await;
    change("một câu dài nhưng sai", "một câu khác cũng dài").await.refused(401, "wrong_credentials");
    change(STAFF_SECRET, "ngắn").await.refused(422, "invalid_fields");
    let opened = change(STAFF_SECRET, "một câu khác cũng dài").await.expect(200);
    lead.at(minutes(1)).get("me").await.refused(401, "no_session");
    let renewed = lead.door.with_session(opened["session"].as_str()).at(minutes(1));
    renewed.call(Method::GET, "/v1/organizer/me", None).await.expect(200);
    first_step(&stage, "lan", STAFF_SECRET, 2).await.refused(401, "wrong_credentials");
    first_step(&stage, "lan", "một câu khác cũng dài", 2).await.expect(200);
}

#[tokio::test]
async fn forged_tokens_do_not_hold() {
    let (stage, lead) = with_a_lead().await;
    let token = lead.door.session.clone().expect("a token");
    let (id, secret) = token.split_once('.').expect("two parts");
    for forged in ["", ".", id, &token[..token.len() - 1], &format!("{id}.{}", "A".repeat(43)), &format!("x.{secret}")]
    {
        let door = stage.door.at(minutes(1)).with_session(Some(forged));
        door.call(Method::GET, "/v1/organizer/me", None).await.refused(401, "no_session");
    }
}
