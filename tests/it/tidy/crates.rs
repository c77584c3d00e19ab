//! Which crate may import what: the arrows of `docs/ARCHITECTURE.md`.

use super::tree::{assert_none, paths, read};
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use toml::de::{DeTable, DeValue};

/// One crate and its borders.
struct Room {
    folder: &'static str,
    /// Crates of the workspace that it may depend on.
    ours: &'static [&'static str],
    /// Prefixes of foreign crates that it must not depend on.
    never: &'static [&'static str],
    /// Where given, all foreign crates that it may depend on.
    only: Option<&'static [&'static str]>,
}

/// AWS, asynchronous code and HTTP: what pure crates never see.
const IO: &[&str] = &["aws", "lambda", "tokio", "axum", "hyper", "http", "s3s", "dynoxide", "getrandom", "tracing"];
/// Engines and servers: only the local world has them. Functions reach AWS through `store`.
const FUNCTION: Room = Room {
    folder: "",
    ours: &["contest", "documents", "function", "store"],
    never: &["aws-sdk", "aws-config", "axum", "hyper", "s3s", "dynoxide", "tempfile"],
    only: None,
};

const ROOMS: &[Room] = &[
    Room {
        folder: "crates/contest",
        ours: &[],
        never: IO,
        only: Some(&[
            "chrono",
            "chrono-tz",
            "ct-merkle",
            "data-encoding",
            "drand-verify",
            "hmac",
            "icu_collator",
            "icu_locale_core",
            "icu_properties",
            "rand_chacha",
            "sha2",
            "strsim",
            "thiserror",
            "toml",
            "toml_edit", // the plan is stored as its text: docs/adr/0002
            "unicode-normalization",
        ]),
    },
    Room {
        folder: "crates/store",
        ours: &["contest"],
        never: &["lambda_runtime", "aws_lambda_events", "axum", "hyper", "http", "chrono", "s3s", "dynoxide"],
        only: None,
    },
    Room { folder: "crates/documents", ours: &["contest"], never: IO, only: None },
    Room {
        folder: "crates/function",
        ours: &["contest", "documents", "store"],
        never: &["aws-sdk", "aws-config", "axum", "hyper", "s3s", "dynoxide"],
        only: None,
    },
    Room {
        folder: "crates/accounts",
        ours: &["contest", "store"],
        never: &["aws-sdk", "aws-config", "lambda_runtime", "axum", "hyper", "http", "s3s", "dynoxide", "getrandom"],
        only: None,
    },
    Room {
        folder: "crates/print",
        ours: &[],
        never: IO,
        only: Some(&[
            "qrcodegen",
            "serde",
            "serde_json",
            "thiserror",
            "typst",
            "typst-layout",
            "typst-pdf",
            "unicode-normalization",
        ]),
    },
    // The page may use it in a browser: nothing that a build for WebAssembly lacks.
    Room {
        folder: "crates/verify",
        ours: &["contest", "documents"],
        never: &[],
        only: Some(&["base64", "csv", "data-encoding", "ed25519-dalek", "serde", "serde_json", "sha2"]),
    },
    Room { folder: "functions/api", ours: &["accounts", "contest", "documents", "function", "store"], ..FUNCTION },
    Room { folder: "functions/import-upload", ..FUNCTION },
    Room { folder: "functions/close-round", ..FUNCTION },
    Room {
        folder: "functions/organizer-api",
        ours: &["accounts", "contest", "documents", "function", "store"],
        ..FUNCTION
    },
    Room { folder: "functions/publish-results", ..FUNCTION },
    Room { folder: "functions/watch-round", ..FUNCTION },
    // The only one that prints: the typesetter would make every other program larger and start later.
    Room {
        folder: "functions/make-documents",
        ours: &["contest", "documents", "function", "print", "store"],
        ..FUNCTION
    },
    Room {
        folder: "infra/local",
        ours: &[
            "api",
            "close-round",
            "contest",
            "documents",
            "import-upload",
            "make-documents",
            "organizer-api",
            "publish-results",
            "store",
            "verify",
            "watch-round",
        ],
        never: &[],
        only: None,
    },
    Room {
        folder: "tests",
        ours: &[
            "api",
            "close-round",
            "contest",
            "documents",
            "function",
            "import-upload",
            "local",
            "make-documents",
            "organizer-api",
            "publish-results",
            "store",
            "verify",
            "watch-round",
        ],
        never: &[],
        only: None,
    },
    Room { folder: "xtask", ours: &[], never: &[], only: Some(&["anyhow", "base64", "serde_json", "xshell"]) },
];

/// What one function alone is built on, which is compiled for it in any case and with features of its own: the typesetter
/// (docs/adr/0024), and passkeys (docs/adr/0028).
const FEATURES_OF_THEIR_OWN: [(&str, &str); 2] = [("make-documents", "print"), ("organizer-api", "webauthn-rs")];

/// Calls that `clippy.toml` must go on refusing.
const BANNED_CALLS: &[&str] = &[
    "std::env::var",
    "std::env::var_os",
    "std::thread::sleep",
    "std::time::SystemTime::now",
    "chrono::Utc::now",
    "chrono::Local::now",
    "tokio::spawn",
    "aws_sdk_dynamodb::client::Client::scan",
];

/// Lints that every crate inherits.
const LINTS: &[&str] = &["todo", "unwrap_used", "dbg_macro", "print_stdout", "disallowed_methods"];

#[test]
fn every_crate_has_its_borders_written_down() {
    let written = |folder: &str| ROOMS.iter().any(|room| room.folder == folder);
    let unknown: Vec<String> = manifests().into_iter().filter(|folder| !written(folder)).collect();
    assert_none(&unknown, "a new crate needs a line in ROOMS, and a reason in docs/ARCHITECTURE.md:");
}

