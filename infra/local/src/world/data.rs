//! The folder of `--data`: both engines, the secret, and where the clock stands. One process owns it.

use super::clock::machine_time;
use anyhow::Context;
use contest::time::Timestamp;
use documents::words::program as words;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

const DATABASE: &str = "dynamodb.sqlite";
const OBJECTS: &str = "objects.sqlite";
const SECRET: &str = "secret.json";
const CLOCK: &str = "clock.json";
const LOCK: &str = "lock";

/// Where the program that owns the folder answers, while it does.
const ADDRESS: &str = "address";

/// Without any one of these the others tell another story: new keys would sign what old ones have promised, an
/// empty table would know nobody.
const PARTS: [&str; 4] = [DATABASE, OBJECTS, SECRET, CLOCK];

/// Stands in a folder until its parts have been made for the first time.
const FIRST_START: &str = "first-start";

/// Where objects stood before they had a file.
const OLD_OBJECTS: &str = "s3";

/// What stands in an empty folder too: our own lock, and what a file system puts at its root.
const NO_PART: [&str; 3] = [LOCK, ADDRESS, "lost+found"];

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
    /// Where another process owns it, it cannot be written, or something but not everything of a data folder
    /// is in it: nothing is changed then.
    pub fn open(root: &Path) -> anyhow::Result<Self> {
        fs::create_dir_all(root).with_context(|| format!("cannot create {}", root.display()))?;
        let root = root.canonicalize()?;
        let lock = File::options().create(true).append(true).open(root.join(LOCK))?;
        lock.try_lock().with_context(|| format!("another hoithi uses {}", root.display()))?;
        let data = Self { root, _lock: lock };
        data.require_all_or_nothing()?;
        Ok(data)
    }

    /// Everything has been made: from now on nothing may be missing.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn mark_whole(&self) -> anyhow::Result<()> {
        match fs::remove_file(self.root.join(FIRST_START)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => self.sync(),
        }
    }

    fn require_all_or_nothing(&self) -> anyhow::Result<()> {
        let folder = self.root.display().to_string();
        let mut found = Vec::new();
        for entry in fs::read_dir(&self.root)? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            found.extend((!NO_PART.contains(&name.as_str())).then_some(name));
        }
        if found.is_empty() {
            File::create(self.root.join(FIRST_START))?.sync_all()?;
            return self.sync();
        }
        if found.iter().any(|name| name == FIRST_START) {
            return Ok(());
        }
        let is_there = |part: &&str| fs::metadata(self.root.join(part)).is_ok_and(|file| file.len() > 0);
        let missing = PARTS.iter().find(|part| !is_there(part));
        match missing {
            None => Ok(()),
            Some(_) if self.root.join(OLD_OBJECTS).is_dir() => {
                anyhow::bail!(words::written_before_objects_moved(&folder))
            }
            Some(part) if PARTS.iter().any(|part| self.root.join(part).exists()) => {
                anyhow::bail!(words::part_is_missing(&folder, part))
            }
            Some(_) => anyhow::bail!(words::not_a_data_folder(&folder, &found[0])),
        }
    }

    fn sync(&self) -> anyhow::Result<()> {
        Ok(File::open(&self.root)?.sync_all()?)
    }

    /// Tells other commands on this machine where the folder's owner answers.
    ///
    /// # Errors
    /// Where the folder cannot be written.
    pub fn tell_address(&self, url: &str) -> anyhow::Result<()> {
        Ok(fs::write(self.root.join(ADDRESS), url)?)
    }

    /// Where the owner of a folder answers, or did before it was stopped.
    pub fn address_in(root: &Path) -> Option<String> {
        fs::read_to_string(root.join(ADDRESS)).ok()
    }

    /// The file of the DynamoDB engine.
    pub fn database(&self) -> PathBuf {
        self.root.join(DATABASE)
    }

    /// The file of the S3 engine.
    pub fn objects(&self) -> PathBuf {
        self.root.join(OBJECTS)
    }

    pub fn secret(&self) -> PathBuf {
        self.root.join(SECRET)
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
        fs::rename(&draft, self.clock_file()).context("cannot keep the clock")?;
        self.sync()
    }

    /// Where the clock stands after a restart: where it was set, and as much later as has passed
    /// since; `None` where it was never set. A machine clock that was set back counts as no time.
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
        self.root.join(CLOCK)
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

    /// A folder with these files in it, each of one byte; what is said when it is opened.
    fn opened(files: &[&str]) -> Result<(), String> {
        let folder = tempfile::tempdir().expect("a folder");
        for name in files {
            fs::write(folder.path().join(name), "x").expect("a file");
        }
        DataFolder::open(folder.path()).map(|_| ()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_folder_that_lacks_a_part_is_refused_and_the_part_is_named() {
        assert_eq!(opened(&[]), Ok(()));
        assert_eq!(opened(&["lock", "lost+found"]), Ok(()));
        assert_eq!(opened(&PARTS), Ok(()));
        for missing in PARTS {
            let rest: Vec<&str> = PARTS.into_iter().filter(|part| *part != missing).collect();
            let refused = opened(&rest).expect_err(missing);
            assert!(refused.contains(&format!("thiếu {missing}")) && refused.contains("sao lưu"), "{refused}");
            assert!(opened(&[missing]).expect_err("one part alone").contains("thiếu"));
        }
        let refused = opened(&["contest.toml"]).expect_err("another folder");
        assert!(refused.contains("contest.toml") && refused.contains("thư mục trống"), "{refused}");
    }

    #[test]
    fn an_empty_file_is_a_missing_part_and_an_old_folder_is_named_as_such() {
        let folder = tempfile::tempdir().expect("a folder");
        for part in PARTS {
            fs::write(folder.path().join(part), "x").expect("a file");
        }
        fs::write(folder.path().join(DATABASE), "").expect("a file");
        let refused = DataFolder::open(folder.path()).expect_err("refused").to_string();
        assert!(refused.contains("thiếu dynamodb.sqlite"), "{refused}");
        fs::remove_file(folder.path().join(OBJECTS)).expect("removed");
        fs::create_dir(folder.path().join(OLD_OBJECTS)).expect("a folder");
        let refused = DataFolder::open(folder.path()).expect_err("refused").to_string();
        assert!(refused.contains("phiên bản cũ"), "{refused}");
    }

    #[test]
    fn a_first_start_that_was_cut_short_is_gone_on_with() {
        let folder = tempfile::tempdir().expect("a folder");
        drop(DataFolder::open(folder.path()).expect("new"));
        fs::write(folder.path().join(SECRET), "x").expect("a file");
        let data = DataFolder::open(folder.path()).expect("not whole yet");
        data.mark_whole().expect("told");
        drop(data);
        assert!(DataFolder::open(folder.path()).is_err(), "now every part counts");
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
