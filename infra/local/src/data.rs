//! The folder of `--data`: both engines, the secret, and where the clock stands. One process owns it.

use crate::clock::machine_time;
use anyhow::Context;
use contest::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// An owned data folder.
#[derive(Debug)]
pub struct DataFolder {
    root: PathBuf,
    /// Locked while this lives; the operating system lets go of it even after `kill -9`.
    _lock: File,
}

/// Where the clock stood, and what the machine's clock said then.
#[derive(Serialize, Deserialize)]
struct KeptClock {
    now_ms: i64,
    machine_ms: i64,
}

impl DataFolder {
    /// Opens, and if need be creates, the folder.
    ///
    /// # Errors
    /// Where another process owns it, or it cannot be written.
    pub fn open(root: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(root).with_context(|| format!("cannot create {}", root.display()))?;
        let root = root.canonicalize()?;
        let lock = File::options().create(true).append(true).open(root.join("lock"))?;
        lock.try_lock().with_context(|| format!("another hoithi uses {}", root.display()))?;
        Ok(Self { root, _lock: lock })
    }

    /// The file of the DynamoDB engine.
    pub fn database(&self) -> PathBuf {
        self.root.join("dynamodb.sqlite")
    }

    /// The folder of the S3 engine.
    pub fn objects(&self) -> PathBuf {
        self.root.join("s3")
    }

    /// The file of the secret.
    pub fn secret(&self) -> PathBuf {
        self.root.join("secret.json")
    }

    /// Keeps where the clock stands.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn keep_clock(&self, now: Timestamp) -> anyhow::Result<()> {
        let kept = KeptClock { now_ms: now.millis(), machine_ms: machine_time().millis() };
        let draft = self.root.join("clock.draft");
        let mut file = File::create(&draft)?;
        file.write_all(&serde_json::to_vec(&kept)?)?;
        file.sync_all()?;
        fs::rename(&draft, self.clock_file()).context("cannot keep the clock")
    }

    /// Where the clock stands after a restart: where it was set, and as much later as has passed
    /// since; `None` where it was never set. A machine clock that was set back counts as no time.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn kept_clock(&self) -> anyhow::Result<Option<Timestamp>> {
        let text = match fs::read(self.clock_file()) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).context("cannot read where the clock stood"),
        };
        let kept: KeptClock = serde_json::from_slice(&text).context("the kept clock is in another form")?;
        let passed = machine_time().millis().saturating_sub(kept.machine_ms).max(0);
        Ok(Some(Timestamp::from_millis(kept.now_ms).plus_millis(passed)))
    }

    fn clock_file(&self) -> PathBuf {
        self.root.join("clock.json")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_process_owns_the_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = DataFolder::open(folder.path()).expect("owned");
        assert!(DataFolder::open(folder.path()).is_err());
        drop(first);
        DataFolder::open(folder.path()).expect("free again");
    }

    #[test]
    fn the_clock_goes_on_where_it_was_set() {
        let folder = tempfile::tempdir().expect("a folder");
        let data = DataFolder::open(folder.path()).expect("owned");
        assert_eq!(data.kept_clock().expect("readable"), None);
        let set = Timestamp::from_millis(1_639_906_200_000);
        data.keep_clock(set).expect("kept");
        let read = data.kept_clock().expect("readable").expect("a time");
        assert!(read >= set && read < set.plus_millis(60_000), "{read:?}");
    }
}
