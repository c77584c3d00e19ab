//! Plays a [`Script`] through the gateway: the same requests that the page would send.

use super::persona;
use super::script::{PlannedAttempt, Script, predicts_each_time};
use crate::world::gateway::Gateway;
use crate::world::upload::ContestFolder;
use anyhow::{Context, bail, ensure};
use axum::http::{Method, Request, StatusCode};
use bytes::Bytes;
use contest::bank::AnswerKey;
use contest::ids::{QuestionId, UnitCode};
use contest::plan::Plan;
use contest::prediction::Prediction;
use contest::registration::is_at_levels;
use contest::time::Timestamp;
use contest::units::UnitTree;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::JoinSet;

/// Requests under way at once: enough to keep two cores busy with password hashing.
const PARALLEL: usize = 16;

/// Attempts of a request that is answered "busy".
const TRIES: u32 = 5;

/// Plays one contest.
pub(crate) struct Player {
    gateway: Arc<Gateway>,
    plan: Plan,
    script: Script,
    /// By round of the plan.
    keys: Vec<AnswerKey>,
    forms: Vec<Map<String, Value>>,
    consent_sha256: String,
    /// Sessions of people who have an account, with the instant they end.
    sessions: Mutex<Vec<Option<(String, Timestamp)>>>,
    /// Codes of people who have an account, by which everybody may sign in.
    codes: Mutex<BTreeMap<usize, String>>,
    /// Codes of people who bring others in and have an account.
    referral_codes: Mutex<BTreeMap<usize, String>>,
}

impl Player {
    /// Prepares to play a contest that has been uploaded.
    ///
    /// # Errors
    /// Where the folder's banks or units cannot be read, or the contest is not public.
    pub(crate) async fn new(
        gateway: Arc<Gateway>,
        folder: &ContestFolder,
        script: Script,
        dice: &mut super::dice::Dice,
    ) -> anyhow::Result<Self> {
        let plan = folder.plan()?;
        let keys = plan.rounds.iter().map(|round| read_key(folder, round)).collect::<anyhow::Result<_>>()?;
        let units = read_units(folder)?;
        let forms = forms(&plan, &units, &script, dice);
        let contest = call(
            &gateway,
            Method::GET,
            &format!("/contests/{}/contest.json", plan.id),
            None,
            None,
            plan.registration.opens,
        )
        .await?;
        let consent_sha256 =
            contest["consent"]["text_sha256"].as_str().context("contest.json without consent")?.to_owned();
        let sessions = Mutex::new(vec![None; script.registered_at.len()]);
        let (codes, referral_codes) = (Mutex::default(), Mutex::default());
        Ok(Self { gateway, plan, script, keys, forms, consent_sha256, sessions, codes, referral_codes })
    }

    /// Plays one round; `played` hears of every accepted attempt.
    ///
    /// # Errors
    /// The first request that is refused.
    pub(crate) async fn play_round(self: &Arc<Self>, place: usize, played: impl Fn()) -> anyhow::Result<()> {
        self.open_campaigns(place).await?;
        let mut playing = JoinSet::new();
        for turn in 0..self.script.rounds[place].len() {
            if playing.len() >= PARALLEL {
                finish_one(&mut playing, &played).await?;
            }
            let player = Arc::clone(self);
            playing.spawn(async move { player.take_part(place, turn).await });
        }
        while !playing.is_empty() {
            finish_one(&mut playing, &played).await?;
        }
        Ok(())
    }

    /// Makes accounts for those who bring in people of this round, before these register.
    async fn open_campaigns(&self, place: usize) -> anyhow::Result<()> {
        let people = self.script.rounds[place].iter().map(|participation| &participation.person);
        let referrers: BTreeSet<usize> =
            people.filter_map(|person| self.script.referrers.get(person)).copied().collect();
        for referrer in referrers {
            if self.referral_code(referrer).is_some() {
                continue;
            }
            let at = self.script.registered_at[referrer];
            let session = self.session(referrer, at).await?;
            let me = self.send(Method::GET, "me", Some(&session), None, at).await?;
            let code = me["referral_code"].as_str().context("no referral code")?.to_owned();
            self.referral_codes.lock().unwrap_or_else(PoisonError::into_inner).insert(referrer, code);
        }
        Ok(())
    }

    fn referral_code(&self, referrer: usize) -> Option<String> {
        self.referral_codes.lock().unwrap_or_else(PoisonError::into_inner).get(&referrer).cloned()
    }

    async fn take_part(&self, place: usize, turn: usize) -> anyhow::Result<usize> {
        let participation = &self.script.rounds[place][turn];
        let session = self.session(participation.person, participation.attempts[0].started_at).await?;
        for (number, attempt) in participation.attempts.iter().enumerate() {
            let prediction = participation.prediction.filter(|_| number == 0 || predicts_each_time(&self.plan));
            self.attempt(place, &session, attempt, prediction).await?;
        }
        Ok(participation.attempts.len())
    }

