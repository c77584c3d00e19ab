//! `contest.toml`: the plan as organizers write it (`CONTRACT.md` 3.1).
//!
//! The uploaded text is the stored form of a plan: every function reads the same text by [`read`], so
//! that no second format can drift from the first. Reading finds every error at once. What decides
//! money (prediction, ties, least age, the units' measure, times) has no default (`DOMAIN.md` 5.1).

mod attempt;
mod checks;
mod contact;
mod documents;
mod given;
mod page;
mod promises;
mod registration;
mod section;
mod slips;

use crate::bank::BankFormat;
use crate::fraction::RoundingMode;
use crate::ids::{ContestId, RoundId};
use crate::plan::*;
use crate::problem::{Problem, ProblemKind};
use crate::time::Timestamp;
use chrono_tz::Tz;
use data_encoding::HEXLOWER_PERMISSIVE;
use section::{Found, Missing, Report, Section, Word, word};
use slips::Mended;
use toml::de::{DeTable, DeValue};
use unicode_normalization::UnicodeNormalization;

/// The schema that [`read`] understands.
pub const SCHEMA: &str = "hoithi/contest/1";

/// Greatest number of points, attempts, prizes and the like: larger ones are slips of the finger.
pub(crate) const MAX_COUNT: u64 = 1_000_000;
/// Longest attempt: a day.
pub(crate) const MAX_MINUTES: u64 = 1_440;
/// Longest grace: it is for a submission in flight, not for more answers.
pub(crate) const MAX_GRACE_SECONDS: u64 = 300;
/// Most attempts in a round: the number has four digits in the attempt's key.
pub(crate) const MAX_ATTEMPTS: u64 = 9_999;
/// Longest that personal data may be kept after the last results: ten years.
pub(crate) const MAX_KEEP_DAYS: u64 = 3_650;
/// How long it is kept where nothing is said: a year, in which complaints are settled and prizes paid.
pub(crate) const KEEP_DAYS: u32 = 365;
/// Greatest age in a rule.
pub(crate) const MAX_AGE: u64 = 120;
/// Greatest amount of one prize in đồng: a hundred thousand million.
pub(crate) const MAX_AMOUNT: u64 = 100_000_000_000;
/// Most points for one percent of a unit's members.
pub(crate) const MAX_PERCENT_POINTS: u64 = 1_000;

word!(
    RoundingMode,
    RegistrationMode,
    Field,
    UnitBasis,
    Exclusion,
    Complete,
    Counted,
    Draw,
    RevealScore,
    RevealKey,
    PredictionTarget,
    PredictionCounted,
    ActualAt,
    Equidistant,
    RankingKey,
    Eligible,
    UnbrokenTie,
    OnePrize,
    LotBeacon,
    Scope,
    Measure,
    OverallScore,
    OverallKey,
    Head,
    CertificatePaper,
);

/// What reading a plan leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanReading {
    /// The plan, present exactly where every value could be read. An upload is accepted only without
    /// errors; a plan that was accepted before something became an error is carried out.
    pub plan: Option<Plan>,
    /// What could be read, with stand-ins for the rest: other files are judged against it, so that one
    /// slip hides no other.
    pub draft: Option<Plan>,
    /// Every error, ordered by line.
    pub errors: Vec<Problem>,
    /// Every warning, ordered by line.
    pub warnings: Vec<Problem>,
}

/// The text as it is stored and read: NFC, without a byte order mark, with plain spaces.
pub fn clean(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace('\u{a0}', " ").nfc().collect()
}

/// Reads the text of `contest.toml`.
pub fn read(text: &str) -> PlanReading {
    let text = clean(text);
    let Mended { text: mended, problems: slips } = slips::mended(&text);
    let report = Report::new(mended.as_ref().unwrap_or(&text));
    slips.into_iter().for_each(|Problem { place, kind }| report.error(place, kind));
    let draft = mended.as_ref().and_then(|text| {
        let (root, _) = DeTable::parse_recoverable(text);
        contest(&mut Section::new("", 0, root.get_ref(), &report))
    });
    let Found { errors, warnings, is_sound } = report.into_found();
    PlanReading { plan: draft.clone().filter(|_| is_sound), draft, errors, warnings }
}

