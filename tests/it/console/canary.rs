//! What is right, before anybody may know it: in no answer to an organizer, in no line of the log, in no entry of theirs, and
//! in no object that their function may read. Two contests that differ in nothing else are told in the same words; and what
//! people have typed of themselves is written down nowhere.

use crate::calls::{granted, matches};
use crate::publishing::folder;
use contest::organizers::Role;
use contest::time::Timestamp;
use function::http::Access;
use http::Method;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use tests::reply::Reply;
use tests::{CANARY, CLOSES, CONTEST, Contestant, FIRST, OPENS, Play, START, Staff, Stage, instant, right_letters};

/// Of the person who is looked up.
const PERSONAL: [&str; 7] =
    ["001090000001", "0912000001", "912000001", "Nguyễn Văn An", "nguyen van an", "1990-05-17", "17/05/1990"];

/// The right options of the question at a place: as many in either turn, since papers say how many to choose.
fn right(place: usize, turn: usize) -> Vec<&'static str> {
    const NEXT: [(&str, &str); 3] = [("a", "b"), ("b", "c"), ("c", "a")];
    let letters = right_letters(place).iter().map(|letter| match NEXT.iter().find(|(of, _)| of == letter) {
        Some((_, next)) if turn > 0 => *next,
        _ => *letter,
    });
    let mut letters: Vec<&str> = letters.collect();
    letters.sort_unstable();
    letters
}

/// A bank; where `turn` is another, other options are right and other explanations say so. The first answer may be written
/// otherwise.
fn bank(number: u32, turn: usize, first: Option<&str>) -> String {
    let mut text = String::from("STT,Câu hỏi,A,B,C,Đáp án,Giải thích,Nguồn\n");
    for place in 0..6 {
        let written = right(place, turn).join(",").to_uppercase();
        let answer = first.filter(|_| place == 0).unwrap_or(&written);
        let row = place + 1;
        writeln!(
            text,
            "{row},Câu {row} của bộ {number}?,Một {row},Hai {row},Ba {row},\"{answer}\",{CANARY} {turn},Điều {row}"
        )
        .expect("a text takes every line");
    }
    text
}

/// The canonical key of these banks.
fn key(turn: usize) -> String {
    let member = |place: usize| format!("\"q{:02}\":[\"{}\"]", place + 1, right(place, turn).join("\",\""));
    (0..6).map(member).collect::<Vec<_>>().join(",")
}

/// One contest, and everything that was told of it.
struct Told {
    stage: Stage,
    people: Vec<Contestant>,
    turn: usize,
    /// By step, route and role.
    replies: BTreeMap<String, String>,
}

impl Told {
    async fn of(turn: usize) -> Self {
        let banks = folder().with_file("bank-1.csv", bank(1, turn, None)).with_file("bank-2.csv", bank(2, turn, None));
        let stage = Stage::with(&banks).await;
        let people = stage.door.register_all(crate::publishing::everybody()).await;
        Self { stage, people, turn, replies: BTreeMap::new() }
    }

    /// Everybody who may have an account, at an instant.
    async fn staff(&self, at: Timestamp) -> Vec<(&'static str, Staff)> {
        let mut staff = Vec::new();
        for role in Role::ALL {
            let login = format!("{}-{}", role.as_str(), at.millis() / 1_000);
            staff.push((role.as_str(), self.stage.staff(&login, role.as_str(), CONTEST, at).await));
        }
        staff.push(("everywhere", self.stage.staff(&format!("all-{}", at.millis() / 1_000), "lead", "*", at).await));
        staff
    }

    fn hear(&mut self, step: &str, route: &str, role: &str, reply: &Reply) {
        self.replies.insert(format!("{step} {route} {role}"), format!("{} {}", reply.status, reply.text()));
    }

    /// Asks every route of everybody.
    async fn ask_everything(&mut self, step: &str, at: Timestamp) {
        let staff = self.staff(at).await;
        let (_, clerk) = staff.iter().find(|(role, _)| *role == "organizer").expect("there is one");
        let change = json!({ "action": "disqualify", "round": FIRST, "contestant": self.people[0].code });
        let form = json!({ "changes": [change], "reason": "Thi hộ" });
        let made = clerk.call(Method::POST, &format!("contests/{CONTEST}/proposals"), Some(form)).await;
        let made: Value = serde_json::from_slice(&made.body).unwrap_or_default();
        let proposal = made["proposal"].as_str().unwrap_or("aaaaaaaaaaaaaaaa").to_owned();
        if made["proposal"].is_string() {
            let path = format!("contests/{CONTEST}/proposals/{proposal}/preview");
            clerk.call(Method::POST, &path, None).await.expect(202);
            self.stage.clock_well(&at.plus_millis(30_000).rfc3339()).await;
        }
        let keys: Vec<String> =
            organizer_api::routes().filter(|(_, of)| *of == Access::Session).map(|(key, _)| key).collect();
        for key in keys.iter().filter(|key| *key != "DELETE /v1/organizer/sessions") {
            let (method, pattern) = key.split_once(' ').expect("method and path");
            let method: Method = method.parse().expect("a method");
            for path in self.paths(pattern, &proposal) {
                for form in self.forms(key) {
                    for (role, who) in &staff {
                        let reply = match method {
                            Method::PUT if path.contains("/files/") => continue,
                            Method::GET => who.get(&path).await,
                            _ => who.call(method.clone(), &path, form.clone()).await,
                        };
                        let form = form.as_ref().map(Value::to_string).unwrap_or_default();
                        self.hear(step, &format!("{method} {path} {form}"), role, &reply);
                    }
                }
            }
        }
    }

