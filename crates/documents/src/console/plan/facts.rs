//! What follows from a plan: its rounds, who takes part and who is ranked, sums of prizes, the line of moments, the load of
//! the busiest minutes. The console and `hoithi check` show the same.

use super::{Beside, Step};
use crate::words::format::{moment_in_line, typed_moment};
use crate::words::plan_facts;
use crate::words::plan_form::path_label;
use chrono_tz::Tz;
use contest::load::{self, Load};
use contest::plan::{CollectivePrize, Plan, PrizeTier, Round, Scope};
use contest::plan_edit::{self, At, Value};
use contest::plan_form::{self, Kind};
use contest::prizes::PrizeTotals;
use contest::time::{Timestamp, parse_local};
use serde::Serialize;

/// What an organizer should see of a plan besides its errors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// In their order.
    pub rounds: Vec<RoundFacts>,
    /// Who takes part, who is ranked, and by what, in words.
    pub who: Vec<WhoFact>,
    pub prizes: PrizeFacts,
    /// Every moment that can be read, in the order of time.
    pub timeline: Vec<Moment>,
    /// `null` where nobody knows how many people may come.
    pub peak: Option<Peak>,
}

/// A round and its times as they are printed, `08h30 Chủ nhật 26/12/2021`; `null` where one cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoundFacts {
    pub id: String,
    pub name: String,
    pub opens: Option<String>,
    pub closes: Option<String>,
    pub publishes: Option<String>,
}

/// One thing that the plan says about people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhoFact {
    /// What is told.
    pub label: String,
    pub text: String,
}

/// Prizes in đồng, without the extra ones that a tie may add.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PrizeFacts {
    /// Rounds, in each of which the prizes of a round are given.
    pub rounds: u64,
    /// Individual prizes that every round gives, by tier.
    pub each_round: Sum,
    /// Individual prizes that some rounds give and others do not, the same rounds together.
    pub some_rounds: Vec<RoundsSum>,
    /// Individual prizes that are given once.
    pub contest: Sum,
    /// Prizes of units, by competition.
    pub collective: Vec<UnitSum>,
    /// What commendations may cost.
    pub commendation: Vec<UnitSum>,
    /// All of it.
    pub total: u64,
    /// Whether every prize of the text could be read; where not, the sums lack whole lists.
    pub complete: bool,
}

/// Prizes and what they cost together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sum {
    pub prizes: Vec<Prize>,
    pub amount: u64,
}

/// Prizes that some rounds give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoundsSum {
    /// Their names.
    pub rounds: Vec<String>,
    pub prizes: Vec<Prize>,
    /// In all these rounds together.
    pub amount: u64,
}

/// The prizes of a tier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Prize {
    pub name: String,
    pub count: u32,
    /// Each.
    pub each: u64,
    pub amount: u64,
}

/// The prizes of a competition of units or of a commendation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitSum {
    pub id: String,
    /// How often they are given.
    pub times: u64,
    pub prizes: Vec<Prize>,
    /// All times together.
    pub amount: u64,
}

/// One moment of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moment {
    pub path: Vec<Step>,
    pub label: String,
    /// RFC 3339.
    pub at: String,
    /// `08h30 Chủ nhật 26/12/2021`
    pub words: String,
    /// As it is typed into the form: `08h30 26/12/2021`.
    pub typed: String,
}

/// The busiest minutes of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Peak {
    pub attempts: u64,
    pub requests_a_second: u64,
    /// Whether the deployment carries it.
    pub fits: bool,
}

impl Facts {
    /// What follows from a plan and its text.
    pub fn of_text(plan: &Plan, text: &str, beside: Beside<'_>) -> Self {
        Self::of(plan, &plan_edit::values(text).unwrap_or_default(), beside)
    }

    pub(super) fn of(plan: &Plan, values: &[(String, Value)], beside: Beside<'_>) -> Self {
        Self {
            rounds: plan.rounds.iter().map(|round| round_facts(round, plan.time_zone)).collect(),
            who: plan_facts::who(plan, load::people(plan, beside.roster, beside.units))
                .into_iter()
                .map(|(label, text)| WhoFact { label: label.to_owned(), text })
                .collect(),
            prizes: prizes(plan, values),
            timeline: timeline(plan.time_zone, values),
            peak: load::expected(plan, beside.roster, beside.units).map(|(attempts, load)| Peak {
                attempts,
                requests_a_second: load.requests,
                fits: load.beyond(beside.carried.unwrap_or(Load::BY_DEFAULT)).is_empty(),
            }),
        }
    }
}

fn round_facts(round: &Round, zone: Tz) -> RoundFacts {
    // A time that could not be read stands before everything.
    let known = |at: Timestamp| Some(at).filter(|at| at.millis() > 0);
    RoundFacts {
        id: round.id.to_string(),
        name: round.name.clone(),
        opens: known(round.opens).map(|at| moment_in_line(at, zone, false)),
        closes: known(round.closes).map(|at| moment_in_line(at, zone, true)),
        publishes: known(round.publishes).map(|at| moment_in_line(at, zone, false)),
    }
}

