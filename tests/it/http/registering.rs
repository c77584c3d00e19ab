//! What a registration must hold, field by field, and who may register at all.

use super::anybody;
use http::Method;
use serde_json::{Value, json};
use tests::{Folder, Form, Stage, person};

type Faults<'a> = &'a [(&'a str, &'a str)];

/// Changes a good form and compares the wrong fields named; none means that it is accepted.
async fn check(stage: &Stage, number: u32, changes: &[(&str, Value)], expected: Faults<'_>) {
    let form = changed(number, changes);
    let reply = stage.door.try_register(&form).await;
    if expected.is_empty() {
        assert_eq!(reply.status, 201, "{changes:?}: {}", reply.text());
        return;
    }
    assert_eq!(reply.status, 422, "{changes:?}: {}", reply.text());
    let expected: Vec<(String, String)> = expected.iter().map(|(f, c)| ((*f).into(), (*c).into())).collect();
    assert_eq!(reply.faults(422, "invalid_fields"), expected, "{changes:?}");
}

/// A good form with members set, or taken out by `null`.
fn changed(number: u32, changes: &[(&str, Value)]) -> Form {
    let mut form = person(number, "Nguyễn Văn An", "bac");
    for (name, value) in changes {
        match value {
            Value::Null => form.remove(*name),
            value => form.insert((*name).to_owned(), value.clone()),
        };
    }
    form
}

#[tokio::test]
async fn every_field_is_judged_and_named() {
    let stage = Stage::with(&Folder::small()).await;
    let long = format!("An {}", "b".repeat(98));
    let table: &[(&str, Value, Faults<'_>)] = &[
        ("full_name", json!("  ĐẶNG\u{a0}THỊ  ƠN "), &[]),
        ("full_name", json!("H'Hen Niê"), &[]),
        ("full_name", Value::Null, &[("full_name", "missing")]),
        ("full_name", json!(" \u{a0} "), &[("full_name", "empty")]),
        ("full_name", json!("An"), &[("full_name", "one_word")]),
        ("full_name", json!("Nguyễn <b>An"), &[("full_name", "bad_characters")]),
        ("full_name", json!(long), &[("full_name", "too_long")]),
        ("full_name", json!("Nguyen Van 1"), &[("full_name", "bad_characters")]),
        ("full_name", json!("\u{3164} \u{3164}"), &[("full_name", "bad_characters")]),
        ("full_name", json!(format!("Nguyễn A{}", "\u{301}".repeat(90))), &[("full_name", "bad_characters")]),
        ("full_name", json!("Nguyễn V\u{430}n An"), &[("full_name", "mixed_scripts")]),
        ("full_name", json!("Иван Петров"), &[]),
        ("birth_date", json!("17/5/1990"), &[]),
        ("birth_date", Value::Null, &[("birth_date", "missing")]),
        ("birth_date", json!("1990-02-30"), &[("birth_date", "not_a_date")]),
        ("birth_date", json!("2026-03-02"), &[("birth_date", "in_the_future")]),
        ("citizen_id", Value::Null, &[("citizen_id", "missing")]),
        ("citizen_id", json!("00109000000"), &[("citizen_id", "not_twelve_digits")]),
        ("citizen_id", json!("0010900000012"), &[("citizen_id", "not_twelve_digits")]),
        ("citizen_id", json!("00109000000A"), &[("citizen_id", "not_twelve_digits")]),
        ("citizen_id", json!("123456789"), &[("citizen_id", "old_nine_digits")]),
        ("citizen_id", json!("001-090-000-777"), &[]),
        ("citizen_id", json!("999999999999"), &[("citizen_id", "unknown_century")]),
        ("citizen_id", json!("003090000001"), &[("citizen_id", "unknown_province")]),
        ("citizen_id", json!("001091000001"), &[("citizen_id", "other_birth_year")]),
        ("citizen_id", json!("001290000001"), &[("citizen_id", "other_birth_year")]),
        ("citizen_id", json!("001190000001"), &[]),
        ("phone", json!("+84 912.345.678"), &[]),
        ("phone", json!("0084912345678"), &[]),
        ("phone", json!("01234567890"), &[]),
        ("phone", Value::Null, &[("phone", "missing")]),
        ("phone", json!("12345"), &[("phone", "not_a_phone_number")]),
        ("unit", json!("nam"), &[]),
        ("unit", Value::Null, &[("unit", "missing")]),
        ("unit", json!("khong-co"), &[("unit", "unknown_unit")]),
        ("unit", json!("../bac"), &[("unit", "unknown_unit")]),
        ("unit_basis", json!("residence"), &[]),
        ("unit_basis", json!("elsewhere"), &[("unit_basis", "unknown_word")]),
        ("secret", Value::Null, &[("secret", "missing")]),
        ("secret", json!("bảy chữ"), &[("secret", "too_short")]),
        ("secret", json!("a".repeat(129)), &[("secret", "too_long")]),
        ("secret", json!("12345678"), &[("secret", "too_common")]),
        ("secret", json!("Password"), &[("secret", "too_common")]),
        ("secret", json!("17/05/1990"), &[("secret", "known_number")]),
        ("secret", json!("17/05/1990 mưa"), &[]),
        ("referrer", json!("aaaaaaaa"), &[("referrer", "unknown_referrer")]),
        ("full_name", json!(5), &[("", "wrong_type")]),
        ("consent", json!([true, "0", null]), &[("", "wrong_type")]),
        ("quê_quán", json!("Hà Nội"), &[("quê_quán", "unknown_field")]),
    ];
    for (number, (field, value, expected)) in (1..).zip(table) {
        check(&stage, number, &[(field, value.clone())], expected).await;
    }
}

#[tokio::test]
async fn every_wrong_field_is_named_at_once() {
    let stage = Stage::with(&Folder::small()).await;
    let changes = [("full_name", json!("An")), ("phone", json!("1")), ("unit", json!("x")), ("secret", json!("s"))];
    let faults: Faults<'_> = &[
        ("full_name", "one_word"),
        ("phone", "not_a_phone_number"),
        ("unit", "unknown_unit"),
        ("secret", "too_short"),
    ];
    check(&stage, 1, &changes, faults).await;
    assert!(stage.tables().await["people"].is_empty(), "nobody was registered");
}

