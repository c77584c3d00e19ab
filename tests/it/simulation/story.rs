//! One story from a seed: a round from its first minutes to its publication, and what must be true then.

mod decisions;

use super::contestants::{Ending, Exchange, Sitting};
use super::history::{Asked, Sheet, Told as Heard};
use close_round::Config;
use contest::attempt::Attempt;
use contest::closing::Phase;
use contest::ids::{ContestId, RoundId};
use contest::seal::sha256_hex;
use contest::time::Timestamp;
use serde_json::{Map, Value, json};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;
use store::{AttemptPartition, Attempts, Control, FrozenManifest, Spread, keys};
use tests::dice::Dice;
use tests::network::{Fault, Moment, Network};
use tests::reply::Reply;
use tests::storage::Objects;
use tests::weakness::Weakness;
use tests::{CLOSES, CONTEST, Contestant, FIRST, Folder, PUBLISHES, START, Stage, crowd, instant};

/// As deployed: what was received in time may be under way for so long.
const DRAIN_SECONDS: i64 = 60;
/// A function that would wait longer than this gives up until the next trigger; one that would wait shorter
/// sleeps, which no story has time for.
const GIVES_UP_MS: i64 = 121_000;
/// Where the rows of a round are kept.
const RUNS: &str = "vault/runs/";
/// What says which version of the round is live.
const POINTER: &str = "site/contests/thi-thu/rounds/vong-1/index.json";
const PEOPLE: u32 = 6;
const MINUTE: i64 = 60_000;

/// What a story came to.
pub(super) struct Told {
    pub(super) receipts: usize,
    pub(super) refused: usize,
    /// Rows of decisions that came in force.
    pub(super) decided: usize,
}

impl Told {
    pub(super) fn line(&self, seed: u64) -> String {
        let Self { receipts, refused, decided } = self;
        format!("seed {seed}: {receipts} receipts, {refused} sheets refused, {decided} decisions, 0 broken promises")
    }
}

/// A sheet on its way.
#[derive(Clone, Copy)]
struct Sent {
    sheet: Sheet,
    /// Whether its reply arrives.
    is_heard: bool,
}

/// What happens at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Start(usize),
    /// Place of the sitting.
    Submit(usize),
    Ask(usize),
    Close,
    Publish,
}

struct Story {
    seed: u64,
    /// A round is closed once: to be overtaken while it keeps its rows, a closer has to be waited for.
    at_the_keeping: bool,
    /// It is published once: so has a publisher, to be overtaken while it moves the pointer.
    at_the_pointer: bool,
    dice: Dice,
    network: Network,
    stage: Stage,
    people: Vec<Contestant>,
    sittings: Vec<Sitting>,
    queue: BinaryHeap<Reverse<(i64, usize, Event)>>,
    /// Events so far, which part those of one millisecond.
    count: usize,
    closing: Closing,
}

/// How far closing is known to have come, for the histories of the attempts.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Closing {
    NotYet,
    /// Asked for, with the question's number in each history.
    Asked(Vec<usize>),
    /// Every gate is shut.
    Done,
}

/// Tells the story of a seed, and stops the test where a promise is broken.
pub(super) async fn tell(seed: u64, weakness: Option<Weakness>) -> Told {
    let mut story = Story::begin(seed).await;
    if let Some(weakness) = weakness {
        story.at_the_keeping = weakness == Weakness::RescanOnRetry;
        story.at_the_pointer = weakness == Weakness::BlindPointer;
        story.network.weaken(weakness, story.stage.world.s3.clone());
    }
    story.plan();
    while let Some(Reverse((at, _, event))) = story.queue.pop() {
        story.network.set_date(Timestamp::from_millis(at));
        Box::pin(story.happen(Timestamp::from_millis(at), event)).await;
    }
    Box::pin(story.end()).await
}

fn ids() -> (ContestId, RoundId) {
    (ContestId::parse(CONTEST).expect("an id"), RoundId::parse(FIRST).expect("an id"))
}

