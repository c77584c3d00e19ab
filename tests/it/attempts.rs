//! A few people's attempts against a model of them: whatever is done in whatever order, the real functions on the real
//! engines answer as the model does.

use contest::time::Timestamp;
use local::world::WorldOptions;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use serde_json::{Value, json};
use tests::reply::Reply;
use tests::sheet;
use tests::{CLOSES, Contestant, FIRST, Folder, OPENS, START, Stage, crowd, instant};

const PEOPLE: u32 = 4;
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

/// Who does what. Sheets go mostly to first attempts, which exist soonest, and the end comes once or twice.
fn steps() -> impl Strategy<Value = Vec<(usize, Step)>> {
    let attempt = || prop_oneof![6 => Just(1), 3 => Just(2), 1 => 3..=PER_ROUND + 1];
    let waits = prop_oneof![Just(0), Just(1), Just(SECOND), Just(LASTS - SECOND), Just(LASTS - 1), Just(LASTS)];
    let ends = prop_oneof![Just(0), Just(1), Just(SECOND), Just(LASTS), Just(LASTS - 1)];
    let step = prop_oneof![
        30 => Just(Step::Start),
        50 => (attempt(), 0..3_usize).prop_map(|(attempt, sheet)| Step::Submit { attempt, sheet }),
        20 => attempt().prop_map(|attempt| Step::Status { attempt }),
        12 => waits.prop_map(Step::Wait),
        1 => ends.prop_map(Step::WaitForEnd),
        1 => Just(Step::Close),
    ];
    prop::collection::vec((0..PEOPLE as usize, step), 20..120)
}

/// An attempt in the model: when it began, and which sheet was accepted, with its receipt.
struct Known {
    started: i64,
    accepted: Option<(usize, String)>,
    paper: Value,
}

/// Where the clock stands, and where the round ends.
#[derive(Clone, Copy)]
struct Clock {
    now: i64,
    closes: i64,
}

