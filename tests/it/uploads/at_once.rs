//! Two files of decisions at once: whatever one run of the importer does between two calls of another, each decision that
//! is accepted is in force once, and the report on the newest file says what became of it.

use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use tests::network::{Moment, Network};
use tests::{Contestant, FIRST, Folder, OPENS, PUBLISHES, Play, START, Stage, crowd};

const HEADER: [&str; 4] = ["Mã dự thi", "Vòng", "Xử lý", "Lý do"];
const CSV: &str = "adjudications.csv";
const XLSX: &str = "adjudications.xlsx";

/// Rows in force, each with a reason of its own, and the stage where they are.
struct Decided {
    network: Network,
    stage: Stage,
    people: Vec<Contestant>,
    rows: Vec<[String; 4]>,
}

/// A file that lies where uploads land, and of which no run of the importer has been told yet.
struct Laid {
    event: Value,
    version: String,
}

impl Decided {
    async fn none() -> Self {
        let network = Network::default();
        let mut stage = Stage::on(START, Some(&network)).await;
        stage.add(&Folder::small().with_roster(crowd(2))).await;
        let people = stage.door.register_all(crowd(2)).await;
        stage.clock_well(OPENS).await;
        for (person, right) in people.iter().zip([4, 3]) {
            person.play(Play { round: FIRST, started_at: OPENS, seconds: 60, right, prediction: None }).await;
        }
        stage.clock_well(PUBLISHES).await;
        Self { network, stage, people, rows: Vec::new() }
    }

    /// A row that no file has yet, about one person or the other.
    fn row(&self, who: usize, reason: &str) -> [String; 4] {
        let action = if self.rows.len().is_multiple_of(4) { "disqualify" } else { "reinstate" };
        let reason = format!("{reason} {}", self.rows.len());
        [self.people[who].code.clone(), FIRST.to_owned(), action.to_owned(), reason]
    }

    fn file(&self, name: &str, more: &[[String; 4]]) -> Vec<u8> {
        let header = HEADER.map(str::to_owned);
        let rows = std::iter::once(&header).chain(&self.rows).chain(more);
        if name == CSV {
            return rows.map(|row| row.join(";") + "\n").collect::<String>().into_bytes();
        }
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        for (number, row) in (0..).zip(rows) {
            sheet.write_row(number, 0, row).expect("a sheet takes every row");
        }
        workbook.save_to_buffer().expect("a workbook")
    }

    /// Lays down a file whose event is lost on its way.
    async fn lay(&self, name: &str, bytes: Vec<u8>) -> Laid {
        let key = format!("{}/{name}", self.stage.door.contest);
        let put = self.stage.world.s3.put_object().bucket("uploads").key(&key).body(bytes.into()).send();
        let mut version = None;
        let laid = async { version = put.await.expect("it is written").version_id().map(str::to_owned) };
        self.network.crashing(0, laid).await;
        self.stage.logbook.expect_undelivered();
        let version = version.expect("a version");
        let object = json!({ "key": key, "versionId": version });
        let record = json!({
            "eventName": "ObjectCreated:Put",
            "eventTime": "2026-03-08T10:00:00.000Z",
            "userIdentity": {},
            "requestParameters": {},
            "responseElements": {},
            "s3": { "bucket": {}, "object": object },
        });
        Laid { event: json!({ "Records": [record] }), version }
    }

    async fn import(&self, laid: &Laid) {
        let event = serde_json::from_value(laid.event.clone()).expect("an event");
        let world = &self.stage.world;
        let imported = Box::pin(world.functions.import_upload.handle(event, world.clock.now())).await;
        imported.expect("it is imported");
    }

    /// The reasons in force, each as often as it is.
    async fn reasons(&self) -> Vec<String> {
        let decisions = self.stage.decisions().await;
        decisions.into_iter().flat_map(|decision| decision.changes).map(|change| change.reason).collect()
    }

    /// Which of these rows are in force, besides all that were before.
    async fn added(&self, of: &[[String; 4]], told: &str) -> Vec<bool> {
        let mut reasons = self.reasons().await;
        for [.., reason] in &self.rows {
            let at = reasons.iter().position(|other| other == reason);
            reasons.remove(at.unwrap_or_else(|| panic!("{told}: {reason} is lost")));
        }
        let added = of.iter().map(|[.., reason]| reasons.iter().filter(|other| *other == reason).count());
        let added: Vec<usize> = added.collect();
        assert!(added.iter().all(|count| *count <= 1), "{told}: {added:?}");
        assert_eq!(added.iter().sum::<usize>(), reasons.len(), "{told}: {reasons:?}");
        added.into_iter().map(|count| count == 1).collect()
    }

    /// Whether the report on a file says that it was accepted; where not, that it lacks a row in force.
    async fn is_accepted(&self, name: &str, version: &str, told: &str) -> bool {
        let report = self.stage.report(name).await.expect("a report");
        assert_eq!(report["version_id"], version, "{told}: the report is about another file: {report}");
        let codes: Vec<&Value> = report["errors"].as_array().expect("a list").iter().map(|e| &e["code"]).collect();
        assert!(codes.iter().all(|code| **code == "decision_left_out"), "{told}: {report}");
        assert_eq!(report["status"] == "accepted", codes.is_empty(), "{told}: {report}");
        codes.is_empty()
    }

