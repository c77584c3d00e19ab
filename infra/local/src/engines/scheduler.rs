//! EventBridge Scheduler's REST interface over [`Schedules`]: create, update, get, delete and list
//! one-time schedules. Recurring ones are refused by name: no function creates any.

use super::schedules::{Schedule, Schedules};
use super::{ACCOUNT, REGION};
use crate::world::clock::Clock;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use chrono::{NaiveDateTime, TimeZone};
use contest::time::Timestamp;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::sync::Arc;

const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");

/// Group of schedules that name none.
const DEFAULT_GROUP: &str = "default";

#[derive(Clone)]
struct Service {
    schedules: Arc<Schedules>,
    clock: Arc<Clock>,
}

/// An answer other than success.
enum Refusal {
    /// 400
    Invalid(String),
    /// 404
    Missing,
    /// 409
    Conflict,
    /// 500
    Broken(anyhow::Error),
}

type Answer = Result<Response, Refusal>;

/// The service below `/schedules`.
pub fn router(schedules: Arc<Schedules>, clock: Arc<Clock>) -> axum::Router {
    let one = get(get_one).post(create).put(update).delete(delete);
    axum::Router::new()
        .route("/schedules", get(list))
        .route("/schedules/{name}", one)
        .with_state(Service { schedules, clock })
}

async fn create(State(service): State<Service>, Path(name): Path<String>, body: Bytes) -> Answer {
    let schedule = requested(name, &body, service.clock.now())?;
    let arn = arn(&schedule);
    match service.schedules.create(schedule).await? {
        true => Ok(ok(json!({ "ScheduleArn": arn }))),
        false => Err(Refusal::Conflict),
    }
}

async fn update(State(service): State<Service>, Path(name): Path<String>, body: Bytes) -> Answer {
    let schedule = requested(name, &body, service.clock.now())?;
    let arn = arn(&schedule);
    match service.schedules.update(schedule).await? {
        true => Ok(ok(json!({ "ScheduleArn": arn }))),
        false => Err(Refusal::Missing),
    }
}

async fn get_one(
    State(service): State<Service>,
    Path(name): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    let schedule = service.schedules.find(&(group_of(&query, "groupName"), name)).await.ok_or(Refusal::Missing)?;
    let mut body = schedule.definition.clone();
    body.remove("ClientToken");
    body.insert("Arn".to_owned(), json!(arn(&schedule)));
    body.insert("Name".to_owned(), json!(schedule.name));
    body.insert("GroupName".to_owned(), json!(schedule.group));
    body.insert("CreationDate".to_owned(), seconds(schedule.created_ms));
    body.insert("LastModificationDate".to_owned(), seconds(schedule.modified_ms));
    Ok(ok(Value::Object(body)))
}

async fn delete(
    State(service): State<Service>,
    Path(name): Path<String>,
    Query(query): Query<HashMap<String, String>>,
) -> Answer {
    match service.schedules.delete(&(group_of(&query, "groupName"), name)).await? {
        true => Ok(ok(json!({}))),
        false => Err(Refusal::Missing),
    }
}

/// Everything on one page: a contest has three schedules a round, sixty rounds at most.
async fn list(State(service): State<Service>, Query(query): Query<HashMap<String, String>>) -> Answer {
    let prefix = query.get("NamePrefix").map_or("", String::as_str);
    let group = query.get("ScheduleGroup");
    let listed = service
        .schedules
        .all()
        .await
        .into_iter()
        .filter(|schedule| schedule.name.starts_with(prefix) && group.is_none_or(|group| schedule.group == *group));
    let summaries: Vec<Value> = listed.map(|schedule| summary(&schedule)).collect();
    Ok(ok(json!({ "Schedules": summaries })))
}

fn summary(schedule: &Schedule) -> Value {
    json!({
        "Arn": arn(schedule),
        "Name": schedule.name,
        "GroupName": schedule.group,
        "State": schedule.definition.get("State").cloned().unwrap_or_else(|| json!("ENABLED")),
        "CreationDate": seconds(schedule.created_ms),
        "LastModificationDate": seconds(schedule.modified_ms),
        "Target": { "Arn": schedule.target_arn() },
    })
}