/// Everybody, in a contest that is spread so widely; as new ones are where nothing is said.
async fn registered(network: &Network, spread: Option<Spread>) -> (Stage, Vec<Contestant>) {
    let mut stage = Stage::on(START, Some(network)).await;
    if let Some(spread) = spread {
        stage.spread(spread.shards, spread).await;
    }
    stage.add(&Folder::small().with_prizes_over_the_contest().with_roster(crowd(PEOPLE))).await;
    let people = stage.door.register_all(crowd(PEOPLE)).await;
    (stage, people)
}

impl Story {
    async fn begin(seed: u64) -> Self {
        let (network, mut dice) = (Network::default(), Dice::new(seed));
        // Few calls make a chance more likely, many make more chances.
        let spread = [(1, 1), (1, 2), (3, 2), (16, 4)][dice.below(4)];
        let spread = Spread { shards: spread.0, gates: spread.1 };
        let (mut stage, people) = registered(&network, Some(spread)).await;
        let config = Config {
            attempts_table: "attempts".to_owned(),
            control_table: "control".to_owned(),
            people_table: "people".to_owned(),
            vault_bucket: "vault".to_owned(),
            site_bucket: "site".to_owned(),
            site_url: tests::SITE.to_owned(),
            secret_id: local::engines::secrets::SECRET_ID.to_owned(),
            drain_seconds: DRAIN_SECONDS,
            carried: contest::load::Load::BY_DEFAULT,
        };
        let closer = close_round::App::start(config, &stage.world.sdk).await.expect("a closer starts");
        stage.world.functions.close_round = Arc::new(closer);
        let (sittings, queue) = (Vec::new(), BinaryHeap::new());
        Self {
            seed,
            at_the_keeping: false,
            at_the_pointer: false,
            dice,
            network,
            stage,
            people,
            sittings,
            queue,
            count: 0,
            closing: Closing::NotYet,
        }
    }

    fn at(&mut self, at: i64, event: Event) {
        self.count += 1;
        self.queue.push(Reverse((at, self.count, event)));
    }

    /// Most people come in the last quarter of an hour, some of them too late. Triggers come when they
    /// should, and when they should not.
    fn plan(&mut self) {
        let closes = instant(CLOSES).millis();
        for who in 0..self.people.len() {
            for _ in 0..=self.dice.below(2) {
                let from = if self.dice.chance(8) { closes - 15 * MINUTE } else { closes - 300 * MINUTE };
                let at = self.dice.between(from, closes + MINUTE / 2);
                self.at(at, Event::Start(who));
            }
        }
        for _ in 0..3 + self.dice.below(4) {
            let at = self.dice.between(closes - 20 * MINUTE, closes + 15 * MINUTE);
            self.at(at, Event::Close);
        }
        for _ in 0..1 + self.dice.below(3) {
            let at = self.dice.between(closes + MINUTE, instant(PUBLISHES).millis() + 10 * MINUTE);
            self.at(at, Event::Publish);
        }
    }

    async fn happen(&mut self, at: Timestamp, event: Event) {
        match event {
            Event::Start(who) => self.start(at, who).await,
            Event::Submit(place) => self.submit(at, place).await,
            Event::Ask(place) => self.ask(at, place).await,
            Event::Close => self.close(at).await,
            Event::Publish => self.publish(at).await,
        }
    }

    /// Now and then one of the calls behind a request fails.
    fn faults(&mut self) -> Vec<(usize, Fault)> {
        let fault = Fault::ALL[self.dice.below(4)];
        if self.dice.chance(2) { vec![(self.dice.below(4), fault)] } else { Vec::new() }
    }

