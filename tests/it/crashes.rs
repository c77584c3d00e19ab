//! The program under load, killed by `kill -9` in the middle of whatever it does, and started again on the same
//! folder. Every receipt that was given before is on the published ledger, once.

use crate::served::{Server, upload};
use http::Method;
use local::commands::verify::verify_quietly;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tests::dice::Dice;
use tests::sheet;
use tests::{CONTEST, FIRST, Folder, OPENS, PUBLISHES};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::Notify;
use tokio::task::JoinSet;

const BEGINS: &str = "2026-03-01T09:00:00+07:00";
const KILLS: usize = 12;
const PEOPLE: u32 = 6;
const SEED: u64 = 2026;

/// A life of the program.
struct Life {
    process: Child,
    server: Server,
    http_url: String,
    s3_url: String,
}

/// Beside the program that runs this test.
fn program() -> PathBuf {
    let test = std::env::current_exe().expect("a test is a program");
    let program = test.ancestors().nth(2).expect("in target").join("hoithi");
    assert!(program.is_file(), "{} is not there: cargo build --workspace --all-targets", program.display());
    program
}

impl Life {
    async fn begin(data: &Path, clock: Option<&str>) -> Self {
        let mut command = Command::new(program());
        command.arg("serve").arg("--data").arg(data);
        for port in ["--listen", "--s3-listen", "--dynamodb-listen"] {
            command.args([port, "127.0.0.1:0"]);
        }
        command.args(clock.into_iter().flat_map(|clock| ["--clock", clock]));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
        let mut process = command.spawn().expect("it starts");
        let mut lines = BufReader::new(process.stdout.take().expect("an output")).lines();
        let line = lines.next_line().await.expect("it speaks").expect("it is ready, after whatever crash");
        let words: Vec<&str> = line.split(' ').collect();
        let ["ready", http_url, s3, _] = words[..] else { panic!("{line}") };
        let s3_url = s3.trim_start_matches("s3=").to_owned();
        Self { process, server: Server::at(http_url), http_url: http_url.to_owned(), s3_url }
    }
}

/// Somebody who takes one attempt after the other.
struct Player {
    session: String,
    /// An attempt that was told to have begun, and its sheet.
    pending: Option<(u64, Value)>,
    /// Receipts by attempt.
    receipts: BTreeMap<u64, String>,
}

/// Counts requests, and calls the killer at one of them.
struct Trigger {
    requests: AtomicUsize,
    at: usize,
    reached: Notify,
}

impl Trigger {
    fn count(&self) {
        if self.requests.fetch_add(1, Ordering::Relaxed) == self.at {
            self.reached.notify_one();
        }
    }
}

impl Player {
    /// Plays until the server is gone, or for so many sheets; a sheet in doubt is sent again first.
    async fn play(mut self, server: Server, trigger: Arc<Trigger>, sheets: usize) -> Self {
        let path = format!("/v1/contests/{CONTEST}/rounds/{FIRST}/attempts");
        self.ask_again(&server, &path).await;
        for _ in 0..sheets {
            if self.pending.is_none() {
                trigger.count();
                let (status, started) = server.call(Method::POST, &path, Some(&self.session), None).await;
                if status == 0 {
                    return self;
                }
                assert!(matches!(status, 200 | 201), "{status} {started}");
                let number = started["attempt"].as_u64().expect("a number");
                assert!(!self.receipts.contains_key(&number), "attempt {number} is accepted and begins again");
                let sheet =
                    json!({ "answers": sheet::answers(&started["paper"], number as usize % 5), "prediction": number });
                self.pending = Some((number, sheet));
            }
            let (number, sheet) = self.pending.clone().expect("an attempt");
            trigger.count();
            let path = format!("{path}/{number}");
            let (status, accepted) = server.call(Method::PUT, &path, Some(&self.session), Some(&sheet)).await;
            if status == 0 {
                return self;
            }
            assert_eq!(status, 200, "attempt {number} had begun: {accepted}");
            self.receipts.insert(number, accepted["receipt"].as_str().expect("a receipt").to_owned());
            self.pending = None;
        }
        self
    }

