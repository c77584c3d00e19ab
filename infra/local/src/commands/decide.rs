//! `hoithi decide --preview`: what a table of decisions would change, tried on a data folder or on a running program.

use crate::world::decide::{Asked, try_decisions};
use crate::world::{ClockStart, World, WorldOptions};
use anyhow::{Context, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use contest::ids::OVERALL;
use documents::words::{EARLIER_ROUND_REASON, format, preview as words};
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Clone, Debug)]
pub struct Decide {
    /// A data folder, or the address of a running `hoithi serve`.
    pub target: String,
    pub file: PathBuf,
    pub contest: Option<String>,
}

/// Prints what the table would change; exit code 1 where the table is refused.
///
/// # Errors
/// Where nothing can be tried there.
pub async fn decide(decide: Decide) -> anyhow::Result<ExitCode> {
    let name = decide.file.file_name().and_then(|name| name.to_str()).context("the file has no name")?.to_owned();
    let content = std::fs::read(&decide.file).with_context(|| format!("cannot read {}", decide.file.display()))?;
    let asked = Asked { contest: decide.contest, file: name, content };
    let tried = if decide.target.starts_with("http://") || decide.target.starts_with("https://") {
        ask(decide.target, asked).await?
    } else {
        open_and_try(Path::new(&decide.target), &asked).await?
    };
    std::io::stdout().write_all(text(&tried).as_bytes())?;
    let refused = tried["report"]["status"] != "accepted";
    Ok(if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Asks a running program.
async fn ask(address: String, asked: Asked) -> anyhow::Result<Value> {
    let body = json!({ "contest": asked.contest, "file": asked.file, "content": BASE64.encode(asked.content) });
    let send = move || -> anyhow::Result<Value> {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let url = format!("{}/_local/decide", address.trim_end_matches('/'));
        let mut reply = agent.post(url).content_type("application/json").send(body.to_string())?;
        let told: Value = serde_json::from_slice(&reply.body_mut().read_to_vec()?)?;
        let detail = told["detail"].as_str().unwrap_or("no answer").to_owned();
        ensure!(reply.status() == 200, "{detail}");
        Ok(told)
    };
    tokio::task::spawn_blocking(send).await?
}

/// Opens a folder that no program uses, with its clock standing still, so that nothing happens in it.
async fn open_and_try(folder: &Path, asked: &Asked) -> anyhow::Result<Value> {
    ensure!(folder.is_dir(), words::NO_DATA_FOLDER);
    let options = WorldOptions { data: Some(folder.to_owned()), clock: ClockStart::Kept, ..WorldOptions::default() };
    let world = World::start(options).await?;
    let tried = try_decisions(&world.functions, &world.s3, asked, world.clock.now()).await;
    world.stop().await;
    tried
}

fn text(tried: &Value) -> String {
    let mut lines = Vec::new();
    let report = &tried["report"];
    for (list, mark) in [("errors", "✗"), ("warnings", "!")] {
        for problem in list_of(&report[list]) {
            let row = problem["row"].as_u64().map_or(String::new(), |row| format!(":{row}"));
            let column = problem["column"].as_str().map_or(String::new(), |column| format!(" [{column}]"));
            lines.push(format!("{mark} {}{row}{column} {}", text_of(&report["file"]), text_of(&problem["message"])));
        }
    }
    for round in list_of(&tried["rounds"]) {
        lines.push(match text_of(&round["round"]) {
            OVERALL => words::over_contest(&round["newest"], &round["then"], status(round)),
            id => words::round(id, &round["newest"], &round["then"], status(round)),
        });
        lines.push(words::reason(round["reason"].as_str().unwrap_or(EARLIER_ROUND_REASON)));
        let changes = list_of(&round["results"]["changes"]);
        lines.extend(changes.iter().map(|of| change(of, &round["names"])));
        lines.extend(changes.is_empty().then(|| words::NOTHING_CHANGES.to_owned()));
        let void: Vec<&str> = list_of(&round["void"]).iter().map(text_of).collect();
        if !void.is_empty() {
            lines.push(words::void(void.join(", ")));
        }
    }
    lines.push(match (report["status"] == "accepted", list_of(&tried["rounds"]).len()) {
        (false, _) => words::REFUSED.to_owned(),
        (true, 0) => words::CHANGES_NOTHING.to_owned(),
        (true, rounds) => words::done(rounds),
    });
    lines.join("\n") + "\n"
}

fn status(round: &Value) -> &'static str {
    if round["status"] == "official" { words::OFFICIAL } else { words::PROVISIONAL }
}

fn change(change: &Value, names: &Value) -> String {
    let number = |name: &str| match &change[name] {
        Value::Number(number) => number.as_u64().map_or_else(|| number.to_string(), format::grouped),
        other => text_of(other).replace('.', ","),
    };
    let prize = |name: &str| change[name]["prize"].as_str().unwrap_or(words::NO_PRIZE).to_owned();
    match text_of(&change["kind"]) {
        "figure" => words::changed(words::figure(text_of(&change["figure"])), number("before"), number("after")),
        "actual" => words::changed(words::ACTUAL, number("before"), number("after")),
        "prize" => {
            let pseudonym = text_of(&change["contestant"]);
            let name = names[pseudonym].as_str().map(|name| words::person(name, pseudonym));
            words::changed(name.as_deref().unwrap_or(pseudonym), prize("before"), prize("after"))
        }
        _ => words::ranks(number("moved"), number("entered"), number("left")),
    }
}

fn text_of(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list_of(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
