//! Random published contests: every policy, many ties, re-keyed questions and several versions, written by
//! the same code that publishes.

use super::over::{Over, Versions, publish_over, throw_rules};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use contest::bank::{AnswerKey, BankFacts, OptionSet};
use contest::decision::{Action, Change, Decision, Ruling};
use contest::edition::{Followed, Status};
use contest::ids::{ContestantId, QuestionId, RoundId, UnitCode};
use contest::ledger;
use contest::lots::{self, LotDraw};
use contest::plan::{Complete, OnePrize, Plan, PredictionTarget, RankingKey, Round, UnbrokenTie};
use contest::prediction::Prediction;
use contest::ranking::rank_round;
use contest::result::{Person, PersonIndex, RankingPlace, RoundInput, RoundResult, ScoredAttempt};
use contest::scoring::Marking;
use contest::seal::{ContestKeys, SealedSubmission, key_commitment};
use contest::taken::TakenRound;
use contest::time::Timestamp;
use contest::units::{Unit, UnitTree};
use contest::{attempt, plan_file};
use documents::site::decisions_json::decisions_json;
use documents::site::{
    Beside, Commitments, ContestLine, ContestsIndex, Evidence, OpenedKey, PointerEntry, PublishedFile, RoundPointer,
    RoundVersion, VersionBefore, contest_json, version_files,
};
use documents::words::{DRAW_REASON, EARLIER_ROUND_REASON};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use store::{Secrets, SigningKey};
use tests::Folder;
use tests::dice::Dice;

/// What a witness keeps until the draw.
const WITNESSED: [u8; 32] = [0x17; 32];

/// Questions of a bank, of which a paper has four.
const QUESTIONS: usize = 6;

/// Contests of this seed and later ones have rules that earlier ones do not have, so that tests which look for a contest of
/// a kind find those that they always found.
pub(super) const NEWER: u64 = 10_000;

/// And from this one on the second round has attempts of its own.
pub(super) const OWN: u64 = 20_000;

/// A contest that was published into a folder.
pub(super) struct Published {
    pub(super) contest: String,
    /// Every receipt, with the round that it is of.
    pub(super) receipts: Vec<(String, String)>,
    /// A receipt of the first round, rightly signed, whose sheet is on no ledger.
    pub(super) lost: String,
    /// A receipt of the first round, rightly signed, for other answers than are on the ledger.
    pub(super) other: String,
    /// A receipt of the first round, rightly signed, for another time than is on the ledger.
    pub(super) earlier: String,
}

/// Publishes one random contest below `site`; the same seed gives the same bytes.
pub(super) fn publish(site: &Path, seed: u64) -> Published {
    let mut dice = Dice::new(seed);
    let contest = format!("thi-{seed}");
    let mut plan = random_plan(&contest, seed, &mut dice);
    throw_rules(&mut plan, &mut dice);
    let secret = BASE64.encode([u8::try_from(seed % 251).expect("a byte"); 32]);
    let secrets = format!(r#"{{"master":"{secret}","session_keys":[{{"kid":1,"key":"{secret}"}}]}}"#);
    let secrets = Secrets::parse(&secrets).expect("a secret");
    let game = Game {
        keys: secrets.of_contest(&plan.id),
        signer: secrets.signing_key(&plan.id),
        units: random_units(&mut dice),
        key: random_key(&mut dice),
        nonce: [9; 32],
        plan,
    };
    let people = game.people(&mut dice);
    let mut winners = PassedOver::default();
    let (mut receipts, mut rounds) = (Vec::new(), Vec::new());
    for round in &game.plan.rounds {
        let (given, versions) = game.publish_round(site, round, &people, &mut winners, &mut dice);
        receipts.extend(given);
        rounds.push(versions);
    }
    let folder = site.join(format!("contests/{contest}"));
    let Game { plan, units, keys, .. } = &game;
    publish_over(&folder, &Over { plan, units, keys, people: &people, rounds: &rounds }, &mut dice);
    let [lost, other, earlier] = game.broken_promises(&receipts);
    let (banks, lots, public_key) = (game.banks(), lots::commitments(&game.plan, &game.keys), game.signer.verifier());
    let commitments = Commitments { banks: &banks, lots: &lots, public_key: &public_key };
    let contest_file = contest_json(&game.plan, &game.units, &commitments, &Beside::default());
    write(&folder.join("contest.json"), &contest_file.bytes);
    let index_path = site.join("contests/index.json");
    let mut index = std::fs::read(&index_path)
        .map_or_else(|_| ContestsIndex::default(), |bytes| ContestsIndex::from_json(&bytes).expect("our own index"));
    index.put(ContestLine::from(&game.plan));
    write(&index_path, &index.to_json());
    Published { contest, receipts, lost, other, earlier }
}

pub(super) fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
    std::fs::write(path, bytes).expect("a file is written");
}

