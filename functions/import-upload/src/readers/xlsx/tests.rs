use super::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use std::io::Write;

fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    fill(workbook.add_worksheet());
    workbook.save_to_buffer().expect("a workbook")
}

/// `A1=text` of every cell of the first sheet.
fn cells(bytes: &[u8]) -> Vec<String> {
    let sheets = read(bytes).expect("readable");
    let cell = |row: &Row, (column, cell): &(u32, Cell)| {
        let text = match cell {
            Cell::Text(text) | Cell::Unsure { text, .. } => text.clone(),
            Cell::Formula => "formula".to_owned(),
            Cell::Error => "error".to_owned(),
        };
        format!("{}={text}", address(row.number - 1, *column))
    };
    sheets[0].rows.iter().flat_map(|row| row.cells.iter().map(|c| cell(row, c)).collect::<Vec<_>>()).collect()
}

fn refusal(bytes: &[u8]) -> &'static str {
    read(bytes).expect_err("refused").kind.code()
}

/// A workbook written by hand: what no writer of workbooks would write.
fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, content) in entries {
        zip.start_file(*name, options).expect("an entry");
        zip.write_all(content).expect("its content");
    }
    zip.finish().expect("an archive").into_inner()
}

#[test]
fn cells_become_the_text_that_a_person_sees() {
    let bytes = workbook(|sheet| {
        let date = Format::new().set_num_format("dd/mm/yyyy");
        let time = Format::new().set_num_format("hh:mm");
        let percent = Format::new().set_num_format("0%");
        sheet.write(0, 0, "Chữ").unwrap();
        sheet.write(0, 1, 12).unwrap();
        sheet.write(0, 2, 0.1 + 0.2).unwrap();
        sheet.write_with_format(1, 0, ExcelDateTime::from_ymd(2021, 12, 3).unwrap(), &date).unwrap();
        sheet.write_with_format(1, 1, ExcelDateTime::from_hms(8, 30, 0).unwrap(), &time).unwrap();
        sheet.write_with_format(1, 2, 0.5, &percent).unwrap();
        sheet.write(2, 0, true).unwrap();
        sheet.write(3, 63, "cột 64").unwrap();
    });
    assert_eq!(
        cells(&bytes),
        ["A1=Chữ", "B1=12", "C1=0,3", "A2=03/12/2021", "B2=08:30", "C2=50%", "A3=TRUE", "BL4=cột 64"]
    );
}

