//! `GET /v1/contests/{c}/me/certificates`, and the file of one.
//!
//! Only what the published versions give now is listed and handed out: a certificate of an earlier version, of a prize that
//! was lost since, is there for nobody. A file that nobody has asked for before is printed by another function: this one
//! leaves a wish for it and says when to come again.

use super::profile_of;
use crate::App;
use crate::error::ApiError;
use crate::signed_in::SignedIn;
use contest::ids::{OVERALL, Pseudonym, RoundId};
use documents::api::{BeingMade, MyCertificate, MyCertificates, Refusal};
use documents::own_certificates::{CertificateIndex, INDEX, OwnCertificate, file_name, of_person};
use function::http::{Reply, Request};
use serde::de::IgnoredAny;
use store::StoreError;
use store::keys::{VersionFolder, Wish};

/// Seconds after which a file is there that was asked for now, mostly.
const MAKING_SECONDS: u64 = 2;
/// For so long a wish is not made again: nobody can make the printer work by asking often.
const TURN_MS: i64 = 60_000;

/// What the version that is published now gives the person who asks.
struct Given {
    folder: VersionFolder,
    status: String,
    own: Vec<OwnCertificate<IgnoredAny>>,
}

/// The certificates of the contestant.
pub(crate) async fn certificates(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let who = SignedIn::now(app, request).await?;
    profile_of(&who).await?;
    let contest = &who.contest.plan.id;
    let places = who.contest.plan.rounds.iter().map(|round| Some(&round.id)).chain([None]);
    let mut certificates = Vec::new();
    for place in places {
        let Some(given) = given(&who, place).await? else { continue };
        let (round, Given { folder, status, own }) = (word(place), given);
        certificates.extend(own.into_iter().map(|own| MyCertificate {
            path: format!("/v1/contests/{contest}/me/certificates/{round}-{}", own.id),
            id: format!("{round}-{}", own.id),
            round: round.to_owned(),
            name: own.name,
            tier: own.tier,
            version: folder.version,
            status: status.clone(),
        }));
    }
    Ok(Reply::ok(&MyCertificates { certificates }))
}

/// The file of one of them.
pub(crate) async fn certificate(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let who = SignedIn::now(app, request).await?;
    profile_of(&who).await?;
    let plan = &who.contest.plan;
    let (place, id) = request.part("id").rsplit_once('-').ok_or(Refusal::NoSuchCertificate)?;
    let round = plan.rounds.iter().map(|round| &round.id).find(|round| round.as_str() == place);
    if round.is_none() && place != OVERALL {
        return Err(Refusal::NoSuchCertificate.into());
    }
    let given = given(&who, round).await?.ok_or(Refusal::NoSuchCertificate)?;
    let own = given.own.into_iter().find(|own| own.id == id).ok_or(Refusal::NoSuchCertificate)?;
    let wish = Wish { of: given.folder, pseudonym: pseudonym(&who), certificate: own.id };
    let file = wish.of.file(&file_name(&wish.pseudonym, &wish.certificate));
    if let Some(bytes) = app.officials.get(&file).await? {
        return Ok(Reply::pdf(&format!("giay-chung-nhan-{place}.pdf"), bytes));
    }
    // Who asks at the same time, or again and again, leaves one wish.
    let turn = request.received_at.millis().div_euclid(TURN_MS);
    app.officials.put_named(&wish.path(turn), Vec::new()).await?;
    Ok(Reply::json(202, &BeingMade { status: "being_made" }).again_after(MAKING_SECONDS))
}

/// What the version that is published now gives; none where nothing is published, or its documents are still made.
async fn given(who: &SignedIn<'_>, round: Option<&RoundId>) -> Result<Option<Given>, ApiError> {
    let Some(version) = live_version(who, round).await? else { return Ok(None) };
    let folder = VersionFolder { contest: who.contest.plan.id.clone(), round: round.cloned(), version };
    let (officials, pseudonym) = (&who.app.officials, pseudonym(who));
    let path = folder.file(INDEX);
    let Some(index) = officials.get(&path).await? else { return Ok(None) };
    let index = CertificateIndex::<IgnoredAny>::read(&index).map_err(|e| StoreError::unparsed(&path, &e))?;
    let path = folder.file(&index.list_of(pseudonym.as_str()));
    let own = match officials.get(&path).await? {
        Some(list) => of_person(&list, &pseudonym).map_err(|e| StoreError::unparsed(&path, &e))?,
        None => Vec::new(),
    };
    Ok(Some(Given { folder, status: index.status, own }))
}

async fn live_version(who: &SignedIn<'_>, round: Option<&RoundId>) -> Result<Option<u32>, ApiError> {
    let (plan, control) = (&who.contest.plan, &who.app.control);
    let version = match round {
        Some(round) => {
            // Before its minute nothing is published: no read for it.
            let now = who.request.received_at;
            if plan.round(round).is_none_or(|round| now < round.publishes) {
                return Ok(None);
            }
            control.round(&plan.id, round).await?.map_or(0, |record| record.editions.published)
        }
        None if plan.is_documented_over_the_contest() => control.overall(&plan.id).await?.published,
        None => 0,
    };
    Ok((version > 0).then_some(version))
}

fn pseudonym(who: &SignedIn<'_>) -> Pseudonym {
    who.contest.keys.pseudonym(&who.contestant)
}

/// A round, or the contest, in ids.
fn word(round: Option<&RoundId>) -> &str {
    round.map_or(OVERALL, RoundId::as_str)
}
