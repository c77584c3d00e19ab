//! Banks as offices make them, in `golden/banks`: what is read, what is refused, and what is warned of.

use super::*;
use crate::roles::bank;
use std::path::Path;

/// The file and what must come of it: letters of the right options in order, or codes.
const CASES: &[(&str, &str)] = &[
    ("01-plain.xlsx", "ABCDABCDAB"),
    ("02-merged-titles-above.xlsx", "ABCDABCDAB"),
    ("05-head-dap-an-dung.xlsx", "ABCDABCDAB"),
    ("07-head-dap-an-ABCD.xlsx", "ABCDABCDAB"),
    ("08-head-dap-an-1234.xlsx", "ABCDABCDAB"),
    ("10-head-cau-tra-loi.xlsx", "ABCDABCDAB"),
    ("101-csv-header-semicolon-text-commas.csv", "AAAAAAAAAA, warnings one_letter_key"),
    ("102-csv-unclosed-quote-loses-6-of-14.csv", "refused unclosed_quote"),
    ("104-csv-question-marks-utf8.csv", "refused broken_text"),
    ("105-rich-text-superscript-strike-accepted.xlsx", "refused formatted_text"),
    ("107-us-dates-shown-swapped.xlsx", "refused date_cell"),
    ("11-head-PA.xlsx", "ABCDABCDAB"),
    ("110-line-breaks-in-question.xlsx", "ABCDABCDAB"),
    ("111-two-answer-columns.xlsx", "refused duplicate_column"),
    ("13-head-linebreak.xlsx", "ABCDABCDAB"),
    ("14-head-A-dot.xlsx", "ABCDABCDAB"),
    ("16-head-english.xlsx", "ABCDABCDAB"),
    ("17-quizizz-template.xlsx", "ABCDABCDAB, warnings column_not_read"),
    ("18-kahoot-template.xlsx", "ABCDABCDAB, warnings column_not_read"),
    ("19-answer-1234.xlsx", "ABCDABCDAB"),
    ("21-answer-full-text-Ba.xlsx", "ABCBABCDAB"),
    ("22-answer-lower-paren.xlsx", "ABCDABCDAB"),
    ("23-answer-dot.xlsx", "ABCDABCDAB"),
    ("26-answer-paren.xlsx", "ABCDABCDAB"),
    ("34-answer-bold-contradicts-column.xlsx", "AAAAAAAAAA, warnings one_letter_key mark_contradicts_answer"),
    ("36-options-with-letters.xlsx", "ABCDABCDAB"),
    ("37-question-with-cau-n.xlsx", "ABCDABCDAB"),
    ("40-positional-options-shuffled.xlsx", "ABCDCBCDAB, warnings position_in_option"),
    ("42-same-stem-other-options.xlsx", "ABCDABCABB"),
    ("43-options-differ-in-case.xlsx", "ABBDABCDAB, warnings options_differ_in_case"),
    ("44-four-sheets-one-per-week.xlsx", "refused several_tables"),
    ("46-hidden-first-sheet.xlsx", "ABCDABCDAB, warnings hidden_sheet"),
    ("48-hidden-rows.xlsx", "ABCDABCDAB, warnings hidden_rows"),
    ("49-filtered-rows.xlsx", "ABCDABCDAB, warnings hidden_rows"),
    ("55-stt-cau-1.xlsx", "ABCDABCDAB"),
    ("58-stt-partly-empty.xlsx", "ABCDABCDAB"),
    ("59-topic-merged-vertically.xlsx", "ABCDABCDAB"),
    ("60-topic-other-name.xlsx", "ABCDABCDAB"),
    ("63-image-in-question.xlsx", "refused picture"),
    ("64-dates-and-number-formats.xlsx", "refused date_cell number_format"),
    ("65-rich-text-superscript-strike.xlsx", "refused formatted_text"),
    ("66-x000D-escape.xlsx", "ABCDABCDAB"),
    ("67-comments.xlsx", "ABCDABCDAB"),
    ("68-numbers-as-options.xlsx", "AAAAAAAAAA, warnings one_letter_key"),
    ("69-tcvn3-body.xlsx", "refused legacy_encoding"),
    ("70-tcvn3-header-too.xlsx", "refused legacy_encoding"),
    ("71-strict-open-xml.xlsx", "ABCDABCDAB"),
    ("72-xlsm-named-xlsx.xlsx", "ABCDABCDAB"),
    ("73-xlsm.xlsm", "refused format_not_read"),
    ("74-libreoffice-xlsx.xlsx", "ABCDABCDAB"),
    ("75-xls-biff8.xls", "refused format_not_read"),
    ("76-xls-named-xlsx.xlsx", "refused old_or_encrypted"),
    ("77-ods.ods", "refused format_not_read"),
    ("78-ods-named-xlsx.xlsx", "refused broken_workbook"),
    ("79-html-named-xlsx.xlsx", "refused wrong_signature"),
    ("80-password.xlsx", "refused old_or_encrypted"),
    ("81-xlsb-named-xlsx.xlsx", "refused broken_workbook"),
    ("82-sheet-protected.xlsx", "ABCDABCDAB"),
    ("84-styled-cell-in-last-row.xlsx", "ABCDABCDAB"),
    ("86-csv-utf8-bom.csv", "ABCDABCDAB"),
    ("87-csv-utf8-no-bom.csv", "ABCDABCDAB"),
    ("88-csv-semicolon.csv", "ABCDABCDAB"),
    ("89-csv-tab.csv", "ABCDABCDAB"),
    ("90-csv-sep-line.csv", "ABCDABCDAB"),
    ("93-csv-windows-1258.csv", "refused not_utf8"),
    ("94-csv-ansi-question-marks.csv", "refused not_utf8"),
    ("96-csv-cr-only.csv", "ABCDABCDAB"),
    ("97-csv-unclosed-quote-swallows-rows.csv", "refused unclosed_quote"),
    ("99-csv-unquoted-comma.csv", "refused cell_without_header invalid_answer"),
];

