//! What organizers decide once everything is published, while jobs go on as badly as before: they crash between any two
//! calls, overtake each other, and are in the middle of publishing when a file lands; sometimes two files land at once.

use super::{MINUTE, Story, ids};
use contest::decision::{ActionKind, of_round};
use contest::ids::RoundId;
use contest::time::Timestamp;
use serde_json::Value;
use std::collections::BTreeMap;
use tests::network::{Fault, Moment};
use tests::storage::Objects;
use tests::{CONTEST, FIRST, SECOND, SECOND_PUBLISHES, instant};

const HEADER: &str = "Mã dự thi;Vòng;Lượt;Xử lý;Câu;Đáp án;Thứ tự;Lý do;Quyết định;Ngày\n";
const FILE: &str = "adjudications.csv";

/// A row of the table, and its reason, which no other row has.
#[derive(Clone)]
struct Row {
    line: String,
    reason: String,
}

/// Everything that was decided, and what must never change any more.
#[derive(Default)]
struct Decided {
    rows: Vec<Row>,
    /// How many rows were thought of.
    thought: usize,
    /// Files of versions.
    files: Objects,
    /// Live versions, by the path of their pointer.
    live: BTreeMap<String, u64>,
}

impl Story {
    /// Organizers decide a few times. Returns how many of their rows came in force: all of them.
    pub(super) async fn decide_and_publish(&mut self) -> usize {
        let mut at = instant(SECOND_PUBLISHES).plus_millis(60 * MINUTE);
        let mut decided = Decided::default();
        self.all_is_well(at).await;
        self.nothing_goes_back(&mut decided).await;
        for _ in 0..1 + self.dice.below(3) {
            at = at.plus_millis(self.dice.between(20 * MINUTE, 300 * MINUTE));
            self.network.set_date(at);
            self.stage.world.clock.advance_to_at_least(at);
            let rows = [self.thought(&mut decided), self.thought(&mut decided)];
            match self.dice.below(3) {
                0 => self.upload_two_at_once(&mut decided, rows).await,
                1 => self.upload_while_publishing(&mut decided, rows, at).await,
                _ => self.upload_with_faults(&mut decided, rows.concat()).await,
            }
            for _ in 0..self.dice.below(4) {
                at = at.plus_millis(5 * MINUTE);
                self.network.set_date(at);
                self.sweep_badly(at).await;
                self.nothing_goes_back(&mut decided).await;
            }
        }
        self.all_is_well(at.plus_millis(60 * MINUTE)).await;
        self.nothing_goes_back(&mut decided).await;
        self.every_decision_is_published(&decided).await;
        let before = self.stage.objects("site").await;
        self.all_is_well(at.plus_millis(120 * MINUTE)).await;
        assert!(before == self.stage.objects("site").await, "seed {}: there was something left to do", self.seed);
        decided.rows.len()
    }

    async fn all_is_well(&mut self, at: Timestamp) {
        self.network.set_date(at);
        let swept = self.stage.sweep_alone(at).await;
        swept.unwrap_or_else(|error| panic!("seed {}: {error:#}", self.seed));
    }

    /// One or two rows of a decision, mostly about the round that was played.
    fn thought(&mut self, decided: &mut Decided) -> Vec<Row> {
        let number = if self.dice.chance(5) { format!("{:02}/QĐ-BTC", 1 + self.dice.below(3)) } else { String::new() };
        (0..1 + self.dice.below(2)).map(|_| self.row(decided, &number)).collect()
    }

    fn row(&mut self, decided: &mut Decided, number: &str) -> Row {
        decided.thought += 1;
        let reason = format!("Lý do {}.", decided.thought);
        let kind = ActionKind::ALL[self.dice.below(ActionKind::ALL.len())];
        let dice = &mut self.dice;
        let round = if dice.chance(8) { FIRST } else { SECOND };
        let person = self.people[dice.below(self.people.len())].code.clone();
        let [mut who, mut attempt, mut question, mut answer, mut place] = [const { String::new() }; 5];
        match kind {
            ActionKind::Disqualify | ActionKind::Reinstate => {
                who = person;
                attempt = if dice.chance(4) { (1 + dice.below(3)).to_string() } else { String::new() };
            }
            ActionKind::Void => question = (1 + dice.below(6)).to_string(),
            ActionKind::Rekey => {
                question = (1 + dice.below(6)).to_string();
                answer = dice.of(&["A", "B", "C"]).to_owned();
            }
            ActionKind::Order => {
                who = person;
                place = (1 + dice.below(4)).to_string();
            }
            ActionKind::Forfeit => who = person,
            ActionKind::Recognize => {}
        }
        let number = if number.is_empty() && kind == ActionKind::Recognize { "09/QĐ-BTC" } else { number };
        let day = if number.is_empty() { "" } else { "20/3/2026" };
        let line = format!("{who};{round};{attempt};{kind};{question};{answer};{place};{reason};{number};{day}\n");
        Row { line, reason }
    }

