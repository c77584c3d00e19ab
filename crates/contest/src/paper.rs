//! Composing a paper: which questions one attempt shows, and in which order.
//!
//! A paper is never stored. It follows from the round's secret, the contestant and the attempt
//! number by a keyed pseudo-random function, so that it can be composed again for a resumed attempt, at
//! submission and at closing. The algorithm is written out (Fisher-Yates over ChaCha20 with rejection
//! sampling) instead of borrowed from a library whose shuffle may change between versions: papers of
//! an open round must survive an upgrade.

use crate::attempt::Attempt;
use crate::bank::{OptionSet, PublicQuestion};
use crate::form::{FormFault, FormField, WrongField};
use crate::ids::{ContestantId, QuestionId};
use crate::plan::{Draw, PaperRules};
use crate::scoring::Marking;
use crate::seal::keyed;
use crate::text::search_key;
use hmac::{Hmac, KeyInit, Mac};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use sha2::Sha256;
use std::collections::BTreeSet;
use std::iter;

/// The questions of one attempt in the order shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// At most [`crate::limits::MAX_QUESTIONS`].
    pub questions: Vec<PaperQuestion>,
}

/// One question on a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperQuestion {
    /// Place of the question in the bank.
    pub question: usize,
    /// Places of the options in the order shown.
    pub options: Vec<u8>,
}

/// Composes the paper of one attempt.
///
/// `secret` is the round's; anyone who knows it can compose every paper of the round, so it stays with the
/// functions. With [`Draw::All`] the paper holds the whole bank.
pub fn compose(
    rules: &PaperRules,
    bank: &[PublicQuestion],
    secret: &[u8; 32],
    contestant: &ContestantId,
    attempt: u16,
) -> Paper {
    let mut stream = Stream::new(secret, contestant, attempt);
    let mut chosen = choose(rules, bank, &mut stream);
    if rules.shuffle_questions {
        stream.shuffle(&mut chosen);
    } else {
        chosen.sort_unstable();
    }
    let questions = chosen
        .into_iter()
        .map(|question| {
            let mut options: Vec<u8> = (0..).take(bank[question].options.len()).collect();
            if rules.shuffle_options && !bank[question].fixed_order {
                stream.shuffle(&mut options);
            }
            PaperQuestion { question, options }
        })
        .collect();
    Paper { questions }
}

fn choose(rules: &PaperRules, bank: &[PublicQuestion], stream: &mut Stream) -> Vec<usize> {
    let all: Vec<usize> = (0..bank.len()).collect();
    if rules.draw == Draw::All {
        return all;
    }
    if rules.quota.is_empty() {
        return stream.sample(all, rules.questions as usize);
    }
    let topics: Vec<String> = bank.iter().map(|q| q.topic.as_deref().map(search_key).unwrap_or_default()).collect();
    let mut chosen = Vec::with_capacity(rules.questions as usize);
    for quota in &rules.quota {
        let wanted = search_key(&quota.topic);
        let of_topic = all.iter().copied().filter(|&place| topics[place] == wanted).collect();
        chosen.extend(stream.sample(of_topic, quota.count as usize));
    }
    chosen
}