/// A plan whose one round draws from the file.
fn plan(file: &str) -> String {
    format!(
        r#"
schema = "hoithi/contest/1"
id = "mau"
name = "Cuộc thi mẫu"
organizer = "UBND xã Mẫu"
[registration]
opens = "2027-03-01T08:00"
fields = ["full_name", "phone"]
unique = ["phone"]
min_age = 0
[attempt]
questions = 5
points = 100
minutes = 15
per_round = 1
counted = "best"
[ranking]
order = ["score desc", "duration asc", "submitted_at asc"]
eligible = "all"
unbroken_tie = "extra_prize"
one_prize_per_person = "none"
[[rounds]]
id = "tuan-1"
name = "Tuần 1"
opens = "2027-03-08T08:00"
closes = "2027-03-14T17:00"
publishes = "2027-03-15T08:00"
bank = "{file}"
[[prizes]]
tier = "first"
name = "Giải Nhất"
count = 1
amount = 1000000
"#
    )
}

/// What comes of a file in the words of [`CASES`].
fn outcome(case: &str) -> String {
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/banks").join(case)).expect("the case");
    let file = format!("bank.{}", case.rsplit_once('.').expect("a file with an ending").1);
    let named = if contest::bank::BankFormat::of(&file).is_some() { &file } else { "bank.xlsx" };
    let files = [("contest.toml".to_owned(), plan(named).into_bytes()), (file.clone(), bytes.clone())];
    let report = check_folder(&files, Timestamp::from_millis(0));
    let report = report.files.iter().find(|report| report.file == file).expect("a report");
    let codes = |problems: &[Problem]| {
        let mut codes: Vec<&str> = problems.iter().map(|problem| problem.kind.code()).collect();
        codes.dedup();
        codes.join(" ")
    };
    if !report.errors.is_empty() {
        return format!("refused {}", codes(&report.errors));
    }
    let reading = contest::bank::BankFormat::of(&file).map(|format| bank::read(format, &bytes));
    let Some(tables) = reading.and_then(|reading| reading.content) else { return "nothing".to_owned() };
    let bank = &tables[0].bank;
    let letters = |q: &contest::bank::PublicQuestion| bank.key[&q.id].letters().collect::<String>().to_uppercase();
    let key = bank.questions.iter().map(letters).collect::<Vec<_>>();
    let warnings =
        if report.warnings.is_empty() { String::new() } else { format!(", warnings {}", codes(&report.warnings)) };
    format!("{}{warnings}", key.concat())
}

#[test]
fn banks_as_offices_make_them_are_read_or_refused_for_what_they_are() {
    let wrong: Vec<String> = CASES
        .iter()
        .filter_map(|(file, expected)| {
            let found = outcome(file);
            (found != *expected).then(|| format!("    (\"{file}\", \"{expected}\", \"{found}\"),"))
        })
        .collect();
    assert!(wrong.is_empty(), "file, expected, found:\n{}", wrong.join("\n"));
}
