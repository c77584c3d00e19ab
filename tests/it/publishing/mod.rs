//! What is published of a round: bytes, figures, names, and nothing else.

mod decisions;
mod draws;
mod editions;
mod figures;
mod files;
mod ledger;
mod officials;
mod over_contest;
mod over_contest_ties;
mod own_attempts;
mod own_certificates;
mod papers;
mod privacy;
mod prizes;
mod review;
mod slips;

use tests::{Contestant, FIRST, Folder, Form, OPENS, PUBLISHES, Play, Stage, person};

/// The people of these tests, with codes printed on the roster, so that their public names are the
/// same in every run.
const NAMES: [(&str, &str); 8] = [
    ("Nguyễn Văn An", "bac"),
    ("Trần Thị Bình", "nam"),
    ("Phạm Văn Cường", "nam"),
    ("Lê Thị Dung", "bac"),
    ("Hoàng Văn Đức", "to-1"),
    ("Vũ Thị Tổ", "bac"),
    ("Đặng Thị Ơn", "nam"),
    ("Bùi Văn Quên", "bac"),
];

/// The small contest for people on a roster; the sixth of them may play and is never ranked.
pub(crate) fn folder() -> Folder {
    Folder::small()
        .with_plan("excluded = \"bar\"", "excluded = \"unranked\"")
        .with_roster(everybody())
        .with_file("excluded.csv", "Họ và tên,Căn cước,Vai trò\nVũ Thị Tổ,001090000006,Tổ ra đề\n")
}

/// What offices get of a round, beside the list of it.
const DOCUMENTS: [&str; 9] = [
    "annex.pdf",
    "certificates.pdf",
    "notice.docx",
    "questions.csv",
    "ranking.csv",
    "ranking.xlsx",
    "review.csv",
    "units.xlsx",
    "winners.xlsx",
];

/// One sheet: who (from 1), how many right, seconds, prediction.
pub(crate) type Sheet = (usize, usize, i64, Option<u64>);

/// Their forms.
pub(crate) fn everybody() -> impl Iterator<Item = Form> {
    (1..).zip(NAMES).map(|(number, (name, unit))| person(number, name, unit))
}

/// A stage where everybody is registered.
async fn registered(folder: &Folder) -> (Stage, Vec<Contestant>) {
    let stage = Stage::with(folder).await;
    let people = stage.door.register_all(everybody()).await;
    (stage, people)
}

/// Plays sheets in a round, all of them started at one instant: equal durations are equal times.
async fn play_all(people: &[Contestant], round: &str, started_at: &str, sheets: &[Sheet]) {
    for &(who, right, seconds, prediction) in sheets {
        people[who - 1].play(Play { round, started_at, seconds, right, prediction }).await;
    }
}

/// A first round with these sheets, published.
pub(crate) async fn published(folder: &Folder, sheets: &[Sheet]) -> (Stage, Vec<Contestant>) {
    published_on(Stage::with(folder).await, sheets).await
}

/// The same in a world that has the contest and nobody else.
pub(crate) async fn published_on(stage: Stage, sheets: &[Sheet]) -> (Stage, Vec<Contestant>) {
    let people = stage.door.register_all(everybody()).await;
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, OPENS, sheets).await;
    stage.clock_well(PUBLISHES).await;
    (stage, people)
}

/// The round of which the golden files tell: two tie for the first prize, one predicts badly, one has
/// three of four right, one two; the sixth is not ranked; the seventh never hands in.
async fn golden_round() -> (Stage, Vec<Contestant>) {
    let (stage, people) = golden_round_played().await;
    stage.clock_well(PUBLISHES).await;
    (stage, people)
}

/// The golden round while it is still open.
pub(crate) async fn golden_round_played() -> (Stage, Vec<Contestant>) {
    let (stage, people) = registered(&folder()).await;
    stage.clock_well(OPENS).await;
    let sheets = [
        (1, 4, 60, Some(5)),
        (2, 4, 60, Some(5)),
        (3, 4, 50, Some(9)),
        (4, 3, 300, None),
        (5, 2, 40, Some(1)),
        (6, 4, 1, Some(5)),
    ];
    play_all(&people, FIRST, OPENS, &sheets).await;
    play_all(&people, FIRST, "2026-03-03T20:00:00+07:00", &[(1, 4, 90, Some(7))]).await;
    people[6].at(OPENS).start(FIRST).await.expect(201);
    (stage, people)
}

/// A published table of the first round as rows of cells, without its header.
async fn table(stage: &Stage, path: &str) -> Vec<Vec<String>> {
    let text = String::from_utf8(stage.round(FIRST).file(path).await).expect("UTF-8");
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// Public names in the order of `people`.
async fn pseudonyms(people: &[Contestant]) -> Vec<String> {
    let mut names = Vec::new();
    for contestant in people {
        names.push(contestant.me().await["pseudonym"].as_str().expect("a text").to_owned());
    }
    names
}
