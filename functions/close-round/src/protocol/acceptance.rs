//! The order of accepting and closing as a model that is searched whole: `RELIABILITY.md` 1.4, model M1.
//! It knows no shards, payloads or copies of the gate; the model as built does.

use super::bit;
use stateright::{Model, Property};

/// When a request looks at the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Write, look at the gate, acknowledge: what `submit_attempt` does.
    WriteThenGate,
    /// Wrong: the gate may shut between the look and the write.
    GateThenWrite,
    /// Wrong: nobody looks.
    WriteOnly,
}

/// Contestants, requests (one is of contestant number modulo contestants) and closers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Acceptance {
    pub(super) order: Order,
    pub(super) contestants: usize,
    pub(super) requests: usize,
    pub(super) closers: usize,
}

/// Contestants as bits.
type Set = u8;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Request {
    Idle,
    GateOk,
    Sent,
    Landed,
    Acked,
    Unconfirmed,
    Refused,
    Dead,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Closer {
    Idle,
    GateSet,
    Scanned { read: Set, found: Set },
    Done,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct State {
    items: Set,
    closed: bool,
    requests: Vec<Request>,
    /// Requests whose write may still land.
    inflight: u8,
    closers: Vec<Closer>,
    published: Option<Set>,
    acked: Set,
    /// Somebody was told yes when the results were out.
    acked_afterwards: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Look(usize),
    Send(usize),
    Land(usize),
    Die(usize),
    LandLate(usize),
    Answer(usize),
    CloseGate(usize),
    Scan(usize, usize),
    Publish(usize),
    CloserDies(usize),
}

impl Acceptance {
    /// What a request can do next, or what the network does with it.
    fn requests_actions(&self, state: &State, actions: &mut Vec<Action>) {
        for (i, request) in state.requests.iter().enumerate() {
            match request {
                Request::Idle if self.order == Order::GateThenWrite => actions.push(Action::Look(i)),
                Request::Idle | Request::GateOk => actions.push(Action::Send(i)),
                Request::Sent => actions.extend([Action::Land(i), Action::Die(i)]),
                Request::Landed => actions.extend([Action::Die(i), Action::Answer(i)]),
                Request::Dead if state.inflight & bit(i) != 0 => actions.push(Action::LandLate(i)),
                Request::Dead | Request::Acked | Request::Unconfirmed | Request::Refused => {}
            }
        }
    }

    fn closers_actions(&self, state: &State, actions: &mut Vec<Action>) {
        for (k, closer) in state.closers.iter().enumerate() {
            let read = match *closer {
                Closer::Idle => {
                    actions.push(Action::CloseGate(k));
                    continue;
                }
                Closer::Done => continue,
                Closer::GateSet => 0,
                Closer::Scanned { read, .. } => read,
            };
            let unread = (0..self.contestants).filter(|c| read & bit(*c) == 0);
            actions.extend(unread.map(|c| Action::Scan(k, c)));
            if read == bit(self.contestants) - 1 {
                actions.push(Action::Publish(k));
            }
            actions.push(Action::CloserDies(k));
        }
    }

    /// A write reaches the table.
    fn land(&self, state: &mut State, i: usize) {
        state.inflight &= !bit(i);
        state.items |= bit(i % self.contestants);
    }

    fn answer(&self, state: &mut State, i: usize) -> Request {
        if self.order == Order::WriteThenGate && state.closed {
            return Request::Unconfirmed;
        }
        state.acked |= bit(i % self.contestants);
        state.acked_afterwards |= state.published.is_some();
        Request::Acked
    }
}

impl Model for Acceptance {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![State {
            items: 0,
            closed: false,
            requests: vec![Request::Idle; self.requests],
            inflight: 0,
            closers: vec![Closer::Idle; self.closers],
            published: None,
            acked: 0,
            acked_afterwards: false,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        self.requests_actions(state, actions);
        self.closers_actions(state, actions);
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        match action {
            Action::Look(i) => state.requests[i] = if state.closed { Request::Refused } else { Request::GateOk },
            Action::Send(i) => {
                state.requests[i] = Request::Sent;
                state.inflight |= bit(i);
            }
            Action::Land(i) => {
                self.land(&mut state, i);
                state.requests[i] = Request::Landed;
            }
            Action::LandLate(i) => self.land(&mut state, i),
            Action::Die(i) => state.requests[i] = Request::Dead,
            Action::Answer(i) => state.requests[i] = self.answer(&mut state, i),
            Action::CloseGate(k) => {
                state.closed = true;
                state.closers[k] = Closer::GateSet;
            }
            Action::Scan(k, c) => {
                let (read, found) = match state.closers[k] {
                    Closer::Scanned { read, found } => (read, found),
                    _ => (0, 0),
                };
                state.closers[k] = Closer::Scanned { read: read | bit(c), found: found | (state.items & bit(c)) };
            }
            Action::Publish(k) => {
                if let (Closer::Scanned { found, .. }, None) = (state.closers[k], state.published) {
                    state.published = Some(found);
                }
                state.closers[k] = Closer::Done;
            }
            Action::CloserDies(k) => state.closers[k] = Closer::Idle,
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("A1: who was told yes is published", |_, state: &State| {
                state.published.is_none_or(|published| state.acked & !published == 0)
            }),
            Property::always("A2: what is published was kept", |_, state: &State| {
                state.published.is_none_or(|published| published & !state.items == 0)
            }),
            Property::always("A3: nobody is told yes in vain after publication", |_, state: &State| {
                !state.acked_afterwards || state.published.is_none_or(|published| state.acked & !published == 0)
            }),
            // Without these an empty model would pass.
            Property::sometimes("somebody is told yes and published", |_, state: &State| {
                state.published.is_some_and(|published| state.acked & published != 0)
            }),
            Property::sometimes("a row that nobody was told of stays out", |_, state: &State| {
                state.published.is_some_and(|published| state.items & !published != 0)
            }),
        ]
    }
}
