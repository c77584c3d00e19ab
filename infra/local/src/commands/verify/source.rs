//! Where published files are read from: a folder or a site.

use documents::words::program as words;
use std::fs::{self, FileType};
use std::io::{Error, ErrorKind};
use std::os::unix::fs::FileTypeExt;
use std::path::{Path, PathBuf};

/// Files larger than this are not read: a ledger of ten million attempts is smaller.
const LARGEST_FILE: u64 = 4 << 30;

/// The root of published files, under which `contests/` stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    Folder(PathBuf),
    /// Without a slash at its end.
    Site(String),
}

/// What an argument points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) source: Source,
    /// One contest, or every one.
    pub(super) contest: Option<String>,
    /// One round, or every published one.
    pub(super) round: Option<String>,
}

impl Target {
    /// Reads an address or a folder: of a site, a contest, a round or a version; `None` where it is
    /// none of these.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.starts_with("http://") || text.starts_with("https://") {
            let (address, query) = text.split_once('?').unwrap_or((text, ""));
            let (root, inside) = split_at_contests(address);
            let root = if inside.is_some() { root } else { page_folder(root) };
            let asked = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)).map(str::to_owned);
            let (contest, round) = inside.map_or((None, None), below_contests);
            return Some(Self {
                source: Source::Site(root.trim_end_matches('/').to_owned()),
                contest: contest.or_else(|| asked("c=")),
                round: round.or_else(|| asked("r=")),
            });
        }
        let folder = Path::new(text).canonicalize().ok()?;
        let folder = if folder.is_file() { folder.parent()?.to_owned() } else { folder };
        let inner = folder.join("site");
        // Whatever it is: what is no file is named when it is read.
        let has_index = |root: &Path| root.join("contests/index.json").symlink_metadata().is_ok();
        let whole = if has_index(&folder) { Some(folder.clone()) } else { None };
        let whole = whole.or_else(|| has_index(&inner).then_some(inner));
        if let Some(root) = whole {
            return Some(Self { source: Source::Folder(root), contest: None, round: None });
        }
        let path = folder.to_str()?.to_owned();
        let (root, inside) = split_at_contests(&path);
        let (contest, round) = below_contests(inside?);
        Some(Self { source: Source::Folder(PathBuf::from(root)), contest, round })
    }
}

/// The root, and what stands below its `contests/`.
fn split_at_contests(path: &str) -> (&str, Option<&str>) {
    let place = path.rfind("/contests/").or_else(|| path.strip_suffix("/contests").map(str::len));
    match place {
        Some(place) => (&path[..place], Some(path[place..].trim_start_matches("/contests").trim_matches('/'))),
        None => (path, None),
    }
}

/// `{c}`, `{c}/contest.json`, `{c}/rounds/{r}`, `{c}/rounds/{r}/v1/results.json`, …
fn below_contests(path: &str) -> (Option<String>, Option<String>) {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != "index.json").collect();
    let round = if parts.get(1) == Some(&"rounds") { parts.get(2) } else { None };
    (parts.first().map(|&part| part.to_owned()), round.map(|&part| part.to_owned()))
}

/// The folder of a page: `https://example/results.html` stands for `https://example`.
fn page_folder(address: &str) -> &str {
    match address.rsplit_once('/') {
        Some((folder, page)) if page.contains(".html") => folder,
        _ => address,
    }
}

/// The bytes of an ordinary file. A link may lead anywhere and a pipe never ends: neither is followed or read.
pub(super) fn read_ordinary(path: &Path) -> std::io::Result<Vec<u8>> {
    match kind_of(fs::symlink_metadata(path)?.file_type()) {
        None => fs::read(path),
        Some(kind) => Err(Error::new(ErrorKind::InvalidInput, words::not_an_ordinary_file(kind))),
    }
}

/// What stands there instead of an ordinary file.
fn kind_of(file: FileType) -> Option<&'static str> {
    match file {
        _ if file.is_file() => None,
        _ if file.is_symlink() => Some(words::LINK),
        _ if file.is_dir() => Some(words::FOLDER),
        _ if file.is_fifo() => Some(words::PIPE),
        _ if file.is_socket() => Some("socket"),
        _ => Some(words::DEVICE),
    }
}

