//! The sample contests, played small: what they publish holds for each verifier, over the contest too.

use super::{accept, run};
use local::commands::replay::{Replay, replay};
use local::play::Cast;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const CAST: Cast = Cast { contestants: 60, attempts: 110, perfect: 46, returning_percent: 50, seed: 4 };

/// `struck`: of the perfect sheets, by a decision; `notes`: how many each verifier has on it.
async fn played_and_verified(id: &'static str, struck: usize, notes: usize) {
    let out = tempfile::tempdir().expect("a folder");
    let folder = Path::new(super::REPOSITORY).join("contests").join(id);
    replay(&Replay { folder, cast: CAST, struck, out: out.path().to_owned() }).await.expect("it is played");
    let check = move || {
        let site = out.path().join("site");
        assert!(site.join(format!("contests/{id}/standings.json")).is_file());
        for (program, script) in [("python3", "verify.py"), ("node", "verify.mjs")] {
            let output = run(program, script, &[site.to_str().expect("Unicode"), id]);
            accept(&output);
            let told = String::from_utf8_lossy(&output.stdout).into_owned();
            assert_eq!(told.matches("NOTE ").count(), notes, "{script}: {told}");
        }
    };
    tokio::task::spawn_blocking(check).await.expect("the verifiers end");
}

#[tokio::test(flavor = "multi_thread")]
async fn song_cong_holds_for_the_others_too() {
    played_and_verified("song-cong-cchc-2021", 0, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn thai_nguyen_holds_for_the_others_too() {
    played_and_verified("thai-nguyen-2021", 2, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lang_son_holds_for_the_others_too() {
    // Few people play, only perfect ones are ranked, and so some people's small unit is told nowhere.
    played_and_verified("lang-son-dan-van-kheo-2024", 0, 1).await;
}

/// Every file below a folder, by its path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("it is read").path();
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(below, bytes)| (path.join(below), bytes)));
        } else {
            found.insert(path.clone(), fs::read(&path).expect("it is read"));
        }
    }
    let relative = |path: PathBuf| path.strip_prefix(folder).map(Path::to_owned).expect("it is below");
    found.into_iter().map(|(path, bytes)| (relative(path), bytes)).collect()
}

/// What everyone reads of a contest whose plan has this line more.
async fn left_with(line: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let (folder, out) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let sample = Path::new(super::REPOSITORY).join("contests/song-cong-cchc-2021");
    for (name, mut bytes) in files(&sample) {
        if name == Path::new("contest.toml") {
            let text = String::from_utf8(bytes).expect("UTF-8");
            let with_it = text.replace("\nlanguage = \"vi\"\n", &format!("\nlanguage = \"vi\"\n{line}\n"));
            assert_ne!(with_it, text);
            bytes = with_it.into_bytes();
        }
        fs::write(folder.path().join(name), bytes).expect("a file");
    }
    let cast = Cast { contestants: 20, attempts: 30, perfect: 10, ..CAST };
    let told = replay(&Replay { folder: folder.path().to_owned(), cast, struck: 0, out: out.path().to_owned() }).await;
    assert!(told.expect("it is played").contains("contestants of all rounds: different people"));
    files(&out.path().join("site"))
}

/// What was published of people and units, without the names that everybody is given at random.
fn nameless(files: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<(&PathBuf, Vec<String>)> {
    let told = files.iter().filter_map(|(path, bytes)| {
        let text = String::from_utf8_lossy(bytes);
        match path.file_name()?.to_str()? {
            "ranking.csv" => {
                let head = text.lines().next()?;
                let name = head.split(',').position(|column| column == "contestant")?;
                let others = |line: &str| {
                    let cells = line.split(',').enumerate().filter(|(at, _)| *at != name).map(|(_, cell)| cell);
                    cells.collect::<Vec<_>>().join(",")
                };
                // Equals stand in the order of their names.
                let mut lines: Vec<String> = text.lines().map(others).collect();
                lines.sort_unstable();
                Some((path, lines))
            }
            "contest.json" | "units.csv" => Some((path, vec![text.into_owned()])),
            _ => None,
        }
    });
    told.collect()
}

/// The folder is uploaded at 07:00, an hour before the registration opens; the moment has come then, or comes at the latest with
/// the registration.
#[tokio::test(flavor = "multi_thread")]
async fn a_contest_that_is_announced_at_its_moment_publishes_what_one_does_that_is_public_at_once() {
    let at_once = left_with("").await;
    let lines: usize = nameless(&at_once).iter().map(|(_, lines)| lines.len()).sum();
    assert!(lines > 20, "{lines} lines say who came to what");
    for moment in ["06:00", "08:00"] {
        let announced = left_with(&format!("announced = \"2021-12-10T{moment}\"")).await;
        assert_eq!(announced.keys().collect::<Vec<_>>(), at_once.keys().collect::<Vec<_>>(), "{moment}");
        assert!(nameless(&announced) == nameless(&at_once), "{moment}");
    }
}
