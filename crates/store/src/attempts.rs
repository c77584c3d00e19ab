//! Table `attempts`: one item an attempt, nothing else, no index (`RELIABILITY.md` 2.1, T1).
//!
//! Attributes are short, since the item must stay within one kilobyte and one write unit:
//! `st` 1 started, 2 submitted · `s_ms` started · `e_ms` accepted before · `g_ms` received ·
//! `ans` one byte a question · `guess` prediction · `v` least version of a session that may hand it in, absent for 0.

use crate::conditional::carried_out;
use crate::error::StoreError;
use crate::item::{Item, Reader, bytes, instant, key, number, text};
use crate::keys;
use crate::sdk::Sdk;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure::AllOld;
use contest::attempt::{Attempt, Submission};
use contest::bank::OptionSet;
use contest::ids::{ContestId, ContestantId, RoundId};
use contest::prediction::Prediction;
use contest::time::Timestamp;

#[derive(Clone, Debug)]
pub struct Attempts {
    pub(crate) client: aws_sdk_dynamodb::Client,
    pub(crate) table: String,
}

/// Where the attempts of one shard of a round lie.
#[derive(Clone, Copy, Debug)]
pub struct AttemptPartition<'a> {
    pub contest: &'a ContestId,
    pub round: &'a RoundId,
    /// One of the round's shards.
    pub shard: u16,
}

/// What became of the write of a start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartWrite {
    Written,
    /// A parallel request was faster: this is what stands there.
    Existing(Attempt),
}

/// A submission as it is to be written.
#[derive(Clone, Copy, Debug)]
pub struct SentSubmission<'a> {
    pub contestant: &'a ContestantId,
    /// Number of the attempt.
    pub attempt: u16,
    /// Version of the session that sends it.
    pub session_version: u32,
    pub submission: &'a Submission,
    /// Replaces the stored end, for a round whose end was moved after the start.
    pub later_end: Option<Timestamp>,
}

/// What became of the write of a submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubmissionWrite {
    /// The submission was written; the attempt as it now stands.
    Written(Attempt),
    /// The condition failed: this is what stands there.
    Refused(Attempt),
    NoAttempt,
}

impl Attempts {
    pub fn new(sdk: &Sdk, table: impl Into<String>) -> Self {
        Self { client: sdk.dynamodb.clone(), table: table.into() }
    }

