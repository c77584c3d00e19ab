//! Notes and lines of a ledger from a stranger: for fuzzers, and for the test that replays what they found.

use crate::note::Verifier;
use crate::public::Entry;
use crate::receipt::Receipt;
use contest::plan::PredictionTarget;

/// A signed note, a receipt, a line of a ledger. `public_key` opens what `sign` makes.
///
/// # Panics
/// Where a note opens that nobody signed.
pub fn note(bytes: &[u8], public_key: &str, sign: impl Fn(&str) -> String) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let verifier = Verifier::parse(public_key).expect("a sound key");
    if let Some(signed) = verifier.open(text) {
        let own = sign(signed);
        let signature = own.lines().last().expect("a signature");
        assert!(text.lines().any(|line| line == signature), "nobody signed {signed:?}");
    }
    drop((Verifier::parse(text), Receipt::readings(text)));
    for target in [None, Some(PredictionTarget::Contestants), Some(PredictionTarget::PerfectPercent)] {
        drop(Entry::parse(text, target));
    }
}
