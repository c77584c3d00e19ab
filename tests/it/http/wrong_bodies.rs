//! What is not a sheet, a registration or a sign-in is refused and changes nothing.

use super::{open_stage, started};
use bytes::Bytes;
use http::Method;
use serde_json::json;
use tests::{Contestant, Folder, OPENS, SECRET, Stage, instant, person};

/// Sends a body; it is refused with a status and a code, and no table has changed.
async fn check(stage: &Stage, who: &Contestant, method: Method, path: &str, body: Bytes, refusal: (u16, &str)) {
    let tables = stage.tables().await;
    let shown = String::from_utf8_lossy(&body[..body.len().min(80)]).into_owned();
    let reply = who.door.at(OPENS).send(method, path, body).await;
    assert_eq!(reply.status, refusal.0, "{shown}: {}", reply.text());
    reply.refused(refusal.0, refusal.1);
    assert_eq!(stage.tables().await, tables, "{shown} changed something");
}

/// A body of this many bytes that is a sheet but for its size.
fn padded_sheet(size: usize) -> Bytes {
    let sheet = "{\"answers\":{}}";
    format!("{sheet}{}", " ".repeat(size - sheet.len())).into()
}

#[tokio::test]
async fn sheets_of_the_wrong_form_change_nothing() {
    let (stage, who) = open_stage(&Folder::small()).await;
    let started = started(&who).await;
    let ids: Vec<&str> =
        started["paper"]["questions"].as_array().expect("a list").iter().filter_map(|q| q["id"].as_str()).collect();
    let id = ids[0];
    let not_drawn =
        (1..=6).map(|n| format!("q{n:02}")).find(|id| !ids.contains(&id.as_str())).expect("six in the bank");
    let path = "rounds/vong-1/attempts/1";
    let invalid = (422, "invalid_answers");
    for (body, refusal) in [
        (String::new(), (400, "broken_json")),
        ("{".to_owned(), (400, "broken_json")),
        ("{\"answers\":{}} x".to_owned(), (400, "broken_json")),
        ("null".to_owned(), invalid),
        ("[]".to_owned(), invalid),
        ("[{},null]".to_owned(), invalid),
        ("{}".to_owned(), invalid),
        ("{\"answers\":null}".to_owned(), invalid),
        ("{\"answers\":[]}".to_owned(), invalid),
        ("{\"answers\":{},\"score\":100}".to_owned(), invalid),
        ("{\"answers\":{},\"contestant\":\"AB\"}".to_owned(), invalid),
        ("{\"answers\":{\"q99\":[\"a\"]}}".to_owned(), invalid),
        (format!("{{\"answers\":{{\"{not_drawn}\":[\"a\"]}}}}"), invalid),
        (format!("{{\"answers\":{{\"{id}\":[\"f\"]}}}}"), invalid),
        (format!("{{\"answers\":{{\"{id}\":[\"A\"]}}}}"), invalid),
        (format!("{{\"answers\":{{\"{id}\":[\"\"]}}}}"), invalid),
        (format!("{{\"answers\":{{\"{id}\":\"a\"}}}}"), invalid),
        (format!("{{\"answers\":{{\"{id}\":[1]}}}}"), invalid),
        (format!("{{\"answers\":{{\"{id}\":{{}}}}}}"), invalid),
        (format!("{{\"answers\":{{\"{id}\":[\"a\",\"a\"]}}}}"), invalid),
        (format!("{{\"answers\":{{\"{id}\":[\"a\"],\"{id}\":[\"b\"]}}}}"), invalid),
        (format!("{{\"answers\":{{\"{id}\":[\"a\"],\"\\u0071{}\":[\"b\"]}}}}", &id[1..]), invalid),
        ("{\"answers\":{},\"answers\":{}}".to_owned(), invalid),
        ("{\"answers\":{},\"prediction\":1,\"prediction\":2}".to_owned(), invalid),
    ] {
        check(&stage, &who, Method::PUT, path, body.into(), refusal).await;
    }
    check(&stage, &who, Method::PUT, path, Bytes::from_static(&[0xff, 0xfe, b'{']), (400, "broken_json")).await;
    assert_eq!(who.status("vong-1", 1).await.expect(200)["status"], "open");
}

