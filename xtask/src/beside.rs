//! A command of ours beside others: one waits for the network or for a clock while the others compute.

use anyhow::{Context, Result, ensure};
use std::fs::{self, File};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command};
use xshell::Shell;

/// A command on its way. What it says is kept until it is waited for.
pub(crate) struct Beside {
    process: Child,
    name: &'static str,
    log: String,
}

impl Beside {
    /// Starts `cargo xtask NAME ARGUMENTS`, which is this `program`, as a process of its own, with everything that it
    /// starts in its group, so that nothing is left behind where the others fail.
    pub(crate) fn start(shell: &Shell, program: &Path, name: &'static str, arguments: &[&str]) -> Result<Self> {
        fs::create_dir_all("target")?;
        let log = format!("target/{name}.log");
        let file = File::create(&log)?;
        let mut command = Command::new(program);
        command.arg(name).args(arguments).process_group(0).stdout(file.try_clone()?).stderr(file);
        // As this run compiles, so that nothing is compiled again.
        command.envs(
            ["RUSTC_WORKSPACE_WRAPPER", "CLIPPY_ARGS"].into_iter().filter_map(|name| Some((name, shell.var_os(name)?))),
        );
        let process = command.spawn().with_context(|| format!("cannot start {name}"))?;
        Ok(Self { process, name, log })
    }

    /// Waits for it and says what it said.
    pub(crate) fn finish(mut self) -> Result<()> {
        let status = self.process.wait()?;
        print!("{}", fs::read_to_string(&self.log)?);
        ensure!(status.success(), "{} failed", self.name);
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // A process that has been waited for is gone, and its number may be another's by now.
        if matches!(self.process.try_wait(), Ok(None)) {
            let group = format!("-{}", self.process.id());
            let _ = Command::new("kill").args(["--", &group]).status();
            let _ = self.process.wait();
        }
    }
}