/// What must be answered: a status, and the code or the word that stands in it.
type Answer = (u16, &'static str);

/// A person, and the model of their attempts.
struct Player {
    contestant: Contestant,
    attempts: Vec<Known>,
}

impl Clock {
    fn has_time(self, attempt: &Known) -> bool {
        self.now < (attempt.started + LASTS).min(self.closes)
    }
}

impl Player {
    fn attempt(&self, number: usize) -> Option<&Known> {
        self.attempts.get(number - 1)
    }

    /// The attempt that a start would answer again.
    fn open(&self, clock: Clock) -> Option<usize> {
        self.attempts.iter().position(|a| a.accepted.is_none() && clock.has_time(a)).map(|place| place + 1)
    }

    fn starts(&self, clock: Clock) -> Answer {
        match self.open(clock) {
            _ if clock.now >= clock.closes => (403, "round_closed"),
            Some(_) => (200, ""),
            None if self.attempts.len() == PER_ROUND => (409, "attempts_used_up"),
            None => (201, ""),
        }
    }

    fn submits(&self, clock: Clock, number: usize, sheet: usize) -> Answer {
        let Some(attempt) = self.attempt(number) else { return (404, "no_such_attempt") };
        match &attempt.accepted {
            Some((first, _)) if *first == sheet => (200, "accepted"),
            Some(_) => (409, "already_submitted"),
            None if clock.has_time(attempt) => (200, "accepted"),
            None if clock.now >= clock.closes => (403, "round_closed"),
            None => (403, "attempt_expired"),
        }
    }

    fn status(&self, clock: Clock, number: usize) -> Answer {
        match self.attempt(number) {
            None => (404, "no_such_attempt"),
            Some(attempt) if attempt.accepted.is_some() => (200, "accepted"),
            Some(attempt) if clock.has_time(attempt) => (200, "open"),
            Some(_) => (200, "expired"),
        }
    }

    /// Whatever shows a receipt shows the first one, byte for byte.
    fn receipt_is_the_first(&self, number: usize, body: &Value) -> Result<(), TestCaseError> {
        let first = self.attempt(number).and_then(|known| known.accepted.as_ref());
        if let (Some(shown), Some((_, first))) = (body["receipt"].as_str(), first) {
            prop_assert_eq!(shown, first);
        }
        Ok(())
    }
}

/// The real thing beside its model.
struct Game {
    stage: Stage,
    clock: Clock,
    people: Vec<Player>,
}

fn same(step: &Step, reply: &Reply, answer: Answer) -> Result<Value, TestCaseError> {
    let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    let word = if reply.status < 400 { &body["status"] } else { &body["code"] };
    prop_assert_eq!((reply.status, word.as_str().unwrap_or_default()), answer, "{:?}: {}", step, body);
    Ok(body)
}

impl Game {
    async fn begin(options: WorldOptions) -> Self {
        let mut stage = Stage::of(options, START).await;
        stage.add(&Folder::small()).await;
        let people = stage.door.register_all(crowd(PEOPLE)).await.into_iter();
        let people = people.map(|contestant| Player { contestant, attempts: Vec::new() }).collect();
        let clock = Clock { now: instant(OPENS).millis(), closes: instant(CLOSES).millis() };
        Self { stage, clock, people }
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.clock.now)
    }

    async fn take(&mut self, who: usize, step: &Step) -> Result<(), TestCaseError> {
        match *step {
            Step::Start => self.start(who, step).await,
            Step::Submit { attempt, sheet } => self.submit(who, step, (attempt, sheet)).await,
            Step::Status { attempt } => {
                let player = &self.people[who];
                let reply = player.contestant.at(self.now()).status(FIRST, attempt as u64).await;
                let body = same(step, &reply, player.status(self.clock, attempt))?;
                player.receipt_is_the_first(attempt, &body)
            }
            Step::Wait(millis) => {
                self.clock.now += millis;
                Ok(())
            }
            Step::WaitForEnd(before) => {
                self.clock.now = self.clock.now.max(self.clock.closes - before);
                Ok(())
            }
            Step::Close => {
                self.clock.now = self.clock.now.max(self.clock.closes + DRAINED);
                self.stage.clock_well(&self.now().rfc3339()).await;
                Ok(())
            }
        }
    }

    async fn start(&mut self, who: usize, step: &Step) -> Result<(), TestCaseError> {
        let (clock, at) = (self.clock, self.now());
        let player = &mut self.people[who];
        let (answer, open) = (player.starts(clock), player.open(clock));
        let reply = player.contestant.at(at).start(FIRST).await;
        let body = same(step, &reply, answer)?;
        match answer.0 {
            201 => {
                player.attempts.push(Known { started: clock.now, accepted: None, paper: body["paper"].clone() });
                prop_assert_eq!(&body["attempt"], player.attempts.len());
            }
            200 => {
                let number = open.expect("an open attempt is answered again");
                prop_assert_eq!(&body["attempt"], number);
                prop_assert_eq!(&body["paper"], &player.attempts[number - 1].paper);
            }
            _ => {}
        }
        Ok(())
    }

    async fn submit(&mut self, who: usize, step: &Step, (number, sheet): (usize, usize)) -> Result<(), TestCaseError> {
        let (clock, at) = (self.clock, self.now());
        let player = &mut self.people[who];
        let answers = player.attempt(number).map_or_else(|| json!({}), |known| sheet::answers(&known.paper, sheet));
        let reply = player.contestant.at(at).submit(FIRST, number as u64, &json!({ "answers": answers })).await;
        let body = same(step, &reply, player.submits(clock, number, sheet))?;
        if let (200, Some(known)) = (reply.status, player.attempts.get_mut(number - 1)) {
            let receipt = || body["receipt"].as_str().unwrap_or_default().to_owned();
            known.accepted.get_or_insert_with(|| (sheet, receipt()));
        }
        player.receipt_is_the_first(number, &body)
    }
}

fn play(steps: &[(usize, Step)], options: WorldOptions) -> Result<(), TestCaseError> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let mut game = Game::begin(options).await;
        for (who, step) in steps {
            game.take(*who, step).await?;
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
