//! A crowd at the deadline: attempts arrive by the clock and not by the server's pace, twice as many in each
//! fifth of the time as in the one before, until the round closes. Afterwards whatever was acknowledged must be
//! stored and ranked. `cargo xtask load` starts the server.

use crate::served::{Server, upload};
use http::Method;
use serde_json::json;
use std::io::Write;
use std::time::{Duration, Instant};
use tests::sheet;
use tests::storage;
use tests::{CLOSES, CONTEST, FIRST, Folder, OPENS, PUBLISHES, instant};
use tokio::task::JoinSet;

/// People with an account; each sends many sheets. Their secrets cost the server a second for every forty.
const PEOPLE: u32 = 200;
/// Seconds of the load, and attempts a second at its end, where nobody says otherwise.
const SECONDS: u64 = 40;
const PEAK: u64 = 200;
/// The time is parted into so many, and the rate doubles from one to the next.
const DOUBLINGS: u32 = 5;

/// One attempt of somebody in the crowd.
#[derive(Clone, Copy, Debug)]
struct Done {
    started: Duration,
    submitted: Duration,
    accepted: bool,
}

#[expect(clippy::disallowed_methods, reason = "xtask tells a test where its server is by the environment")]
fn told(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn number(name: &str, otherwise: u64) -> u64 {
    told(name).map_or(otherwise, |text| text.parse().expect("a number"))
}

impl Server {
    /// One attempt from its start to its acknowledgement, on the latencies that a contestant feels.
    async fn attempt(&self, session: &str, due: Instant, right: usize) -> Done {
        let path = format!("/v1/contests/{CONTEST}/rounds/{FIRST}/attempts");
        let (status, started) = self.call(Method::POST, &path, Some(session), None).await;
        let begun = due.elapsed();
        if !matches!(status, 200 | 201) {
            return Done { started: begun, submitted: begun, accepted: false };
        }
        let sheet = json!({ "answers": sheet::answers(&started["paper"], right), "prediction": 7 });
        let path = format!("{path}/{}", started["attempt"]);
        let sent = Instant::now();
        let (status, accepted) = self.call(Method::PUT, &path, Some(session), Some(&sheet)).await;
        let accepted = status == 200 && accepted["receipt"].is_string();
        Done { started: begun, submitted: sent.elapsed(), accepted }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crowd_at_the_deadline_is_acknowledged_stored_and_ranked() {
    let base = told("BASE_URL").expect("`cargo xtask load` starts a server and says where it is");
    let server = Server::at(&base);
    let s3 = local::engines::clients::s3(&told("S3_URL").expect("and where its buckets are"));
    upload(&s3, Folder::small().with_plan("per_round = 3", "per_round = 0")).await;
    let sessions = server.register(PEOPLE).await;
    let seconds = number("LOAD_SECONDS", SECONDS);
    server.clock(OPENS).await;
    let before = instant(CLOSES).plus_millis(-i64::try_from(seconds).expect("few") * 1_000).rfc3339();
    server.clock(&before).await;
    let done = crowd(&server, &sessions, Duration::from_secs(seconds)).await;

    server.clock(PUBLISHES).await;
    let acknowledged = done.iter().filter(|done| done.accepted).count();
    let ranked = server.published(&format!("rounds/{FIRST}/v1/results.json")).await["totals"]["attempts"].clone();
    let dynamodb = local::engines::clients::dynamodb(&told("DYNAMODB_URL").expect("and where its tables are"));
    let rows = storage::items(&dynamodb, "attempts").await;
    let stored = rows.iter().filter(|row| row.contains("\"st\": N(\"2\")")).count();
    report(&done, seconds, [acknowledged, stored, usize::try_from(ranked.as_u64().expect("a total")).expect("few")]);
    assert_eq!((acknowledged, stored), (stored, usize::try_from(ranked.as_u64().expect("a total")).expect("few")));
    assert!(acknowledged * 100 >= done.len() * 95, "the server gave way: {acknowledged} of {}", done.len());
}

/// Arrivals at their times, whatever became of those before.
async fn crowd(server: &Server, sessions: &[String], lasts: Duration) -> Vec<Done> {
    let began = Instant::now();
    let mut tasks = JoinSet::new();
    for (arrival, due) in arrivals(lasts, number("LOAD_PEAK", PEAK)).into_iter().enumerate() {
        tokio::time::sleep_until((began + due).into()).await;
        let (server, session) = (server.clone(), sessions[arrival % sessions.len()].clone());
        tasks.spawn(async move { server.attempt(&session, began + due, arrival % 5).await });
    }
    tasks.join_all().await
}

/// When attempts arrive: in each part of the time twice as many a second as in the part before, `peak` in the
/// last one, and none in the last second, so that sheets may arrive.
fn arrivals(lasts: Duration, peak: u64) -> Vec<Duration> {
    let part = lasts.saturating_sub(Duration::from_secs(1)) / DOUBLINGS;
    let mut arrivals = Vec::new();
    for doubling in 0..DOUBLINGS {
        let rate = peak >> (DOUBLINGS - 1 - doubling);
        let count = u32::try_from(u64::from(part.subsec_millis()) * rate / 1_000 + part.as_secs() * rate).expect("few");
        arrivals.extend((0..count).map(|place| part * doubling + part * place / count.max(1)));
    }
    arrivals
}

fn report(done: &[Done], seconds: u64, [acknowledged, stored, ranked]: [usize; 3]) {
    let percentiles = |of: fn(&Done) -> Duration| {
        let mut times: Vec<Duration> = done.iter().filter(|done| done.accepted).map(of).collect();
        times.sort_unstable();
        let at =
            |percent: usize| times.get(times.len() * percent / 100).map_or(0.0, |time| time.as_secs_f64() * 1_000.0);
        format!("p50 {:>7.1} ms   p95 {:>7.1} ms   p99 {:>7.1} ms", at(50), at(95), at(99))
    };
    let peak = number("LOAD_PEAK", PEAK);
    let text = format!(
        "\n{} contestants in {seconds} s, {peak} a second at the end, two requests each ({} requests a second there)\n\
         acknowledged {acknowledged}   stored {stored}   ranked {ranked}   not answered or refused {}\n\
         start   {}\n\
         submit  {}\n",
        done.len(),
        2 * peak,
        done.len() - acknowledged,
        percentiles(|done| done.started),
        percentiles(|done| done.submitted),
    );
    std::io::stdout().write_all(text.as_bytes()).expect("somebody listens");
}

#[test]
fn arrivals_double_into_the_deadline() {
    let arrivals = arrivals(Duration::from_secs(51), 160);
    let within = |from: u64, to: u64| arrivals.iter().filter(|at| (from..to).contains(&at.as_secs())).count();
    assert_eq!(
        [within(0, 10), within(10, 20), within(20, 30), within(30, 40), within(40, 51)],
        [100, 200, 400, 800, 1_600]
    );
    assert!(arrivals.is_sorted());
}
