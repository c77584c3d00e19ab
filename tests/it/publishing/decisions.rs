//! Decisions as organizers upload them: the table, what follows in each round, and what stays as it is.

use super::editions::{verified_by_all, winners};
use super::{DOCUMENTS, folder, play_all, published, registered};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::Method;
use serde_json::{Value, json};
use tests::{Contestant, FIRST, Folder, OPENS, PUBLISHES, SECOND, SECOND_OPENS, SECOND_PUBLISHES, Stage};

const HEADER: &str = "Mã dự thi;Vòng;Lượt;Xử lý;Câu;Đáp án;Thứ tự;Lý do;Quyết định;Ngày\n";

/// The first two win; the third would, without them.
const SHEETS: [super::Sheet; 4] = [(1, 4, 60, Some(4)), (2, 4, 70, Some(4)), (3, 4, 80, Some(4)), (4, 2, 60, None)];

async fn decide(stage: &Stage, rows: &[String]) -> Value {
    stage.upload("adjudications.csv", format!("{HEADER}{}\n", rows.join("\n"))).await
}

fn row(contestant: &Contestant, round: &str, action: &str) -> String {
    format!("{};{round};;{action};;;;Dùng hai tài khoản;05/QĐ-BTC;20/3/2026", contestant.code)
}

fn codes(report: &Value) -> Vec<&str> {
    report["errors"].as_array().expect("a list").iter().map(|line| line["code"].as_str().expect("a code")).collect()
}

