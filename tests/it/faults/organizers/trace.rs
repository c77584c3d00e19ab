//! What is stored, and what of it may differ between a run in which something failed and one in which nothing did.

use super::acts::Work;
use crate::faults::without_version;
use contest::organizers::link;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tests::Stage;
use tests::storage::{Objects, items};

/// Everything that is stored, but for the log, which is read entry by entry.
pub(super) struct Kept {
    tables: BTreeMap<&'static str, Vec<String>>,
    buckets: BTreeMap<&'static str, Objects>,
    schedules: Vec<String>,
    log: Vec<String>,
}

const ORGANIZERS: &str = "organizers";
const CONTROL: &str = "control";

impl Kept {
    pub(super) async fn of(stage: &Stage) -> Self {
        let mut tables = stage.tables().await;
        tables.insert(ORGANIZERS, items(&stage.world.dynamodb, ORGANIZERS).await);
        let mut buckets = BTreeMap::new();
        for bucket in ["vault", "site", "officials", "uploads"] {
            buckets.insert(bucket, stage.objects(bucket).await);
        }
        let vault = buckets.remove("vault").expect("it was read").into_iter();
        let (audit, vault): (Objects, Objects) = vault.partition(|(path, _)| path.starts_with("audit/"));
        buckets.insert("vault", vault);
        let log = log(&audit, &tables[CONTROL]);
        let reports = buckets.get_mut("officials").expect("it was read").iter_mut();
        reports
            .filter(|(path, _)| path.ends_with(".report.json"))
            .for_each(|(_, bytes)| *bytes = without_version(bytes));
        buckets.get_mut("site").expect("it was read").retain(|path, _| path.starts_with("contests/"));
        Self { tables, buckets, schedules: stage.schedules().await, log }
    }

    /// Stops the test where something has happened of which the log does not tell.
    #[track_caller]
    pub(super) fn effects_follow_entries(&self, begun: &Self, work: Work, told: &str) {
        let is_changed = self.differs(begun, begun, work).is_some();
        assert!(!is_changed || !work.is_logged() || self.log.len() > begun.log.len(), "{told}: no entry tells of it");
    }

    /// Stops the test where this is not where a run without faults ends.
    #[track_caller]
    pub(super) fn ends_as(&self, after: &Self, begun: &Self, work: Work, told: &str) {
        let differs = self.differs(after, begun, work);
        assert_eq!(differs, None, "{told}");
        // An entry without effect, and one more of what was done again, are what a fault may leave in the log.
        let mut left = after.log.iter();
        let mut next = left.next();
        for entry in &self.log {
            if next == Some(entry) {
                next = left.next();
            }
        }
        assert_eq!(next, None, "{told}: {:#?}", self.log);
        let known: BTreeSet<&String> = after.log.iter().collect();
        let others = self.log.iter().filter(|entry| !known.contains(entry));
        let others: Vec<&String> =
            others.filter(|entry| !work.instead_log().iter().any(|word| entry.contains(word))).collect();
        assert!(others.is_empty(), "{told}: {others:#?}");
    }

    /// The first difference, with what stands here and there.
    fn differs(&self, other: &Self, begun: &Self, work: Work) -> Option<String> {
        for (table, lines) in &self.tables {
            let known = keys_of(&begun.tables[table]);
            let (ours, theirs): (BTreeSet<&String>, BTreeSet<&String>) =
                (lines.iter().collect(), other.tables[table].iter().collect());
            // What was there before and stands as it does there needs no closer look.
            let told = |lines: &BTreeSet<&String>, others: &BTreeSet<&String>| -> BTreeSet<String> {
                let looked_at = lines.iter().filter(|line| !others.contains(*line) || !known.contains(&key_of(line)));
                looked_at.filter_map(|line| without_chance(table, line, &known, work)).collect()
            };
            let (here, there) = (told(&ours, &theirs), told(&theirs, &ours));
            if here != there {
                let (more, less) = (here.difference(&there), there.difference(&here));
                return Some(format!(
                    "{table}: {:#?} instead of {:#?}",
                    more.collect::<Vec<_>>(),
                    less.collect::<Vec<_>>()
                ));
            }
        }
        for (bucket, objects) in &self.buckets {
            let there = &other.buckets[bucket];
            let paths: BTreeSet<&String> = objects.keys().chain(there.keys()).collect();
            let text = |of: &Objects, path: &String| of.get(path).map(|of| String::from_utf8_lossy(of).into_owned());
            if let Some(path) = paths.into_iter().find(|path| objects.get(*path) != there.get(*path)) {
                let (here, there) = (text(objects, path), text(there, path));
                return Some(format!("{bucket}/{path}: {here:?} instead of {there:?}"));
            }
        }
        let schedules = format!("{:#?} instead of {:#?}", self.schedules, other.schedules);
        (self.schedules != other.schedules).then_some(schedules)
    }
}

