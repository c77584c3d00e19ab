//! Notes and lines of a ledger from a stranger: for fuzzers, and for the test that replays what they found.

use super::note::Verifier;
use super::public::Entry;
use super::receipt::Receipt;
use contest::ids::ContestId;
use contest::plan::PredictionTarget;
use store::{Secrets, SigningKey};

/// The key under which notes are opened here.
///
/// # Panics
/// Never.
pub fn signer() -> SigningKey {
    let key = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
    let secret = format!(r#"{{"master":"{key}","session_keys":[{{"kid":1,"key":"{key}"}}]}}"#);
    let secrets = Secrets::parse(&secret).expect("a secret");
    secrets.signing_key(&ContestId::parse("thi-thu").expect("an id"))
}

/// A signed note, a receipt, a line of a ledger.
///
/// # Panics
/// Where a note opens that nobody signed.
pub fn note(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let signer = signer();
    let verifier = Verifier::parse(&signer.verifier()).expect("our own key");
    if let Some(signed) = verifier.open(text) {
        let own = signer.sign(signed);
        let signature = own.lines().last().expect("a signature");
        assert!(text.lines().any(|line| line == signature), "nobody signed {signed:?}");
    }
    drop((Verifier::parse(text), Receipt::readings(text)));
    for target in [None, Some(PredictionTarget::Contestants), Some(PredictionTarget::PerfectPercent)] {
        drop(Entry::parse(text, target));
    }
}
