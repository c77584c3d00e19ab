//! Passkeys: adding one, signing in and giving a second factor by it, and every answer that does not count.

use super::{entries, minutes, now, with_a_lead};
use contest::organizers::PASSKEY_MS;
use contest::time::Timestamp;
use http::Method;
use serde_json::{Value, json};
use tests::reply::Reply;
use tests::{Authenticator, SITE, STAFF_SECRET, Staff, Stage, at_once, code_of};

/// Somebody with the key of a device, in the session that adding it has opened.
async fn with_key(who: &Staff, device: &mut Authenticator) -> Staff {
    let asked = who.call(Method::POST, "me/passkeys/options", None).await.expect(200);
    let form = json!({ "name": "Máy tính cơ quan", "passkey": device.create(&asked) });
    let opened = who.call(Method::POST, "me/passkeys", Some(form)).await.expect(201);
    who.in_session(opened["session"].as_str())
}

/// What a browser is to sign for a sign-in.
async fn asked(stage: &Stage, form: Value, at: Timestamp) -> Value {
    let path = "/v1/organizer/sessions/passkey/options";
    stage.door.at(at).call(Method::POST, path, Some(&form)).await.expect(200)
}

async fn answered(stage: &Stage, passkey: &Value, at: Timestamp) -> Reply {
    let form = json!({ "passkey": passkey });
    stage.door.at(at).call(Method::POST, "/v1/organizer/sessions/passkey", Some(&form)).await
}

async fn sign_in(stage: &Stage, device: &mut Authenticator, at: Timestamp) -> Reply {
    let asked = asked(stage, json!({}), at).await;
    answered(stage, &device.get(&asked), at).await
}

/// The names of keys in what a browser is asked.
fn named(asked: &Value) -> Vec<&str> {
    let keys = asked["publicKey"]["allowCredentials"].as_array().expect("keys").iter();
    keys.map(|key| key["id"].as_str().expect("a name")).collect()
}

#[tokio::test]
async fn a_passkey_that_was_added_opens_a_session_by_itself() {
    let (stage, lead) = with_a_lead().await;
    let mut device = Authenticator::new(1, SITE);
    let renewed = with_key(&lead, &mut device).await;
    lead.get("me").await.refused(401, "no_session");
    let me = renewed.get("me").await.expect(200);
    let key = &me["passkeys"][0];
    assert_eq!((&key["name"], &key["used_at"]), (&json!("Máy tính cơ quan"), &Value::Null));
    assert_eq!(me["recovery_left"], 10, "the card stays");
    let opened = sign_in(&stage, &mut device, minutes(1)).await.expect(201);
    assert_eq!((&opened["me"]["login"], &opened["idle_seconds"]), (&json!("lan"), &json!(1_800)));
    let by_key = lead.in_session(opened["session"].as_str()).at(minutes(1));
    let me = by_key.get("me").await.expect(200);
    assert_eq!(me["passkeys"][0]["used_at"], json!(minutes(1).rfc3339()));
    let invite = json!({ "name": "Anh Hai", "role": "it", "scope": "*" });
    by_key.call(Method::POST, "people", Some(invite)).await.expect(201); // it is the second factor too
    let log = entries(&by_key, "audit/1").await;
    let told: Vec<&str> = log.iter().map(|entry| entry["action"].as_str().expect("a word")).collect();
    assert_eq!(told, ["invite", "enrol", "add_passkey", "sign_in", "invite"]);
    assert_eq!(log[2]["subject"], json!(format!("{} {}", lead.id, key["id"].as_str().expect("an id"))));
    renewed.at(minutes(2)).get("me").await.expect(200);
}

