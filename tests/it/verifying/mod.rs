//! Three verifiers that share no code, over random rounds: they agree on what holds, and each finds what
//! was changed.

mod over;
mod rounds;
mod samples;
mod tampering;

use contest::seal::sha256_hex;
use local::commands::verify::verify_quietly;
use rounds::{NEWER, OWN, Published, publish};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tests::FIRST;

const REPOSITORY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// Contests of which each has two rounds with up to three versions; every verifier reads all of them.
const CONTESTS: u64 = 40;

/// With these, which Rust ranks and Python ranks again, they are a thousand rounds.
const RANKED_CONTESTS: u64 = 460;

/// Python with the libraries of others, which `cargo xtask setup` installs.
const OUTSIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/verifiers/bin/python");

pub(crate) fn run(program: &str, script: &str, arguments: &[&str]) -> Output {
    let script = PathBuf::from(REPOSITORY).join("tests/verifier").join(script);
    let output = Command::new(program).arg(script).args(arguments).output();
    output.unwrap_or_else(|error| panic!("{program} does not start: {error}"))
}

#[track_caller]
pub(crate) fn accept(output: &Output) {
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn three_verifiers_accept_random_rounds_and_every_receipt_of_them() {
    let site = tempfile::tempdir().expect("a folder");
    let path = site.path().to_str().expect("Unicode");
    let seeds = (0..CONTESTS).chain(NEWER..NEWER + CONTESTS / 2).chain(OWN..OWN + CONTESTS / 2);
    let contests: Vec<Published> = seeds.map(|seed| publish(site.path(), seed)).collect();
    assert_eq!(verify_quietly(path, None), Ok(2 * contests.len()));
    let receipts = site.path().join("receipts.json");
    let list: Vec<_> = contests
        .iter()
        .flat_map(|contest| contest.receipts.iter().map(|receipt| (&contest.contest, &receipt.0, &receipt.1)))
        .collect();
    assert!(list.len() > 500, "{} receipts", list.len());
    std::fs::write(&receipts, serde_json::to_vec(&list).expect("texts")).expect("a file");
    accept(&run("python3", "all.py", &[path]));
    accept(&run("node", "all.mjs", &[path]));
    accept(&run(OUTSIDE, "outside.py", &[path]));
    for (contest, _, receipt) in list.iter().step_by(97) {
        assert_eq!(verify_quietly(path, Some(receipt)), Ok(1), "{contest}");
    }
}

#[test]
fn python_ranks_the_rest_of_a_thousand_random_rounds_as_rust_does() {
    let site = tempfile::tempdir().expect("a folder");
    let seeds = CONTESTS..CONTESTS + RANKED_CONTESTS;
    seeds.for_each(|seed| drop(publish(site.path(), seed)));
    let output = run("python3", "figures.py", &[site.path().to_str().expect("Unicode")]);
    accept(&output);
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), (2 * RANKED_CONTESTS).to_string());
}