#[tokio::test]
async fn a_decomposed_name_is_kept_composed() {
    let stage = Stage::with(&Folder::small()).await;
    let contestant = stage.door.register(&person(1, "Nguye\u{302}\u{303}n  Thi\u{323} A\u{309}nh", "bac")).await;
    assert_eq!(contestant.me().await["full_name"], "Nguyễn Thị Ảnh");
}

#[tokio::test]
async fn consent_must_be_given_to_the_very_text_that_is_published() {
    let stage = Stage::with(&Folder::small()).await;
    let consent = |accepted: bool, hash: Value| json!({ "accepted": accepted, "text_sha256": hash });
    let hash = stage.door.consent()["text_sha256"].clone();
    let other = json!("0".repeat(64));
    check(&stage, 1, &[("consent", consent(false, hash.clone()))], &[("consent.accepted", "not_accepted")]).await;
    check(&stage, 2, &[("consent", consent(true, other))], &[("consent.text_sha256", "other_text")]).await;
    check(&stage, 3, &[("consent", consent(true, hash))], &[]).await;
    let form = Value::Object(anybody());
    let reply = stage.door.call(Method::POST, "contestants", Some(&form)).await;
    assert_eq!(reply.faults(422, "invalid_fields"), [("consent".into(), "missing".into())]);
    let published = stage.contest_json().await;
    let text = published["consent"]["text"].as_str().expect("a text");
    assert_eq!(published["consent"]["text_sha256"], contest::seal::sha256_hex(text.as_bytes()));
}

#[tokio::test]
async fn age_counts_on_the_day_of_the_first_opening() {
    let stage = Stage::with(&Folder::small()).await;
    let mut guarded = stage.door.consent();
    guarded["guardian"] = json!({ "accepted": true });
    let id = |number: u32| ("citizen_id", json!(format!("001210{number:06}")));
    let sixteen_that_day = [("birth_date", json!("2010-03-02")), id(1), ("consent", guarded.clone())];
    check(&stage, 1, &sixteen_that_day, &[]).await;
    let a_day_younger = changed(2, &[("birth_date", json!("2010-03-03")), ("consent", guarded)]);
    let refused = stage.door.try_register(&a_day_younger).await.refused(403, "not_eligible");
    assert_eq!(refused["reason"], "age");
}

#[tokio::test]
async fn a_guardian_consents_for_those_under_the_age_of_the_plan() {
    let stage = Stage::with(&Folder::small()).await;
    let id = |number: u32| ("citizen_id", json!(format!("001208{number:06}")));
    check(&stage, 1, &[("birth_date", json!("2008-03-02")), id(1)], &[]).await;
    let fault: Faults<'_> = &[("consent.guardian", "guardian_missing")];
    check(&stage, 2, &[("birth_date", json!("2008-03-03")), id(2)], fault).await;
    let mut refused = stage.door.consent();
    refused["guardian"] = json!({ "accepted": false });
    check(&stage, 3, &[("birth_date", json!("2008-03-03")), id(3), ("consent", refused)], fault).await;
}

#[tokio::test]
async fn one_person_has_one_account_however_the_number_is_written() {
    let folder = Folder::small().with_plan("unique = [\"citizen_id\"]", "unique = [\"citizen_id\", \"phone\"]");
    let stage = Stage::with(&folder).await;
    let first = [("citizen_id", json!("001090000001")), ("phone", json!("01234567890"))];
    check(&stage, 1, &first, &[]).await;
    let tables = stage.tables().await;
    for citizen_id in ["001090000001", "001 090 000 001", "001.090.000.001", "\u{a0}001090000001 "] {
        let again = changed(2, &[("citizen_id", json!(citizen_id))]);
        stage.door.try_register(&again).await.refused(409, "already_registered");
    }
    for phone in ["01234567890", "0834567890", "+84 834.567.890", "0084834567890", "84834567890"] {
        let again = changed(2, &[("phone", json!(phone))]);
        stage.door.try_register(&again).await.refused(409, "already_registered");
    }
    assert_eq!(stage.tables().await, tables, "a refused registration writes nothing");
}

