//! Decisions that arrive while versions are being published, as a model that is searched whole: `RELIABILITY.md` 1.4,
//! model M3. Two rounds are ranked, or published with what follows from both; decisions come in force one after the other.
//! Closers add an edition for each to the record of its round. Publishers make versions of what the records name, then of
//! what follows over the contest, and replace the standings. Each of them is slow wherever it likes, dies between any two
//! calls, and is started again. Whose last write is carried out after its death is one who was slow, and dies then.
//!
//! An edition for a draw, or for other winners of an earlier round, is added as one for a decision is. Two publishers and two
//! decisions come to 60 000 states, with a second closer to 140 000: seconds, even where nothing is optimized.

use stateright::{Model, Property};
use std::collections::BTreeSet;

/// Protocols that are wrong in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mistake {
    /// A closer keeps its editions whatever the record has by then.
    BlindEdition,
    /// A publisher keeps its editions over the contest whatever the record has by then.
    BlindOver,
    /// An edition over the contest is recorded with its publication, and not before.
    RecordedAfterwards,
    /// A publication is recorded before there is a file of it.
    NotedFirst,
    /// A pointer is moved before the files are there.
    MovedFirst,
    /// A file is written whatever stands there.
    OverwrittenFiles,
    /// The names of winners are looked up again for a version of which a run before has published them.
    NamedAnew,
    /// A pointer is moved whatever it names by then.
    BlindPointer,
    /// Standings are written whatever stands there by then.
    BlindStandings,
    /// Standings are swapped for those that stand there, however new these are.
    UncomparedStandings,
    /// Editions that another run has made meanwhile are taken for a sign of tampering.
    Suspicious,
}

const ROUNDS: usize = 2;

/// Pointers with their versions: one of each round, and this one over the contest.
const OVER: usize = ROUNDS;

/// By round: an edition from which something follows, or how many there are.
type Follows = [u8; ROUNDS];

/// As [`contest::edition::are_newer`] has it, where no round is missing.
fn are_newer(these: Follows, those: Follows) -> bool {
    cover(these, those) && these != those
}

fn cover(these: Follows, those: Follows) -> bool {
    these.iter().zip(those).all(|(this, that)| *this >= that)
}

#[derive(Clone, Debug)]
pub(super) struct Decided {
    pub(super) mistake: Option<Mistake>,
    /// Whether the first editions are published when it begins.
    pub(super) is_published: bool,
    /// The round of each decision, in their order: two at most.
    pub(super) decisions: &'static [usize],
    pub(super) publishers: usize,
    pub(super) closers: usize,
}

/// What the files of a version say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Bytes {
    /// The edition of a round, or those that are followed.
    of: Follows,
    /// The newest edition when its winners were named: who is passed over by then is not.
    knew: u8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum File {
    /// Has names.
    Results,
    /// Has the hashes of the other files.
    Manifest,
}

/// A pointer, and the files of its versions.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Line {
    live: u8,
    results: [Option<Bytes>; 3],
    manifests: [Option<Bytes>; 3],
}

impl Line {
    const EMPTY: Self = Self { live: 0, results: [None; 3], manifests: [None; 3] };

    /// The first version, which was published in peace.
    const fn first(of: Follows) -> Self {
        let file = [Some(Bytes { of, knew: 1 }), None, None];
        Self { live: 1, results: file, manifests: file }
    }

    fn file(&mut self, file: File, number: u8) -> &mut Option<Bytes> {
        let files = if file == File::Results { &mut self.results } else { &mut self.manifests };
        &mut files[number as usize - 1]
    }

    /// Whether every version until the live one is whole, and says what it must.
    fn is_whole(&self, must: impl Fn(usize) -> Option<Follows>) -> bool {
        (0..self.live as usize).all(|at| {
            let says = self.results[at];
            says.is_some() && says == self.manifests[at] && says.map(|bytes| bytes.of) == must(at)
        })
    }
}

/// What every run finds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Stored {
    /// Decisions in force.
    decided: Follows,
    /// Editions in the records of rounds, and how many of them are recorded as published.
    scored: Follows,
    published: Follows,
    /// Editions in the record over the contest, and how many of them are recorded as published.
    over: Vec<Follows>,
    over_published: u8,
    lines: [Line; ROUNDS + 1],
    standings: Follows,
    /// What the record says of the standings.
    standings_noted: Follows,
}

