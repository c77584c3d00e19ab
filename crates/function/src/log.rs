//! The log of a deployed function: one line of JSON an event, with the fields of `RELIABILITY.md` 7 and
//! nothing else. `Lambda` keeps lines of JSON as they are; a kilobyte a request would cost more than the
//! table.
//!
//! An event that names its `metrics` becomes a line in CloudWatch's embedded metric format as well:
//!
//! ```text
//! info!(service = "jobs", metrics = "late_rounds", late_rounds = 0);
//! ```

use contest::time::Timestamp;
use serde_json::{Map, Value, json};
use std::io::{self, Write};
use std::time::{SystemTime, UNIX_EPOCH};
use store::{StoreError, Used};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Subscriber, error, info};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

/// Namespace of the deployment's own metrics.
const NAMESPACE: &str = "hoithi";

/// What every metric is told apart by.
const DIMENSION: &str = "service";

/// Sends every event of the process to standard output from now on, as lines of JSON.
///
/// # Panics
/// Where another log was begun before.
pub fn begin() {
    tracing::subscriber::set_global_default(lines(io::stdout)).expect("a process has one log");
}

/// The log on what `open` opens. What others' crates have to say below an error is not for operators: the
/// SDK warns of every failed condition, and a failed condition is an answer.
pub fn lines<W: Write + 'static>(open: impl Fn() -> W + Send + Sync + 'static) -> impl Subscriber + Send + Sync {
    let ours = [
        "api",
        "close_round",
        "function",
        "import_upload",
        "make_documents",
        "publish_results",
        "store",
        "watch_round",
    ];
    // There the runtime says each error of a job once more, on many lines.
    let said_twice = "lambda_runtime::layers::panic";
    let filter = Targets::new().with_default(LevelFilter::ERROR).with_target(said_twice, LevelFilter::OFF);
    let filter = ours.into_iter().fold(filter, |filter, target| filter.with_target(target, LevelFilter::INFO));
    tracing_subscriber::registry().with(JsonLines { open }.with_filter(filter))
}

/// What a scheduled job noticed beside its work; each is an alarm (`docs/RUNBOOK.md`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JobMetrics {
    /// Rounds that are not where their plan wants them, a quarter of an hour after the time.
    pub late_rounds: u64,
    /// Faults that no crash, delay or repetition explains: stored bytes are not those that were written.
    pub broken_invariants: u64,
    /// Between the function's clock and that of the table's replies; `None` where none was read.
    pub clock_skew_ms: Option<u64>,
}

/// Says in one line what a job did or why it could not, with what it noticed as metrics. Returns the outcome
/// again.
///
/// # Errors
/// The outcome's.
pub fn job(
    job: &'static str,
    outcome: anyhow::Result<String>,
    used: &Used,
    mut noticed: Option<JobMetrics>,
) -> anyhow::Result<String> {
    if outcome.as_ref().is_err_and(|fault| StoreError::is_corruption(fault.as_ref())) {
        noticed.get_or_insert_default().broken_invariants += 1;
    }
    let (late_rounds, broken_invariants) = (noticed.map(|n| n.late_rounds), noticed.map(|n| n.broken_invariants));
    let clock_skew_ms = noticed.and_then(|n| n.clock_skew_ms);
    let metrics = noticed.map(|_| match clock_skew_ms {
        Some(_) => "late_rounds broken_invariants clock_skew_ms",
        None => "late_rounds broken_invariants",
    });
    let (service, wcu, rcu) = ("jobs", used.write_units(), used.read_units());
    match &outcome {
        Ok(done) => info!(service, job, metrics, late_rounds, broken_invariants, clock_skew_ms, wcu, rcu, done),
        Err(fault) => {
            let error = format!("{fault:#}");
            error!(service, job, metrics, late_rounds, broken_invariants, clock_skew_ms, wcu, rcu, error);
        }
    }
    outcome
}

/// Writes events as lines of JSON to what `open` opens.
struct JsonLines<F> {
    open: F,
}

impl<S: Subscriber, W: Write, F: Fn() -> W + 'static> Layer<S> for JsonLines<F> {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        #[expect(clippy::disallowed_methods, reason = "a line's own time decides nothing")]
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
        let now = Timestamp::from_millis(i64::try_from(now).unwrap_or(i64::MAX));
        let mut fields = Fields(Map::new());
        event.record(&mut fields);
        let line = line(now, event.metadata().level().as_str(), fields.0);
        // A log that cannot be written has nowhere to say so.
        let _ = (self.open)().write_all(line.as_bytes());
    }
}

fn line(now: Timestamp, level: &str, mut fields: Map<String, Value>) -> String {
    let mut line = Map::new();
    line.insert("ts".to_owned(), json!(now.rfc3339()));
    line.insert("lvl".to_owned(), json!(level));
    let metrics = fields.remove("metrics");
    line.append(&mut fields);
    if let Some(Value::String(names)) = metrics {
        let metrics: Vec<Value> = names.split_whitespace().map(|name| json!({ "Name": name })).collect();
        let directive = json!({ "Namespace": NAMESPACE, "Dimensions": [[DIMENSION]], "Metrics": metrics });
        line.insert("_aws".to_owned(), json!({ "Timestamp": now.millis(), "CloudWatchMetrics": [directive] }));
    }
    let mut text = Value::Object(line).to_string();
    text.push('\n');
    text
}

/// What an event says.
struct Fields(Map<String, Value>);

impl Fields {
    fn put(&mut self, field: &Field, value: Value) {
        let name = if field.name() == "message" { "msg" } else { field.name() };
        self.0.insert(name.to_owned(), value);
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        self.put(field, json!(format!("{value:?}")));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, json!(value));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, json!(value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, json!(value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, json!(value));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field, json!(value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};
    use tracing::warn;

    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// The lines that `events` write, without their times.
    fn written(events: impl FnOnce()) -> Vec<Value> {
        let paper = Paper::default();
        let open = paper.clone();
        tracing::subscriber::with_default(lines(move || open.clone()), events);
        let text = String::from_utf8(paper.0.lock().unwrap().clone()).unwrap();
        let mut lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for line in &mut lines {
            assert!(line["ts"].take().as_str().unwrap().ends_with('Z'));
        }
        lines
    }

    #[test]
    fn an_event_is_one_line_of_json_with_its_fields_as_they_are() {
        let lines = written(|| {
            info!(req = "a\nb\"", ms = 7, cold = false, "sai “mật khẩu”");
            error!(error = "x");
            warn!(target: "aws_smithy_runtime", "error response");
        });
        let first =
            json!({ "ts": null, "lvl": "INFO", "req": "a\nb\"", "ms": 7, "cold": false, "msg": "sai “mật khẩu”" });
        assert_eq!(lines, [first, json!({ "ts": null, "lvl": "ERROR", "error": "x" })]);
    }

    #[test]
    fn named_metrics_stand_in_the_embedded_metric_format() {
        let lines = written(|| info!(service = "close-round", metrics = "late_rounds skew", late_rounds = 2, skew = 5));
        let aws = &lines[0]["_aws"];
        assert!(aws["Timestamp"].as_i64().unwrap() > 0);
        let directive = json!([{
            "Namespace": "hoithi",
            "Dimensions": [["service"]],
            "Metrics": [{ "Name": "late_rounds" }, { "Name": "skew" }],
        }]);
        assert_eq!(aws["CloudWatchMetrics"], directive);
        assert_eq!((&lines[0]["late_rounds"], &lines[0]["service"]), (&json!(2), &json!("close-round")));
        assert_eq!(lines[0].get("metrics"), None);
    }
}
