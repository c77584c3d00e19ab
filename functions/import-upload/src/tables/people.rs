//! Lists of people: those who may register, and those who may not win.

use super::Reading;
use crate::readers::Worksheet;
use crate::table::{Column, Table, TableRow};
use chrono::NaiveDate;
use contest::ids::ContestantId;
use contest::people::{BirthDate, CitizenId, FullName, PhoneNumber, ValueFault};
use contest::problem::{Problem, ProblemKind, Written};
use contest::text::name_key;
use documents::words::import::headers::{Header, people as headers};
use std::collections::HashMap;

const ROSTER: &[Column] = &[
    Column::required(headers::FULL_NAME),
    Column::required(headers::BIRTH_DATE),
    Column::optional(headers::CITIZEN_ID),
    Column::optional(headers::PHONE),
    Column::required(headers::UNIT),
    Column::optional(headers::CODE),
];

const EXCLUDED: &[Column] = &[
    Column::required(headers::FULL_NAME),
    Column::optional(headers::CITIZEN_ID),
    Column::optional(headers::PHONE),
    Column::optional(headers::ROLE),
];

/// One line of `roster.*`.
#[derive(Clone, PartialEq, Eq)]
pub struct RosterLine {
    /// Row in the file.
    pub row: u32,
    /// Name.
    pub full_name: FullName,
    /// Day of birth.
    pub birth_date: BirthDate,
    /// Where given.
    pub citizen_id: Option<CitizenId>,
    /// Where given.
    pub phone: Option<PhoneNumber>,
    /// Code or name of the unit, as written.
    pub unit: String,
    /// Where given; made otherwise.
    pub code: Option<ContestantId>,
}

/// One line of `excluded.*`.
#[derive(Clone, PartialEq, Eq)]
pub struct ExcludedLine {
    /// Where given.
    pub citizen_id: Option<CitizenId>,
    /// Where given.
    pub phone: Option<PhoneNumber>,
}

contest::masked!(RosterLine, ExcludedLine);

/// Reads a roster; `today` is the day on which it was uploaded.
pub fn read_roster(sheets: &[Worksheet], today: NaiveDate) -> Reading<Vec<RosterLine>> {
    let reading = read(sheets, ROSTER, |row, seen, errors, _| {
        let full_name = required(row, headers::FULL_NAME, errors, full_name);
        let birth_date = required(row, headers::BIRTH_DATE, errors, |text| {
            BirthDate::parse(text, today).map_err(|_| ProblemKind::InvalidDate)
        });
        let citizen_id = unique(row, headers::CITIZEN_ID, seen, errors, citizen_id);
        let phone = optional(row, headers::PHONE, errors, phone);
        let unit = required(row, headers::UNIT, errors, |text| Ok(text.to_owned()));
        let code = unique(row, headers::CODE, seen, errors, |text| {
            ContestantId::parse(&text.to_uppercase()).map_err(|_| ProblemKind::InvalidContestantCode)
        });
        Some(RosterLine {
            row: row.number(),
            full_name: full_name?,
            birth_date: birth_date?,
            citizen_id,
            phone,
            unit: unit?,
            code,
        })
    });
    let alike = reading.content.as_deref().map(namesakes).unwrap_or_default();
    if alike.is_empty() { reading } else { Reading { content: None, errors: alike, ..reading } }
}

/// Lines that registering could take for one person: the same name, birth date and unit as a line above, without
/// a code, a citizen id or different phones on both.
fn namesakes(lines: &[RosterLine]) -> Vec<Problem> {
    let mut above: HashMap<(String, BirthDate, String), Vec<&RosterLine>> = HashMap::new();
    let mut alike = Vec::new();
    for line in lines {
        let unit = line.unit.to_lowercase();
        let others = above.entry((name_key(line.full_name.as_str()), line.birth_date, unit)).or_default();
        if let Some(other) = others.iter().find(|other| !are_told_apart(other, line)) {
            alike.push(Problem::at(
                line.row,
                headers::FULL_NAME.shown,
                ProblemKind::NotToldApart { first_row: other.row },
            ));
        }
        others.push(line);
    }
    alike
}

fn are_told_apart(a: &RosterLine, b: &RosterLine) -> bool {
    let have_codes = a.code.is_some() && b.code.is_some();
    let have_ids = a.citizen_id.is_some() && b.citizen_id.is_some();
    let have_phones = a.phone.is_some() && b.phone.is_some() && a.phone != b.phone;
    have_codes || have_ids || have_phones
}

