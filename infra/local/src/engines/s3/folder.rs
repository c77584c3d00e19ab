//! The folder under the S3 engine: where `s3s-fs` keeps an object and what it knows of it, undoing
//! a write that was refused or interrupted, versions of uploads, and making writes durable.

use crate::clock::machine_instant;
use anyhow::Context;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Where a write keeps what it replaces, until it has succeeded.
const UNDO: &str = ".undo";
/// An [`UNDO`] that is not complete yet, or not needed any more.
const UNDO_DRAFT: &str = ".undo-draft";
/// Copies of every version of every upload.
const VERSIONS: &str = ".versions";

/// An object by bucket and key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectKey {
    /// Bucket.
    pub bucket: String,
    /// Key in it; empty for the bucket itself.
    pub key: String,
}

/// The folder of the engine.
#[derive(Debug)]
pub(super) struct Folder {
    root: PathBuf,
    durable: bool,
}

impl Folder {
    /// Opens the folder: undoes a write that a crash cut short, creates missing buckets.
    pub(super) fn open(root: &Path, buckets: &[&str], durable: bool) -> anyhow::Result<Self> {
        fs::create_dir_all(root).with_context(|| format!("cannot create {}", root.display()))?;
        if let Some(undo) = Undo::left_behind(root)? {
            tracing::warn!("a write was cut short; it is undone");
            undo.roll_back()?;
        }
        remove_dir_if_any(&root.join(UNDO_DRAFT))?;
        for bucket in buckets {
            fs::create_dir_all(root.join(bucket))?;
        }
        Ok(Self { root: root.to_owned(), durable })
    }

    /// Remembers the object as it stands.
    pub(super) fn begin(&self, object: &ObjectKey) -> anyhow::Result<Undo> {
        Undo::begin(&self.root, &self.files_of(object))
    }

    /// Finishes a successful write: stamps and keeps the version of an upload, and with `--data`
    /// brings everything to the disk.
    pub(super) fn settle(&self, object: &ObjectKey, versioned: bool) -> anyhow::Result<()> {
        let path = self.object_path(object);
        if versioned && path.is_file() {
            // The file system's own stamps are coarser than two writes can be apart.
            File::options().write(true).open(&path)?.set_modified(machine_instant())?;
            let version = self.version_id(object)?.context("an object without a version")?;
            let copy = self.version_path(object, &version);
            fs::create_dir_all(copy.parent().context("a path without a folder")?)?;
            fs::copy(&path, &copy)?;
            self.sync(&copy)?;
        }
        self.files_of(object).iter().try_for_each(|file| self.sync(file))
    }

