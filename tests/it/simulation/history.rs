//! What was asked about one attempt and what was told, in its order: some order of single steps must explain it
//! (linearizability), and stateright's tester looks for one. What nobody heard an answer to may have happened, or not.

use stateright::semantics::{ConsistencyTester, LinearizabilityTester, SequentialSpec};
use tests::reply::Reply;

/// What was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Submit(Sheet),
    Status,
    /// That every gate be shut.
    Close,
    /// What is published.
    Ledger,
}

/// The sheet that the page sends, or another one for the same attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sheet {
    Own,
    Other,
}

/// What was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// A receipt, or a line of the ledger.
    Accepted,
    /// Another sheet had been accepted.
    Conflict,
    /// Too late, still open, or not on the ledger.
    Nothing,
    Closed,
}

impl Told {
    /// What a reply tells; `None` where it leaves it open.
    pub(super) fn of(reply: &Reply) -> Option<Self> {
        match reply.status {
            200 if reply.expect(200)["receipt"].is_string() => Some(Self::Accepted),
            200 | 403 => Some(Self::Nothing),
            409 => Some(Self::Conflict),
            _ => None,
        }
    }
}

/// An attempt as it would be if one thing happened after the other.
#[derive(Clone, Debug, Default)]
struct OneByOne {
    accepted: Option<Sheet>,
    is_closed: bool,
}

impl SequentialSpec for OneByOne {
    type Op = Asked;
    type Ret = Told;

    fn invoke(&mut self, asked: &Asked) -> Told {
        match (asked, self.accepted) {
            (Asked::Close, _) => {
                self.is_closed = true;
                Told::Closed
            }
            (Asked::Submit(sheet), None) if !self.is_closed => {
                self.accepted = Some(*sheet);
                Told::Accepted
            }
            (Asked::Submit(sheet), Some(first)) if *sheet != first => Told::Conflict,
            (_, Some(_)) => Told::Accepted,
            (_, None) => Told::Nothing,
        }
    }

    /// A sheet may come too late before its round is closed.
    fn is_valid_step(&mut self, asked: &Asked, told: &Told) -> bool {
        let too_late = matches!(asked, Asked::Submit(_)) && self.accepted.is_none() && *told == Told::Nothing;
        too_late || self.invoke(asked) == *told
    }
}

/// What was asked and told about one attempt, as it happened. Every question is asked by a thread of its own, since no
/// one waits for a lost reply.
#[derive(Clone, Debug, Default)]
pub(super) struct History {
    events: Vec<Event>,
    asked: Vec<Asked>,
}

/// A question, by its number.
#[derive(Clone, Copy, Debug)]
enum Event {
    Asked(usize),
    Told(usize, Told),
}

impl History {
    /// Something is asked; returns its number, for [`History::told`].
    pub(super) fn asks(&mut self, asked: Asked) -> usize {
        let number = self.asked.len();
        self.asked.push(asked);
        self.events.push(Event::Asked(number));
        number
    }

    /// It was told.
    pub(super) fn told(&mut self, number: usize, told: Told) {
        self.events.push(Event::Told(number, told));
    }

    /// Whether some order explains it.
    pub(super) fn is_explained(&self) -> bool {
        let mut tester = LinearizabilityTester::new(OneByOne::default());
        let needless = self.needless();
        for event in &self.events {
            match event {
                Event::Asked(number) if needless.contains(number) => {}
                Event::Asked(number) => {
                    tester.on_invoke(*number, self.asked[*number]).expect("a thread asks once");
                }
                Event::Told(number, told) => {
                    tester.on_return(*number, *told).expect("a thread is told once");
                }
            }
        }
        tester.is_consistent()
    }

    /// Questions without an answer that explain nothing: one that changes nothing, and one that was asked before
    /// and may have happened whenever this may. The tester tries every order, and each of them doubles its work: on one
    /// network in six hundred it would not end.
    fn needless(&self) -> Vec<usize> {
        let is_told =
            |number: usize| self.events.iter().any(|event| matches!(event, Event::Told(told, _) if *told == number));
        let lost: Vec<usize> = (0..self.asked.len()).filter(|number| !is_told(*number)).collect();
        let was_asked =
            |number: usize| lost.iter().any(|lost| *lost < number && self.asked[*lost] == self.asked[number]);
        let is_needless = |number: &usize| match self.asked[*number] {
            Asked::Status | Asked::Ledger => true,
            Asked::Submit(_) | Asked::Close => was_asked(*number),
        };
        lost.iter().copied().filter(is_needless).collect()
    }
}

/// Whether questions that were each answered before the next was asked are explained.
fn explained(steps: &[(Asked, Option<Told>)]) -> bool {
    let mut history = History::default();
    for (asked, told) in steps {
        let number = history.asks(*asked);
        if let Some(told) = told {
            history.told(number, *told);
        }
    }
    history.is_explained()
}

const OWN: Asked = Asked::Submit(Sheet::Own);
const OTHER: Asked = Asked::Submit(Sheet::Other);

#[test]
fn histories_of_one_sheet_are_explained() {
    let (yes, no) = (Some(Told::Accepted), Some(Told::Nothing));
    assert!(explained(&[
        (OWN, yes),
        (OWN, yes),
        (OTHER, Some(Told::Conflict)),
        (Asked::Status, yes),
        (Asked::Ledger, yes)
    ]));
    assert!(explained(&[
        (OWN, None),
        (Asked::Status, no),
        (OWN, yes),
        (Asked::Close, Some(Told::Closed)),
        (Asked::Ledger, yes)
    ]));
    assert!(explained(&[(OWN, None), (Asked::Close, Some(Told::Closed)), (Asked::Status, yes), (Asked::Ledger, yes)]));
    assert!(explained(&[(OWN, no), (Asked::Close, None), (OWN, no), (Asked::Ledger, no)]), "too late");
}

#[test]
fn histories_that_break_a_promise_are_not_explained() {
    let (yes, no, closed) = (Some(Told::Accepted), Some(Told::Nothing), Some(Told::Closed));
    for broken in [
        &[(OWN, yes), (Asked::Ledger, no)][..],
        &[(OWN, yes), (Asked::Status, no)],
        &[(OWN, yes), (OTHER, yes), (Asked::Ledger, yes)],
        &[(Asked::Close, closed), (OWN, yes), (Asked::Ledger, yes)],
        &[(Asked::Status, no), (Asked::Ledger, yes)],
        &[(OWN, None), (Asked::Status, yes), (Asked::Status, no)],
        &[(OWN, Some(Told::Conflict))],
    ] {
        assert!(!explained(broken), "{broken:?}");
    }
}

/// Forty lost tries of each kind are judged at once, though they could stand in more orders than anyone can try.
#[test]
fn a_long_silence_is_judged() {
    let silence = [OWN, OTHER, Asked::Status, Asked::Close].map(|asked| (asked, None)).repeat(40);
    let after = |told| [&silence[..], &[(Asked::Ledger, Some(told)), (Asked::Status, Some(Told::Accepted))]].concat();
    assert!(explained(&after(Told::Accepted)), "one of the lost sheets arrived");
    assert!(!explained(&after(Told::Conflict)), "no ledger says so");
}
