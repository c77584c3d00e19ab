//! Organizers as tests play them: with an invitation, a secret and an authenticator app.

use crate::reply::Reply;
use crate::{Door, Stage};
use contest::time::Timestamp;
use data_encoding::{BASE64, HEXLOWER};
use http::Method;
use organizer_api::Invite;
use serde_json::{Value, json};
use totp_rs::Totp;

/// Somebody with an account in the console.
#[derive(Clone)]
pub struct Staff {
    /// With their session.
    pub door: Door,
    /// Name by which they sign in.
    pub login: String,
    /// The authenticator app, as it reads the address.
    uri: String,
    /// Codes of their recovery card.
    pub recovery: Vec<String>,
    /// Identifier of the account.
    pub id: String,
}

/// What everyone signs in with.
pub const STAFF_SECRET: &str = "một câu dài dễ nhớ của tôi";

impl Stage {
    /// Somebody who was invited from outside and has enrolled at an instant.
    pub async fn staff(&self, login: &str, role: &str, scope: &str, at: Timestamp) -> Staff {
        let invite = Invite { name: String::new(), role: role.to_owned(), scope: scope.to_owned() };
        let invited = self.world.functions.invite(&invite, at).await.expect("an invitation");
        Staff::enrol(&self.door.at(at), login, &invited.code, at).await
    }
}

impl Staff {
    /// Enrols with the code of an invitation.
    pub async fn enrol(door: &Door, login: &str, code: &str, at: Timestamp) -> Self {
        let form = json!({ "code": code, "login": login, "name": format!("Cô {login}"), "secret": STAFF_SECRET });
        let begun = door.call(Method::POST, "/v1/organizer/enrolments", Some(&form)).await.expect(200);
        let uri = begun["totp_uri"].as_str().expect("an address").to_owned();
        let confirm = json!({ "ticket": begun["ticket"], "totp": code_of(&uri, at) });
        let enrolled = door.call(Method::POST, "/v1/organizer/enrolments/confirm", Some(&confirm)).await.expect(201);
        let recovery = enrolled["recovery"].as_array().expect("codes").iter();
        Self {
            door: door.with_session(enrolled["session"].as_str()),
            login: login.to_owned(),
            uri,
            recovery: recovery.map(|code| code.as_str().expect("a code").to_owned()).collect(),
            id: enrolled["me"]["id"].as_str().expect("an id").to_owned(),
        }
    }

    /// The same person at another instant.
    pub fn at(&self, at: Timestamp) -> Self {
        Self { door: self.door.at(at), ..self.clone() }
    }

    /// The same person in a copy of their world.
    pub fn before(&self, door: &Door) -> Self {
        self.in_door(door, self.door.session.as_deref())
    }

    /// Somebody of this login, whose app has read an address, at the same door.
    pub fn of(&self, login: &str, uri: &str) -> Self {
        Self { login: login.to_owned(), uri: uri.to_owned(), ..self.clone() }
    }

    fn in_door(&self, door: &Door, session: Option<&str>) -> Self {
        Self { door: door.with_session(session), ..self.clone() }
    }

    /// Signs in anew with a secret and the code that the app shows; what was said last, and their new session.
    pub async fn sign_in(&self, secret: &str, at: Timestamp) -> (Reply, Self) {
        let door = self.door.at(at).with_session(None);
        let form = json!({ "login": self.login, "secret": secret });
        let begun = door.call(Method::POST, "/v1/organizer/sessions", Some(&form)).await;
        if begun.status != 200 {
            return (begun, self.in_door(&door, None));
        }
        let form = json!({ "ticket": begun.expect(200)["ticket"], "code": self.code(at) });
        let opened = door.call(Method::POST, "/v1/organizer/sessions/second", Some(&form)).await;
        let body: Value = serde_json::from_slice(&opened.body).unwrap_or_default();
        let session = body["session"].as_str().map(str::to_owned);
        (opened, self.in_door(&door, session.as_deref()))
    }

    /// The same person in another session.
    pub fn in_session(&self, session: Option<&str>) -> Self {
        Self { door: self.door.with_session(session), ..self.clone() }
    }

    /// The code that their app shows.
    pub fn code(&self, at: Timestamp) -> String {
        code_of(&self.uri, at)
    }

    /// Sends a request below `/v1/organizer/`.
    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Reply {
        self.door.call(method, &format!("/v1/organizer/{path}"), body.as_ref()).await
    }

    /// Looks something up.
    pub async fn get(&self, path: &str) -> Reply {
        self.call(Method::GET, path, None).await
    }

    /// Uploads a file in place of the version of a tag, or of nothing.
    pub async fn put_file(&self, contest: &str, name: &str, bytes: &[u8], seen: Option<&str>) -> Reply {
        let digest = format!("sha-256=:{}:", BASE64.encode(&sha256(bytes)));
        let condition = match seen {
            Some(tag) => ("if-match", tag),
            None => ("if-none-match", "*"),
        };
        let headers = [("content-digest", digest.as_str()), condition];
        let path = format!("/v1/organizer/contests/{contest}/files/{name}");
        self.door.send_with(&headers, Method::PUT, &path, bytes.to_vec()).await
    }

    /// Gives the second factor once more.
    pub async fn step_up(&self, at: Timestamp) -> Reply {
        self.call(Method::POST, "me/step-up", Some(json!({ "code": self.code(at) }))).await
    }
}

fn sha256(bytes: &[u8]) -> Vec<u8> {
    HEXLOWER.decode(contest::seal::sha256_hex(bytes).as_bytes()).expect("a hash")
}

/// What an app shows that has read an address.
pub fn code_of(uri: &str, at: Timestamp) -> String {
    let app = Totp::from_url(uri).expect("an app reads the address");
    app.generate(at.millis().div_euclid(1_000).unsigned_abs()).to_string()
}