    /// The session of a person who does something from `starts` on: from registering, from before, or from signing in
    /// anew.
    async fn session(&self, person: usize, starts: Timestamp) -> anyhow::Result<String> {
        let known = self.sessions.lock().unwrap_or_else(PoisonError::into_inner)[person].clone();
        let answer = match known {
            Some((session, expires)) if expires > starts.plus_millis(86_400_000) => return Ok(session),
            Some(_) => self.sign_in(person, starts.plus_millis(-30_000)).await?,
            None => self.register(person).await?,
        };
        let session = answer["session"].as_str().context("no session")?.to_owned();
        let expires =
            answer["expires_at"].as_str().and_then(Timestamp::parse_rfc3339).context("no end of the session")?;
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)[person] = Some((session.clone(), expires));
        Ok(session)
    }

    async fn register(&self, person: usize) -> anyhow::Result<Value> {
        let mut form = self.forms[person].clone();
        form.insert("consent".to_owned(), json!({ "accepted": true, "text_sha256": self.consent_sha256 }));
        if let Some(referrer) = self.script.referrers.get(&person) {
            form.insert(
                "referrer".to_owned(),
                json!(self.referral_code(*referrer).context("a referrer without a code")?),
            );
        }
        let at = self.script.registered_at[person];
        let answer = self.send(Method::POST, "contestants", None, Some(&Value::Object(form)), at).await?;
        let code = answer["contestant"].as_str().context("no code of a contestant")?.to_owned();
        self.codes.lock().unwrap_or_else(PoisonError::into_inner).insert(person, code);
        Ok(answer)
    }

    async fn sign_in(&self, person: usize, at: Timestamp) -> anyhow::Result<Value> {
        let form = &self.forms[person];
        let code = || self.codes.lock().unwrap_or_else(PoisonError::into_inner).get(&person).cloned();
        let stated = ["citizen_id", "phone", "email"].into_iter().find_map(|field| form.get(field)).cloned();
        // A contest that asks for none of them has its own codes.
        let identifier = stated.or_else(|| code().map(Value::from)).context("nothing to sign in with")?;
        self.send(
            Method::POST,
            "sessions",
            None,
            Some(&json!({ "identifier": identifier, "secret": persona::SECRET })),
            at,
        )
        .await
    }

    async fn attempt(
        &self,
        place: usize,
        session: &str,
        planned: &PlannedAttempt,
        prediction: Option<Prediction>,
    ) -> anyhow::Result<()> {
        let attempts = format!("rounds/{}/attempts", self.plan.rounds[place].id);
        let started = self.send(Method::POST, &attempts, Some(session), None, planned.started_at).await?;
        let questions = started["paper"]["questions"].as_array().context("a paper without questions")?;
        let answers = answers(questions, &self.keys[place], planned)?;
        let prediction = prediction.map(|prediction| self.printed(prediction)).transpose()?;
        let sheet = json!({ "answers": answers, "prediction": prediction });
        let submit = format!("{attempts}/{}", started["attempt"]);
        let accepted = self.send(Method::PUT, &submit, Some(session), Some(&sheet), planned.submitted_at).await?;
        ensure!(accepted["status"] == "accepted", "{submit}: {accepted}");
        Ok(())
    }

    /// A prediction as the page sends it: the text of a JSON number.
    fn printed(&self, prediction: Prediction) -> anyhow::Result<Value> {
        let rules = self.plan.rules.prediction.context("a prediction nobody asked for")?;
        Ok(serde_json::from_str(&prediction.text(rules.target))?)
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        session: Option<&str>,
        body: Option<&Value>,
        at: Timestamp,
    ) -> anyhow::Result<Value> {
        call(&self.gateway, method, &format!("/v1/contests/{}/{path}", self.plan.id), session, body, at).await
    }
}

/// Everybody's registration; people who bring others in belong to the unit that the plan commends, or below it.
fn forms(plan: &Plan, units: &UnitTree, script: &Script, dice: &mut super::dice::Dice) -> Vec<Map<String, Value>> {
    let levels = &plan.registration.levels;
    let within = |top| -> Vec<String> {
        let units_within = leaves(units, top).into_iter();
        units_within.filter(|code| UnitCode::parse(code).is_ok_and(|code| is_at_levels(units, levels, &code))).collect()
    };
    let (everywhere, campaigning) = (within(None), within(Script::campaigning_unit(plan)));
    let referrers: BTreeSet<usize> = script.referrers.values().copied().collect();
    let units_of = |number| if referrers.contains(&number) { &campaigning } else { &everywhere };
    let people = 0..script.registered_at.len();
    people.map(|number| persona::registration(plan, units_of(number), number, dice)).collect()
}

