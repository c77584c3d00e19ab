//! The draw of a round whose prizes wait for it: version 2, after the ledger of version 1 is public
//! (`RELIABILITY.md` 4.6).

use crate::publish::{pointer, put_version, read_ranked};
use crate::version::Issue;
use crate::{App, beacon};
use anyhow::{Context, ensure};
use contest::lots::{Beacon, Drawn, beacon_at, beacon_round};
use contest::plan::{LotBeacon, Round};
use contest::time::Timestamp;
use documents::words::DRAW_REASON;
use store::{ContestSnapshot, RoundRecord};

/// Holds the draw if everything that it comes from may be known by now; returns what was done, or what it
/// waits for.
pub(crate) async fn hold(
    app: &App,
    snapshot: &ContestSnapshot,
    round: &Round,
    record: RoundRecord,
    now: Timestamp,
) -> anyhow::Result<String> {
    let plan = &snapshot.plan;
    let contest = &plan.id;
    let (_, live) = pointer(app, contest, round).await?.context("a draw before anything is published")?;
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
    let drawn = Drawn { secret: snapshot.keys.lot_secret(&round.id), witnessed, beacon };
    let ranked = read_ranked(app, &record.ranked_path.context("a published round without results")?).await?;
    ensure!(ranked.awaits_draw, "nothing waits for the draw of {}", round.id);
    let issue = Issue { earlier: &live.history[..1], reason: Some(DRAW_REASON), drawn: Some(&drawn) };
    put_version(app, contest, round, &ranked, issue, now).await?;
    app.control.keep_lots(contest, &round.id, &drawn.value()).await?;
    Ok(format!("drew lots for {contest}/{}, v{}", round.id, issue.number()))
}
