//! C2SP signed notes: a text, an empty line, and lines `— name base64(key id ‖ signature)`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::{Signature, VerifyingKey};
use sha2::{Digest, Sha256};

/// Algorithm byte of Ed25519.
const ED25519: u8 = 1;

/// A key under its name, `name+key id+base64(algorithm ‖ key)`.
pub(crate) struct Verifier {
    name: String,
    id: [u8; 4],
    key: VerifyingKey,
}

impl Verifier {
    /// Reads a verifier key, whose id must be the one that its name and key give.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        // Base64 may hold "+" too, so only the first two part.
        let mut parts = text.splitn(3, '+');
        let (name, id, typed) = (parts.next()?, parts.next()?, BASE64.decode(parts.next()?).ok()?);
        let (&algorithm, key) = typed.split_first()?;
        let key = VerifyingKey::from_bytes(key.try_into().ok()?).ok().filter(|_| algorithm == ED25519)?;
        let hash = Sha256::new().chain_update(name).chain_update(b"\n").chain_update(&typed).finalize();
        let given = data_encoding::HEXLOWER.decode(id.as_bytes()).ok()?;
        let id = <[u8; 4]>::try_from(given).ok().filter(|id| hash.starts_with(id))?;
        Some(Self { name: name.to_owned(), id, key })
    }

    /// The text of a note that this key signed; the text ends in its newline.
    pub(crate) fn open<'n>(&self, note: &'n str) -> Option<&'n str> {
        let split = note.rfind("\n\n")?;
        let (text, signatures) = (&note[..=split], &note[split + 2..]);
        let lines = signatures.strip_suffix('\n')?.split('\n');
        let ours = lines.filter_map(|line| {
            let (name, blob) = line.strip_prefix("— ")?.split_once(' ')?;
            let blob = BASE64.decode(blob).ok()?;
            let signature = blob.strip_prefix(&self.id)?;
            (name == self.name).then(|| Signature::from_slice(signature).ok())?
        });
        // Strict, so that a signature has one form only.
        ours.into_iter().any(|ours| self.key.verify_strict(text.as_bytes(), &ours).is_ok()).then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECEIPT: &str = include_str!("../../../tests/golden/published/receipt.txt");
    const CONTEST: &str = include_str!("../../../tests/golden/published/contest.json");

    #[test]
    fn a_signed_note_opens_and_no_other_does() {
        let contest: serde_json::Value = serde_json::from_str(CONTEST).expect("JSON");
        let key = contest["public_key"].as_str().expect("a key");
        let verifier = Verifier::parse(key).expect("a key");
        let text = &RECEIPT[..=RECEIPT.find("\n\n").expect("a signature follows")];
        assert_eq!(verifier.open(RECEIPT), Some(text));
        for place in 0..RECEIPT.len() {
            let mut bytes = RECEIPT.to_owned().into_bytes();
            bytes[place] ^= 1;
            let opened = String::from_utf8(bytes).ok().and_then(|note| verifier.open(&note).map(str::to_owned));
            assert_eq!(opened, None, "byte {place}");
        }
        let swapped = key.replacen("hoithi/", "hoithi/other-", 1);
        assert!(Verifier::parse(&swapped).is_none(), "the id binds the name");
    }

    #[test]
    fn a_note_is_opened_by_the_key_of_its_name_alone() {
        let contest: serde_json::Value = serde_json::from_str(CONTEST).expect("JSON");
        let key = contest["public_key"].as_str().expect("a key").splitn(3, '+').nth(2).expect("three parts");
        let typed = BASE64.decode(key).expect("base64");
        let id = Sha256::new().chain_update("hoithi/other\n").chain_update(&typed).finalize();
        let id = data_encoding::HEXLOWER.encode(&id[..4]);
        let other = Verifier::parse(&format!("hoithi/other+{id}+{key}")).expect("a key");
        assert!(other.open(RECEIPT).is_none());
    }
}