/// The small contest with every rule thrown anew.
fn random_plan(contest: &str, seed: u64, dice: &mut Dice) -> Plan {
    let thrown = |key: &&RankingKey| **key != RankingKey::StartedAt;
    let mut order: Vec<&str> = RankingKey::ALL.iter().filter(thrown).map(|key| key.as_str()).collect();
    for last in (1..order.len()).rev() {
        order.swap(last, dice.below(last + 1));
    }
    order.truncate(1 + dice.below(4));
    if order.contains(&"attempts_used asc") {
        order.retain(|key| *key != "attempts_used desc");
    }
    let order = format!("order = [{}]", order.iter().map(|key| format!("\"{key}\"")).collect::<Vec<_>>().join(", "));
    let measures = ["attempts desc", "mean_score desc", "contestants desc", "perfect_contestants desc"];
    let per_member = ["attempts_per_member desc", "contestants_per_member desc", "prize_points desc"];
    let measure = format!("measure = [\"{}\", \"{}\"]", dice.of(&per_member), dice.of(&measures));
    let word = |key: &str, value: &str| format!("{key} = \"{value}\"");
    let mut folder = Folder::small()
        .with_plan("id = \"thi-thu\"", &word("id", contest))
        .with_plan(
            "order = [\"score desc\", \"prediction_distance asc\", \"duration asc\", \"submitted_at asc\"]",
            &order,
        )
        .with_plan("measure = [\"attempts desc\", \"mean_score desc\"]", &measure)
        .with_plan("counted = \"first\"", &word("counted", dice.of(&["first", "counted"])))
        .with_plan("counted = \"best\"", &word("counted", dice.of(&["best", "best", "first", "last"])))
        .with_plan(
            "target = \"contestants\"",
            &word("target", dice.of(&["contestants", "attempts", "perfect_contestants", "perfect_percent"])),
        )
        .with_plan("actual = \"at_publication\"", &word("actual", dice.of(&["at_closing", "at_publication"])))
        .with_plan("equidistant = \"tie\"", &word("equidistant", dice.of(&["tie", "lower", "higher"])))
        .with_plan("eligible = \"all\"", &word("eligible", dice.of(&["all", "all", "perfect"])))
        .with_plan(
            "unbroken_tie = \"extra_prize\"",
            &word("unbroken_tie", dice.of(&["extra_prize", "organizers", "lot"])),
        )
        .with_plan("one_prize_per_person = \"contest\"", &word("one_prize_per_person", dice.of(&["none", "contest"])))
        .with_plan("language = \"vi\"", dice.of(&["language = \"vi\"\nrounding = \"half_up\"", "language = \"vi\""]))
        .with_plan("points = 100", dice.of(&["points = 100", "points = 10", "points = 7"]))
        .with_plan("min_rate_percent = 0", dice.of(&["min_rate_percent = 0", "min_rate_percent = 25"]));
    if dice.chance(3) {
        folder = folder.with_plan("scope = \"round\"", "scope = \"contest\"");
    }
    if dice.chance(2) {
        let collective = folder.text("contest.toml");
        let start = collective.find("[[collective]]").expect("the small contest has one");
        folder = folder.with_plan(&collective[start..], "");
    }
    if dice.chance(5) {
        let witness = data_encoding::HEXLOWER.encode(&lots::commitment(&WITNESSED));
        for id in ["id = \"vong-1\"", "id = \"vong-2\""] {
            folder = folder.with_plan(id, &format!("{id}\nlot_witnesses = [\"{witness}\"]"));
        }
    }
    if seed >= NEWER {
        folder = with_newer_rules(&folder, dice);
    }
    if seed >= OWN {
        folder = with_own_attempts(&folder, dice);
    }
    let reading = plan_file::read(&folder.text("contest.toml"));
    reading.plan.unwrap_or_else(|| panic!("{:?}", reading.errors))
}