    async fn start(&mut self, at: Timestamp, who: usize) {
        let (exchange, faults) = (Exchange::thrown(&mut self.dice), self.faults());
        let mut heard = None;
        if !matches!(exchange, Exchange::LostRequest) {
            let (reply, _) = self.network.with(&faults, self.people[who].at(at).start(FIRST)).await;
            heard = Some(reply).filter(|_| matches!(exchange, Exchange::Answered));
        }
        let tries_again = heard.as_ref().is_none_or(|reply| reply.status >= 500);
        if tries_again && at < instant(CLOSES) {
            let pause = self.dice.between(1_000, 8_000);
            self.at(at.millis() + pause, Event::Start(who));
        }
        let Some(mut sitting) = heard.and_then(|reply| Sitting::begun(who, &reply, &mut self.dice)) else { return };
        let known = self.sittings.iter().any(|old| (old.who, old.number) == (who, sitting.number));
        if !known {
            let thinks = self.dice.between(5_000, 16 * MINUTE);
            if let Closing::Asked(questions) = &mut self.closing {
                questions.push(sitting.history.asks(Asked::Close));
            }
            self.sittings.push(sitting);
            let place = self.sittings.len() - 1;
            self.at(at.millis() + thinks, Event::Submit(place));
        }
    }

    async fn submit(&mut self, at: Timestamp, place: usize) {
        let (exchange, faults) = (Exchange::thrown(&mut self.dice), self.faults());
        let is_over = at.millis() > self.sittings[place].deadline.millis() + DRAIN_SECONDS * 1_000;
        if is_over {
            self.at(at.millis(), Event::Ask(place));
            return;
        }
        let mut heard = None;
        if !matches!(exchange, Exchange::LostRequest) {
            let is_heard = matches!(exchange, Exchange::Answered);
            let reply = self.submitted(at, place, &faults, Sent { sheet: Sheet::Own, is_heard }).await;
            heard = Some(reply).filter(|_| is_heard);
        }
        if let Some(reply) = heard {
            self.sittings[place].hear(&reply, self.seed);
        }
        match self.sittings[place].ending {
            Ending::Open => {
                let pause = self.sittings[place].pause(&mut self.dice);
                self.at(at.millis() + pause, Event::Submit(place));
            }
            Ending::Receipt(_) => self.send_again(at, place).await,
            Ending::Refused => {}
        }
    }

    /// Sometimes closing comes while the sheet is on its way between two calls, which may take longer than
    /// any drain.
    async fn submitted(&mut self, at: Timestamp, place: usize, faults: &[(usize, Fault)], sent: Sent) -> Reply {
        let question = self.sittings[place].history.asks(Asked::Submit(sent.sheet));
        let reply = self.carried(at, place, faults, sent.sheet == Sheet::Other).await;
        if let Some(told) = Heard::of(&reply).filter(|_| sent.is_heard) {
            self.sittings[place].history.told(question, told);
        }
        reply
    }

    async fn carried(&mut self, at: Timestamp, place: usize, faults: &[(usize, Fault)], other: bool) -> Reply {
        let (cut_in, call) = (self.dice.chance(4) && !self.at_the_keeping, self.dice.below(3));
        let then = at.plus_millis(if self.dice.chance(5) { self.dice.between(0, 10 * MINUTE) } else { 0 });
        let trigger = self.trigger(then);
        if cut_in {
            self.closing_is_asked();
        }
        let sitting = &self.sittings[place];
        let submit = sitting.submit(&self.people[sitting.who], at, other);
        if !cut_in {
            return self.network.with(faults, submit).await.0;
        }
        let close = async {
            self.network.set_date(then);
            // Whatever it says: it is woken again.
            let _said = self.stage.close(trigger).await;
            self.network.set_date(at);
        };
        let reply = self.network.interrupted(Moment::Call(call), submit, close).await;
        self.closing_may_be_done().await;
        reply
    }

    fn closing_is_asked(&mut self) {
        if self.closing == Closing::NotYet {
            let asked = self.sittings.iter_mut().map(|sitting| sitting.history.asks(Asked::Close));
            self.closing = Closing::Asked(asked.collect());
        }
    }

    /// Once every gate is shut and read back, nothing new may be accepted.
    async fn closing_may_be_done(&mut self) {
        let Closing::Asked(questions) = &self.closing else { return };
        let control = Control::new(&self.stage.world.sdk, "control");
        let (contest, round) = ids();
        let record = control.round(&contest, &round).await.expect("the table is read").expect("a round");
        if !matches!(record.phase, Phase::Open | Phase::Closing) {
            for (sitting, question) in self.sittings.iter_mut().zip(questions) {
                sitting.history.told(*question, Heard::Closed);
            }
            self.closing = Closing::Done;
        }
    }

