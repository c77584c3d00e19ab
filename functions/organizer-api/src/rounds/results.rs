//! `GET /v1/organizer/contests/{c}/rounds/{r}/results`: who wins, before it is published. A look at it is an entry of the
//! log, since whoever knows it early may tell it early.

use super::Asked;
use super::named::{Names, Ranked};
use crate::App;
use crate::error::ApiError;
use crate::log::Done;
use contest::organizers::{Action, Chain};
use documents::console::rounds::{ResultsShown, Tie};
use function::http::{Reply, Request};
use serde_json::Value;

pub(crate) async fn results(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let asked = Asked::of(app, request, Action::PreviewResults).await?;
    let Asked { caller, contest, round } = &asked;
    let Ranked { record, newest, mut file } = Ranked::of(app, &asked).await?;
    let edition = newest.edition.number;
    let subject = format!("{}/v{edition}", round.id);
    let done = Done { action: "preview_results", subject: &subject, ..Done::default() };
    caller.log(&Chain::Contest(contest.plan.id.clone()), done).await?;
    let tied = file.marks.iter().filter(|mark| mark.rank.is_some()).flat_map(|mark| &mark.people);
    let winners = file.results["winners"].as_array().into_iter().flatten();
    let public = winners.filter_map(|winner| winner["contestant"].as_str()).map(str::to_owned);
    let public: Vec<String> = public.chain(tied.map(|person| person.contestant.clone())).collect();
    let names = Names::of(app, contest, public.iter().filter_map(|name| file.codes.get(name))).await?;
    let mut results = std::mem::take(&mut file.results);
    for winner in results["winners"].as_array_mut().into_iter().flatten() {
        let code = winner["contestant"].as_str().and_then(|name| file.codes.get(name));
        winner["full_name"] = names.of_code(code).into();
        winner["code"] = code.cloned().map_or(Value::Null, Value::String);
    }
    let tie = |mark: &documents::console::reviews::MarkLine| {
        let people = mark.people.iter().map(|person| names.person(&file, person)).collect();
        mark.rank.map(|rank| Tie { rank, people })
    };
    Ok(Reply::ok(&ResultsShown {
        round: round.id.to_string(),
        round_name: round.name.clone(),
        edition,
        is_published: edition <= record.editions.published,
        status: newest.edition.status.as_str(),
        awaits_draw: newest.awaits_draw,
        ties: file.marks.iter().filter_map(tie).collect(),
        results,
        warnings: std::mem::take(&mut file.warnings),
    }))
}
