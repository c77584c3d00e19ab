//! Objects in one SQLite file. A write is one transaction: it happens with its conditions, its version and
//! its headers, or leaves nothing, whatever its key is called and at whatever step the disk is full.

use crate::world::clock::machine_instant;
use anyhow::Context;
use bytes::Bytes;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use s3s::dto::{ETag, ETagCondition};
use s3s::{S3Error, S3ErrorCode};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::time::SystemTime;

/// The buckets, named after their roles.
pub const BUCKETS: [&str; 4] = ["uploads", "vault", "officials", "site"];

/// The bucket with versions and events.
pub const UPLOADS: &str = "uploads";

/// The bucket whose pointers have events.
pub(super) const SITE: &str = "site";
pub(super) const OFFICIALS: &str = "officials";

/// What `user_version` says of a file with the tables below.
const FORMAT: i64 = 1;

/// Of `uploads` every version is kept, of the others the one that is in force. Content stands last, so that a
/// list reads none of it.
const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY, created INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS objects (
        id INTEGER PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, written INTEGER NOT NULL,
        in_force INTEGER NOT NULL, etag TEXT NOT NULL, size INTEGER NOT NULL, headers TEXT NOT NULL,
        content BLOB NOT NULL,
        UNIQUE (bucket, key, written)
    ) STRICT;
    CREATE UNIQUE INDEX IF NOT EXISTS one_in_force ON objects (bucket, key) WHERE in_force = 1;
    CREATE TABLE IF NOT EXISTS multipart (
        id TEXT PRIMARY KEY, bucket TEXT NOT NULL, key TEXT NOT NULL, headers TEXT NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS parts (
        upload TEXT NOT NULL REFERENCES multipart (id) ON DELETE CASCADE, number INTEGER NOT NULL,
        written INTEGER NOT NULL, etag TEXT NOT NULL, size INTEGER NOT NULL, content BLOB NOT NULL,
        PRIMARY KEY (upload, number)
    ) STRICT;
";

const ENTRY: &str = "SELECT id, written, etag, size, headers FROM objects WHERE bucket = ?1 AND key = ?2";

/// An object by bucket and key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectKey {
    pub bucket: String,
    pub key: String,
}

/// Headers that are kept with an object and come back with it.
pub(super) type Headers = BTreeMap<String, String>;

/// What an operation ends with instead of its answer.
#[derive(Debug)]
pub(super) enum Refused {
    /// For the client, in the words of S3.
    Code(S3ErrorCode),
    /// The file cannot be read or written.
    Disk(rusqlite::Error),
}

/// What came into being by a write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub object: ObjectKey,
    /// The nanosecond of the write, later than any before it of the same key.
    pub at: i64,
    /// Bytes.
    pub size: u64,
    /// Without quotes.
    pub etag: String,
}

impl Written {
    /// The version: sixteen hexadecimal digits that grow with each write of the key.
    pub fn version(&self) -> String {
        version_of(self.at)
    }
}

/// An object to write.
pub(super) struct New {
    pub(super) object: ObjectKey,
    pub(super) etag: String,
    pub(super) headers: Headers,
    pub(super) content: Bytes,
}

/// What must hold of the object in force.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    pub(super) if_match: Option<ETagCondition>,
    pub(super) if_none_match: Option<ETagCondition>,
}

impl Conditions {
    /// Whether they hold of the object with this ETag, or of none.
    pub(super) fn hold(&self, etag: Option<&str>) -> bool {
        let is = |condition: &ETagCondition| match (condition, etag) {
            (_, None) => false,
            (ETagCondition::Any, Some(_)) => true,
            (ETagCondition::ETag(wanted), Some(etag)) => ETag::Strong(etag.to_owned()).weak_cmp(wanted),
        };
        self.if_match.as_ref().is_none_or(is) && !self.if_none_match.as_ref().is_some_and(is)
    }
}

/// An object without its bytes.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    id: i64,
    pub(super) written: i64,
    pub(super) etag: String,
    pub(super) size: u64,
    pub(super) headers: Headers,
}

/// The file, or a temporary one that goes with the process.
#[derive(Debug)]
pub(super) struct Objects {
    pub(super) database: Connection,
}

impl Objects {
    /// Opens the file, and makes its tables and buckets if need be. What is acknowledged is on the disk then.
    pub(super) fn open(file: Option<&Path>) -> anyhow::Result<Self> {
        let database = match file {
            Some(path) => Connection::open(path).with_context(|| format!("cannot open {}", path.display()))?,
            None => Connection::open("")?,
        };
        let settings = match file {
            Some(_) => {
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
                 PRAGMA journal_size_limit = 16777216;"
            }
            None => "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;",
        };
        database.execute_batch(settings)?;
        database.execute_batch("PRAGMA foreign_keys = ON;")?;
        let found: i64 = database.pragma_query_value(None, "user_version", |row| row.get(0))?;
        anyhow::ensure!(found <= FORMAT, "the objects were written by a later hoithi");
        let mut objects = Self { database };
        objects.change(|write| {
            write.execute_batch(TABLES)?;
            write.pragma_update(None, "user_version", FORMAT)?;
            for bucket in BUCKETS {
                write.execute("INSERT OR IGNORE INTO buckets VALUES (?1, ?2)", params![bucket, nanoseconds()])?;
            }
            Ok(())
        })?;
        Ok(objects)
    }

