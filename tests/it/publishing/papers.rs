//! What officials print: annexes of decisions, and certificates.

use super::{Sheet, folder, golden_round, play_all, published, registered};
use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::{Value, json};
use tests::{CLOSES, FIRST, Folder, OPENS, PUBLISHES, SECOND, SECOND_OPENS, SECOND_PUBLISHES, Stage, golden, pdf};

pub(super) const HEADS: &str = "[documents]\nhead = \"party\"\nissuer = \"Đảng ủy Sở Tư pháp\"\nplace = \"Bắc Sơn\"\n\
    signer_title = \"Bí thư\"\nsigner_name = \"Vi Văn Nọi\"\n\n[[prizes]]";
pub(super) const HALF: &str =
    "[[certificates]]\nname = \"Giấy chứng nhận hoàn thành\"\nmin_percent = 50\n\n[[collective]]";
pub(super) const BOTH: &str =
    "[[certificates]]\nname = \"Giấy chứng nhận đủ hai vòng\"\nmin_percent = 75\nrounds = 2\n\n[[collective]]";

/// An and Bình win; Cường and Dung have a half and more; Đức has less.
pub(super) const SHEETS: [Sheet; 5] =
    [(1, 4, 60, Some(2)), (2, 4, 70, Some(2)), (3, 3, 80, None), (4, 2, 60, None), (5, 1, 60, None)];

/// The small contest with another beginning of its prizes, and with certificates.
pub(super) fn with(heads: &str, certificates: &str) -> Folder {
    let folder = folder();
    let plan = folder.text("contest.toml").replacen("[[prizes]]", heads, 1);
    folder.with_file("contest.toml", plan.replacen("[[collective]]", certificates, 1))
}

async fn paper(stage: &Stage, path: &str) -> Vec<u8> {
    stage.object("officials", &format!("thi-thu/{path}")).await.unwrap_or_else(|| panic!("no {path}"))
}

/// Name, status and detail of each document.
async fn documents(stage: &Stage, folder: &str) -> Vec<[Value; 3]> {
    let list: Value = serde_json::from_slice(&paper(stage, &format!("{folder}documents.json")).await).expect("JSON");
    let files = list["files"].as_array().expect("a list");
    files.iter().map(|file| ["name", "status", "detail"].map(|member| file[member].clone())).collect()
}

#[tokio::test]
async fn a_round_is_printed_before_its_decision_with_dots_for_it() {
    let (stage, _) = golden_round().await;
    let annex = paper(&stage, "rounds/vong-1/v1/annex.pdf").await;
    golden::check("published/officials-annex.txt", pdf::layout(&annex).as_bytes());
    let certificates = pdf::pages(&paper(&stage, "rounds/vong-1/v1/certificates.pdf").await);
    let results = stage.round(FIRST).json("v1/results.json").await;
    let winners = results["winners"].as_array().expect("a list");
    assert_eq!(certificates.len(), winners.len());
    for (page, winner) in certificates.iter().zip(winners) {
        let text = |member: &str| winner[member].as_str().expect("a text").to_uppercase();
        for said in ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned(), text("full_name"), text("prize")] {
            assert!(page.contains(&said), "no {said:?} in {page}");
        }
        assert!(page.contains("………………, ngày … tháng … năm …"), "{page}");
    }
    let printed: Vec<_> = documents(&stage, "rounds/vong-1/v1/").await.into_iter().filter(is_printed).collect();
    let ready = |name: &str| [json!(name), json!("ready"), Value::Null];
    assert_eq!(printed, ["annex.pdf", "certificates.pdf"].map(ready));
}

fn is_printed([name, ..]: &[Value; 3]) -> bool {
    name.as_str().is_some_and(|name| name.ends_with(".pdf"))
}

