//! What a piece of work asks of AWS: which calls, and what the tables charge for them; and how often it hashed a
//! secret, which costs more than all of them. The log says it of every request, tests compare it with the roles
//! and with the bill.

use aws_sdk_dynamodb::config::interceptors::{
    AfterDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut,
    BeforeSerializationInterceptorContextRef,
};
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use aws_sdk_dynamodb::operation::batch_get_item::{BatchGetItemInput, BatchGetItemOutput};
use aws_sdk_dynamodb::operation::delete_item::{DeleteItemInput, DeleteItemOutput};
use aws_sdk_dynamodb::operation::get_item::{GetItemInput, GetItemOutput};
use aws_sdk_dynamodb::operation::put_item::{PutItemInput, PutItemOutput};
use aws_sdk_dynamodb::operation::query::{QueryInput, QueryOutput};
use aws_sdk_dynamodb::operation::transact_write_items::{TransactWriteItemsInput, TransactWriteItemsOutput};
use aws_sdk_dynamodb::operation::update_item::{UpdateItemInput, UpdateItemOutput};
use aws_sdk_dynamodb::types::{ConsumedCapacity, ReturnConsumedCapacity};
use aws_sdk_s3::operation::delete_object::DeleteObjectInput;
use aws_sdk_s3::operation::get_object::GetObjectInput;
use aws_sdk_s3::operation::head_object::HeadObjectInput;
use aws_sdk_s3::operation::list_objects_v2::ListObjectsV2Input;
use aws_sdk_s3::operation::put_object::PutObjectInput;
use aws_smithy_runtime_api::client::interceptors::context::Input;
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use std::cell::RefCell;
use std::future::Future;

/// One call of an AWS service.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Call {
    /// As in a role's statement: `dynamodb:PutItem`.
    pub action: String,
    /// Name of the table, `bucket/key` of the object, empty for other services.
    pub resource: String,
}

/// What a piece of work used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// In the order in which they were made.
    pub calls: Vec<Call>,
    /// Half read units: an eventually consistent read of an item takes one of them.
    pub read_halves: u64,
    /// Half write units.
    pub write_halves: u64,
    /// Secrets hashed.
    pub hashes: u64,
}

impl Used {
    /// Read units, rounded up.
    pub fn read_units(&self) -> u64 {
        self.read_halves.div_ceil(2)
    }

    /// Write units, rounded up.
    pub fn write_units(&self) -> u64 {
        self.write_halves.div_ceil(2)
    }

    fn add(&mut self, other: &Self) {
        self.calls.extend_from_slice(&other.calls);
        self.read_halves += other.read_halves;
        self.write_halves += other.write_halves;
        self.hashes += other.hashes;
    }
}

tokio::task_local! {
    static USED: RefCell<Used>;
}

/// Does a piece of work and tells what it used. Work inside work counts for both.
pub async fn metered<T>(work: impl Future<Output = T>) -> (T, Used) {
    let (result, used) = USED
        .scope(RefCell::default(), async {
            let result = work.await;
            (result, USED.with(RefCell::take))
        })
        .await;
    count(|outer| outer.add(&used));
    (result, used)
}

/// Says that a secret is hashed.
pub fn count_hash() {
    count(|used| used.hashes += 1);
}

/// Outside of metered work nobody counts.
fn count(change: impl FnOnce(&mut Used)) {
    let _nobody_asks = USED.try_with(|used| change(&mut used.borrow_mut()));
}

/// Watches the calls of a client.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Meter;

