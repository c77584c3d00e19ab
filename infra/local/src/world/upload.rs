//! Uploads a contest folder as an organizer would: one PUT a file, the plan first.

use super::site::content_type;
use crate::engines::s3::UPLOADS;
use anyhow::Context;
use aws_sdk_s3::Client;
use include_dir::{Dir, include_dir};
use serde_json::Value;
use std::fs;
use std::path::Path;

static SAMPLES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../../contests");

/// Name of the plan's file.
pub const PLAN: &str = "contest.toml";

/// A contest folder in memory.
#[derive(Clone, Debug)]
pub struct ContestFolder {
    /// The contest's id: the folder's name in the bucket.
    pub id: String,
    /// Name and bytes of each file, the plan first, then by name.
    pub files: Vec<(String, Vec<u8>)>,
}

impl ContestFolder {
    /// A folder of files, put into the order of uploading. What only describes the folder to people
    /// is left out, as the organizers' guide says.
    pub fn new(id: &str, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut files: Vec<_> =
            files.into_iter().filter(|(name, _)| !name.starts_with('.') && !name.ends_with(".md")).collect();
        files.sort_by(|(a, _), (b, _)| (a != PLAN, a).cmp(&(b != PLAN, b)));
        Self { id: id.to_owned(), files }
    }

    /// Reads a folder from the disk; its plan names the contest.
    ///
    /// # Errors
    /// Where the folder cannot be read or has no plan with an id.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let mut files = Vec::new();
        for entry in fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                let name =
                    entry.file_name().into_string().map_err(|name| anyhow::anyhow!("{name:?} is not Unicode"))?;
                files.push((name, fs::read(entry.path())?));
            }
        }
        let mut folder = Self::new("", files);
        folder.id = folder.plan()?.id.to_string();
        Ok(folder)
    }

    /// Every folder with a plan below `path`, by name; or `path` itself, where it is one.
    ///
    /// # Errors
    /// Where a folder cannot be read or its plan names no contest.
    pub fn read_all(path: &Path) -> anyhow::Result<Vec<Self>> {
        if path.join(PLAN).is_file() {
            return Ok(vec![Self::read(path)?]);
        }
        let entries = fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))?;
        let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
        paths.retain(|path| path.join(PLAN).is_file());
        paths.sort();
        paths.iter().map(|path| Self::read(path)).collect()
    }

    /// The sample contests of this program.
    ///
    /// # Errors
    /// Where a sample has a file name that is not Unicode.
    pub fn samples() -> anyhow::Result<Vec<Self>> {
        let mut samples = Vec::new();
        for folder in SAMPLES.dirs().filter(|folder| folder.get_file(folder.path().join(PLAN)).is_some()) {
            let name = |path: &Path| {
                path.file_name().and_then(|name| name.to_str()).map(str::to_owned).context("a name that is not Unicode")
            };
            let files = folder.files().map(|file| Ok((name(file.path())?, file.contents().to_vec())));
            samples.push(Self::new(&name(folder.path())?, files.collect::<anyhow::Result<Vec<_>>>()?));
        }
        samples.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(samples)
    }

    /// The bytes of a file.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.files.iter().find(|(other, _)| other == name).map(|(_, bytes)| bytes.as_slice())
    }

    /// The text of the plan.
    ///
    /// # Errors
    /// Where there is none, or it is not UTF-8.
    pub fn plan_text(&self) -> anyhow::Result<&str> {
        let bytes = self.file(PLAN).with_context(|| format!("the folder has no {PLAN}"))?;
        Ok(std::str::from_utf8(bytes)?)
    }

    /// The plan.
    ///
    /// # Errors
    /// Where it has errors; `hoithi check` lists them.
    pub fn plan(&self) -> anyhow::Result<contest::plan::Plan> {
        let reading = contest::plan_file::read(self.plan_text()?);
        reading.plan.with_context(|| format!("{PLAN} has {} errors; `hoithi check` lists them", reading.errors.len()))
    }

    /// Uploads every file that is not there already byte for byte, and reads its report, which is
    /// there once the upload is answered. Returns what was rejected.
    ///
    /// # Errors
    /// Where the port does not answer as it should.
    pub async fn upload(&self, s3: &Client) -> anyhow::Result<Vec<String>> {
        let mut rejections = Vec::new();
        for (name, bytes) in &self.files {
            let key = format!("{}/{name}", self.id);
            if stored(s3, UPLOADS, &key).await?.as_ref() == Some(bytes) {
                continue;
            }
            let put = s3.put_object().bucket(UPLOADS).key(&key).content_type(content_type(name));
            put.body(bytes.clone().into()).send().await.with_context(|| format!("cannot upload {key}"))?;
            let report = import_report(s3, &self.id, name).await?.with_context(|| format!("no report about {key}"))?;
            let unseen = report["warnings"].as_array().into_iter().flatten();
            for warning in unseen.filter(|warning| warning["code"] == "all_rounds_are_over") {
                tracing::warn!("{key}: {}", warning["message"].as_str().unwrap_or_default());
            }
            if report["status"] != "accepted" {
                rejections.push(format!("{key}: {}", report["errors"]));
            }
        }
        Ok(rejections)
    }

    /// Uploads every file.
    ///
    /// # Errors
    /// Where one is rejected.
    pub async fn upload_whole(&self, s3: &Client) -> anyhow::Result<()> {
        let rejections = self.upload(s3).await?;
        anyhow::ensure!(rejections.is_empty(), "the upload was rejected: {}", rejections.join("; "));
        Ok(())
    }
}

/// The report about an upload, if there is one.
///
/// # Errors
/// Where the bucket cannot be read or the report is no JSON.
pub async fn import_report(s3: &Client, contest: &str, file: &str) -> anyhow::Result<Option<Value>> {
    report_at(s3, &format!("{contest}/imports/{file}.report.json")).await
}

/// The report at a path, if there is one.
pub(crate) async fn report_at(s3: &Client, path: &str) -> anyhow::Result<Option<Value>> {
    let report = stored(s3, "officials", path).await?;
    Ok(report.map(|bytes| serde_json::from_slice(&bytes)).transpose()?)
}

/// The bytes of an object, if there is one.
pub(crate) async fn stored(s3: &Client, bucket: &str, key: &str) -> anyhow::Result<Option<Vec<u8>>> {
    match s3.get_object().bucket(bucket).key(key).send().await {
        Ok(got) => Ok(Some(got.body.collect().await?.to_vec())),
        Err(error) if error.as_service_error().is_some_and(|error| error.is_no_such_key()) => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {bucket}/{key}")),
    }
}