    /// Writes a started attempt unless one of this number stands there.
    pub async fn insert_attempt(
        &self,
        partition: AttemptPartition<'_>,
        attempt: &Attempt,
    ) -> Result<StartWrite, StoreError> {
        let mut item = partition.key(&attempt.contestant, attempt.number);
        item.insert("st".to_owned(), number(1));
        item.insert("s_ms".to_owned(), instant(attempt.started_at));
        item.insert("e_ms".to_owned(), instant(attempt.accepted_before));
        if attempt.session_version > 0 {
            item.insert("v".to_owned(), number(attempt.session_version));
        }
        let reply = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk)")
            .return_values_on_condition_check_failure(AllOld)
            .send()
            .await;
        match reply {
            Ok(_) => Ok(StartWrite::Written),
            Err(error) => match error.as_service_error() {
                Some(PutItemError::ConditionalCheckFailedException(failed)) => {
                    let existing = failed.item().ok_or_else(|| StoreError::missing("the attempt that exists there"))?;
                    read_attempt(existing).map(StartWrite::Existing)
                }
                _ => Err(StoreError::service("write an attempt")(error)),
            },
        }
    }

    /// Writes a submission if the attempt is started, not submitted, `submission.received_at` lies before its end,
    /// and the session is none of those that were ended since the start.
    pub async fn record_submission(
        &self,
        partition: AttemptPartition<'_>,
        sent: &SentSubmission<'_>,
    ) -> Result<SubmissionWrite, StoreError> {
        let SentSubmission { contestant, attempt, session_version, submission, later_end } = *sent;
        let answers: Vec<u8> = submission.answers.iter().map(|set| set.0).collect();
        let mut change = String::from("SET st = :submitted, g_ms = :received, ans = :answers");
        let mut update = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(partition.key(contestant, attempt)))
            .return_values(aws_sdk_dynamodb::types::ReturnValue::AllNew)
            .return_values_on_condition_check_failure(AllOld)
            .expression_attribute_values(":started", number(1))
            .expression_attribute_values(":submitted", number(2))
            .expression_attribute_values(":received", instant(submission.received_at))
            .expression_attribute_values(":answers", bytes(answers))
            .expression_attribute_values(":v", number(session_version));
        if let Some(prediction) = submission.prediction {
            change.push_str(", guess = :guess");
            update = update.expression_attribute_values(":guess", number(prediction.parts()));
        }
        let mut end_is = ":received < e_ms";
        if let Some(end) = later_end {
            change.push_str(", e_ms = :end");
            end_is = ":received < :end";
            update = update.expression_attribute_values(":end", instant(end));
        }
        let condition = format!("st = :started AND {end_is} AND (attribute_not_exists(v) OR v <= :v)");
        match update.update_expression(change).condition_expression(condition).send().await {
            Ok(reply) => {
                let item = reply.attributes().ok_or_else(|| StoreError::missing("the written attempt"))?;
                read_attempt(item).map(SubmissionWrite::Written)
            }
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(failed)) => match failed.item() {
                    Some(existing) => read_attempt(existing).map(SubmissionWrite::Refused),
                    None => Ok(SubmissionWrite::NoAttempt),
                },
                _ => Err(StoreError::service("write a submission")(error)),
            },
        }
    }

    /// Leaves an attempt that was not handed in to sessions of this version and later ones.
    pub async fn raise_session_version(
        &self,
        partition: AttemptPartition<'_>,
        attempt: &Attempt,
        version: u32,
    ) -> Result<(), StoreError> {
        let update = self.client.update_item().table_name(&self.table);
        let update = update.set_key(Some(partition.key(&attempt.contestant, attempt.number)));
        let update = update.update_expression("SET v = :v");
        let update = update.condition_expression("st = :started AND (attribute_not_exists(v) OR v < :v)");
        let update = update.expression_attribute_values(":started", number(1));
        let update = update.expression_attribute_values(":v", number(version));
        // Handed in or raised meanwhile: there is nothing left to do.
        carried_out("raise an attempt's version", update.send().await)?;
        Ok(())
    }

    /// One attempt, read strongly.
    pub async fn attempt(
        &self,
        partition: AttemptPartition<'_>,
        contestant: &ContestantId,
        number: u16,
    ) -> Result<Option<Attempt>, StoreError> {
        let reply = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(partition.key(contestant, number)))
            .consistent_read(true)
            .send()
            .await
            .map_err(StoreError::service("read an attempt"))?;
        reply.item().map(read_attempt).transpose()
    }

    /// Every attempt of one contestant in a round, read strongly, by number.
    pub async fn query_attempts_of(
        &self,
        partition: AttemptPartition<'_>,
        contestant: &ContestantId,
    ) -> Result<Vec<Attempt>, StoreError> {
        self.query(partition, Some(&keys::attempts_of(contestant))).await
    }

    /// Every attempt of one shard of a round, read strongly, by contestant and number.
    pub async fn query_shard(&self, partition: AttemptPartition<'_>) -> Result<Vec<Attempt>, StoreError> {
        self.query(partition, None).await
    }

    async fn query(
        &self,
        partition: AttemptPartition<'_>,
        beginning: Option<&str>,
    ) -> Result<Vec<Attempt>, StoreError> {
        let query = self.client.query().table_name(&self.table).consistent_read(true);
        let query = query.expression_attribute_values(":pk", text(partition.pk()));
        let query = match beginning {
            Some(beginning) => query
                .key_condition_expression("pk = :pk AND begins_with(sk, :beginning)")
                .expression_attribute_values(":beginning", text(beginning)),
            None => query.key_condition_expression("pk = :pk"),
        };
        let (mut items, mut attempts) = (query.into_paginator().items().send(), Vec::new());
        while let Some(item) = items.next().await {
            attempts.push(read_attempt(&item.map_err(StoreError::service("read attempts"))?)?);
        }
        Ok(attempts)
    }
}

impl AttemptPartition<'_> {
    pub(crate) fn pk(&self) -> String {
        keys::attempts(self.contest, self.round, self.shard)
    }

    fn key(&self, contestant: &ContestantId, number: u16) -> Item {
        key(self.pk(), keys::attempt(contestant, number))
    }
}

fn read_attempt(item: &Item) -> Result<Attempt, StoreError> {
    let read = Reader(item);
    let sort_key = read.text("sk")?;
    let (contestant, number) =
        keys::parse_attempt(sort_key).ok_or_else(|| StoreError::corrupt("an attempt's sort key", sort_key))?;
    let submission = match read.number::<u8>("st")? {
        2 => Some(Submission {
            received_at: read.instant("g_ms")?,
            answers: read.bytes("ans")?.iter().map(|&bits| OptionSet(bits)).collect(),
            prediction: read.optional_number("guess")?.map(Prediction::from_parts),
        }),
        _ => None,
    };
    Ok(Attempt {
        contestant,
        number,
        started_at: read.instant("s_ms")?,
        accepted_before: read.instant("e_ms")?,
        session_version: read.optional_number("v")?.unwrap_or(0),
        submission,
    })
}