    /// One transaction: all of it or nothing.
    pub(super) fn change<T>(&mut self, work: impl FnOnce(&Transaction) -> Result<T, Refused>) -> Result<T, Refused> {
        let done = self.transact(work);
        if matches!(done, Err(Refused::Disk(_))) {
            // The log ahead of the file has grown to where the disk ended, and would keep the disk full. What
            // cannot be given back now is so after the next write.
            let _still_full = self.database.execute_batch("PRAGMA wal_checkpoint(TRUNCATE);");
        }
        done
    }

    fn transact<T>(&mut self, work: impl FnOnce(&Transaction) -> Result<T, Refused>) -> Result<T, Refused> {
        let write = self.database.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let done = work(&write)?;
        write.commit()?;
        Ok(done)
    }

    /// Writes an object if the conditions hold of what is in force.
    pub(super) fn put(&mut self, new: &New, conditions: &Conditions) -> Result<Written, Refused> {
        self.change(|write| put(write, new, conditions))
    }

    /// Takes an object out of force, if the conditions hold of it. Versions of uploads can still be read.
    pub(super) fn delete(&mut self, objects: &[ObjectKey], conditions: &Conditions) -> Result<(), Refused> {
        self.change(|write| {
            for object in objects {
                let standing = in_force(write, object)?;
                if !conditions.hold(standing.as_ref().map(|entry| entry.etag.as_str())) {
                    return Err(S3ErrorCode::PreconditionFailed.into());
                }
                retire(write, object)?;
            }
            Ok(())
        })
    }

    /// The object in force, or one of its versions.
    pub(super) fn entry(&self, object: &ObjectKey, version: Option<&str>) -> Result<Entry, Refused> {
        let Some(version) = version else {
            return in_force(&self.database, object)?.ok_or_else(|| S3ErrorCode::NoSuchKey.into());
        };
        let at = i64::from_str_radix(version, 16).map_err(|_| S3ErrorCode::NoSuchVersion)?;
        let mut query = self.database.prepare_cached(&format!("{ENTRY} AND written = ?3"))?;
        let found = query.query_row(params![object.bucket, object.key, at], entry_of).optional()?;
        found.ok_or_else(|| S3ErrorCode::NoSuchVersion.into())
    }

    /// Some bytes of an object.
    pub(super) fn content(&self, entry: &Entry, range: Range<u64>) -> Result<Bytes, Refused> {
        let mut query = self.database.prepare_cached("SELECT substr(content, ?2, ?3) FROM objects WHERE id = ?1")?;
        let (first, length) = (stored(range.start) + 1, stored(range.end - range.start));
        // Of no bytes SQLite says NULL.
        let bytes: Option<Vec<u8>> = query.query_row(params![entry.id, first, length], |row| row.get(0))?;
        Ok(bytes.unwrap_or_default().into())
    }

    /// Every object of a bucket that is in force, by key.
    pub(super) fn all(&self, bucket: &str) -> Result<Vec<Written>, Refused> {
        let mut query = self.database.prepare_cached(
            "SELECT key, written, etag, size FROM objects WHERE bucket = ?1 AND in_force = 1 ORDER BY key",
        )?;
        let written = query.query_map([bucket], |row| {
            let object = ObjectKey { bucket: bucket.to_owned(), key: row.get(0)? };
            Ok(Written { object, at: row.get(1)?, etag: row.get(2)?, size: row.get::<_, i64>(3)?.unsigned_abs() })
        })?;
        Ok(written.collect::<rusqlite::Result<_>>()?)
    }

