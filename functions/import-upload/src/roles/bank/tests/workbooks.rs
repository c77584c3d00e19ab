//! What a workbook shows besides the text of its cells.

use super::*;
use rust_xlsxwriter::{Color, Format as Look, FormatScript, FormatUnderline, Formula, Image, Workbook, Worksheet};

const HEADERS: [&str; 8] = ["STT", "Câu hỏi", "A", "B", "C", "Đáp án", "Chủ đề", "Mức độ"];

/// A bank of three sound questions, and what somebody makes of it.
fn workbook(change: impl FnOnce(&mut Worksheet)) -> Reading<Bank> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, header) in (0..).zip(HEADERS) {
        sheet.write(0, column, header).unwrap();
    }
    for (row, answer) in (1..).zip(["A", "B", "C"]) {
        let question = format!("Câu hỏi thứ {row}?");
        for (column, cell) in (0..).zip([&*row.to_string(), &question, "x", "y", "z", answer]) {
            sheet.write(row, column, cell).unwrap();
        }
    }
    change(sheet);
    sole(read(BankFormat::Xlsx, &workbook.save_to_buffer().unwrap()))
}

fn codes_of(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|p| format!("{} {}", p.kind.code(), p.place.row().unwrap_or(0))).collect()
}

/// Errors and warnings.
fn found(change: impl FnOnce(&mut Worksheet)) -> (Vec<String>, Vec<String>) {
    let reading = workbook(change);
    (codes_of(&reading.errors), codes_of(&reading.warnings))
}

fn none() -> Vec<String> {
    Vec::new()
}

#[test]
fn raised_and_lowered_digits_are_characters_and_what_is_struck_out_is_refused() {
    let (plain, raised) = (Look::new(), Look::new().set_font_script(FormatScript::Superscript));
    let (lowered, struck) =
        (Look::new().set_font_script(FormatScript::Subscript), Look::new().set_font_strikethrough());
    let bank = workbook(|sheet| {
        sheet.write_rich_string(1, 2, &[(&plain, "10"), (&raised, "6"), (&plain, " m"), (&raised, "2")]).unwrap();
        sheet.write_rich_string(1, 3, &[(&plain, "H"), (&lowered, "2"), (&plain, "O")]).unwrap();
        sheet.write_with_format(1, 4, "2", &raised).unwrap();
    });
    assert_eq!(bank.content.expect("a bank").questions[0].options, ["10⁶ m²", "H₂O", "²"]);
    let refused = |change: &dyn Fn(&mut Worksheet)| found(|sheet| change(sheet)).0;
    assert_eq!(
        refused(&|sheet| {
            sheet.write_rich_string(2, 2, &[(&plain, "x"), (&struck, " không")]).unwrap();
        }),
        ["formatted_text 3"]
    );
    assert_eq!(
        refused(&|sheet| {
            sheet.write_with_format(2, 1, "Câu bỏ", &struck).unwrap();
        }),
        ["formatted_text 3"]
    );
    assert_eq!(
        refused(&|sheet| {
            sheet.write_rich_string(2, 2, &[(&plain, "x"), (&raised, "abc")]).unwrap();
        }),
        ["formatted_text 3"]
    );
}

#[test]
fn a_number_is_what_is_shown_or_is_refused() {
    let bank = workbook(|sheet| {
        sheet.write_with_format(1, 2, 1_000_000, &Look::new().set_num_format("#,##0")).unwrap();
        sheet.write_with_format(1, 3, 2_000_000, &Look::new().set_num_format("#,##0 \"đồng\"")).unwrap();
        sheet.write_with_format(1, 4, 7, &Look::new().set_num_format("00")).unwrap();
    });
    assert_eq!(bank.content.expect("a bank").questions[0].options, ["1.000.000", "2.000.000 đồng", "07"]);
    let fraction = found(|sheet| {
        sheet.write_with_format(1, 2, 0.5, &Look::new().set_num_format("# ?/?")).unwrap();
    });
    assert_eq!(fraction.0, ["number_format 2"]);
}

#[test]
fn a_look_that_contradicts_the_answer_is_told_and_how_a_table_is_laid_out_is_not() {
    let red = Look::new().set_font_color(Color::Red);
    for look in [
        red.clone(),
        Look::new().set_bold(),
        Look::new().set_underline(FormatUnderline::Single),
        Look::new().set_background_color(Color::Yellow),
    ] {
        let contradicts = found(|sheet| {
            sheet.write_with_format(1, 2, "x", &look).unwrap();
            sheet.write_with_format(2, 2, "x", &look).unwrap();
        });
        assert_eq!(contradicts, (none(), vec!["mark_contradicts_answer 3".to_owned()]));
    }
    let column = found(|sheet| {
        for row in 1..4 {
            sheet.write_with_format(row, 2, "x", &red).unwrap();
        }
    });
    assert_eq!(column, (none(), none()), "a column in red");
    let whole = found(|sheet| {
        for column in 2..5 {
            sheet.write_with_format(2, column, format!("x{column}"), &red).unwrap();
        }
    });
    assert_eq!(whole, (none(), none()), "a row in red");
    let word = found(|sheet| {
        sheet.write_rich_string(2, 2, &[(&Look::new(), "x "), (&Look::new().set_bold(), "không")]).unwrap();
    });
    assert_eq!(word, (none(), none()), "a word in bold");
}

