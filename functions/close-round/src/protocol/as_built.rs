//! Accepting and closing as they are built, as a model that is searched whole: `RELIABILITY.md` 1.4, model M2.
//! Several copies of the gate, two different submissions, a run file for each contestant, and the manifest.

use super::bit;
use stateright::{Model, Property};

/// The protocol, and faults that somebody might make in it: a checker that does not find them is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variant {
    /// As `submit_attempt`, `freeze` and `store` do it.
    Right,
    /// The gate is looked at before the write instead of after it.
    CheckThenWrite,
    /// Nobody looks at the gate.
    WriteThenAck,
    /// A closer that finds the round closing believes that all gates are shut.
    ResumeSkipsGates,
    /// A closer shuts the first copy of the gate only.
    FirstGateOnly,
    /// A run file is written whatever stands there.
    OverwrittenRuns,
    /// The manifest is made before every run file is there.
    EarlyManifest,
    /// A second write is a success whatever it brought.
    UncomparedRetry,
}

/// How many of each there are. Request number `i` is of contestant `i` modulo contestants.
#[derive(Clone, Copy, Debug)]
pub(super) struct AsBuilt {
    pub(super) variant: Variant,
    pub(super) contestants: usize,
    pub(super) requests: usize,
    pub(super) gates: usize,
    pub(super) closers: usize,
}

/// What a contestant's row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Row {
    Empty,
    SubmissionA,
    SubmissionB,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Request {
    Idle,
    GateOk,
    Sent,
    Landed,
    Acked,
    /// Neither yes nor no: the gate was shut.
    Pending,
    /// Another submission stands there.
    Conflict,
    Refused,
    Dead,
}