#[tokio::test]
async fn passkeys_and_apps_change_by_a_second_factor_alone() {
    let (stage, lead) = with_a_lead().await;
    let mut device = Authenticator::new(1, SITE);
    let late = with_key(&lead, &mut device).await.at(minutes(6));
    let made = json!({ "name": "Điện thoại", "passkey": device.create(&json!({ "publicKey": {
        "user": { "id": "YQ" }, "rp": { "id": "thi.example.vn" }, "challenge": "YQ",
    } })) });
    // Only the last request of a session is noted.
    let counts = async || stage.tables().await.into_values().map(|items| items.len()).collect::<Vec<_>>();
    let before = counts().await;
    let asked = [
        (Method::POST, "me/passkeys/options", None),
        (Method::POST, "me/passkeys", Some(made)),
        (Method::DELETE, "me/passkeys/none", None),
        (Method::POST, "me/totp", None),
    ];
    for (method, path, body) in asked {
        late.call(method, path, body).await.refused(403, "step_up_needed");
    }
    assert_eq!(counts().await, before);
}

#[tokio::test]
async fn a_key_that_is_found_by_a_login_alone_opens_its_account() {
    let (stage, lead) = with_a_lead().await;
    let mut device = Authenticator::new(1, SITE);
    with_key(&lead, &mut device).await;
    device.is_discoverable = false;
    let login = asked(&stage, json!({ "login": "LAN" }), minutes(1)).await;
    assert_eq!(named(&login), [device.key_name()]);
    answered(&stage, &device.get(&login), minutes(1)).await.expect(201);
    sign_in(&stage, &mut device, minutes(1)).await.refused(401, "wrong_passkey");
}

#[tokio::test]
async fn whether_somebody_has_a_login_is_not_told() {
    let (stage, lead) = with_a_lead().await;
    let mut device = Authenticator::new(1, SITE);
    with_key(&lead, &mut device).await;
    stage.staff("mai", "it", "*", now()).await; // without a passkey
    let shape = |asked: &Value| {
        let mut options = asked["publicKey"].clone();
        (options["challenge"], options["allowCredentials"]) = (Value::Null, Value::Null);
        options
    };
    let known = asked(&stage, json!({ "login": "lan" }), minutes(1)).await;
    let mut names = 0;
    for login in ["nobody", "somebody", "anybody", "mai"] {
        let unknown = asked(&stage, json!({ "login": login }), minutes(1)).await;
        let again = asked(&stage, json!({ "login": login }), minutes(2)).await;
        assert_eq!(shape(&unknown), shape(&known));
        assert_eq!(named(&unknown), named(&again), "{login} is told the same each time");
        assert!(!named(&unknown).contains(&device.key_name().as_str()));
        names += named(&unknown).len();
    }
    assert!(names > 0, "keys are made up");
    assert_eq!(named(&asked(&stage, json!({}), minutes(1)).await), Vec::<&str>::new());
}

#[tokio::test]
async fn a_challenge_is_answered_once_and_within_five_minutes() {
    let (stage, lead) = with_a_lead().await;
    let mut device = Authenticator::new(1, SITE);
    with_key(&lead, &mut device).await;
    let first = asked(&stage, json!({}), minutes(1)).await;
    let answer = device.get(&first);
    answered(&stage, &answer, minutes(1)).await.expect(201);
    answered(&stage, &answer, minutes(1)).await.refused(401, "wrong_passkey");
    answered(&stage, &device.get(&first), minutes(1)).await.refused(401, "wrong_passkey");
    let second = asked(&stage, json!({}), minutes(2)).await;
    let over = minutes(2).plus_millis(PASSKEY_MS);
    answered(&stage, &device.get(&second), over.plus_millis(1)).await.refused(401, "wrong_passkey");
    answered(&stage, &device.get(&second), over).await.refused(401, "wrong_passkey");
    answered(&stage, &device.get(&second), over.plus_millis(-1)).await.expect(201);
}

#[tokio::test]
async fn of_two_who_send_one_answer_one_comes_in() {
    let (stage, lead) = with_a_lead().await;
    let mut device = Authenticator::new(1, SITE);
    with_key(&lead, &mut device).await;
    let answer = device.get(&asked(&stage, json!({}), minutes(1)).await);
    let requests = [0, 1].map(|_| {
        let (door, form) = (stage.door.at(minutes(1)), json!({ "passkey": answer }));
        async move { door.call(Method::POST, "/v1/organizer/sessions/passkey", Some(&form)).await.status }
    });
    let mut statuses = at_once(requests).await;
    statuses.sort_unstable();
    assert!(statuses[0] == 201 && [401, 503].contains(&statuses[1]), "{statuses:?}");
}

