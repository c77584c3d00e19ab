//! The documents of one version, put where officials find them.

use crate::App;
use documents::officials::{Document, documents_json};
use documents_json::Line;
use std::fmt::Display;

/// Whether the documents of a version were made already; `path` names a file of it.
pub(crate) async fn are_there(app: &App, path: impl Fn(&str) -> String) -> anyhow::Result<bool> {
    Ok(app.officials.get(&path(documents_json::NAME)).await?.is_some())
}

/// The folder of a version. What stands there stays: accounts may have been erased since a run before this one wrote it.
pub(crate) struct Folder<'a, P> {
    app: &'a App,
    path: P,
    lines: Vec<Line>,
}

impl<'a, P: Fn(&str) -> String> Folder<'a, P> {
    /// `path` names a file in it.
    pub(crate) fn new(app: &'a App, path: P) -> Self {
        Self { app, path, lines: Vec::new() }
    }

    /// Puts a document.
    pub(crate) async fn put(&mut self, document: Document) -> anyhow::Result<()> {
        let mut line = document.line();
        if let Ok(bytes) = document.bytes {
            let kept = self.app.officials.put_if_absent(&(self.path)(document.name), bytes).await?;
            line = Line::ready(document.name, &kept);
        }
        self.lines.push(line);
        Ok(())
    }

    /// Puts a document that takes long to make, unless a run before this one has put it: thousands of certificates may
    /// take more than one run.
    pub(crate) async fn print<E: Display>(
        &mut self,
        name: &str,
        make: impl FnOnce() -> Result<Vec<u8>, E>,
    ) -> anyhow::Result<()> {
        let path = (self.path)(name);
        let kept = match self.app.officials.get(&path).await? {
            Some(kept) => Ok(kept),
            None => match make() {
                Ok(bytes) => Ok(self.app.officials.put_if_absent(&path, bytes).await?),
                Err(error) => Err(error),
            },
        };
        self.lines.push(match kept {
            Ok(bytes) => Line::ready(name, &bytes),
            Err(error) => Line::failed(name, error),
        });
        Ok(())
    }

    /// Puts a file that is no document of the list, unless it is there.
    pub(crate) async fn put_beside(&self, name: &str, bytes: Vec<u8>) -> anyhow::Result<()> {
        Ok(self.app.officials.put_named(&(self.path)(name), bytes).await?)
    }

    /// Puts the list of the documents: where it stands, all do. Returns how many there are.
    pub(crate) async fn finish(self) -> anyhow::Result<usize> {
        let list = documents_json::documents_json(&self.lines);
        self.app.officials.put_named(&(self.path)(documents_json::NAME), list).await?;
        Ok(self.lines.len())
    }
}