#[test]
fn formulas_are_seen_whatever_value_they_hold() {
    let bytes = workbook(|sheet| {
        sheet.write(0, 0, "x").unwrap();
        sheet.write(1, 0, Formula::new("=A1&\"!\"").set_result("x!")).unwrap();
        sheet.write(2, 0, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    });
    assert_eq!(cells(&bytes), ["A1=x", "A2=formula", "A3=formula"]);
}

#[test]
fn merged_cells_have_their_text_once() {
    let bytes = workbook(|sheet| {
        sheet.merge_range(0, 0, 0, 3, "Tiêu đề", &Format::new()).unwrap();
        sheet.write(1, 0, "x").unwrap();
    });
    assert_eq!(cells(&bytes), ["A1=Tiêu đề", "A2=x"]);
}

#[test]
fn far_cells_are_refused_at_once_with_their_place() {
    for (row, column, code) in [
        (1_048_575, 0, "too_many_rows"),
        (0, 16_383, "too_many_columns"),
        (20_000, 0, "too_many_rows"),
        (0, 64, "too_many_columns"),
    ] {
        let bytes = workbook(|sheet| {
            sheet.write(0, 0, "x").unwrap();
            sheet.write(row, column, "xa").unwrap();
        });
        let problem = read(&bytes).expect_err("refused");
        assert_eq!((problem.kind.code(), problem.place.row()), (code, Some(row + 1)));
        assert_eq!(problem.place.column(), Some(&*address(row, u32::from(column))));
    }
    let last = workbook(|sheet| {
        sheet.write(19_999, 63, "x").unwrap();
    });
    assert_eq!(cells(&last), ["BL20000=x"]);
}

#[test]
fn long_texts_are_refused() {
    let with = |length: usize| {
        workbook(|sheet| {
            sheet.write(0, 0, "ế".repeat(length)).unwrap();
        })
    };
    assert_eq!(cells(&with(4_000)).len(), 1);
    assert_eq!(refusal(&with(4_001)), "cell_too_long");
}

#[test]
fn a_long_text_repeated_in_many_cells_is_refused() {
    let long = "x".repeat(4_000);
    let bytes = workbook(|sheet| {
        for row in 0..2_200 {
            sheet.write(row, 0, &long).unwrap();
        }
    });
    assert_eq!(refusal(&bytes), "inflates_too_far");
}

/// A test that runs out of time is ended by the runner: none of these is read to its end.
#[test]
fn archives_that_inflate_without_end_are_refused() {
    let row = b"<row><c t=\"inlineStr\"><is><t>a</t></is></c></row>".repeat(1 << 18);
    let cases: [(&str, &[u8], &str); 3] = [
        ("xl/worksheets/sheet1.xml", &row, "inflates_too_far"),
        ("xl/worksheets/sheet1.xml", &vec![b' '; 8 << 20], "cell_too_long"),
        ("xl/media/image1.png", &vec![0; 8 << 20], "inflates_too_far"),
    ];
    for (name, content, code) in cases {
        let bomb = archive(&[(name, content)]);
        assert!(bomb.len() < 1 << 18, "{} bytes", bomb.len());
        assert_eq!(refusal(&bomb), code);
    }
}

#[test]
fn inflated_bytes_are_counted_and_not_believed() {
    let noise = noise(33 << 20);
    // Stored, so that the ratio is one and only the count can refuse it.
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("xl/media/image1.png", stored).expect("an entry");
    zip.write_all(&noise).expect("its content");
    let bytes = zip.finish().expect("an archive").into_inner();
    assert_eq!(bounds::check_archive(&bytes, bounds::Kind::Workbook), Err(ProblemKind::InflatesTooFar));
}

/// Bytes without a pattern.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 1u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    };
    (0..count).map(|_| next()).collect()
}

#[test]
fn each_bound_of_an_archive_refuses() {
    let many: Vec<(String, Vec<u8>)> = (0..201).map(|n| (format!("x{n}.xml"), b"<a/>".to_vec())).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    assert_eq!(refusal(&archive(&many)), "too_many_entries");
    assert_eq!(refusal(&archive(&[("xl/workbook.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>")])), "document_type");
    assert_eq!(
        refusal(&archive(&[(
            "xl/workbook.xml",
            "<x/>".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().as_slice()
        )])),
        "broken_workbook"
    );
    assert_eq!(refusal(&archive(&[("xl/workbook.xml", "<x>".repeat(65).as_bytes())])), "broken_workbook");
    assert_eq!(refusal(&archive(&[("xl/styles.xml", pseudo_random("<xf/>", 100_001).as_bytes())])), "too_many_cells");
    assert_eq!(
        refusal(&archive(&[("xl/sharedStrings.xml", pseudo_random("<si/>", 200_001).as_bytes())])),
        "too_many_cells"
    );
    assert_eq!(refusal(&archive(&[("xl/workbook.xml", b"<x/>")])), "broken_workbook");
}

/// Tags with text between them that does not pack well, so that the bound on tags is met first.
fn pseudo_random(tag: &str, count: u32) -> String {
    (0..count).map(|n| format!("{tag}{:x}", n.wrapping_mul(2_654_435_761))).collect()
}

#[test]
fn other_files_are_refused_by_their_signature() {
    assert_eq!(refusal(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "old_or_encrypted");
    assert_eq!(refusal(b"%PDF-1.7"), "wrong_signature");
    assert_eq!(refusal(b"PK\x03\x04rest"), "broken_workbook");
    assert_eq!(refusal(b""), "wrong_signature");
}