impl Stored {
    fn ranked() -> Self {
        Self {
            decided: [0; ROUNDS],
            scored: [1; ROUNDS],
            published: [0; ROUNDS],
            over: Vec::new(),
            over_published: 0,
            lines: [const { Line::EMPTY }; ROUNDS + 1],
            standings: [0; ROUNDS],
            standings_noted: [0; ROUNDS],
        }
    }

    fn published() -> Self {
        let one = [1; ROUNDS];
        Self {
            published: one,
            over: vec![one],
            over_published: 1,
            lines: [Line::first([1, 0]), Line::first([1, 0]), Line::first(one)],
            standings: one,
            standings_noted: one,
            ..Self::ranked()
        }
    }

    fn are_versions_whole(&self) -> bool {
        let (over, rounds) = (&self.lines[OVER], &self.lines[..ROUNDS]);
        let mut scored = rounds.iter().zip(self.scored);
        let of_round = |at: usize, scored: u8| (at < scored as usize).then_some([at as u8 + 1, 0]);
        over.is_whole(|at| self.over.get(at).copied())
            && scored.all(|(round, scored)| round.is_whole(|at| of_round(at, scored)))
    }

    /// Whether everything that was decided is published wherever it has to be.
    fn is_published(&self) -> bool {
        let all = self.decided.map(|decisions| 1 + decisions);
        let live = |line: usize| self.lines[line].live;
        let rounds =
            (0..ROUNDS).all(|round| [self.scored[round], self.published[round], live(round)] == [all[round]; 3]);
        let editions = self.over.len() as u8;
        let over = self.over.last() == Some(&all) && [self.over_published, live(OVER)] == [editions; 2];
        rounds && over && [self.standings, self.standings_noted] == [all; 2]
    }
}

/// A write as it is asked for.
#[derive(Clone, Debug)]
enum Write {
    /// Another edition of a round after so many.
    Edition(usize, u8),
    Put(usize, u8, File, Bytes),
    /// The pointer from a version to the next.
    Move(usize, u8, u8),
    /// That a version is published, with the edition over the contest where it is not recorded yet.
    Note(usize, u8, Option<Vec<Follows>>),
    /// Another edition over the contest after these.
    Over(Vec<Follows>, Follows),
    Standings(Follows, Follows),
    NoteStandings(Follows),
}

/// What must never be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Fault {
    VersionFell,
    EditionLost,
    FileChanged,
    StandingsFell,
    FalseAlarm,
}

/// How far a version is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Stage {
    Results,
    Manifest,
    Look,
    Move,
    Note,
}

/// A version on its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Version {
    line: usize,
    number: u8,
    bytes: Bytes,
    /// Whether nobody was seen to have published names.
    is_anew: bool,
    /// What the pointer named.
    seen: u8,
}

/// The next call of a publisher.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Step {
    Idle,
    ReadRound(usize),
    ReadOver,
    /// With the version that is published next.
    AddOver(u8),
    ReadNames(usize, u8),
    Publish(Version, Stage),
    ReadStandings,
    SwapStandings(Follows),
    NoteStandings(Follows),
}

/// With what it has read in its run.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Publisher {
    next: Step,
    knows: Follows,
    over: Vec<Follows>,
    standings: Follows,
}

impl Publisher {
    const IDLE: Self = Self { next: Step::Idle, knows: [0; ROUNDS], over: Vec::new(), standings: [0; ROUNDS] };

