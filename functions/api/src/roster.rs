//! Who of a roster registers, in contests for people on a list only.

use crate::App;
use crate::contests::Contest;
use crate::refused::Refused;
use crate::sign_in::too_many;
use contest::ids::ContestantId;
use contest::text::{clean, name_key, search_key};
use contest::throttle::Throttle;
use contest::time::Timestamp;
use documents::api::{FieldFault, Refusal};
use store::RosterPerson;
use subtle::ConstantTimeEq;

/// What somebody states of themselves, as far as a roster tells people apart by it.
pub(crate) struct Stated<'a> {
    pub(crate) full_name: Option<&'a str>,
    pub(crate) birth_date: Option<String>,
    pub(crate) citizen_id: Option<&'a str>,
    pub(crate) phone: Option<&'a str>,
    pub(crate) unit: Option<&'a str>,
    /// The code printed on the roster.
    pub(crate) code: Option<&'a str>,
}

/// The code under which somebody on the roster plays. Where the roster has a code for this person, it is asked
/// for: name and birth date are known to many, and the code was handed to one. Only the citizen id that the roster
/// has of a person stands in for it.
pub(crate) async fn code_of(
    app: &App,
    contest: &Contest,
    stated: &Stated<'_>,
    now: Timestamp,
) -> Result<ContestantId, Refused> {
    let lines: Vec<&RosterPerson> = contest.roster.people.iter().filter(|line| stated.fits(line)).collect();
    let Some(first) = lines.first() else { return Err(Refusal::NotOnRoster.into()) };
    if !first.is_code_printed {
        return Ok(first.contestant()?);
    }
    let wrong = |code| Refusal::InvalidFields(vec![FieldFault::new("code", code)]);
    let sent = stated.code.map(|code| clean(code).replace(' ', "").to_uppercase()).filter(|code| !code.is_empty());
    let Some(sent) = sent else {
        let is_known = first.citizen_id.is_some() && first.citizen_id.as_deref() == stated.citizen_id;
        return if is_known { Ok(first.contestant()?) } else { Err(wrong("missing").into()) };
    };
    let name = contest.keys.lookup("roster", &first.code);
    let tried = app.people.count_try(&contest.plan.id, (Throttle::Identifier, &name), now).await?;
    tried.map_err(|until| too_many(until, now))?;
    let mut own = lines.into_iter().filter(|line| bool::from(line.code.as_bytes().ct_eq(sent.as_bytes())));
    let Some(line) = own.next() else { return Err(wrong("wrong_code").into()) };
    app.people.forget_tries(&contest.plan.id, &name).await?;
    Ok(line.contestant()?)
}

impl Stated<'_> {
    /// Whether a line may be this person: by a number where both have one, else by name, birth date and unit.
    fn fits(&self, line: &RosterPerson) -> bool {
        match (line.citizen_id.as_deref(), line.phone.as_deref()) {
            (Some(id), _) if self.citizen_id.is_some() => Some(id) == self.citizen_id,
            (_, Some(phone)) if self.phone.is_some() => Some(phone) == self.phone && self.has_name_of(line),
            _ => {
                self.has_name_of(line)
                    && self.birth_date.as_deref() == Some(line.birth_date.as_str())
                    && self.unit.is_none_or(|unit| unit == line.unit)
            }
        }
    }

    fn has_name_of(&self, line: &RosterPerson) -> bool {
        self.full_name.is_some_and(|name| match &line.toned_key {
            Some(key) => *key == name_key(name),
            None => line.name_key == search_key(name),
        })
    }
}