#[tokio::test]
async fn a_body_of_32_kib_is_read_and_one_byte_more_is_not() {
    let (stage, who) = open_stage(&Folder::small()).await;
    started(&who).await;
    let path = "rounds/vong-1/attempts/1";
    check(&stage, &who, Method::PUT, path, padded_sheet(32 * 1024 + 1), (413, "body_too_large")).await;
    check(&stage, &who, Method::PUT, path, padded_sheet(33 * 1024), (413, "body_too_large")).await;
    let at = instant(OPENS);
    who.door.at(at).send(Method::PUT, path, padded_sheet(32 * 1024)).await.expect(200);
}

#[tokio::test]
async fn registrations_and_sign_ins_of_the_wrong_form_change_nothing() {
    let (stage, who) = open_stage(&Folder::small()).await;
    for path in ["contestants", "sessions"] {
        for (body, refusal) in [
            ("{", (400, "broken_json")),
            ("", (400, "broken_json")),
            ("[]", (422, "invalid_fields")),
            ("[\"001090000001\",\"mật khẩu thử\"]", (422, "invalid_fields")),
            ("\"x\"", (422, "invalid_fields")),
            ("{\"secret\":{}}", (422, "invalid_fields")),
            ("{\"admin\":true}", (422, "invalid_fields")),
            ("{\"secret\":\"a\",\"secret\":\"b\"}", (422, "invalid_fields")),
            ("{\"consent\":{\"accepted\":false,\"accepted\":true}}", (422, "invalid_fields")),
        ] {
            check(&stage, &who, Method::POST, path, body.into(), refusal).await;
        }
        check(&stage, &who, Method::POST, path, padded_sheet(33 * 1024), (413, "body_too_large")).await;
    }
}

#[tokio::test]
async fn deep_nesting_is_refused_and_harms_nothing() {
    let (_stage, who) = open_stage(&Folder::small()).await;
    started(&who).await;
    let body = format!("{{\"answers\":{}", "[".repeat(30_000));
    let reply = who.door.at(OPENS).send(Method::PUT, "rounds/vong-1/attempts/1", body).await;
    assert!((400..500).contains(&reply.status), "{}", reply.text());
    assert_eq!(who.status("vong-1", 1).await.expect(200)["status"], "open");
}

/// A page of another origin sends such a body without being asked whether it may.
#[tokio::test]
async fn a_body_that_does_not_say_that_it_is_json_changes_nothing() {
    let (stage, who) = open_stage(&Folder::small()).await;
    started(&who).await;
    let sheet = json!({ "answers": {} }).to_string();
    let sign_in = json!({ "identifier": who.code, "secret": SECRET }).to_string();
    let mut form = person(2, "Trần Thị Bình", "nam");
    form.insert("consent".into(), stage.door.consent());
    let registration = serde_json::Value::Object(form).to_string();
    let routes = [
        (Method::POST, "contestants", registration, 201),
        (Method::POST, "sessions", sign_in, 200),
        (Method::PUT, "rounds/vong-1/attempts/1", sheet, 200),
        (Method::POST, "rounds/vong-1/attempts", "{}".to_owned(), 201),
        (Method::DELETE, "me", "{}".to_owned(), 202),
    ];
    let send = async |method: &Method, path: &str, kind: Option<&str>, body: &str| {
        let headers = kind.map(|kind| ("content-type", kind));
        who.door.at(OPENS).send_with(headers.as_slice(), method.clone(), path, body.to_owned()).await
    };
    let others =
        ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonp"];
    for (method, path, body, done) in routes {
        let tables = stage.tables().await;
        for kind in others.map(Some).into_iter().chain([None]) {
            send(&method, path, kind, &body).await.refused(415, "unsupported_media_type");
        }
        assert_eq!(stage.tables().await, tables, "{path} changed something");
        let sent = send(&method, path, Some("application/json; charset=utf-8"), &body).await;
        assert_eq!(sent.status, done, "{path}: {}", sent.text());
    }
}
