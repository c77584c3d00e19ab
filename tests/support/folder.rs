//! A contest folder in memory: small, complete, and easy to change by one key.

use crate::contestant::Form;
use std::fmt::Write;

/// Id of the small contest.
pub const CONTEST: &str = "thi-thu";

/// Its first round.
pub const FIRST: &str = "vong-1";
/// When it begins,
pub const OPENS: &str = "2026-03-02T08:00:00+07:00";
/// ends,
pub const CLOSES: &str = "2026-03-08T16:00:00+07:00";
/// and has its results.
pub const PUBLISHES: &str = "2026-03-08T17:00:00+07:00";

/// Its second round.
pub const SECOND: &str = "vong-2";
/// When it begins, and ends as the first does, but a week later,
pub const SECOND_OPENS: &str = "2026-03-09T08:00:00+07:00";
/// and has its results.
pub const SECOND_PUBLISHES: &str = "2026-03-15T17:00:00+07:00";

/// A year after the last results: nobody is known any more.
pub const ERASES: &str = "2027-03-15T17:00:00+07:00";

/// What stands in the explanation of every question and may be read by nobody before publication.
pub const CANARY: &str = "CHIM-HOANG-YEN";

/// The plan of the small contest. Tests change single lines of it with [`Folder::with_plan`].
const PLAN: &str = r#"schema = "hoithi/contest/1"
id = "thi-thu"
name = "Cuộc thi thử"
organizer = "Ban Tổ chức"
time_zone = "Asia/Ho_Chi_Minh"
language = "vi"
reading_list = ["Luật số 1"]

[registration]
mode = "open"
opens = "2026-03-01T08:00"
fields = ["full_name", "birth_date", "citizen_id", "phone", "unit"]
unique = ["citizen_id"]
min_age = 16
unit_basis = ["workplace", "residence"]
excluded = "bar"
guardian_consent_under = 18

[attempt]
questions = 4
points = 100
minutes = 15
grace_seconds = 10
per_round = 3
counted = "best"
shuffle_questions = true
shuffle_options = true
draw = "random"
reveal_score = "published"
reveal_key = "published"
min_seconds = 0

[prediction]
target = "contestants"
counted = "first"
actual = "at_publication"
equidistant = "tie"

[ranking]
order = ["score desc", "prediction_distance asc", "duration asc", "submitted_at asc"]
eligible = "all"
unbroken_tie = "extra_prize"
one_prize_per_person = "contest"

[[rounds]]
id = "vong-1"
name = "Vòng 1"
opens = "2026-03-02T08:00"
closes = "2026-03-08T16:00"
publishes = "2026-03-08T17:00"
bank = "bank-1.csv"

[[rounds]]
id = "vong-2"
name = "Vòng 2"
opens = "2026-03-09T08:00"
closes = "2026-03-15T16:00"
publishes = "2026-03-15T17:00"
bank = "bank-2.csv"

[[prizes]]
tier = "first"
name = "Giải Nhất"
count = 1
amount = 1000000

[[prizes]]
tier = "second"
name = "Giải Nhì"
count = 1
amount = 500000

[[collective]]
id = "tap-the"
level = "ward"
scope = "round"
measure = ["attempts desc", "mean_score desc"]
min_rate_percent = 0
prizes = [{ name = "Giải Nhất tập thể", count = 1, amount = 2000000 }]
"#;

const UNITS: &str = "Mã,Tên,Đơn vị cấp trên,Cấp,Số thành viên
thanh-pho,Thành phố,,city,
bac,Phường Bắc,thanh-pho,ward,10
nam,Phường Nam,thanh-pho,ward,20
to-1,Tổ dân phố 1,nam,block,
";

/// Right options of the question at a place (from 0) of the small contest's banks. One of the
/// questions has two.
pub fn right_letters(place: usize) -> &'static [&'static str] {
    const LETTERS: [&[&str]; 6] = [&["b"], &["a"], &["c"], &["a", "c"], &["b"], &["c"]];
    LETTERS[place % LETTERS.len()]
}

