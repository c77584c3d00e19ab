//! What was read of a bank, and what was not.

use crate::report::BankRead;
use crate::words::format::grouped;
use contest::bank::Notes;
use contest::problem::{Place, Problem, ProblemKind};

/// What a warning says was passed over; nothing where it says something else.
pub fn not_read(problem: &Problem) -> Option<String> {
    use ProblemKind as P;
    let place = &problem.place;
    Some(match &problem.kind {
        P::HiddenSheet { sheet } => format!("trang tính “{sheet}” đang ẩn"),
        P::SheetNotRead { sheet } => format!("trang tính “{sheet}”"),
        P::ColumnNotRead => format!("cột “{}”", place.column().unwrap_or_default()),
        P::NotAQuestion => format!("dòng {} (không phải câu hỏi)", place.row().unwrap_or_default()),
        P::ItemNotRead { file } => format!("tệp “{file}”"),
        P::FeedbackDropped => format!("nhận xét từng phương án của câu ở dòng {}", place.row().unwrap_or_default()),
        _ => return None,
    })
}

/// One line on what was read of a bank: `30 câu, 120 phương án; đáp án đúng: A 8, B 7, C 8, D 7; 2 câu có nhiều đáp án đúng`.
pub fn read_line(read: &BankRead) -> String {
    let parts = read.parts.iter().map(|part| {
        let name = part.name.as_ref().map_or(String::new(), |name| format!("trang “{name}”: "));
        format!("{name}{} câu, {} phương án", grouped(part.questions), grouped(part.options))
    });
    let letters = read.letters.iter().map(|(letter, right)| format!("{letter} {}", grouped(*right)));
    let mut line = parts.collect::<Vec<_>>().join("; ");
    if !read.letters.is_empty() {
        line += &format!("; đáp án đúng: {}", letters.collect::<Vec<_>>().join(", "));
    }
    if read.several > 0 {
        line += &format!("; {} câu có nhiều đáp án đúng", grouped(read.several));
    }
    if !read.not_read.is_empty() {
        line += &format!("; không đọc: {}", read.not_read.join(", "));
    }
    line
}

/// Over a question as it was read: its number in the file, where it stands, what it is about.
pub fn question_heading(number: usize, place: &Place, topic: Option<&str>, level: Option<&str>) -> String {
    // A document of Word has no rows; its own numbers are told where they are others.
    let row = match place {
        Place::Question(of) => {
            of.number.filter(|&own| u64::from(own) != number as u64).map(|own| format!("số {own} trong tệp"))
        }
        _ => place.row().map(|row| format!("dòng {row}")),
    };
    let facts: Vec<String> = place
        .sheet()
        .map(str::to_owned)
        .into_iter()
        .chain(row)
        .chain([topic, level].into_iter().flatten().map(str::to_owned))
        .collect();
    let facts = if facts.is_empty() { String::new() } else { format!(" ({})", facts.join("; ")) };
    format!("Câu {number}{facts}")
}

/// What is told of a question besides its options.
pub fn told(notes: &Notes, fixed_order: bool) -> Vec<String> {
    let explanation = notes.explanation.as_ref().map(|text| format!("Giải thích: {text}"));
    let source = notes.source.as_ref().map(|text| format!("Nguồn: {text}"));
    let fixed = fixed_order.then(|| "Không xáo trộn phương án".to_owned());
    explanation.into_iter().chain(source).chain(fixed).collect()
}

/// The last line on a file: whether it is accepted, and what was read of it.
pub fn read_status(file: &str, errors: u64, read: Option<&str>) -> String {
    let verdict = match errors {
        0 => "nhận được".to_owned(),
        _ => format!("chưa nhận được, có {} lỗi", grouped(errors)),
    };
    let read = read.map_or(String::new(), |read| format!(" {read}."));
    format!("{file}: {verdict}.{read}")
}