    fn file(decided: &Decided, more: &[Row]) -> String {
        let rows = decided.rows.iter().chain(more).map(|row| row.line.as_str());
        format!("{HEADER}{}", rows.collect::<String>())
    }

    /// One call of the importer fails, and the event comes again.
    async fn upload_with_faults(&mut self, decided: &mut Decided, rows: Vec<Row>) {
        let faults = [(self.dice.below(40), Fault::ALL[self.dice.below(4)])];
        let upload = self.stage.upload(FILE, Self::file(decided, &rows));
        let (report, _) = self.network.with(&faults, upload).await;
        assert_eq!(report["status"], "accepted", "seed {}: {report}", self.seed);
        decided.rows.extend(rows);
        self.each_is_in_force_once(decided, &[]).await;
    }

    /// Two files land while a publisher is between two calls, one after the other.
    async fn upload_while_publishing(&mut self, decided: &mut Decided, rows: [Vec<Row>; 2], at: Timestamp) {
        let call = self.dice.below(60);
        let (stage, seed) = (&self.stage, self.seed);
        let mut landed = 0;
        let other = async {
            for rows in rows.clone() {
                let report = stage.upload(FILE, Self::file(decided, &rows)).await;
                assert_eq!(report["status"], "accepted", "seed {seed}: {report}");
                decided.rows.extend(rows);
                landed += 1;
                // What the first has decided is scored, and perhaps published, before the second comes.
                let _said = stage.close(at).await;
            }
        };
        let _said = self.network.interrupted(Moment::Call(call), stage.publish_alone(at), other).await;
        for rows in rows.into_iter().skip(landed) {
            self.upload_with_faults(decided, rows).await;
        }
        self.each_is_in_force_once(decided, &[]).await;
    }

    /// Another file lands while the importer is between two calls about the first; whoever reads the reports then
    /// uploads what is not in force.
    async fn upload_two_at_once(&mut self, decided: &mut Decided, rows: [Vec<Row>; 2]) {
        let call = self.dice.below(40);
        let files = rows.clone().map(|rows| Self::file(decided, &rows));
        let s3 = &self.stage.world.s3;
        let put = |file: &String| {
            let put = s3.put_object().bucket("uploads").key(format!("{CONTEST}/{FILE}"));
            put.body(file.clone().into_bytes().into()).send()
        };
        let mut second = std::pin::pin!(put(&files[1]));
        let other = async {
            let landed = async {
                let path = format!("{CONTEST}/{FILE}");
                while self.stage.object("uploads", &path).await.as_deref() != Some(files[1].as_bytes()) {}
            };
            tokio::select! {
                _ = &mut second => panic!("it is imported before the first"),
                () = landed => {}
            }
        };
        let first = self.network.interrupted(Moment::Call(call), put(&files[0]), other).await;
        first.expect("it is written");
        // It is on its way, or comes now.
        second.await.expect("it is written");
        let report = self.stage.report(FILE).await.expect("a report");
        let codes: Vec<&Value> = report["errors"].as_array().expect("a list").iter().map(|e| &e["code"]).collect();
        assert!(codes.iter().all(|code| **code == "decision_left_out"), "seed {}: {report}", self.seed);
        let is_second = report["status"] == "accepted";
        let [first, second] = rows;
        let (in_force, left) = if is_second { (second, first) } else { (first, second) };
        decided.rows.extend(in_force);
        self.each_is_in_force_once(decided, &left).await;
        self.upload_with_faults(decided, left).await;
    }

    /// Every accepted row is, and none of those that were left out.
    async fn each_is_in_force_once(&self, decided: &Decided, left: &[Row]) {
        let decisions = self.stage.decisions().await;
        let mut reasons: Vec<&str> =
            decisions.iter().flat_map(|decision| &decision.changes).map(|change| change.reason.as_str()).collect();
        let mut expected: Vec<&str> = decided.rows.iter().map(|row| row.reason.as_str()).collect();
        reasons.sort_unstable();
        expected.sort_unstable();
        assert_eq!(reasons, expected, "seed {}", self.seed);
        assert!(left.iter().all(|row| !reasons.contains(&row.reason.as_str())), "seed {}", self.seed);
    }

