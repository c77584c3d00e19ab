//! What officials should look at after a round, and how its questions were answered.

use super::editions::decision;
use super::{Sheet, everybody, folder, play_all, pseudonyms, registered};
use contest::decision::Action;
use contest::ids::QuestionId;
use serde_json::{Value, json};
use tests::{Contestant, FIRST, Folder, OPENS, PUBLISHES, Stage};

/// The first three have one telephone; the fourth is faster than anybody reads, the fifth under the floor of 30 seconds.
const SHEETS: [Sheet; 5] = [(1, 4, 60, Some(4)), (2, 3, 70, None), (3, 2, 80, None), (4, 4, 7, None), (5, 1, 29, None)];

async fn played(folder: &Folder) -> (Stage, Vec<Contestant>) {
    let stage = Stage::with(folder).await;
    let forms = everybody().enumerate().map(|(place, mut form)| {
        if place < 3 {
            form.insert("phone".to_owned(), json!("0912345678"));
        }
        form
    });
    let people = stage.door.register_all(forms).await;
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, OPENS, &SHEETS).await;
    (stage, people)
}

/// Rows of a table for officials, without its heading.
async fn table(stage: &Stage, version: u32, name: &str) -> Vec<Vec<String>> {
    let path = format!("thi-thu/rounds/vong-1/v{version}/{name}");
    let bytes = stage.object("officials", &path).await.unwrap_or_else(|| panic!("no {path}"));
    let text = String::from_utf8(bytes).expect("UTF-8");
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    text.lines().skip(1).map(cells).collect()
}

/// The cells of a line; those with a semicolon stand in quotation marks.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    for character in line.chars() {
        match character {
            '"' => is_quoted = !is_quoted,
            ';' if !is_quoted => cells.push(String::new()),
            other => cells.last_mut().expect("never empty").push(other),
        }
    }
    cells
}

#[tokio::test]
async fn a_shared_telephone_and_fast_sheets_are_listed_and_nobody_is_removed() {
    let floor = folder().with_plan("min_seconds = 0", "min_seconds = 30");
    let (stage, people) = played(&floor).await;
    stage.clock_well(PUBLISHES).await;
    let names = pseudonyms(&people).await;
    let rows = table(&stage, 1, "review.csv").await;
    let told: Vec<[&str; 3]> = rows.iter().map(|row| [&*row[0], &*row[1], &*row[2]]).collect();
    let expected = [
        ["1", "Chung số điện thoại", "Có"],
        ["2", "Làm bài quá nhanh", "Có"],
        ["3", "Dưới thời gian tối thiểu", "Không"],
    ];
    assert_eq!(told, expected, "{rows:#?}");
    for (name, pseudonym) in [("Nguyễn Văn An (Phường Bắc, ", 0), ("Trần Thị Bình (Phường Nam, ", 1)] {
        assert!(rows[0][3].contains(&format!("{name}{})", names[pseudonym])), "{:?}", rows[0]);
    }
    assert_eq!(rows[1][3], format!("Lê Thị Dung (Phường Bắc, {})", names[3]));
    assert_eq!(rows[1][4], "7 giây cho 4 câu; đúng 4/4; 1 bài; tối thiểu 30 giây");
    assert_eq!(rows[2][3], format!("Hoàng Văn Đức (Tổ dân phố 1, {})", names[4]));
    let ranking = super::table(&stage, "v1/ranking.csv").await;
    assert_eq!(ranking.len(), SHEETS.len(), "all of them are ranked");
    for code in people.iter().map(|person| &person.code) {
        assert!(!rows.iter().flatten().any(|cell| cell.contains(code.as_str())), "{code} signs in");
    }
}

/// What `questions.csv` should say, counted on the ledger.
async fn counted(stage: &Stage) -> Vec<(String, Vec<String>)> {
    let ledger = stage.round(FIRST).ledger().await;
    let key = stage.round(FIRST).json("v1/key.json").await["key"].clone();
    let mut rows = Vec::new();
    for (question, right) in key.as_object().expect("a key") {
        let chosen: Vec<&Value> = ledger.iter().filter_map(|line| line["answers"].get(question)).collect();
        let share = |is: &dyn Fn(&Value) -> bool| {
            let hundredths = chosen.iter().filter(|chosen| is(chosen)).count() * 10_000 / chosen.len();
            format!("{},{:02}", hundredths / 100, hundredths % 100)
        };
        let holds =
            |letter: &'static str| move |set: &Value| set.as_array().is_some_and(|set| set.contains(&json!(letter)));
        let mut cells = vec![chosen.len().to_string(), share(&|set| set == right)];
        cells.extend(["a", "b", "c"].map(|letter| share(&holds(letter))));
        rows.push((question.clone(), cells));
    }
    rows
}

#[tokio::test]
async fn questions_have_their_shares_and_a_voided_one_says_so() {
    let (stage, _) = played(&folder()).await;
    stage.clock_well(PUBLISHES).await;
    let rows = table(&stage, 1, "questions.csv").await;
    let told: Vec<(String, Vec<String>)> = rows.iter().map(|row| (row[0].clone(), row[3..8].to_vec())).collect();
    assert_eq!(told, counted(&stage).await);
    assert_eq!(rows.iter().map(|row| &*row[2]).collect::<Vec<_>>(), ["B", "A", "C", "A,C", "B", "C"]);
    assert!(
        rows.iter().all(|row| row.len() == 13 && row[1].starts_with("Câu ") && row[8..11].iter().all(String::is_empty))
    );
    let void = Action::Void(QuestionId::parse("q02").expect("an id"));
    stage.decide(decision(1, "2026-03-10T09:00:00+07:00", &[void])).await;
    stage.world.sweep().await.expect("an edition is made");
    let after = table(&stage, 2, "questions.csv").await;
    assert_eq!((&*after[1][2], &*after[1][12]), ("đã hủy", ""));
    assert!(after.iter().zip(&rows).all(|(after, before)| after[3..12] == before[3..12]), "the answers are the same");
}

#[tokio::test]
async fn a_secret_key_is_not_read_and_perfect_sheets_tell_of_it() {
    let secret = folder().with_plan("reveal_key = \"published\"", "reveal_key = \"never\"");
    let (stage, people) = registered(&secret).await;
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, OPENS, &[(1, 4, 60, None), (2, 3, 60, None), (3, 3, 60, None)]).await;
    stage.clock_well(PUBLISHES).await;
    let rows = table(&stage, 1, "questions.csv").await;
    let right = ["B", "A", "C", "A,C", "B", "C"];
    assert_eq!(rows.iter().filter(|row| !row[2].is_empty()).count(), 4, "those of the one perfect sheet");
    assert!(
        rows.iter()
            .zip(right)
            .all(|(row, right)| row[2].is_empty() == row[4].is_empty() && [right, ""].contains(&&*row[2]))
    );
}
