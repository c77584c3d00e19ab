//! A contestant: who they are before they register, and what they can do afterwards.

use crate::door::{Door, Instant};
use crate::reply::Reply;
use crate::sheet;
use http::Method;
use serde_json::{Value, json};

/// What every person of these tests signs in with.
pub const SECRET: &str = "mật khẩu thử";

/// A person before registering: the members of the form.
pub type Form = serde_json::Map<String, Value>;

/// A form with a citizen id and a phone that follow from `number`.
pub fn person(number: u32, name: &str, unit: &str) -> Form {
    let Value::Object(form) = json!({
        "full_name": name,
        "birth_date": "1990-05-17",
        "citizen_id": format!("001090{number:06}"),
        "phone": format!("0912{number:06}"),
        "unit": unit,
        "secret": SECRET,
    }) else {
        unreachable!("an object was written")
    };
    form
}

/// So many people of one name and unit.
pub fn crowd(count: u32) -> impl Iterator<Item = Form> {
    (1..=count).map(|number| person(number, "Nguyễn Văn An", "bac"))
}

/// Somebody with an account.
#[derive(Clone)]
pub struct Contestant {
    /// Contestant code.
    pub code: String,
    /// Where they ask, in their own name.
    pub door: Door,
}

/// One attempt as it is played.
#[derive(Clone, Copy, Debug)]
pub struct Play<'a> {
    /// The round.
    pub round: &'a str,
    /// When it starts, RFC 3339.
    pub started_at: &'a str,
    /// How long it takes.
    pub seconds: i64,
    /// How many questions are answered right.
    pub right: usize,
    /// The prediction.
    pub prediction: Option<u64>,
}

impl Contestant {
    /// The same, asking at an instant.
    #[track_caller]
    pub fn at(&self, received_at: impl Instant) -> Self {
        Self { code: self.code.clone(), door: self.door.at(received_at) }
    }

    /// The same account in a copy of their world.
    pub fn before(&self, door: &Door) -> Self {
        Self { code: self.code.clone(), door: door.with_session(self.door.session.as_deref()) }
    }

    /// What they may know of themselves.
    pub async fn me(&self) -> Value {
        self.door.call(Method::GET, "me", None).await.expect(200)
    }

    /// Asks for everything that is known of them.
    pub async fn export(&self) -> Reply {
        self.door.call(Method::GET, "me/export", None).await
    }

    /// Asks to be forgotten.
    pub async fn erase(&self) -> Reply {
        self.door.call(Method::DELETE, "me", None).await
    }

    /// Puts another secret in place of this one.
    pub async fn change_secret(&self, secret: &str, new_secret: &str) -> Reply {
        let body = json!({ "secret": secret, "new_secret": new_secret });
        self.door.call(Method::PUT, "me/secret", Some(&body)).await
    }

    /// Ends every session.
    pub async fn end_sessions(&self) -> Reply {
        self.door.call(Method::DELETE, "sessions", None).await
    }

    /// Corrects what they have said of themselves.
    pub async fn correct(&self, correction: &Value) -> Reply {
        self.door.call(Method::PATCH, "me", Some(correction)).await
    }

    /// The same person in the session of an answer.
    #[track_caller]
    pub fn in_session(&self, opened: Reply) -> Self {
        let opened = opened.expect(200);
        assert_eq!(opened["contestant"], self.code.as_str());
        Self { code: self.code.clone(), door: self.door.with_session(opened["session"].as_str()) }
    }

    /// Starts an attempt.
    pub async fn start(&self, round: &str) -> Reply {
        self.door.call(Method::POST, &format!("rounds/{round}/attempts"), None).await
    }

    /// Sends a sheet.
    pub async fn submit(&self, round: &str, attempt: u64, sheet: &Value) -> Reply {
        self.door.call(Method::PUT, &format!("rounds/{round}/attempts/{attempt}"), Some(sheet)).await
    }

    /// Asks what became of an attempt.
    pub async fn status(&self, round: &str, attempt: u64) -> Reply {
        self.door.call(Method::GET, &format!("rounds/{round}/attempts/{attempt}"), None).await
    }

    /// Plays one attempt: started at an instant, `right` questions right, sent `seconds` later. Returns
    /// the accepted sheet.
    pub async fn play(&self, play: Play<'_>) -> Value {
        let started_at = play.started_at.instant();
        let started = self.at(started_at).start(play.round).await.expect(201);
        let sheet = json!({ "answers": sheet::answers(&started["paper"], play.right), "prediction": play.prediction });
        let number = started["attempt"].as_u64().expect("a number");
        self.at(started_at.plus_millis(play.seconds * 1_000)).submit(play.round, number, &sheet).await.expect(200)
    }
}
