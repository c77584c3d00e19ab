//! The answer to a plan and its edits.

use super::*;
use serde_json::json;

const SONG_CONG: &str = include_str!("../../../../../contests/song-cong-cchc-2021/contest.toml");

fn asked(request: Value) -> Result<PlanAnswer, Refusal> {
    respond(serde_json::from_value(request).expect("a request"), Beside::default())
}

fn answered(request: Value) -> Value {
    serde_json::to_value(asked(request).expect("an answer")).expect("JSON")
}

#[test]
fn a_plan_is_answered_with_its_keys_rules_and_facts() {
    let answer = answered(json!({ "toml": SONG_CONG }));
    assert_eq!(answer["toml"], SONG_CONG);
    assert_eq!(
        (answer["errors"].as_array().map(Vec::len), answer["warnings"].as_array().map(Vec::len)),
        (Some(0), Some(0))
    );
    assert_eq!(answer["plan"]["attempt"]["minutes"], 15);
    assert_eq!(answer["plan"]["rounds"][1]["id"], "tuan-2");
    assert!(answer["rules"][0]["heading"].as_str().is_some_and(|heading| heading.starts_with("Điều 1. ")));
    assert_eq!(answer["facts"]["prizes"]["each_round"]["amount"], 3_800_000);
    assert_eq!(answer["facts"]["prizes"]["each_round"]["prizes"][0]["name"], "Giải Nhất");
    assert_eq!(answer["facts"]["peak"], Value::Null, "nobody said how many people there are");
    assert_eq!(answer["facts"]["prizes"]["complete"], true);
    for path in [json!(["prizes", 0, "amount"]), json!(["collective", 0, "prizes", 0, "count"])] {
        let less = answered(json!({ "toml": SONG_CONG, "set": [{ "path": path, "value": null }] }));
        assert_eq!(less["facts"]["prizes"]["complete"], false, "{path}");
    }
    assert!(answer.get("since").is_none());
    let total = answer["facts"]["prizes"]["total"].as_u64().expect("a sum");
    assert_eq!(total, contest::prizes::PrizeTotals::of(&plan_file::read(SONG_CONG).plan.expect("a plan")).total());
}

