//! Lines of a plan that are no TOML: what most likely is wrong with each, and the text without its slips, so that one of
//! them hides nothing else.

use super::section::Report;
use crate::problem::{Place, Problem, ProblemKind};
use std::collections::BTreeMap;
use toml::de::DeTable;

/// Stands for a value that is told to be wrong; nobody types it.
pub(super) const REFUSED: &str = "\u{f8ff}";

/// How often a mended text is looked at again.
const LOOKS: usize = 8;

/// What can be read of a text.
pub(super) struct Mended {
    /// With every slip mended or taken out, on the lines that they had; `None` where that cannot be done.
    pub(super) text: Option<String>,
    pub(super) problems: Vec<Problem>,
}

/// Finds every line that is no TOML.
pub(super) fn mended(text: &str) -> Mended {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let mut told: BTreeMap<Option<u32>, ProblemKind> = BTreeMap::new();
    let mut current = text.to_owned();
    for _ in 0..LOOKS {
        let (_, faults) = DeTable::parse_recoverable(&current);
        if faults.is_empty() {
            return Mended { text: Some(current), problems: problems(told) };
        }
        let report = Report::new(&current);
        let mut rows: Vec<Option<u32>> =
            faults.iter().map(|fault| fault.span().map(|span| report.line_of(span.start))).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut is_other = false;
        for row in rows {
            let place = row.and_then(|row| usize::try_from(row).ok()?.checked_sub(1)).filter(|at| *at < lines.len());
            let kind = place.map_or(ProblemKind::Syntax, |at| slip(&lines, at));
            let new = place.and_then(|at| without_slip(&lines[at], &kind));
            if let (Some(at), Some(new)) = (place, new) {
                is_other |= lines[at] != new;
                lines[at] = new;
            }
            told.entry(row).or_insert(kind);
        }
        if !is_other {
            break;
        }
        current = lines.join("\n");
    }
    Mended { text: None, problems: problems(told) }
}

fn problems(told: BTreeMap<Option<u32>, ProblemKind>) -> Vec<Problem> {
    let problem =
        |(row, kind): (Option<u32>, ProblemKind)| Problem { place: row.map_or(Place::File, Place::Line), kind };
    told.into_iter().map(problem).collect()
}

/// What most likely is wrong with a line.
fn slip(lines: &[String], at: usize) -> ProblemKind {
    let line = &lines[at];
    let value = line.split_once('=').map_or(line.as_str(), |(_, value)| value).trim();
    let outside = without_texts(value);
    if outside.contains(is_curly) {
        ProblemKind::CurlyQuotes
    } else if let Some((_, plain)) = dotted(&outside) {
        ProblemKind::DotsInNumber { plain }
    } else if let Some(first_row) = key_of(line).and_then(|key| row_above(&lines[..at], key)) {
        ProblemKind::RepeatedKey { first_row }
    } else if key_of(line).is_none() || value.is_empty() {
        ProblemKind::Syntax
    } else if value.starts_with('"') && value.matches('"').count() > 2 {
        ProblemKind::QuotesInText
    } else if !value.starts_with(['"', '\'', '[', '{', '#']) {
        ProblemKind::Unquoted
    } else {
        ProblemKind::Syntax
    }
}

/// The line without its slip: mended where it is clear how, else with a value that stands for one that is wrong; `None`
/// where it is no line of a key by itself.
fn without_slip(line: &str, kind: &ProblemKind) -> Option<String> {
    let key = key_of(line)?;
    let refused = format!("{key} = \"{REFUSED}\"");
    let is_toml = |line: &String| DeTable::parse_recoverable(line).1.is_empty();
    match kind {
        ProblemKind::RepeatedKey { .. } => Some(String::new()),
        ProblemKind::CurlyQuotes => Some(line.replace(is_curly, "\"")).filter(is_toml).or(Some(refused)),
        ProblemKind::DotsInNumber { plain } => {
            let (number, _) = dotted(&without_texts(line))?;
            Some(line.replacen(&number, plain, 1)).filter(is_toml).or(Some(refused))
        }
        _ => Some(refused),
    }
}

