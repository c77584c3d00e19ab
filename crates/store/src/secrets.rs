//! The one secret of a deployment: a master key from which every contest's keys are derived, and the
//! keys that sign sessions.

use crate::error::StoreError;
use crate::keys;
use crate::objects::Bucket;
use crate::sdk::Sdk;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use contest::ids::ContestId;
use contest::seal::{ContestKeys, Purpose, keyed};
use data_encoding::HEXLOWER;
use ed25519_dalek::{Signer, SigningKey as DalekKey};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// Keys of the deployment, read once when a function starts.
#[derive(Clone)]
pub struct Secrets {
    master: [u8; 32],
    session_keys: Vec<SessionKey>,
}

/// A key that signs sessions. Two may be live, so that a new one can be brought in.
#[derive(Clone)]
pub struct SessionKey {
    /// Written into every session that it signs.
    pub kid: u8,
    /// HMAC-SHA-256 key.
    pub key: [u8; 32],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SecretFile {
    master: String,
    session_keys: Vec<SessionKeyFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SessionKeyFile {
    kid: u8,
    key: String,
}

impl Secrets {
    /// Reads the secret of this id from Secrets Manager.
    pub async fn load(sdk: &Sdk, id: &str) -> Result<Self, StoreError> {
        let reply = sdk.secrets().get_secret_value().secret_id(id).send().await;
        let reply = reply.map_err(StoreError::service("read the deployment's secret"))?;
        let json = reply.secret_string().ok_or_else(|| StoreError::missing("the deployment's secret"))?;
        Self::parse(json)
    }

    /// Reads `{"master":base64,"session_keys":[{"kid":1,"key":base64}]}`; the first session key signs,
    /// all of them verify.
    ///
    /// # Errors
    /// Where a key is missing or not 32 bytes. The text of the error never holds a key.
    pub fn parse(json: &str) -> Result<Self, StoreError> {
        let fault = |detail: &str| StoreError::corrupt("the deployment's secret", detail);
        let file: SecretFile = serde_json::from_str(json).map_err(|_| fault("not the expected JSON"))?;
        let key = |text: &str| {
            let bytes = BASE64.decode(text).map_err(|_| fault("a key is not base64"))?;
            <[u8; 32]>::try_from(bytes).map_err(|_| fault("a key is not 32 bytes"))
        };
        let session_keys = file
            .session_keys
            .iter()
            .map(|k| Ok(SessionKey { kid: k.kid, key: key(&k.key)? }))
            .collect::<Result<Vec<_>, StoreError>>()?;
        if session_keys.is_empty() {
            return Err(fault("no session key"));
        }
        Ok(Self { master: key(&file.master)?, session_keys })
    }

    /// Keys that verify sessions; the first one signs.
    pub fn session_keys(&self) -> &[SessionKey] {
        &self.session_keys
    }

    /// The seed of an organizer's authenticator app, from the nonce that stands with the account: the table alone makes no
    /// code.
    pub fn totp_seed(&self, organizer: &str, nonce: &str) -> [u8; 20] {
        let mac = keyed(&self.master, &["hoithi/organizer-totp/1", organizer, nonce]);
        mac[..20].try_into().expect("twenty of thirty-two bytes")
    }

    /// The keyed name under which tries of an organizer are counted, so that no table tells which logins were tried.
    pub fn organizer_tries(&self, of: &str, name: &str) -> String {
        HEXLOWER.encode(&keyed(&self.master, &["hoithi/organizer-tries/1", of, name]))
    }

    /// From which the names of passkeys are made up that a login without any is told to have.
    pub fn made_up_passkeys(&self) -> [u8; 32] {
        keyed(&self.master, &["hoithi/organizer-passkeys/1"])
    }

    pub fn of_contest(&self, contest: &ContestId) -> ContestKeys {
        ContestKeys::new(&self.master, contest)
    }

    /// The key that signs a contest's receipts.
    pub fn signing_key(&self, contest: &ContestId) -> SigningKey {
        SigningKey::new(&self.of_contest(contest), contest)
    }

    /// Refuses to go on where a contest is not published, or with another key: what is promised under a key that nobody
    /// has seen could not be checked.
    pub async fn require_published_key(&self, site: &Bucket, contest: &ContestId) -> Result<(), StoreError> {
        if self.refuse_other_key(site, contest).await? {
            Ok(())
        } else {
            Err(StoreError::missing(format!("{}: upload contest.toml again", keys::contest_json(contest))))
        }
    }

    /// Refuses to go on where a contest has been published with another key: a secret was lost or exchanged, and what
    /// the old key has promised could not be checked with the new one. Returns whether it has been published at all.
    pub async fn refuse_other_key(&self, site: &Bucket, contest: &ContestId) -> Result<bool, StoreError> {
        let path = keys::contest_json(contest);
        let Some(bytes) = site.get(&path).await? else { return Ok(false) };
        let published: PublishedKey = serde_json::from_slice(&bytes).map_err(|e| StoreError::unparsed(&path, &e))?;
        if published.public_key == self.signing_key(contest).verifier() {
            Ok(true)
        } else {
            Err(StoreError::corrupt(path, "it names another public key than the deployment's secret has"))
        }
    }
}

/// The one member of `contest.json` that is compared.
#[derive(Deserialize)]
struct PublishedKey {
    public_key: String,
}

/// A contest's Ed25519 key under its C2SP key name.
pub struct SigningKey {
    name: String,
    key: DalekKey,
}

/// Algorithm byte of Ed25519 in C2SP signed notes.
const ED25519: u8 = 1;

impl SigningKey {
    fn new(keys: &ContestKeys, contest: &ContestId) -> Self {
        Self { name: format!("hoithi/{contest}"), key: DalekKey::from_bytes(&keys.derive(Purpose::Sign)) }
    }

    /// The public key in C2SP form: `name+keyid+base64(algorithm ‖ key)`.
    pub fn verifier(&self) -> String {
        let id = data_encoding::HEXLOWER.encode(&self.key_id());
        format!("{}+{id}+{}", self.name, BASE64.encode(self.typed_public_key()))
    }

    /// Signs a text (which ends in a newline) as a C2SP note. Ed25519 has no randomness: the same text
    /// always gives the same bytes.
    pub fn sign(&self, text: &str) -> String {
        let mut blob = self.key_id().to_vec();
        blob.extend_from_slice(&self.key.sign(text.as_bytes()).to_bytes());
        format!("{text}\n— {} {}\n", self.name, BASE64.encode(blob))
    }

    fn typed_public_key(&self) -> Vec<u8> {
        let mut bytes = vec![ED25519];
        bytes.extend_from_slice(self.key.verifying_key().as_bytes());
        bytes
    }

    /// First four bytes of SHA-256(name ‖ 0x0A ‖ algorithm ‖ public key).
    fn key_id(&self) -> [u8; 4] {
        let mut hash = Sha256::new();
        hash.update(self.name.as_bytes());
        hash.update(b"\n");
        hash.update(self.typed_public_key());
        let digest = hash.finalize();
        [digest[0], digest[1], digest[2], digest[3]]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::{Signature, Verifier};

    fn secret(session_keys: &str) -> String {
        format!(r#"{{"master":"{}","session_keys":{session_keys}}}"#, BASE64.encode([5; 32]))
    }

    #[test]
    fn a_note_verifies_with_the_published_key_and_no_other_text_does() {
        let keys = format!(r#"[{{"kid":1,"key":"{}"}}]"#, BASE64.encode([6; 32]));
        let secrets = Secrets::parse(&secret(&keys)).unwrap();
        let signer = secrets.signing_key(&ContestId::parse("a").unwrap());
        let note = signer.sign("hoithi/receipt/1\nx\n");
        let (text, signature) = note.split_once("\n— hoithi/a ").unwrap();
        let blob = BASE64.decode(signature.trim_end()).unwrap();
        let verifier = signer.verifier();
        let mut parts = verifier.split('+');
        assert_eq!(parts.next(), Some("hoithi/a"));
        assert_eq!(parts.next(), Some(data_encoding::HEXLOWER.encode(&blob[..4]).as_str()));
        let public = BASE64.decode(verifier.splitn(3, '+').nth(2).unwrap()).unwrap();
        let public = ed25519_dalek::VerifyingKey::from_bytes(public[1..].try_into().unwrap()).unwrap();
        let signature = Signature::from_slice(&blob[4..]).unwrap();
        assert!(public.verify(text.as_bytes(), &signature).is_ok());
        assert!(public.verify(b"hoithi/receipt/1\ny\n", &signature).is_err());
        assert_eq!(note, signer.sign("hoithi/receipt/1\nx\n"));
    }

    #[test]
    fn a_secret_without_session_key_or_of_wrong_length_stops_the_start() {
        assert!(Secrets::parse(&secret("[]")).is_err());
        assert!(Secrets::parse(&secret(r#"[{"kid":1,"key":"AAAA"}]"#)).is_err());
        assert!(Secrets::parse("{}").is_err());
    }
}
