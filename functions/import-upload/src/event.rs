//! What an S3 event says of one upload.

use aws_lambda_events::s3::S3EventRecord;
use contest::ids::ContestId;
use std::fmt;
use store::keys;

/// One object in the folder of a contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upload {
    /// The folder.
    pub contest: ContestId,
    /// Name of the file, which may hold slashes.
    pub file: String,
    /// Version, where the bucket has versions.
    pub version: Option<String>,
    /// Bytes, as far as the event tells.
    pub size: u64,
    /// ETag without quotes, as far as the event tells.
    pub tag: Option<String>,
}

impl Upload {
    /// Reads a record.
    ///
    /// # Errors
    /// Why the object is no upload to a contest; nothing of its key may become part of another key.
    pub(crate) fn of(record: &S3EventRecord) -> Result<Self, &'static str> {
        let object = &record.s3.object;
        if record.event_name.as_deref().is_some_and(|name| !name.contains("ObjectCreated")) {
            return Err("not created");
        }
        let key = url_decoded(object.key.as_deref().unwrap_or_default()).ok_or("its key is not UTF-8")?;
        let (contest, file) = folder_and_file(&key)?;
        Ok(Self {
            contest,
            file: file.to_owned(),
            version: object.version_id.clone().filter(|version| !version.is_empty() && version != "null"),
            size: object.size.unwrap_or(0).unsigned_abs(),
            tag: object.e_tag.as_deref().map(|tag| tag.trim_matches('"').to_owned()).filter(|tag| !tag.is_empty()),
        })
    }

    /// Path in the bucket of uploads.
    pub(crate) fn key(&self) -> String {
        format!("{}/{}", self.contest, self.file)
    }

    /// The name under which the report lies: the file's own, unless it could lead out of the folder.
    pub(crate) fn report_name(&self) -> String {
        report_name(&self.file)
    }
}

/// Where in the bucket of officials the report on an upload lies; `None` where the object is no upload to a
/// contest, and has none.
pub fn report_path(key: &str) -> Option<String> {
    let (contest, file) = folder_and_file(key).ok()?;
    Some(keys::import_report(&contest, &report_name(file)))
}

fn folder_and_file(key: &str) -> Result<(ContestId, &str), &'static str> {
    let (contest, file) = key.split_once('/').ok_or("it lies in no folder")?;
    let contest = ContestId::parse(contest).map_err(|_| "its folder is no contest id")?;
    if file.is_empty() || file.ends_with('/') {
        return Err("it is a folder");
    }
    Ok((contest, file))
}

fn report_name(file: &str) -> String {
    let safe = |c: char| if c == '/' || c == '\\' || c.is_control() { '_' } else { c };
    let name: String = file.chars().map(safe).take(200).collect();
    if name.starts_with('.') { name.replacen('.', "_", 1) } else { name }
}

impl fmt::Display for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.contest, self.report_name())
    }
}

/// Keys in events are encoded like form fields: `+` is a space, `%C3%A2` is `â`.
fn url_decoded(key: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(key.len());
    let mut rest = key.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let pair = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&pair).ok()?, 16).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(key: &str) -> Result<Upload, &'static str> {
        let json = serde_json::json!({
            "eventName": "ObjectCreated:Put",
            "eventTime": "2021-12-01T00:00:00.000Z",
            "userIdentity": {},
            "requestParameters": {},
            "responseElements": {},
            "s3": { "bucket": {}, "object": { "key": key, "size": 3, "eTag": "\"t\"", "versionId": "null" } },
        });
        Upload::of(&serde_json::from_value(json).expect("a record"))
    }

    #[test]
    fn only_what_the_event_really_tells_is_kept() {
        let upload = upload("a/units.csv").expect("an upload");
        assert_eq!((upload.version, upload.tag.as_deref(), upload.size), (None, Some("t"), 3));
    }

    #[test]
    fn keys_are_decoded_and_reports_stay_in_their_folder() {
        let file = |key: &str| upload(key).map(|u| (u.file.clone(), u.report_name()));
        assert_eq!(file("a-1/units.csv"), Ok(("units.csv".into(), "units.csv".into())));
        assert_eq!(file("a/c%C3%A2u+h%E1%BB%8Fi.csv"), Ok(("câu hỏi.csv".into(), "câu hỏi.csv".into())));
        assert_eq!(file("a/b/../../c.csv"), Ok(("b/../../c.csv".into(), "b_.._.._c.csv".into())));
        assert_eq!(file("a/..").map(|(_, name)| name), Ok("_.".into()));
        for bad in ["units.csv", "A/units.csv", "../units.csv", "a/", "a/b/", "a/%FF", "a/%4", ""] {
            assert!(upload(bad).is_err(), "{bad}");
        }
    }
}
