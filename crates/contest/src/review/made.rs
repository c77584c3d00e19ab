//! Rounds that are made up: honest people of different skill before questions of different difficulty, in units that come
//! together or one by one, with families that share a telephone. Tests plant into them what is not honest.

use super::{Account, AskedQuestion, Mark, Review, ReviewInput, Sheet, review};
use crate::bank::OptionSet;
use crate::ids::UnitCode;
use crate::plan::RankingKey;
use crate::ranking::example::{self, Game};
use crate::ranking::rank_round;
use crate::result::{PersonIndex, RoundResult};
use crate::time::Timestamp;
use chrono::{Days, NaiveDate};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

pub(super) const DAY_MS: i64 = 24 * 3_600_000;
const OPTIONS: u8 = 4;

/// A round, and what a review reads of it besides.
#[derive(Clone)]
pub(super) struct Made {
    pub(super) game: Game,
    pub(super) accounts: Vec<Account>,
    pub(super) questions: Vec<AskedQuestion>,
    pub(super) sheets: Vec<Sheet>,
    pub(super) dice: Dice,
}

/// How a round is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) people: usize,
    pub(super) bank: usize,
    /// Questions on a paper.
    pub(super) paper: usize,
}

/// Chance that comes to the same from the same seed.
#[derive(Clone)]
pub(super) struct Dice(ChaCha20Rng);

impl Dice {
    pub(super) fn of(seed: u64) -> Self {
        Self(ChaCha20Rng::seed_from_u64(seed))
    }

