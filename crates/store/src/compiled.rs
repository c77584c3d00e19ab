//! Uploaded tables in their compiled form, as they lie in the vault, and the item that says which of
//! them are in force. Each object is named by its content and never changes.

use crate::error::StoreError;
use contest::announcement::Announcement;
use contest::announcing::{Accepted, first_round};
use contest::bank::{AnswerKey, BankFacts, Notes, OptionSet, PublicQuestion};
use contest::ids::{ContestantId, QuestionId, UnitCode};
use contest::lots::commitment;
use contest::plan::{Picture, Plan, Round};
use contest::plan_file::hash;
use contest::registration::roster::RosterLine;
use contest::seal::ContestKeys;
use contest::text::search_key;
use contest::time::Timestamp;
use contest::units::{Unit, UnitTree};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which uploads of a contest are in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestState {
    /// Rises by one with every accepted upload; 0 before the first.
    pub version: u64,
    /// The text of `contest.toml`.
    pub plan: Option<ObjectRef>,
    /// [`StoredUnits`].
    pub units: Option<ObjectRef>,
    /// [`StoredRoster`].
    pub roster: Option<ObjectRef>,
    /// [`StoredExcluded`].
    pub excluded: Option<ObjectRef>,
    /// [`StoredReveals`].
    pub reveals: Option<ObjectRef>,
    /// [`crate::StoredDecisions`].
    #[serde(default)]
    pub decisions: Option<ObjectRef>,
    /// [`StoredAnnouncements`]; absent in states from before there were any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announcements: Option<ObjectRef>,
    /// Pictures of its page by the names of their files; absent in states from before there were any.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub pictures: BTreeMap<String, StoredPicture>,
    /// By every name that a round may use: the file, or one sheet of a workbook (`bank.xlsx#Tuần 1`).
    pub banks: BTreeMap<String, BankRef>,
    /// Whether people may know of the contest; once they may, they always may. Nothing where the state is from a program
    /// that did not keep it: then `contest.json` is there, or it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_public: Option<bool>,
}

impl ContestState {
    /// Whether nobody but the organizers may know of the contest yet.
    pub fn is_draft(&self) -> bool {
        self.is_public == Some(false)
    }

    /// What was accepted of what a contest with this plan needs before it is public.
    pub fn accepted(&self, plan: &Plan) -> Accepted {
        let first = first_round(plan);
        let first_bank = first.is_some_and(|round| self.banks.contains_key(&round.bank));
        Accepted { units: self.units.is_some(), first_bank }
    }

    /// The pictures as pages find them.
    pub fn pictures(&self) -> BTreeMap<String, Picture> {
        let picture = |(file, stored): (&String, &StoredPicture)| {
            let StoredPicture { path, width, height } = stored.clone();
            (file.clone(), Picture { path, width, height })
        };
        self.pictures.iter().map(picture).collect()
    }

    /// What everyone may know of the bank of a round; `None` while it has not arrived.
    pub fn bank_facts(&self, round: &Round) -> Option<BankFacts> {
        let bank = self.banks.get(&round.bank)?;
        let key_commitment = bank.key_commitment.clone();
        Some(BankFacts { question_count: u64::from(bank.question_count), key_commitment })
    }
}

/// An object of the vault and the hash of its bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectRef {
    /// Path in the vault.
    pub path: String,
    /// Lower-case hexadecimal SHA-256 of the object.
    pub sha256: String,
}

/// A picture that pages show. The object lies in the site under its content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPicture {
    /// From the folder of the contest on.
    pub path: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// A compiled bank: questions and key lie in two objects with different grants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankRef {
    /// [`StoredBank`].
    pub questions: ObjectRef,
    /// [`StoredKey`], below `keys/`.
    pub key: ObjectRef,
    /// What is published before the round opens, hexadecimal.
    pub key_commitment: String,
    pub question_count: u32,
    /// Questions of each topic, by [`contest::text::search_key`], for judging a changed plan.
    pub topics: Vec<TopicCount>,
    /// Questions of each level as written, in the order in which the bank first names them. Absent in banks from before
    /// levels were counted, and in those that name none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<LevelCount>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LevelCount {
    /// As written; none for questions without one.
    pub level: Option<String>,
    pub count: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicCount {
    /// Search key of the topic; empty for questions without one.
    pub topic: String,
    pub count: u32,
}

/// Questions without their key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredBank {
    questions: Vec<StoredQuestion>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct StoredQuestion {
    id: String,
    text: String,
    options: Vec<String>,
    choose: u8,
    topic: Option<String>,
    // Absent in banks from before there was such an order, which were always shuffled.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    fixed_order: bool,
}