    /// The paths of a route: every file, and both rounds.
    fn paths(&self, pattern: &str, proposal: &str) -> Vec<String> {
        let path = pattern.trim_start_matches("/v1/organizer/").replace("{c}", CONTEST).replace("{p}", proposal);
        let path = path.replace("{from}", "1").replace("{id}", &self.people[0].code).replace("{s}", "none");
        let path = path.replace("{v}", "1").replace("{file}", "ranking.csv").replace("{n}", "1");
        let each = |paths: Vec<String>, part: &str, of: &[&str]| -> Vec<String> {
            let filled = |path: String| -> Vec<String> {
                if path.contains(part) { of.iter().map(|of| path.replace(part, of)).collect() } else { vec![path] }
            };
            paths.into_iter().flat_map(filled).collect()
        };
        let files = ["contest.toml", "units.csv", "roster.csv", "excluded.csv", "bank-1.csv", "bank-2.csv"];
        each(each(vec![path], "{name}", &files), "{r}", &[FIRST, "vong-2"])
    }

    fn forms(&self, key: &str) -> Vec<Option<Value>> {
        if !key.starts_with("POST") && !key.starts_with("PATCH") && !key.starts_with("PUT") {
            return vec![None];
        }
        let route = key.rsplit('/').next().unwrap_or_default();
        let looked_up = [("code", "A-001"), ("citizen_id", PERSONAL[0]), ("phone", PERSONAL[1]), ("name", PERSONAL[3])];
        match route {
            "search" => looked_up.iter().map(|(by, value)| Some(json!({ "by": by, "value": value }))).collect(),
            "paper" => (0..4).map(|seed| Some(json!({ "seed": seed }))).collect(),
            "plan" => vec![Some(json!({ "toml": folder().text("contest.toml") }))],
            "resets" => vec![Some(json!({ "reason": "Quên", "checked": "in_person" }))],
            "{id}" => vec![Some(json!({ "unit": "nam", "reason": "Nhầm" })), Some(json!({ "reason": "x" }))],
            "approve" => vec![Some(json!({ "preview_sha256": "0".repeat(64) }))],
            "watch" | "preview" => vec![None],
            _ => vec![Some(json!({}))],
        }
    }

    /// A bank comes with a fault, and then with a letter of another alphabet: what the reports say of either.
    async fn bring_a_bank(&mut self, at: Timestamp) {
        let staff = self.staff(at).await;
        let (_, author) = staff.iter().find(|(role, _)| *role == "author").expect("there is one");
        let path = format!("contests/{CONTEST}/files/bank-2.csv/report");
        // The second option or the third, in words; then letters of Cyrillic.
        for (step, first) in [("faulty", ["hai", "ba"]), ("alike", ["В", "С"])] {
            let listed = author.get(&format!("contests/{CONTEST}")).await.expect(200);
            let mut files = listed["files"].as_array().expect("files").iter();
            let tag = files.find(|file| file["name"] == "bank-2.csv").expect("it stands there")["etag"].clone();
            let text = bank(2, self.turn, Some(first[self.turn]));
            let taken = author.put_file(CONTEST, "bank-2.csv", text.as_bytes(), tag.as_str()).await;
            assert_eq!(taken.status, 202, "{}", taken.text());
            for (role, who) in &staff {
                let reply = who.get(&path).await;
                self.hear(step, &path, role, &reply);
            }
            let report = author.get(&path).await.expect(200);
            let (faults, warnings) = (report["errors"].to_string(), report["warnings"].to_string());
            let code = if step == "faulty" { "invalid_answer" } else { "look_alike_letters" };
            assert!((faults + &warnings).contains(code), "{report}");
        }
    }

    /// What organizers' function may read of the buckets.
    async fn readable(&self) -> BTreeMap<String, Vec<u8>> {
        let granted = granted();
        let patterns: Vec<&String> =
            granted["organizer-api"].iter().filter(|(action, _)| action == "s3:GetObject").map(|(_, of)| of).collect();
        let mut readable = BTreeMap::new();
        for bucket in ["vault", "site", "officials", "uploads"] {
            for (path, bytes) in self.stage.objects(bucket).await {
                let path = format!("{bucket}/{path}");
                if patterns.iter().any(|pattern| matches(pattern, &path)) {
                    readable.insert(path, bytes);
                }
            }
        }
        readable
    }