    /// The same sheet again gives the same receipt, another one the first receipt.
    async fn send_again(&mut self, at: Timestamp, place: usize) {
        let other = self.dice.chance(5);
        if self.dice.chance(5) {
            let sheet = if other { Sheet::Other } else { Sheet::Own };
            let reply = self.submitted(at.plus_millis(500), place, &[], Sent { sheet, is_heard: true }).await;
            self.sittings[place].hear(&reply, self.seed);
        }
    }

    async fn ask(&mut self, at: Timestamp, place: usize) {
        let (exchange, faults) = (Exchange::thrown(&mut self.dice), self.faults());
        if matches!(exchange, Exchange::Answered) {
            let sitting = &self.sittings[place];
            let ask = sitting.ask(&self.people[sitting.who], at);
            let (reply, _) = self.network.with(&faults, ask).await;
            self.asked(place, &reply);
        }
        if self.sittings[place].ending == Ending::Open && at < instant(PUBLISHES) {
            let pause = self.dice.between(5_000, MINUTE);
            self.at(at.millis() + pause, Event::Ask(place));
        }
    }

    /// Takes note of what the status route told.
    fn asked(&mut self, place: usize, reply: &Reply) {
        let sitting = &mut self.sittings[place];
        let question = sitting.history.asks(Asked::Status);
        if let Some(told) = Heard::of(reply) {
            sitting.history.told(question, told);
        }
        sitting.hear(reply, self.seed);
    }

    /// What a function's clock shows, up to five minutes off, and never so that it would sleep.
    fn trigger(&mut self, at: Timestamp) -> Timestamp {
        let clock = at.plus_millis(self.dice.between(-5 * MINUTE, 5 * MINUTE));
        let ready = instant(CLOSES).millis() + DRAIN_SECONDS * 1_000;
        let slowest = clock.min(at);
        let sleeps = (1..GIVES_UP_MS).contains(&(ready - slowest.millis()));
        if sleeps { slowest.plus_millis(-GIVES_UP_MS) } else { clock }
    }

    async fn close(&mut self, at: Timestamp) {
        let (clock, crash) = (self.trigger(at), self.dice.below(320));
        let faults = [(self.dice.below(160), Fault::ALL[self.dice.below(4)])];
        self.closing_is_asked();
        if self.dice.chance(3) || self.at_the_keeping {
            self.close_overtaken(clock).await;
        } else if self.dice.chance(5) {
            self.network.crashing(crash, self.stage.close(clock)).await;
        } else {
            // Whatever it says: it is woken again.
            let _said = self.network.with(&faults, self.stage.close(clock)).await;
        }
        self.closing_may_be_done().await;
    }

    /// Between two calls of a closer another one does everything, and a sheet lands that had been under way since its
    /// time.
    async fn close_overtaken(&mut self, clock: Timestamp) {
        let calls = if self.dice.chance(2) { 40 } else { 200 };
        let call = self.dice.below(calls);
        let moment = if self.at_the_keeping { Moment::Read(RUNS) } else { Moment::Call(call) };
        let late = self.sittings.iter_mut().find(|sitting| sitting.ending == Ending::Open);
        let late = late.map(|sitting| (sitting.history.asks(Asked::Submit(Sheet::Own)), &*sitting));
        let mut heard = None;
        let other = async {
            let _said = self.stage.close(clock).await;
            if let Some((question, sitting)) = late {
                let in_time = sitting.deadline.plus_millis(-1);
                let reply = sitting.submit(&self.people[sitting.who], in_time, false).await;
                heard = Some((question, reply));
            }
        };
        let _said = self.network.interrupted(moment, self.stage.close(clock), other).await;
        let place = self.sittings.iter().position(|sitting| sitting.ending == Ending::Open);
        if let (Some(place), Some((question, reply))) = (place, heard) {
            if let Some(told) = Heard::of(&reply) {
                self.sittings[place].history.told(question, told);
            }
            self.sittings[place].hear(&reply, self.seed);
        }
    }