#[test]
fn the_timeline_is_in_the_order_of_time_and_named() {
    let answer = answered(json!({ "toml": SONG_CONG }));
    let line: Vec<String> = answer["facts"]["timeline"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|moment| {
            format!(
                "{} | {} | {}",
                moment["label"].as_str().unwrap(),
                moment["words"].as_str().unwrap(),
                moment["typed"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        line,
        [
            "Đăng ký: Mở đăng ký | 08h00 thứ Sáu 10/12/2021 | 08h00 10/12/2021",
            "Vòng thi số 1: Mở | 08h30 thứ Hai 13/12/2021 | 08h30 13/12/2021",
            "Vòng thi số 1: Đóng | 16h30 Chủ nhật 19/12/2021 | 16h30 19/12/2021",
            "Vòng thi số 1: Công bố kết quả | 08h00 thứ Hai 20/12/2021 | 08h00 20/12/2021",
            "Vòng thi số 2: Mở | 08h30 thứ Hai 20/12/2021 | 08h30 20/12/2021",
            "Vòng thi số 2: Đóng | 16h30 Chủ nhật 26/12/2021 | 16h30 26/12/2021",
            "Vòng thi số 2: Công bố kết quả | 08h00 thứ Hai 27/12/2021 | 08h00 27/12/2021",
        ]
    );
    assert_eq!(answer["facts"]["timeline"][1]["path"], json!(["rounds", 0, "opens"]));
    assert_eq!(answer["facts"]["timeline"][1]["at"], "2021-12-13T01:30:00.000Z");
}

#[test]
fn edits_come_as_json_and_the_answer_says_what_changed_since() {
    let answer = answered(json!({ "toml": SONG_CONG, "since": SONG_CONG, "set": [
        { "path": ["rounds", "tuan-1", "closes"], "value": "17h30 19/12/2021" },
        { "path": ["attempt", "per_round"], "value": null },
        { "add": "rounds", "value": { "name": "Tuần thứ Ba" } },
        { "remove": ["rounds", "tuan-2"] },
    ] }));
    assert!(answer["toml"].as_str().expect("text").contains("closes = \"2021-12-19T17:30\""));
    let changes = answer["since"]["changes"].as_array().expect("a list");
    let labels: Vec<&str> = changes.iter().filter_map(|change| change["label"].as_str()).collect();
    assert_eq!(
        labels,
        ["Bài thi: Số lượt mỗi vòng", "Vòng thi “tuan-1”: Đóng", "Vòng thi “tuan-2”", "Vòng thi “vong-1”"]
    );
    assert_eq!((&changes[1]["before"], &changes[1]["after"]), (&json!("2021-12-19T16:30"), &json!("2021-12-19T17:30")));
    assert_eq!(changes[3]["after"], json!({ "id": "vong-1", "name": "Tuần thứ Ba" }));
    let rules = answer["since"]["rules"].as_array().expect("a list");
    assert!(
        rules
            .iter()
            .any(|rule| rule["state"] == "changed" && rule["paragraphs"].as_array().is_some_and(|p| !p.is_empty()))
    );
    assert!(
        answer["errors"]
            .as_array()
            .expect("a list")
            .iter()
            .any(|line| line["column"] == "attempt.per_round" && line["row"].is_number())
    );
}

#[test]
fn what_cannot_be_edited_is_refused_with_a_sentence() {
    let code = |set: Value| {
        asked(json!({ "toml": SONG_CONG, "set": set })).map(|_| ()).map_err(|refusal| (refusal.edit(), refusal.code()))
    };
    assert_eq!(code(json!([{ "path": ["name"], "value": 1.5 }])), Err((0, "no_value")));
    assert_eq!(
        code(json!([{ "path": ["name"], "value": "x" }, { "path": ["__proto__"], "value": 1 }])),
        Err((1, "unknown_key"))
    );
    assert_eq!(code(json!([{ "path": ["name"], "add": "rounds" }])), Err((0, "no_value")));
    assert_eq!(code(json!([{ "remove": ["rounds", "tuan-9"] }])), Err((0, "nothing_there")));
    assert!(serde_json::from_value::<PlanRequest>(json!({ "toml": "", "sets": [] })).is_err());
    let broken = answered(json!({ "toml": "name = " }));
    assert_eq!((&broken["plan"], &broken["facts"]), (&Value::Null, &Value::Null));
    assert_eq!(broken["errors"][0]["row"], 1);
}

#[test]
fn the_plan_of_an_earlier_contest_begins_another() {
    let answer = answered(json!({ "toml": SONG_CONG, "blank": true }));
    assert_eq!(answer["plan"]["id"], "");
    assert_eq!(answer["facts"]["timeline"], json!([]));
    assert_eq!(answer["facts"]["prizes"]["each_round"]["amount"], 3_800_000);
}

#[test]
fn a_roster_says_how_busy_a_round_may_be() {
    let text = SONG_CONG.replacen("mode = \"open\"", "mode = \"roster\"", 1);
    let peak = |roster| {
        answer_beside(&text, &[], Beside { roster: Some(roster), ..Beside::default() })
            .expect("an answer")
            .facts
            .and_then(|facts| facts.peak)
    };
    assert_eq!(peak(25_200), Some(facts::Peak { attempts: 75_600, requests_a_second: 126, fits: true }));
    assert_eq!(peak(1_000_000).map(|peak| peak.fits), Some(false));
}

#[test]
fn an_article_is_told_by_its_title_whatever_its_number() {
    let article = |heading: &str, paragraphs: &[&str]| RuleSection {
        heading: heading.to_owned(),
        paragraphs: paragraphs.iter().map(|text| (*text).to_owned()).collect(),
    };
    let before = [article("Điều 1. Một", &["a", "b"]), article("Điều 2. Hai", &["c"]), article("Điều 3. Ba", &["d"])];
    let after = [article("Điều 1. Một", &["a", "x"]), article("Điều 2. Mới", &["y"]), article("Điều 3. Ba", &["d"])];
    let change = |heading: &str, state, paragraphs: &[usize]| RuleChange {
        heading: heading.to_owned(),
        state,
        paragraphs: paragraphs.to_vec(),
    };
    assert_eq!(
        changed_rules(&before, &after),
        [
            change("Điều 1. Một", RuleState::Changed, &[1]),
            change("Điều 2. Mới", RuleState::New, &[0]),
            change("Điều 2. Hai", RuleState::Gone, &[]),
        ]
    );
}

#[test]
fn an_error_names_the_key_in_its_own_entry() {
    let answer = answered(json!({ "toml": SONG_CONG, "set": [
        { "path": ["rounds", 1, "closes"], "value": "sớm mai" },
        { "path": ["prizes", 0, "amount"], "value": null },
        { "path": ["prizes", 2, "amount"], "value": null },
        { "path": ["attempt", "minutes"], "value": 5_000 },
        { "path": ["name"], "value": null },
        { "path": ["ranking", "eligible"], "value": null },
    ] }));
    let paths: Vec<&Value> = answer["errors"].as_array().expect("a list").iter().map(|line| &line["path"]).collect();
    for path in [
        json!(["rounds", 1, "closes"]),
        json!(["prizes", 0, "amount"]),
        json!(["prizes", 2, "amount"]),
        json!(["attempt", "minutes"]),
        json!(["name"]),
        json!(["ranking", "eligible"]),
    ] {
        assert!(paths.contains(&&path), "{path}: {paths:?}");
    }
}

/// What the page's own tests are answered with stands in files, which these keep true.
#[test]
fn the_answers_in_the_tests_of_the_page_are_real() {
    let golden = |name: &str, value: &Value| {
        let text = serde_json::to_string_pretty(value).expect("JSON") + "\n";
        let path = format!("{}/../../tests/golden/console/{name}", env!("CARGO_MANIFEST_DIR"));
        expect_test::expect_file![path].assert_eq(&text);
    };
    golden("plan-form.json", &serde_json::to_value(crate::console::plan_form::form()).expect("JSON"));
    golden("plan.json", &answered(json!({ "toml": SONG_CONG, "since": SONG_CONG })));
    let edits = json!([
        { "path": ["rounds", 0, "closes"], "value": "17h30 19/12/2021" },
        { "path": ["prizes", 0, "amount"], "value": null },
        { "path": ["attempt", "minutes"], "value": 20 },
    ]);
    golden("plan-edited.json", &answered(json!({ "toml": SONG_CONG, "since": SONG_CONG, "set": edits })));
}