/// The line of a key in the text of a plan, such as `ranking.order` or, in the second of several tables,
/// `collective.1.level`; `None` where there is no such key.
pub fn line_of(text: &str, path: &str) -> Option<u32> {
    let text = clean(text);
    let (root, _) = DeTable::parse_recoverable(&text);
    let mut keys = path.split('.');
    let mut item = root.get_ref().get(keys.next()?)?;
    for key in keys {
        item = match (item.get_ref().as_array(), key.parse::<usize>()) {
            (Some(entries), Ok(place)) => entries.get(place)?,
            _ => item.get_ref().as_table()?.get(key)?,
        };
    }
    Some(Report::new(&text).line_of(item.span().start))
}

/// Every key and entry of the text with its line, as [`line_of`] names them; none where it is no TOML.
pub fn lines(text: &str) -> Vec<(String, u32)> {
    fn below(above: &str, name: &str, item: &toml::Spanned<DeValue<'_>>, found: &mut Vec<(String, usize)>) {
        let path = if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") };
        found.push((path.clone(), item.span().start));
        match item.get_ref() {
            DeValue::Table(table) => table.iter().for_each(|(key, item)| below(&path, key.get_ref(), item, found)),
            DeValue::Array(entries) => {
                let tables = entries.iter().enumerate().filter(|(_, entry)| entry.get_ref().is_table());
                tables.for_each(|(place, entry)| below(&path, &place.to_string(), entry, found));
            }
            _ => {}
        }
    }
    let text = clean(text);
    let (root, faults) = DeTable::parse_recoverable(&text);
    if !faults.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::new();
    root.get_ref().iter().for_each(|(key, item)| below("", key.get_ref(), item, &mut found));
    let report = Report::new(&text);
    found.into_iter().map(|(path, byte)| (path, report.line_of(byte))).collect()
}

fn contest(top: &mut Section<'_>) -> Option<Plan> {
    top.parsed("schema", Missing::Error, |text| {
        if text == SCHEMA { Ok(()) } else { Err(ProblemKind::UnknownSchema { expected: SCHEMA }) }
    });
    let id =
        top.parsed("id", Missing::Stands(unnamed()), |text| ContestId::parse(text).map_err(|_| ProblemKind::InvalidId));
    let name = top.text("name", Missing::Stands(String::new()));
    let organizer = top.text("organizer", Missing::Stands(String::new()));
    let time_zone = top.parsed("time_zone", Missing::Means(Tz::Asia__Ho_Chi_Minh), |text| {
        text.parse().map_err(|_| ProblemKind::UnknownTimeZone)
    });
    if time_zone.is_some_and(|zone| is_offset(zone.name())) {
        top.refuse("time_zone", ProblemKind::ZoneIsOffset);
    }
    let language = top.parsed("language", Missing::Means("vi".to_owned()), |text| match text {
        "vi" => Ok(text.to_owned()),
        _ => Err(ProblemKind::UnknownWord { word: text.to_owned(), allowed: vec!["vi"] }),
    });
    let zone = time_zone.unwrap_or(Tz::Asia__Ho_Chi_Minh);
    let announced = top.optional_instant("announced", zone);
    let reading_list = top.list("reading_list", Missing::Means(Vec::new()), |text| Ok(text.to_owned()));
    let rounding = top.word("rounding", Missing::Means(RoundingMode::Truncate));

    let mut sections = Sections::of(top);
    top.finish();
    let contact = sections.contact.as_mut().map(contact::contact);
    let page = sections.page.as_mut().map(page::page);
    let registration = sections.registration.as_mut().and_then(|section| registration::registration(section, zone));
    let attempt = sections.attempt.as_mut().and_then(attempt::attempt);
    let prediction = sections.prediction.as_mut().map(prediction);
    let ranking = sections.ranking.as_mut().and_then(ranking);
    let rounds: Vec<RoundDraft> =
        sections.rounds.iter_mut().map(|section| round(section, zone, attempt.as_ref())).collect();
    let given = given::read(&mut sections, &rounds);
    let documents = sections.documents.as_mut().map(documents::documents);
    let certificates = sections.certificates.iter_mut().map(documents::certificate).collect::<Vec<_>>();
    sections.finish();

    checks::rounds(top, &sections.rounds, &rounds);
    let times_known = rounds.iter().all(|round| round.has_times);
    checks::given(top, &sections, &given);
    documents::certificates(&sections.certificates, &certificates, rounds.len());
    let plan = Plan {
        id: id?,
        name: name?,
        organizer: organizer?,
        time_zone: time_zone?,
        language: language?,
        announced,
        contact,
        page: page.unwrap_or_default(),
        reading_list: reading_list?,
        rounding: rounding?,
        registration: registration?,
        attempt: UsualAttempt::new(attempt?),
        rules: Rules {
            prediction: prediction.flatten(),
            ranking: ranking?,
            prizes: given::whole(given.prizes),
            collective: given::whole(given.collective),
            overall: given.overall,
        },
        rounds: rounds.into_iter().map(|round| round.value).collect(),
        commendation: given::whole(given.commendation),
        documents: documents.unwrap_or_default(),
        certificates: given::whole(certificates),
    };
    checks::whole(&plan, top, &sections, times_known);
    Some(plan)
}

