//! A round of the stage's contest: how far it has come, and what is published about it.

use crate::stage::Stage;
use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::Value;

/// The round.
#[derive(Clone, Copy)]
pub struct Round<'a> {
    pub(crate) stage: &'a Stage,
    pub(crate) id: &'a str,
}

impl Round<'_> {
    /// A published file below the round, as bytes.
    pub async fn file(self, path: &str) -> Vec<u8> {
        self.stage.site(&format!("rounds/{}/{path}", self.id)).await
    }

    /// A published file below the round, as JSON.
    pub async fn json(self, path: &str) -> Value {
        serde_json::from_slice(&self.file(path).await).expect("it is JSON")
    }

    /// Whether anything is published.
    pub async fn is_published(self) -> bool {
        let path = format!("contests/{}/rounds/{}/index.json", self.stage.door.contest, self.id);
        self.stage.object("site", &path).await.is_some()
    }

    /// How many versions are published.
    pub async fn versions(self) -> usize {
        self.json("index.json").await["history"].as_array().expect("a list").len()
    }

    /// Tier and name of every winner in a version, sorted.
    pub async fn winners(self, version: usize) -> Vec<(String, String)> {
        let results = self.json(&format!("v{version}/results.json")).await;
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let winners = results["winners"].as_array().expect("a list");
        let mut winners: Vec<_> = winners.iter().map(|w| (text(&w["tier"]), text(&w["full_name"]))).collect();
        winners.sort();
        winners
    }

    /// The lines of the ledger.
    pub async fn ledger(self) -> Vec<Value> {
        let text = String::from_utf8(self.file("v1/ledger.jsonl").await).expect("UTF-8");
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    }

    /// How many rounds the verifier accepts, alone and by each of these receipts: one, where all is well.
    pub async fn verified(self, receipts: &[String]) -> Result<usize, String> {
        self.stage.verified(&format!("/contests/{}/rounds/{}", self.stage.door.contest, self.id), receipts).await
    }

    /// Takes from somebody's first attempt which sessions may hand it in: what a crash leaves after sessions were ended.
    pub async fn forget_session_version(self, contestant: &str) {
        let text = |text: String| AttributeValue::S(text);
        let (contest, id) = (&self.stage.door.contest, self.id);
        let mut forgotten = 0;
        for shard in 0..u16::from(u8::MAX) {
            let update = self.stage.world.dynamodb.update_item().table_name("attempts");
            let update = update.key("pk", text(format!("A#{contest}#{id}#{shard:04x}")));
            let update = update.key("sk", text(format!("{contestant}#00001"))).update_expression("REMOVE v");
            let update = update.condition_expression("attribute_exists(pk) AND attribute_exists(v)").send().await;
            forgotten += usize::from(update.is_ok());
        }
        assert_eq!(forgotten, 1, "the attempt was left to later sessions");
    }

    /// Sets back how far the round has come: what a crash leaves after a step's writes and before its
    /// phase was recorded, with whatever is recorded along with it.
    pub async fn set_phase(self, phase: &str) {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let later = if phase == "RANKED" { "published" } else { "published, draw, editions" };
        let update = self.stage.world.dynamodb.update_item().table_name("control");
        let update = update.key("pk", text(&format!("R#{}#{}", self.stage.door.contest, self.id)));
        let update = update.key("sk", text("PHASE")).update_expression(format!("SET phase = :phase REMOVE {later}"));
        let update = update.expression_attribute_values(":phase", text(phase));
        update.condition_expression("attribute_exists(pk)").send().await.expect("the round has a record");
    }

    /// Takes from the record that the round's review is kept: what a crash leaves before that is noted.
    pub async fn forget_review(self) {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let update = self.stage.world.dynamodb.update_item().table_name("control");
        let update = update.key("pk", text(&format!("R#{}#{}", self.stage.door.contest, self.id)));
        let update = update.key("sk", text("PHASE")).update_expression("REMOVE reviewed");
        update.condition_expression("attribute_exists(reviewed)").send().await.expect("the review was noted");
    }
}
