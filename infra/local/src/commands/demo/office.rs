//! What the organizers of the demo have done before anybody looks, by the API by which their pages do it.

use super::copies::MINUTE_MS;
use crate::play::{advance, call};
use crate::world::World;
use anyhow::{Context, ensure};
use axum::http::Method;
use contest::ids::RoundId;
use contest::plan::Plan;
use documents::words::format;
use documents::words::program as words;
use organizer_api::DemoPerson;
use serde_json::{Value, json};

/// The two leads, each in a session of their own.
pub(super) struct Office<'a> {
    world: &'a World,
    lead: String,
    second: String,
}

impl<'a> Office<'a> {
    pub(super) async fn open(world: &'a World) -> anyhow::Result<Self> {
        let session = async |person| anyhow::Ok(world.functions.open_demo(person, world.clock.now()).await?.session);
        Ok(Self { world, lead: session(DemoPerson::Lead).await?, second: session(DemoPerson::Second).await? })
    }

    /// Recognizes every result of a published contest: one proposes it, the other approves it.
    ///
    /// # Errors
    /// Where it is refused, or has not come as it was shown.
    pub(super) async fn recognize(&self, plan: &Plan) -> anyhow::Result<()> {
        let mut rounds: Vec<&str> = plan.rounds.iter().map(|round| round.id.as_str()).collect();
        let overall = RoundId::overall();
        // Where nobody is ranked over the contest, what stands there follows from its rounds.
        if plan.rules.overall.is_some() {
            rounds.push(overall.as_str());
        }
        let changes: Vec<Value> = rounds.iter().map(|round| json!({ "action": "recognize", "round": round })).collect();
        let date = format::date(self.world.clock.now(), plan.time_zone);
        let decision = json!({ "number": words::RECOGNIZED_NUMBER, "date": date });
        let proposal = json!({ "changes": changes, "reason": words::RECOGNIZED_REASON, "decision": decision });
        let (path, shown) = self.propose(plan, &proposal).await?;
        let approval = json!({ "preview_sha256": shown["preview"]["sha256"] });
        self.ask(&self.lead, Method::POST, &format!("{path}/approve"), Some(&approval)).await?;
        self.world.sweep().await?;
        let applied = self.ask(&self.lead, Method::GET, &path, None).await?;
        let is_as_shown = applied["applied"]["differs"].as_array().is_some_and(Vec::is_empty);
        ensure!(applied["status"] == "applied" && is_as_shown, "the results were not recognized: {applied}");
        Ok(())
    }

    /// Proposes that the best of those whose sheet came under the announced floor is not ranked, and leaves it to the other lead.
    ///
    /// # Errors
    /// Where nobody's did, or it is refused.
    pub(super) async fn propose_to_disqualify(&self, plan: &Plan) -> anyhow::Result<()> {
        let round = &plan.rounds.first().context("a plan without rounds")?.id;
        let path = format!("contests/{}/rounds/{round}", plan.id);
        let review = self.ask(&self.second, Method::GET, &format!("{path}/review"), None).await?;
        let lines = review["lines"].as_array().context("a list without lines")?;
        let fast = lines.iter().find(|line| line["kind"] == "under_floor" && line["wins"] == true);
        let contestant = &fast.context("nobody was under the floor")?["people"][0]["code"];
        let change = json!({ "action": "disqualify", "round": round.as_str(), "contestant": contestant });
        let proposal = json!({ "changes": [change], "reason": words::UNDER_FLOOR_REASON });
        self.propose(plan, &proposal).await?;
        Ok(())
    }

    /// Has the figures of an open round counted.
    ///
    /// # Errors
    /// Where it is refused.
    pub(super) async fn count(&self, plan: &Plan) -> anyhow::Result<()> {
        let round = &plan.rounds.first().context("a plan without rounds")?.id;
        let path = format!("contests/{}/rounds/{round}/watch", plan.id);
        self.ask(&self.lead, Method::GET, &path, None).await?;
        self.ask(&self.lead, Method::POST, &path, None).await?;
        Ok(())
    }

    /// Proposes something and has it tried; where it lies, and what it says then.
    async fn propose(&self, plan: &Plan, proposal: &Value) -> anyhow::Result<(String, Value)> {
        let all = format!("contests/{}/proposals", plan.id);
        let made = self.ask(&self.second, Method::POST, &all, Some(proposal)).await?;
        let path = format!("{all}/{}", made["proposal"].as_str().context("a proposal without a name")?);
        self.ask(&self.second, Method::POST, &format!("{path}/preview"), None).await?;
        advance(self.world, self.world.clock.now().plus_millis(MINUTE_MS)).await?;
        let shown = self.ask(&self.second, Method::GET, &path, None).await?;
        let is_accepted = shown["preview"]["refused"].as_array().is_some_and(Vec::is_empty);
        ensure!(shown["status"] == "previewed" && is_accepted, "the proposal cannot be tried: {shown}");
        Ok((path, shown))
    }

    async fn ask(&self, session: &str, method: Method, path: &str, body: Option<&Value>) -> anyhow::Result<Value> {
        let path = format!("/v1/organizer/{path}");
        call(&self.world.front_door(), method, &path, Some(session), body, self.world.clock.now()).await
    }
}
