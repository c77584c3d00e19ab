//! Replacing an object by compare-and-swap, unless what stands there is newer.

use store::{Bucket, StoreError, Tagged};

/// Times that somebody else may be faster; each of them has written something, and counts are minutes apart.
const TRIES: usize = 4;

/// Writes `bytes` over what was `seen`. Returns `false` where something stands there that `is_as_new`: a slow count never
/// replaces a later one.
pub(crate) async fn replace(
    vault: &Bucket,
    path: &str,
    (mut seen, bytes): (Option<Tagged>, Vec<u8>),
    is_as_new: impl Fn(&[u8]) -> bool,
) -> Result<bool, StoreError> {
    for _ in 0..TRIES {
        if seen.as_ref().is_some_and(|seen| is_as_new(&seen.bytes)) {
            return Ok(false);
        }
        let tag = seen.as_ref().map(|seen| seen.tag.as_str());
        if vault.swap(path, tag, bytes.clone()).await? {
            return Ok(true);
        }
        seen = vault.get_tagged(path).await?;
    }
    Err(StoreError::Raced { what: path.to_owned() })
}
