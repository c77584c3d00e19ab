//! People who may register, where a contest names them.

use super::Content;
use super::people::{citizen_id, full_name, phone};
use super::units::{code_of, resolve};
use crate::folder::{Folder, heavy};
use crate::in_force::{Change, Compiled, InForce, Stage};
use crate::readers::Format;
use crate::table::Column;
use crate::tables::{Line, Reading, read_all_lines};
use crate::verdict::Verdict;
use chrono::NaiveDate;
use contest::ids::ContestantId;
use contest::people::{BirthDate, CitizenId, FullName, IdentifierKind, PhoneNumber};
use contest::plan::RegistrationMode;
use contest::problem::{Place, Problem, ProblemKind};
use contest::seal::{ContestKeys, Purpose, keyed};
use contest::text::{looks_broken, name_key, name_seems_to_lack_letters, search_key};
use contest::units::UnitTree;
use data_encoding::BASE32_NOPAD;
use documents::words::import::headers::people as headers;
use std::collections::HashMap;
use store::{RosterPerson, StoredRoster};

const COLUMNS: &[Column] = &[
    Column::required(headers::FULL_NAME),
    Column::required(headers::BIRTH_DATE),
    Column::optional(headers::CITIZEN_ID),
    Column::optional(headers::PHONE),
    Column::required(headers::UNIT),
    Column::optional(headers::CODE),
];

#[derive(Clone, PartialEq, Eq)]
pub(crate) struct RosterLine {
    /// In the file.
    row: u32,
    full_name: FullName,
    birth_date: BirthDate,
    /// Where given.
    citizen_id: Option<CitizenId>,
    /// Where given.
    phone: Option<PhoneNumber>,
    /// Code or name of the unit, as written.
    unit: String,
    /// Where given; made otherwise.
    code: Option<ContestantId>,
}

contest::masked!(RosterLine);

/// A roster as far as it can be read.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Roster {
    /// Lines of people.
    lines: Vec<RosterLine>,
    /// The unit of every line as written, with its row.
    named: Vec<(Option<u32>, String)>,
}

/// Reads a roster; `today` is the day on which it was uploaded.
pub(super) fn read(format: Format, bytes: &[u8], today: NaiveDate) -> Reading<Roster> {
    let reading = read_all_lines(format, bytes, COLUMNS, |line| {
        let row = line.row.number();
        let full_name = line.required(headers::FULL_NAME, full_name);
        let birth_date = line
            .required(headers::BIRTH_DATE, |text| BirthDate::parse(text, today).map_err(|_| ProblemKind::InvalidDate));
        let citizen_id = line.unique(headers::CITIZEN_ID, citizen_id);
        let phone = line.optional(headers::PHONE, phone);
        let unit = line.required(headers::UNIT, |text| Ok(text.to_owned()));
        let code = line.unique(headers::CODE, |text| {
            ContestantId::parse(&text.to_uppercase()).map_err(|_| ProblemKind::InvalidContestantCode)
        });
        warn_of_letters(line);
        let person = |(full_name, birth_date)| {
            Some(RosterLine { row, full_name, birth_date, citizen_id, phone, unit: unit.clone()?, code })
        };
        Some((full_name.zip(birth_date).and_then(person), unit.map(|unit| (Some(row), unit))))
    });
    let mut reading = reading.map(|rows| {
        let (lines, named): (Vec<_>, Vec<_>) = rows.into_iter().unzip();
        Roster { lines: lines.into_iter().flatten().collect(), named: named.into_iter().flatten().collect() }
    });
    reading.errors.extend(reading.content.as_ref().map(|roster| namesakes(&roster.lines)).unwrap_or_default());
    reading.errors.sort_by_key(|problem| problem.place.row());
    reading
}

