//! What organizers do with passkeys and another authenticator app. A button that asks for a passkey makes two requests: what
//! the device is to sign, and what it has signed; whoever presses it again is asked anew.

use super::acts::{Heard, Work, heard};
use super::scenes::Scene;
use contest::time::Timestamp;
use http::Method;
use serde_json::{Value, json};
use tests::{Authenticator, SITE, Staff, code_of};

/// How far the device had counted whose copy counts back.
const COUNTED: u32 = 50;

/// The device of the first lead, once it has signed so often. It does not say whose key it has.
fn device(count: u32) -> Authenticator {
    let mut device = Authenticator::new(1, SITE);
    (device.count, device.is_discoverable) = (count, false);
    device
}

/// What a device has signed so far at a turn.
fn counted(turn: i64) -> u32 {
    u32::try_from(turn).expect("turns are few")
}

/// Somebody with a key of this device, in the session that adding it has opened.
pub(super) async fn with_key(who: &Staff) -> Staff {
    let asked = who.call(Method::POST, "me/passkeys/options", None).await.expect(200);
    let form = json!({ "name": "Máy tính cơ quan", "passkey": device(0).create(&asked) });
    let added = who.call(Method::POST, "me/passkeys", Some(form)).await.expect(201);
    who.in_session(added["session"].as_str())
}

/// Their only key.
pub(super) async fn only_key(who: &Staff) -> Value {
    who.get("me").await.expect(200)["passkeys"][0].clone()
}

/// Signs in by a key that has counted far.
pub(super) async fn count_far(scene: &Scene) -> Value {
    let nobody = scene.nobody();
    let asked = nobody.call(Method::POST, "sessions/passkey/options", Some(named(scene))).await.expect(200);
    let form = json!({ "passkey": device(COUNTED).get(&asked) });
    nobody.call(Method::POST, "sessions/passkey", Some(form)).await.expect(201)
}

/// Adds the key of another device.
pub(super) async fn add(scene: &Scene, turn: i64) -> Heard {
    let lead = scene.lead.at(scene.code_at(turn));
    let made = |asked: &Value| json!({ "name": "Điện thoại", "passkey": Authenticator::new(2, SITE).create(asked) });
    answered(&lead, ("me/passkeys", Value::Null, 201), made).await
}

/// Signs in by the key; in [`Work::CountBack`] the device has counted less than it had.
pub(super) async fn sign_in(work: Work, scene: &Scene, turn: i64) -> Heard {
    let nobody = scene.nobody().at(scene.code_at(turn));
    match answered(&nobody, ("sessions/passkey", named(scene), 201), |asked| signed(asked, turn)).await {
        Heard::Refused(code) if work == Work::CountBack && code == "passkey_counted_back" => Heard::Done,
        other => other,
    }
}

/// Gives the key as second factor.
pub(super) async fn step_up(scene: &Scene, turn: i64) -> Heard {
    let lead = scene.lead.at(scene.code_at(turn));
    answered(&lead, ("me/step-up", Value::Null, 200), |asked| signed(asked, turn)).await
}

/// What the page does once a button is pressed: it asks what the device is to sign, and tells what that gave.
async fn answered(who: &Staff, (path, form, wanted): (&str, Value, u16), sign: impl FnOnce(&Value) -> Value) -> Heard {
    let form = Some(form).filter(|form| !form.is_null());
    let asked = who.call(Method::POST, &format!("{path}/options"), form).await;
    if asked.status != 200 {
        return heard(&asked, 200);
    }
    heard(&who.call(Method::POST, path, Some(sign(&asked.expect(200)))).await, wanted)
}

fn signed(asked: &Value, turn: i64) -> Value {
    json!({ "passkey": device(counted(turn)).get(asked) })
}

/// A sign-in by the login that was typed.
fn named(scene: &Scene) -> Value {
    json!({ "login": scene.lead.login })
}

/// Whether somebody has so many keys.
pub(super) async fn are(owner: &Staff, count: usize) -> Result<(), Heard> {
    let me = owner.get("me").await.expect(200);
    let is_so = me["passkeys"].as_array().map(Vec::len) == Some(count);
    if is_so { Ok(()) } else { Err(Heard::Refused(me.to_string())) }
}

/// The form of an app that has read what is in hand.
pub(super) fn shown(hand: &Value, at: Timestamp) -> Value {
    let uri = hand["totp_uri"].as_str().expect("an address");
    json!({ "ticket": hand["ticket"], "totp": code_of(uri, at) })
}