/// Whether a zone is the time of no place, but a number of hours.
fn is_offset(zone: &str) -> bool {
    let bare = ["UTC", "UCT", "Universal", "Zulu", "Greenwich", "EST", "MST", "HST"];
    zone.contains("GMT") || zone.starts_with("Etc/") || bare.contains(&zone)
}

/// The tables of the file, kept so that a check across several can name the place.
struct Sections<'a> {
    contact: Option<Section<'a>>,
    page: Option<Section<'a>>,
    registration: Option<Section<'a>>,
    attempt: Option<Section<'a>>,
    prediction: Option<Section<'a>>,
    ranking: Option<Section<'a>>,
    rounds: Vec<Section<'a>>,
    prizes: Vec<Section<'a>>,
    collective: Vec<Section<'a>>,
    commendation: Vec<Section<'a>>,
    overall: Option<Section<'a>>,
    documents: Option<Section<'a>>,
    certificates: Vec<Section<'a>>,
}

impl<'a> Sections<'a> {
    fn of(top: &mut Section<'a>) -> Self {
        Self {
            contact: top.table("contact", "contact", false),
            page: top.table("page", "page", false),
            registration: top.table("registration", "registration", true),
            attempt: top.table("attempt", "attempt", true),
            prediction: top.table("prediction", "prediction", false),
            ranking: top.table("ranking", "ranking", true),
            rounds: top.tables("rounds", "rounds", true),
            prizes: top.tables("prizes", "prizes", false),
            collective: top.tables("collective", "collective", false),
            commendation: top.tables("commendation", "commendation", false),
            overall: top.table("overall", "overall", false),
            documents: top.table("documents", "documents", false),
            certificates: top.tables("certificates", "certificates", false),
        }
    }

    fn finish(&self) {
        let single = [
            &self.contact,
            &self.page,
            &self.registration,
            &self.attempt,
            &self.prediction,
            &self.ranking,
            &self.overall,
            &self.documents,
        ];
        let lists = [&self.rounds, &self.prizes, &self.collective, &self.commendation, &self.certificates];
        single.into_iter().flatten().chain(lists.into_iter().flatten()).for_each(Section::finish);
    }
}

/// What stands for an id that is missing or none.
fn unnamed() -> ContestId {
    ContestId::parse("unnamed").expect("an id")
}