    async fn publish(&mut self, at: Timestamp) {
        let (clock, crash) = (at.plus_millis(self.dice.between(-5 * MINUTE, 5 * MINUTE)), self.dice.below(80));
        if self.dice.chance(2) {
            self.network.crashing(crash, self.stage.publish(clock)).await;
        } else {
            let mut pointer = None;
            let other = async {
                let _said = self.stage.publish(clock.plus_millis(MINUTE)).await;
                pointer = self.pointer().await;
            };
            let moment = if self.at_the_pointer { Moment::Write(POINTER) } else { Moment::Call(crash) };
            let _said = self.network.interrupted(moment, self.stage.publish(clock), other).await;
            if pointer.is_some() {
                assert_eq!(self.pointer().await, pointer, "seed {}: what was published is moved back", self.seed);
            }
        }
    }

    async fn pointer(&self) -> Option<Vec<u8>> {
        self.stage.object("site", &format!("contests/{CONTEST}/rounds/{FIRST}/index.json")).await
    }

    /// Everything is well again: the round is closed and published, and everybody asks once more.
    async fn end(mut self) -> Told {
        let at = instant(PUBLISHES).plus_millis(60 * MINUTE);
        self.network.set_date(at);
        self.closing_is_asked();
        let closed = self.stage.close(at).await;
        self.closing_may_be_done().await;
        closed.unwrap_or_else(|error| panic!("seed {}: {error:#}", self.seed));
        let published = self.stage.publish(at).await;
        published.unwrap_or_else(|error| panic!("seed {}: {error:#}", self.seed));
        for place in 0..self.sittings.len() {
            let sitting = &self.sittings[place];
            let reply = sitting.ask(&self.people[sitting.who], at).await;
            self.asked(place, &reply);
            assert_ne!(self.sittings[place].ending, Ending::Open, "seed {}: nobody can say", self.seed);
        }
        self.receipts_are_on_the_ledger().await;
        self.histories_are_explained().await;
        self.kept_rows_are_those_of_the_manifest().await;
        self.files_are_those_of_an_undisturbed_run().await;
        let decided = Box::pin(self.decide_and_publish()).await;
        let count = |wanted: fn(&Ending) -> bool| self.sittings.iter().filter(|s| wanted(&s.ending)).count();
        let told = Told {
            receipts: count(|ending| matches!(ending, Ending::Receipt(_))),
            refused: count(|ending| *ending == Ending::Refused),
            decided,
        };
        self.stage.world.stop().await;
        told
    }

    /// Who was told yes is on the ledger with the sheet that was sent, who was told no is not. That nothing
    /// late is there and nothing twice, and that every rank follows, the verifier says.
    async fn receipts_are_on_the_ledger(&self) {
        let receipts: Vec<String> = self
            .sittings
            .iter()
            .filter_map(|s| match &s.ending {
                Ending::Receipt(receipt) => Some(receipt.clone()),
                _ => None,
            })
            .collect();
        assert_eq!(self.stage.round(FIRST).verified(&receipts).await, Ok(1), "seed {}", self.seed);
        let ledger = self.stage.round(FIRST).ledger().await;
        for sitting in self.sittings.iter().filter(|sitting| sitting.ending == Ending::Refused) {
            let me = self.people[sitting.who].me().await;
            let there = ledger
                .iter()
                .any(|line| line["pseudonym"] == me["pseudonym"] && line["attempt"].as_u64() == Some(sitting.number));
            assert!(!there, "seed {}: counted, and told no: {sitting:?}", self.seed);
        }
    }

