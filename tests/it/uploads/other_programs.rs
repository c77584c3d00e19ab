//! Banks as other programs write them, through the whole importer.

use serde_json::json;
use std::fmt::Write;
use tests::{Folder, START, Stage};

const NAME: &str = "bank-1.gift";

fn gift() -> String {
    let mut text = String::from("$CATEGORY: $course$/top/Cải cách\n\n");
    for number in 1..=6 {
        write!(text, "::Câu {number}:: Ai ký văn bản số {number}? {{=Chủ tịch ~Phó Chủ tịch ~Chánh Văn phòng}}\n\n")
            .expect("a text takes every line");
    }
    text
}

fn folder(bank: String) -> Folder {
    Folder::small().with_plan("bank-1.csv", NAME).without("bank-1.csv").with_file(NAME, bank)
}

#[tokio::test]
async fn a_bank_of_another_program_is_sealed_like_any_other() {
    let mut stage = Stage::empty(START).await;
    stage.add(&folder(gift())).await;
    let report = stage.report(NAME).await.expect("a report");
    assert_eq!(report["status"], "accepted", "{report}");
    assert_eq!(report["read"]["letters"], json!({ "A": 6, "B": 0, "C": 0 }));
    assert_eq!(report["warnings"][0]["code"], "one_letter_key");
    assert!(stage.contest_json().await["rounds"][0]["key_commitment"].is_string());
}

#[tokio::test]
async fn what_cannot_be_imported_keeps_the_file_out_with_its_line() {
    let mut stage = Stage::empty(START).await;
    stage.add(&Folder::small().with_plan("bank-1.csv", NAME).without("bank-1.csv")).await;
    let essay = gift().replace("{=Chủ tịch ~Phó Chủ tịch ~Chánh Văn phòng}\n\n::Câu 3", "{}\n\n::Câu 3");
    let report = stage.upload(NAME, essay).await;
    assert_eq!(report["status"], "rejected", "{report}");
    let error = &report["errors"][0];
    assert_eq!(json!([error["code"], error["row"]]), json!(["unsupported_type", 5]));
}