#[tokio::test]
async fn a_decision_stands_on_the_papers_of_the_version_that_it_makes_official() {
    let (stage, people) = published(&with(HEADS, HALF), &SHEETS).await;
    let rows = [
        format!("{};{FIRST};disqualify;Dùng hai tài khoản;07/QĐ-BTC;25/3/2026", people[1].code),
        format!(";{FIRST};recognize;Công nhận kết quả;08/QĐ-BTC;26/3/2026"),
    ];
    let table = format!("Mã dự thi;Vòng;Xử lý;Lý do;Quyết định;Ngày\n{}\n", rows.join("\n"));
    stage.accept("adjudications.csv", table).await;
    stage.world.sweep().await.expect("editions are made");
    let pages =
        async |version: u32, name: &str| pdf::pages(&paper(&stage, &format!("rounds/vong-1/v{version}/{name}")).await);
    for provisional in [1, 2] {
        let annex = pages(provisional, "annex.pdf").await.concat();
        assert!(annex.contains("(Kèm theo Quyết định số ……… ngày … tháng … năm …"), "{annex}");
    }
    let annex = pages(3, "annex.pdf").await.concat();
    let decision = "(Kèm theo Quyết định số 08/QĐ-BTC ngày 26 tháng 3 năm 2026 của Đảng ủy Sở Tư pháp)";
    assert!(annex.contains(decision), "{annex}");

    // Bình is out, and who got far enough comes after the winners, by unit and name.
    let certificates = pages(3, "certificates.pdf").await;
    let expected = [
        ("NGUYỄN VĂN AN", "GIẤY CHỨNG NHẬN Trao tặng"),
        ("PHẠM VĂN CƯỜNG", "GIẤY CHỨNG NHẬN Trao tặng"),
        ("NGUYỄN VĂN AN", "GIẤY CHỨNG NHẬN HOÀN THÀNH Cấp cho"),
        ("LÊ THỊ DUNG", "GIẤY CHỨNG NHẬN HOÀN THÀNH Cấp cho"),
        ("PHẠM VĂN CƯỜNG", "GIẤY CHỨNG NHẬN HOÀN THÀNH Cấp cho"),
    ];
    assert_eq!(certificates.len(), expected.len(), "{certificates:#?}");
    for (page, (name, title)) in certificates.iter().zip(expected) {
        let signed = "Bắc Sơn, ngày 26 tháng 3 năm 2026 BÍ THƯ Vi Văn Nọi";
        for said in ["ĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG ỦY SỞ TƯ PHÁP", name, title, signed] {
            assert!(page.contains(said), "no {said:?} in {page}");
        }
    }
}

#[tokio::test]
async fn forms_bear_names_and_prizes_alone() {
    let form = "[documents]\ncertificate = \"form\"\nname_offset_mm = [-20, 5]\n\n[[prizes]]";
    let (stage, _) = published(&with(form, "[[collective]]"), &SHEETS).await;
    let certificates = pdf::pages(&paper(&stage, "rounds/vong-1/v1/certificates.pdf").await);
    assert_eq!(certificates, ["NGUYỄN VĂN AN GIẢI NHẤT", "TRẦN THỊ BÌNH GIẢI NHÌ"]);
}

#[tokio::test]
async fn who_gets_far_enough_in_several_rounds_gets_a_certificate_after_the_last() {
    let (stage, people) = published(&with("[[prizes]]", BOTH), &SHEETS).await;
    assert_eq!(pdf::pages(&paper(&stage, "rounds/vong-1/v1/certificates.pdf").await).len(), 2, "winners alone");
    stage.clock_well(SECOND_OPENS).await;
    play_all(&people, SECOND, SECOND_OPENS, &[(1, 3, 60, None), (3, 4, 60, None), (4, 4, 60, None)]).await;
    stage.clock_well(SECOND_PUBLISHES).await;
    stage.world.sweep().await.expect("documents over the contest are made");
    let certificates = pdf::pages(&paper(&stage, "overall/v1/certificates.pdf").await);
    let named = ["NGUYỄN VĂN AN", "PHẠM VĂN CƯỜNG"];
    assert_eq!(certificates.len(), named.len(), "{certificates:#?}");
    for (page, name) in certificates.iter().zip(named) {
        assert!(page.contains(name) && page.contains("GIẤY CHỨNG NHẬN ĐỦ HAI VÒNG"), "{page}");
    }
    let ready = [json!("certificates.pdf"), json!("ready"), Value::Null];
    assert_eq!(documents(&stage, "overall/v1/").await, [ready]);
    assert!(stage.objects("site").await.keys().all(|path| !path.contains("/overall/")), "nothing is ranked over it");
}

#[tokio::test]
async fn a_paper_that_cannot_be_made_says_why_and_holds_up_no_other() {
    let (stage, people) = registered(&folder()).await;
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, OPENS, &SHEETS).await;
    stage.clock_well(CLOSES).await;
    // As an edition that was scored before its site's address was kept.
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let key = [("pk", text(&format!("R#thi-thu#{FIRST}"))), ("sk", text("PHASE"))];
    let get =
        stage.world.dynamodb.get_item().table_name("control").set_key(Some(key.map(|(k, v)| (k.to_owned(), v)).into()));
    let mut item = get.send().await.expect("the table answers").item.expect("a record");
    let editions = item["editions"].as_s().expect("a text").replace(",\"site\":\"https://thi.example.vn\"", "");
    assert!(!editions.contains("site"), "{editions}");
    item.insert("editions".to_owned(), text(&editions));
    let put = stage.world.dynamodb.put_item().table_name("control").set_item(Some(item));
    put.send().await.expect("it is replaced");
    stage.clock_well(PUBLISHES).await;
    let documents = documents(&stage, "rounds/vong-1/v1/").await;
    assert!(documents.iter().any(is_printed), "{documents:?}");
    for [name, status, why] in &documents {
        if name == "certificates.pdf" {
            assert_eq!(status, "failed");
            assert!(why.as_str().is_some_and(|why| why.contains("địa chỉ trang công khai")), "{why}");
        } else {
            assert_eq!(status, "ready", "{name}");
        }
    }
    let path = "thi-thu/rounds/vong-1/v1/certificates.pdf";
    assert_eq!(stage.object("officials", path).await, None);
}
