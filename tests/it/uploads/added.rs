//! A unit that comes after the opening: its date is that of its upload, whatever a file says, and everybody who checks what is
//! published sees both.

use serde_json::{Value, json};
use tests::{FIRST, Folder, OPENS, PUBLISHES, Play, Stage, instant, person};

/// When the new unit comes, and when its name is mended.
const ADDED: &str = "2026-03-03T09:00:00+07:00";
const MENDED: &str = "2026-03-04T09:00:00+07:00";

/// The small contest's units with a new one, and a column that says that it has been there for years.
fn with_a_date(name: &str) -> String {
    let units = Folder::small().text("units.csv");
    let (header, rows) = units.trim_end().split_once('\n').expect("rows");
    let rows: String = rows.lines().map(|row| format!("{row},01/01/2020\n")).collect();
    format!("{header},added_at\n{rows}to-2,{name},bac,block,,01/01/2020\n")
}

/// Code and date of each unit that has one.
fn dated(contest: &Value) -> Vec<(&str, &str)> {
    let units = contest["units"].as_array().expect("units").iter();
    units.filter_map(|unit| Some((unit["code"].as_str()?, unit["added_at"].as_str()?))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_that_comes_after_the_opening_has_the_date_of_its_upload_and_not_that_of_a_column() {
    let stage = Stage::with(&Folder::small()).await;
    stage.clock_well(OPENS).await;
    let opened = stage.contest_json().await;
    assert_eq!(dated(&opened), []);

    stage.clock_well(ADDED).await;
    let report = stage.accept("units.csv", with_a_date("Tổ dân phố 2")).await;
    let unread = report["warnings"].as_array().expect("a list").iter().find(|line| line["code"] == "column_not_read");
    let unread = unread.unwrap_or_else(|| panic!("the organizer is told that the column is not read: {report}"));
    assert_eq!(unread["column"], "added_at", "{unread}");
    let added = instant(ADDED).rfc3339();
    let with_it = stage.contest_json().await;
    assert_eq!(dated(&with_it), [("to-2", added.as_str())]);
    assert_eq!(with_it["units_sha256"], opened["units_sha256"], "what the round was opened with stays as it was");

    let newcomer = stage.door.at(ADDED).register(&person(1, "Nguyễn Văn An", "to-2")).await;
    let play = Play { round: FIRST, started_at: ADDED, seconds: 60, right: 4, prediction: Some(1) };
    newcomer.play(play).await;
    stage.clock_well(MENDED).await;
    stage.accept("units.csv", with_a_date("Tổ dân phố Số 2")).await;
    let mended = stage.contest_json().await;
    let named = mended["units"].as_array().expect("units").iter().find(|unit| unit["code"] == "to-2");
    assert_eq!(named.expect("it is there")["name"], json!("Tổ dân phố Số 2"));
    assert_eq!(dated(&mended), [("to-2", added.as_str())], "it keeps the date of its first upload");

    stage.clock_well(PUBLISHES).await;
    let results = stage.round(FIRST).json("v1/results.json").await;
    assert_eq!(results["winners"][0]["unit"], "to-2", "{results:#}");
    assert_eq!(dated(&stage.contest_json().await), [("to-2", added.as_str())]);
    let status = newcomer.status(FIRST, 1).await.expect(200);
    let receipt = status["receipt"].as_str().expect("a receipt").to_owned();
    assert_eq!(stage.round(FIRST).verified(&[receipt]).await, Ok(1));
}