/// The same with rules that not every contest has.
fn with_newer_rules(folder: &Folder, dice: &mut Dice) -> Folder {
    let more = dice.of(&["complete = \"required\"", "per_day = 1", "per_day = 1\ncomplete = \"required\""]);
    let plan = folder.text("contest.toml");
    let plan = plan.replace("per_round = 3", &format!("per_round = 3\n{more}"));
    let plan = plan.replace("target = \"attempts\"", "target = \"perfect_attempts\"");
    let round = dice.of(&["[\"vong-1\"]", "[\"vong-2\"]", "[\"vong-2\", \"vong-1\"]"]);
    let plan = plan.replace("tier = \"second\"", &format!("tier = \"second\"\nrounds = {round}"));
    folder.clone().with_file("contest.toml", plan.replace("\"submitted_at asc\"", "\"started_at asc\""))
}

/// The same with a second round of which some keys of `[attempt]` are other.
fn with_own_attempts(folder: &Folder, dice: &mut Dice) -> Folder {
    let keys = [
        dice.of(&["questions = 3", "questions = 5"]),
        dice.of(&["points = 3", "points = 1000"]),
        dice.of(&["minutes = 0", "minutes = 10", "minutes = 20"]),
        dice.of(&["per_round = 0", "per_round = 5"]),
        dice.of(&["per_day = 0", "per_day = 1", "per_day = 3"]),
        dice.of(&["complete = \"free\"", "complete = \"required\""]),
        dice.of(&["counted = \"best\"", "counted = \"first\"", "counted = \"last\""]),
    ];
    let own = format!("bank = \"bank-2.csv\"\nattempt = {{ {} }}", keys.join(", "));
    folder.clone().with_plan("bank = \"bank-2.csv\"", &own)
}

fn random_units(dice: &mut Dice) -> UnitTree {
    let code = |text: &str| UnitCode::parse(text).expect("a code");
    let mut unit = |own: &str, parent: Option<&str>, level: Option<&str>| Unit {
        code: code(own),
        name: format!("Đơn vị “{own}”, tổ \"1\""),
        parent: parent.map(code),
        level: level.map(str::to_owned),
        members: dice.chance(6).then(|| 3 + dice.below(20) as u64),
        added_at: None,
    };
    let units = vec![
        unit("tp", None, Some("city")),
        unit("bắc", Some("tp"), Some("ward")),
        unit("nam", Some("tp"), Some("ward")),
        unit("tây", Some("tp"), Some("ward")),
        unit("tổ \"1\"", Some("nam"), Some("block")),
        unit("tổ 2, 3", Some("tây"), None),
    ];
    UnitTree::new(units).expect("a sound tree")
}

fn question(place: usize) -> QuestionId {
    // Names that sort otherwise as numbers than as texts.
    QuestionId::parse(&format!("{}", place * 7)).expect("an id")
}

fn random_set(dice: &mut Dice) -> OptionSet {
    OptionSet([1, 2, 4, 5, 6][dice.below(5)])
}

fn random_key(dice: &mut Dice) -> AnswerKey {
    (0..QUESTIONS).map(|place| (question(place), random_set(dice))).collect()
}

struct Game {
    plan: Plan,
    keys: ContestKeys,
    signer: SigningKey,
    units: UnitTree,
    key: AnswerKey,
    nonce: [u8; 32],
}

/// Who has won in the editions of earlier rounds that later ones follow.
#[derive(Default)]
struct PassedOver {
    codes: BTreeSet<ContestantId>,
    follows: Vec<Followed>,
}

impl PassedOver {
    /// A decision may have come after the next round was ranked: any edition may be the one that it follows.
    fn follow(&mut self, round: &Round, mut winners: Vec<Vec<ContestantId>>, dice: &mut Dice) {
        let place = dice.below(winners.len());
        self.codes.extend(winners.swap_remove(place));
        let edition = u32::try_from(place + 1).expect("few");
        self.follows.push(Followed { round: round.id.clone(), edition });
    }
}

