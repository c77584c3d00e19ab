//! Whoever changes what is published over a contest, with every hash over it, is found by each verifier; what is only older
//! than its rounds is worth a note.

use super::rounds::publish;
use super::{files_below, last_line_gone, replaced, run};
use contest::seal::sha256_hex;
use local::commands::verify::verify_quietly;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::TempDir;
use tests::{FIRST, SECOND};

const SCRIPTS: [(&str, &str); 2] = [("python3", "verify.py"), ("node", "verify.mjs")];

/// A published contest.
struct Contest {
    site: TempDir,
    id: String,
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&text(path)).unwrap_or_default()
}

/// The first random contest whose folder is as it is wanted.
fn contest_where(wanted: impl Fn(&Path) -> bool) -> Contest {
    let site = tempfile::tempdir().expect("a folder");
    let ids = (0..).map(|seed| publish(site.path(), seed).contest);
    let found = ids.into_iter().find(|id| {
        let folder = site.path().join("contests").join(id);
        // Everybody's unit is told somewhere.
        text(&folder.join("contest.json")).contains("\"eligible\":\"all\"") && wanted(&folder)
    });
    Contest { id: found.expect("some contest is so"), site }
}

/// One with a ranking, prizes for people and for units over it, and a named winner.
fn decided(folder: &Path) -> bool {
    let standings = text(&folder.join("standings.json"));
    let live = json(&folder.join("overall/index.json"));
    let results = text(&folder.join("overall/v1/results.json"));
    let has = |parts: &[&str]| parts.iter().all(|part| standings.contains(part));
    live["version"] == 1
        && live["status"] == "provisional"
        && has(&[
            "\"status\":\"final\"",
            "\"overall\":[{\"rank\":1,",
            "\"full_name\":\"",
            "\"prize\":\"Cờ",
            "\"prize\":null",
        ])
        && results.contains("\"winners\":[{\"rank\":1,\"prize\":\"Cờ")
        && standings.contains(live_hash(folder).as_str())
}

/// Of the first round's live version.
fn live_hash(folder: &Path) -> String {
    let pointer = json(&folder.join(format!("rounds/{FIRST}/index.json")));
    pointer["manifest_sha256"].as_str().unwrap_or("-").to_owned()
}

impl Contest {
    fn folder(&self) -> PathBuf {
        self.site.path().join("contests").join(&self.id)
    }

    fn told_by(&self, (program, script): (&str, &str)) -> Output {
        run(program, script, &[self.site.path().to_str().expect("Unicode"), &self.id])
    }

    #[track_caller]
    fn is_accepted(&self) {
        let path = self.folder();
        assert!(verify_quietly(path.to_str().expect("Unicode"), None).is_ok());
        SCRIPTS.into_iter().for_each(|script| super::accept(&self.told_by(script)));
    }

    /// With this file changed, each verifier names `expected`; afterwards everything is as before.
    #[track_caller]
    fn refuse(&self, name: &str, change: impl Fn(&str) -> String, expected: &str) {
        let before: Vec<(PathBuf, Vec<u8>)> = files_below(&self.folder())
            .into_iter()
            .map(|path| (path.clone(), std::fs::read(path).expect("a file")))
            .collect();
        self.change(name, change);
        let folder = self.folder();
        let told = verify_quietly(folder.to_str().expect("Unicode"), None).expect_err("the change is found");
        assert!(told.contains(&format!("{expected}:")), "{name}: {told}");
        for script in SCRIPTS {
            let output = self.told_by(script);
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            let named = output.status.code() == Some(1) && told.contains(&format!("{expected}:"));
            assert!(named, "{name} by {}: {told}", script.1);
        }
        before.into_iter().for_each(|(path, bytes)| std::fs::write(path, bytes).expect("a file is written"));
    }

    /// Changes a file, and where it is one of a version over the contest, every hash that stands over it.
    fn change(&self, name: &str, change: impl Fn(&str) -> String) {
        let file = self.folder().join(name);
        let before = text(&file);
        let after = change(&before);
        assert_ne!(before, after, "{name} was changed");
        std::fs::write(&file, &after).expect("a file is written");
        let manifest_path = file.with_file_name("manifest.json");
        if !manifest_path.exists() {
            return;
        }
        let is_manifest = file == manifest_path;
        let old = if is_manifest { before.clone() } else { text(&manifest_path) };
        let new = if is_manifest { after.clone() } else { old.clone() }
            .replace(&sha256_hex(before.as_bytes()), &sha256_hex(after.as_bytes()))
            .replace(&format!("\"size\":{}}}", before.len()), &format!("\"size\":{}}}", after.len()));
        std::fs::write(&manifest_path, &new).expect("a file is written");
        let pointer_path = self.folder().join("overall/index.json");
        let pointer = text(&pointer_path).replace(&sha256_hex(old.as_bytes()), &sha256_hex(new.as_bytes()));
        std::fs::write(&pointer_path, pointer).expect("a file is written");
    }
}