/// The entries of every chain, each held against the one before, in words that are the same in every run. What was noted of
/// how far a chain has come may lag behind, and never runs ahead.
fn log(audit: &Objects, control: &[String]) -> Vec<String> {
    let (mut words, mut heads): (Vec<String>, BTreeMap<&str, (u64, String)>) = (Vec::new(), BTreeMap::new());
    for (path, bytes) in audit {
        let chain = path.split('/').nth(1).expect("a chain");
        let entry: Value = serde_json::from_slice(bytes).expect("JSON");
        let (seq, previous) = heads.get(chain).cloned().unwrap_or((0, contest::organizers::GENESIS.to_owned()));
        assert_eq!((entry["seq"].as_u64(), entry["previous"].as_str()), (Some(seq + 1), Some(&*previous)), "{path}");
        heads.insert(chain, (seq + 1, link(bytes)));
        let of = ["action", "subject", "reason", "before_sha256", "after_sha256"];
        let of: Vec<String> = of.iter().map(|name| entry[name].to_string()).collect();
        // Of a proposal that is made now, identifier and preview are drawn anew.
        let is_new = entry["action"] == "propose";
        let of = if is_new { of[..3].to_vec() } else { of };
        words.push(format!("{chain} {} {}", of.join(" "), entry["actor"]["id"]));
    }
    let most = heads.values().map(|(seq, _)| *seq).max().unwrap_or_default();
    for line in control.iter().filter(|line| line.contains("\"sk\": S(\"AUDIT\")")) {
        let (_, tail) = line.split_once("\"seq\": N(\"").expect("a number");
        let noted: u64 = tail.split('"').next().and_then(|number| number.parse().ok()).expect("a number");
        assert!(noted <= most, "{line} is ahead of the log");
    }
    words
}

fn keys_of(lines: &[String]) -> BTreeSet<String> {
    lines.iter().map(|line| key_of(line)).collect()
}

fn key_of(line: &str) -> String {
    let of = |name: &str| line.split_once(name).map(|(_, tail)| tail.split('"').next().unwrap_or_default());
    format!("{:?} {:?}", of("\"pk\": S(\""), of("\"sk\": S(\""))
}

/// An item but for what is drawn at random, when it was written and how often. `None` for what a failed try may leave or leave
/// out: counted tries, which go within a day; a ticket that nobody uses any more, for a quarter of an hour; how far the log was
/// noted to be; and which upload carried an approval out, without which its report is told by its time.
fn without_chance(table: &str, line: &str, known: &BTreeSet<String>, work: Work) -> Option<String> {
    let is_known = known.contains(&key_of(line));
    match table {
        ORGANIZERS if line.contains("S(\"tries\")") => None,
        ORGANIZERS if line.contains("\"ticket\": ") && work.leaves_tickets() => None,
        ORGANIZERS => Some(of_organizers(line, is_known)),
        CONTROL if line.contains("\"sk\": S(\"AUDIT\")") => None,
        CONTROL if line.contains("\"sk\": S(\"FILE#") && work.is_carried_on() => None,
        CONTROL if line.contains("\"pk\": S(\"Q#") => of_proposal(line, is_known, work),
        CONTROL => Some(without_version_of_upload(&blank(line, "written_s"))),
        // A slip that was lost is followed by another.
        _ => Some(["code_sha256"].iter().fold(line.to_owned(), |line, name| blank(&line, name))),
    }
}

/// An upload whose reply was lost is known by its tag and its time alone.
fn without_version_of_upload(line: &str) -> String {
    match line.split_once(", \"version_id\": S(\"") {
        Some((head, tail)) => format!("{head}{}", tail.split_once("\")").map_or("", |(_, rest)| rest)),
        None => line.to_owned(),
    }
}

/// Tokens, codes, nonces and salts are drawn at random, and what was given and never arrived is nobody's: an invitation runs
/// out within three days, a ticket within a quarter of an hour, a session that nobody uses within half an hour. Being alike
/// they count once. Another try comes later, with another code of the app or another count of the device, and in a write of its
/// own.
fn of_organizers(line: &str, is_known: bool) -> String {
    let key = if is_known { key_of(line) } else { String::new() };
    let rest = ["revision", "counter", "\\\"id\\"]
        .iter()
        .fold(without_runs(&without_hash(line)), |line, name| blank(&line, name));
    format!("{key} {rest}")
}

/// Of a proposal that is made now, identifier and preview are drawn anew. How often it was written does not matter. Where a
/// slip was lost another person proposes it again.
fn of_proposal(line: &str, is_known: bool, work: Work) -> Option<String> {
    if !is_known && work == Work::ApproveReset {
        return None;
    }
    let line = ["revision", "entry_sha256"].iter().fold(line.to_owned(), |line, name| blank(&line, name));
    if is_known {
        return Some(line);
    }
    let id = line.split_once("\"sk\": S(\"").and_then(|(_, tail)| tail.split('"').next()).unwrap_or_default();
    Some(without_runs(&line.replace(id, "")))
}

/// Runs of eight digits and more tell times; runs of thirty-two hexadecimal digits, and of letters as long, are drawn or
/// hashes of what is.
fn without_runs(text: &str) -> String {
    let (mut out, mut run) = (String::new(), String::new());
    for sign in text.chars().chain([' ']) {
        if sign.is_ascii_alphanumeric() {
            run.push(sign);
            continue;
        }
        let is_time = run.len() >= 8 && run.chars().all(|sign| sign.is_ascii_digit());
        out.push_str(if is_time || run.len() >= 32 { "#" } else { &run });
        run.clear();
        out.push(sign);
    }
    out
}

/// A secret's hash names its salt.
fn without_hash(item: &str) -> String {
    match item.split_once("argon2id$") {
        Some((head, tail)) => format!("{head}argon2id{}", tail.find("\\\"").map_or("", |end| &tail[end..])),
        None => item.to_owned(),
    }
}

/// A line of an item without the values of members of a name.
fn blank(line: &str, name: &str) -> String {
    let mut parts = line.split(name);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(name);
        let rest = part.trim_start_matches(['"', '\\', ':', ' ']);
        let rest = rest.strip_prefix("N(\"").or_else(|| rest.strip_prefix("S(\"")).unwrap_or(rest);
        let end = rest.find(['"', '\\', ',', '}', ')']).unwrap_or(rest.len());
        out.push_str(&rest[end..]);
    }
    out
}