/// What is decided and drawn up to a version.
#[derive(Default)]
struct Known {
    decisions: Vec<Decision>,
    drawn: Option<LotDraw>,
}

/// One accepted sheet.
struct Sheet {
    person: PersonIndex,
    number: u16,
    started_at: Timestamp,
    received_at: Timestamp,
    answers: Vec<(QuestionId, OptionSet)>,
    prediction: Option<Prediction>,
}

impl Game {
    fn banks(&self) -> BTreeMap<RoundId, BankFacts> {
        let commitment = data_encoding::HEXLOWER.encode(&key_commitment(&self.nonce, &self.key));
        let facts = BankFacts { question_count: QUESTIONS as u64, key_commitment: commitment };
        self.plan.rounds.iter().map(|round| (round.id.clone(), facts.clone())).collect()
    }

    /// What an operator would have signed who then left a sheet out, or changed it: a sound receipt with another line
    /// each time, signed again.
    fn broken_promises(&self, receipts: &[(String, String)]) -> [String; 3] {
        let Some((_, sound)) = receipts.iter().find(|(round, _)| *round == self.plan.rounds[0].id.as_str()) else {
            return Default::default();
        };
        let sound: Vec<&str> = sound.lines().take(7).collect();
        let sign = |place: usize, line: &str| {
            let mut lines = sound.clone();
            lines[place] = line;
            self.signer.sign(&format!("{}\n", lines.join("\n")))
        };
        [sign(3, "aaaaaaaaaaaaaaaa"), sign(6, &"0".repeat(64)), sign(5, "2026-03-04T01:00:00.001Z")]
    }

    fn people(&self, dice: &mut Dice) -> Vec<Person> {
        let units: Vec<UnitCode> = self.units.units().iter().map(|unit| unit.code.clone()).collect();
        let count = dice.below(40);
        let person = |number| {
            let contestant = ContestantId::parse(&format!("NGUOI-{number:03}")).expect("a code");
            Person {
                pseudonym: self.keys.pseudonym(&contestant),
                contestant,
                unit: dice.chance(9).then(|| units[dice.below(units.len())].clone()),
                registered_at: self.plan.registration.opens.plus_millis(dice.below(4) as i64),
                ranked: !dice.chance(1),
                won_before: false,
                forfeits: false,
                decided_place: None,
            }
        };
        (0..count).map(person).collect()
    }

    fn sheets(&self, round: &Round, people: &[Person], dice: &mut Dice) -> Vec<Sheet> {
        let attempt = self.plan.attempt_of(round);
        let mut sheets = Vec::new();
        for (person, _) in PersonIndex::all(people) {
            for number in 1..=u16::try_from(dice.below(4)).expect("few") {
                // With one attempt a day the second is of the next.
                let day = if attempt.per_day > 0 { i64::from(number) - 1 } else { 0 };
                let started_at = round.opens.plus_millis(day * 86_400_000 + dice.below(3) as i64 * 1_000);
                // Few different times, so that people tie; the last one falls into the grace.
                let most = match attempt.minutes {
                    0 => 905_000,
                    minutes => i64::from(minutes) * 60_000 + 5_000,
                };
                let lasts = [30_000, 30_000, 60_000, most][dice.below(4)];
                let mut asked: Vec<usize> = (0..QUESTIONS).collect();
                for last in (1..asked.len()).rev() {
                    asked.swap(last, dice.below(last + 1));
                }
                asked.truncate(self.plan.paper_of(round).questions as usize);
                let mut answers: Vec<_> = asked.into_iter().map(|place| self.answer(question(place), dice)).collect();
                answers.sort_unstable();
                let target = self.plan.rules.prediction.map_or(PredictionTarget::Attempts, |rules| rules.target);
                let scale = Prediction::parts_of_one(target).div_ceil(2);
                let prediction =
                    dice.chance(8).then(|| Prediction::from_parts(dice.below(40) as u64 * scale + scale / 7));
                let received_at = started_at.plus_millis(lasts);
                sheets.push(Sheet { person, number, started_at, received_at, answers, prediction });
            }
        }
        sheets
    }