impl StoredBank {
    pub fn of(questions: &[PublicQuestion]) -> Self {
        let stored = |q: &PublicQuestion| StoredQuestion {
            id: q.id.to_string(),
            text: q.text.clone(),
            options: q.options.clone(),
            choose: q.choose,
            topic: q.topic.clone(),
            fixed_order: q.fixed_order,
        };
        Self { questions: questions.iter().map(stored).collect() }
    }

    /// The questions.
    pub fn questions(self) -> Result<Vec<PublicQuestion>, StoreError> {
        let question = |q: StoredQuestion| {
            let id = QuestionId::parse(&q.id).map_err(|e| StoreError::corrupt("a bank", e))?;
            Ok(PublicQuestion {
                id,
                text: q.text,
                options: q.options,
                choose: q.choose,
                topic: q.topic,
                fixed_order: q.fixed_order,
            })
        };
        self.questions.into_iter().map(question).collect()
    }
}

/// Values of witnesses, by round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredReveals {
    /// Round and value, hexadecimal.
    pub values: Vec<(String, String)>,
}

impl StoredReveals {
    /// The values of a round's witnesses in the order of their commitments; `None` while one is missing.
    pub fn of_round(&self, round: &Round) -> Option<Vec<[u8; 32]>> {
        let own = self.values.iter().filter(|(of, _)| *of == round.id.as_str());
        let shown: Vec<[u8; 32]> = own.filter_map(|(_, value)| hash(value).ok()).collect();
        let opens = |witness: &[u8; 32]| shown.iter().copied().find(|value| commitment(value) == *witness);
        round.lot_witnesses.iter().map(opens).collect()
    }
}

/// The answer key of a bank with the nonce that opens its commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredKey {
    /// 32 bytes, hexadecimal.
    pub nonce: String,
    key: BTreeMap<String, Vec<String>>,
    notes: BTreeMap<String, StoredNotes>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct StoredNotes {
    explanation: Option<String>,
    source: Option<String>,
}

impl StoredKey {
    pub fn of(nonce: &[u8; 32], key: &AnswerKey, notes: &BTreeMap<QuestionId, Notes>) -> Self {
        let letters = |set: &OptionSet| set.letters().map(str::to_owned).collect();
        let stored = |n: &Notes| StoredNotes { explanation: n.explanation.clone(), source: n.source.clone() };
        Self {
            nonce: data_encoding::HEXLOWER.encode(nonce),
            key: key.iter().map(|(id, set)| (id.to_string(), letters(set))).collect(),
            notes: notes.iter().map(|(id, n)| (id.to_string(), stored(n))).collect(),
        }
    }

    /// The nonce as bytes.
    pub fn nonce_bytes(&self) -> Result<[u8; 32], StoreError> {
        let bytes = data_encoding::HEXLOWER.decode(self.nonce.as_bytes()).ok();
        bytes.and_then(|b| b.try_into().ok()).ok_or_else(|| StoreError::corrupt("an answer key", "nonce"))
    }

    /// The key.
    pub fn key(&self) -> Result<AnswerKey, StoreError> {
        let entry = |(id, letters): (&String, &Vec<String>)| {
            let id = question_id(id)?;
            let right = OptionSet::of_letters(letters.iter().map(String::as_str));
            Ok((id.clone(), right.ok_or_else(|| StoreError::corrupt("an answer key", &id))?))
        };
        self.key.iter().map(entry).collect()
    }

    /// Explanations and sources.
    pub fn notes(&self) -> Result<BTreeMap<QuestionId, Notes>, StoreError> {
        let entry = |(id, n): (&String, &StoredNotes)| {
            Ok((question_id(id)?, Notes { explanation: n.explanation.clone(), source: n.source.clone() }))
        };
        self.notes.iter().map(entry).collect()
    }
}