/// Warns of names in which letters were lost; a name of a person with a question mark is refused anyway.
fn warn_of_letters(line: &mut Line<'_>) {
    let unit = line.row.cell(headers::UNIT);
    if unit.some().is_some_and(|text| name_seems_to_lack_letters(text) && !looks_broken(text)) {
        line.warnings.push(unit.problem(ProblemKind::LostLetters));
    }
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

impl Content for Roster {
    fn cross_check(&self, folder: &Folder, verdict: &mut Verdict) {
        if verdict.wait_for_plan(folder).is_some_and(|plan| plan.registration.mode == RegistrationMode::Open) {
            verdict.warnings.push(Problem::of_file(ProblemKind::RosterInOpenContest));
        }
        match &folder.units {
            Some(tree) => verdict.errors.extend(unknown_units(&self.named, tree)),
            None => verdict.wait_for("units.csv"),
        }
        verdict.errors.sort_by_key(|problem| problem.place.row());
        let heavy = heavy(folder.plan.as_ref(), Some(self.lines.len() as u64), folder.units.as_ref());
        verdict.warnings.extend(heavy.map(Problem::of_file));
    }

    fn put(&self, folder: &mut Folder) {
        folder.roster = Some(self.named.clone());
    }

    fn compile(&self, from: &InForce, to: &mut Compiled) -> anyhow::Result<()> {
        let stored = StoredRoster { people: people(&self.lines, &from.keys, from.folder.units.as_ref()) };
        to.state.roster = Some(to.put("roster", &stored)?);
        Ok(())
    }

    /// A person whose code changes could register once more.
    fn refused_change(&self, change: &Change<'_>) -> Vec<Problem> {
        let Change { from, stage, .. } = change;
        if *stage == Stage::Planned {
            return Vec::new();
        }
        fn identity(person: &RosterPerson) -> (&str, &str, &str) {
            (&person.name_key, &person.birth_date, &person.unit)
        }
        let mut codes: HashMap<_, Vec<&str>> = HashMap::new();
        for person in &from.roster.people {
            codes.entry(identity(person)).or_default().push(&person.code);
        }
        let other = |person: &RosterPerson| {
            codes.get(&identity(person)).is_some_and(|codes| !codes.contains(&person.code.as_str()))
        };
        let people = people(&self.lines, &from.keys, from.folder.units.as_ref());
        let changed = people.iter().zip(&self.lines).filter(|(person, _)| other(person));
        changed.map(|(_, line)| Problem::at(line.row, headers::CODE.shown, ProblemKind::RosterCodeChanged)).collect()
    }
}

/// Units that a roster names, with their rows where they are known, and that are not in the tree.
pub(super) fn unknown_units(named: &[(Option<u32>, String)], tree: &UnitTree) -> Vec<Problem> {
    let problem = |(row, unit): &(Option<u32>, String)| {
        let kind = resolve(tree, unit).err()?;
        let column = headers::UNIT.shown.to_owned();
        let place = match *row {
            Some(row) => Place::Cell { sheet: None, row, column: Some(column) },
            None => Place::Column(column),
        };
        Some(Problem { place, kind })
    };
    named.iter().filter_map(problem).collect()
}

/// The stored form of each line; people without a code get one that follows from who they are.
fn people(lines: &[RosterLine], keys: &ContestKeys, units: Option<&UnitTree>) -> Vec<RosterPerson> {
    let secret = keys.derive(Purpose::RosterCode);
    let mut namesakes: HashMap<String, u32> = HashMap::new();
    let mut person = |line: &RosterLine| {
        let name_key = search_key(line.full_name.as_str());
        let birth_date = line.birth_date.date().to_string();
        let code = line.code.as_ref().map(ToString::to_string).unwrap_or_else(|| {
            let identity = format!("{name_key}\n{birth_date}\n{}", line.unit);
            let nth = namesakes.entry(identity.clone()).and_modify(|n| *n += 1).or_insert(1);
            let mac = keyed(&secret, &[&identity, &nth.to_string()]);
            // 50 bits, ten characters: more than anyone can try.
            BASE32_NOPAD.encode(&mac[..7])[..10].to_owned()
        });
        RosterPerson {
            code,
            is_code_printed: line.code.is_some(),
            full_name: Some(line.full_name.as_str().to_owned()),
            toned_key: Some(contest::text::name_key(line.full_name.as_str())),
            name_key,
            birth_date,
            citizen_id: line.citizen_id.as_ref().map(|id| IdentifierKind::CitizenId.hash(keys, id.as_str())),
            phone: line.phone.as_ref().map(|phone| IdentifierKind::Phone.hash(keys, phone.e164())),
            unit: code_of(units, &line.unit),
        }
    };
    lines.iter().map(&mut person).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_csv(csv: &str) -> Reading<Roster> {
        read(Format::Csv, csv.as_bytes(), NaiveDate::from_ymd_opt(2021, 12, 1).expect("a day"))
    }

    fn codes(problems: &[Problem]) -> Vec<String> {
        problems.iter().map(|p| format!("{} {}", p.kind.code(), p.place.row().unwrap_or(0))).collect()
    }

    #[test]
    fn a_roster_is_read_with_and_without_codes() {
        let csv = "Họ và tên;Ngày sinh;Đơn vị;Mã dự thi;CCCD\nĐặng Thị Ơn;02/8/1990;a;ab-01;019190000001\nLê Văn Tư;1985-01-31;a;;\n";
        let lines = read_csv(csv).content.expect("lines").lines;
        assert_eq!(lines[0].code.as_ref().map(ContestantId::as_str), Some("AB-01"));
        assert_eq!((lines[1].code.is_none(), lines[1].citizen_id.is_none(), lines[1].row), (true, true, 3));
    }

    #[test]
    fn every_bad_row_of_a_roster_is_named() {
        let csv = "Họ và tên,Ngày sinh,Đơn vị,Căn cước,Điện thoại\n,31/02/1990,,1,2\nLê Văn Tư,01/01/1990,a,019190000001,0912345678\nLê Văn Năm,01/01/1990,a,019190000001,0912345678\n";
        let reading = read_csv(csv);
        assert_eq!(
            codes(&reading.errors),
            ["empty 2", "invalid_date 2", "invalid_citizen_id 2", "invalid_phone 2", "empty 2", "duplicate 4"]
        );
        let roster = reading.content.expect("what can be read");
        let units: Vec<_> = roster.named.iter().map(|(row, unit)| (row.unwrap_or(0), unit.as_str())).collect();
        assert_eq!(
            (roster.lines.len(), units),
            (2, vec![(3, "a"), (4, "a")]),
            "of rows with errors the units are judged"
        );
    }

    #[test]
    fn letters_that_were_lost_are_told_of_names_and_units() {
        let reading = read_csv("Họ và tên,Ngày sinh,Đơn vị\nTr?n Văn An,01/01/1990,Phu?ng 1\nTrần An,01/01/1990,a\n");
        assert_eq!(
            (codes(&reading.errors), codes(&reading.warnings)),
            (vec!["broken_text 2".to_owned()], vec!["lost_letters 2".to_owned()])
        );
    }

    #[test]
    fn a_roster_may_not_be_empty() {
        assert_eq!(codes(&read_csv("Họ và tên,Ngày sinh,Đơn vị\n").errors), ["no_rows 1"]);
    }

    #[test]
    fn people_of_a_roster_whom_nothing_tells_apart_are_named_with_their_rows() {
        let alike = |rows: &str| {
            let csv = format!("Họ và tên,Ngày sinh,Đơn vị,Căn cước,Điện thoại,Mã dự thi\n{rows}");
            codes(&read_csv(&csv).errors)
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
}
