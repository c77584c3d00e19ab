//! MiniStack, an emulator of AWS on a loopback port, with the roles enforced; and what of our template it
//! cannot do.

use anyhow::{Context, Result, bail, ensure};
use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use xshell::{Shell, cmd};

/// What it writes, with the functions' own logs.
pub(crate) const LOG: &str = "target/emulator.log";

const STARTS_WITHIN: Duration = Duration::from_secs(60);

/// A running emulator; it and the functions that it started are stopped when dropped.
pub(crate) struct Emulator {
    process: Child,
    /// `http://127.0.0.1:PORT` of every service.
    pub(crate) url: String,
}

impl Emulator {
    /// Starts it with nothing in it.
    pub(crate) fn start(shell: &Shell, program: &Path, region: &str) -> Result<Self> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let url = format!("http://127.0.0.1:{port}");
        let log = File::create(shell.current_dir().join(LOG))?;
        let process = Command::new(program)
            .envs([("BIND_HOST", "127.0.0.1"), ("MINISTACK_HOST", "127.0.0.1"), ("AUTH", "true")])
            .envs([("MINISTACK_REGION", region), ("AWS_DEFAULT_REGION", region)])
            .envs([("AWS_ACCESS_KEY_ID", "test"), ("AWS_SECRET_ACCESS_KEY", "test")])
            // The functions that it starts find it by this.
            .env("AWS_ENDPOINT_URL", &url)
            .env("GATEWAY_PORT", port.to_string())
            // A backtrace of a function would hide its one line of the log.
            .env_remove("RUST_BACKTRACE")
            .stdin(Stdio::null())
            .stdout(log.try_clone()?)
            .stderr(log)
            .process_group(0)
            .spawn()
            .context("cannot start the emulator; run:\n    cargo xtask setup")?;
        let emulator = Self { process, url };
        emulator.wait(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
        Ok(emulator)
    }

    #[expect(clippy::disallowed_methods, reason = "another process starts; there is nothing else to wait on")]
    fn wait(&self, address: SocketAddr) -> Result<()> {
        let began = Instant::now();
        while TcpStream::connect(address).is_err() {
            ensure!(began.elapsed() < STARTS_WITHIN, "the emulator does not answer; see {LOG}");
            thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // Fails only if all of them have ended by themselves.
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.process.wait();
    }
}

/// Rewrites a built template for the emulator, and says what was left out.
pub(crate) fn adapt(shell: &Shell, template: &str) -> Result<()> {
    let text = shell.read_file(template)?;
    let mut lines = Lines(text.lines().map(str::to_owned).collect());
    println!("not on the emulator, which");
    println!("  knows no budgets: the resource Budget");
    lines.drop_block("  Budget:")?;
    println!("  speaks no TLS: {} statements that refuse requests without", lines.drop_items("aws:SecureTransport"));
    println!("  knows no s3:if-none-match: {} statements that demand it", lines.drop_items("s3:if-none-match"));
    let sealed = lines.drop_items("s3:x-amz-server-side-encryption-aws-kms-key-id");
    println!("  knows not by which key an object is written: {sealed} statements that demand one");
    println!("  takes every schedule for one of the default group: the group in the importer's role");
    let text = lines.0.join("\n") + "\n";
    ensure!(text.contains(":schedule/${ScheduleGroup}/"), "no schedules are granted by group any more");
    Ok(shell.write_file(template, text.replace(":schedule/${ScheduleGroup}/", ":schedule/default/"))?)
}

/// Lines of YAML in block style, as SAM writes it.
struct Lines(Vec<String>);

impl Lines {
    /// Drops a line and all that is indented deeper.
    fn drop_block(&mut self, head: &str) -> Result<()> {
        let Some(start) = self.0.iter().position(|line| line == head) else {
            bail!("the built template has no line {head:?}");
        };
        let end = self.end_of(start, indent(head));
        self.0.drain(start..end);
        Ok(())
    }

    /// Drops every statement that holds a word; returns how many. A policy needs one statement: where none is
    /// left, the emptied policy is dropped whole.
    fn drop_items(&mut self, word: &str) -> usize {
        let mut dropped = 0;
        while let Some(at) = self.0.iter().position(|line| line.contains(word)) {
            let is_start = |line: &String| line.trim_start().starts_with("- Effect:");
            let start =
                (0..=at).rev().find(|&line| is_start(&self.0[line])).expect("a statement begins with its effect");
            let end = self.end_of(start, indent(&self.0[start]));
            self.0.drain(start..end);
            dropped += 1;
            let emptied = self.0[start - 1].trim() == "Statement:" && !self.0.get(start).is_some_and(is_start);
            if emptied {
                let head = (0..start).rev().find(|&line| indent(&self.0[line]) == 2).expect("a resource");
                let end = self.end_of(head, 2);
                self.0.drain(head..end);
            }
        }
        dropped
    }

    /// Where what begins at a line ends: at the next line that is not deeper.
    fn end_of(&self, start: usize, depth: usize) -> usize {
        let deeper = |line: &&String| line.trim().is_empty() || indent(line) > depth;
        start + 1 + self.0[start + 1..].iter().take_while(deeper).count()
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// A secret in the emulator, as `docs/DEPLOY.md` has it made on AWS; returns its ARN.
pub(crate) fn make_secret(shell: &Shell, secret: &str) -> Result<String> {
    let make = "import boto3, sys; print(boto3.client('secretsmanager').create_secret(\
                Name='hoithi-keys', SecretString=sys.stdin.read())['ARN'])";
    Ok(cmd!(shell, "target/tools/bin/python -c {make}").stdin(secret).read()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_go_and_with_the_last_of_them_the_policy() {
        let text = "\
Resources:
  One:
    Statement:
    - Effect: Deny
      Condition:
        Bool:
          tls: 'false'
    - Effect: Allow
      Action: a
  Two:
    Type: P
    Statement:
    - Effect: Deny
      Condition: tls
  Three:
    Type: Q";
        let mut lines = Lines(text.lines().map(str::to_owned).collect());
        assert_eq!(lines.drop_items("tls"), 2);
        let left = "Resources:\n  One:\n    Statement:\n    - Effect: Allow\n      Action: a\n  Three:\n    Type: Q";
        assert_eq!(lines.0.join("\n"), left);
        lines.drop_block("  One:").unwrap();
        assert_eq!(lines.0.join("\n"), "Resources:\n  Three:\n    Type: Q");
        assert!(lines.drop_block("  One:").is_err());
    }
}
