//! The sample contests, played small: what they publish holds for each verifier, over the contest too.

use super::{accept, run};
use local::commands::replay::{Replay, replay};
use local::play::Cast;
use std::path::Path;

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
