//! Published bytes, compared with what the contract names.

use super::*;
use crate::example::{Example, NAMES, example};
use contest::announcement::Announcement;
use contest::bank::{AnswerKey, BankFacts, Notes, OptionSet};
use contest::fraction::Fraction;
use contest::ids::QuestionId;
use contest::lots;
use contest::plan::{Picture, Plan, PredictionTarget, Scope};
use contest::seal::ContestKeys;
use expect_test::{Expect, expect, expect_file};
use std::collections::BTreeSet;

fn text(file: &PublishedFile) -> &str {
    std::str::from_utf8(&file.bytes).expect("published files are UTF-8")
}

fn file(example: &Example, name: &str) -> PublishedFile {
    let files = files(example);
    files.into_iter().find(|file| file.name == name).expect("the file is published")
}

fn files(example: &Example) -> Vec<PublishedFile> {
    let (key, notes, nonce) = key();
    let opened =
        OpenedKey { key: &key, rekeyed: &AnswerKey::new(), voided: &BTreeSet::new(), notes: &notes, nonce: &nonce };
    version_files(&example.version(), &example.names(), Some(&opened), &evidence(&example.plan))
}

static NO_BANKS: BTreeMap<RoundId, BankFacts> = BTreeMap::new();
static NO_LOTS: BTreeMap<RoundId, [u8; 32]> = BTreeMap::new();

fn evidence(plan: &Plan) -> Evidence<'_> {
    Evidence {
        plan,
        ledger: b"{}\n",
        ledger_root: &[0xef; 32],
        checkpoint: "hoithi/song-cong-cchc-2021/tuan-1\n1\n\n\n",
        commitments: Commitments {
            banks: &NO_BANKS,
            lots: &NO_LOTS,
            public_key: "hoithi/song-cong-cchc-2021+11223344+AQID",
        },
        drawn: None,
        follows: &[],
        decisions: None,
    }
}

fn key() -> (AnswerKey, BTreeMap<QuestionId, Notes>, [u8; 32]) {
    let id = |text: &str| QuestionId::parse(text).expect("valid");
    let source = Some("Nghị định số 61/2018/NĐ-CP, Điều 3".to_owned());
    let key = [(id("q02"), OptionSet::EMPTY.with(0).with(2)), (id("q01"), OptionSet::EMPTY.with(1))].into();
    (key, [(id("q01"), Notes { explanation: None, source })].into(), [0xab; 32])
}

fn check(name: &str, change: impl Fn(&mut Example), expected: Expect) {
    let mut example = example();
    change(&mut example);
    expected.assert_eq(text(&file(&example, name)));
}

fn announcements() -> [Announcement; 2] {
    let written = [
        ("9/12/2021", "Tài liệu ôn tập đã có ở mục Tài liệu cần đọc."),
        ("10/12/2021", "Lễ trao giải dời sang hội trường lớn, số 1 đường Cách mạng Tháng Mười."),
    ];
    written.map(|(day, text)| Announcement { on: Announcement::day(day).expect("a day"), text: text.to_owned() })
}

fn contest_file(example: &Example) -> PublishedFile {
    let bank = BankFacts { question_count: 30, key_commitment: "cd".repeat(32) };
    let banks = [(example.plan.rounds[0].id.clone(), bank)].into();
    let lots = lots::commitments(&example.plan, &ContestKeys::new(&[7; 32], &example.plan.id));
    let public_key = "hoithi.example+11223344+AQID";
    let commitments = Commitments { banks: &banks, lots: &lots, public_key };
    let banner = Picture { path: format!("media/{}.jpg", "ef".repeat(32)), width: 1_600, height: 400 };
    contest_json(
        &example.plan,
        &example.units,
        &commitments,
        &Beside { announcements: &announcements(), pictures: [("banner.jpg".to_owned(), banner)].into() },
    )
}

fn predict_percent(example: &mut Example) {
    let target = PredictionTarget::PerfectPercent;
    example.plan.rules.prediction.as_mut().expect("the example has a prediction").target = target;
    let outcome = example.result.prediction.as_mut().expect("the example has a prediction");
    (outcome.target, outcome.actual) = (target, Fraction::new(100, 3).expect("three is not zero"));
    example.result.ranking.truncate(1);
    example.result.winners.truncate(1);
    example.result.ranking[0].prediction = Some(contest::prediction::Prediction::from_parts(8_765_430));
    example.result.ranking[0].prediction_distance = Fraction::new(5_432, 100);
}