fn prizes(plan: &Plan, values: &[(String, Value)]) -> PrizeFacts {
    let totals = PrizeTotals::of(plan);
    let of = |scope: Scope, amount: u64| {
        let is_of = |tier: &&PrizeTier| tier.scope == scope && tier.rounds.is_empty();
        Sum { prizes: plan.rules.prizes.iter().filter(is_of).map(tier_prize).collect(), amount }
    };
    let unit_sum = |id: &str, scope: Scope, prizes: &[CollectivePrize]| {
        let times = if scope == Scope::Round { totals.rounds } else { 1 };
        let prizes: Vec<Prize> = prizes.iter().map(|of| prize(&of.name, of.count, of.amount)).collect();
        let amount = times * prizes.iter().map(|prize| prize.amount).sum::<u64>();
        UnitSum { id: id.to_owned(), times, prizes, amount }
    };
    let collective = plan.rules.collective.iter().map(|of| unit_sum(of.id.as_str(), of.scope, &of.prizes));
    let commendation = plan.commendation.iter().map(|of| unit_sum(of.id.as_str(), of.scope, &of.prizes));
    PrizeFacts {
        rounds: totals.rounds,
        each_round: of(Scope::Round, totals.each_round),
        some_rounds: plan.rules.prizes_by_rounds().into_iter().map(|tiers| rounds_sum(plan, &tiers)).collect(),
        contest: of(Scope::Contest, totals.contest),
        collective: collective.collect(),
        commendation: commendation.collect(),
        total: totals.total(),
        complete: is_complete(plan, values),
    }
}

/// What rounds give besides the prizes of every round; `tiers` are given in the same rounds.
fn rounds_sum(plan: &Plan, tiers: &[&PrizeTier]) -> RoundsSum {
    let rounds = tiers.first().map(|tier| &tier.rounds[..]).unwrap_or_default();
    let given = rounds.len() as u64;
    RoundsSum {
        rounds: rounds.iter().map(|id| plan.round(id).map_or(id.as_str(), |round| &round.name).to_owned()).collect(),
        prizes: tiers.iter().map(|tier| tier_prize(tier)).collect(),
        amount: given * tiers.iter().map(|tier| tier.worth()).sum::<u64>(),
    }
}

/// Whether as many prizes were read as stand in the text, in every list.
fn is_complete(plan: &Plan, values: &[(String, Value)]) -> bool {
    let of_units = |key: &str| -> Vec<usize> {
        let prizes = |entry: &Value| if let Value::Table(table) = entry { entries(table, "prizes").len() } else { 0 };
        entries(values, key).iter().map(prizes).collect()
    };
    let collective: Vec<usize> = plan.rules.collective.iter().map(|of| of.prizes.len()).collect();
    let commendation: Vec<usize> = plan.commendation.iter().map(|of| of.prizes.len()).collect();
    entries(values, "prizes").len() == plan.rules.prizes.len()
        && of_units("collective") == collective
        && of_units("commendation") == commendation
}

fn entries<'v>(table: &'v [(String, Value)], key: &str) -> &'v [Value] {
    match table.iter().find(|(name, _)| name == key) {
        Some((_, Value::List(entries))) => entries,
        _ => &[],
    }
}

fn tier_prize(tier: &PrizeTier) -> Prize {
    prize(&tier.name, tier.count, tier.amount)
}

fn prize(name: &str, count: u32, each: u64) -> Prize {
    Prize { name: name.to_owned(), count, each, amount: u64::from(count) * each }
}

fn timeline(zone: Tz, values: &[(String, Value)]) -> Vec<Moment> {
    let mut found = Vec::new();
    collect("", &mut Vec::new(), values, &mut found);
    let mut moments: Vec<_> =
        found.into_iter().filter_map(|(path, text)| Some((parse_local(&text, zone).ok()?, path))).collect();
    moments.sort_by_key(|(at, _)| *at);
    let moment = |(at, path): (_, Vec<At>)| {
        let is_end = matches!(path.last(), Some(At::Name(key)) if key == "closes");
        Moment {
            label: path_label(&path),
            path: path.into_iter().map(Step::from).collect(),
            at: Timestamp::rfc3339(at),
            words: moment_in_line(at, zone, is_end),
            typed: typed_moment(at, zone, is_end),
        }
    };
    moments.into_iter().map(moment).collect()
}

/// Every time of the text with its path; entries are named by their places, which no fault of an id touches.
fn collect(pattern: &str, path: &mut Vec<At>, table: &[(String, Value)], found: &mut Vec<(Vec<At>, String)>) {
    for (key, value) in table {
        let pattern = if pattern.is_empty() { key.clone() } else { format!("{pattern}.{key}") };
        path.push(At::Name(key.clone()));
        match (value, plan_form::find(&pattern).map(|key| key.kind)) {
            (Value::Text(text), Some(Kind::Moment)) => found.push((path.clone(), text.clone())),
            (Value::Table(table), _) => collect(&pattern, path, table, found),
            (Value::List(entries), Some(Kind::Tables)) => {
                for (place, entry) in entries.iter().enumerate() {
                    let Value::Table(table) = entry else { continue };
                    path.push(At::Place(place));
                    collect(&pattern, path, table, found);
                    path.pop();
                }
            }
            _ => {}
        }
        path.pop();
    }
}
