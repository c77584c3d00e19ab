//! Announcements on the page of a contest. They are words and decide nothing, so they may change as long as it stands.

use super::Content;
use crate::folder::Folder;
use crate::in_force::{Change, Compiled, InForce};
use crate::readers::Format;
use crate::table::Column;
use crate::tables::{Reading, read_lines};
use crate::verdict::Verdict;
use contest::announcement::{Announcement, MOST};
use contest::problem::{Problem, ProblemKind};
use documents::words::import::headers::announcements as headers;
use store::StoredAnnouncements;

const COLUMNS: &[Column] = &[Column::required(headers::DAY), Column::required(headers::TEXT)];

/// Reads the list; an empty one takes the last announcement away.
pub(super) fn read(format: Format, bytes: &[u8]) -> Reading<Vec<Announcement>> {
    let lines = read_lines(format, bytes, COLUMNS, |line| {
        let on = line.required(headers::DAY, Announcement::day);
        let text = line.required(headers::TEXT, Announcement::text);
        Some(Announcement { on: on?, text: text? })
    });
    let mut lines = lines.or_empty();
    if lines.rows > MOST as u64 {
        lines.content = None;
        lines.errors.push(Problem::of_file(ProblemKind::TooMany { most: MOST }));
    }
    lines
}

impl Content for Vec<Announcement> {
    fn cross_check(&self, folder: &Folder, verdict: &mut Verdict) {
        verdict.wait_for_plan(folder);
    }

    fn put(&self, _folder: &mut Folder) {}

    fn compile(&self, _from: &InForce, to: &mut Compiled) -> anyhow::Result<()> {
        to.state.announcements = Some(to.put("announcements", &StoredAnnouncements::of(self))?);
        Ok(())
    }

    fn refused_change(&self, _change: &Change<'_>) -> Vec<Problem> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_csv(csv: &str) -> Reading<Vec<Announcement>> {
        read(Format::Csv, csv.as_bytes())
    }

    #[test]
    fn a_line_is_a_day_and_a_text_and_faults_are_named() {
        let reading = read_csv("Ngày,Nội dung\n20/12/2021,Vòng 1 kéo dài.\n2021-12-21,\"Trao giải,  hội trường A\"\n");
        let lines: Vec<_> = reading.content.expect("lines").iter().map(|l| format!("{} {}", l.on, l.text)).collect();
        assert_eq!(lines, ["2021-12-20 Vòng 1 kéo dài.", "2021-12-21 Trao giải, hội trường A"]);
        let long = "dài ".repeat(130);
        let faults = read_csv(&format!("Ngày,Nội dung\nmai,a\n20/12/2021,\n20/12/2021,{long}\n")).errors;
        let faults: Vec<_> = faults.iter().map(|p| (p.place.row(), p.kind.code())).collect();
        assert_eq!(faults, [(Some(2), "not_a_day"), (Some(3), "empty"), (Some(4), "too_long")]);
    }

    #[test]
    fn there_may_be_none_and_not_too_many() {
        assert_eq!(read_csv("Ngày,Nội dung\n").content, Some(Vec::new()));
        let lines = |count: usize| format!("Ngày,Nội dung\n{}", "20/12/2021,a\n".repeat(count));
        assert!(read_csv(&lines(MOST)).content.is_some());
        let many = read_csv(&lines(MOST + 1));
        assert!(many.content.is_none());
        assert!(matches!(many.errors.as_slice(), [Problem { kind: ProblemKind::TooMany { most: MOST }, .. }]));
    }
}
