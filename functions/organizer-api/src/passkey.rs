//! Passkeys (Web Authentication): what a browser is asked to sign, and whether what it signed is right. The key itself never
//! leaves the device; what is kept is the public one, as text that only this file reads.

use data_encoding::BASE64URL_NOPAD;
use serde_json::{Value, json};
use webauthn_rs::fake::{FakePasskeyDistribution, WebauthnFakeCredentialGenerator};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, Url,
    Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};

/// Bytes of the handle under which a device keeps whose key it is: the account's identifier, of as many signs.
const HANDLE_LEN: usize = 16;

/// The site for which passkeys are made: they work at its name and at no other.
pub(crate) struct RelyingParty(Webauthn);

/// What a browser is asked, and what is kept until it has answered.
pub(crate) struct Asked {
    /// Options as the browser reads them.
    pub(crate) public_key: Value,
    /// The challenge in it, by which the answer is found again.
    pub(crate) challenge: String,
    /// What the answer is held against.
    pub(crate) state: String,
}

/// Whose key is made.
pub(crate) struct Owner<'a> {
    /// Identifier of the account, of sixteen signs.
    pub(crate) id: &'a str,
    /// By which they sign in.
    pub(crate) login: &'a str,
    /// As colleagues know them.
    pub(crate) name: &'a str,
}

/// A public key as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// By which its owner names it to the API: the beginning of a hash of the device's own name for it.
    pub(crate) id: String,
    /// The key, its counter and how it was made, in JSON.
    pub(crate) json: String,
}

/// Why an answer does not count.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PasskeyFault {
    /// Signed for something else, by something else, without a look at the person, or not at all.
    #[error("the answer of a passkey is not right")]
    Refused(#[source] WebauthnError),
    /// Everything is right but the device's count of its answers, which went back: there may be two of it.
    #[error("a passkey has counted back")]
    CountedBack,
    /// What was kept does not read.
    #[error("what is kept of a passkey does not read")]
    Unread(#[from] serde_json::Error),
}

impl From<WebauthnError> for PasskeyFault {
    fn from(error: WebauthnError) -> Self {
        match error {
            WebauthnError::CredentialPossibleCompromise => Self::CountedBack,
            other => Self::Refused(other),
        }
    }
}

impl RelyingParty {
    /// Of a site's address; nothing where it has no name, since no passkey is made for an address of numbers.
    pub(crate) fn new(site_url: &str, title: &str) -> Option<Self> {
        let url = Url::parse(site_url).ok()?;
        let name = url.domain()?;
        let party = WebauthnBuilder::new(name, &url).ok()?.rp_name(title).build().ok()?;
        Some(Self(party))
    }

    /// Asks for a new key. A device that has one of `others` makes none.
    ///
    /// # Errors
    /// Where the owner's identifier is not of sixteen signs, or one of the others does not read.
    pub(crate) fn ask_for_new(&self, owner: &Owner<'_>, others: &[&str]) -> Result<Asked, PasskeyFault> {
        let handle = <[u8; HANDLE_LEN]>::try_from(owner.id.as_bytes());
        let handle = Uuid::from_bytes(handle.map_err(|_| WebauthnError::InvalidUserUniqueId)?);
        let others = others.iter().map(|json| Ok(read(json)?.cred_id().clone()));
        let others = others.collect::<Result<Vec<_>, PasskeyFault>>()?;
        let (asked, state) = self.0.start_passkey_registration(handle, owner.login, owner.name, Some(others))?;
        let mut public_key = serde_json::to_value(asked.public_key)?;
        // The library asks for keys that are found by a login alone. One that the device lists by itself needs none.
        public_key["authenticatorSelection"]["residentKey"] = json!("preferred");
        asked_with(public_key, serde_json::to_string(&state)?)
    }

    /// The key that a browser has made.
    ///
    /// # Errors
    /// Where the answer is not one to what was asked.
    pub(crate) fn new_key(&self, state: &str, answer: &NewKey) -> Result<Kept, PasskeyFault> {
        let state: PasskeyRegistration = serde_json::from_str(state)?;
        kept(&self.0.finish_passkey_registration(&answer.0, &state)?)
    }

    /// Asks for an answer of one of these keys; of any that the device knows where there are none.
    ///
    /// # Errors
    /// Where nothing random is to be had.
    pub(crate) fn ask(&self, keys: &[Vec<u8>]) -> Result<Asked, PasskeyFault> {
        let (asked, state) = self.0.start_discoverable_authentication()?;
        // How the library would have the browser ask stays behind: the person presses a button.
        let mut public_key = serde_json::to_value(asked.public_key)?;
        let described = |id: &Vec<u8>| json!({ "type": "public-key", "id": BASE64URL_NOPAD.encode(id) });
        public_key["allowCredentials"] = keys.iter().map(described).collect();
        asked_with(public_key, serde_json::to_string(&state)?)
    }

    /// The key as it is kept on, once its answer is found right.
    ///
    /// # Errors
    /// Where the answer is not this key's, not to what was asked, or was given without a look at the person.
    pub(crate) fn check(&self, state: &str, answer: &Answer, json: &str) -> Result<Kept, PasskeyFault> {
        let state: DiscoverableAuthentication = serde_json::from_str(state)?;
        let mut key = read(json)?;
        let result = self.0.finish_discoverable_authentication_v2(&answer.0, state, &key)?;
        key.update_credential(&result);
        kept(&key)
    }
}

/// The names by which a device knows keys that are kept.
///
/// # Errors
/// Where one does not read.
pub(crate) fn names<'a>(kept: impl IntoIterator<Item = &'a str>) -> Result<Vec<Vec<u8>>, PasskeyFault> {
    kept.into_iter().map(|json| Ok(read(json)?.cred_id().clone())).collect()
}