#[tokio::test]
async fn what_was_signed_elsewhere_by_another_or_unseen_opens_nothing() {
    let (stage, lead) = with_a_lead().await;
    let mut device = Authenticator::new(1, SITE);
    with_key(&lead, &mut device).await;
    let other = stage.staff("mai", "it", "*", now()).await;
    let mut of_other = Authenticator::new(2, SITE);
    with_key(&other, &mut of_other).await;
    let refused = async |passkey: Value, at| {
        answered(&stage, &passkey, at).await.refused(401, "wrong_passkey");
    };
    let ask = async |form, at| asked(&stage, form, at).await;

    let mut elsewhere = device.on("https://thi.example.com");
    refused(elsewhere.get(&ask(json!({}), minutes(1)).await), minutes(1)).await;
    let mut of_other_site = ask(json!({}), minutes(1)).await;
    of_other_site["publicKey"]["rpId"] = json!("example.vn");
    refused(device.get(&of_other_site), minutes(1)).await;
    let mut unseen = device.clone();
    unseen.verifies = false;
    refused(unseen.get(&ask(json!({}), minutes(1)).await), minutes(1)).await;
    let mut forged = device.get(&ask(json!({}), minutes(1)).await);
    forged["response"]["signature"] = of_other.get(&ask(json!({}), minutes(1)).await)["response"]["signature"].clone();
    refused(forged, minutes(1)).await;
    // The keys of one account open no other one, whatever the device says.
    let mut borrowed = of_other.get(&ask(json!({}), minutes(20)).await);
    borrowed["response"]["userHandle"] =
        device.get(&ask(json!({}), minutes(20)).await)["response"]["userHandle"].clone();
    refused(borrowed, minutes(20)).await;
    refused(of_other.get(&ask(json!({ "login": "lan" }), minutes(20)).await), minutes(20)).await;
    answered(&stage, &json!({ "id": "x" }), minutes(20)).await.refused(422, "invalid_fields");
    sign_in(&stage, &mut device, minutes(20)).await.expect(201);
    sign_in(&stage, &mut of_other, minutes(20)).await.expect(201);
}