#[test]
fn results_have_exactly_the_members_of_the_contract() {
    check(
        "results.json",
        |_| (),
        expect![[r#"
        {"schema":"hoithi/results/1","contest":"song-cong-cchc-2021","round":"tuan-1","version":1,"status":"provisional","closed_at":"2021-12-19T09:30:00.000Z","totals":{"registered":6,"contestants":5,"attempts":9,"perfect_attempts":2,"perfect_contestants":1,"perfect_attempts_percent":"22.22"},"prediction":{"target":"perfect_contestants","actual":1},"winners":[{"rank":1,"tier":"first","prize":"Giải Nhất","amount":1000000,"contestant":"abcdefghijklmno4","full_name":"Đặng Thị Ơn","unit":"bach-quang","unit_name":"Phường Bách Quang","score":100,"prediction":3200,"prediction_distance":3199,"duration_ms":305250,"submitted_at":"2021-12-13T02:05:07.120Z"},{"rank":2,"tier":"second","prize":"Giải Nhì","amount":800000,"contestant":"abcdefghijklmno2","full_name":"Nguyễn Thị Ánh","unit":"bach-quang","unit_name":"Phường Bách Quang","score":90,"prediction":4,"prediction_distance":3,"duration_ms":600000,"submitted_at":"2021-12-13T02:05:07.120Z"},{"rank":2,"tier":"second","prize":"Giải Nhì","amount":800000,"contestant":"abcdefghijklmno3","full_name":"=1+1 Đỗ Văn Dũng","unit":"thcs","unit_name":"Trường THCS \"Lương Sơn\", tổ 1","score":90,"prediction":4,"prediction_distance":3,"duration_ms":600000,"submitted_at":"2021-12-13T02:05:07.120Z"},{"rank":5,"tier":"third","prize":"Giải Ba","amount":500000,"contestant":"abcdefghijklmno5","full_name":"Hà “Văn” Đức","unit":null,"unit_name":null,"score":"66.66","prediction":null,"prediction_distance":null,"duration_ms":900000,"submitted_at":"2021-12-13T02:05:07.120Z"}],"changes":[]}
    "#]],
    );
}

#[test]
fn predicted_percentages_are_text_with_a_point() {
    check(
        "results.json",
        predict_percent,
        expect![[r#"
        {"schema":"hoithi/results/1","contest":"song-cong-cchc-2021","round":"tuan-1","version":1,"status":"provisional","closed_at":"2021-12-19T09:30:00.000Z","totals":{"registered":6,"contestants":5,"attempts":9,"perfect_attempts":2,"perfect_contestants":1,"perfect_attempts_percent":"22.22"},"prediction":{"target":"perfect_percent","actual":"33.33"},"winners":[{"rank":1,"tier":"first","prize":"Giải Nhất","amount":1000000,"contestant":"abcdefghijklmno4","full_name":"Đặng Thị Ơn","unit":"bach-quang","unit_name":"Phường Bách Quang","score":100,"prediction":"87.6543","prediction_distance":"54.32","duration_ms":305250,"submitted_at":"2021-12-13T02:05:07.120Z"}],"changes":[]}
    "#]],
    );
    check(
        "ranking.csv",
        predict_percent,
        expect![[r#"
        rank,contestant,unit,score,perfect,prediction,prediction_distance,duration_ms,submitted_at,attempt
        1,abcdefghijklmno4,bach-quang,100,true,87.6543,54.32,305250,2021-12-13T02:05:07.120Z,1
    "#]],
    );
}

#[test]
fn a_round_without_attempts_or_prediction_publishes_zeros_and_null() {
    let nobody = |example: &mut Example| {
        example.plan.rules.prediction = None;
        example.result = RoundResult {
            totals: Default::default(),
            prediction: None,
            ranking: Vec::new(),
            winners: Vec::new(),
            waiting: Vec::new(),
            units: Vec::new(),
        };
    };
    check(
        "results.json",
        nobody,
        expect![[r#"
        {"schema":"hoithi/results/1","contest":"song-cong-cchc-2021","round":"tuan-1","version":1,"status":"provisional","closed_at":"2021-12-19T09:30:00.000Z","totals":{"registered":0,"contestants":0,"attempts":0,"perfect_attempts":0,"perfect_contestants":0,"perfect_attempts_percent":"0.00"},"prediction":null,"winners":[],"changes":[]}
    "#]],
    );
    check(
        "ranking.csv",
        nobody,
        expect![[r#"
        rank,contestant,unit,score,perfect,prediction,prediction_distance,duration_ms,submitted_at,attempt
    "#]],
    );
    check(
        "units.csv",
        nobody,
        expect![[r#"
        rank,unit,name,level,members,contestants,attempts,perfect_contestants,mean_score,rate_percent,prize
    "#]],
    );
}

#[test]
fn ranking_is_one_line_a_person_with_empty_cells_for_none() {
    check(
        "ranking.csv",
        |_| (),
        expect![[r#"
        rank,contestant,unit,score,perfect,prediction,prediction_distance,duration_ms,submitted_at,attempt
        1,abcdefghijklmno4,bach-quang,100,true,3200,3199,305250,2021-12-13T02:05:07.120Z,1
        2,abcdefghijklmno2,bach-quang,90,false,4,3,600000,2021-12-13T02:05:07.120Z,1
        2,abcdefghijklmno3,thcs,90,false,4,3,600000,2021-12-13T02:05:07.120Z,1
        4,abcdefghijklmno7,bach-quang,70,false,1,0,61999,2021-12-13T02:05:07.120Z,1
        5,abcdefghijklmno5,,66.66,false,,,900000,2021-12-13T02:05:07.120Z,1
    "#]],
    );
}

#[test]
fn units_of_a_contest_wide_competition_have_no_prize_yet() {
    check(
        "units.csv",
        |_| (),
        expect![[r#"
        rank,unit,name,level,members,contestants,attempts,perfect_contestants,mean_score,rate_percent,prize
        1,bach-quang,Phường Bách Quang,ward,40,3,6,1,86.66,7.50,
        ,luong-son,Phường Lương Sơn,ward,,0,0,0,,,
    "#]],
    );
}

#[test]
fn units_are_ranked_by_the_first_competition_that_the_round_decides() {
    let two = |example: &mut Example| {
        let mut by_round = example.result.units[0].clone();
        by_round.scope = Scope::Round;
        by_round.standings.truncate(1);
        by_round.standings[0].unit = 3;
        example.result.units.push(by_round);
    };
    check(
        "units.csv",
        two,
        expect![[r#"
        rank,unit,name,level,members,contestants,attempts,perfect_contestants,mean_score,rate_percent,prize
        1,thcs,"Trường THCS ""Lương Sơn"", tổ 1",,40,3,6,1,86.66,7.50,Giải Nhất
    "#]],
    );
}

#[test]
fn the_key_is_opened_with_its_nonce() {
    check(
        "key.json",
        |_| (),
        expect![[r#"
        {"schema":"hoithi/key/1","contest":"song-cong-cchc-2021","round":"tuan-1","nonce":"abababababababababababababababababababababababababababababababab","key":{"q01":["b"],"q02":["a","c"]},"notes":{"q01":{"explanation":null,"source":"Nghị định số 61/2018/NĐ-CP, Điều 3"}}}
    "#]],
    );
}

#[test]
fn a_key_that_is_never_revealed_is_not_published() {
    let mut example = example();
    example.plan.attempt.usual_mut().rules.reveal_key = RevealKey::Never;
    let names: Vec<&str> = files(&example).iter().map(|file| file.name).collect();
    assert_eq!(
        names,
        [
            "contest.json",
            "ledger.jsonl",
            "checkpoint",
            "participants.csv",
            "results.json",
            "ranking.csv",
            "units.csv",
            "manifest.json",
        ]
    );
}

#[test]
fn the_manifest_fixes_every_file_and_the_version_before() {
    let example = example();
    let files = files(&example);
    let first = RoundPointer::moved(None, 1, Status::Provisional, "feed", None, example.version().published_at);
    let second = RoundVersion {
        number: 2,
        earlier: &first.history,
        before: None,
        reason: Some("Quyết định số 1"),
        ..example.version()
    };
    let manifest = manifest::manifest(&second, &evidence(&example.plan), &files[..files.len() - 1]);
    let json: serde_json::Value = serde_json::from_slice(&manifest.bytes).expect("JSON");
    assert_eq!(
        (&json["previous"], &json["version"], &json["reason"]),
        (&"feed".into(), &2.into(), &"Quyết định số 1".into())
    );
    assert_eq!(json["history"], serde_json::to_value(&first.history).expect("a value serializes"));
    assert_eq!(json["ledger_root"], "ef".repeat(32));
    let contest: serde_json::Value = serde_json::from_slice(&contest_file(&example).bytes).expect("JSON");
    assert_eq!(json["rules_sha256"], contest["rules_sha256"]);
    let lines = json["files"].as_array().expect("a list");
    let names: Vec<_> = lines.iter().map(|line| line["name"].as_str().expect("text")).collect();
    assert_eq!(
        names,
        [
            "checkpoint",
            "contest.json",
            "key.json",
            "ledger.jsonl",
            "participants.csv",
            "ranking.csv",
            "results.json",
            "units.csv",
        ]
    );
    for line in lines {
        let file = file(&example, line["name"].as_str().expect("text"));
        assert_eq!(line["sha256"], HEXLOWER.encode(&Sha256::digest(&file.bytes)));
        assert_eq!(line["size"], file.bytes.len());
    }
    // Names and sizes: the hashes follow from them, and say nothing to a reader.
    let sizes: Vec<String> = lines.iter().map(|line| format!("{} {}", line["name"], line["size"])).collect();
    expect![[r#"
        "checkpoint" 38
        "contest.json" 20216
        "key.json" 280
        "ledger.jsonl" 3
        "participants.csv" 187
        "ranking.csv" 474
        "results.json" 1574
        "units.csv" 210"#]]
    .assert_eq(&sizes.join("\n"));
}

#[test]
fn the_public_contest_has_exactly_the_agreed_members() {
    // One member a line, in the order of the file.
    let file = contest_file(&example());
    expect_file!["../../golden/contest.json"].assert_eq(&text(&file).replace(",\"", ",\n\""));
}

#[test]
fn what_is_given_over_the_contest_is_published_where_a_plan_has_it() {
    let text_of_plan = include_str!("../../../contest/src/plan_file/everything.toml");
    let plan = contest::plan_file::read(text_of_plan).plan.expect("a plan");
    let file = contest_file(&Example { plan, ..example() });
    let (_, rest) = text(&file).split_once("\"collective\":").expect("the file has it");
    let (given, _) = rest.split_once(",\"reading_list\"").expect("the file has it");
    expect![[r#"
        [{"id":"tap-the",
        "level":["ward",
        "agency"],
        "scope":"contest",
        "measure":["points desc",
        "winners desc",
        "mean_score desc"],
        "points":{"contestants_percent":1,
        "first":10,
        "third":6},
        "min_rate_percent":5,
        "prizes":[{"name":"Giải Nhất",
        "count":1,
        "amount":2000000}]},{"id":"truong-hoc",
        "level":"school",
        "scope":"round",
        "measure":["contestants desc"],
        "min_rate_percent":0,
        "prizes":[{"name":"Giải Nhất",
        "count":1,
        "amount":500000}]}],
        "overall":{"score":"best",
        "best":2,
        "rounds":["tuan-1",
        "tuan-2",
        "tuan-3"],
        "order":["score desc",
        "perfect_attempts desc",
        "duration asc"]},
        "certificates":[{"name":"Giấy chứng nhận hoàn thành",
        "min_percent":80,
        "rounds":1},{"name":"Giấy chứng nhận tham gia đầy đủ",
        "min_percent":50,
        "rounds":3}]"#]]
    .assert_eq(&given.replace(",\"", ",\n\""));
}

#[test]
fn hashes_in_the_public_contest_can_be_computed_from_it_alone() {
    let json: serde_json::Value = serde_json::from_slice(&contest_file(&example()).bytes).expect("JSON");
    let canonical_rules = serde_json::to_vec(&json["rules"]).expect("a value serializes");
    assert_eq!(json["rules_sha256"], sha256_hex(&canonical_rules));
    let consent = json["consent"]["text"].as_str().expect("text");
    assert_eq!(json["consent"]["text_sha256"], sha256_hex(consent.as_bytes()));
}

#[test]
fn the_same_results_give_the_same_bytes() {
    assert_eq!(files(&example()), files(&example()));
    assert_eq!(contest_file(&example()), contest_file(&example()));
}

#[test]
fn nobody_is_named_but_the_winners_and_no_private_code_is_published() {
    let example = example();
    let mut published = files(&example);
    published.push(contest_file(&example));
    for file in &published {
        for canary in ["Canary", "MADUTHI", "1988", "09/03"] {
            assert!(!text(file).contains(canary), "{canary} stands in {}", file.name);
        }
        let named = NAMES[..4].iter().filter(|name| text(file).contains(*name)).count();
        assert_eq!(named, if file.name == "results.json" { 4 } else { 0 }, "{}", file.name);
    }
}

#[test]
fn an_erased_winner_keeps_the_prize_under_the_pseudonym() {
    let example = example();
    let file = results_json::results_json(&example.version(), &BTreeMap::new());
    let json: serde_json::Value = serde_json::from_slice(&file.bytes).expect("JSON");
    assert_eq!(json["winners"][0]["full_name"], serde_json::Value::Null);
    assert_eq!(json["winners"][0]["contestant"], "abcdefghijklmno4");
}