/// Names of keys that nobody has, always the same for one login: whoever asks with a login is not told whether it is one.
///
/// # Errors
/// None that is known: the secret is as long as it has to be.
pub(crate) fn made_up_names(secret: &[u8; 32], login: &str) -> Result<Vec<Vec<u8>>, PasskeyFault> {
    let made_up = WebauthnFakeCredentialGenerator::<FakePasskeyDistribution>::new(secret)?;
    Ok(made_up.generate(login.as_bytes())?)
}

/// A key that a browser says it has made.
pub(crate) struct NewKey(RegisterPublicKeyCredential);

impl NewKey {
    /// Reads what `PublicKeyCredential.toJSON()` gave.
    pub(crate) fn parse(json: Value) -> Option<Self> {
        serde_json::from_value(json).ok().map(Self)
    }

    /// The challenge that it answers, as it says.
    pub(crate) fn challenge(&self) -> Option<String> {
        challenge_in(&self.0.response.client_data_json)
    }
}

/// What a key has signed, as a browser says.
pub(crate) struct Answer(PublicKeyCredential);

impl Answer {
    /// Reads what `PublicKeyCredential.toJSON()` gave.
    pub(crate) fn parse(json: Value) -> Option<Self> {
        serde_json::from_value(json).ok().map(Self)
    }

    /// The challenge that it answers, as it says.
    pub(crate) fn challenge(&self) -> Option<String> {
        challenge_in(&self.0.response.client_data_json)
    }

    /// The account whose key it is, where the device has kept that.
    pub(crate) fn owner(&self) -> Option<&str> {
        str::from_utf8(self.0.get_user_unique_id()?).ok().filter(|id| id.len() == HANDLE_LEN)
    }

    /// The key that it says it is of.
    pub(crate) fn key(&self) -> String {
        id_of(self.0.get_credential_id())
    }
}

fn asked_with(public_key: Value, state: String) -> Result<Asked, PasskeyFault> {
    let challenge = public_key["challenge"].as_str().map(str::to_owned);
    let challenge = challenge.ok_or(WebauthnError::ChallengeNotFound)?;
    Ok(Asked { public_key, challenge, state })
}

fn challenge_in(client_data: &[u8]) -> Option<String> {
    let data: Value = serde_json::from_slice(client_data).ok()?;
    data["challenge"].as_str().map(str::to_owned)
}

fn kept(key: &Passkey) -> Result<Kept, PasskeyFault> {
    Ok(Kept { id: id_of(key.cred_id()), json: serde_json::to_string(key)? })
}

fn read(json: &str) -> Result<Passkey, serde_json::Error> {
    serde_json::from_str(json)
}

fn id_of(name: &[u8]) -> String {
    contest::seal::sha256_hex(name)[..16].to_owned()
}
