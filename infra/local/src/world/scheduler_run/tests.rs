use super::*;
use crate::engines::clients;
use crate::engines::{StopSwitch, bind, dynamodb, stop_switch};
use std::sync::Mutex as StdMutex;
use std::time::Duration;

/// Schedules over a real engine, and a record of what was called when.
struct Desk {
    clock: Arc<Clock>,
    schedules: Arc<Schedules>,
    in_flight: Arc<InFlight>,
    calls: Arc<StdMutex<Vec<(String, i64)>>>,
    url: String,
    _engine: StopSwitch,
}

impl Desk {
    async fn open() -> Self {
        let (engine, stop) = stop_switch();
        let listener = bind("127.0.0.1:0".parse().expect("an address")).await.expect("a port");
        let server = dynamodb::start(listener, None, stop).expect("an engine");
        let client = clients::dynamodb(&server.url());
        dynamodb::create_tables(&client).await.expect("tables");
        Self {
            clock: Arc::new(Clock::frozen_at(at(0))),
            schedules: Arc::new(Schedules::load(client).await.expect("no schedules")),
            in_flight: Arc::default(),
            calls: Arc::default(),
            url: server.url(),
            _engine: engine,
        }
    }

    async fn create(&self, name: &str, due: i64) {
        assert!(self.schedules.create(schedule(name, due)).await.expect("kept"), "{name} is new");
    }

    /// Functions named `broken…` fail; `parent` creates `child`, which is due already.
    fn scheduler_run(&self) -> SchedulerRun {
        let (calls, schedules) = (Arc::clone(&self.calls), Arc::clone(&self.schedules));
        let call: Call = Box::new(move |schedule, now| {
            calls.lock().expect("no panic").push((schedule.name.clone(), now.millis()));
            let (name, due, schedules) = (schedule.name.clone(), schedule.due_ms, Arc::clone(&schedules));
            Box::pin(async move {
                assert!(name != "panicking", "a function panics");
                anyhow::ensure!(!name.starts_with("broken"), "it is broken");
                if name == "parent" {
                    schedules.create(super::tests::schedule("child", due)).await?;
                }
                Ok(format!("{name} done"))
            })
        });
        SchedulerRun::new(Arc::clone(&self.clock), Arc::clone(&self.schedules), Arc::clone(&self.in_flight), call)
    }

    fn called(&self) -> Vec<(String, i64)> {
        self.calls.lock().expect("no panic").clone()
    }
}

fn at(minute: i64) -> Timestamp {
    Timestamp::from_millis(minute * 60_000)
}

fn schedule(name: &str, due_ms: i64) -> Schedule {
    let definition = serde_json::json!({ "Target": { "Arn": "arn:x", "RoleArn": "arn:r", "Input": "{}" } });
    let serde_json::Value::Object(definition) = definition else { unreachable!("an object") };
    Schedule {
        group: "g".to_owned(),
        name: name.to_owned(),
        due_ms,
        failures: 0,
        created_ms: 0,
        modified_ms: 0,
        definition,
    }
}

#[tokio::test]
async fn schedules_fire_by_time_then_name_with_the_clock_at_their_time() {
    let desk = Desk::open().await;
    desk.create("2-close", at(2).millis()).await;
    desk.create("1-open", at(2).millis()).await;
    desk.create("3-publish", at(1).millis()).await;
    desk.create("later", at(9).millis()).await;

    let fired = desk.scheduler_run().advance_to(at(5)).await.expect("forwards");
    let names: Vec<&str> = fired.iter().map(|fired| fired.schedule.as_str()).collect();
    assert_eq!(names, ["3-publish", "1-open", "2-close"]);
    assert!(fired.iter().all(|fired| fired.outcome == Outcome::Ok && fired.detail.ends_with("done")));
    let times: Vec<i64> = desk.called().iter().map(|(_, now)| *now).collect();
    assert_eq!(times, [at(1).millis(), at(2).millis(), at(2).millis()]);
    assert_eq!(desk.clock.now(), at(5));
    assert_eq!(desk.schedules.all().await.len(), 1, "one-time schedules are gone once they fired");
}

#[tokio::test]
async fn the_clock_never_goes_back_and_fires_nothing_then() {
    let desk = Desk::open().await;
    desk.clock.advance_to(at(4)).expect("forwards");
    desk.create("due", at(1).millis()).await;
    let moved = desk.scheduler_run().advance_to(at(3)).await;
    assert!(matches!(moved, Err(NotMoved::Backwards(Backwards { now })) if now == at(4)), "{moved:?}");
    assert_eq!(desk.called(), []);
}

#[tokio::test]
async fn what_a_fired_function_schedules_fires_too_when_it_is_due() {
    let desk = Desk::open().await;
    desk.create("parent", at(1).millis()).await;
    desk.create("uncle", at(2).millis()).await;
    let fired = desk.scheduler_run().advance_to(at(5)).await.expect("forwards");
    let names: Vec<&str> = fired.iter().map(|fired| fired.schedule.as_str()).collect();
    assert_eq!(names, ["parent", "child", "uncle"]);
}

#[tokio::test]
async fn a_failing_schedule_is_tried_four_times_a_minute_apart_and_dropped() {
    let desk = Desk::open().await;
    desk.create("broken", at(1).millis()).await;
    let scheduler_run = desk.scheduler_run();
    let fired = scheduler_run.advance_to(at(2)).await.expect("forwards");
    assert_eq!(fired.len(), 2, "its time and one minute later");
    assert_eq!((fired[0].outcome, fired[0].detail.as_str()), (Outcome::Error, "it is broken"));
    let fired = scheduler_run.advance_to(at(60)).await.expect("forwards");
    assert_eq!(fired.iter().map(|fired| fired.at.as_str()).collect::<Vec<_>>(), [at(3).rfc3339(), at(4).rfc3339()]);
    assert_eq!(desk.schedules.all().await, []);
}

#[tokio::test]
async fn a_panic_is_an_error_like_any_other() {
    let desk = Desk::open().await;
    desk.create("panicking", at(1).millis()).await;
    let fired = desk.scheduler_run().advance_to(at(1)).await.expect("forwards");
    assert_eq!(fired[0].outcome, Outcome::Error);
}

#[tokio::test]
async fn nothing_fires_while_an_earlier_request_is_in_flight() {
    let desk = Desk::open().await;
    desk.create("due", at(1).millis()).await;
    let scheduler_run = Arc::new(desk.scheduler_run());
    let request = desk.in_flight.enter(&desk.clock);
    let advancing = crate::engines::task::spawn({
        let scheduler_run = Arc::clone(&scheduler_run);
        async move { scheduler_run.advance_to(at(1)).await }
    });
    tokio::time::sleep(Duration::from_millis(30)).await;
    assert_eq!(desk.called(), [], "the request comes first");
    drop(request);
    let fired = tokio::time::timeout(Duration::from_secs(5), advancing).await.expect("in time").expect("no panic");
    assert_eq!(fired.expect("forwards").len(), 1);
}

#[tokio::test]
async fn a_restart_keeps_schedules_and_their_failures() {
    let desk = Desk::open().await;
    desk.create("broken", at(1).millis()).await;
    desk.create("later", at(9).millis()).await;
    desk.scheduler_run().advance_to(at(1)).await.expect("forwards");
    let again = Schedules::load(clients::dynamodb(&desk.url)).await.expect("read back");
    assert_eq!(again.all().await, desk.schedules.all().await);
    assert_eq!(again.next_due(at(2)).await.map(|schedule| schedule.failures), Some(1));
}
