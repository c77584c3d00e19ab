//! `POST /v1/organizer/contests/{c}/contestants/search`: somebody by their code, a number, or a name. Numbers are hashed
//! here as contestants' own are, and stand in no log: that says by what somebody was looked up, and never whom it named.

use super::card::Cards;
use super::walk::{self, Walk};
use crate::App;
use crate::caller::Caller;
use crate::contests::snapshot;
use crate::error::{ApiError, form, invalid};
use crate::log::Done;
use contest::form::{FormFault, FormField, WrongField};
use contest::ids::{ContestId, ContestantId, UnitCode};
use contest::organizers::look_up::{MOST_FOUND, PAGE_EVERY_MS, SearchEnd, SoughtName};
use contest::organizers::{Action, Chain};
use contest::people::{CitizenId, IdentifierKind, PhoneNumber, ValueFault};
use contest::units::UnitTree;
use documents::console::Refusal;
use documents::console::contestants::Found;
use function::http::{Reply, Request};
use serde::Deserialize;
use store::{ContestSnapshot, Profile, StoreError};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SearchForm {
    by: String,
    value: String,
    unit: Option<String>,
    next: Option<String>,
}

/// Whom somebody looks for.
enum Sought {
    /// A value in its one form.
    Value(IdentifierKind, String),
    Name(SoughtName),
}

/// Those who belong to a unit or to one below it, or everybody.
struct Within<'a> {
    units: &'a UnitTree,
    place: Option<usize>,
}

pub(crate) async fn search(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let (caller, id) = Caller::in_contest(app, request, Action::LookUp).await?;
    let form: SearchForm = form(request)?;
    let sought = Sought::read(&form)?;
    let contest = snapshot(app, &id).await?.ok_or(Refusal::NoSuchContest)?;
    let units = contest.units().await?;
    let within = Within::read(&units, form.unit.as_deref())?;
    let mut walk = match (&sought, &form.next) {
        (Sought::Name(name), Some(token)) => resumed(&contest, &walk::search_of(name, form.unit.as_deref()), token)?,
        (Sought::Value(..), Some(_)) => return Err(wrong("next", FormFault::UnknownField)),
        (_, None) => Walk::default(),
    };
    let too_early = caller.now().millis() < walk.read_at.millis().saturating_add(PAGE_EVERY_MS);
    if form.next.is_some() && too_early {
        return Err(Refusal::TooManyTries { wait_seconds: 1 }.into());
    }
    let done = Done { action: "look_up", subject: sought.word(), ..Done::default() };
    caller.log(&Chain::Contest(id.clone()), done).await?;
    let cards = Cards { app, contest: &contest, units: &units, now: caller.now() };
    let found = match &sought {
        Sought::Value(kind, value) => {
            let (people, end) = by_value(app, &contest, (*kind, value), &within).await?;
            Found { people: cards.full(&people).await?, next: None, end: end.as_str() }
        }
        Sought::Name(name) => {
            let (people, end) = walk.read_page(app, &id, |profile| within.has(profile) && is_of(name, profile)).await?;
            walk.read_at = caller.now();
            let next = (end == SearchEnd::Continues)
                .then(|| walk.token(&contest.keys, &walk::search_of(name, form.unit.as_deref())));
            let people = people.iter().map(|(code, profile)| cards.brief(code, profile));
            Found { people: people.collect::<Result<_, _>>()?, next, end: end.as_str() }
        }
    };
    Ok(Reply::ok(&found))
}

fn resumed(contest: &ContestSnapshot, search: &str, token: &str) -> Result<Walk, ApiError> {
    Walk::read(token, &contest.keys, search).ok_or_else(|| wrong("next", FormFault::UnknownWord))
}

fn is_of(name: &SoughtName, profile: &Profile) -> bool {
    profile.full_name.as_deref().is_some_and(|full_name| name.is_of(full_name))
}

/// More than one only of a value that need not be unique.
async fn by_value(
    app: &App,
    contest: &ContestSnapshot,
    (kind, value): (IdentifierKind, &str),
    within: &Within<'_>,
) -> Result<(Vec<(ContestantId, Profile)>, SearchEnd), StoreError> {
    let id: &ContestId = &contest.plan.id;
    let hash = kind.hash(&contest.keys, value);
    let one_more = i32::try_from(MOST_FOUND).map_or(i32::MAX, |most| most + 1);
    let mut codes = app.people.query_by_identifier(id, kind, &hash, one_more).await?;
    let end = if codes.len() > MOST_FOUND { SearchEnd::ManyFound } else { SearchEnd::All };
    codes.truncate(MOST_FOUND);
    let shards = app.control.people_shards(id).await?;
    let mut people = Vec::new();
    for code in codes {
        let profile = app.people.profile(id, contest.keys.shard(&code, shards), &code).await?;
        people.extend(profile.filter(|profile| within.has(profile)).map(|profile| (code, profile)));
    }
    Ok((people, end))
}

impl Sought {
    fn read(form: &SearchForm) -> Result<Self, ApiError> {
        let value = form.value.as_str();
        let invalid = |fault: ValueFault| wrong("value", FormFault::Value(fault));
        Ok(match form.by.as_str() {
            "code" => {
                let code = IdentifierKind::Code.read(value).unwrap_or_default();
                let code = ContestantId::parse(&code).map_err(|_| invalid(ValueFault::BadCharacters))?;
                Self::Value(IdentifierKind::Code, code.to_string())
            }
            "citizen_id" => {
                let number = CitizenId::parse(value).map_err(invalid)?;
                Self::Value(IdentifierKind::CitizenId, number.as_str().to_owned())
            }
            "phone" => {
                let number = PhoneNumber::parse(value).map_err(invalid)?;
                Self::Value(IdentifierKind::Phone, number.e164().to_owned())
            }
            "name" => Self::Name(SoughtName::parse(value).ok_or_else(|| invalid(ValueFault::Empty))?),
            _ => return Err(wrong("by", FormFault::UnknownWord)),
        })
    }

    /// By what, for the log.
    const fn word(&self) -> &'static str {
        match self {
            Self::Value(kind, _) => kind.as_str(),
            Self::Name(_) => "name",
        }
    }
}

impl<'a> Within<'a> {
    fn read(units: &'a UnitTree, code: Option<&str>) -> Result<Self, ApiError> {
        let place = |code: &str| UnitCode::parse(code).ok().and_then(|code| units.find(&code));
        let place = code.map(|code| place(code).ok_or_else(|| wrong("unit", FormFault::UnknownUnit)));
        Ok(Self { units, place: place.transpose()? })
    }

    fn has(&self, profile: &Profile) -> bool {
        let Some(wanted) = self.place else { return true };
        let own = profile.unit_code().ok().flatten().and_then(|code| self.units.find(&code));
        own.is_some_and(|own| self.units.self_and_ancestors(own).any(|place| place == wanted))
    }
}

fn wrong(field: &str, fault: FormFault) -> ApiError {
    invalid(vec![WrongField::new(FormField::named(field), fault)])
}
