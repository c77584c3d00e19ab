//! Workbooks: good ones, and those that must not be opened.

use rust_xlsxwriter::{Formula, Workbook, Worksheet};
use std::io::Write;
use tests::{Folder, START, Stage, bank};
use zip::write::SimpleFileOptions;

const NAME: &str = "bank-1.xlsx";

fn folder() -> Folder {
    Folder::small().with_plan("bank-1.csv", NAME).without("bank-1.csv")
}

/// The small bank as a sheet.
fn sheet(name: &str) -> Worksheet {
    let mut sheet = Worksheet::new();
    sheet.set_name(name).expect("a short name");
    for (row, line) in (0..).zip(bank(1, 6).replace("\"A,C\"", "A;C").replace('"', "").lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write(row, column, cell.replace(';', ",")).expect("a small sheet");
        }
    }
    sheet
}

fn workbook(sheets: Vec<Worksheet>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for sheet in sheets {
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// Uploads a workbook as the bank of the first round; returns the report.
async fn uploaded(bytes: Vec<u8>) -> serde_json::Value {
    let stage = Stage::with(&folder()).await;
    let before = stage.in_force().await;
    let report = stage.upload(NAME, bytes).await;
    if report["status"] == "rejected" {
        assert!(stage.in_force().await == before, "a refused workbook changed something");
    }
    report
}

/// The first fault: code, sheet, row and column.
async fn check(bytes: Vec<u8>, expected: serde_json::Value) {
    let report = uploaded(bytes).await;
    assert_eq!(report["status"], "rejected", "{report}");
    let first = &report["errors"][0];
    let found = serde_json::json!([first["code"], first["sheet"], first["row"], first["column"]]);
    assert_eq!(found, expected, "{report}");
}

#[tokio::test]
async fn a_workbook_is_a_bank_wherever_its_table_stands() {
    let mut notes = Worksheet::new();
    notes.set_name("Ghi chú").expect("a short name");
    notes.write(0, 0, "Không phải ngân hàng câu hỏi").expect("a cell");
    let report = uploaded(workbook(vec![notes, sheet("Câu hỏi")])).await;
    assert_eq!((&report["status"], &report["rows"]), (&"accepted".into(), &6.into()), "{report}");
}

#[tokio::test]
async fn a_workbook_and_a_csv_of_the_same_rows_are_the_same_bank() {
    let mut stage = Stage::empty(START).await;
    stage.add(&folder().with_file(NAME, workbook(vec![sheet("Câu hỏi")]))).await;
    let from_csv = Stage::with(&Folder::small()).await;
    let questions = |objects: tests::storage::Objects| -> Vec<String> {
        objects.into_keys().filter(|path| path.contains("/bank-")).collect()
    };
    let paths = questions(from_csv.objects("vault").await);
    assert_eq!(paths.len(), 2);
    for path in questions(stage.objects("vault").await) {
        assert!(paths.contains(&path), "{path} is not the bank of the CSV");
    }
}

#[tokio::test]
async fn a_workbook_without_the_table_is_refused() {
    let mut other = Worksheet::new();
    other.set_name("Danh sách").expect("a short name");
    other.write(0, 0, "Họ và tên").expect("a cell");
    check(workbook(vec![other]), serde_json::json!(["no_such_table", null, null, null])).await;
}

#[tokio::test]
async fn a_formula_is_named_by_its_cell() {
    let mut with_formula = sheet("Câu hỏi");
    with_formula.write_formula(3, 5, Formula::new("=\"A\"").set_result("A")).expect("a formula");
    check(workbook(vec![with_formula]), serde_json::json!(["formula_cell", "Câu hỏi", 4, "Đáp án"])).await;
}

#[tokio::test]
async fn a_text_with_the_name_of_a_workbook_is_refused() {
    check(bank(1, 6).into_bytes(), serde_json::json!(["wrong_signature", null, null, null])).await;
}

#[tokio::test]
async fn a_cut_workbook_is_refused() {
    let mut bytes = workbook(vec![sheet("Câu hỏi")]);
    bytes.truncate(bytes.len() / 2);
    check(bytes, serde_json::json!(["broken_workbook", null, null, null])).await;
}

#[tokio::test]
async fn a_workbook_that_inflates_without_end_is_refused_and_the_next_upload_is_served() {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("[Content_Types].xml", SimpleFileOptions::default()).expect("an entry");
    archive.write_all(b"<Types/>").expect("written");
    archive.start_file("xl/media/image1.png", SimpleFileOptions::default()).expect("an entry");
    let block = vec![b' '; 1 << 20];
    for _ in 0..512 {
        archive.write_all(&block).expect("written");
    }
    let bytes = archive.finish().expect("an archive").into_inner();
    assert!(bytes.len() < 1 << 20, "half a gigabyte in less than a megabyte");
    check(bytes, serde_json::json!(["inflates_too_far", null, null, null])).await;
}

/// A workbook with the banks of both rounds, each on its sheet.
fn weeks() -> Vec<u8> {
    let mut second = Worksheet::new();
    second.set_name("Tuần 2").expect("a short name");
    for (row, line) in (0..).zip(bank(2, 6).replace("\"A,C\"", "A;C").replace('"', "").lines()) {
        for (column, cell) in (0..).zip(line.split(',')) {
            second.write(row, column, cell.replace(';', ",")).expect("a small sheet");
        }
    }
    workbook(vec![sheet("Tuần 1"), second])
}

#[tokio::test]
async fn two_rounds_draw_from_two_sheets_of_one_workbook_in_either_order_of_arrival() {
    let plan = folder().with_plan(NAME, "bank.xlsx#Tuần 1").with_plan("bank-2.csv", "bank.xlsx#Tuần 2");
    let (plan, units) = (plan.text("contest.toml").into_bytes(), plan.text("units.csv").into_bytes());
    let mut published = Vec::new();
    let files = [("contest.toml", plan), ("bank.xlsx", weeks()), ("units.csv", units)];
    for order in [[0, 1, 2], [1, 0, 2]] {
        let mut stage = Stage::empty(START).await;
        stage.door.contest = "thi-thu".to_owned();
        for (name, bytes) in order.map(|place| files[place].clone()) {
            stage.accept(name, bytes).await;
        }
        published.push(stage.contest_json().await);
    }
    assert_eq!(published[0], published[1]);
    let commitment = |round: usize| published[0]["rounds"][round]["key_commitment"].clone();
    assert!(commitment(0).is_string() && commitment(0) != commitment(1), "{}", published[0]["rounds"]);
}
