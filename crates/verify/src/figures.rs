//! Scores, ranks, prizes and units of a version, computed again and compared with every byte.

use crate::compare::same_text;
use crate::public::{Entry, FollowsLine, Results};
use crate::round::{Chain, Claims, Version};
use crate::{Broken, Files, Report, holds, public};
use contest::attempt::duration_ms;
use contest::ids::{ContestantId, Pseudonym, UnitCode};
use contest::ledger;
use contest::lots;
use contest::plan::{Complete, OnePrize, RankingKey};
use contest::ranking::rank_round;
use contest::result::{Person, PersonIndex, RoundInput, ScoredAttempt, Totals};
use contest::scoring::Marking;
use contest::taken::TakenRound;
use contest::time::Timestamp;
use documents::site::{PublishedFile, RoundVersion, ranking_csv, results_json, units_csv};
use documents::words::verify as words;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What a version came to.
pub(crate) struct Recomputed {
    pub(crate) totals: Totals,
    /// What it adds to the contest, where something is ranked over it.
    pub(crate) taken: Option<TakenRound>,
    /// People whose unit is told nowhere in the round.
    pub(crate) hidden_units: HashSet<Pseudonym>,
}

/// Recomputes a version and compares. Without a key only the entries of the ranking are looked up.
pub(crate) fn check(
    files: &Files<'_>,
    claims: &Claims,
    chain: &mut Chain,
    report: &mut Report<'_>,
) -> Result<Option<Recomputed>, Broken> {
    let Claims { version, frozen, marking, results, drawn, decided, .. } = claims;
    let listed: Listed = rows(version, "ranking.csv", 10)?.into_iter().map(|row| (row[1].clone(), row)).collect();
    let (people, hidden_units) = people(claims, &listed)?;
    won_before(files, claims, &people, report)?;
    ranked_as_decided(claims, &people, chain)?;
    let people: Vec<Person> = people.iter().map(|person| decided.ruling.person(person)).collect();
    let Some(marking) = marking else { return look_up(claims, &listed, report).map(|()| None) };
    let mut attempts = scored(claims, &people, marking)?;
    decided.ruling.strike(&people, &mut attempts);
    let root = ledger::root(version.text("ledger.jsonl")?.split_terminator('\n'));
    let tickets = drawn.as_ref().map(|drawn| lots::tickets(&people, &drawn.value(), &root));
    let input = RoundInput {
        rules: &frozen.rules,
        attempt: &frozen.attempt,
        round: &frozen.round.id,
        units: &frozen.units,
        people: &people,
        attempts: &attempts,
        lots: tickets.as_deref(),
        at_closing: chain.at_closing,
    };
    let mut result = rank_round(&input);
    let registered = results.totals.registered >= result.totals.contestants;
    holds(registered, &version.path("results.json"), words::FEWER_REGISTERED)?;
    result.totals.registered = results.totals.registered;
    let recomputed = RoundVersion {
        contest: &frozen.contest,
        round: &frozen.round.id,
        rounding: frozen.rounding,
        input,
        result: &result,
        number: version.number,
        earlier: &version.earlier,
        before: chain.before.as_ref(),
        reason: None,
        status: results.status,
        closed_at: frozen.round.closes,
        published_at: frozen.round.publishes,
    };
    same_file(version, &ranking_csv::ranking_csv(&recomputed))?;
    report.holds(words::ranking_holds(result.ranking.len()));
    if hidden_units.is_empty() {
        same_file(version, &units_csv::units_csv(&recomputed))?;
        report.holds(words::UNITS_HOLD);
    } else {
        report.note(words::units_hidden(hidden_units.len()));
    }
    same_results(claims, &recomputed, &people)?;
    report.holds(words::results_hold(result.winners.len()));
    let taken = frozen.rules.are_over_the_contest().then(|| TakenRound::of(&frozen.round.id, &input, &result));
    Ok(Some(Recomputed { totals: result.totals, taken, hidden_units }))
}

/// Rows of `ranking.csv` by pseudonym.
type Listed = HashMap<String, Vec<String>>;

fn rows(version: &Version, name: &str, columns: usize) -> Result<Vec<Vec<String>>, Broken> {
    let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(version.file(name)?);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| Broken::new(&version.path(name), error.to_string()))?;
        let row: Vec<String> = record.iter().map(str::to_owned).collect();
        holds(row.len() == columns, &version.path(name), words::COLUMN_COUNT)?;
        rows.push(row);
    }
    Ok(rows)
}