impl Intercept for Meter {
    fn name(&self) -> &'static str {
        "Meter"
    }

    fn read_before_serialization(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(metadata) = config.load::<Metadata>() {
            count(|used| used.calls.extend(calls(metadata, context.input())));
        }
        Ok(())
    }

    fn modify_before_serialization(
        &self,
        context: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        ask_for_capacity(context.input_mut());
        Ok(())
    }

    fn read_after_deserialization(
        &self,
        context: &AfterDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Ok(output) = context.output_or_error() {
            let read = output.downcast_ref().and_then(|o: &GetItemOutput| o.consumed_capacity());
            let read = read.or_else(|| output.downcast_ref().and_then(|o: &QueryOutput| o.consumed_capacity()));
            let put = output.downcast_ref().and_then(|o: &PutItemOutput| o.consumed_capacity());
            let update = output.downcast_ref().and_then(|o: &UpdateItemOutput| o.consumed_capacity());
            let delete = output.downcast_ref().and_then(|o: &DeleteItemOutput| o.consumed_capacity());
            let transaction = output.downcast_ref().map(|o: &TransactWriteItemsOutput| o.consumed_capacity());
            let written = put.or(update).or(delete).into_iter().chain(transaction.unwrap_or_default());
            let batch = output.downcast_ref().map(|o: &BatchGetItemOutput| o.consumed_capacity()).unwrap_or_default();
            count(|used| {
                used.read_halves += read.into_iter().chain(batch).map(halves).sum::<u64>();
                used.write_halves += written.map(halves).sum::<u64>();
            });
        }
        Ok(())
    }
}

/// Units come in halves, so that twice their number is whole.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred units at the most")]
pub(crate) fn halves(capacity: &ConsumedCapacity) -> u64 {
    (capacity.capacity_units().unwrap_or_default() * 2.0).round() as u64
}

fn ask_for_capacity(input: &mut Input) {
    macro_rules! ask {
        ($($kind:ty),*) => {
            $(if let Some(input) = input.downcast_mut::<$kind>() {
                input.return_consumed_capacity = Some(ReturnConsumedCapacity::Total);
            })*
        };
    }
    ask!(
        BatchGetItemInput,
        GetItemInput,
        QueryInput,
        PutItemInput,
        UpdateItemInput,
        DeleteItemInput,
        TransactWriteItemsInput
    );
}

/// A transaction is the calls that it is made of: so a role has to allow it.
fn calls(metadata: &Metadata, input: &Input) -> Vec<Call> {
    if let Some(transaction) = input.downcast_ref::<TransactWriteItemsInput>() {
        let puts = transaction.transact_items().iter().filter_map(|item| item.put());
        return puts.map(|put| call("dynamodb:PutItem", put.table_name())).collect();
    }
    if let Some(batch) = input.downcast_ref::<BatchGetItemInput>() {
        let tables = batch.request_items().into_iter().flat_map(|tables| tables.keys());
        return tables.map(|table| call("dynamodb:BatchGetItem", table)).collect();
    }
    if let Some(input) = input.downcast_ref::<GetObjectInput>() {
        let action = if input.version_id().is_some() { "s3:GetObjectVersion" } else { "s3:GetObject" };
        return vec![call(action, object(input.bucket(), input.key()))];
    }
    if let Some(input) = input.downcast_ref::<HeadObjectInput>() {
        return vec![call("s3:GetObject", object(input.bucket(), input.key()))];
    }
    if let Some(input) = input.downcast_ref::<PutObjectInput>() {
        return vec![call("s3:PutObject", object(input.bucket(), input.key()))];
    }
    if let Some(input) = input.downcast_ref::<DeleteObjectInput>() {
        return vec![call("s3:DeleteObject", object(input.bucket(), input.key()))];
    }
    if let Some(input) = input.downcast_ref::<ListObjectsV2Input>() {
        return vec![call("s3:ListBucket", input.bucket().unwrap_or_default())];
    }
    let service = metadata.service().to_lowercase().replace(' ', "");
    vec![call(format!("{service}:{}", metadata.name()), table(input).unwrap_or_default())]
}

fn table(input: &Input) -> Option<&str> {
    macro_rules! first {
        ($($kind:ty),*) => {
            None$(.or_else(|| input.downcast_ref::<$kind>().and_then(|input| input.table_name())))*
        };
    }
    first!(GetItemInput, QueryInput, PutItemInput, UpdateItemInput, DeleteItemInput)
}

fn object(bucket: Option<&str>, key: Option<&str>) -> String {
    format!("{}/{}", bucket.unwrap_or_default(), key.unwrap_or_default())
}

fn call(action: impl Into<String>, resource: impl Into<String>) -> Call {
    Call { action: action.into(), resource: resource.into() }
}