    /// Path and bytes of every object of a bucket that is in force.
    pub(super) fn contents(&self, bucket: &str) -> Result<BTreeMap<String, Vec<u8>>, Refused> {
        let mut query =
            self.database.prepare_cached("SELECT key, content FROM objects WHERE bucket = ?1 AND in_force = 1")?;
        let contents = query.query_map([bucket], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(contents.collect::<rusqlite::Result<_>>()?)
    }

    /// Names and times of making.
    pub(super) fn buckets(&self) -> Result<Vec<(String, i64)>, Refused> {
        let mut query = self.database.prepare_cached("SELECT name, created FROM buckets ORDER BY name")?;
        let found = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(found.collect::<rusqlite::Result<_>>()?)
    }

    pub(super) fn create_bucket(&mut self, name: &str) -> Result<(), Refused> {
        let made = self.change(|write| {
            Ok(write.execute("INSERT OR IGNORE INTO buckets VALUES (?1, ?2)", params![name, nanoseconds()])?)
        })?;
        if made == 0 { Err(S3ErrorCode::BucketAlreadyOwnedByYou.into()) } else { Ok(()) }
    }

    /// Takes an empty bucket away.
    pub(super) fn delete_bucket(&mut self, name: &str) -> Result<(), Refused> {
        self.change(|write| {
            require_bucket(write, name)?;
            if write.query_row("SELECT EXISTS (SELECT 1 FROM objects WHERE bucket = ?1)", [name], |row| row.get(0))? {
                return Err(S3ErrorCode::BucketNotEmpty.into());
            }
            write.execute("DELETE FROM buckets WHERE name = ?1", [name])?;
            Ok(())
        })
    }

    /// Refuses a bucket that is not there.
    pub(super) fn require_bucket(&self, name: &str) -> Result<(), Refused> {
        require_bucket(&self.database, name)
    }
}

/// Writes an object within a transaction.
pub(super) fn put(write: &Transaction, new: &New, conditions: &Conditions) -> Result<Written, Refused> {
    let New { object, etag, headers, content } = new;
    require_bucket(write, &object.bucket)?;
    let standing = in_force(write, object)?;
    if !conditions.hold(standing.as_ref().map(|entry| entry.etag.as_str())) {
        return Err(S3ErrorCode::PreconditionFailed.into());
    }
    let last: Option<i64> = write.query_row(
        "SELECT max(written) FROM objects WHERE bucket = ?1 AND key = ?2",
        params![object.bucket, object.key],
        |row| row.get(0),
    )?;
    let at = last.map_or(0, |last| last + 1).max(nanoseconds());
    retire(write, object)?;
    let mut insert = write.prepare_cached(
        "INSERT INTO objects (bucket, key, written, in_force, etag, size, headers, content)
         VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7)",
    )?;
    let size = content.len() as u64;
    let headers = json_of(headers);
    insert.execute(params![object.bucket, object.key, at, etag, stored(size), headers, content.as_ref()])?;
    Ok(Written { object: object.clone(), at, size, etag: etag.clone() })
}

fn retire(write: &Transaction, object: &ObjectKey) -> Result<(), Refused> {
    let change = match object.bucket.as_str() {
        UPLOADS => "UPDATE objects SET in_force = 0 WHERE bucket = ?1 AND key = ?2 AND in_force = 1",
        _ => "DELETE FROM objects WHERE bucket = ?1 AND key = ?2",
    };
    write.prepare_cached(change)?.execute(params![object.bucket, object.key])?;
    Ok(())
}

fn in_force(database: &Connection, object: &ObjectKey) -> Result<Option<Entry>, Refused> {
    let mut query = database.prepare_cached(&format!("{ENTRY} AND in_force = 1"))?;
    Ok(query.query_row(params![object.bucket, object.key], entry_of).optional()?)
}

pub(super) fn require_bucket(database: &Connection, name: &str) -> Result<(), Refused> {
    let mut query = database.prepare_cached("SELECT 1 FROM buckets WHERE name = ?1")?;
    if query.exists([name])? { Ok(()) } else { Err(S3ErrorCode::NoSuchBucket.into()) }
}

/// Reads the columns of [`ENTRY`].
fn entry_of(row: &Row) -> rusqlite::Result<Entry> {
    let headers = headers_of(&row.get::<_, String>(4)?);
    let size = row.get::<_, i64>(3)?.unsigned_abs();
    Ok(Entry { id: row.get(0)?, written: row.get(1)?, etag: row.get(2)?, size, headers })
}

/// Headers as they are kept.
pub(super) fn json_of(headers: &Headers) -> String {
    serde_json::json!(headers).to_string()
}

/// What [`json_of`] kept.
pub(super) fn headers_of(json: &str) -> Headers {
    serde_json::from_str(json).unwrap_or_default()
}

/// A size as SQLite keeps it.
pub(super) fn stored(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

/// The version of an object by the nanosecond of its write.
pub(super) fn version_of(written: i64) -> String {
    format!("{written:016x}")
}

/// Now, since 1970; far from the end of its range until 2262.
pub(super) fn nanoseconds() -> i64 {
    let passed = machine_instant().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(passed.as_nanos()).unwrap_or(i64::MAX)
}

impl From<S3ErrorCode> for Refused {
    fn from(code: S3ErrorCode) -> Self {
        Self::Code(code)
    }
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Self {
        Self::Disk(error)
    }
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => f.write_str(code.as_str()),
            Self::Disk(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Refused {}

impl From<Refused> for S3Error {
    /// A disk that is full or does not answer is a store that is busy: the same request may succeed later.
    fn from(refused: Refused) -> Self {
        let error = match refused {
            Refused::Code(code) => return code.into(),
            Refused::Disk(error) => error,
        };
        tracing::error!("the objects cannot be read or written: {error}");
        let busy = error.sqlite_error_code().is_some_and(|code| {
            use rusqlite::ErrorCode;
            matches!(
                code,
                ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::DatabaseBusy | ErrorCode::CannotOpen
            )
        });
        if !busy {
            return S3ErrorCode::InternalError.into();
        }
        let mut answer = S3Error::new(S3ErrorCode::ServiceUnavailable);
        let retry_after = (axum::http::header::RETRY_AFTER, axum::http::HeaderValue::from(super::BUSY_SECONDS));
        answer.set_headers([retry_after].into_iter().collect());
        answer
    }
}