    /// What both have decided, in one file, as whoever reads the reports uploads it.
    async fn merge(&mut self, name: &str, rows: [[String; 4]; 2], told: &str) {
        self.stage.accept(name, self.file(name, &rows)).await;
        assert_eq!(self.added(&rows, told).await, [true, true], "{told}");
        self.rows.extend(rows);
    }

    /// The versions rest on every row, one after the other.
    async fn are_published(&self) {
        self.stage.sweep_alone(PUBLISHES).await.expect("editions are made");
        let live = self.stage.round(FIRST).json("index.json").await["version"].clone();
        assert_eq!(live, self.rows.len() + 1, "each row came with a file of its own");
        let decided = self.stage.round(FIRST).file(&format!("v{live}/decisions.json")).await;
        let decided = String::from_utf8(decided).expect("UTF-8");
        for [.., reason] in &self.rows {
            assert_eq!(decided.matches(&format!("\"{reason}\"")).count(), 1, "{reason}");
        }
        assert_eq!(self.stage.round(FIRST).verified(&[]).await, Ok(1));
    }
}

/// A second file comes before each call of the run that imports the first, and is imported by then.
async fn overtaken(names: [&str; 2]) {
    let (mut decided, mut at) = (Decided::none().await, 0);
    loop {
        let rows = [decided.row(0, "Dùng hai tài khoản"), decided.row(1, "Thi hộ")];
        let first = decided.lay(names[0], decided.file(names[0], &rows[..1])).await;
        let mut second = None;
        let other = async {
            let laid = decided.lay(names[1], decided.file(names[1], &rows[1..])).await;
            decided.import(&laid).await;
            second = Some(laid);
        };
        decided.network.interrupted(Moment::Call(at), decided.import(&first), other).await;
        let Some(second) = second else {
            decided.rows.extend(rows.into_iter().take(1));
            break;
        };
        let told = format!("{names:?}, overtaken before call {at}");
        let added = decided.added(&rows, &told).await;
        let is_accepted = decided.is_accepted(names[1], &second.version, &told).await;
        assert_eq!(added, [!is_accepted, is_accepted], "{told}");
        if names[0] != names[1] {
            assert_eq!(decided.is_accepted(names[0], &first.version, &told).await, !is_accepted, "{told}");
        }
        // The event of the first comes once more, and changes nothing.
        decided.import(&first).await;
        assert_eq!(decided.added(&rows, &told).await, added, "{told}");
        assert_eq!(decided.is_accepted(names[1], &second.version, &told).await, is_accepted, "{told}");
        decided.merge(names[1], rows, &told).await;
        at += 1;
    }
    assert!(at > 5, "it makes {at} calls");
    decided.are_published().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_in_two_versions_of_a_file_at_once_are_in_force_once() {
    overtaken([CSV, CSV]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_in_a_table_and_a_workbook_at_once_are_in_force_once() {
    overtaken([CSV, XLSX]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_decision_in_a_table_and_a_workbook_at_once_is_in_force_once() {
    let mut decided = Decided::none().await;
    for at in 0..30 {
        let row = [decided.row(0, "Dùng hai tài khoản")];
        let first = decided.lay(CSV, decided.file(CSV, &row)).await;
        let other = async {
            let second = decided.lay(XLSX, decided.file(XLSX, &row)).await;
            decided.import(&second).await;
        };
        decided.network.interrupted(Moment::Call(at), decided.import(&first), other).await;
        assert_eq!(decided.added(&row, &format!("before call {at}")).await, [true]);
        assert!(decided.is_accepted(CSV, &first.version, "both say the same").await);
        decided.rows.extend(row);
    }
    decided.are_published().await;
}

/// What a newer version of any file has put in force, an older one that is judged later does not take back.
#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_is_judged_late_does_not_undo_a_newer_one() {
    let network = Network::default();
    let folder = Folder::small();
    let plan = |amount: u32| {
        let changed = folder.clone().with_plan("amount = 1000000", &format!("amount = {amount}"));
        changed.text("contest.toml").into_bytes()
    };
    let mut stage = Stage::on(START, Some(&network)).await;
    stage.add(&folder).await;
    let decided = Decided { network, stage, people: Vec::new(), rows: Vec::new() };
    for at in 0.. {
        let first = decided.lay("contest.toml", plan(2_000_000)).await;
        let mut second = None;
        let other = async {
            let laid = decided.lay("contest.toml", plan(3_000_000 + at)).await;
            decided.import(&laid).await;
            second = Some(laid);
        };
        decided.network.interrupted(Moment::Call(at as usize), decided.import(&first), other).await;
        let Some(second) = second else { break };
        let report = decided.stage.report("contest.toml").await.expect("a report");
        assert_eq!(report["version_id"], second.version.as_str(), "before call {at}");
        let public = decided.stage.contest_json().await;
        assert!(public.to_string().contains(&(3_000_000 + at).to_string()), "before call {at}: {public}");
    }
}
