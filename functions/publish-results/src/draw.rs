//! The draw of a round whose prizes wait for it, after its ledger is public (`RELIABILITY.md` 4.6). What is drawn is
//! recorded; the function that closed the round scores the edition that follows.

use crate::publish::pointer;
use crate::{App, beacon};
use anyhow::Context;
use contest::lots::{Beacon, LotDraw, beacon_at, beacon_round};
use contest::plan::{LotBeacon, Round};
use contest::time::Timestamp;
use store::{ContestSnapshot, keys};

/// Holds the draw if everything that it comes from may be known by now; returns what was done, or what it
/// waits for.
pub(crate) async fn hold(
    app: &App,
    snapshot: &ContestSnapshot,
    round: &Round,
    now: Timestamp,
) -> anyhow::Result<String> {
    let plan = &snapshot.plan;
    let contest = &plan.id;
    let (_, live) =
        pointer(app, &keys::round_index(contest, &round.id)).await?.context("a draw before anything is published")?;
    let first = live.history.first().context("a pointer without a history")?;
    let published = Timestamp::parse_rfc3339(&first.published_at).context("an instant in the pointer")?;
    let Some(witnessed) = snapshot.reveals().await?.of_round(round) else {
        return Ok(format!("the draw of {contest}/{} waits for a witness", round.id));
    };
    let at = beacon_at(round.publishes, published);
    let beacon = match plan.rules.ranking.lot_beacon {
        LotBeacon::None => None,
        LotBeacon::Drand if now < at => {
            return Ok(format!("the draw of {contest}/{} waits until {}", round.id, at.rfc3339()));
        }
        LotBeacon::Drand => {
            let number = beacon_round(at);
            Some(Beacon { round: number, signature: beacon::fetch(&app.beacon_url, number).await? })
        }
    };
    let drawn = LotDraw { secret: snapshot.keys.lot_secret(&round.id), witnessed, beacon };
    app.control.record_draw(contest, &round.id, &drawn).await?;
    Ok(format!("drew lots for {contest}/{}", round.id))
}