impl Source {
    /// A file below the root, `None` where there is none, or why it cannot be read.
    pub(super) fn find(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        match self {
            Self::Folder(root) => match read_ordinary(&root.join(path)) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error.to_string()),
            },
            Self::Site(root) => match ureq::get(format!("{root}/{path}")).call() {
                Ok(mut reply) => {
                    let body = reply.body_mut().with_config().limit(LARGEST_FILE).read_to_vec();
                    body.map(Some).map_err(|error| error.to_string())
                }
                Err(ureq::Error::StatusCode(404 | 403)) => Ok(None),
                Err(error) => Err(error.to_string()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, root: &str, contest: Option<&str>, round: Option<&str>) {
        let target = Target::parse(text).expect("an address");
        assert_eq!(target.source, Source::Site(root.to_owned()), "{text}");
        assert_eq!((target.contest.as_deref(), target.round.as_deref()), (contest, round), "{text}");
    }

    #[test]
    fn every_address_of_a_contest_leads_to_its_files() {
        check("http://127.0.0.1:8080", "http://127.0.0.1:8080", None, None);
        check("http://127.0.0.1:8080/", "http://127.0.0.1:8080", None, None);
        check("https://a.vn/thi/contests/index.json", "https://a.vn/thi", None, None);
        check("https://a.vn/contests/c-1", "https://a.vn", Some("c-1"), None);
        check("https://a.vn/contests/c-1/contest.json", "https://a.vn", Some("c-1"), None);
        check("https://a.vn/contests/c-1/rounds/r-1/", "https://a.vn", Some("c-1"), Some("r-1"));
        check("https://a.vn/contests/c-1/rounds/r-1/v2/results.json", "https://a.vn", Some("c-1"), Some("r-1"));
        check("https://a.vn/results.html?c=c-1&r=r-1", "https://a.vn", Some("c-1"), Some("r-1"));
    }

    #[test]
    fn only_ordinary_files_are_read_and_what_else_stands_there_is_named() {
        let made = tempfile::tempdir().expect("a folder");
        let root = made.path();
        fs::create_dir_all(root.join("contests/folder.json")).expect("a folder");
        fs::write(root.join("contests/file.json"), "{}").expect("a file");
        std::os::unix::fs::symlink(root.join("contests/file.json"), root.join("contests/link.json")).expect("a link");
        let _socket = std::os::unix::net::UnixListener::bind(root.join("contests/socket.json")).expect("a socket");
        let made_pipe = std::process::Command::new("mkfifo").arg(root.join("contests/index.json")).status();
        assert!(made_pipe.expect("mkfifo is there").success());

        let target = Target::parse(root.to_str().expect("Unicode")).expect("a site, whatever its index is");
        assert_eq!(target.source.find("contests/file.json").ok(), Some(Some(b"{}".to_vec())));
        assert_eq!(target.source.find("contests/none.json").ok(), Some(None));
        for (path, kind) in [
            ("contests/index.json", "đường ống (FIFO)"),
            ("contests/link.json", "liên kết"),
            ("contests/folder.json", "thư mục"),
            ("contests/socket.json", "socket"),
        ] {
            let why = target.source.find(path).expect_err(path);
            assert!(why.contains(kind), "{why}");
        }
        assert!(read_ordinary(Path::new("/dev/null")).expect_err("a device").to_string().contains("thiết bị"));
    }

    #[test]
    fn folders_are_found_by_their_index_or_by_their_path() {
        let made = tempfile::tempdir().expect("a folder");
        let root = made.path().canonicalize().expect("a folder");
        std::fs::create_dir_all(root.join("out/site/contests/c/rounds/r/v1")).expect("a folder");
        std::fs::write(root.join("out/site/contests/index.json"), "{}").expect("a file");
        let parse = |path: &str| Target::parse(root.join(path).to_str().expect("Unicode"));
        let site = Source::Folder(root.join("out/site"));
        let whole = Target { source: site.clone(), contest: None, round: None };
        assert_eq!((parse("out"), parse("out/site")), (Some(whole.clone()), Some(whole)));
        let round = Target { source: site, contest: Some("c".to_owned()), round: Some("r".to_owned()) };
        assert_eq!(
            (parse("out/site/contests/c/rounds/r"), parse("out/site/contests/c/rounds/r/v1")),
            (Some(round.clone()), Some(round))
        );
        assert_eq!((parse(""), parse("nowhere")), (None, None));
    }
}