#[tokio::test]
async fn of_two_registrations_at_once_one_wins() {
    let stage = Stage::with(&Folder::small()).await;
    let form = anybody();
    let (first, second) = tokio::join!(stage.door.try_register(&form), stage.door.try_register(&form));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
}

#[tokio::test]
async fn neither_citizen_id_nor_phone_is_stored() {
    let stage = Stage::with(&Folder::small()).await;
    stage.door.register(&anybody()).await;
    let people = stage.tables().await["people"].join("\n");
    assert!(people.contains("Nguyễn Văn An"), "the scan reads the account");
    for private in ["001090000001", "912000001", tests::SECRET] {
        assert!(!people.contains(private), "{private} is stored");
    }
}

#[tokio::test]
async fn registration_is_open_from_its_opening_to_the_last_closing() {
    let stage = Stage::with(&Folder::small()).await;
    let table = [
        ("2026-03-01T07:59:59.999+07:00", Some("registration_closed")),
        ("2026-03-01T08:00:00.000+07:00", None),
        ("2026-03-15T15:59:59.999+07:00", None),
        ("2026-03-15T16:00:00.000+07:00", Some("registration_closed")),
    ];
    for (number, (at, refused)) in (1..).zip(table) {
        let reply = stage.door.at(at).try_register(&person(number, "Nguyễn Văn An", "bac")).await;
        match refused {
            Some(code) => drop(reply.refused(403, code)),
            None => drop(reply.expect(201)),
        }
    }
}

#[tokio::test]
async fn a_contest_that_is_not_there_is_said_to_be_not_there() {
    let mut stage = Stage::with(&Folder::small()).await;
    for name in ["khong-co", "THI-THU", "thi-thu%2F..", "%2e%2e"] {
        stage.door.contest = name.to_owned();
        stage.door.try_register(&anybody()).await.refused(404, "no_such_contest");
        stage.door.sign_in("001090000001", "mật khẩu thử").await.refused(404, "no_such_contest");
    }
}

#[tokio::test]
async fn registration_ends_when_the_plan_says_and_who_has_an_account_plays_on() {
    let opens = "opens = \"2026-03-01T08:00\"";
    let folder = Folder::small().with_plan(opens, &format!("{opens}\ncloses = \"2026-03-05T12:00\""));
    let stage = Stage::with(&folder).await;
    assert_eq!(stage.contest_json().await["registration"]["closes"], "2026-03-05T05:00:00.000Z");
    let last = stage.door.at("2026-03-05T11:59:59.999+07:00");
    let contestant = last.register(&person(1, "Nguyễn Văn An", "bac")).await;
    let late = stage.door.at("2026-03-05T12:00:00+07:00").try_register(&person(2, "Lê Văn Tư", "bac")).await;
    let refused = late.refused(403, "registration_closed");
    assert!(refused["detail"].as_str().expect("a sentence").contains("12h00"), "{refused}");
    stage.clock(tests::SECOND_OPENS).await;
    contestant.at(tests::SECOND_OPENS).start(tests::SECOND).await.expect(201);
}

#[tokio::test]
async fn nobody_registers_who_is_too_old_or_of_another_unit() {
    let rules = "min_age = 16\nmax_age = 35\nlevels = [\"ward\"]";
    let stage = Stage::with(&Folder::small().with_plan("min_age = 16", rules)).await;
    let id = |number: u32, year: u32| ("citizen_id", json!(format!("0010{year}{number:06}")));
    let thirty_five_that_day = [("birth_date", json!("1990-03-03")), id(1, 90)];
    check(&stage, 1, &thirty_five_that_day, &[]).await;
    let a_day_older = changed(2, &[("birth_date", json!("1990-03-02")), id(2, 90)]);
    let refused = stage.door.try_register(&a_day_older).await.refused(403, "not_eligible");
    assert_eq!(
        (&refused["reason"], refused["detail"].as_str().map(|said| said.contains("35"))),
        (&json!("age"), Some(true))
    );
    let above = changed(3, &[("birth_date", json!("1995-05-17")), id(3, 95), ("unit", json!("thanh-pho"))]);
    assert_eq!(stage.door.try_register(&above).await.refused(403, "not_eligible")["reason"], "unit");
    check(&stage, 4, &[("birth_date", json!("1995-05-17")), id(4, 95), ("unit", json!("to-1"))], &[]).await;
    let registration = &stage.contest_json().await["registration"];
    assert_eq!((&registration["max_age"], &registration["levels"]), (&json!(35), &json!(["ward"])));
}