/// The text with its last place of `from` changed.
fn last_replaced(from: &'static str, to: &'static str) -> impl Fn(&str) -> String {
    move |text| text.rsplit_once(from).map(|(before, after)| format!("{before}{to}{after}")).unwrap_or_default()
}

/// One more at the end of the first row's cell.
fn digit_added(column: usize) -> impl Fn(&str) -> String {
    move |text| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut cells: Vec<String> = lines[1].split(',').map(str::to_owned).collect();
        cells[column].push('1');
        lines[1] = cells.join(",");
        lines.iter().map(|line| format!("{line}\n")).collect()
    }
}

#[test]
fn standings_that_were_changed_are_found() {
    let contest = contest_where(decided);
    contest.is_accepted();
    let refuse = |from, to| contest.refuse("standings.json", replaced(from, to), "standings.json");
    refuse("\"attempts\":", "\"attempts\":1");
    refuse("\"units\":[{\"rank\":1,", "\"units\":[{\"rank\":2,");
    refuse("\"overall\":[{\"rank\":1,", "\"overall\":[{\"rank\":2,");
    refuse("\"prize\":\"Cờ nhất\"", "\"prize\":\"Cờ nhì\"");
    refuse("\"manifest_sha256\":\"", "\"manifest_sha256\":\"0");
    refuse("\"version\":", "\"version\":9");
    refuse("\"status\":\"final\"", "\"status\":\"provisional\"");
    refuse("\"full_name\":\"", "\"full_name\":\"Ông ");
    refuse("{\"schema\":\"hoithi/standings/1\",", "{\"schema\":\"hoithi/standings/1\",\"note\":\"\",");
    refuse("\"follows\":[", "\"follows\": [");
}

#[test]
fn a_name_that_the_results_over_the_contest_do_not_give_is_found() {
    let contest = contest_where(|folder| {
        decided(folder) && text(&folder.join("overall/v1/results.json")).contains("\"full_name\":null")
    });
    contest.is_accepted();
    let unnamed = |prize: &str| format!("\"prize\":\"{prize}\"}}");
    let named = move |text: &str| {
        let (before, overall) = text.split_once("\"overall\":").expect("a ranking");
        let name = |overall: String, prize| {
            overall.replacen(&unnamed(prize), &format!("\"prize\":\"{prize}\",\"full_name\":\"Ông Ai\"}}"), 1)
        };
        let overall = ["Giải Nhất", "Giải Nhì"].into_iter().fold(overall.to_owned(), name);
        format!("{before}\"overall\":{overall}")
    };
    contest.refuse("standings.json", named, "standings.json");
}

#[test]
fn results_over_the_contest_that_were_changed_are_found() {
    let contest = contest_where(decided);
    let refuse = |name: &str, change: &dyn Fn(&str) -> String, expected| contest.refuse(name, change, expected);
    let ranking = "overall/v1/ranking.csv";
    refuse(ranking, &replaced("\n1,", "\n2,"), ranking);
    refuse(ranking, &digit_added(5), ranking);
    refuse(ranking, &last_line_gone, ranking);
    refuse("overall/v1/units.csv", &digit_added(5), "overall/v1/units.csv");
    let results = "overall/v1/results.json";
    refuse(results, &replaced("\"contestants\":", "\"contestants\":1"), results);
    refuse(results, &replaced("\"amount\":", "\"amount\":1"), results);
    refuse(results, &last_replaced("\"prize\":\"Cờ nhất\"", "\"prize\":\"Cờ nhì\""), results);
    refuse(results, &replaced("\"status\":\"provisional\"", "\"status\":\"official\""), results);
    refuse(
        results,
        &replaced("\"changes\":[", "\"changes\":[{\"kind\":\"ranks\",\"moved\":1,\"entered\":0,\"left\":0}"),
        results,
    );
    let manifest = "overall/v1/manifest.json";
    refuse(manifest, &replaced("\"rules_sha256\":\"", "\"rules_sha256\":\"0"), manifest);
    refuse(manifest, &replaced("\"manifest_sha256\":\"", "\"manifest_sha256\":\"0"), manifest);
    refuse(manifest, &replaced("\"follows\":[", "\"ledger_root\":\"00\",\"follows\":["), manifest);
    let index = "overall/index.json";
    refuse(index, &replaced("\"status\":\"provisional\"", "\"status\":\"official\""), index);
}

