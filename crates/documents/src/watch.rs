//! `hoithi/watch/1`: figures of a round under way, for organizers (`CONTRACT.md` 7). Sums alone: nobody stands in it.

use crate::site::json_bytes;
use contest::fraction::RoundingMode;
use contest::time::Timestamp;
use contest::units::UnitTree;
use contest::watch::due::{Counted, WhyOld};
use contest::watch::{Figures, HourFigures, UnitFigures, UnitSum};
use serde::{Deserialize, Serialize};

/// The schema of the object and of the answer.
pub const SCHEMA: &str = "hoithi/watch/1";

#[derive(Serialize, Deserialize)]
struct WatchJson {
    schema: String,
    as_of: String,
    /// When accounts were read: `registered` is as old.
    people_as_of: String,
    /// Why the figures are old when they are shown; none in the object.
    why_old: Option<String>,
    registered: u64,
    contestants: u64,
    attempts: u64,
    under_way: u64,
    /// Rows that were read.
    rows: u64,
    without_unit: SumJson,
    units: Vec<UnitJson>,
    hours: Vec<HourJson>,
}

#[derive(Serialize, Deserialize)]
struct SumJson {
    registered: u64,
    contestants: u64,
    attempts: u64,
}

#[derive(Serialize, Deserialize)]
struct UnitJson {
    unit: String,
    name: String,
    parent: Option<String>,
    level: Option<String>,
    members: Option<u64>,
    registered: u64,
    contestants: u64,
    attempts: u64,
    rate_percent: Option<String>,
    band: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct HourJson {
    from: String,
    attempts: u64,
    starts: u64,
}

/// What is answered before the first count.
#[derive(Serialize)]
struct NothingYet {
    schema: &'static str,
    as_of: Option<String>,
    why_old: &'static str,
}

/// Writes the figures of a count that began at `as_of`, of accounts that were read at `people_as_of`.
pub fn watch_json(figures: &Figures, units: &UnitTree, [as_of, people_as_of]: [Timestamp; 2]) -> Vec<u8> {
    json_bytes(&WatchJson {
        schema: SCHEMA.to_owned(),
        as_of: as_of.rfc3339(),
        people_as_of: people_as_of.rfc3339(),
        why_old: None,
        registered: figures.registered,
        contestants: figures.contestants,
        attempts: figures.attempts,
        under_way: figures.under_way,
        rows: figures.rows,
        without_unit: figures.without_unit.into(),
        units: figures.units.iter().map(|of| unit(of, units)).collect(),
        hours: figures.hours.iter().map(HourJson::from).collect(),
    })
}

/// When the figures that stand in an object were counted; `None` where it is none of this schema, which is counted anew.
pub fn counted(bytes: &[u8]) -> Option<Counted> {
    let read: WatchJson = serde_json::from_slice(bytes).ok().filter(|read: &WatchJson| read.schema == SCHEMA)?;
    Some(Counted { as_of: Timestamp::parse_rfc3339(&read.as_of)?, rows: read.rows })
}

/// What is answered to organizers: the figures in the object, where there is one, and why they are old.
///
/// # Errors
/// Where the object is none of this schema.
pub fn answer(latest: Option<&[u8]>, why_old: Option<WhyOld>) -> serde_json::Result<Vec<u8>> {
    match latest {
        Some(bytes) => {
            let latest: WatchJson = serde_json::from_slice(bytes)?;
            Ok(json_bytes(&WatchJson { why_old: why_old.map(|why| why.as_str().to_owned()), ..latest }))
        }
        None => {
            let why_old = why_old.unwrap_or(WhyOld::Coming).as_str();
            Ok(json_bytes(&NothingYet { schema: SCHEMA, as_of: None, why_old }))
        }
    }
}

impl From<UnitSum> for SumJson {
    fn from(sum: UnitSum) -> Self {
        let UnitSum { registered, contestants, attempts } = sum;
        Self { registered, contestants, attempts }
    }
}

impl From<&HourFigures> for HourJson {
    fn from(hour: &HourFigures) -> Self {
        Self { from: hour.from.rfc3339(), attempts: hour.attempts, starts: hour.starts }
    }
}

fn unit(of: &UnitFigures, units: &UnitTree) -> UnitJson {
    let unit = &units.units()[of.unit];
    let SumJson { registered, contestants, attempts } = of.sum.into();
    UnitJson {
        unit: unit.code.to_string(),
        name: unit.name.clone(),
        parent: unit.parent.as_ref().map(ToString::to_string),
        level: unit.level.clone(),
        members: of.members,
        registered,
        contestants,
        attempts,
        rate_percent: of.rate_percent.map(|rate| rate.two_decimals(RoundingMode::Truncate)),
        band: of.band.map(|band| band.as_str().to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contest::fraction::Fraction;
    use contest::ids::UnitCode;
    use contest::units::Unit;
    use contest::watch::Band;

    fn stored() -> Vec<u8> {
        let unit = Unit {
            code: UnitCode::parse("bac").unwrap(),
            name: "Phường Bắc".to_owned(),
            parent: None,
            level: Some("ward".to_owned()),
            members: Some(3),
            added_at: None,
        };
        let units = UnitTree::new(vec![unit]).unwrap();
        let sum = UnitSum { registered: 4, contestants: 2, attempts: 5 };
        let rate_percent = Fraction::new(200, 3);
        let band = Band::of(2, rate_percent);
        let at = |minutes: i64| Timestamp::from_millis(minutes * 60_000);
        let figures = Figures {
            registered: 5,
            contestants: 2,
            attempts: 5,
            under_way: 1,
            units: vec![UnitFigures { unit: 0, members: Some(3), sum, rate_percent, band }],
            without_unit: UnitSum { registered: 1, ..UnitSum::default() },
            hours: vec![HourFigures { from: at(60), attempts: 5, starts: 6 }],
            rows: 7,
        };
        watch_json(&figures, &units, [at(90), at(30)])
    }

    #[test]
    fn the_object_has_the_members_of_the_contract_and_whole_numbers() {
        expect_test::expect![[r#"
            {"schema":"hoithi/watch/1","as_of":"1970-01-01T01:30:00.000Z","people_as_of":"1970-01-01T00:30:00.000Z","why_old":null,"registered":5,"contestants":2,"attempts":5,"under_way":1,"rows":7,"without_unit":{"registered":1,"contestants":0,"attempts":0},"units":[{"unit":"bac","name":"Phường Bắc","parent":null,"level":"ward","members":3,"registered":4,"contestants":2,"attempts":5,"rate_percent":"66.66","band":"part"}],"hours":[{"from":"1970-01-01T01:00:00.000Z","attempts":5,"starts":6}]}
        "#]]
        .assert_eq(&String::from_utf8(stored()).unwrap());
    }

    #[test]
    fn the_answer_is_the_object_and_why_it_is_old() {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        assert_eq!(answer(Some(&stored()), None).unwrap(), stored());
        let old = text(stored()).replace("\"why_old\":null", "\"why_old\":\"border\"");
        assert_eq!(text(answer(Some(&stored()), Some(WhyOld::Border)).unwrap()), old);
        let nothing = |why| text(answer(None, why).unwrap());
        assert_eq!(
            nothing(Some(WhyOld::NotOpen)),
            "{\"schema\":\"hoithi/watch/1\",\"as_of\":null,\"why_old\":\"not_open\"}\n"
        );
        assert!(nothing(None).contains("\"coming\""));
        assert!(answer(Some(b"{}"), None).is_err());
    }

    #[test]
    fn it_is_told_when_it_was_counted() {
        assert_eq!(counted(&stored()), Some(Counted { as_of: Timestamp::from_millis(5_400_000), rows: 7 }));
        let other = String::from_utf8(stored()).unwrap().replace("watch/1", "watch/2");
        assert_eq!([counted(other.as_bytes()), counted(b"{}")], [None, None]);
    }
}