/// Files of a contest as an organizer would upload them.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Folder in the bucket.
    pub id: String,
    /// Names and bytes, in the order of uploading.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Folder {
    /// The small contest: two rounds, six questions each of which a paper has four, two wards.
    pub fn small() -> Self {
        let files = [
            ("contest.toml", PLAN.to_owned()),
            ("units.csv", UNITS.to_owned()),
            ("bank-1.csv", bank(1, 6)),
            ("bank-2.csv", bank(2, 6)),
        ];
        Self {
            id: CONTEST.to_owned(),
            files: files.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect(),
        }
    }

    /// The folder with one place of its plan changed; `from` must stand there exactly once.
    #[track_caller]
    pub fn with_plan(mut self, from: &str, to: &str) -> Self {
        let plan = self.text("contest.toml");
        assert_eq!(plan.matches(from).count(), 1, "{from:?} stands not once in the plan");
        let changed = plan.replace(from, to);
        self.put("contest.toml", changed);
        self
    }

    /// The folder with a file added or replaced.
    pub fn with_file(mut self, name: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.put(name, bytes);
        self
    }

    /// The folder without a file.
    pub fn without(mut self, name: &str) -> Self {
        self.files.retain(|(other, _)| other != name);
        self
    }

    /// The folder for people on a roster, where codes are printed: their accounts are the same in every run.
    pub fn with_roster(self, people: impl IntoIterator<Item = Form>) -> Self {
        let mut roster = String::from("Họ và tên,Ngày sinh,Căn cước,Đơn vị,Mã dự thi\n");
        for (number, form) in (1..).zip(people) {
            let cells =
                ["full_name", "birth_date", "citizen_id", "unit"].map(|name| form[name].as_str().expect("a text"));
            writeln!(roster, "{},A-{number:03}", cells.join(",")).expect("a text takes every line");
        }
        self.with_plan("mode = \"open\"", "mode = \"roster\"").with_file("roster.csv", roster)
    }

    /// The folder whose plan asks for an address of mail too, which need not be anybody's alone.
    pub fn with_email(self) -> Self {
        self.with_plan("\"phone\", \"unit\"]", "\"phone\", \"email\", \"unit\"]")
    }

    /// The folder with prizes over the contest, for people and for units.
    pub fn with_prizes_over_the_contest(self) -> Self {
        let over = "[[prizes]]\ntier = \"all\"\nname = \"Giải Toàn cuộc thi\"\ncount = 1\namount = 3000000\n\
                    scope = \"contest\"\n\n[overall]\nscore = \"sum\"\norder = [\"score desc\"]\n\n[[collective]]";
        self.with_plan("[[collective]]", over).with_plan("scope = \"round\"", "scope = \"contest\"")
    }

    /// The folder under another id, in its plan too.
    pub fn named(self, id: &str) -> Self {
        let from = format!("id = \"{}\"", self.id);
        let renamed = self.with_plan(&from, &format!("id = \"{id}\""));
        Self { id: id.to_owned(), ..renamed }
    }

    /// A file as text.
    #[track_caller]
    pub fn text(&self, name: &str) -> String {
        let file = self.files.iter().find(|(other, _)| other == name);
        let (_, bytes) = file.unwrap_or_else(|| panic!("the folder has no {name}"));
        String::from_utf8(bytes.clone()).expect("the small contest's files are UTF-8")
    }

    fn put(&mut self, name: &str, bytes: impl Into<Vec<u8>>) {
        self.files.retain(|(other, _)| other != name);
        self.files.push((name.to_owned(), bytes.into()));
    }
}

/// A bank of `count` questions that names its `number` in every text.
pub fn bank(number: u32, count: usize) -> String {
    let mut text = String::from("STT,Câu hỏi,A,B,C,Đáp án,Giải thích,Nguồn\n");
    for place in 0..count {
        let answer = right_letters(place).join(",").to_uppercase();
        let row = place + 1;
        writeln!(
            text,
            "{row},Câu {row} của bộ {number}?,Phương án một {row},Phương án hai {row},Phương án ba {row},\
             \"{answer}\",{CANARY} {number}-{row},Điều {row}"
        )
        .expect("a text takes every line");
    }
    text
}