/// Everybody on the ledger, by pseudonym, and who of them have a unit that is nowhere told.
fn people(claims: &Claims, listed: &Listed) -> Result<(Vec<Person>, HashSet<Pseudonym>), Broken> {
    let Claims { version, frozen, entries, .. } = claims;
    let path = version.path("participants.csv");
    let on_ledger: BTreeMap<&str, &Entry> = entries.iter().map(|entry| (entry.pseudonym.as_str(), entry)).collect();
    let rows = rows(version, "participants.csv", 4)?;
    let same = rows.len() == on_ledger.len() && rows.iter().zip(on_ledger.keys()).all(|(row, name)| row[0] == **name);
    holds(same, &path, words::OTHER_PEOPLE)?;
    let asks_unit = frozen.public.fields.iter().any(|field| field == "unit");
    let compares_registration = frozen.rules.ranking.order.contains(&RankingKey::RegisteredAt);
    let mut hidden_units = HashSet::new();
    let mut people = Vec::with_capacity(rows.len());
    for (row, (name, entry)) in rows.iter().zip(&on_ledger) {
        let says = |detail: &str| Broken::new(&path, format!("{name}: {detail}"));
        let flag = |text: &str| match text {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(says(words::NOT_A_FLAG)),
        };
        let (ranked, won_before) = (flag(&row[1])?, flag(&row[2])?);
        let registered_at = match Timestamp::parse_rfc3339(&row[3]) {
            Some(at) => at,
            None if compares_registration => return Err(says(words::NO_REGISTERED_AT)),
            None => Timestamp::from_millis(0),
        };
        let unit = unit(version, entry, listed.get(*name))?;
        if unit.is_none() && ranked && asks_unit && !listed.contains_key(*name) {
            hidden_units.insert(entry.pseudonym.clone());
        }
        people.push(Person {
            contestant: ContestantId::parse(&name.to_uppercase()).map_err(|_| says(words::BAD_PSEUDONYM))?,
            pseudonym: entry.pseudonym.clone(),
            unit,
            registered_at,
            ranked,
            won_before,
            forfeits: false,
            decided_place: None,
        });
    }
    Ok((people, hidden_units))
}

/// The unit of somebody: small ones stand in the ranking alone.
fn unit(version: &Version, entry: &Entry, listed: Option<&Vec<String>>) -> Result<Option<UnitCode>, Broken> {
    let path = version.path("ranking.csv");
    let told = listed.map(|row| row[2].as_str()).filter(|unit| !unit.is_empty());
    let told = told.map(UnitCode::parse).transpose().map_err(|_| Broken::new(&path, words::BAD_UNIT))?;
    match (&entry.unit, told) {
        (Some(unit), Some(told)) if *unit != told => {
            Err(Broken::new(&path, format!("{}: {}", entry.pseudonym, words::OTHER_UNIT)))
        }
        (unit, told) => Ok(unit.clone().or(told)),
    }
}

/// Who is passed over must have won in the versions of earlier rounds that this one names, and who won there must be
/// passed over.
fn won_before(files: &Files<'_>, claims: &Claims, people: &[Person], report: &mut Report<'_>) -> Result<(), Broken> {
    let Claims { version, frozen, .. } = claims;
    let passes_over = frozen.rules.ranking.one_prize_per_person == OnePrize::Contest;
    let earlier = frozen.rounds.iter().filter(|earlier| passes_over && earlier.closes < frozen.round.closes);
    let named = earlier.map(|round| round.id.as_str()).eq(version.follows.iter().map(|line| line.round.as_str()));
    holds(named, &version.path("manifest.json"), words::BAD_FOLLOWS)?;
    let mut winners: BTreeSet<String> = BTreeSet::new();
    for FollowsLine { round, version, .. } in &version.follows {
        let path = format!("contests/{}/rounds/{round}/v{version}/results.json", frozen.contest);
        let Some(bytes) = files.find(&path)? else {
            report.note(words::earlier_round_missing(round));
            return Ok(());
        };
        let results: Results = public::json(&path, &bytes)?;
        winners.extend(results.winners.into_iter().map(|winner| winner.contestant));
    }
    for person in people.iter().filter(|_| passes_over) {
        let won = winners.contains(person.pseudonym.as_str());
        let detail = format!("{}: {}", person.pseudonym, words::OTHER_WINNERS);
        holds(won == person.won_before, &version.path("participants.csv"), detail)?;
    }
    Ok(())
}