    /// What each attempt's page was told, closing, and what the ledger says in the end follow one from the other.
    async fn histories_are_explained(&mut self) {
        let ledger = self.stage.round(FIRST).ledger().await;
        for sitting in &mut self.sittings {
            let name = self.people[sitting.who].me().await["pseudonym"].clone();
            let is_there =
                ledger.iter().any(|l| l["pseudonym"] == name && l["attempt"].as_u64() == Some(sitting.number));
            let question = sitting.history.asks(Asked::Ledger);
            sitting.history.told(question, if is_there { Heard::Accepted } else { Heard::Nothing });
            assert!(sitting.history.is_explained(), "seed {}: no order explains {:#?}", self.seed, sitting.history);
        }
    }

    /// What the manifest names never changes.
    async fn kept_rows_are_those_of_the_manifest(&self) {
        let (contest, round) = ids();
        let manifest = self.stage.object("vault", &keys::frozen_manifest(&contest, &round)).await.expect("a manifest");
        let manifest: FrozenManifest = serde_json::from_slice(&manifest).expect("JSON");
        for file in manifest.attempts.iter().chain(&manifest.people) {
            let bytes = self.stage.object("vault", &file.object.path).await.expect("kept rows");
            assert_eq!(sha256_hex(&bytes), file.object.sha256, "seed {}: {} changed", self.seed, file.object.path);
        }
    }

    /// The same sheets at the same instants in a world where nothing goes wrong come to the same bytes.
    async fn files_are_those_of_an_undisturbed_run(&self) {
        let quiet = Network::default();
        let (stage, people) = registered(&quiet, None).await;
        let mut rows = self.rows().await;
        rows.sort_by_key(|row| (row.started_at, row.contestant.clone(), row.number));
        let ledger = self.stage.round(FIRST).ledger().await;
        for row in rows {
            let who = self.people.iter().position(|person| person.code == row.contestant.as_str()).expect("somebody");
            let started = people[who].at(row.started_at).start(FIRST).await;
            let name = people[who].me().await["pseudonym"].clone();
            let counted = ledger.iter().find(|l| l["pseudonym"] == name && l["attempt"] == row.number);
            if counted.is_none() && started.status == 200 {
                // The attempt before it is open here: its sheet landed after the rows were kept, as this start did.
                continue;
            }
            assert_eq!(started.expect(201)["attempt"], row.number, "seed {}", self.seed);
            if let Some(line) = counted {
                let answered = line["answers"].as_object().expect("answers").iter();
                let answers: Map<String, Value> = answered.map(|(id, set)| (id.clone(), set.clone())).collect();
                let sheet = json!({ "answers": answers, "prediction": line["prediction"] });
                let at = instant(line["submitted_at"].as_str().expect("an instant"));
                people[who].at(at).submit(FIRST, u64::from(row.number), &sheet).await.expect(200);
            }
        }
        let at = instant(PUBLISHES);
        stage.close(at).await.expect("nothing goes wrong");
        stage.publish(at).await.expect("nothing goes wrong");
        let files = async |stage: &Stage| -> Objects {
            let of_version = |path: &String| path.contains(&format!("/rounds/{FIRST}/v1/"));
            stage.objects("site").await.into_iter().filter(|(path, _)| of_version(path)).collect()
        };
        let (ours, theirs): (BTreeMap<_, _>, _) = (files(&self.stage).await, files(&stage).await);
        for (path, bytes) in &theirs {
            assert!(ours.get(path) == Some(bytes), "seed {}: {path} is another", self.seed);
        }
        assert_eq!(ours.len(), theirs.len());
        stage.world.stop().await;
    }

    /// Every attempt that was ever started.
    async fn rows(&self) -> Vec<Attempt> {
        let table = Attempts::new(&self.stage.world.sdk, "attempts");
        let (contest, round) = ids();
        let mut rows = Vec::new();
        let record = Control::new(&self.stage.world.sdk, "control").round(&contest, &round).await;
        let record = record.expect("the table is read").expect("the round has a record");
        for shard in 0..record.spread.shards {
            let partition = AttemptPartition { contest: &contest, round: &round, shard };
            rows.extend(table.query_shard(partition).await.expect("the table is read"));
        }
        rows
    }
}