/// What a closer has done about one contestant's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Copying {
    Untouched,
    Read(Row),
    Put,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Closer {
    Idle,
    /// Copies of the gate that it has shut, as bits.
    Shutting(u8),
    Freezing(Vec<Copying>),
    Done,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct State {
    rows: Vec<Row>,
    /// Copies of the gate that are shut, as bits.
    shut: u8,
    is_closing: bool,
    requests: Vec<Request>,
    /// Requests whose write may still land, as bits.
    inflight: u8,
    closers: Vec<Closer>,
    runs: Vec<Option<Row>>,
    manifest: Option<Vec<Option<Row>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// A request looks at a copy of the gate before its write: a fault.
    Look(usize, usize),
    Send(usize),
    Land(usize),
    LandLate(usize),
    Die(usize),
    /// A request looks at a copy of the gate after its write, and answers.
    Answer(usize, usize),
    Enter(usize),
    Shut(usize, usize),
    Read(usize, usize),
    Put(usize, usize),
    Manifest(usize),
    CloserDies(usize),
}

impl AsBuilt {
    fn submission(&self, request: usize) -> Row {
        if (request / self.contestants).is_multiple_of(2) { Row::SubmissionA } else { Row::SubmissionB }
    }

    fn of_requests(&self, state: &State, actions: &mut Vec<Action>) {
        for (i, request) in state.requests.iter().enumerate() {
            match request {
                Request::Idle if self.variant == Variant::CheckThenWrite => {
                    actions.extend((0..self.gates).map(|gate| Action::Look(i, gate)));
                }
                Request::Idle | Request::GateOk => actions.push(Action::Send(i)),
                Request::Sent => actions.extend([Action::Land(i), Action::Die(i)]),
                Request::Landed => {
                    actions.push(Action::Die(i));
                    actions.extend((0..self.gates).map(|gate| Action::Answer(i, gate)));
                }
                Request::Dead if state.inflight & bit(i) != 0 => actions.push(Action::LandLate(i)),
                _ => {}
            }
        }
    }

    fn of_closers(&self, state: &State, actions: &mut Vec<Action>) {
        for (k, closer) in state.closers.iter().enumerate() {
            match closer {
                Closer::Idle => actions.push(Action::Enter(k)),
                Closer::Shutting(shut) => {
                    let open = (0..self.gates_to_shut()).filter(|gate| shut & bit(*gate) == 0);
                    actions.extend(open.map(|gate| Action::Shut(k, gate)));
                }
                Closer::Freezing(copies) => {
                    for (c, copy) in copies.iter().enumerate() {
                        match copy {
                            Copying::Untouched => actions.push(Action::Read(k, c)),
                            Copying::Read(_) => actions.push(Action::Put(k, c)),
                            Copying::Put => {}
                        }
                    }
                    let all = copies.iter().all(|copy| *copy == Copying::Put);
                    if all || self.variant == Variant::EarlyManifest {
                        actions.push(Action::Manifest(k));
                    }
                }
                Closer::Done => continue,
            }
            if *closer != Closer::Idle {
                actions.push(Action::CloserDies(k));
            }
        }
    }

    const fn gates_to_shut(&self) -> usize {
        if matches!(self.variant, Variant::FirstGateOnly) { 1 } else { self.gates }
    }

    /// A write reaches the table; returns what its sender learns.
    fn land(&self, state: &mut State, i: usize) -> Request {
        state.inflight &= !bit(i);
        let (row, submission) = (&mut state.rows[i % self.contestants], self.submission(i));
        if *row == Row::Empty {
            *row = submission;
        }
        if *row == submission || self.variant == Variant::UncomparedRetry { Request::Landed } else { Request::Conflict }
    }

    fn enter(&self, state: &mut State, k: usize) {
        let resumes = state.is_closing && self.variant == Variant::ResumeSkipsGates;
        state.is_closing = true;
        state.closers[k] = if resumes { self.freezing() } else { Closer::Shutting(0) };
    }

    fn shut(&self, state: &mut State, k: usize, gate: usize) {
        state.shut |= bit(gate);
        let Closer::Shutting(shut) = state.closers[k] else { return };
        let shut = shut | bit(gate);
        let all = shut == bit(self.gates_to_shut()) - 1;
        state.closers[k] = if all { self.freezing() } else { Closer::Shutting(shut) };
    }

    fn freezing(&self) -> Closer {
        Closer::Freezing(vec![Copying::Untouched; self.contestants])
    }

    fn put(&self, state: &mut State, k: usize, c: usize) {
        let Closer::Freezing(copies) = &mut state.closers[k] else { return };
        if let Copying::Read(row) = copies[c]
            && (state.runs[c].is_none() || self.variant == Variant::OverwrittenRuns)
        {
            state.runs[c] = Some(row);
        }
        copies[c] = Copying::Put;
    }
}

fn read(state: &mut State, k: usize, c: usize) {
    if let Closer::Freezing(copies) = &mut state.closers[k] {
        copies[c] = Copying::Read(state.rows[c]);
    }
}

impl Model for AsBuilt {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![State {
            rows: vec![Row::Empty; self.contestants],
            shut: 0,
            is_closing: false,
            requests: vec![Request::Idle; self.requests],
            inflight: 0,
            closers: vec![Closer::Idle; self.closers],
            runs: vec![None; self.contestants],
            manifest: None,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        self.of_requests(state, actions);
        self.of_closers(state, actions);
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        let is_open = |gate: usize| last.shut & bit(gate) == 0;
        match action {
            Action::Look(i, gate) => {
                state.requests[i] = if is_open(gate) { Request::GateOk } else { Request::Refused };
            }
            Action::Send(i) => {
                state.requests[i] = Request::Sent;
                state.inflight |= bit(i);
            }
            Action::Land(i) => state.requests[i] = self.land(&mut state, i),
            Action::LandLate(i) => {
                self.land(&mut state, i);
            }
            Action::Die(i) => state.requests[i] = Request::Dead,
            Action::Answer(i, gate) => {
                let looks = !matches!(self.variant, Variant::CheckThenWrite | Variant::WriteThenAck);
                state.requests[i] = if looks && !is_open(gate) { Request::Pending } else { Request::Acked };
            }
            Action::Enter(k) => self.enter(&mut state, k),
            Action::Shut(k, gate) => self.shut(&mut state, k, gate),
            Action::Read(k, c) => read(&mut state, k, c),
            Action::Put(k, c) => self.put(&mut state, k, c),
            Action::Manifest(k) => {
                state.manifest.get_or_insert_with(|| last.runs.clone());
                state.closers[k] = Closer::Done;
            }
            Action::CloserDies(k) => state.closers[k] = Closer::Idle,
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always(
                "P1: every submission that was told yes is in the manifest",
                |model: &Self, state: &State| {
                    let Some(manifest) = &state.manifest else { return true };
                    model.acked(state).all(|(contestant, submission)| manifest[contestant] == Some(submission))
                },
            ),
            Property::always("P2: rows of the manifest are stored rows", |_, state: &State| {
                let Some(manifest) = &state.manifest else { return true };
                manifest
                    .iter()
                    .zip(&state.rows)
                    .all(|(run, row)| run.is_none_or(|run| run == Row::Empty || run == *row))
            }),
            Property::always("P3: one submission of a contestant is told yes", |model: &Self, state: &State| {
                model
                    .acked(state)
                    .all(|(c, submission)| model.acked(state).all(|(d, other)| c != d || submission == other))
            }),
            Property::always("P4: run files of the manifest never change", |_, state: &State| {
                state.manifest.as_ref().is_none_or(|manifest| *manifest == state.runs)
            }),
            Property::sometimes("somebody is told yes and published", |model: &Self, state: &State| {
                state.manifest.is_some() && model.acked(state).next().is_some()
            }),
            Property::sometimes("a late row that nobody was told of stays out", |_, state: &State| {
                let Some(manifest) = &state.manifest else { return false };
                manifest.iter().zip(&state.rows).any(|(run, row)| *run == Some(Row::Empty) && *row != Row::Empty)
            }),
            Property::sometimes("another submission is refused", |_, state: &State| {
                state.requests.contains(&Request::Conflict)
            }),
        ]
    }
}

impl AsBuilt {
    /// Contestants and the submissions for which they were told yes.
    fn acked<'a>(&'a self, state: &'a State) -> impl Iterator<Item = (usize, Row)> + 'a {
        let acked = state.requests.iter().enumerate().filter(|(_, request)| **request == Request::Acked);
        acked.map(|(i, _)| (i % self.contestants, self.submission(i)))
    }
}
