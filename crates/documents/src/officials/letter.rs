//! What letters of offices have in common: a head, who signs, who receives (Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn
//! 36-HD/VPTW for bodies of the Party).

use super::docx::{Docx, Look, WIDTH, paragraph, rule};
use super::head::Head;
use crate::words::letters as words;
use contest::plan;

/// Columns of a head: the name of the State stands on one line.
const LEFT: u32 = 3_800;
const RIGHT: u32 = WIDTH - LEFT;

/// The head of a letter of this kind, such as `TB`: issuer and number on the left, the State or the Party, place and date
/// on the right.
pub(super) fn head(docx: &mut Docx, head: &Head, kind: &str) {
    let (left, right) = match head.body {
        plan::Head::State => (issuer(head.issuer()) + &paragraph(&words::number_of_state(kind), Look::HEAD), state()),
        plan::Head::Party => (
            paragraph(head.issuer(), Look::HEAD.bold())
                + &paragraph("*", Look::HEAD)
                + &paragraph(&words::number_of_party(kind), Look::HEAD),
            paragraph(words::PARTY_NAME, Look::HEAD.bold().points(14)) + &rule(RIGHT, 3_600),
        ),
    };
    both(docx, &left, right, head.place());
}

/// The head of a letter without a number, of a unit.
pub(super) fn unnumbered_head(docx: &mut Docx, unit: &str) {
    both(docx, &issuer(unit), state(), words::DOTS);
}

fn both(docx: &mut Docx, left: &str, right: String, place: &str) {
    docx.beside(LEFT, left, &(right + &paragraph(&words::place_and_date(place), Look::HEAD.italic())));
    docx.paragraph("", Look::HEAD);
}

/// With a line below of a third of the column.
fn issuer(name: &str) -> String {
    paragraph(name, Look::HEAD.bold()) + &rule(LEFT, LEFT / 3)
}

fn state() -> String {
    paragraph(words::STATE_NAME, Look::HEAD.bold())
        + &paragraph(words::STATE_MOTTO, Look::HEAD.bold().points(14))
        + &rule(RIGHT, 3_100)
}

/// Kind and subject, with a line below.
pub(super) fn title(docx: &mut Docx, kind: &str, lines: &[&str]) {
    docx.paragraph(kind, Look::TITLE);
    for line in lines {
        docx.paragraph(line, Look::TITLE);
    }
    docx.rule(WIDTH / 5);
}

/// Who receives it on the left, who signs on the right.
pub(super) fn signature(docx: &mut Docx, head: &Head) {
    let recipients = words::RECIPIENTS.iter().map(|line| paragraph(line, Look::HEAD.left().points(11)));
    let left = paragraph(words::RECIPIENTS_TITLE, Look::HEAD.left().points(12).bold().italic())
        + &recipients.collect::<String>();
    docx.paragraph("", Look::HEAD.kept());
    docx.beside(WIDTH / 2, &left, &signer(head.signer_title(), head.signer_name()));
}

/// Two who sign, each with a title and a name.
pub(super) fn signatures(docx: &mut Docx, left: (&str, &str), right: (&str, &str)) {
    docx.beside(WIDTH / 2, &signer(left.0, left.1), &signer(right.0, right.1));
}

/// A title, room to sign, and a name.
fn signer(title: &str, name: &str) -> String {
    let room = paragraph("", Look::HEAD).repeat(4);
    paragraph(title, Look::HEAD.bold()) + &room + &paragraph(name, Look::HEAD.bold())
}