    /// A closer or a publisher dies anywhere, or is overtaken there by another one.
    async fn sweep_badly(&mut self, at: Timestamp) {
        let call = self.dice.below(200);
        let clock = at.plus_millis(self.dice.between(-5 * MINUTE, 5 * MINUTE));
        let (network, stage) = (&self.network, &self.stage);
        let other = async {
            // Whatever it says: it is woken again.
            let _said = stage.sweep_alone(at).await;
        };
        match self.dice.below(4) {
            0 => network.crashing(call / 4, stage.close(clock)).await,
            1 => network.crashing(call, stage.sweep_alone(clock)).await,
            2 => drop(network.interrupted(Moment::Call(call), stage.sweep_alone(clock), other).await),
            _ => {
                let faults = [(call, Fault::ALL[self.dice.below(4)])];
                drop(network.with(&faults, stage.sweep_alone(clock)).await);
            }
        }
    }

    /// A file of a version never changes, no live version falls, and whoever follows a pointer finds every file.
    async fn nothing_goes_back(&self, decided: &mut Decided) {
        let site = self.stage.objects("site").await;
        let seed = self.seed;
        for (path, bytes) in &decided.files {
            assert!(site.get(path) == Some(bytes), "seed {seed}: {path} is another");
        }
        let json = |path: &str| -> Value {
            let bytes = site.get(path).unwrap_or_else(|| panic!("seed {seed}: {path} is named and not there"));
            serde_json::from_slice(bytes).expect("JSON")
        };
        let of_a_version = |path: &&String| path.contains("/rounds/") || path.contains("/overall/");
        for path in site.keys().filter(of_a_version) {
            let Some(folder) = path.strip_suffix("index.json") else {
                decided.files.insert(path.clone(), site[path].clone());
                continue;
            };
            let pointer = json(path);
            let live = pointer["version"].as_u64().expect("a version");
            let before = decided.live.insert(path.clone(), live).unwrap_or(0);
            assert!(before <= live, "seed {seed}: {path} fell from {before} to {live}");
            let folder = format!("{folder}{}", pointer["path"].as_str().expect("a path"));
            for file in json(&format!("{folder}manifest.json"))["files"].as_array().expect("a list") {
                let path = format!("{folder}{}", file["name"].as_str().expect("a name"));
                assert!(site.contains_key(&path), "seed {seed}: {path} is named and not there");
            }
        }
    }

    /// Each decision about a round has a version there, and the newest rests on all of them; what is over the contest
    /// follows from the newest; and the verifier comes to every version by itself.
    async fn every_decision_is_published(&self, decided: &Decided) {
        let (seed, decisions) = (self.seed, self.stage.decisions().await);
        let mut newest = Vec::new();
        for round in [FIRST, SECOND] {
            let about = of_round(&decisions, &RoundId::parse(round).expect("an id")).len();
            let pointer = self.stage.round(round).json("index.json").await;
            let history = pointer["history"].as_array().expect("a list");
            let versions: Vec<u64> = history.iter().filter_map(|entry| entry["version"].as_u64()).collect();
            let live = pointer["version"].as_u64().expect("a version");
            assert_eq!(versions, (1..=live).collect::<Vec<_>>(), "seed {seed}: {round}");
            // Only a later round has versions for other winners of an earlier one.
            let has_one_each = if round == FIRST { live == 1 + about as u64 } else { live > about as u64 };
            assert!(has_one_each, "seed {seed}: {round} has {live} versions for {about} decisions");
            newest.push(live);
            let rows = decided.rows.iter().filter(|row| row.line.contains(&format!(";{round};")));
            let reasons: Vec<&str> = rows.map(|row| row.reason.as_str()).collect();
            if reasons.is_empty() {
                continue;
            }
            let published = self.stage.round(round).file(&format!("v{live}/decisions.json")).await;
            let published = String::from_utf8(published).expect("UTF-8");
            for reason in reasons {
                let times = published.matches(&format!("\"{reason}\"")).count();
                assert_eq!(times, 1, "seed {seed}: {round} v{live} rests on {reason:?}");
            }
        }
        let overall: Value = serde_json::from_slice(&self.stage.site("overall/index.json").await).expect("JSON");
        let manifest = format!("overall/{}manifest.json", overall["path"].as_str().expect("a path"));
        let manifest: Value = serde_json::from_slice(&self.stage.site(&manifest).await).expect("JSON");
        let follows = manifest["follows"].as_array().expect("a list");
        let follows: Vec<u64> = follows.iter().filter_map(|followed| followed["version"].as_u64()).collect();
        assert_eq!(follows, newest, "seed {seed}");
        assert_eq!(self.stage.verified(&format!("/contests/{}", ids().0), &[]).await, Ok(2), "seed {seed}");
    }
}
