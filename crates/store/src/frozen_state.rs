//! The state of a contest as kept rows have it. Their format tells fields by their places, so that none may be left out as
//! JSON leaves out what is empty; and what no result follows from, such as announcements and pictures, is not among them.

use crate::compiled::{BankRef, ContestState, ObjectRef, TopicCount};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize)]
struct FrozenState {
    version: u64,
    plan: Option<ObjectRef>,
    units: Option<ObjectRef>,
    roster: Option<ObjectRef>,
    excluded: Option<ObjectRef>,
    reveals: Option<ObjectRef>,
    decisions: Option<ObjectRef>,
    banks: BTreeMap<String, FrozenBank>,
    is_public: Option<bool>,
}

#[derive(Serialize, Deserialize)]
struct FrozenBank {
    questions: ObjectRef,
    key: ObjectRef,
    key_commitment: String,
    question_count: u32,
    topics: Vec<TopicCount>,
}

fn frozen((name, bank): (String, BankRef)) -> (String, FrozenBank) {
    let BankRef { questions, key, key_commitment, question_count, topics, levels: _ } = bank;
    (name, FrozenBank { questions, key, key_commitment, question_count, topics })
}

fn read((name, bank): (String, FrozenBank)) -> (String, BankRef) {
    let FrozenBank { questions, key, key_commitment, question_count, topics } = bank;
    (name, BankRef { questions, key, key_commitment, question_count, topics, levels: Vec::new() })
}

pub(crate) fn serialize<S: Serializer>(state: &ContestState, to: S) -> Result<S::Ok, S::Error> {
    // Named one by one, so that a new field does not compile before somebody has decided about it.
    let ContestState {
        version,
        plan,
        units,
        roster,
        excluded,
        reveals,
        decisions,
        announcements: _,
        pictures: _,
        banks,
        is_public,
    } = state.clone();
    let banks = banks.into_iter().map(frozen).collect();
    FrozenState { version, plan, units, roster, excluded, reveals, decisions, banks, is_public }.serialize(to)
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<ContestState, D::Error> {
    let FrozenState { version, plan, units, roster, excluded, reveals, decisions, banks, is_public } =
        FrozenState::deserialize(from)?;
    let banks = banks.into_iter().map(read).collect();
    Ok(ContestState {
        version,
        plan,
        units,
        roster,
        excluded,
        reveals,
        decisions,
        announcements: None,
        pictures: BTreeMap::new(),
        banks,
        is_public,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compiled::StoredPicture;

    #[derive(Serialize, Deserialize)]
    struct Kept(#[serde(with = "super")] ContestState, u8);

    #[test]
    fn a_state_comes_back_whatever_of_it_is_empty() {
        let object = |path: &str| Some(ObjectRef { path: path.to_owned(), sha256: "ab".repeat(32) });
        let bank = BankRef {
            questions: object("questions").expect("an object"),
            key: object("key").expect("an object"),
            key_commitment: "cd".repeat(32),
            question_count: 1,
            topics: vec![TopicCount { topic: String::new(), count: 1 }],
            levels: Vec::new(),
        };
        let whole = ContestState {
            version: 7,
            plan: object("plan"),
            units: object("units"),
            roster: object("roster"),
            excluded: object("excluded"),
            reveals: object("reveals"),
            decisions: object("decisions"),
            banks: BTreeMap::from([("bank.csv".to_owned(), bank)]),
            is_public: Some(true),
            ..ContestState::default()
        };
        for state in [ContestState::default(), ContestState { is_public: None, ..whole.clone() }, whole] {
            let logo = StoredPicture { path: "media/ef.png".to_owned(), width: 200, height: 200 };
            let pictures = BTreeMap::from([("logo.png".to_owned(), logo)]);
            let told = ContestState { announcements: object("announcements"), pictures, ..state.clone() };
            let bytes = postcard::to_stdvec(&Kept(told, 9)).expect("it is written");
            let Kept(read, behind) = postcard::from_bytes(&bytes).expect("it is read");
            assert_eq!((read, behind), (state, 9));
        }
    }
}