async fn finish_one(playing: &mut JoinSet<anyhow::Result<usize>>, played: impl Fn()) -> anyhow::Result<()> {
    let attempt_count = playing.join_next().await.context("nobody plays")???;
    (0..attempt_count).for_each(|_| played());
    Ok(())
}

/// The right options of every question for a perfect sheet; else for some of them, and at least one
/// question wrong. Which ones follows from the attempt, so that a story is always played alike.
fn answers(questions: &[Value], key: &AnswerKey, planned: &PlannedAttempt) -> anyhow::Result<Map<String, Value>> {
    let mut dice = super::dice::Dice::new(planned.submitted_at.millis().unsigned_abs());
    let count = questions.len() as u64;
    let right = if planned.perfect { count } else { count.saturating_sub(1 + dice.below(count.div_ceil(2))) };
    let mut answers = Map::new();
    for (place, question) in questions.iter().enumerate() {
        let id = question["id"].as_str().context("a question without id")?;
        let right_options = key.get(&QuestionId::parse(id)?).with_context(|| format!("no answer to {id}"))?;
        let right_letters: Vec<&str> = right_options.letters().collect();
        let chosen: Vec<&str> = if (place as u64) < right {
            right_letters
        } else {
            let options = question["options"].as_array().context("a question without options")?;
            let wrong = options
                .iter()
                .filter_map(|option| option["id"].as_str())
                .find(|letter| !right_letters.contains(letter));
            // Where every option is right, only a blank is wrong.
            wrong.into_iter().collect()
        };
        if !chosen.is_empty() {
            answers.insert(id.to_owned(), json!(chosen));
        }
    }
    Ok(answers)
}

/// Sends a request as if it had been received at an instant.
///
/// # Errors
/// Where it is refused.
pub(crate) async fn call(
    gateway: &Gateway,
    method: Method,
    path: &str,
    session: Option<&str>,
    body: Option<&Value>,
    at: Timestamp,
) -> anyhow::Result<Value> {
    let bytes = body.map_or_else(Bytes::new, |body| Bytes::from(body.to_string()));
    let mut tries = 0;
    loop {
        let mut request =
            Request::builder().method(method.clone()).uri(path).header("content-type", "application/json");
        if let Some(session) = session {
            request = request.header("authorization", format!("Bearer {session}"));
        }
        let response = gateway.handle_at(request.body(bytes.clone())?, at).await;
        tries += 1;
        match response.status() {
            status if status.is_success() => {
                return serde_json::from_slice(response.body()).context("an answer that is no JSON");
            }
            StatusCode::SERVICE_UNAVAILABLE if tries < TRIES => {}
            status => bail!("{method} {path} was answered {status}: {}", String::from_utf8_lossy(response.body())),
        }
    }
}

fn read_key(folder: &ContestFolder, round: &contest::plan::Round) -> anyhow::Result<AnswerKey> {
    let (file, sheet) = round.bank_parts();
    let bytes = folder.file(file).with_context(|| format!("the folder has no {file}"))?;
    let format = contest::bank::BankFormat::of(file).with_context(|| format!("{file} is no bank"))?;
    let tables = import_upload::roles::bank::read(format, bytes)
        .content
        .with_context(|| format!("{file} has errors; `hoithi check` lists them"))?;
    let mut named = tables.into_iter().filter(|table| sheet.is_none() || table.sheet.as_deref() == sheet);
    Ok(named.next().with_context(|| format!("there is no {}", round.bank))?.bank.key)
}

fn read_units(folder: &ContestFolder) -> anyhow::Result<UnitTree> {
    let Some((name, bytes)) = folder.files.iter().find(|(name, _)| name.starts_with("units.")) else {
        return Ok(UnitTree::default());
    };
    let format = import_upload::readers::Format::of(name).with_context(|| format!("{name} is no table"))?;
    import_upload::roles::units::read(format, bytes).content.with_context(|| format!("{name} has errors"))
}

/// Units that people belong to, those without units below them: all, or those at or below one unit.
fn leaves(tree: &UnitTree, top: Option<&UnitCode>) -> Vec<String> {
    let units = tree.units();
    let is_parent = |code: &UnitCode| units.iter().any(|unit| unit.parent.as_ref() == Some(code));
    let is_below = |place: usize| top.is_none_or(|top| tree.self_and_ancestors(place).any(|at| units[at].code == *top));
    let leaves = (0..).zip(units).filter(|(place, unit)| !is_parent(&unit.code) && is_below(*place));
    leaves.map(|(_, unit)| unit.code.to_string()).collect()
}

#[cfg(test)]
mod tests;
