//! The draw of a version: whether its values are those that were committed to, and the beacon the one that was
//! fixed beforehand.

use crate::public::{self, BeaconLine, LotsFile};
use crate::round::{Frozen, Version};
use crate::{Broken, Report, holds};
use contest::lots::{Beacon, LotDraw, beacon_at, beacon_round, commitment, is_beacon};
use contest::plan::{LotBeacon, UnbrokenTie};
use contest::plan_file::hash;
use contest::time::Timestamp;
use data_encoding::HEXLOWER;
use documents::site::PointerEntry;
use documents::words::verify as words;

/// Reads `lots.json`, which versions after the first one have where lots were drawn, be it for prizes of the round or for those
/// over its contest. `first` is the first version of the round.
pub(crate) fn drawn(
    frozen: &Frozen,
    version: &Version,
    first: Option<&PointerEntry>,
    report: &mut Report<'_>,
) -> Result<Option<LotDraw>, Broken> {
    let path = version.path("lots.json");
    let Some(bytes) = version.files.get("lots.json") else { return Ok(None) };
    let draws = frozen.rules.ranking.unbroken_tie == UnbrokenTie::Lot;
    let first =
        first.filter(|_| draws && !version.earlier.is_empty()).ok_or_else(|| Broken::new(&path, words::NO_LOTS))?;
    let told: LotsFile = public::json(&path, bytes)?;
    let named = told.schema == "hoithi/lots/1"
        && told.contest == frozen.contest.as_str()
        && told.round == frozen.round.id.as_str();
    holds(named, &path, words::NOT_OF_ROUND)?;
    let drawn = read(&told).ok_or_else(|| Broken::new(&path, words::MALFORMED))?;
    let lot = frozen.line().and_then(|line| line.lot.as_ref());
    let opens = lot.is_some_and(|lot| {
        let opened = |value: &[u8; 32]| HEXLOWER.encode(&commitment(value));
        opened(&drawn.secret) == lot.commitment
            && drawn.witnessed.iter().map(opened).collect::<Vec<_>>() == lot.witnesses
    });
    holds(opens, &path, words::LOTS_NOT_COMMITTED)?;
    beacon(frozen, &drawn, &first.published_at).map_err(|detail| Broken::new(&path, detail))?;
    report.holds(words::LOTS_HOLD);
    Ok(Some(drawn))
}

fn read(told: &LotsFile) -> Option<LotDraw> {
    let beacon = |line: &BeaconLine| {
        let signature = HEXLOWER.decode(line.signature.as_bytes());
        signature.map(|signature| Beacon { round: line.round, signature })
    };
    let beacon = told.beacon.as_ref().map(beacon).transpose().ok()?;
    let witnessed = told.witnessed.iter().map(|value| hash(value).ok()).collect::<Option<_>>()?;
    Some(LotDraw { secret: hash(&told.secret).ok()?, witnessed, beacon })
}

/// `first` is when version 1 went live.
fn beacon(frozen: &Frozen, drawn: &LotDraw, first: &str) -> Result<(), &'static str> {
    match (&drawn.beacon, frozen.rules.ranking.lot_beacon) {
        (None, LotBeacon::None) => Ok(()),
        (Some(beacon), LotBeacon::Drand) => {
            let published = Timestamp::parse_rfc3339(first).ok_or(words::BAD_PUBLISHED_AT)?;
            if beacon.round != beacon_round(beacon_at(frozen.round.publishes, published)) {
                return Err(words::OTHER_BEACON_ROUND);
            }
            let signed = is_beacon(beacon.round, &beacon.signature);
            if signed { Ok(()) } else { Err(words::BAD_BEACON) }
        }
        _ => Err(words::BEACON_AGAINST_RULES),
    }
}