    /// What comes after a version.
    fn after(&self, line: usize, number: u8) -> Step {
        let all = self.knows.get(line).map_or(self.over.len(), |known| *known as usize);
        match line {
            _ if (number as usize) < all => Step::ReadNames(line, number + 1),
            OVER if self.over.last().is_none_or(|last| are_newer(self.knows, *last)) => Step::AddOver(number),
            OVER if are_newer(self.knows, self.standings) => Step::ReadStandings,
            OVER => Step::Idle,
            round if round + 1 < ROUNDS => Step::ReadRound(round + 1),
            _ => Step::ReadOver,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Closer {
    Idle,
    /// Has read what is decided and scored, and adds an edition to a round after so many.
    Add(usize, u8),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct State {
    stored: Stored,
    /// In order, since one is as good as another.
    publishers: Vec<Publisher>,
    closers: Vec<Closer>,
    faults: BTreeSet<Fault>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Decide,
    /// A closer makes its next call.
    Score(usize),
    /// A publisher makes its next call.
    Publish(usize),
    CloserDies(usize),
    PublisherDies(usize),
}

impl Decided {
    fn makes(&self, mistake: Mistake) -> bool {
        self.mistake == Some(mistake)
    }

    /// A write reaches its table or bucket, which looks at the condition now. Returns whether it was carried out.
    fn land(&self, state: &mut State, write: &Write) -> bool {
        let State { stored, faults, .. } = state;
        match write {
            Write::Edition(round, before) => {
                let scored = &mut stored.scored[*round];
                if *scored != *before && !self.makes(Mistake::BlindEdition) {
                    return false;
                }
                faults.extend((before + 1 < *scored).then_some(Fault::EditionLost));
                *scored = before + 1;
            }
            Write::Over(before, follows) => {
                if stored.over != *before && !self.makes(Mistake::BlindOver) {
                    return false;
                }
                let after = [before.as_slice(), &[*follows]].concat();
                faults.extend((!after.starts_with(&stored.over)).then_some(Fault::EditionLost));
                stored.over = after;
            }
            Write::Put(line, number, file, bytes) => {
                let there = stored.lines[*line].file(*file, *number);
                if there.is_some() && !self.makes(Mistake::OverwrittenFiles) {
                    return false;
                }
                faults.extend(there.is_some_and(|there| there != *bytes).then_some(Fault::FileChanged));
                *there = Some(*bytes);
            }
            Write::Move(line, seen, number) => {
                let live = &mut stored.lines[*line].live;
                if *live != *seen && !self.makes(Mistake::BlindPointer) {
                    return false;
                }
                faults.extend((number < live).then_some(Fault::VersionFell));
                *live = *number;
            }
            Write::Note(line, number, over) => {
                let published = stored.published.get_mut(*line).unwrap_or(&mut stored.over_published);
                *published = (*published).max(*number);
                stored.over = over.clone().unwrap_or_else(|| stored.over.clone());
            }
            Write::Standings(seen, follows) => {
                if stored.standings != *seen && !self.makes(Mistake::BlindStandings) {
                    return false;
                }
                faults.extend((!cover(*follows, stored.standings)).then_some(Fault::StandingsFell));
                stored.standings = *follows;
            }
            // Whatever it says by then: it spares a look, and decides nothing.
            Write::NoteStandings(follows) => stored.standings_noted = *follows,
        }
        true
    }

    /// What a publisher asks for next, where that is a write.
    fn write_of(&self, publisher: &Publisher) -> Option<Write> {
        let late = || self.makes(Mistake::RecordedAfterwards).then(|| publisher.over.clone());
        Some(match publisher.next {
            Step::AddOver(_) if self.makes(Mistake::RecordedAfterwards) => return None,
            Step::AddOver(_) => Write::Over(publisher.over.clone(), publisher.knows),
            Step::Publish(Version { line, number, bytes, seen, .. }, stage) => match stage {
                Stage::Results => Write::Put(line, number, File::Results, bytes),
                Stage::Manifest => Write::Put(line, number, File::Manifest, bytes),
                Stage::Look => return None,
                Stage::Move => Write::Move(line, seen, number),
                Stage::Note => Write::Note(line, number, late().filter(|_| line == OVER)),
            },
            Step::SwapStandings(seen) => Write::Standings(seen, publisher.knows),
            Step::NoteStandings(follows) => Write::NoteStandings(follows),
            Step::Idle | Step::ReadRound(_) | Step::ReadOver | Step::ReadNames(..) | Step::ReadStandings => {
                return None;
            }
        })
    }

    fn publish(&self, state: &mut State, p: usize) {
        let mut publisher = state.publishers[p].clone();
        let done = self.write_of(&publisher).is_none_or(|write| self.land(state, &write));
        let stored = &state.stored;
        publisher.next = match publisher.next {
            Step::Idle | Step::ReadRound(_) => {
                let round = if let Step::ReadRound(round) = publisher.next { round } else { 0 };
                publisher.knows[round] = stored.scored[round];
                publisher.after(round, stored.published[round])
            }
            Step::ReadOver => {
                publisher.over.clone_from(&stored.over);
                publisher.standings = stored.standings_noted;
                publisher.after(OVER, stored.over_published)
            }
            Step::AddOver(published) if done => {
                publisher.over.push(publisher.knows);
                publisher.after(OVER, published)
            }
            Step::ReadNames(line, number) => self.named(state, &publisher, line, number),
            Step::Publish(version, stage) => self.published(state, &publisher, (version, stage), done),
            Step::ReadStandings => {
                let is_due = are_newer(publisher.knows, stored.standings) || self.makes(Mistake::UncomparedStandings);
                let standings = stored.standings;
                if is_due { Step::SwapStandings(standings) } else { Step::NoteStandings(standings) }
            }
            Step::SwapStandings(_) if done => Step::NoteStandings(publisher.knows),
            // It is over, or was overtaken.
            Step::AddOver(_) | Step::SwapStandings(_) | Step::NoteStandings(_) => Step::Idle,
        };
        state.publishers[p] = if publisher.next == Step::Idle { Publisher::IDLE } else { publisher };
    }

    /// The files of a version follow from its edition, and from who is named in it.
    fn named(&self, state: &mut State, publisher: &Publisher, line: usize, number: u8) -> Step {
        let is_known = |follows: &Follows| cover(publisher.knows, *follows);
        let of_over = publisher.over.get(number as usize - 1).filter(|_| line == OVER);
        if of_over.is_some() && !publisher.over.iter().all(is_known) {
            state.faults.extend(self.makes(Mistake::Suspicious).then_some(Fault::FalseAlarm));
            return Step::Idle;
        }
        let newest = publisher.knows.get(line).map_or(publisher.over.len() as u8, |known| *known);
        let before = state.stored.lines[line].file(File::Results, number).filter(|_| !self.makes(Mistake::NamedAnew));
        let bytes =
            Bytes { of: of_over.copied().unwrap_or([number, 0]), knew: before.map_or(newest, |before| before.knew) };
        let version = Version { line, number, bytes, is_anew: before.is_none(), seen: 0 };
        Step::Publish(version, self.stages()[0])
    }

    const fn stages(&self) -> [Stage; 5] {
        use Stage::{Look, Manifest, Move, Note, Results};
        match self.mistake {
            Some(Mistake::NotedFirst) => [Note, Results, Manifest, Look, Move],
            Some(Mistake::MovedFirst) => [Look, Move, Results, Manifest, Note],
            _ => [Results, Manifest, Look, Move, Note],
        }
    }

    /// What comes after a stage of a version, whose write was carried out or not.
    fn published(&self, state: &mut State, publisher: &Publisher, at: (Version, Stage), done: bool) -> Step {
        let (mut version, mut stage) = at;
        let Version { line, number, bytes, .. } = version;
        let on_site = &mut state.stored.lines[line];
        let other = |there: Option<Bytes>| there.is_some_and(|there| there != bytes);
        match stage {
            Stage::Results if other(*on_site.file(File::Results, number)) => {
                // Another publisher knew of a later edition, and its names stand.
                state.faults.extend((!version.is_anew).then_some(Fault::FalseAlarm));
                return Step::Idle;
            }
            Stage::Manifest if other(*on_site.file(File::Manifest, number)) => {
                state.faults.insert(Fault::FalseAlarm);
                return Step::Idle;
            }
            Stage::Look if on_site.live >= number => {
                if other(*on_site.file(File::Manifest, number)) {
                    state.faults.insert(Fault::FalseAlarm);
                    return Step::Idle;
                }
                stage = Stage::Move;
            }
            Stage::Look if on_site.live + 1 < number => return Step::Idle,
            Stage::Look => version.seen = on_site.live,
            Stage::Move if !done => return Step::Idle,
            Stage::Results | Stage::Manifest | Stage::Move | Stage::Note => {}
        }
        let rest = self.stages().into_iter().skip_while(|other| *other != stage).nth(1);
        rest.map_or_else(|| publisher.after(line, number), |next| Step::Publish(version, next))
    }

    fn score(&self, state: &mut State, c: usize) {
        state.closers[c] = match state.closers[c] {
            Closer::Idle => {
                let Stored { decided, scored, .. } = &state.stored;
                let due = (0..ROUNDS).find(|round| scored[*round] <= decided[*round]);
                due.map_or(Closer::Idle, |round| Closer::Add(round, scored[round]))
            }
            Closer::Add(round, before) => {
                self.land(state, &Write::Edition(round, before));
                Closer::Idle
            }
        };
    }

    /// Whether a sweep in which nothing goes wrong publishes all that is decided.
    fn is_mended(&self, state: &State) -> bool {
        let mut state = state.clone();
        // Twice for each edition: to see that it is due, and to add it.
        (0..=2 * self.decisions.len()).for_each(|_| self.score(&mut state, 0));
        loop {
            self.publish(&mut state, 0);
            if state.publishers[0] == Publisher::IDLE {
                break;
            }
        }
        state.stored.is_published() && state.faults.is_empty()
    }
}

impl State {
    fn is_quiet(&self) -> bool {
        let idle = self.closers.iter().all(|closer| *closer == Closer::Idle);
        idle && self.publishers.iter().all(|publisher| *publisher == Publisher::IDLE)
    }
}

impl Model for Decided {
    type State = State;
    type Action = Action;

    fn init_states(&self) -> Vec<State> {
        vec![State {
            stored: if self.is_published { Stored::published() } else { Stored::ranked() },
            publishers: vec![Publisher::IDLE; self.publishers],
            closers: vec![Closer::Idle; self.closers],
            faults: BTreeSet::new(),
        }]
    }

    fn actions(&self, state: &State, actions: &mut Vec<Action>) {
        // What follows from a broken promise is of no interest.
        if !state.faults.is_empty() {
            return;
        }
        if (state.stored.decided.iter().sum::<u8>() as usize) < self.decisions.len() {
            actions.push(Action::Decide);
        }
        for (c, closer) in state.closers.iter().enumerate() {
            actions.push(Action::Score(c));
            if *closer != Closer::Idle {
                actions.push(Action::CloserDies(c));
            }
        }
        for (p, publisher) in state.publishers.iter().enumerate() {
            actions.push(Action::Publish(p));
            if publisher.next != Step::Idle {
                actions.push(Action::PublisherDies(p));
            }
        }
    }

    fn next_state(&self, last: &State, action: Action) -> Option<State> {
        let mut state = last.clone();
        match action {
            Action::Decide => {
                let decided = state.stored.decided.iter().sum::<u8>();
                state.stored.decided[self.decisions[decided as usize]] += 1;
            }
            Action::Score(c) => self.score(&mut state, c),
            Action::Publish(p) => self.publish(&mut state, p),
            Action::CloserDies(c) => state.closers[c] = Closer::Idle,
            Action::PublisherDies(p) => state.publishers[p] = Publisher::IDLE,
        }
        state.publishers.sort_unstable();
        state.closers.sort_unstable();
        (state != *last).then_some(state)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("R1: no live version falls", |_, state: &State| {
                !state.faults.contains(&Fault::VersionFell)
            }),
            Property::always("R2: no edition is lost", |_, state: &State| !state.faults.contains(&Fault::EditionLost)),
            Property::always("R3: no file is published again with other bytes", |_, state: &State| {
                !state.faults.contains(&Fault::FileChanged)
            }),
            Property::always("R4: standings are never replaced by older ones", |_, state: &State| {
                !state.faults.contains(&Fault::StandingsFell)
            }),
            Property::always("R5: nobody takes another's work for tampering", |_, state: &State| {
                !state.faults.contains(&Fault::FalseAlarm)
            }),
            Property::always("R6: every version is whole and says what its edition does", |_, state: &State| {
                state.stored.are_versions_whole()
            }),
            Property::always("R7: a sweep in peace publishes all that is decided", |model: &Self, state: &State| {
                !state.faults.is_empty() || !state.is_quiet() || model.is_mended(state)
            }),
            Property::sometimes("everything is published", |model: &Self, state: &State| {
                let decided = state.stored.decided.iter().sum::<u8>() as usize;
                decided == model.decisions.len() && state.stored.is_published()
            }),
            Property::sometimes("a version is named by one who knows a later one", |model: &Self, state: &State| {
                let results = state.stored.lines.iter().flat_map(|line| line.results.iter().zip(1..));
                let mut later = results.flat_map(|(bytes, number)| Some((*bytes)?.knew > number));
                // Unless two editions of a round can wait at once, nobody does.
                later.any(|later| later) || model.is_published && model.decisions != [0, 0]
            }),
        ]
    }
}
