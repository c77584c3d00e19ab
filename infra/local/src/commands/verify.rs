//! `hoithi verify`: published rounds, recomputed from a folder or a site by `crates/verify`.

mod source;

use documents::words::program as words;
use source::Target;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use verify::{Asked, Broken, Outcome, read_receipt};

/// Neither an address nor a folder with published files; `clap` ends with the same code.
const UNUSABLE: u8 = 2;

/// Checks what `target` points at, and with it a receipt. Returns the exit code: 0 where everything
/// holds, 1 with the first difference of each round named, 2 where there is nothing to check.
pub fn verify(target: &str, receipt: Option<&Path>) -> ExitCode {
    let unusable = |text: &str| {
        tell(text);
        ExitCode::from(UNUSABLE)
    };
    let Some(target) = Target::parse(target) else {
        return unusable(&words::nothing_published(target));
    };
    let receipt = match receipt.map(source::read_ordinary).transpose() {
        Ok(receipt) => receipt.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) => return unusable(&words::unreadable_receipt(error)),
    };
    let outcome = match check(target, receipt.as_deref(), &mut tell) {
        Ok(outcome) => outcome,
        Err(why) => return unusable(why),
    };
    match outcome {
        Ok(Outcome { rounds: 0, .. }) => unusable(words::NO_ROUND_PUBLISHED),
        Ok(Outcome { rounds, broken: 0 }) => {
            tell(&words::all_holds(rounds));
            ExitCode::SUCCESS
        }
        Ok(Outcome { rounds, broken }) => {
            tell(&words::something_is_broken(broken, rounds));
            ExitCode::FAILURE
        }
        Err(broken) => {
            tell(&format!("✗ {}: {}", broken.file, broken.detail));
            ExitCode::FAILURE
        }
    }
}

fn tell(text: &str) {
    let mut out = std::io::stdout();
    // Nobody is left to be told where standard output is gone.
    let _unheard = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// Checks a folder or site, and the receipt whose text is given, without telling how far it is. Returns
/// how many rounds hold.
///
/// # Errors
/// Everything that was told, where something does not hold.
pub fn verify_quietly(target: &str, receipt: Option<&str>) -> Result<usize, String> {
    let target = Target::parse(target).ok_or("nothing to check")?;
    let mut told = String::new();
    let outcome = check(target, receipt, &mut |line| told.extend([line, "\n"]))?;
    match outcome {
        Ok(Outcome { rounds, broken: 0 }) => Ok(rounds),
        Ok(_) => Err(told),
        Err(broken) => Err(format!("{}: {}", broken.file, broken.detail)),
    }
}

/// Checks a target and a receipt; the outer error says why the text is no receipt.
fn check(
    target: Target,
    receipt: Option<&str>,
    tell: &mut dyn FnMut(&str),
) -> Result<Result<Outcome, Broken>, &'static str> {
    let Target { source, contest, round } = target;
    let find = |path: &str| source.find(path);
    let receipt = receipt.map(|text| read_receipt(&find, text)).transpose()?;
    Ok(verify::check(&find, &Asked { contest, round, receipt }, tell))
}