async fn last_version(stage: &Stage, round: &str) -> (Value, Value, Value) {
    let pointer = stage.round(round).json("index.json").await;
    let version = pointer["version"].clone();
    let results = stage.round(round).json(&format!("v{version}/results.json")).await;
    (version, pointer["history"].as_array().expect("a list").last().expect("a version")["reason"].clone(), results)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_about_one_round_makes_a_version_there_and_in_the_rounds_after_it() {
    let (stage, people) = published(&folder(), &SHEETS).await;
    stage.clock_well(SECOND_OPENS).await;
    play_all(&people, SECOND, SECOND_OPENS, &SHEETS).await;
    stage.clock_well(SECOND_PUBLISHES).await;
    let report = decide(&stage, &[row(&people[0], FIRST, "Loại")]).await;
    assert_eq!((&report["status"], &report["rows"]), (&json!("accepted"), &json!(1)), "{report}");
    stage.world.sweep().await.expect("editions are made");

    let (version, reason, results) = last_version(&stage, FIRST).await;
    assert_eq!((version, reason), (json!(2), json!("Dùng hai tài khoản")));
    assert_eq!(winners(&stage, 2).await, ["Trần Thị Bình", "Phạm Văn Cường"]);
    let figures: Vec<&Value> = results["changes"].as_array().expect("a list").iter().map(|c| &c["kind"]).collect();
    assert_eq!(figures.iter().filter(|kind| **kind == "prize").count(), 3, "one goes, one rises, one comes: {results}");
    // Who is out in the first round may win in the second, and anyone who wins there now may not.
    let (version, reason, results) = last_version(&stage, SECOND).await;
    assert_eq!(version, 2);
    assert!(reason.as_str().is_some_and(|reason| reason.contains("vòng trước")), "{reason}");
    let names: Vec<&Value> =
        results["winners"].as_array().expect("a list").iter().map(|winner| &winner["full_name"]).collect();
    assert!(names.contains(&&json!("Nguyễn Văn An")) && !names.contains(&&json!("Phạm Văn Cường")), "{names:?}");
    verified_by_all(&stage, &[FIRST, SECOND]).await;

    // Nothing is due any more, and the same file again changes nothing.
    let before = stage.objects("site").await;
    assert_eq!(decide(&stage, &[row(&people[0], FIRST, "Loại")]).await["status"], "accepted");
    stage.world.sweep().await.expect("nothing is left to do");
    assert!(before == stage.objects("site").await);
    let decided = stage.round(FIRST).json("v2/decisions.json").await;
    assert_eq!(decided["decisions"][0]["number"], "05/QĐ-BTC");
    assert_eq!(decided["decisions"][0]["decided_on"], "2026-03-20");
    assert!(!decided.to_string().contains(&people[0].code), "the public knows another name");
}

#[tokio::test]
async fn what_has_taken_effect_cannot_be_taken_back_but_followed() {
    let (stage, people) = published(&folder(), &SHEETS).await;
    let out = row(&people[0], FIRST, "disqualify");
    assert_eq!(decide(&stage, std::slice::from_ref(&out)).await["status"], "accepted");
    let state = stage.in_force().await;
    let other = row(&people[1], FIRST, "disqualify");
    assert_eq!(codes(&decide(&stage, std::slice::from_ref(&other)).await), ["decision_left_out"]);
    let stranger = other.replace(&people[1].code, "KHONG-CO");
    assert_eq!(codes(&decide(&stage, &[out.clone(), stranger]).await), ["unknown_contestant"]);
    let question = format!(";{FIRST};;void;q99;;;Câu sai;;");
    assert_eq!(codes(&decide(&stage, &[out.clone(), question]).await), ["unknown_question"]);
    assert!(state == stage.in_force().await, "a refused table changes nothing");
    // By the public name, which is all that officials' lists tell.
    let pseudonym = people[0].me().await["pseudonym"].as_str().expect("a name").to_owned();
    let back = row(&people[0], FIRST, "reinstate").replace(&people[0].code, &pseudonym);
    assert_eq!(decide(&stage, &[back, out]).await["status"], "accepted", "in whatever order");
    stage.world.sweep().await.expect("editions are made");
    assert_eq!(winners(&stage, 3).await, winners(&stage, 1).await);

    // Who has gone stays known by the rows that name them.
    people[0].erase().await.expect(202);
    let rows = [
        row(&people[0], FIRST, "disqualify"),
        row(&people[0], FIRST, "reinstate").replace(&people[0].code, &pseudonym),
    ];
    assert_eq!(decide(&stage, &[&rows[..], &[other]].concat()).await["status"], "accepted");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_disqualified_before_the_publication_is_never_named() {
    let (stage, people) = registered(&folder()).await;
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, OPENS, &SHEETS).await;
    // A decision may come while the round is still open; it waits.
    assert_eq!(decide(&stage, &[row(&people[0], FIRST, "disqualify")]).await["status"], "accepted");
    stage.clock_well(PUBLISHES).await;
    let first = stage.round(FIRST).json("v1/results.json").await;
    let names: Vec<&Value> =
        first["winners"].as_array().expect("a list").iter().map(|winner| &winner["full_name"]).collect();
    assert_eq!(names, [&json!(null), &json!("Trần Thị Bình")]);
    assert_eq!(winners(&stage, 2).await, ["Trần Thị Bình", "Phạm Văn Cường"]);
    let site = stage.objects("site").await;
    let named = site.iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains("Nguyễn Văn An"));
    assert!(!named, "nobody reads the name of somebody who won nothing");
    verified_by_all(&stage, &[FIRST]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_organizers_order_those_who_wait_and_pass_prizes_on() {
    let organizers = folder().with_plan("unbroken_tie = \"extra_prize\"", "unbroken_tie = \"organizers\"");
    let tied = [(1, 4, 60, Some(4)), (2, 4, 60, Some(4)), (3, 4, 60, Some(4)), (4, 2, 60, None)];
    let (stage, people) = published(&organizers, &tied).await;
    assert_eq!(winners(&stage, 1).await, [] as [&str; 0], "three are equal, and two prizes part them");
    let place = |who: usize, place: u32| {
        format!("{};{FIRST};;Xếp thứ tự;;;{place};Bốc thăm tay, có biên bản;06/QĐ-BTC;20/3/2026", people[who].code)
    };
    let mut rows = vec![place(0, 3), place(1, 1), place(2, 2)];
    assert_eq!(decide(&stage, &rows).await["status"], "accepted");
    stage.world.sweep().await.expect("an edition is made");
    let (_, _, results) = last_version(&stage, FIRST).await;
    let mut names: Vec<String> = winners(&stage, 2).await;
    names.sort();
    assert_eq!(names, ["Phạm Văn Cường", "Trần Thị Bình"], "{results}");
    rows.push(format!("{};{FIRST};;Không nhận giải;;;;Không đến nhận giải;07/QĐ-BTC;25/3/2026", people[1].code));
    rows.push(format!(";{FIRST};;Công nhận;;;;Công nhận kết quả;08/QĐ-BTC;26/3/2026"));
    assert_eq!(decide(&stage, &rows).await["status"], "accepted");
    stage.world.sweep().await.expect("two editions are made");
    let mut names: Vec<String> = winners(&stage, 4).await;
    names.sort();
    assert_eq!(names, ["Nguyễn Văn An", "Phạm Văn Cường"]);
    assert_eq!(stage.round(FIRST).json("index.json").await["status"], "official");
    verified_by_all(&stage, &[FIRST]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voided_question_is_right_for_everyone_and_shown_on_the_key() {
    let (stage, _) = published(&folder(), &SHEETS).await;
    let before = stage.round(FIRST).json("v1/results.json").await["totals"]["perfect_contestants"].clone();
    let key = stage.round(FIRST).json("v1/key.json").await;
    let questions: Vec<String> = key["key"].as_object().expect("a key").keys().cloned().collect();
    let rows: Vec<String> = questions.iter().map(|question| format!(";{FIRST};;void;{question};;;Đề sai;;")).collect();
    assert_eq!(decide(&stage, &rows).await["status"], "accepted");
    stage.world.sweep().await.expect("an edition is made");
    let (_, _, results) = last_version(&stage, FIRST).await;
    assert_eq!((before, &results["totals"]["perfect_contestants"]), (json!(3), &json!(4)));
    assert_eq!(stage.round(FIRST).json("v2/key.json").await["voided"], json!(questions));
    verified_by_all(&stage, &[FIRST]).await;
}

#[tokio::test]
async fn a_folder_with_decisions_is_checked_as_it_is_uploaded() {
    let folder: Folder = folder().with_file("adjudications.csv", "Vòng,Xử lý,Lý do\nvong-9,tha,\n");
    let report = import_upload::check_folder(&folder.files, tests::instant(PUBLISHES));
    let file = report.files.iter().find(|file| file.file == "adjudications.csv").expect("it is judged");
    let codes: Vec<&str> = file.errors.iter().map(|problem| problem.kind.code()).collect();
    assert_eq!(codes, ["unknown_word", "empty"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_round_that_comes_to_the_same_stays_as_it_is() {
    let (stage, people) = published(&folder(), &SHEETS).await;
    stage.clock_well(SECOND_OPENS).await;
    play_all(&people, SECOND, SECOND_OPENS, &[(4, 4, 60, None), (5, 4, 70, None)]).await;
    stage.clock_well(SECOND_PUBLISHES).await;
    let mut rows = vec![row(&people[0], FIRST, "disqualify")];
    decide(&stage, &rows).await;
    for _ in 0..2 {
        stage.world.sweep().await.expect("it looks again");
        assert_eq!((stage.round(FIRST).versions().await, stage.round(SECOND).versions().await), (2, 1));
    }
    // Whatever comes there next follows the newest version of the first round.
    rows.push(row(&people[4], SECOND, "forfeit"));
    decide(&stage, &rows).await;
    stage.world.sweep().await.expect("an edition is made");
    let manifest = stage.round(SECOND).json("v2/manifest.json").await;
    assert_eq!(manifest["follows"], json!([{ "round": FIRST, "version": 2 }]));
    verified_by_all(&stage, &[FIRST, SECOND]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_program_tells_what_a_table_would_change_and_writes_nothing() {
    let (stage, people) = published(&folder(), &SHEETS).await;
    stage.clock_well(SECOND_OPENS).await;
    play_all(&people, SECOND, SECOND_OPENS, &SHEETS).await;
    stage.clock_well(SECOND_PUBLISHES).await;
    let everything = async || (stage.in_force().await, stage.objects("officials").await, stage.tables().await);
    let before = everything().await;
    let tried = async |content: String| {
        let body = json!({ "contest": null, "file": "adjudications.csv", "content": BASE64.encode(content) });
        stage.door.over_the_wire(Method::POST, "/_local/decide", Some(&body)).await
    };
    let table = format!("{HEADER}{}\n", row(&people[0], FIRST, "disqualify"));
    let told = tried(table.clone()).await.expect(200);
    assert_eq!((&told["contest"], &told["report"]["status"]), (&json!("thi-thu"), &json!("accepted")));
    let rounds: Vec<[&Value; 3]> = told["rounds"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|round| [&round["round"], &round["newest"], &round["then"]])
        .collect();
    assert_eq!(rounds, [[&json!(FIRST), &json!(1), &json!(2)], [&json!(SECOND), &json!(1), &json!(2)]]);
    assert_eq!(told["rounds"][0]["void"], json!(DOCUMENTS));
    let refused = tried(table.replace("disqualify", "tha")).await.expect(200);
    assert_eq!((codes(&refused["report"]), &refused["rounds"]), (vec!["unknown_word"], &json!([])));
    assert!(before == everything().await, "nothing is written");
    // Uploaded, it comes to what was told, in every round.
    stage.accept("adjudications.csv", table).await;
    stage.world.sweep().await.expect("editions are made");
    for round in told["rounds"].as_array().expect("a list") {
        let id = round["round"].as_str().expect("an id");
        let (_, _, mut results) = last_version(&stage, id).await;
        for winner in results["winners"].as_array_mut().expect("a list") {
            winner["full_name"] = json!(null);
        }
        assert_eq!(results, round["results"]);
    }
}
