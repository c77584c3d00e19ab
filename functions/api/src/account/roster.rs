//! Who of a roster registers, in contests for people on a list only.

use super::too_many;
use crate::App;
use crate::contests::Contest;
use crate::error::ApiError;
use contest::form::{FormFault, FormField, WrongField};
use contest::ids::ContestantId;
use contest::registration::roster::Stated;
use contest::text::clean;
use contest::throttle::Throttle;
use contest::time::Timestamp;
use documents::api::Refusal;
use store::RosterPerson;
use subtle::ConstantTimeEq;

/// The code under which somebody on the roster plays, by what they state and the code that they were handed. Where the
/// roster has a code for this person, it is asked for: name and birth date are known to many, and the code was handed
/// to one. Only the citizen id that the roster has of a person stands in for it.
pub(crate) async fn code_of(
    app: &App,
    contest: &Contest,
    (stated, printed): (&Stated<'_>, Option<&str>),
    now: Timestamp,
) -> Result<ContestantId, ApiError> {
    let lines: Vec<&RosterPerson> = contest.roster.people.iter().filter(|line| stated.fits(&line.line())).collect();
    let Some(first) = lines.first() else { return Err(Refusal::NotOnRoster.into()) };
    if !first.is_code_printed {
        return Ok(first.contestant()?);
    }
    let wrong = |fault| Refusal::InvalidFields(vec![WrongField::new(FormField::Code, fault)]);
    let sent = printed.map(|code| clean(code).replace(' ', "").to_uppercase()).filter(|code| !code.is_empty());
    let Some(sent) = sent else {
        let is_known = stated.has_citizen_id_of(&first.line());
        return if is_known { Ok(first.contestant()?) } else { Err(wrong(FormFault::Missing).into()) };
    };
    let name = contest.keys.lookup("roster", &first.code);
    let tried = app.people.count_try(&contest.plan.id, (Throttle::Identifier, &name), now).await?;
    tried.map_err(|until| too_many(until, now))?;
    let mut own = lines.into_iter().filter(|line| bool::from(line.code.as_bytes().ct_eq(sent.as_bytes())));
    let Some(line) = own.next() else { return Err(wrong(FormFault::WrongCode).into()) };
    app.people.forget_tries(&contest.plan.id, &name).await?;
    Ok(line.contestant()?)
}
