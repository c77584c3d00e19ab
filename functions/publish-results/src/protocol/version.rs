//! One pointer as a model that is searched whole: `RELIABILITY.md` 1.4, model M3. Immutable files of a version,
//! then the pointer by compare-and-swap, while writes land late, publishers die and somebody reads.

use stateright::{Model, Property};
use std::collections::BTreeSet;

/// The protocol, and faults that somebody might make in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variant {
    /// As `publish` does it.
    Right,
    /// The pointer is written whatever stands there by then.
    BlindWrite,
    /// The live version is compared before the files are put, and not again after a refused swap.
    ComparedAtStart,
    /// Nobody compares versions.
    NoVersionRule,
    /// The pointer is moved before the files are there.
    PointerBeforeFiles,
}

/// Files of a version.
const FILES: u8 = 2;

/// Publishers by the version that each of them publishes, from 1; one reader.
#[derive(Clone, Debug)]
pub(super) struct Publishing {
    pub(super) variant: Variant,
    pub(super) versions: Vec<u8>,
}

/// The live version, 0 before the first. Pointers of one version are the same bytes, so it is their tag too.
type Pointer = u8;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Publisher {
    /// So many files are put.
    Putting(u8),
    /// Has to read the pointer.
    Reading,
    /// Has read it and may swap it.
    Seen(Pointer),
    /// Waits for the answer about a swap of what it saw, which may land at any time.
    Swapping(Pointer),
    /// Died with its swap under way, and is started anew when that has landed.
    Dead(Pointer),
    Done,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Reader {
    Idle,
    /// Follows the pointer and has so many files.
    Following(Pointer, u8),
    Served,
    /// A file was not there.
    Misled,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct State {
    pointer: Pointer,
    /// Version and number of each file that is there.
    files: BTreeSet<(u8, u8)>,
    publishers: Vec<Publisher>,
    reader: Reader,
    /// The live version fell.
    fell: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Put(usize),
    ReadPointer(usize),
    Send(usize),
    Land(usize),
    Die(usize),
    Follow,
    Fetch,
}

impl Publishing {
    /// What comes when the files are there.
    fn after_files(&self) -> Publisher {
        if self.variant == Variant::PointerBeforeFiles { Publisher::Done } else { Publisher::Reading }
    }

    const fn first_step(&self) -> Publisher {
        match self.variant {
            Variant::PointerBeforeFiles => Publisher::Reading,
            _ => Publisher::Putting(0),
        }
    }

    fn put(&self, state: &mut State, p: usize) {
        let Publisher::Putting(count) = state.publishers[p] else { return };
        let version = self.versions[p];
        let too_late = self.variant == Variant::ComparedAtStart && count == 0 && state.pointer >= version;
        if too_late {
            state.publishers[p] = Publisher::Done;
            return;
        }
        state.files.insert((version, count));
        let all = count + 1 == FILES;
        state.publishers[p] = if all { self.after_files() } else { Publisher::Putting(count + 1) };
    }

    fn read(&self, state: &mut State, p: usize) {
        let compares = !matches!(self.variant, Variant::ComparedAtStart | Variant::NoVersionRule);
        let is_older = state.pointer < self.versions[p];
        state.publishers[p] = if compares && !is_older { Publisher::Done } else { Publisher::Seen(state.pointer) };
    }

    /// A swap reaches the bucket, which compares the tags now.
    fn land(&self, state: &mut State, p: usize) {
        let (Publisher::Swapping(seen) | Publisher::Dead(seen)) = state.publishers[p] else { return };
        let (version, swaps) = (self.versions[p], seen == state.pointer || self.variant == Variant::BlindWrite);
        if swaps {
            state.fell |= version < state.pointer;
            state.pointer = version;
        }
        state.publishers[p] = match state.publishers[p] {
            Publisher::Dead(_) => self.first_step(),
            _ if !swaps => Publisher::Reading,
            _ if self.variant == Variant::PointerBeforeFiles => Publisher::Putting(0),
            _ => Publisher::Done,
        };
    }
}

fn fetch(state: &mut State) {
    let Reader::Following(version, count) = state.reader else { return };
    state.reader = match state.files.contains(&(version, count)) {
        false => Reader::Misled,
        true if count + 1 == FILES => Reader::Served,
        true => Reader::Following(version, count + 1),
    };
}

impl Model for Publishing {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![State {
            pointer: 0,
            files: BTreeSet::new(),
            publishers: vec![self.first_step(); self.versions.len()],
            reader: Reader::Idle,
            fell: false,
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        for (p, publisher) in state.publishers.iter().enumerate() {
            match publisher {
                Publisher::Putting(_) => actions.push(Action::Put(p)),
                Publisher::Reading => actions.push(Action::ReadPointer(p)),
                Publisher::Seen(_) => actions.push(Action::Send(p)),
                Publisher::Swapping(_) => actions.push(Action::Land(p)),
                Publisher::Dead(_) => {
                    actions.push(Action::Land(p));
                    continue;
                }
                Publisher::Done => continue,
            }
            actions.push(Action::Die(p));
        }
        match state.reader {
            Reader::Idle if state.pointer > 0 => actions.push(Action::Follow),
            Reader::Following(..) => actions.push(Action::Fetch),
            _ => {}
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        match action {
            Action::Put(p) => self.put(&mut state, p),
            Action::ReadPointer(p) => self.read(&mut state, p),
            Action::Send(p) => {
                if let Publisher::Seen(seen) = state.publishers[p] {
                    state.publishers[p] = Publisher::Swapping(seen);
                }
            }
            Action::Land(p) => self.land(&mut state, p),
            Action::Die(p) => {
                state.publishers[p] = match state.publishers[p] {
                    Publisher::Swapping(seen) => Publisher::Dead(seen),
                    _ => self.first_step(),
                }
            }
            Action::Follow => state.reader = Reader::Following(state.pointer, 0),
            Action::Fetch => fetch(&mut state),
        }
        Some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("Q1: the live version never falls", |_, state: &State| !state.fell),
            Property::always("Q2: the pointer names a complete set", |_, state: &State| {
                state.pointer == 0 || (0..FILES).all(|file| state.files.contains(&(state.pointer, file)))
            }),
            Property::always("Q3: a reader finds every file", |_, state: &State| state.reader != Reader::Misled),
            Property::sometimes("a reader is served", |_, state: &State| state.reader == Reader::Served),
            Property::sometimes("the last version is live", |model: &Self, state: &State| {
                model.versions.iter().max() == Some(&state.pointer)
            }),
        ]
    }
}