    /// The version of an upload: the nanosecond of its write, in hexadecimal.
    pub(super) fn version_id(&self, object: &ObjectKey) -> anyhow::Result<Option<String>> {
        match fs::metadata(self.object_path(object)) {
            Ok(metadata) if metadata.is_file() => {
                let written = metadata.modified()?.duration_since(SystemTime::UNIX_EPOCH)?;
                Ok(Some(format!("{:016x}", written.as_nanos())))
            }
            Ok(_) => Ok(None),
            Err(error) if is_absence(&error) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The bytes of an upload's version, current or not.
    pub(super) fn old_version(&self, object: &ObjectKey, version: &str) -> anyhow::Result<Option<Vec<u8>>> {
        if version.is_empty() || !version.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(None);
        }
        match fs::read(self.version_path(object, version)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if is_absence(&error) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Bytes of an object.
    pub(super) fn size(&self, object: &ObjectKey) -> anyhow::Result<u64> {
        Ok(fs::metadata(self.object_path(object))?.len())
    }

    fn object_path(&self, object: &ObjectKey) -> PathBuf {
        self.root.join(&object.bucket).join(&object.key)
    }

    fn version_path(&self, object: &ObjectKey, version: &str) -> PathBuf {
        let name = Sha256::digest(format!("{}/{}", object.bucket, object.key));
        self.root.join(VERSIONS).join(HEXLOWER.encode(&name)).join(version)
    }

    /// The object and the two files in which `s3s-fs` 0.14 keeps its headers and its ETag; a test
    /// compares these names with what it writes.
    fn files_of(&self, object: &ObjectKey) -> [PathBuf; 3] {
        let encode = |text: &str| BASE64URL_NOPAD.encode(text.as_bytes());
        let name = format!(".bucket-{}.object-{}", encode(&object.bucket), encode(&object.key));
        [
            self.object_path(object),
            self.root.join(format!("{name}.metadata.json")),
            self.root.join(format!("{name}.internal.json")),
        ]
    }

    /// With `--data`, brings a file and every folder above it, up to the root, to the disk.
    fn sync(&self, file: &Path) -> anyhow::Result<()> {
        if !self.durable {
            return Ok(());
        }
        if file.is_file() {
            File::open(file)?.sync_all()?;
        }
        for folder in file.ancestors().skip(1).take_while(|folder| folder.starts_with(&self.root)) {
            if folder.is_dir() {
                File::open(folder)?.sync_all()?;
            }
        }
        Ok(())
    }
}

/// What a write replaces, kept beside the buckets until the write has succeeded. Whatever is found
/// there at the start belongs to a write that nobody got an answer for.
#[derive(Debug)]
pub(super) struct Undo {
    root: PathBuf,
    kept: Vec<Kept>,
}

#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct Kept {
    /// Below the root.
    path: PathBuf,
    existed: bool,
}

impl Undo {
    fn begin(root: &Path, files: &[PathBuf]) -> anyhow::Result<Self> {
        let draft = root.join(UNDO_DRAFT);
        fs::create_dir(&draft)?;
        let mut kept = Vec::new();
        for (place, path) in files.iter().enumerate() {
            let existed = path.is_file();
            if existed {
                let copy = draft.join(place.to_string());
                fs::copy(path, &copy)?;
                // The modification time of an upload is its version.
                File::options().write(true).open(&copy)?.set_modified(fs::metadata(path)?.modified()?)?;
            }
            kept.push(Kept { path: path.strip_prefix(root)?.to_owned(), existed });
        }
        fs::write(draft.join("kept.json"), serde_json::to_vec(&kept)?)?;
        fs::rename(&draft, root.join(UNDO))?;
        Ok(Self { root: root.to_owned(), kept })
    }

    fn left_behind(root: &Path) -> anyhow::Result<Option<Self>> {
        match fs::read(root.join(UNDO).join("kept.json")) {
            Ok(json) => Ok(Some(Self { root: root.to_owned(), kept: serde_json::from_slice(&json)? })),
            Err(error) if is_absence(&error) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The write succeeded.
    pub(super) fn commit(self) -> anyhow::Result<()> {
        self.clear()
    }

    /// Puts everything back as it was. Can be repeated after a crash: a file that was put back
    /// already is found missing among the kept ones.
    pub(super) fn roll_back(self) -> anyhow::Result<()> {
        for (place, kept) in self.kept.iter().enumerate() {
            let path = self.root.join(&kept.path);
            let restored = if kept.existed {
                fs::rename(self.root.join(UNDO).join(place.to_string()), &path)
            } else if path.is_dir() {
                // A key that ends in a slash is a folder, which holds nothing of its own.
                Ok(())
            } else {
                fs::remove_file(&path)
            };
            match restored {
                Ok(()) => {}
                Err(error) if is_absence(&error) => {}
                Err(error) => return Err(error).with_context(|| format!("cannot restore {}", path.display())),
            }
        }
        self.clear()
    }

    fn clear(&self) -> anyhow::Result<()> {
        let draft = self.root.join(UNDO_DRAFT);
        fs::rename(self.root.join(UNDO), &draft)?;
        remove_dir_if_any(&draft)
    }
}

fn remove_dir_if_any(path: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(path) {
        Ok(()) => Ok(()),
        Err(error) if is_absence(&error) => Ok(()),
        Err(error) => Err(error).with_context(|| format!("cannot remove {}", path.display())),
    }
}

/// Nothing there, or something above it is a file.
fn is_absence(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}