#[test]
fn hidden_rows_are_told_and_cells_joined_over_rows_hold_for_each() {
    let hidden = found(|sheet| {
        sheet.set_row_hidden(2).unwrap();
    });
    assert_eq!(hidden, (none(), vec!["hidden_rows 0".to_owned()]));
    let bank = workbook(|sheet| {
        sheet.merge_range(1, 6, 2, 6, "Toán", &Look::new()).unwrap();
        sheet.write(3, 6, "Văn").unwrap();
        sheet.merge_range(2, 7, 3, 7, "Khó", &Look::new()).unwrap();
    });
    let bank = bank.content.expect("a bank");
    let topics: Vec<Option<&str>> = bank.questions.iter().map(|question| question.topic.as_deref()).collect();
    assert_eq!(topics, [Some("Toán"), Some("Toán"), Some("Văn")]);
    assert_eq!(bank.levels.values().collect::<Vec<_>>(), ["Khó", "Khó"]);
    let counts = levels(&bank).into_iter().map(|count| (count.level, count.count)).collect::<Vec<_>>();
    assert_eq!(counts, [(None, 1), (Some("Khó".to_owned()), 2)]);
}

#[test]
fn a_picture_over_the_questions_is_refused_and_one_above_them_is_not() {
    const PIXEL: &[u8] = &[
        0x42, 0x4D, 0x3A, 0, 0, 0, 0, 0, 0, 0, 0x36, 0, 0, 0, 0x28, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 24, 0, 0, 0,
        0, 0, 4, 0, 0, 0, 0x13, 0x0B, 0, 0, 0x13, 0x0B, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0,
    ];
    let picture = |row: u32| {
        let image = Image::new_from_buffer(PIXEL).unwrap();
        found(|sheet| {
            sheet.insert_image(row, 1, &image).unwrap();
        })
    };
    assert_eq!(picture(2), (vec!["picture 3".to_owned()], none()));
    assert_eq!(picture(0), (none(), none()), "a logo at the headers");
    assert_eq!(picture(20), (none(), none()), "a signature below");
}

#[test]
fn a_formula_that_is_no_content_does_no_harm() {
    let beside = found(|sheet| {
        for row in 1..4 {
            sheet.write(row, 0, Formula::new("=ROW()-1").set_result("1")).unwrap();
        }
        sheet.write(2, 12, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    });
    assert_eq!(beside, (none(), none()));
    let within = found(|sheet| {
        sheet.write(2, 2, Formula::new("=A1").set_result("x")).unwrap();
    });
    assert_eq!(within.0, ["formula_cell 3"]);
}

#[test]
fn rows_that_are_no_questions_are_passed_over_with_one_warning_each() {
    let reading = workbook(|sheet| {
        sheet.write(4, 0, "PHẦN II. ĐỊA LÝ").unwrap();
        for (column, header) in (0..).zip(HEADERS) {
            sheet.write(5, column, header).unwrap();
        }
        sheet.write(6, 0, 4).unwrap();
        sheet.write(7, 1, "Tổng cộng: 3 câu").unwrap();
        sheet.write(8, 1, "Người lập biểu").unwrap();
        sheet.write(8, 4, "TM. BAN TỔ CHỨC").unwrap();
    });
    let warned: Vec<String> = (5..10).map(|row| format!("not_a_question {row}")).collect();
    assert_eq!((codes_of(&reading.errors), codes_of(&reading.warnings), reading.rows), (none(), warned, 3));
    let unclear = found(|sheet| {
        sheet.write(4, 1, "Ai là người ký").unwrap();
    });
    assert_eq!(unclear.0, ["incomplete_question 5"]);
}

#[test]
fn headers_may_take_two_rows() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let rows: [&[(u16, &str)]; 4] = [
        &[(0, "STT"), (1, "Câu hỏi"), (2, "Phương án"), (5, "Đáp án đúng"), (6, "Chủ đề")],
        &[(2, "1"), (3, "2"), (4, "3")],
        &[(0, "1"), (1, "Ai?"), (2, "x"), (3, "y"), (4, "z"), (5, "B"), (6, "Toán")],
        &[(0, "2"), (1, "Gì?"), (2, "x"), (3, "y"), (5, "A")],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in cells {
            sheet.write(row, *column, *cell).unwrap();
        }
    }
    let reading = sole(read(BankFormat::Xlsx, &workbook.save_to_buffer().unwrap()));
    assert_eq!((codes_of(&reading.errors), codes_of(&reading.warnings)), (none(), none()));
    let bank = reading.content.expect("a bank");
    assert_eq!(bank.questions.iter().map(|question| question.options.len()).collect::<Vec<_>>(), [3, 2]);
}

#[test]
fn lines_of_a_question_are_kept() {
    let bank = workbook(|sheet| {
        sheet.write(1, 1, "Cho các ý:\n1. Một\n2. Hai\nCó mấy ý đúng?").unwrap();
        sheet.write(1, 2, "Hai\ný").unwrap();
        sheet.write(1, 5, "Hai ý").unwrap();
    });
    let question = bank.content.expect("a bank").questions.swap_remove(0);
    assert_eq!(question.text, "Cho các ý:\n1. Một\n2. Hai\nCó mấy ý đúng?");
    assert_eq!(question.options[0], "Hai\ný");
}

#[test]
fn a_file_without_a_question_is_refused() {
    let bank = |text: &str| codes_of(&sole(read(BankFormat::Csv, format!("{HEADER}{text}").as_bytes())).errors);
    assert_eq!(bank("PHẦN I. LỊCH SỬ;;;;;;;\n"), ["no_questions 0"]);
}