    /// From 0 to 1.
    fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        ((self.unit() * bound as f64) as usize).min(bound - 1)
    }

    fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        let sum: f64 = (0..12).map(|_| self.unit()).sum();
        mean + deviation * (sum - 6.0)
    }

    fn is(&mut self, chance: f64) -> bool {
        self.unit() < chance
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

/// What makes an honest sheet.
struct Sitting {
    skill: f64,
    /// Seconds for a question.
    pace: f64,
    number: u16,
    at: i64,
}

/// Difficulty of a question, and how its wrong options attract.
type Nature = (f64, [f64; OPTIONS as usize]);

impl Made {
    pub(super) fn empty(seed: u64, bank: usize) -> Self {
        let mut dice = Dice::of(seed);
        let asked = |dice: &mut Dice| {
            let right = OptionSet::EMPTY.with(dice.below(usize::from(OPTIONS)) as u8);
            AskedQuestion { options: OPTIONS, right: Some(right), voided: false }
        };
        let questions = (0..bank).map(|_| asked(&mut dice)).collect();
        let mut game = example::game(|_| (), "");
        game.rules.ranking.order = vec![RankingKey::Score, RankingKey::Duration, RankingKey::SubmittedAt];
        Self { game, accounts: Vec::new(), questions, sheets: Vec::new(), dice }
    }

    /// Nobody in it does anything that should be seen.
    pub(super) fn honest(seed: u64, size: Size) -> Self {
        let mut made = Self::empty(seed, size.bank);
        let natures: Vec<Nature> = made.questions.clone().iter().map(|asked| made.nature(asked)).collect();
        let units = size.people / 40 + 1;
        let of_units: Vec<(f64, i64, bool)> =
            (0..units).map(|_| (made.dice.normal(0.0, 0.4), made.moment(), made.dice.is(0.5))).collect();
        for number in 0..size.people {
            let skewed = made.dice.unit().powf(1.3);
            let unit = ((skewed * units as f64) as usize).min(units - 1);
            let (unit_skill, together, come_together) = of_units[unit];
            let person = made.join(number, &format!("don-vi-{unit}"));
            let mut sitting = Sitting {
                skill: made.dice.normal(1.0, 1.0) + unit_skill,
                pace: made.dice.normal(2.4, 0.5).exp().max(3.5),
                number: 1,
                at: if come_together { together + made.dice.below(2 * 3_600_000) as i64 } else { made.moment() },
            };
            let attempts = 1 + usize::from(made.dice.is(0.4)) + usize::from(made.dice.is(0.2));
            for _ in 0..attempts {
                let ended = made.sit(person, &sitting, (&natures, size.paper));
                let pause = if made.dice.is(0.7) { 40_000 + made.dice.below(600_000) as i64 } else { DAY_MS / 2 };
                sitting = Sitting {
                    skill: sitting.skill + 0.9,
                    pace: (sitting.pace * 0.6).max(2.6),
                    number: sitting.number + 1,
                    at: ended + pause,
                };
            }
        }
        made
    }

    fn nature(&mut self, asked: &AskedQuestion) -> Nature {
        let mut attracts = [6.0, 3.0, 1.5, 1.0];
        self.dice.shuffle(&mut attracts);
        for option in 0..OPTIONS {
            if asked.right.is_some_and(|right| right.contains(option)) {
                attracts[usize::from(option)] = 0.0;
            }
        }
        (self.dice.normal(0.0, 1.1), attracts)
    }

    /// Some instant of a week, by day.
    fn moment(&mut self) -> i64 {
        self.dice.below(7) as i64 * DAY_MS + 7 * 3_600_000 + self.dice.below(14 * 3_600_000) as i64
    }

    /// An account; every eighth has the telephone of the one before.
    pub(super) fn join(&mut self, number: usize, unit: &str) -> PersonIndex {
        let letters: String =
            [17_576, 676, 26, 1].map(|place| char::from(b'a' + (number / place % 26) as u8)).iter().collect();
        let mut person = example::person(&letters);
        person.unit = UnitCode::parse(unit).ok();
        // Three days before, some of them in the office hour of their unit.
        let office = (unit.len() * 7_919 + unit.bytes().map(usize::from).sum::<usize>() * 104_729) % 200_000_000;
        let ago = if self.dice.is(0.5) { office + self.dice.below(2_400_000) } else { self.dice.below(250_000_000) };
        person.registered_at = Timestamp::from_millis(-(ago as i64));
        self.game.people.push(person);
        let part =
            |dice: &mut Dice, of: &str, kinds: usize| format!("{of}{}", dice.below(kinds).min(dice.below(kinds)));
        let name = [("ho", 12), ("dem", 12), ("ten", 40)].map(|(of, kinds)| part(&mut self.dice, of, kinds));
        let born = NaiveDate::from_ymd_opt(1960, 1, 1).expect("a day");
        let family = self.accounts.last().filter(|_| number % 8 == 1).and_then(|before| before.phone.clone());
        self.accounts.push(Account {
            name_key: Some(name.join(" ")),
            birth_date: born.checked_add_days(Days::new(self.dice.below(16_000) as u64)),
            phone: Some(family.unwrap_or_else(|| format!("phone-{number}"))),
        });
        PersonIndex(self.game.people.len() as u32 - 1)
    }

    /// Plays an honest attempt; returns when it ended.
    fn sit(&mut self, person: PersonIndex, sitting: &Sitting, (natures, paper): (&[Nature], usize)) -> i64 {
        let mut places: Vec<usize> = (0..natures.len()).collect();
        self.dice.shuffle(&mut places);
        places.truncate(paper);
        places.sort_unstable();
        let answers = places.into_iter().map(|place| {
            let (difficulty, attracts) = natures[place];
            let knows = 0.2 + 0.8 / (1.0 + (difficulty - sitting.skill).exp());
            let chosen = if self.dice.is(knows) { self.questions[place].right } else { Some(self.wrong(attracts)) };
            (place as u16, chosen.expect("a right option"))
        });
        let answers: Vec<(u16, OptionSet)> = answers.collect();
        let pace = sitting.pace * self.dice.normal(1.0, 0.1).max(0.85);
        let duration_ms = (pace * 1_000.0) as u64 * paper as u64;
        let ended = sitting.at + duration_ms as i64;
        self.send(person, sitting.number, (duration_ms, ended), answers);
        ended
    }

    fn wrong(&mut self, attracts: [f64; OPTIONS as usize]) -> OptionSet {
        let mut left = self.dice.unit() * attracts.iter().sum::<f64>();
        for (option, weight) in (0..).zip(attracts) {
            if left < weight {
                return OptionSet::EMPTY.with(option);
            }
            left -= weight;
        }
        OptionSet::EMPTY
    }

    /// Takes in a sheet, marked.
    pub(super) fn send(
        &mut self,
        person: PersonIndex,
        number: u16,
        (duration_ms, submitted_ms): (u64, i64),
        answers: Vec<(u16, OptionSet)>,
    ) {
        let is_right = |(place, chosen): &&(u16, OptionSet)| self.questions[usize::from(*place)].right == Some(*chosen);
        let right = answers.iter().filter(is_right).count() as u16;
        let mut attempt = example::attempt(person.0 as usize, number);
        (attempt.right, attempt.questions) = (right, answers.len() as u16);
        (attempt.duration_ms, attempt.submitted_at) = (duration_ms, Timestamp::from_millis(submitted_ms));
        self.game.attempts.push(attempt);
        self.sheets.push(Sheet { answers });
    }

    /// A paper with every question right but these, in which the wrong option that fewest have chosen so far stands.
    pub(super) fn key_with_faults(&self, paper: usize, faults: &[usize]) -> Vec<(u16, OptionSet)> {
        let answer = |place: usize| {
            let right = self.questions[place].right.expect("a right option");
            let answer = if faults.contains(&place) { self.rarest_wrong(place as u16, right) } else { right };
            (place as u16, answer)
        };
        (0..paper).map(answer).collect()
    }

    fn rarest_wrong(&self, place: u16, right: OptionSet) -> OptionSet {
        let chosen =
            |option: &OptionSet| self.sheets.iter().filter(|sheet| sheet.answers.contains(&(place, *option))).count();
        let options = (0..OPTIONS).map(|option| OptionSet::EMPTY.with(option)).filter(|option| *option != right);
        options.min_by_key(chosen).expect("four options")
    }

    /// A paper of somebody who knows nothing.
    pub(super) fn guesses(&mut self, paper: usize) -> Vec<(u16, OptionSet)> {
        let guess = |place| (place as u16, OptionSet::EMPTY.with(self.dice.below(usize::from(OPTIONS)) as u8));
        (0..paper).map(guess).collect()
    }

    pub(super) fn ranked(&self) -> RoundResult {
        rank_round(&self.game.input(None))
    }

    pub(super) fn input<'a>(&'a self, result: &'a RoundResult) -> ReviewInput<'a> {
        let Self { game, accounts, questions, sheets, .. } = self;
        ReviewInput { round: game.input(None), result, accounts, questions, sheets }
    }

    pub(super) fn review(&self) -> Review {
        review(&self.input(&self.ranked()))
    }

    /// Public names of the people of a mark.
    pub(super) fn names(&self, mark: &Mark) -> Vec<&str> {
        mark.people.iter().map(|person| person.of(&self.game.people).pseudonym.as_str()).collect()
    }
}
