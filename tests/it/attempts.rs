//! One person's attempts against a model of them: whatever is done in whatever order, the real functions on the real
//! engines answer as the model does.

use contest::time::Timestamp;
use local::world::WorldOptions;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use serde_json::{Value, json};
use tests::folder::{FIRST, Folder};
use tests::reply::Reply;
use tests::sheet;
use tests::stage::{Contestant, START, Stage, instant, person};

const OPENS: &str = "2026-03-02T08:00:00+07:00";
const CLOSES: &str = "2026-03-08T16:00:00+07:00";
const PER_ROUND: usize = 3;
const SECOND: i64 = 1_000;
/// Minutes and grace of the small contest: a sheet must be there before it.
const LASTS: i64 = 15 * 60 * SECOND + 10 * SECOND;
/// After the end, so that closing is due.
const DRAINED: i64 = 120 * SECOND;

/// What is done.
#[derive(Clone, Debug)]
enum Step {
    Start,
    /// One of three sheets for an attempt, which may not exist.
    Submit {
        attempt: usize,
        sheet: usize,
    },
    Status {
        attempt: usize,
    },
    Wait(i64),
    /// Time passes until so long before the round's end.
    WaitForEnd(i64),
    Close,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let attempt = 1..=PER_ROUND + 1;
    let waits = prop_oneof![Just(0), Just(1), Just(SECOND), Just(LASTS - SECOND), Just(LASTS - 1), Just(LASTS)];
    let ends = prop_oneof![Just(0), Just(1), Just(SECOND), Just(LASTS), Just(LASTS - 1)];
    let step = prop_oneof![
        6 => Just(Step::Start),
        8 => (attempt.clone(), 0..3_usize).prop_map(|(attempt, sheet)| Step::Submit { attempt, sheet }),
        4 => attempt.prop_map(|attempt| Step::Status { attempt }),
        5 => waits.prop_map(Step::Wait),
        1 => ends.prop_map(Step::WaitForEnd),
        1 => Just(Step::Close),
    ];
    prop::collection::vec(step, 1..30)
}

/// An attempt in the model: when it began, and which sheet was accepted, with its receipt.
struct Known {
    started: i64,
    accepted: Option<(usize, String)>,
    paper: Value,
}

struct Model {
    now: i64,
    closes: i64,
    attempts: Vec<Known>,
}