    /// Right more often than by chance, so that perfect sheets exist; sometimes left out.
    fn answer(&self, question: QuestionId, dice: &mut Dice) -> (QuestionId, OptionSet) {
        let right = self.key[&question];
        let chosen = match dice.below(10) {
            0 => OptionSet::EMPTY,
            1 | 2 => random_set(dice),
            _ => right,
        };
        (question, chosen)
    }

    /// One to three versions; who wins in one of them is passed over in the rounds that follow, and each round says in
    /// which. Returns the receipts with the versions.
    fn publish_round(
        &self,
        site: &Path,
        round: &Round,
        registered: &[Person],
        winners: &mut PassedOver,
        dice: &mut Dice,
    ) -> (Vec<(String, String)>, Versions) {
        let people = self.passing_over(winners, registered);
        let sheets = self.sheets(round, &people, dice);
        let sealed: Vec<SealedSubmission<'_>> =
            sheets.iter().map(|sheet| self.sealed(round, registered, sheet)).collect();
        let (ledger, root, checkpoint) = self.ledger(round, &people, &sheets, &sealed);
        let folder = site.join(format!("contests/{}/rounds/{}", self.plan.id, round.id));
        let (mut pointer, mut known, mut at_closing) = (None::<RoundPointer>, Known::default(), None);
        let (registered_people, mut before) = (people, None::<VersionBefore>);
        let (follows, mut by_edition, mut adds) = (winners.follows.clone(), Vec::new(), Vec::new());
        for number in 1..=u32::try_from(1 + dice.below(3)).expect("few") {
            let (reason, status) = self.add_to(&mut known, number, round, &registered_people, dice);
            let decided: Vec<&Decision> = known.decisions.iter().collect();
            let (drawn, ruling) = (known.drawn.as_ref(), Ruling::of_decisions(&decided, &round.id));
            let people: Vec<Person> = registered_people.iter().map(|person| ruling.person(person)).collect();
            let earlier: Vec<PointerEntry> = pointer.iter().flat_map(|pointer| pointer.history.clone()).collect();
            let mut attempts = self.scored(round, &sheets, &ruling.marking(self.key.clone()));
            ruling.strike(&people, &mut attempts);
            let tickets = drawn.map(|drawn| lots::tickets(&people, &drawn.value(), &root));
            let (rules, attempt, units) = (&self.plan.rules, self.plan.attempt_of(round), &self.units);
            let (people, attempts, lots, of) = (&people, &attempts, tickets.as_deref(), &round.id);
            let input = RoundInput { rules, attempt, round: of, units, people, attempts, lots, at_closing };
            let result = rank_round(&input);
            at_closing = at_closing.or(Some(result.totals));
            adds.push((TakenRound::of(&round.id, &input, &result), status));
            let version = RoundVersion {
                contest: &self.plan.id,
                round: &round.id,
                number,
                rounding: self.plan.rounding,
                input,
                result: &result,
                earlier: &earlier,
                before: before.as_ref(),
                reason: reason.as_deref(),
                status,
                closed_at: round.closes,
                published_at: round.publishes,
            };
            let names = winner_names(people, &result);
            by_edition.push(names.keys().cloned().collect::<Vec<_>>());
            let signed = (&ledger[..], &root, checkpoint.as_str());
            let files = self.files(&version, &names, &decided, signed, (drawn, &follows));
            let manifest = write_version(&folder.join(format!("v{number}")), &files);
            let file = |name: &str| &files.iter().find(|file| file.name == name).expect("a file").bytes;
            before = VersionBefore::read(file("results.json"), file("ranking.csv")).ok();
            let at = round.publishes.plus_millis(i64::from(number));
            pointer = Some(RoundPointer::moved(pointer.as_ref(), number, status, &manifest, reason.as_deref(), at));
        }
        let pointer = pointer.expect("a version");
        write(&folder.join("index.json"), &pointer.to_json());
        if self.plan.rules.ranking.one_prize_per_person == OnePrize::Contest {
            winners.follow(round, by_edition, dice);
        }
        let (closes, drawn) = (round.closes, self.drawn(round));
        let versions = Versions { round: round.id.clone(), closes, pointer, root, drawn, adds };
        (self.receipts(round, &sealed), versions)
    }