/// The schedule that a request asks for.
fn requested(name: String, body: &[u8], now: Timestamp) -> Result<Schedule, Refusal> {
    let definition: Map<String, Value> =
        serde_json::from_slice(body).map_err(|_| Refusal::Invalid("the body is not a JSON object".to_owned()))?;
    let is_name = |text: &str| {
        (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
    };
    let text = |field: &str| definition.get(field).and_then(Value::as_str);
    let group = text("GroupName").unwrap_or(DEFAULT_GROUP).to_owned();
    if !is_name(&name) || !is_name(&group) {
        return Err(Refusal::Invalid("a name has 1 to 64 letters, digits, '-', '_' and '.'".to_owned()));
    }
    if definition.get("FlexibleTimeWindow").and_then(|window| window.get("Mode")).and_then(Value::as_str) != Some("OFF")
    {
        return Err(Refusal::Invalid("FlexibleTimeWindow must be OFF here".to_owned()));
    }
    let target = definition.get("Target");
    if ["Arn", "RoleArn"]
        .iter()
        .any(|field| target.and_then(|target| target.get(field)).and_then(Value::as_str).is_none())
    {
        return Err(Refusal::Invalid("Target needs Arn and RoleArn".to_owned()));
    }
    let due = due(text("ScheduleExpression").unwrap_or_default(), text("ScheduleExpressionTimezone").unwrap_or("UTC"))
        .ok_or_else(|| {
            Refusal::Invalid("Invalid Schedule Expression: only at(yyyy-mm-ddThh:mm:ss) is known here".to_owned())
        })?;
    let now_ms = now.millis();
    Ok(Schedule { group, name, due_ms: due.millis(), failures: 0, created_ms: now_ms, modified_ms: now_ms, definition })
}

/// Reads `at(2021-12-19T16:30:00)` in a zone. A local time that a change of offset skips or repeats
/// means the earliest instant it can.
fn due(expression: &str, zone: &str) -> Option<Timestamp> {
    let local = expression.strip_prefix("at(")?.strip_suffix(')')?;
    let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%dT%H:%M:%S").ok()?;
    let zone: chrono_tz::Tz = zone.parse().ok()?;
    Some(Timestamp::from_millis(zone.from_local_datetime(&local).earliest()?.timestamp_millis()))
}

fn group_of(query: &HashMap<String, String>, parameter: &str) -> String {
    query.get(parameter).map_or(DEFAULT_GROUP, String::as_str).to_owned()
}

fn arn(schedule: &Schedule) -> String {
    format!("arn:aws:scheduler:{REGION}:{ACCOUNT}:schedule/{}/{}", schedule.group, schedule.name)
}

/// Seconds since 1970 as the protocol writes instants.
fn seconds(millis: i64) -> Value {
    json!(millis.div_euclid(1000))
}

fn ok(body: Value) -> Response {
    axum::Json(body).into_response()
}

impl From<anyhow::Error> for Refusal {
    fn from(error: anyhow::Error) -> Self {
        Self::Broken(error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, kind, message) = match self {
            Self::Invalid(message) => (StatusCode::BAD_REQUEST, "ValidationException", message),
            Self::Missing => {
                (StatusCode::NOT_FOUND, "ResourceNotFoundException", "Schedule does not exist.".to_owned())
            }
            Self::Conflict => (StatusCode::CONFLICT, "ConflictException", "Schedule already exists.".to_owned()),
            Self::Broken(error) => {
                tracing::error!("scheduler: {error:#}");
                (StatusCode::INTERNAL_SERVER_ERROR, "InternalServerException", "the local scheduler failed".to_owned())
            }
        };
        (status, [(ERROR_TYPE, kind)], axum::Json(json!({ "Message": message }))).into_response()
    }
}

#[cfg(test)]
mod tests;