#[test]
fn another_reason_or_chain_of_results_over_the_contest_is_found() {
    let contest = contest_where(|folder| {
        let history = &json(&folder.join("overall/index.json"))["history"];
        history[1]["reason"].as_str().is_some_and(|reason| reason.contains("Lý do"))
    });
    contest.is_accepted();
    let manifest = "overall/v2/manifest.json";
    let reason = replaced("\"reason\":\"", "\"reason\":\"Ai biết ");
    contest.refuse(manifest, &reason, manifest);
    // The pointer says so too.
    let pointer = contest.folder().join("overall/index.json");
    let sound = text(&pointer);
    std::fs::write(&pointer, reason(&sound)).expect("a file is written");
    contest.refuse(manifest, &reason, manifest);
    std::fs::write(&pointer, sound).expect("a file is written");
    contest.refuse(manifest, replaced("\"previous\":\"", "\"previous\":\"0"), manifest);
}

#[test]
fn what_is_final_or_over_the_contest_too_early_is_found() {
    let early = contest_where(|folder| text(&folder.join("standings.json")).contains("\"status\":\"provisional\""));
    early.is_accepted();
    early.refuse("standings.json", replaced("\"status\":\"provisional\"", "\"status\":\"final\""), "standings.json");
    // The last round has no pointer any more: what follows from it was never published.
    let contest = contest_where(decided);
    let last = contest.folder().join(format!("rounds/{SECOND}/index.json"));
    std::fs::rename(&last, last.with_file_name("gone.json")).expect("a pointer");
    for script in SCRIPTS {
        let told = String::from_utf8_lossy(&contest.told_by(script).stderr).into_owned();
        assert!(told.contains("overall/index.json:"), "{}: {told}", script.1);
    }
}

#[test]
fn what_follows_from_older_versions_is_worth_a_note_and_no_fault() {
    let older = |folder: &Path, name: &str| {
        let (followed, live) = (text(&folder.join(name)), live_hash(folder));
        !followed.is_empty() && !followed.contains(&live)
    };
    let contest = contest_where(|folder| {
        let live = json(&folder.join("overall/index.json"));
        let manifest = format!("overall/v{}/manifest.json", live["version"]);
        older(folder, "standings.json") && older(folder, &manifest)
    });
    contest.is_accepted();
    for (script, expected) in SCRIPTS.into_iter().zip([
        ["standings.json follows older versions than are live", "overall/ follows older versions than are live"],
        ["standingsOlder", "overallOlder"],
    ]) {
        let told = String::from_utf8_lossy(&contest.told_by(script).stdout).into_owned();
        assert!(expected.iter().all(|note| told.contains(&format!("NOTE {note}"))), "{}: {told}", script.1);
    }
}

/// One whose second version over the contest is its last, and has `file` and other winners than the first.
fn second_with(file: &'static str, part: &'static str) -> impl Fn(&Path) -> bool {
    move |folder| {
        let live = json(&folder.join("overall/index.json"));
        live["version"] == 2
            && live["status"] == "provisional"
            && text(&folder.join(format!("overall/v2/{file}"))).contains(part)
            && text(&folder.join("overall/v2/results.json")).contains("\"changes\":[{\"kind\":\"prize\"")
    }
}

#[test]
fn who_decides_about_the_contest_in_secret_is_found() {
    let contest = contest_where(second_with("decisions.json", "\"action\":\"order\""));
    contest.is_accepted();
    let decisions = "overall/v2/decisions.json";
    contest.refuse(decisions, replaced("\"reason\":\"Lý do", "\"reason\":\"Lý do khác"), "overall/v2/manifest.json");
    let undecided = |text: &str| text.replace("\"order\"", "\"recognize\"").replace("\"forfeit\"", "\"recognize\"");
    contest.refuse(decisions, undecided, "overall/v2/results.json");
    let another =
        "\"decisions\":[{\"number\":null,\"decided_on\":null,\"at\":\"2026-03-10T02:00:00.000Z\",\"changes\":[]},";
    contest.refuse(decisions, replaced("\"decisions\":[", another), decisions);
}

/// The file of the newest version over the contest.
fn newest(folder: &Path, file: &str) -> String {
    let live = json(&folder.join("overall/index.json"));
    format!("overall/{}{file}", live["path"].as_str().unwrap_or("-"))
}

#[test]
fn who_draws_for_the_contest_again_is_found() {
    let drawn = |folder: &Path| text(&folder.join(newest(folder, "lots.json"))).contains("\"witnessed\":[\"17");
    let contest = contest_where(drawn);
    contest.is_accepted();
    let lots = newest(&contest.folder(), "lots.json");
    contest.refuse(&lots, replaced("\"witnessed\":[\"17", "\"witnessed\":[\"18"), &lots);
    contest.refuse(&lots, |text: &str| text.replacen(SECOND, FIRST, 1), &lots);
}