/// The key of a line such as `minutes = 15`.
fn key_of(line: &str) -> Option<&str> {
    let key = line.split_once('=')?.0.trim();
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    (!key.is_empty() && key.chars().all(is_plain)).then_some(key)
}

/// The line above on which the same table has the key.
fn row_above(above: &[String], key: &str) -> Option<u32> {
    let table = above.iter().enumerate().rev().take_while(|(_, line)| !line.trim_start().starts_with('['));
    let (at, _) = table.into_iter().find(|(_, line)| key_of(line) == Some(key))?;
    u32::try_from(at + 1).ok()
}

const fn is_curly(c: char) -> bool {
    matches!(c, '“' | '”' | '„' | '‘' | '’')
}

/// A line without what stands between plain quotation marks.
fn without_texts(line: &str) -> String {
    let (mut is_text, mut is_escaped) = (false, false);
    let outside = |c: &char| {
        let was_text = is_text;
        is_text ^= *c == '"' && !is_escaped;
        is_escaped = was_text && *c == '\\' && !is_escaped;
        !was_text && *c != '"'
    };
    line.chars().filter(outside).collect()
}

/// The first number with parted thousands, and the same without what parts them.
fn dotted(outside: &str) -> Option<(String, String)> {
    let tokens = outside.split(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | '[' | ']' | '=' | '#'));
    tokens.map(|token| token.trim_end_matches(',')).find_map(|token| Some((token.to_owned(), without_dots(token)?)))
}

/// The digits of `500.000`, `1.000.000` and `1,000,000`, in which people part thousands.
pub(super) fn without_dots(number: &str) -> Option<String> {
    let (first, rest) = number.split_once(['.', ','])?;
    let is_group = |group: &str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    let starts = (1..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_digit());
    (starts && rest.split(['.', ',']).all(is_group)).then(|| number.replace(['.', ','], ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(line: &str) -> &'static str {
        slip(&[line.to_owned()], 0).code()
    }

    #[test]
    fn each_slip_of_a_line_is_told_apart() {
        for (line, code) in [
            ("id = “mau”", "curly_quotes"),
            ("fields = [\"phone\", “email”]", "curly_quotes"),
            ("name = \"Cuộc thi “Tìm hiểu”\" x", "syntax"),
            ("amount = 1.000.000", "dots_in_number"),
            ("amount = 1,000,000", "dots_in_number"),
            ("prizes = [{ name = \"Giải 1.000\", count = 1, amount = 2.000.000 }]", "dots_in_number"),
            ("name = \"Cuộc thi \"Tìm hiểu\" năm 2027\"", "quotes_in_text"),
            ("opens = 8h00 ngày 08/3/2027", "unquoted"),
            ("amount = 1000000 đồng", "unquoted"),
            ("id = mau", "unquoted"),
            ("questions =", "syntax"),
            ("[registration", "syntax"),
        ] {
            assert_eq!(kind(line), code, "{line}");
        }
        let lines = ["[a]", "x = 1", "y = 2", "x = 3"].map(str::to_owned);
        assert_eq!(slip(&lines, 3), ProblemKind::RepeatedKey { first_row: 2 });
        let other = ["x = 1", "[a]", "x = = 3"].map(str::to_owned);
        assert_eq!(slip(&other, 2).code(), "unquoted");
    }

    #[test]
    fn a_text_is_read_without_its_slips_on_the_lines_that_it_had() {
        let text = "a = “một”\nb = 1.000.000\nc = hai\nd = 1\nd = 2\ne = [“x”,\n  “y”]\n";
        assert_eq!(mended(text).text, None, "a list over two lines is mended by hand");
        let text = text.replace(",\n  ", ", ");
        let found = mended(&text);
        let codes: Vec<_> = found.problems.iter().map(|p| (p.place.row().unwrap_or(0), p.kind.code())).collect();
        let expected =
            [(1, "curly_quotes"), (2, "dots_in_number"), (3, "unquoted"), (5, "repeated_key"), (6, "curly_quotes")];
        assert_eq!(codes, expected);
        let expected = format!("a = \"một\"\nb = 1000000\nc = \"{REFUSED}\"\nd = 1\n\ne = [\"x\", \"y\"]\n");
        assert_eq!(found.text, Some(expected));
    }
}