    /// Stops the test where a secret stands anywhere.
    async fn keeps_its_secrets(&self, step: &str) {
        let vault = self.stage.objects("vault").await;
        let mut secrets = vec![CANARY.to_owned(), key(self.turn)];
        for (_, bytes) in vault.iter().filter(|(path, _)| path.starts_with("keys/")) {
            let text = String::from_utf8_lossy(bytes);
            assert!(
                text.contains(CANARY) && text.contains(&key(self.turn)),
                "the scan knows what it looks for: {text}"
            );
            let of: Value = serde_json::from_slice(bytes).expect("a key is JSON");
            secrets.push(of["nonce"].as_str().expect("a nonce").to_owned());
        }
        let readable = self.readable().await;
        assert!(readable.keys().any(|path| path.starts_with("vault/compiled/")), "{:?}", readable.keys());
        let objects = readable.iter().map(|(path, bytes)| (path, String::from_utf8_lossy(bytes).into_owned()));
        let replies = self.replies.iter().map(|(route, reply)| (route, reply.clone()));
        for (place, text) in objects.chain(replies) {
            let found = secrets.iter().find(|secret| text.contains(secret.as_str()));
            assert_eq!(found, None, "{step}: {place}");
        }
        let audit = vault.iter().filter(|(path, _)| path.starts_with("audit/"));
        let audit = audit.map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned());
        let lines = self.stage.logbook.lines();
        for text in lines.iter().map(|line| line.text.clone()).chain(audit) {
            let found = secrets.iter().map(String::as_str).chain(PERSONAL).find(|secret| text.contains(secret));
            assert_eq!(found, None, "{step}: {text}");
        }
    }
}

/// A text without what is drawn at random, hashes, and the times of this machine.
fn plain(text: &str) -> String {
    let (mut out, mut run) = (String::new(), String::new());
    for sign in text.chars().chain([' ']) {
        if sign.is_ascii_alphanumeric() || "_-:.+/=".contains(sign) {
            run.push(sign);
            continue;
        }
        let is_time = run.len() >= 8 && run.chars().all(|sign| sign.is_ascii_digit());
        out.push_str(if is_time || run.len() >= 16 { "#" } else { &run });
        run.clear();
        out.push(sign);
    }
    out
}

/// A report on a bank without how many answers fall on each letter.
fn uncounted(text: &str) -> String {
    match text.split_once("\"letters\":{") {
        Some((before, behind)) => before.to_owned() + behind.split_once('}').map_or("", |(_, rest)| rest),
        None => text.to_owned(),
    }
}

/// Texts by their place, as they are told of either contest.
fn plainly<'a>(texts: impl Iterator<Item = (&'a String, String)>) -> Vec<(String, String)> {
    let told = |(place, text): (&String, String)| {
        let mut text = plain(&text);
        if place.contains("people") || text.contains("\"proposals\":[") {
            // They come in the order of their identifiers, which are drawn at random.
            let mut parts: Vec<&str> = text.split(['{', '}', '[', ']']).collect();
            parts.sort_unstable();
            text = parts.join("|");
        }
        (plain(place), text)
    };
    let mut texts: Vec<_> = texts.map(told).collect();
    texts.sort();
    texts
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_organizers_reach_depends_on_what_is_right() {
    let mut both = Vec::new();
    for turn in 0..2 {
        let mut told = Told::of(turn).await;
        told.bring_a_bank(instant(START)).await;
        told.ask_everything("ahead", instant(START).plus_millis(60_000)).await;
        told.stage.clock_well(OPENS).await;
        let play = Play { round: FIRST, started_at: OPENS, seconds: 60, right: 4, prediction: Some(2) };
        told.people[0].play(play).await;
        told.people[1].at(OPENS).start(FIRST).await.expect(201);
        told.ask_everything("open", instant(OPENS).plus_millis(10 * 60_000)).await;
        told.keeps_its_secrets("open").await;
        both.push(told);
    }
    // How many answers fall on each letter is told the author, in the report on the bank.
    let replies = |of: &Told| {
        let told = of.replies.iter().map(|(route, reply)| match route.ends_with(" author") {
            true => (route, uncounted(reply)),
            false => (route, reply.clone()),
        });
        plainly(told)
    };
    for (here, there) in replies(&both[0]).iter().zip(&replies(&both[1])) {
        assert_eq!(here, there);
    }
    assert_eq!(both[0].replies.len(), both[1].replies.len());
    // An entry tells who has done it, and when: those of two contests differ.
    let objects = |of: &BTreeMap<String, Vec<u8>>| {
        let others = of.iter().filter(|(path, _)| !path.starts_with("vault/audit/"));
        plainly(others.map(|(path, bytes)| (path, uncounted(&String::from_utf8_lossy(bytes)))))
    };
    assert_eq!(objects(&both[0].readable().await), objects(&both[1].readable().await));
    let answered = both[0].replies.values().filter(|reply| reply.starts_with("200 ")).count();
    assert!(answered > 150, "{answered} of {} answers tell something", both[0].replies.len());
    // Once it is ranked, results depend on it; what is right is still told nobody.
    let mut told = both.remove(0);
    told.stage.clock_well(CLOSES).await;
    told.ask_everything("ranked", instant(CLOSES).plus_millis(2 * 60_000)).await;
    told.keeps_its_secrets("ranked").await;
}