/// Reads a list of excluded people. Alone among the tables it may be empty, since the last line of it can turn out
/// to be a mistake; nobody means a roster, units or a bank without a row.
pub fn read_excluded(sheets: &[Worksheet]) -> Reading<Vec<ExcludedLine>> {
    let lines = read(sheets, EXCLUDED, |row, seen, errors, warnings| {
        let before = errors.len();
        required(row, headers::FULL_NAME, errors, full_name);
        let citizen_id = unique(row, headers::CITIZEN_ID, seen, errors, citizen_id);
        let phone = optional(row, headers::PHONE, errors, phone);
        // A name alone bars nobody: others have the same one.
        if citizen_id.is_none() && phone.is_none() && errors.len() == before {
            warnings.push(row.cell(headers::FULL_NAME).problem(ProblemKind::Unrecognizable));
        }
        Some(ExcludedLine { citizen_id, phone })
    });
    let is_empty = matches!(lines.errors.as_slice(), [Problem { kind: ProblemKind::NoRows, .. }]);
    if is_empty { Reading { content: Some(Vec::new()), errors: Vec::new(), ..lines } } else { lines }
}

/// Values that must differ from row to row, by column, with the row of the first.
pub(super) type Seen = HashMap<(&'static str, String), u32>;

pub(super) fn read<T>(
    sheets: &[Worksheet],
    columns: &'static [Column],
    line: impl Fn(&TableRow<'_>, &mut Seen, &mut Vec<Problem>, &mut Vec<Problem>) -> Option<T>,
) -> Reading<Vec<T>> {
    let table = match Table::find(sheets, columns) {
        Ok(table) => table,
        Err(problems) => return Reading::unreadable(problems),
    };
    let (mut errors, mut warnings, mut seen) = (table.unreadable(), Vec::new(), Seen::new());
    let rows: Vec<TableRow<'_>> = table.rows().collect();
    let lines = rows.iter().filter_map(|row| line(row, &mut seen, &mut errors, &mut warnings)).collect();
    Reading::of(lines, &table, errors, warnings)
}

fn full_name(text: &str) -> Result<FullName, ProblemKind> {
    FullName::parse(text).map_err(|fault| match fault {
        ValueFault::LegacyEncoding => ProblemKind::LegacyEncoding,
        _ => ProblemKind::InvalidName,
    })
}

fn citizen_id(text: &str) -> Result<CitizenId, ProblemKind> {
    CitizenId::parse(text).map_err(|_| ProblemKind::InvalidCitizenId)
}

fn phone(text: &str) -> Result<PhoneNumber, ProblemKind> {
    PhoneNumber::parse(text).map_err(|_| ProblemKind::InvalidPhone)
}

type Parse<'a, T> = &'a dyn Fn(&str) -> Result<T, ProblemKind>;

pub(super) fn required<T>(
    row: &TableRow<'_>,
    header: Header,
    errors: &mut Vec<Problem>,
    parse: impl Fn(&str) -> Result<T, ProblemKind>,
) -> Option<T> {
    let cell = row.cell(header);
    if cell.is_missing() {
        errors.push(cell.problem(ProblemKind::Empty));
    }
    parsed(&cell, errors, &parse)
}

fn optional<T>(
    row: &TableRow<'_>,
    header: Header,
    errors: &mut Vec<Problem>,
    parse: impl Fn(&str) -> Result<T, ProblemKind>,
) -> Option<T> {
    parsed(&row.cell(header), errors, &parse)
}

fn unique<T>(
    row: &TableRow<'_>,
    header: Header,
    seen: &mut Seen,
    errors: &mut Vec<Problem>,
    parse: impl Fn(&str) -> Result<T, ProblemKind>,
) -> Option<T> {
    let cell = row.cell(header);
    let value = parsed(&cell, errors, &parse)?;
    if let Some(first_row) = seen.insert((header.key, cell.text.clone()), row.number()) {
        errors.push(cell.problem(ProblemKind::Duplicate { value: cell.text.clone(), first_row: Some(first_row) }));
    }
    Some(value)
}

fn parsed<T>(cell: &Written, errors: &mut Vec<Problem>, parse: Parse<'_, T>) -> Option<T> {
    parse(cell.some()?).map_err(|kind| errors.push(cell.problem(kind))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::{Format, read as read_file};

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2021, 12, 1).expect("a day")
    }

    fn codes(problems: &[Problem]) -> Vec<String> {
        problems.iter().map(|p| format!("{} {}", p.kind.code(), p.place.row().unwrap_or(0))).collect()
    }

    fn sheets(csv: &str) -> Vec<Worksheet> {
        read_file(Format::Csv, csv.as_bytes()).expect("readable")
    }

    #[test]
    fn a_roster_is_read_with_and_without_codes() {
        let csv = "Họ và tên;Ngày sinh;Đơn vị;Mã dự thi;CCCD\nĐặng Thị Ơn;02/8/1990;a;ab-01;019190000001\nLê Văn Tư;1985-01-31;a;;\n";
        let lines = read_roster(&sheets(csv), today()).content.expect("lines");
        assert_eq!(lines[0].code.as_ref().map(ContestantId::as_str), Some("AB-01"));
        assert_eq!((lines[1].code.is_none(), lines[1].citizen_id.is_none(), lines[1].row), (true, true, 3));
    }

    #[test]
    fn every_bad_row_of_a_roster_is_named() {
        let csv = "Họ và tên,Ngày sinh,Đơn vị,Căn cước,Điện thoại\n,31/02/1990,,1,2\nLê Văn Tư,01/01/1990,a,019190000001,0912345678\nLê Văn Năm,01/01/1990,a,019190000001,0912345678\n";
        let reading = read_roster(&sheets(csv), today());
        assert_eq!(
            codes(&reading.errors),
            ["empty 2", "invalid_date 2", "invalid_citizen_id 2", "invalid_phone 2", "empty 2", "duplicate 4"]
        );
        assert!(reading.content.is_none());
    }

    #[test]
    fn a_list_of_excluded_people_may_be_empty_and_a_roster_may_not() {
        let reading = read_excluded(&sheets("Họ và tên,Căn cước,Vai trò\n"));
        assert_eq!((reading.content, reading.rows, reading.errors.len()), (Some(Vec::new()), 0, 0));
        assert_eq!(codes(&read_excluded(&sheets("Họ và tên,Vai trò,Vai trò\n")).errors), ["duplicate_column 1"]);
        let roster = read_roster(&sheets("Họ và tên,Ngày sinh,Đơn vị\n"), today());
        assert_eq!(codes(&roster.errors), ["no_rows 1"]);
    }

    #[test]
    fn people_of_a_roster_whom_nothing_tells_apart_are_named_with_their_rows() {
        let alike = |rows: &str| {
            let csv = format!("Họ và tên,Ngày sinh,Đơn vị,Căn cước,Điện thoại,Mã dự thi\n{rows}");
            codes(&read_roster(&sheets(&csv), today()).errors)
        };
        let an = "Lê Văn An,01/01/1990,a";
        assert_eq!(alike(&format!("{an},,,\n{an},,,\nLê Văn Ân,01/01/1990,a,,,\n")), ["not_told_apart 3"]);
        assert_eq!(alike(&format!("{an},019090000001,,\n{an},,,AB-01\n")), ["not_told_apart 3"]);
        assert_eq!(alike(&format!("{an},,0912345678,\n{an},,0912345678,\n")), ["not_told_apart 3"]);
        for rows in [
            format!("{an},,,AB-01\n{an},,,AB-02\n"),
            format!("{an},019090000001,,\n{an},019090000002,,\n"),
            format!("{an},,0912345678,\n{an},,0912345679,\n"),
            format!("{an},,,\nLê Văn An,02/01/1990,a,,,\nLê Văn An,01/01/1990,b,,,\n"),
        ] {
            assert_eq!(alike(&rows), [""; 0], "{rows}");
        }
    }

    #[test]
    fn an_excluded_person_known_by_name_alone_is_a_doubt() {
        let reading =
            read_excluded(&sheets("Họ và tên,Căn cước,Vai trò\nLê Văn Tư,,Ban Tổ chức\nLê Văn Năm,019190000001,x\n"));
        assert_eq!(codes(&reading.warnings), ["unrecognizable 2"]);
        assert_eq!(reading.content.map(|lines| lines.len()), Some(2));
    }
}