fn question_id(text: &str) -> Result<QuestionId, StoreError> {
    QuestionId::parse(text).map_err(|e| StoreError::corrupt("an answer key", e))
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredUnits {
    units: Vec<StoredUnit>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct StoredUnit {
    code: String,
    name: String,
    parent: Option<String>,
    level: Option<String>,
    members: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    added_at_ms: Option<i64>,
}

impl StoredUnits {
    pub fn of(tree: &UnitTree) -> Self {
        let stored = |u: &Unit| StoredUnit {
            code: u.code.to_string(),
            name: u.name.clone(),
            parent: u.parent.as_ref().map(ToString::to_string),
            level: u.level.clone(),
            members: u.members,
            added_at_ms: u.added_at.map(Timestamp::millis),
        };
        Self { units: tree.units().iter().map(stored).collect() }
    }

    /// The tree.
    pub fn tree(self) -> Result<UnitTree, StoreError> {
        let code = |text: &str| UnitCode::parse(text).map_err(|e| StoreError::corrupt("units", e));
        let unit = |u: StoredUnit| {
            Ok::<_, StoreError>(Unit {
                code: code(&u.code)?,
                name: u.name,
                parent: u.parent.as_deref().map(code).transpose()?,
                level: u.level,
                members: u.members,
                added_at: u.added_at_ms.map(Timestamp::from_millis),
            })
        };
        let units = self.units.into_iter().map(unit).collect::<Result<Vec<_>, _>>()?;
        UnitTree::new(units).map_err(|faults| StoreError::corrupt("units", format!("{faults:?}")))
    }
}

/// People who may register.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredRoster {
    /// In the order of the file.
    pub people: Vec<RosterPerson>,
}

/// One line of a roster. Numbers are kept as keyed hashes only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterPerson {
    /// Code, from the file or made.
    pub code: String,
    /// As the file has it, cleaned, for the slips that units hand out; rosters that were compiled before there were slips
    /// lack it.
    #[serde(default)]
    pub full_name: Option<String>,
    /// [`contest::text::search_key`] of the name.
    pub name_key: String,
    /// `yyyy-mm-dd`.
    pub birth_date: String,
    /// Keyed hash of the citizen id.
    pub citizen_id: Option<String>,
    /// Keyed hash of the phone.
    pub phone: Option<String>,
    pub unit: String,
    /// [`contest::text::name_key`] of the name; rosters that were compiled before tones counted lack it.
    #[serde(default)]
    pub toned_key: Option<String>,
    /// Whether the code stands in the file, so that its owner was given it.
    #[serde(default)]
    pub is_code_printed: bool,
}

impl RosterPerson {
    /// The contestant code.
    pub fn contestant(&self) -> Result<ContestantId, StoreError> {
        ContestantId::parse(&self.code).map_err(|e| StoreError::corrupt("a roster", e))
    }

    /// As people are told apart by it.
    pub fn line(&self) -> RosterLine<'_> {
        RosterLine {
            code: &self.code,
            is_code_printed: self.is_code_printed,
            name_key: &self.name_key,
            toned_key: self.toned_key.as_deref(),
            birth_date: &self.birth_date,
            citizen_id: self.citizen_id.as_deref(),
            phone: self.phone.as_deref(),
            unit: &self.unit,
        }
    }
}

/// What organizers tell on the page of a contest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAnnouncements {
    /// Day (`yyyy-mm-dd`) and text, in the order of the file.
    lines: Vec<(String, String)>,
}

impl StoredAnnouncements {
    pub fn of(announcements: &[Announcement]) -> Self {
        Self { lines: announcements.iter().map(|line| (line.on.to_string(), line.text.clone())).collect() }
    }

    /// The announcements in the order of the file.
    pub fn announcements(self) -> Result<Vec<Announcement>, StoreError> {
        let line = |(on, text): (String, String)| {
            let on = Announcement::day(&on).map_err(|_| StoreError::corrupt("announcements", "a day"))?;
            Ok(Announcement { on, text })
        };
        self.lines.into_iter().map(line).collect()
    }
}

/// People who may not take part, or are never ranked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredExcluded {
    /// In the order of the file.
    pub people: Vec<ExcludedPerson>,
}

/// One line of the list of excluded people.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExcludedPerson {
    /// Keyed hash of the citizen id.
    pub citizen_id: Option<String>,
    /// Keyed hash of the phone.
    pub phone: Option<String>,
    /// Keyed hash of the name's [`contest::text::search_key`], by which nobody is barred: others have the same name. Lists
    /// that were compiled before it was kept lack it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

contest::masked!(RosterPerson, ExcludedPerson);

impl StoredExcluded {
    /// What stands for a name in the list.
    pub fn name_hash(keys: &ContestKeys, full_name: &str) -> String {
        keys.lookup("excluded_name", &search_key(full_name))
    }

    /// Whether somebody of this name is on the list with a number, without which nobody is barred.
    pub fn has_name(&self, hash: &str) -> bool {
        let is_barred = |listed: &ExcludedPerson| listed.citizen_id.is_some() || listed.phone.is_some();
        self.people.iter().any(|listed| is_barred(listed) && listed.name.as_deref() == Some(hash))
    }

    /// Whether someone with these keyed hashes is on the list. A citizen id decides where the list and
    /// the person both have one, since a family may share a phone.
    pub fn names(&self, citizen_id: Option<&str>, phone: Option<&str>) -> bool {
        self.people.iter().any(|listed| match (listed.citizen_id.as_deref(), citizen_id) {
            (Some(listed), Some(own)) => listed == own,
            _ => listed.phone.as_deref().is_some_and(|listed| Some(listed) == phone),
        })
    }
}