#[test]
fn libraries_of_others_refuse_a_ledger_or_a_receipt_that_is_another() {
    let site = tempfile::tempdir().expect("a folder");
    let published = single_version(site.path());
    let path = site.path().to_str().expect("Unicode");
    let told = || {
        let output = run(OUTSIDE, "outside.py", &[path]);
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let shown = |receipt: &str| {
        let list = serde_json::json!([[published.contest, FIRST, receipt]]);
        std::fs::write(site.path().join("receipts.json"), list.to_string()).expect("a file");
        told()
    };
    let (_, sound) = published.receipts.iter().find(|(round, _)| round == FIRST).expect("a receipt");
    assert_eq!(shown(sound), (true, String::new()));
    let refused = |(holds, said): (bool, String), why: &str| assert!(!holds && said.contains(why), "{why}: {said}");
    refused(shown(&sound.replacen("\n2026-", "\n2025-", 1)), "signature");
    refused(shown(&published.lost), "lacks attempt");
    refused(shown(&published.other), "is not what its receipt says");
    refused(shown(&published.earlier), "is not what its receipt says");
    let ledger = site.path().join(format!("contests/{}/rounds/{FIRST}/v1/ledger.jsonl", published.contest));
    let lines = std::fs::read_to_string(&ledger).expect("a ledger");
    std::fs::write(&ledger, lines.replacen("\"attempt\":1", "\"attempt\":9", 1)).expect("a file");
    refused(shown(sound), "root");
    std::fs::write(&ledger, last_line_gone(&lines)).expect("a file");
    refused(shown(sound), "lines, not");
}

/// A contest whose first round has more than one version, and a draw in them.
fn with_versions(site: &Path) -> Published {
    let several = (0..).map(|seed| publish(site, seed)).find(|contest| {
        let round = site.join(format!("contests/{}/rounds/{FIRST}", contest.contest));
        round.join("v2/lots.json").is_file() && contest.receipts.len() > 20
    });
    several.expect("some contest has versions")
}

#[test]
fn a_flipped_bit_anywhere_is_found_and_its_file_named_by_each() {
    let site = tempfile::tempdir().expect("a folder");
    let contest = with_versions(site.path()).contest;
    let path = site.path().to_str().expect("Unicode");
    accept(&run("python3", "flips.py", &[path, &contest, FIRST]));
    accept(&run("node", "flips.mjs", &[path, &contest, FIRST]));
    let folder = site.path().join(format!("contests/{contest}/rounds/{FIRST}"));
    let target = folder.to_str().expect("Unicode").to_owned();
    let mut flips = 0;
    for file in files_below(&folder) {
        let sound = std::fs::read(&file).expect("a file");
        let (pointer, name) = (file.ends_with("index.json"), file.strip_prefix(site.path()).expect("below"));
        for at in (0..sound.len()).step_by(if pointer { 5 } else { 61 }) {
            let mut flipped = sound.clone();
            flipped[at] ^= 1 << (at % 8);
            std::fs::write(&file, &flipped).expect("a file is written");
            let told = verify_quietly(&target, None)
                .err()
                .unwrap_or_else(|| panic!("byte {at} of {} is not missed", name.display()));
            let named =
                told.contains(&format!("✗ {}:", name.display())) || (pointer && told.contains("manifest.json:"));
            assert!(named, "byte {at} of {}: {told}", name.display());
            flips += 1;
        }
        std::fs::write(&file, &sound).expect("a file is written");
    }
    assert!(flips > 300, "{flips} flips");
    assert_eq!(verify_quietly(&target, None), Ok(1));
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect();
    files.sort();
    files
}

/// Changes a file of the live version and every hash that stands over it, as somebody would who owns the
/// bucket but not the key; then each verifier must name `expected`.
fn tampered(name: &str, change: impl Fn(&str) -> String, expected: &str) {
    let site = tempfile::tempdir().expect("a folder");
    let contest = single_version(site.path()).contest;
    tampered_in(site.path(), &contest, "v1", name, change, expected);
}

/// The same in the version that is live in a contest.
fn tampered_in(site: &Path, contest: &str, live: &str, name: &str, change: impl Fn(&str) -> String, expected: &str) {
    let folder = site.join(format!("contests/{contest}/rounds/{FIRST}"));
    let text = |path: &Path| std::fs::read_to_string(path).expect("a file");
    let file = folder.join(live).join(name);
    let (before, path) = (text(&file), site.to_str().expect("Unicode"));
    let manifest_path = folder.join(live).join("manifest.json");
    let old_manifest = text(&manifest_path);
    let after = change(&before);
    assert_ne!(before, after, "{name} was changed");
    std::fs::write(&file, &after).expect("a file is written");
    let mut manifest = if name == "manifest.json" { &after } else { &old_manifest }
        .replace(&sha256_hex(before.as_bytes()), &sha256_hex(after.as_bytes()))
        .replace(&format!("\"size\":{}}}", before.len()), &format!("\"size\":{}}}", after.len()));
    if name == "ledger.jsonl" {
        let root = |text: &str| data_encoding::HEXLOWER.encode(&contest::ledger::root(text.lines()));
        manifest = manifest.replace(&root(&before), &root(&after));
    }
    std::fs::write(&manifest_path, &manifest).expect("a file is written");
    let pointer_path = folder.join("index.json");
    let (old, new) = (sha256_hex(old_manifest.as_bytes()), sha256_hex(manifest.as_bytes()));
    std::fs::write(&pointer_path, text(&pointer_path).replace(&old, &new)).expect("a file is written");

    let told = verify_quietly(folder.to_str().expect("Unicode"), None).expect_err("the change is found");
    let named = |told: &str| told.contains(&format!("{expected}:"));
    assert!(named(&told), "{name}: {told}");
    for (program, script) in [("python3", "verify.py"), ("node", "verify.mjs")] {
        let output = run(program, script, &[path, contest, FIRST]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(1) && named(&told), "{name} by {script}: {told}");
    }
}

fn single_version(site: &Path) -> Published {
    let single = (0..).map(|seed| publish(site, seed)).find(|contest| {
        let round = site.join(format!("contests/{}/rounds/{FIRST}/v1", contest.contest));
        let ranking = std::fs::read_to_string(round.join("ranking.csv")).expect("a ranking");
        let results = std::fs::read_to_string(round.join("results.json")).expect("results");
        !round.with_file_name("v2").exists() && ranking.lines().count() > 15 && results.contains("\"tier\"")
    });
    single.expect("some contest has one version")
}

/// The text with its first place of `from` changed.
fn replaced(from: &'static str, to: &'static str) -> impl Fn(&str) -> String {
    move |text| text.replacen(from, to, 1)
}

#[test]
fn who_changes_a_file_and_its_hashes_is_still_found() {
    tampered("ranking.csv", |text| text.replacen("\n1,", "\n2,", 1), "v1/ranking.csv");
    tampered("ranking.csv", |text| text.lines().take(9).map(|line| format!("{line}\n")).collect(), "v1/ranking.csv");
    tampered("results.json", replaced("\"contestants\":", "\"contestants\":1"), "v1/results.json");
    tampered("results.json", replaced("\"rank\":1,", "\"rank\":2,"), "v1/results.json");
    tampered("results.json", replaced("\"full_name\":\"", "\"full_name\":\"\",\"x\":\""), "v1/results.json");
    tampered("units.csv", replaced(",ward,", ",city,"), "v1/units.csv");
    tampered("key.json", replaced("[\"a\"]", "[\"b\"]"), "v1/key.json");
    tampered("participants.csv", last_line_gone, "v1/participants.csv");
    tampered("contest.json", replaced("\"minutes\":15", "\"minutes\":16"), "contest.json");
    let follows = "\"follows\":[{\"round\":\"vong-1\",\"version\":1}],\"files\":[";
    tampered("manifest.json", replaced("\"files\":[", follows), "v1/manifest.json");
    tampered("ledger.jsonl", last_line_gone, "v1/checkpoint");
    tampered("ledger.jsonl", replaced("\"attempt\":1", "\"attempt\":9"), "v1/ledger.jsonl");
    tampered("checkpoint", replaced("\n\n— hoithi/", "\n\n— hoithj/"), "v1/checkpoint");
}

#[test]
fn who_draws_again_until_the_right_one_wins_is_found() {
    let change = |name: &str, from: &str, to: &str, expected: &str| {
        let site = tempfile::tempdir().expect("a folder");
        let contest = drawn_twice(site.path()).contest;
        tampered_in(site.path(), &contest, "v2", name, |text| text.replacen(from, to, 1), expected);
    };
    change("lots.json", "\"secret\":\"", "\"secret\":\"00", "v2/lots.json");
    change("lots.json", "\"witnessed\":[\"17", "\"witnessed\":[\"18", "v2/lots.json");
    change("lots.json", "\"beacon\":null", "\"beacon\":{\"round\":1,\"signature\":\"00\"}", "v2/lots.json");
    change("results.json", "\"tier\":\"first\"", "\"tier\":\"second\"", "v2/results.json");
}

#[test]
fn who_decides_in_secret_is_found() {
    let change = |name: &str, from: &str, to: &str, expected: &str| {
        let site = tempfile::tempdir().expect("a folder");
        let contest = decided_once(site.path()).contest;
        tampered_in(site.path(), &contest, "v2", name, |text| text.replacen(from, to, 1), expected);
    };
    change("participants.csv", ",true,", ",false,", "v2/participants.csv");
    change("participants.csv", ",false,", ",true,", "v2/participants.csv");
    change("results.json", "\"status\":\"provisional\"", "\"status\":\"official\"", "v2/results.json");
    change("results.json", "\"kind\":\"ranks\",\"moved\":", "\"kind\":\"ranks\",\"moved\":1", "v2/results.json");
    change("key.json", ",\"voided\":[", ",\"voided\":[\"x\",", "v2/key.json");
    change("decisions.json", "\"reason\":\"", "\"reason\":\"Ai biết ", "v2/manifest.json");
    change(
        "decisions.json",
        "\"decisions\":[",
        "\"decisions\":[{\"number\":null,\"decided_on\":null,\"at\":\"2026-03-10T02:00:00.000Z\",\"changes\":[]},",
        "v2/decisions.json",
    );
}

/// A contest whose first round has two versions, the second by a decision that takes somebody out and voids a question.
fn decided_once(site: &Path) -> Published {
    let decided = (0..).map(|seed| publish(site, seed)).find(|contest| {
        let round = site.join(format!("contests/{}/rounds/{FIRST}", contest.contest));
        let text = |name: &str| std::fs::read_to_string(round.join(name)).unwrap_or_default();
        let (participants, results) = (text("v2/participants.csv"), text("v2/results.json"));
        !round.join("v3").exists()
            && text("v2/key.json").contains(",\"voided\":[")
            && participants.contains(",true,")
            && participants.lines().any(|line| line.split(',').nth(1) == Some("false"))
            && results.contains("\"status\":\"provisional\"")
            && results.contains("\"kind\":\"ranks\"")
    });
    decided.expect("some contest has a decision")
}

/// A contest whose first round has two versions, a draw with a witness, and winners.
fn drawn_twice(site: &Path) -> Published {
    let drawn = (0..).map(|seed| publish(site, seed)).find(|contest| {
        let round = site.join(format!("contests/{}/rounds/{FIRST}", contest.contest));
        let text = |name: &str| std::fs::read_to_string(round.join(name)).unwrap_or_default();
        !round.join("v3").exists()
            && text("v2/lots.json").contains("\"witnessed\":[\"17")
            && text("v2/results.json").contains("\"tier\":\"first\"")
    });
    drawn.expect("some contest draws lots")
}

fn last_line_gone(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[..lines.len() - 1].iter().map(|line| format!("{line}\n")).collect()
}

/// Where the fault is, in the words of Rust and in those of the others.
const IN_THE_RECEIPT: [&str; 2] = ["biên nhận", "eceipt"];
const ON_THE_LEDGER: [&str; 2] = ["ledger.jsonl", "ledger.jsonl"];

/// Each verifier refuses a receipt and names where the fault is.
fn refuse_receipt(receipt: impl Fn(&Published, &str) -> String, [place, expected]: [&str; 2]) {
    let site = tempfile::tempdir().expect("a folder");
    let published = single_version(site.path());
    let (_, sound) = published.receipts.iter().find(|(round, _)| round == FIRST).expect("a receipt");
    let (contest, forged) = (&published.contest, receipt(&published, sound));
    assert_ne!(*sound, forged);
    let file = site.path().join("receipt.txt");
    std::fs::write(&file, &forged).expect("a file is written");
    let path = site.path().to_str().expect("Unicode");
    let told = verify_quietly(path, Some(&forged)).expect_err("the receipt is refused");
    assert!(told.contains(place), "{told}");
    for (program, script) in [("python3", "verify.py"), ("node", "verify.mjs")] {
        let output = run(program, script, &[path, contest, FIRST, file.to_str().expect("Unicode")]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(1) && told.contains(expected), "{script}: {told}");
    }
}

#[test]
fn receipts_that_were_never_given_are_refused() {
    // Back-dated: the signature no longer holds.
    refuse_receipt(|_, sound| sound.replacen("\n2026-", "\n2025-", 1), IN_THE_RECEIPT);
    refuse_receipt(|_, sound| sound.replacen("hoithi/receipt/1", "hoithi/receipt/2", 1), IN_THE_RECEIPT);
}

#[test]
fn a_signed_receipt_whose_sheet_is_missing_or_another_convicts_the_ledger() {
    refuse_receipt(|published, _| published.lost.clone(), ON_THE_LEDGER);
    refuse_receipt(|published, _| published.other.clone(), ON_THE_LEDGER);
    refuse_receipt(|published, _| published.earlier.clone(), ON_THE_LEDGER);
}