fn prediction(section: &mut Section<'_>) -> Option<PredictionRules> {
    let target = section.word("target", Missing::Stands(PredictionTarget::Contestants));
    let counted = section.word("counted", Missing::Stands(PredictionCounted::First));
    let actual = section.word("actual", Missing::Stands(ActualAt::Publication));
    let equidistant = section.word("equidistant", Missing::Stands(Equidistant::Tie));
    Some(PredictionRules { target: target?, counted: counted?, actual: actual?, equidistant: equidistant? })
}

fn ranking(section: &mut Section<'_>) -> Option<RankingRules> {
    let order = section.words("order", Missing::Stands(Vec::new()));
    let eligible = section.word("eligible", Missing::Stands(Eligible::Perfect));
    let unbroken_tie = section.word("unbroken_tie", Missing::Stands(UnbrokenTie::Organizers));
    let one_prize_per_person = section.word("one_prize_per_person", Missing::Stands(OnePrize::None));
    let lot_beacon = section.word("lot_beacon", Missing::Means(LotBeacon::None));
    let rules = RankingRules {
        order: order?,
        eligible: eligible?,
        unbroken_tie: unbroken_tie?,
        one_prize_per_person: one_prize_per_person?,
        lot_beacon: lot_beacon?,
    };
    checks::ranking(&rules, section);
    Some(rules)
}

/// A round as far as it could be read.
struct RoundDraft {
    /// With stand-ins.
    value: Round,
    has_id: bool,
    has_times: bool,
}

fn round(section: &mut Section<'_>, zone: Tz, usual: Option<&RoundAttempt>) -> RoundDraft {
    let id = section.parsed("id", Missing::Error, round_id);
    let name = section.text("name", Missing::Error);
    let opens = section.instant("opens", zone);
    let closes = section.instant("closes", zone);
    let publishes = section.instant("publishes", zone);
    let bank = section.parsed("bank", Missing::Error, |text| match is_bank(text) {
        true => Ok(text.to_owned()),
        false => Err(ProblemKind::InvalidFileName),
    });
    let lot_witnesses = section.list("lot_witnesses", Missing::Means(Vec::new()), hash);
    let attempt = attempt::of_round(section, usual);
    checks::times(section, opens, closes, publishes);
    promises::last_minute(section, closes, zone);
    let (has_id, has_times) = (id.is_some(), opens.is_some() && closes.is_some() && publishes.is_some());
    let value = Round {
        id: id.unwrap_or_else(|| round_id("unnamed").expect("an id")),
        name: name.unwrap_or_default(),
        opens: opens.unwrap_or(Timestamp::from_millis(0)),
        closes: closes.unwrap_or(Timestamp::from_millis(0)),
        publishes: publishes.unwrap_or(Timestamp::from_millis(0)),
        bank: bank.unwrap_or_default(),
        lot_witnesses: lot_witnesses.unwrap_or_default(),
        attempt,
    };
    RoundDraft { value, has_id, has_times }
}

/// A SHA-256 or a value of the same length, in 64 hexadecimal digits.
///
/// # Errors
/// Where it is anything else.
pub fn hash(text: &str) -> Result<[u8; 32], ProblemKind> {
    let bytes = HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok();
    bytes.and_then(|bytes| bytes.try_into().ok()).ok_or(ProblemKind::InvalidHash)
}

fn round_id(text: &str) -> Result<RoundId, ProblemKind> {
    RoundId::parse(text).map_err(|_| ProblemKind::InvalidId)
}

/// Whether a text names a bank as a round may: a file, or a sheet of a workbook after `#`.
fn is_bank(text: &str) -> bool {
    match text.split_once('#') {
        Some((file, sheet)) => BankFormat::of(file).is_some_and(BankFormat::has_sheets) && !sheet.is_empty(),
        None => BankFormat::of(text).is_some(),
    }
}

#[cfg(test)]
mod borders;
#[cfg(test)]
mod own_attempts;
#[cfg(test)]
mod tests;