    fn passing_over(&self, winners: &PassedOver, registered: &[Person]) -> Vec<Person> {
        let mut people = registered.to_vec();
        if self.plan.rules.ranking.one_prize_per_person == OnePrize::Contest {
            people.iter_mut().for_each(|person| person.won_before = winners.codes.contains(&person.contestant));
        }
        people
    }

    /// Each with the round that it is of.
    fn receipts(&self, round: &Round, sealed: &[SealedSubmission<'_>]) -> Vec<(String, String)> {
        sealed.iter().map(|sheet| (round.id.to_string(), self.signer.sign(&sheet.receipt_text()))).collect()
    }

    fn files(
        &self,
        version: &RoundVersion<'_>,
        names: &BTreeMap<ContestantId, String>,
        decided: &[&Decision],
        (ledger, ledger_root, checkpoint): (&[u8], &[u8; 32], &str),
        (drawn, follows): (Option<&LotDraw>, &[Followed]),
    ) -> Vec<PublishedFile> {
        let Ruling { rekeyed, voided, .. } = &Ruling::of_decisions(decided, version.round);
        let opened = OpenedKey { key: &self.key, rekeyed, voided, notes: &BTreeMap::new(), nonce: &self.nonce };
        let decisions = decisions_json(version.contest, version.round, decided, |code| self.keys.pseudonym(code));
        let decisions = (!decided.is_empty()).then_some(&decisions);
        let (banks, public_key) = (self.banks(), self.signer.verifier());
        let lots = lots::commitments(&self.plan, &self.keys);
        let commitments = Commitments { banks: &banks, lots: &lots, public_key: &public_key };
        let evidence =
            Evidence { plan: &self.plan, ledger, ledger_root, checkpoint, commitments, drawn, follows, decisions };
        version_files(version, names, Some(&opened), &evidence)
    }

    /// What a version adds; why there is it, and what the results are then.
    fn add_to(
        &self,
        known: &mut Known,
        number: u32,
        round: &Round,
        people: &[Person],
        dice: &mut Dice,
    ) -> (Option<String>, Status) {
        match number {
            1 => (None, Status::Provisional),
            2 if self.drawn(round).is_some() => {
                known.drawn = self.drawn(round);
                (Some(DRAW_REASON.to_owned()), Status::Provisional)
            }
            _ if dice.chance(1) => (Some(EARLIER_ROUND_REASON.to_owned()), Status::Provisional),
            _ => {
                let decision = self.decision(number, round, people, dice);
                let recognizes = decision.changes.iter().any(|change| change.action == Action::Recognize);
                let reason = decision.reason(&round.id);
                known.decisions.push(decision);
                (Some(reason), if recognizes { Status::Official } else { Status::Provisional })
            }
        }
    }

    /// A decision about random people and questions; some of it about nobody who plays.
    fn decision(&self, number: u32, round: &Round, people: &[Person], dice: &mut Dice) -> Decision {
        let mut change = || {
            let person = match people.len() {
                0 => ContestantId::parse("NGUOI-999").expect("a code"),
                count => people[dice.below(count)].contestant.clone(),
            };
            let attempt = dice.chance(4).then(|| u16::try_from(1 + dice.below(3)).expect("few"));
            let action = match dice.below(9) {
                0 | 1 => Action::Disqualify(person, attempt),
                2 => Action::Reinstate(person, attempt),
                3 => Action::Void(question(dice.below(QUESTIONS))),
                4 => Action::Rekey(question(dice.below(QUESTIONS)), random_set(dice)),
                5 | 6 => Action::Order(person, u32::try_from(1 + dice.below(3)).expect("few")),
                7 => Action::Forfeit(person),
                _ => Action::Recognize,
            };
            Change { round: round.id.clone(), action, reason: format!("Lý do “{number}.{}”", dice.below(2)) }
        };
        let changes = std::iter::repeat_with(&mut change).take(number as usize * 2).collect();
        let number = Some(format!("{number}/QĐ-BTC"));
        Decision { number, decided_on: None, at: round.publishes, changes }
    }

    /// The draw of a contest that has one.
    fn drawn(&self, round: &Round) -> Option<LotDraw> {
        let draws = self.plan.rules.ranking.unbroken_tie == UnbrokenTie::Lot;
        let witnessed = round.lot_witnesses.iter().map(|_| WITNESSED).collect();
        draws.then(|| LotDraw { secret: self.keys.lot_secret(&round.id), witnessed, beacon: None })
    }

    fn sealed<'a>(&'a self, round: &'a Round, people: &'a [Person], sheet: &'a Sheet) -> SealedSubmission<'a> {
        let person = sheet.person.of(people);
        SealedSubmission {
            contest: &self.plan.id,
            round: &round.id,
            pseudonym: person.pseudonym.clone(),
            attempt: sheet.number,
            started_at: sheet.started_at,
            received_at: sheet.received_at,
            answers: sheet.answers.iter().map(|(question, set)| (question, *set)).collect(),
            prediction: sheet.prediction.zip(self.plan.rules.prediction.map(|rules| rules.target)),
            salt: self.keys.salt(&round.id, &person.contestant, sheet.number),
        }
    }

    fn ledger(
        &self,
        round: &Round,
        people: &[Person],
        sheets: &[Sheet],
        sealed: &[SealedSubmission<'_>],
    ) -> (Vec<u8>, [u8; 32], String) {
        let mut of_unit: BTreeMap<&UnitCode, BTreeSet<PersonIndex>> = BTreeMap::new();
        for sheet in sheets {
            if let Some(unit) = &sheet.person.of(people).unit {
                of_unit.entry(unit).or_default().insert(sheet.person);
            }
        }
        let told = |sheet: &Sheet| {
            let unit = sheet.person.of(people).unit.as_ref()?;
            (of_unit[unit].len() >= ledger::LEAST_PEOPLE_OF_A_UNIT).then_some(unit)
        };
        let mut lines: Vec<(&str, u16, String)> = sheets
            .iter()
            .zip(sealed)
            .map(|(sheet, sealed)| (sealed.pseudonym.as_str(), sheet.number, ledger::line(sealed, told(sheet))))
            .collect();
        lines.sort();
        let root = ledger::root(lines.iter().map(|(_, _, line)| line.as_str()));
        let origin = ledger::origin(&self.plan.id, &round.id);
        let checkpoint = self.signer.sign(&ledger::checkpoint_text(&origin, lines.len() as u64, &root));
        (lines.into_iter().flat_map(|(_, _, line)| format!("{line}\n").into_bytes()).collect(), root, checkpoint)
    }

    fn scored(&self, round: &Round, sheets: &[Sheet], marking: &Marking) -> Vec<ScoredAttempt> {
        let score = |sheet: &Sheet| {
            let right = sheet.answers.iter().filter(|(question, chosen)| marking.is_right(question, *chosen)).count();
            ScoredAttempt {
                person: sheet.person,
                number: sheet.number,
                started_at: sheet.started_at,
                duration_ms: attempt::duration_ms(self.plan.attempt_of(round), sheet.started_at, sheet.received_at),
                submitted_at: sheet.received_at,
                right: u16::try_from(right).expect("few"),
                questions: u16::try_from(sheet.answers.len()).expect("few"),
                prediction: sheet.prediction,
                struck: false,
                incomplete: self.plan.attempt_of(round).complete == Complete::Required && leaves_open(sheet, marking),
            }
        };
        sheets.iter().map(score).collect()
    }
}

/// Whether a question that is not voided has no answer.
fn leaves_open(sheet: &Sheet, marking: &Marking) -> bool {
    sheet.answers.iter().any(|(question, chosen)| chosen.is_empty() && !marking.voided.contains(question))
}

/// Returns the hash of the manifest, which is the last of the files.
pub(super) fn write_version(folder: &Path, files: &[PublishedFile]) -> String {
    files.iter().for_each(|file| write(&folder.join(file.name), &file.bytes));
    files.last().expect("a manifest").sha256()
}

fn winner_names(people: &[Person], result: &RoundResult) -> BTreeMap<ContestantId, String> {
    let winner = |place: RankingPlace| place.of(&result.ranking).person.of(people).contestant.clone();
    result.winners.iter().map(|won| winner(won.place)).map(|code| (code.clone(), format!("Người “{code}”"))).collect()
}
