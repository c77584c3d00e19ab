//! A running `hoithi`, stopped when dropped.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use xshell::{Shell, cmd};

/// The platform on this machine, on free ports.
pub(crate) struct Server {
    process: Child,
    /// Address of the page and the API.
    pub(crate) base_url: String,
    /// Address of the S3 engine.
    pub(crate) s3_url: String,
    /// Address of the DynamoDB engine.
    pub(crate) dynamodb_url: String,
}

impl Server {
    /// Builds `hoithi` as the tests do and starts it with `options` beside the ports; returns when everything
    /// answers.
    pub(crate) fn start(shell: &Shell, options: &[&str]) -> Result<Self> {
        cmd!(shell, "cargo build --locked --workspace --all-targets").run()?;
        Self::run(shell, "target/debug/hoithi", options)
    }

    /// The same as it is given away, for figures.
    pub(crate) fn start_release(shell: &Shell, options: &[&str]) -> Result<Self> {
        cmd!(shell, "cargo build --locked --release").run()?;
        Self::run(shell, "target/release/hoithi", options)
    }

    fn run(shell: &Shell, program: &str, options: &[&str]) -> Result<Self> {
        let process = Command::new(shell.current_dir().join(program))
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--s3-listen",
                "127.0.0.1:0",
                "--dynamodb-listen",
                "127.0.0.1:0",
            ])
            .args(options)
            .current_dir(shell.current_dir())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start hoithi")?;
        // From here on the process is stopped by Drop, whatever happens.
        let mut server = Self { process, base_url: String::new(), s3_url: String::new(), dynamodb_url: String::new() };
        let stdout = server.process.stdout.take().context("hoithi has no standard output")?;
        for line in BufReader::new(stdout).lines() {
            let line = line.context("cannot read what hoithi prints")?;
            println!("hoithi: {line}");
            if let Some([base_url, s3_url, dynamodb_url]) = read_ready(&line).map(|urls| urls.map(str::to_owned)) {
                (server.base_url, server.s3_url, server.dynamodb_url) = (base_url, s3_url, dynamodb_url);
                return Ok(server);
            }
        }
        bail!("hoithi ended before it was ready")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only if the process has ended by itself, and then nothing is left to do.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The addresses in `ready http://HOST:PORT s3=http://HOST:PORT dynamodb=http://HOST:PORT`.
fn read_ready(line: &str) -> Option<[&str; 3]> {
    let mut words = line.strip_prefix("ready ")?.split_whitespace();
    let base_url = words.next()?;
    let s3_url = words.find_map(|word| word.strip_prefix("s3="))?;
    let dynamodb_url = words.find_map(|word| word.strip_prefix("dynamodb="))?;
    Some([base_url, s3_url, dynamodb_url])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ready_line_names_page_and_s3() {
        let line = "ready http://127.0.0.1:41 s3=http://127.0.0.1:42 dynamodb=http://127.0.0.1:43";
        assert_eq!(read_ready(line), Some(["http://127.0.0.1:41", "http://127.0.0.1:42", "http://127.0.0.1:43"]));
        assert_eq!(read_ready("importing contests"), None);
    }
}