/// What must be answered: a status, and the code or the word that stands in it.
type Answer = (u16, &'static str);

impl Model {
    fn until(&self, attempt: &Known) -> i64 {
        (attempt.started + LASTS).min(self.closes)
    }

    fn attempt(&self, number: usize) -> Option<&Known> {
        self.attempts.get(number - 1)
    }

    /// The attempt that a start would answer again.
    fn open(&self) -> Option<usize> {
        self.attempts.iter().position(|a| a.accepted.is_none() && self.now < self.until(a)).map(|place| place + 1)
    }

    fn starts(&self) -> Answer {
        match self.open() {
            _ if self.now >= self.closes => (403, "round_closed"),
            Some(_) => (200, ""),
            None if self.attempts.len() == PER_ROUND => (409, "attempts_used_up"),
            None => (201, ""),
        }
    }

    fn submits(&self, number: usize, sheet: usize) -> Answer {
        let Some(attempt) = self.attempt(number) else { return (404, "no_such_attempt") };
        match &attempt.accepted {
            Some((first, _)) if *first == sheet => (200, "accepted"),
            Some(_) => (409, "already_submitted"),
            None if self.now < self.until(attempt) => (200, "accepted"),
            None if self.now >= self.closes => (403, "round_closed"),
            None => (403, "attempt_expired"),
        }
    }

    fn status(&self, number: usize) -> Answer {
        let Some(attempt) = self.attempt(number) else { return (404, "no_such_attempt") };
        let open = self.now < self.until(attempt);
        (
            200,
            if attempt.accepted.is_some() {
                "accepted"
            } else if open {
                "open"
            } else {
                "expired"
            },
        )
    }
}

/// The real thing beside its model.
struct Game {
    stage: Stage,
    person: Contestant,
    model: Model,
}

fn same(step: &Step, reply: &Reply, answer: Answer) -> Result<Value, TestCaseError> {
    let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    let word = if reply.status < 400 { &body["status"] } else { &body["code"] };
    prop_assert_eq!((reply.status, word.as_str().unwrap_or_default()), answer, "{:?}: {}", step, body);
    Ok(body)
}

impl Game {
    async fn begin(options: WorldOptions) -> Self {
        let mut stage = Stage::of(options, instant(START)).await;
        stage.add(&Folder::small()).await;
        let person = stage.register(&person(1, "Nguyễn Văn An", "bac")).await;
        let model = Model { now: instant(OPENS).millis(), closes: instant(CLOSES).millis(), attempts: Vec::new() };
        Self { stage, person, model }
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.model.now)
    }

    async fn take(&mut self, step: &Step) -> Result<(), TestCaseError> {
        match *step {
            Step::Start => self.start(step).await,
            Step::Submit { attempt, sheet } => self.submit(step, attempt, sheet).await,
            Step::Status { attempt } => {
                let path = self.stage.path(&format!("rounds/{FIRST}/attempts/{attempt}"));
                let (at, session) = (self.now(), Some(self.person.session.as_str()));
                let reply = self.stage.call_at(at, http::Method::GET, &path, session, None).await;
                let body = same(step, &reply, self.model.status(attempt))?;
                self.receipt_is_the_first(attempt, &body)
            }
            Step::Wait(millis) => {
                self.model.now += millis;
                Ok(())
            }
            Step::WaitForEnd(before) => {
                self.model.now = self.model.now.max(self.model.closes - before);
                Ok(())
            }
            Step::Close => {
                self.model.now = self.model.now.max(self.model.closes + DRAINED);
                self.stage.clock_well(&self.now().rfc3339()).await;
                Ok(())
            }
        }
    }

    async fn start(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let (answer, open) = (self.model.starts(), self.model.open());
        let reply = self.stage.start_at(self.now(), &self.person, FIRST).await;
        let body = same(step, &reply, answer)?;
        match answer.0 {
            201 => {
                self.model.attempts.push(Known {
                    started: self.model.now,
                    accepted: None,
                    paper: body["paper"].clone(),
                });
                prop_assert_eq!(&body["attempt"], self.model.attempts.len());
            }
            200 => {
                let number = open.expect("an open attempt is answered again");
                prop_assert_eq!(&body["attempt"], number);
                prop_assert_eq!(&body["paper"], &self.model.attempts[number - 1].paper);
            }
            _ => {}
        }
        Ok(())
    }

    async fn submit(&mut self, step: &Step, number: usize, sheet: usize) -> Result<(), TestCaseError> {
        let answers = self.model.attempt(number).map_or_else(|| json!({}), |known| sheet::answers(&known.paper, sheet));
        let form = json!({ "answers": answers });
        let reply = self.stage.submit_at(self.now(), &self.person, FIRST, number as u64, &form).await;
        let body = same(step, &reply, self.model.submits(number, sheet))?;
        if let (200, Some(known)) = (reply.status, self.model.attempts.get_mut(number - 1)) {
            let receipt = || body["receipt"].as_str().unwrap_or_default().to_owned();
            known.accepted.get_or_insert_with(|| (sheet, receipt()));
        }
        self.receipt_is_the_first(number, &body)
    }

    /// Whatever shows a receipt shows the first one, byte for byte.
    fn receipt_is_the_first(&self, number: usize, body: &Value) -> Result<(), TestCaseError> {
        let first = self.model.attempt(number).and_then(|known| known.accepted.as_ref());
        if let (Some(shown), Some((_, first))) = (body["receipt"].as_str(), first) {
            prop_assert_eq!(shown, first);
        }
        Ok(())
    }
}

fn play(steps: &[Step], options: WorldOptions) -> Result<(), TestCaseError> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let mut game = Game::begin(options).await;
        for step in steps {
            game.take(step).await?;
        }
        game.stage.world.stop().await;
        Ok(())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn attempts_are_as_in_the_model(steps in steps()) {
        play(&steps, WorldOptions::default())?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn attempts_are_as_in_the_model_where_they_are_kept_on_disk(steps in steps()) {
        let folder = tempfile::tempdir().expect("a folder");
        play(&steps, WorldOptions { data: Some(folder.path().to_owned()), ..WorldOptions::default() })?;
    }
}