#[tokio::test]
async fn a_key_is_not_made_elsewhere_unseen_or_for_another() {
    let (stage, lead) = with_a_lead().await;
    let other = stage.staff("mai", "it", "*", now()).await;
    let add = async |who: &Staff, passkey: Value, at| {
        who.at(at).call(Method::POST, "me/passkeys", Some(json!({ "name": "Máy", "passkey": passkey }))).await
    };
    let ask = async || lead.call(Method::POST, "me/passkeys/options", None).await.expect(200);
    let mut elsewhere = Authenticator::new(1, "https://thi.example.com");
    add(&lead, elsewhere.create(&ask().await), now()).await.refused(401, "wrong_passkey");
    let mut device = Authenticator::new(1, SITE);
    device.verifies = false;
    add(&lead, device.create(&ask().await), now()).await.refused(401, "wrong_passkey");
    device.verifies = true;
    add(&other, device.create(&ask().await), now()).await.refused(401, "wrong_passkey");
    let asked = ask().await;
    assert_eq!(asked["publicKey"]["authenticatorSelection"]["userVerification"], "required");
    lead.at(minutes(4)).step_up(minutes(4)).await.expect(200);
    add(&lead, device.create(&asked), now().plus_millis(PASSKEY_MS)).await.refused(401, "wrong_passkey");
    let nameless = json!({ "name": " ", "passkey": device.create(&asked) });
    let reply = lead.call(Method::POST, "me/passkeys", Some(nameless)).await;
    assert_eq!(reply.faults(422, "invalid_fields"), [("name".to_owned(), "empty".to_owned())]);
    let renewed = lead.in_session(add(&lead, device.create(&asked), now()).await.expect(201)["session"].as_str());
    add(&renewed, device.create(&asked), now()).await.refused(401, "wrong_passkey");
    assert_eq!(renewed.get("me").await.expect(200)["passkeys"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_key_that_has_counted_back_is_refused_and_stands_in_the_log() {
    let (stage, lead) = with_a_lead().await;
    let mut device = Authenticator::new(1, SITE);
    let lead = with_key(&lead, &mut device).await;
    let mut copy = device.clone();
    sign_in(&stage, &mut device, minutes(1)).await.expect(201);
    sign_in(&stage, &mut device, minutes(1)).await.expect(201);
    sign_in(&stage, &mut copy, minutes(2)).await.refused(401, "passkey_counted_back");
    let last = entries(&lead, "audit/1").await.pop().expect("an entry");
    let key = &lead.get("me").await.expect(200)["passkeys"][0]["id"];
    let subject = format!("{} {}", lead.id, key.as_str().expect("an id"));
    assert_eq!((&last["action"], &last["subject"]), (&json!("passkey_counted_back"), &json!(subject)));
    sign_in(&stage, &mut device, minutes(2)).await.expect(201);
}

#[tokio::test]
async fn a_key_that_was_removed_opens_nothing() {
    let (stage, lead) = with_a_lead().await;
    let mut device = Authenticator::new(1, SITE);
    let lead = with_key(&lead, &mut device).await;
    let before = asked(&stage, json!({}), now()).await;
    let id = lead.get("me").await.expect(200)["passkeys"][0]["id"].as_str().expect("an id").to_owned();
    let opened = lead.call(Method::DELETE, &format!("me/passkeys/{id}"), None).await.expect(200);
    assert_eq!(opened["me"]["passkeys"], json!([]));
    lead.get("me").await.refused(401, "no_session");
    let lead = lead.in_session(opened["session"].as_str());
    lead.call(Method::DELETE, &format!("me/passkeys/{id}"), None).await.refused(404, "no_such_passkey");
    lead.call(Method::POST, "me/step-up/options", None).await.refused(404, "no_such_passkey");
    answered(&stage, &device.get(&before), now()).await.refused(401, "wrong_passkey");
    sign_in(&stage, &mut device, minutes(1)).await.refused(401, "wrong_passkey");
    let log = entries(&lead, "audit/1").await;
    assert_eq!(log.last().expect("an entry")["action"], "remove_passkey");
}

#[tokio::test]
async fn a_disabled_account_has_no_keys() {
    let (stage, lead) = with_a_lead().await;
    let author = stage.staff("hoa", "author", "thi-thu", now()).await;
    let mut device = Authenticator::new(1, SITE);
    with_key(&author, &mut device).await;
    let before = asked(&stage, json!({ "login": "hoa" }), now()).await;
    let form = json!({ "disabled": true, "reason": "Chuyển công tác" });
    assert_eq!(lead.call(Method::PATCH, &format!("people/{}", author.id), Some(form)).await.status, 204);
    answered(&stage, &device.get(&before), now()).await.refused(401, "wrong_passkey");
    sign_in(&stage, &mut device, minutes(1)).await.refused(401, "wrong_passkey");
    let after = asked(&stage, json!({ "login": "hoa" }), minutes(1)).await;
    assert!(!named(&after).contains(&device.key_name().as_str()));
}

#[tokio::test]
async fn a_passkey_counts_as_second_factor_for_what_asks_for_one() {
    let (stage, lead) = with_a_lead().await;
    let mut device = Authenticator::new(1, SITE);
    let lead = with_key(&lead, &mut device).await.at(minutes(6));
    let other = stage.staff("mai", "lead", "*", minutes(6)).await.at(minutes(6));
    let mut of_other = Authenticator::new(2, SITE);
    let other = with_key(&other, &mut of_other).await;
    let invite = async || {
        let form = json!({ "name": "Anh Hai", "role": "it", "scope": "*" });
        lead.call(Method::POST, "people", Some(form)).await
    };
    let give = async |form: Value| lead.call(Method::POST, "me/step-up", Some(form)).await;
    let ask = async |who: &Staff| who.call(Method::POST, "me/step-up/options", None).await.expect(200);
    invite().await.refused(403, "step_up_needed");
    give(json!({})).await.refused(422, "invalid_fields");
    let both = json!({ "code": lead.code(minutes(6)), "passkey": device.get(&ask(&lead).await) });
    give(both).await.refused(422, "invalid_fields");
    let for_sign_in = device.get(&asked(&stage, json!({}), minutes(6)).await);
    give(json!({ "passkey": for_sign_in })).await.refused(401, "wrong_passkey");
    give(json!({ "passkey": of_other.get(&ask(&other).await) })).await.refused(401, "wrong_passkey");
    give(json!({ "passkey": of_other.get(&ask(&lead).await) })).await.refused(401, "wrong_passkey");
    invite().await.refused(403, "step_up_needed");
    let options = ask(&lead).await;
    assert_eq!(named(&options), [device.key_name()]);
    let answer = device.get(&options);
    answered(&stage, &answer, minutes(6)).await.refused(401, "wrong_passkey");
    let given = give(json!({ "passkey": answer })).await.expect(200);
    assert_eq!(given["stepped_up_at"], json!(minutes(6).rfc3339()));
    give(json!({ "passkey": answer })).await.refused(401, "wrong_passkey");
    invite().await.expect(201);
}

#[tokio::test]
async fn tries_of_a_passkey_are_counted_by_themselves() {
    let (stage, lead) = with_a_lead().await;
    let mut device = Authenticator::new(1, SITE);
    with_key(&lead, &mut device).await;
    let mut elsewhere = device.on("https://thi.example.com");
    for _ in 0..5 {
        sign_in(&stage, &mut elsewhere, minutes(1)).await.refused(401, "wrong_passkey");
    }
    sign_in(&stage, &mut device, minutes(1)).await.refused(429, "too_many_tries");
    let form = json!({ "login": "lan", "secret": STAFF_SECRET });
    let first = stage.door.at(minutes(1)).call(Method::POST, "/v1/organizer/sessions", Some(&form)).await.expect(200);
    let form = json!({ "ticket": first["ticket"], "code": lead.code(minutes(1)) });
    stage.door.at(minutes(1)).call(Method::POST, "/v1/organizer/sessions/second", Some(&form)).await.expect(201);
    sign_in(&stage, &mut device, minutes(16)).await.expect(201);
}

#[tokio::test]
async fn an_account_has_at_most_eight_passkeys() {
    let (_stage, mut lead) = with_a_lead().await;
    for number in 1..=8 {
        lead = with_key(&lead, &mut Authenticator::new(number, SITE)).await;
    }
    lead.call(Method::POST, "me/passkeys/options", None).await.refused(409, "too_many_passkeys");
}

#[tokio::test]
async fn another_app_counts_once_it_has_shown_a_code() {
    let (stage, lead) = with_a_lead().await;
    let begun = lead.call(Method::POST, "me/totp", None).await.expect(200);
    let uri = begun["totp_uri"].as_str().expect("an address");
    let confirm = async |who: &Staff, code: String| {
        who.call(Method::PUT, "me/totp", Some(json!({ "ticket": begun["ticket"], "totp": code }))).await
    };
    let other = stage.staff("mai", "it", "*", now()).await;
    confirm(&other, code_of(uri, now())).await.refused(401, "wrong_code");
    confirm(&lead, lead.code(now())).await.refused(401, "wrong_code");
    lead.at(minutes(1)).step_up(minutes(1)).await.expect(200); // the old one still counts
    let opened = confirm(&lead.at(minutes(1)), code_of(uri, minutes(1))).await.expect(200);
    lead.get("me").await.refused(401, "no_session");
    let renewed = lead.in_session(opened["session"].as_str()).at(minutes(2));
    renewed.step_up(minutes(2)).await.refused(401, "wrong_code");
    let give = async |at| renewed.call(Method::POST, "me/step-up", Some(json!({ "code": code_of(uri, at) }))).await;
    give(minutes(2)).await.expect(200);
    confirm(&renewed, code_of(uri, minutes(2))).await.refused(401, "wrong_code");
    let log = entries(&renewed, "audit/1").await;
    assert_eq!(log.last().expect("an entry")["action"], "change_app");
}