/// Nobody is taken out or in but by a decision: the first version says who is ranked.
fn ranked_as_decided(claims: &Claims, people: &[Person], chain: &mut Chain) -> Result<(), Broken> {
    if claims.version.earlier.is_empty() {
        chain.ranked = people.iter().map(|person| (person.pseudonym.to_string(), person.ranked)).collect();
    }
    for person in people {
        let first = chain.ranked.get(person.pseudonym.as_str()).copied().unwrap_or(false);
        let ranked = claims.decided.ruling.ranked.get(&person.contestant).copied().unwrap_or(first);
        if person.ranked != ranked {
            let detail = format!("{}: {}", person.pseudonym, words::RANKED_NOT_DECIDED);
            return Err(Broken::new(&claims.version.path("participants.csv"), detail));
        }
    }
    Ok(())
}

fn scored(claims: &Claims, people: &[Person], marking: &Marking) -> Result<Vec<ScoredAttempt>, Broken> {
    let Claims { version, frozen, entries, .. } = claims;
    let indices: HashMap<&Pseudonym, PersonIndex> =
        PersonIndex::all(people).map(|(index, person)| (&person.pseudonym, index)).collect();
    let path = version.path("ledger.jsonl");
    let mut attempts = Vec::with_capacity(entries.len());
    for entry in entries {
        let mut right = 0;
        for (question, chosen) in &entry.answers {
            if !marking.key.contains_key(question) {
                return Err(Broken::new(&path, words::not_in_key(question)));
            }
            right += u16::from(marking.is_right(question, *chosen));
        }
        attempts.push(ScoredAttempt {
            person: indices[&entry.pseudonym],
            number: entry.attempt,
            started_at: entry.started_at,
            duration_ms: duration_ms(&frozen.attempt, entry.started_at, entry.submitted_at),
            submitted_at: entry.submitted_at,
            right,
            questions: u16::try_from(entry.answers.len()).unwrap_or(u16::MAX),
            prediction: entry.prediction,
            struck: false,
            incomplete: frozen.attempt.complete == Complete::Required && !entry.is_complete(&marking.voided),
        });
    }
    Ok(attempts)
}

fn same_results(claims: &Claims, recomputed: &RoundVersion<'_>, people: &[Person]) -> Result<(), Broken> {
    let codes: HashMap<&str, &ContestantId> =
        people.iter().map(|person| (person.pseudonym.as_str(), &person.contestant)).collect();
    let names: BTreeMap<ContestantId, String> = claims
        .results
        .winners
        .iter()
        .filter_map(|winner| Some(((*codes.get(winner.contestant.as_str())?).clone(), winner.full_name.clone()?)))
        .collect();
    same_file(&claims.version, &results_json::results_json(recomputed, &names))
}

fn same_file(version: &Version, computed: &PublishedFile) -> Result<(), Broken> {
    same_text(&version.path(computed.name), version.file(computed.name)?, &computed.bytes)
}

/// Without the key: what the ranking says of each submission must at least be on the ledger.
fn look_up(claims: &Claims, listed: &Listed, report: &mut Report<'_>) -> Result<(), Broken> {
    let Claims { version, frozen, entries, .. } = claims;
    let path = version.path("ranking.csv");
    let found: HashMap<(&str, String), &Entry> =
        entries.iter().map(|entry| ((entry.pseudonym.as_str(), entry.attempt.to_string()), entry)).collect();
    for (name, row) in listed {
        let entry = found.get(&(name.as_str(), row[9].clone()));
        let same = entry.is_some_and(|entry| {
            let duration = duration_ms(&frozen.attempt, entry.started_at, entry.submitted_at);
            row[7] == duration.to_string() && row[8] == entry.submitted_at.rfc3339()
        });
        holds(same, &path, format!("{name}: {}", words::NOT_ON_LEDGER))?;
    }
    report.holds(words::ranked_on_ledger(listed.len()));
    Ok(())
}
