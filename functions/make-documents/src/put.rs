//! The documents of one version, put where officials find them.

use crate::App;
use documents::officials::{Document, documents_json};

/// Whether the documents of a version were made already; `path` names a file of it.
pub(crate) async fn are_there(app: &App, path: impl Fn(&str) -> String) -> anyhow::Result<bool> {
    Ok(app.officials.get(&path(documents_json::NAME)).await?.is_some())
}

/// Puts documents, and last the list of them: where it stands, all do. Returns how many there are.
pub(crate) async fn put(app: &App, documents: Vec<Document>, path: impl Fn(&str) -> String) -> anyhow::Result<usize> {
    let mut lines = Vec::new();
    for document in documents {
        let mut line = document.line();
        if let Ok(bytes) = document.bytes {
            // What stands there stays: accounts may have been erased since a run before this one wrote it.
            let kept = app.officials.put_if_absent(&path(document.name), bytes).await?;
            line = documents_json::Line::ready(document.name, &kept);
        }
        lines.push(line);
    }
    app.officials.put_named(&path(documents_json::NAME), documents_json::documents_json(&lines)).await?;
    Ok(lines.len())
}
