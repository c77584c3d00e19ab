//! Lists of a bucket, page by page: S3's prefix, delimiter and place to go on from.

use super::objects::{Objects, Refused};
use rusqlite::params;

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Listing {
    pub(super) bucket: String,
    pub(super) prefix: String,
    /// What lies behind it after the prefix is told as one name.
    pub(super) delimiter: Option<String>,
    /// Only names after this one.
    pub(super) after: String,
    pub(super) limit: usize,
}

/// A page of a list, in the order of the keys' bytes.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) objects: Vec<Listed>,
    pub(super) prefixes: Vec<String>,
    /// The last name of a page that is not the last one.
    pub(super) next: Option<String>,
}

/// An object of a list.
#[derive(Debug)]
pub(super) struct Listed {
    pub(super) key: String,
    pub(super) written: i64,
    pub(super) etag: String,
    pub(super) size: i64,
}

impl Objects {
    /// The page that a listing asks for.
    pub(super) fn list(&self, listing: &Listing) -> Result<Page, Refused> {
        self.require_bucket(&listing.bucket)?;
        let mut query = self.database.prepare_cached(
            "SELECT key, written, etag, size FROM objects
             WHERE bucket = ?1 AND in_force = 1 AND key >= ?2 ORDER BY key",
        )?;
        let mut rows = query.query(params![listing.bucket, (&listing.prefix).max(&listing.after)])?;
        let (mut page, mut last) = (Page::default(), listing.after.clone());
        while let Some(row) = rows.next()? {
            let key: String = row.get(0)?;
            if !key.starts_with(&listing.prefix) || listing.limit == 0 {
                break;
            }
            let folder = listing.folder_of(&key);
            let name = folder.unwrap_or(&key);
            if name <= last.as_str() {
                continue;
            }
            if page.objects.len() + page.prefixes.len() == listing.limit {
                page.next = Some(last);
                break;
            }
            last = name.to_owned();
            match folder {
                Some(folder) => page.prefixes.push(folder.to_owned()),
                None => page.objects.push(Listed { key, written: row.get(1)?, etag: row.get(2)?, size: row.get(3)? }),
            }
        }
        Ok(page)
    }
}

impl Listing {
    /// The part of a key up to the first delimiter after the prefix.
    fn folder_of<'a>(&self, key: &'a str) -> Option<&'a str> {
        let delimiter = self.delimiter.as_deref().filter(|delimiter| !delimiter.is_empty())?;
        let place = key[self.prefix.len()..].find(delimiter)?;
        Some(&key[..self.prefix.len() + place + delimiter.len()])
    }
}
