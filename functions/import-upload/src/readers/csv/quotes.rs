//! Quotation marks that open a field and do not close it where they should. The parser of CSV would go on to
//! the next mark, rows below, and the rows between would be gone without a word.

use contest::problem::{Place, Problem, ProblemKind};

/// A problem for each mark that opens a field wrongly, with the line on which it stands.
pub(super) fn stray(text: &str, delimiter: u8) -> Vec<Problem> {
    let bytes = text.as_bytes();
    let columns = fields_of_first_record(bytes, delimiter);
    let (mut at, mut line, mut problems) = (0, 1, Vec::new());
    let mut opens_field = true;
    while at < bytes.len() {
        if bytes[at] == b'"' && opens_field {
            let field = Field::at(bytes, at);
            if !field.is_sound(bytes, delimiter, columns) {
                problems.push(Problem { place: Place::Line(line), kind: ProblemKind::UnclosedQuote });
                // Reading on as if the mark were a letter finds the next stray one.
                (at, opens_field) = (at + 1, false);
                continue;
            }
            line += line_ends(&bytes[at..field.end]);
            at = field.end;
        }
        opens_field = bytes.get(at).is_some_and(|&byte| byte == delimiter || is_line_end(byte));
        line += line_ends(&bytes[at..(at + 1).min(bytes.len())]);
        // The two bytes of a line end of Windows are one.
        if bytes[at..].starts_with(b"\r\n") {
            at += 1;
        }
        at += 1;
    }
    problems
}

/// A field in quotation marks.
struct Field {
    start: usize,
    /// Behind the closing mark, or the end of the text.
    end: usize,
    closed: bool,
}

impl Field {
    fn at(bytes: &[u8], start: usize) -> Self {
        let mut at = start + 1;
        while at < bytes.len() {
            match (bytes[at], bytes.get(at + 1)) {
                (b'"', Some(b'"')) => at += 2,
                (b'"', _) => return Self { start, end: at + 1, closed: true },
                _ => at += 1,
            }
        }
        Self { start, end: bytes.len(), closed: false }
    }

    /// Whether the field closes, ends where its closing mark stands, and holds no line that looks like a
    /// record.
    fn is_sound(&self, bytes: &[u8], delimiter: u8, columns: usize) -> bool {
        let ends_there = bytes.get(self.end).is_none_or(|&byte| byte == delimiter || is_line_end(byte));
        let inner = &bytes[self.start + 1..self.end];
        let is_record = |line: &[u8]| {
            let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let numbered = digits > 0
                && line.get(digits) == Some(&delimiter)
                && line.get(digits + 1).is_some_and(|byte| !byte.is_ascii_whitespace());
            let delimiters = line.iter().filter(|byte| **byte == delimiter).count();
            numbered && delimiters >= 2 || columns > 2 && delimiters + 1 >= columns
        };
        self.closed && ends_there && !inner.split(|&byte| is_line_end(byte)).skip(1).any(is_record)
    }
}

fn fields_of_first_record(bytes: &[u8], delimiter: u8) -> usize {
    let line = bytes.split(|&byte| is_line_end(byte)).find(|line| line.contains(&delimiter)).unwrap_or_default();
    line.iter().filter(|byte| **byte == delimiter).count() + 1
}

fn line_ends(bytes: &[u8]) -> u32 {
    let ends = bytes
        .iter()
        .enumerate()
        .filter(|(at, byte)| **byte == b'\n' && (*at == 0 || bytes[at - 1] != b'\r') || **byte == b'\r');
    u32::try_from(ends.count()).unwrap_or(u32::MAX)
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::stray;

    fn lines(text: &str) -> Vec<u32> {
        stray(text, b',').iter().filter_map(|problem| problem.place.row()).collect()
    }

    #[test]
    fn marks_that_close_where_they_should_are_no_problem() {
        for sound in [
            "1,\"một, hai\",A\r\n2,\"ba \"\"bốn\"\"\",B\r\n",
            "1,\"dòng một\ndòng hai\",A\n2,x,B\n",
            "1,Câu \"một\" và \"hai\",A\n",
            "STT,Câu,A,B,C,D,Đáp án\n1,\"a) một, hai\nb) ba, bốn, năm, sáu\",x,y,z,t,A\n",
            "\"1\",\"\",\"A\"",
            "",
        ] {
            assert_eq!(lines(sound), [] as [u32; 0], "{sound}");
        }
    }

    #[test]
    fn a_mark_that_swallows_rows_is_named_by_its_line() {
        assert_eq!(lines("STT,Câu,A\r\n1,\"Theo Luật,A\r\n2,Câu hai,B\r\n"), [2], "open to the end of the file");
        assert_eq!(lines("STT,Câu,A\n1,\"Theo,A\n2,x,B\n3,\"y\",C\n"), [2], "closes at the next one, late");
        assert_eq!(
            lines("STT,Câu,A\n1,\"Theo,A\n2,x,B\n3,y\",C\n"),
            [2],
            "closes before a comma, with a record within"
        );
        assert_eq!(lines("STT,Câu,A\n1,\"Luật\" là gì?,A\n"), [2], "text behind the mark");
        assert_eq!(lines("Câu,x,y\r\r\"Theo,A,B\rHai,x,y\rBa,z,t\""), [3], "line ends of old Macs");
        assert_eq!(lines("a,b\n1,\"x\ny\",z\n3,\"w,A\n"), [4], "lines are counted as an editor counts");
        assert_eq!(lines("a,b\n1,\"x,A\n2,y,B\n3,\"z,C\n4,t,D\n"), [2, 4], "each at once");
    }
}