#[test]
fn crates_depend_only_along_the_arrows() {
    let ours: Vec<String> = manifests().iter().map(|folder| name_of(folder)).collect();
    let mut breaches = Vec::new();
    for room in ROOMS {
        let manifest = read(&format!("{}/Cargo.toml", room.folder));
        for (kind, name) in dependencies(&manifest) {
            let allowed = if ours.contains(&name) {
                room.ours.contains(&name.as_str())
            } else {
                kind == "dev-dependencies"
                    || (!room.never.iter().any(|prefix| name.starts_with(prefix))
                        && room.only.is_none_or(|only| only.contains(&name.as_str())))
            };
            if !allowed {
                breaches.push(format!("{}: [{kind}] {name}", room.folder));
            }
        }
    }
    assert_none(&breaches, "dependencies against the arrows of docs/ARCHITECTURE.md:");
}

#[test]
fn the_domain_has_no_clock_and_no_serde() {
    let manifest = read("Cargo.toml");
    let line = |name: &str| {
        let start = format!("{name} = ");
        manifest.lines().find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("no {name}")).to_owned()
    };
    for (name, features) in [
        ("chrono", &["clock", "now", "serde"][..]),
        ("chrono-tz", &["serde"]),
        ("toml", &["serde"]),
        ("toml_edit", &["serde"]),
    ] {
        let line = line(name);
        assert!(line.contains("default-features = false"), "{name}: {line}");
        assert!(!features.iter().any(|feature| line.contains(&format!("\"{feature}\""))), "{name}: {line}");
    }
}

#[test]
fn clippy_still_refuses_what_the_house_refuses() {
    let clippy = read("clippy.toml");
    let missing = BANNED_CALLS.iter().filter(|call| !clippy.contains(&format!("path = \"{call}\"")));
    assert_none(&missing.map(|call| (*call).to_owned()).collect::<Vec<_>>(), "no longer refused by clippy.toml:");

    let root = read("Cargo.toml");
    let missing = LINTS.iter().filter(|lint| !root.contains(&format!("\n{lint} = \"warn\"")));
    assert_none(&missing.map(|lint| (*lint).to_owned()).collect::<Vec<_>>(), "no longer in [workspace.lints.clippy]:");

    let without = manifests()
        .into_iter()
        .filter(|folder| !read(&format!("{folder}/Cargo.toml")).contains("[lints]\nworkspace = true"));
    assert_none(&without.collect::<Vec<_>>(), "crates that do not inherit [workspace.lints]:");
}

#[test]
fn mains_of_functions_only_connect() {
    let long = paths()
        .into_iter()
        .filter(|path| path.starts_with("functions/") && path.ends_with("/src/main.rs"))
        .filter_map(|path| {
            let lines = read(&path).lines().count();
            (lines > 25).then(|| format!("{path}: {lines} lines"))
        });
    assert_none(&long.collect::<Vec<_>>(), "a main reads its configuration and hands events on, in 25 lines:");
}

/// Where one function asks a shared crate for another feature than the others, that crate and all above it are compiled
/// once more.
#[test]
fn functions_ask_what_they_share_for_the_same_features() {
    let mut asked: BTreeMap<String, BTreeMap<String, BTreeSet<&str>>> = BTreeMap::new();
    let functions: Vec<String> =
        manifests().iter().filter_map(|f| Some(f.strip_prefix("functions/")?.to_owned())).collect();
    let own = FEATURES_OF_THEIR_OWN.map(|(function, package)| (function, names_below(package)));
    for function in &functions {
        for (name, features) in features_below(function) {
            if own.iter().any(|(whose, names)| function == whose && names.contains(&name)) {
                continue;
            }
            let by_features = asked.entry(name).or_default();
            by_features.entry(features).or_default().insert(function);
        }
    }
    assert!(asked.len() > 100, "{} crates", asked.len());
    let differing = asked.into_iter().filter(|(_, by_features)| by_features.len() > 1);
    let told: Vec<String> = differing.map(|(name, by_features)| format!("{name}: {by_features:?}")).collect();
    assert_none(&told, "shared crates with other features from function to function:");
}

/// The names of every crate that a crate is linked from.
fn names_below(package: &str) -> BTreeSet<String> {
    features_below(package).into_iter().map(|(name, _)| name).collect()
}

/// Every crate that a crate is linked from, with its features.
fn features_below(package: &str) -> Vec<(String, String)> {
    let tree = ["tree", "--locked", "--offline", "--edges", "normal", "--prefix", "none", "--format", "{p}|{f}"];
    let output = Command::new(env!("CARGO")).args(tree).args(["--package", package]).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    let line = |line: &str| {
        let (name, features) = line.trim_end_matches(" (*)").split_once('|').expect("a name and its features");
        (name.to_owned(), features.to_owned())
    };
    text.lines().map(line).collect()
}

/// Folders of all crates of the workspace; the fuzzers are built by another compiler.
fn manifests() -> Vec<String> {
    let folders = paths().into_iter().filter_map(|path| path.strip_suffix("/Cargo.toml").map(str::to_owned));
    folders.filter(|folder| folder != "tests/fuzz").collect()
}

fn name_of(folder: &str) -> String {
    folder.rsplit('/').next().expect("a path has a last part").to_owned()
}

/// Every dependency with the table that it stands in.
fn dependencies(manifest: &str) -> Vec<(&'static str, String)> {
    let root = DeTable::parse(manifest).expect("Cargo has read this manifest");
    let mut found = Vec::new();
    for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
        if let Some(DeValue::Table(table)) = root.get_ref().get(kind).map(|value| value.get_ref()) {
            found.extend(table.keys().map(|name| (kind, name.get_ref().to_string())));
        }
    }
    found
}
