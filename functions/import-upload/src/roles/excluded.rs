//! People who may not win.

use super::Content;
use super::people::{citizen_id, full_name, phone};
use crate::folder::Folder;
use crate::in_force::{Change, Compiled, InForce, Stage};
use crate::readers::Format;
use crate::table::Column;
use crate::tables::{Reading, read_lines};
use crate::verdict::Verdict;
use contest::people::{CitizenId, IdentifierKind, PhoneNumber};
use contest::problem::{Problem, ProblemKind};
use documents::words::import::headers::people as headers;
use store::{ExcludedPerson, StoredExcluded};

const COLUMNS: &[Column] = &[
    Column::required(headers::FULL_NAME),
    Column::optional(headers::CITIZEN_ID),
    Column::optional(headers::PHONE),
    Column::optional(headers::ROLE),
];

#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ExcludedLine {
    /// Bars nobody; tells organizers whether their own people stand here.
    full_name: String,
    citizen_id: Option<CitizenId>,
    phone: Option<PhoneNumber>,
}

contest::masked!(ExcludedLine);

/// Reads the list. It may be empty, since the last line of it can turn out to be a mistake.
pub(super) fn read(format: Format, bytes: &[u8]) -> Reading<Vec<ExcludedLine>> {
    let lines = read_lines(format, bytes, COLUMNS, |line| {
        let before = line.errors.len();
        let name = line.required(headers::FULL_NAME, full_name);
        let citizen_id = line.unique(headers::CITIZEN_ID, citizen_id);
        let phone = line.optional(headers::PHONE, phone);
        // A name alone bars nobody: others have the same one.
        if citizen_id.is_none() && phone.is_none() && line.errors.len() == before {
            let cell = line.row.cell(headers::FULL_NAME);
            line.warnings.push(cell.problem(ProblemKind::Unrecognizable));
        }
        let full_name = name.map(|name| name.as_str().to_owned()).unwrap_or_default();
        Some(ExcludedLine { full_name, citizen_id, phone })
    });
    let mut lines = lines.or_empty();
    if lines.content.as_ref().is_some_and(Vec::is_empty) {
        lines.warnings.push(Problem::of_file(ProblemKind::NamesNobody));
    }
    lines
}

impl Content for Vec<ExcludedLine> {
    fn cross_check(&self, folder: &Folder, verdict: &mut Verdict) {
        verdict.wait_for_plan(folder);
    }

    fn put(&self, _folder: &mut Folder) {}

    fn compile(&self, from: &InForce, to: &mut Compiled) -> anyhow::Result<()> {
        let person = |line: &ExcludedLine| ExcludedPerson {
            citizen_id: line.citizen_id.as_ref().map(|id| IdentifierKind::CitizenId.hash(&from.keys, id.as_str())),
            phone: line.phone.as_ref().map(|phone| IdentifierKind::Phone.hash(&from.keys, phone.e164())),
            name: Some(StoredExcluded::name_hash(&from.keys, &line.full_name)),
        };
        let stored = StoredExcluded { people: self.iter().map(person).collect() };
        to.state.excluded = Some(to.put("excluded", &stored)?);
        Ok(())
    }

    fn refused_change(&self, change: &Change<'_>) -> Vec<Problem> {
        match change.stage {
            Stage::Planned | Stage::Registered => Vec::new(),
            Stage::Begun => vec![Problem::of_file(ProblemKind::ExclusionIsADecision)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_csv(csv: &str) -> Reading<Vec<ExcludedLine>> {
        read(Format::Csv, csv.as_bytes())
    }

    fn codes(problems: &[Problem]) -> Vec<String> {
        problems.iter().map(|p| format!("{} {}", p.kind.code(), p.place.row().unwrap_or(0))).collect()
    }

    #[test]
    fn a_list_of_excluded_people_may_be_empty() {
        let reading = read_csv("Họ và tên,Căn cước,Vai trò\n");
        assert_eq!((reading.content.clone(), reading.rows, reading.errors.len()), (Some(Vec::new()), 0, 0));
        assert_eq!(codes(&reading.warnings), ["names_nobody 0"]);
        assert_eq!(codes(&read_csv("Họ và tên,Vai trò,Vai trò\n").errors), ["duplicate_column 1"]);
    }

    #[test]
    fn an_excluded_person_known_by_name_alone_is_a_warning() {
        let reading = read_csv("Họ và tên,Căn cước,Vai trò\nLê Văn Tư,,Ban Tổ chức\nLê Văn Năm,019190000001,x\n");
        assert_eq!(codes(&reading.warnings), ["unrecognizable 2"]);
        assert_eq!(reading.content.map(|lines| lines.len()), Some(2));
    }
}
