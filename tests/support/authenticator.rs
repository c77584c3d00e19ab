//! A device with passkeys, as tests play it: it makes keys, counts what it signs and says whose key it is, as a phone or a
//! security key does (Web Authentication, level 2, sections 6.1 and 6.5).

use contest::seal::sha256_hex;
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde_json::{Value, json};

/// The person touched the device.
const PRESENT: u8 = 0x01;
/// The device has looked who it is.
const VERIFIED: u8 = 0x04;
/// A new key comes with what was asserted.
const WITH_KEY: u8 = 0x40;

/// A device with one key.
#[derive(Clone)]
pub struct Authenticator {
    /// The page that asks it.
    pub origin: String,
    /// What it has signed so far.
    pub count: u32,
    /// Whether it looks who it is.
    pub verifies: bool,
    /// Whether it keeps whose key it is.
    pub is_discoverable: bool,
    name: [u8; 32],
    key: SigningKey,
    owner: Vec<u8>,
}

impl Authenticator {
    /// A device that differs from others by its number, on the page of a site.
    pub fn new(number: u8, origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            count: 0,
            verifies: true,
            is_discoverable: true,
            name: [number; 32],
            key: SigningKey::from_slice(&[number; 32]).expect("a key"),
            owner: Vec::new(),
        }
    }

    /// The same device on the page of another site.
    pub fn on(&self, origin: &str) -> Self {
        Self { origin: origin.to_owned(), ..self.clone() }
    }

    /// Makes a key, as `navigator.credentials.create` does.
    pub fn create(&mut self, options: &Value) -> Value {
        let options = &options["publicKey"];
        self.owner = decode(&options["user"]["id"]);
        let site = options["rp"]["id"].as_str().expect("a site");
        let point = self.key.verifying_key().to_sec1_point(false);
        let mut data = self.data(site, WITH_KEY);
        data.extend([0; 16]); // no model
        data.extend([0, 32]);
        data.extend(self.name);
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]); // {1: 2, 3: -7, -1: 1, -2: x, -3: y}
        data.extend(point.x().expect("a point"));
        data.extend([0x22, 0x58, 0x20]);
        data.extend(point.y().expect("a point"));
        let mut attestation = vec![0xa3]; // {"fmt": "none", "attStmt": {}, "authData": …}
        attestation.extend(b"\x63fmt\x64none\x67attStmt\xa0\x68authData\x58");
        attestation.push(u8::try_from(data.len()).expect("below 256 bytes"));
        attestation.extend(&data);
        let response = json!({
            "clientDataJSON": encode(self.client_data("webauthn.create", options).as_bytes()),
            "attestationObject": encode(&attestation),
            "transports": ["internal"],
        });
        self.answer(&response)
    }

    /// Signs a challenge, as `navigator.credentials.get` does.
    pub fn get(&mut self, options: &Value) -> Value {
        let options = &options["publicKey"];
        self.count += 1;
        let site = options["rpId"].as_str().expect("a site");
        let (data, client) = (self.data(site, 0), self.client_data("webauthn.get", options));
        let mut signed = data.clone();
        signed.extend(HEXLOWER.decode(sha256_hex(client.as_bytes()).as_bytes()).expect("a hash"));
        let signature: Signature = self.key.sign(&signed);
        let mut response = json!({
            "clientDataJSON": encode(client.as_bytes()),
            "authenticatorData": encode(&data),
            "signature": encode(signature.to_der().as_bytes()),
        });
        if self.is_discoverable {
            response["userHandle"] = json!(encode(&self.owner));
        }
        self.answer(&response)
    }

    /// The name of its key.
    pub fn key_name(&self) -> String {
        encode(&self.name)
    }

    fn data(&self, site: &str, more: u8) -> Vec<u8> {
        let mut data = HEXLOWER.decode(sha256_hex(site.as_bytes()).as_bytes()).expect("a hash");
        data.push(PRESENT | more | if self.verifies { VERIFIED } else { 0 });
        data.extend(self.count.to_be_bytes());
        data
    }

    fn client_data(&self, kind: &str, options: &Value) -> String {
        let (challenge, origin) = (&options["challenge"], &self.origin);
        json!({ "type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false }).to_string()
    }

    fn answer(&self, response: &Value) -> Value {
        let name = self.key_name();
        json!({ "id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {} })
    }
}

fn encode(bytes: &[u8]) -> String {
    BASE64URL_NOPAD.encode(bytes)
}

fn decode(text: &Value) -> Vec<u8> {
    BASE64URL_NOPAD.decode(text.as_str().expect("text").as_bytes()).expect("base64url")
}