impl Paper {
    /// Turns answers as sent (question and option identifiers) into the stored form: one set of
    /// options for each question of the paper, empty where nothing was chosen.
    ///
    /// # Errors
    /// Every answer that names a question that is not on the paper or an option that it lacks, that names an
    /// option twice, or two options where one is to be chosen: nobody can say which of them was meant. Where
    /// several are to be chosen, any number of them is an answer, if a wrong one.
    pub fn read_answers<'a>(
        &self,
        bank: &[PublicQuestion],
        sent: impl IntoIterator<Item = (&'a str, &'a [String])>,
    ) -> Result<Vec<OptionSet>, Vec<WrongField>> {
        let mut answers = vec![OptionSet::EMPTY; self.questions.len()];
        let mut faults = Vec::new();
        for (question, options) in sent {
            let Some(place) = self.place_of(bank, question) else {
                faults.push(WrongField::new(FormField::answer(question), FormFault::UnknownQuestion));
                continue;
            };
            let count = self.questions[place].options.len();
            let mut refuse = |fault| faults.push(WrongField::new(FormField::answer(question), fault));
            for option in options {
                match OptionSet::place_of(option).filter(|&at| usize::from(at) < count && is_lower(option)) {
                    Some(at) if answers[place] == answers[place].with(at) => refuse(FormFault::RepeatedOption),
                    Some(at) => answers[place] = answers[place].with(at),
                    None => refuse(FormFault::UnknownOption),
                }
            }
            if options.len() > usize::from(bank[self.questions[place].question].choose) {
                refuse(FormFault::TooManyOptions);
            }
        }
        if faults.is_empty() { Ok(answers) } else { Err(faults) }
    }

    /// How many of its questions count as right; `answers` are in the order of the paper, and where they are too short
    /// nothing was chosen.
    pub fn count_right(&self, bank: &[PublicQuestion], answers: &[OptionSet], marking: &Marking) -> u16 {
        let answers = answers.iter().copied().chain(iter::repeat(OptionSet::EMPTY));
        let is_right = |(q, chosen): &(&PaperQuestion, OptionSet)| marking.is_right(&bank[q.question].id, *chosen);
        let count = self.questions.iter().zip(answers).filter(is_right).count();
        u16::try_from(count).expect("a paper has at most MAX_QUESTIONS questions")
    }

    /// Whether something is chosen in each of its questions but those that are voided, where nobody must choose.
    pub fn is_complete(&self, bank: &[PublicQuestion], answers: &[OptionSet], voided: &BTreeSet<QuestionId>) -> bool {
        let answers = answers.iter().copied().chain(iter::repeat(OptionSet::EMPTY));
        self.questions
            .iter()
            .zip(answers)
            .all(|(q, chosen)| !chosen.is_empty() || voided.contains(&bank[q.question].id))
    }

    /// Question identifiers with the chosen options, ordered by question: the canonical form of a
    /// submission, which says nothing of the order in which its questions were shown.
    pub fn canonical_answers<'a>(
        &self,
        bank: &'a [PublicQuestion],
        answers: &[OptionSet],
    ) -> Vec<(&'a QuestionId, OptionSet)> {
        let mut pairs: Vec<_> =
            self.questions.iter().zip(answers).map(|(q, &set)| (&bank[q.question].id, set)).collect();
        pairs.sort_unstable();
        pairs
    }

    fn place_of(&self, bank: &[PublicQuestion], id: &str) -> Option<usize> {
        self.questions.iter().position(|q| bank[q.question].id.as_str() == id)
    }
}

/// Composes a paper that nobody is given, for organizers who want to see one; `seed` tells it from others. It follows from
/// the round's secret by another way than contestants' papers do, so that it tells nothing of any of these.
///
/// # Panics
/// Never: the code that stands for nobody is one.
pub fn compose_to_show(rules: &PaperRules, bank: &[PublicQuestion], secret: &[u8; 32], seed: u32) -> Paper {
    let other = keyed(secret, &["hoithi/paper-to-show/1", &seed.to_string()]);
    let nobody = ContestantId::parse("XEM-DE").expect("capital letters and a hyphen");
    compose(rules, bank, &other, &nobody, 1)
}

/// Composes the paper that a stored attempt showed.
pub fn recompose(rules: &PaperRules, bank: &[PublicQuestion], secret: &[u8; 32], attempt: &Attempt) -> Paper {
    compose(rules, bank, secret, &attempt.contestant, attempt.number)
}

fn is_lower(letter: &str) -> bool {
    letter.bytes().all(|b| b.is_ascii_lowercase())
}

/// The pseudo-random stream of one attempt.
struct Stream(ChaCha20Rng);

impl Stream {
    fn new(secret: &[u8; 32], contestant: &ContestantId, attempt: u16) -> Self {
        let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes keys of any length");
        mac.update(b"hoithi/paper/1\0");
        mac.update(contestant.as_str().as_bytes());
        mac.update(b"\0");
        mac.update(&attempt.to_be_bytes());
        Self(ChaCha20Rng::from_seed(mac.finalize().into_bytes().into()))
    }

    /// A number below `bound`, each as likely: values of the incomplete last block are drawn again.
    fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        let limit = u64::MAX - u64::MAX % bound;
        loop {
            let value = self.0.next_u64();
            if value < limit {
                return usize::try_from(value % bound).expect("a remainder of a usize fits a usize");
            }
        }
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }

    /// `count` of the items, or all of them where there are fewer.
    fn sample<T>(&mut self, mut items: Vec<T>, count: usize) -> Vec<T> {
        self.shuffle(&mut items);
        items.truncate(count);
        items
    }
}

#[cfg(test)]
mod tests;