    /// What was acknowledged last before the crash is still acknowledged, by the same bytes.
    async fn ask_again(&self, server: &Server, path: &str) {
        let Some((number, receipt)) = self.receipts.last_key_value() else { return };
        let (status, told) = server.call(Method::GET, &format!("{path}/{number}"), Some(&self.session), None).await;
        assert!(status == 0 || told["receipt"] == receipt.as_str(), "attempt {number}: {status} {told}");
    }
}

async fn play_all(players: Vec<Player>, server: &Server, trigger: &Arc<Trigger>, sheets: usize) -> Vec<Player> {
    let plays = players.into_iter().map(|player| player.play(server.clone(), Arc::clone(trigger), sheets));
    plays.collect::<JoinSet<_>>().join_all().await
}

fn trigger(at: usize) -> Arc<Trigger> {
    Arc::new(Trigger { requests: AtomicUsize::new(0), at, reached: Notify::new() })
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_was_acknowledged_before_a_crash_is_on_the_ledger_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut dice = Dice::new(SEED);
    let mut life = Life::begin(folder.path(), Some(BEGINS)).await;
    let small = Folder::small().with_plan("per_round = 3", "per_round = 0");
    upload(&local::engines::clients::s3(&life.s3_url), small).await;
    let sessions = life.server.register(PEOPLE).await.into_iter();
    let mut players: Vec<Player> =
        sessions.map(|session| Player { session, pending: None, receipts: BTreeMap::new() }).collect();
    life.server.clock(OPENS).await;
    for _ in 0..KILLS {
        let trigger = trigger(dice.below(60));
        let killed = async {
            trigger.reached.notified().await;
            life.process.start_kill().expect("it is killed");
        };
        let playing = play_all(players, &life.server, &trigger, usize::MAX);
        (players, ()) = tokio::join!(playing, killed);
        life.process.wait().await.expect("it is gone");
        life = Life::begin(folder.path(), None).await;
    }
    players = play_all(players, &life.server, &trigger(usize::MAX), 1).await;
    life.server.clock(PUBLISHES).await;
    compare(&life, &players).await;
}

/// The ledger holds a line for each receipt, and no other.
async fn compare(life: &Life, players: &[Player]) {
    let receipts: Vec<&String> = players.iter().flat_map(|player| player.receipts.values()).collect();
    assert!(receipts.len() > KILLS, "{} receipts", receipts.len());
    let mut promised: Vec<[String; 3]> = receipts
        .iter()
        .map(|receipt| {
            let lines: Vec<&str> = receipt.lines().collect();
            [lines[3], lines[4], lines[5]].map(str::to_owned)
        })
        .collect();
    promised.sort();
    let s3 = local::engines::clients::s3(&life.s3_url);
    let key = format!("contests/{CONTEST}/rounds/{FIRST}/v1/ledger.jsonl");
    let ledger = tests::storage::object_bytes(&s3, "site", &key).await.expect("a ledger");
    let mut kept: Vec<[String; 3]> = ledger
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| {
            let line: Value = serde_json::from_slice(line).expect("a line");
            let text = |name: &str| line[name].as_str().expect("a text").to_owned();
            [text("pseudonym"), line["attempt"].to_string(), text("submitted_at")]
        })
        .collect();
    kept.sort();
    assert_eq!(kept, promised, "the ledger and the receipts differ");
    let target = format!("{}/contests/{CONTEST}/rounds/{FIRST}", life.http_url);
    let shown: Vec<String> = receipts.iter().step_by(7).map(|receipt| (*receipt).clone()).collect();
    let checked = tokio::task::spawn_blocking(move || {
        shown.iter().map(|receipt| verify_quietly(&target, Some(receipt))).find(|checked| *checked != Ok(1))
    });
    assert_eq!(checked.await.expect("the verifier ends"), None);
}
