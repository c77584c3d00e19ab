//! What wakes the function: a pointer that has moved, a schedule, or somebody who wishes to have a certificate.

use aws_lambda_events::event::s3::S3Event;
use contest::ids::ContestId;
use serde::Deserialize;
use std::collections::BTreeSet;
use store::keys::{Wish, contest_of_pointer};
use store::wakeup::Wakeup;

/// An event as Lambda hands it over.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Event {
    /// A schedule asks to look at every contest, or at one.
    Asked(Wakeup),
    /// Pointers of the public bucket have moved.
    Moved(S3Event),
    /// Somebody wishes to have a certificate.
    Wished(Wished),
}

/// An object that was created in the officials' bucket, as EventBridge tells it: S3 itself would have the bucket name the
/// function, and the function names the bucket.
#[derive(Clone, Debug, Deserialize)]
pub struct Wished {
    detail: Created,
}

#[derive(Clone, Debug, Deserialize)]
struct Created {
    object: CreatedObject,
}

#[derive(Clone, Debug, Deserialize)]
struct CreatedObject {
    key: String,
}

impl Wished {
    /// What is wished; none where the object is something else.
    pub(crate) fn wish(&self) -> Option<Wish> {
        Wish::parse(&self.detail.object.key)
    }
}

impl Event {
    /// The contests to look at.
    pub(crate) fn wakeups(self) -> Vec<Wakeup> {
        match self {
            Self::Asked(wakeup) => vec![wakeup],
            Self::Wished(_) => Vec::new(),
            Self::Moved(event) => {
                let keys = event.records.iter().filter_map(|record| record.s3.object.key.as_deref());
                let contests: BTreeSet<ContestId> = keys.filter_map(contest_of_pointer).collect();
                let about = |contest: ContestId| Wakeup { contest: Some(contest.to_string()), ..Wakeup::default() };
                contests.into_iter().map(about).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contest::ids::RoundId;

    #[test]
    fn schedules_and_buckets_are_told_apart() {
        let asked: Event = serde_json::from_str(r#"{"sweep":true}"#).expect("a wake-up");
        assert_eq!(asked.wakeups(), [Wakeup::for_sweep()]);
        let record = |key: &str| {
            serde_json::json!({ "eventVersion": "2.1", "userIdentity": {}, "requestParameters": {},
                "responseElements": {}, "eventTime": "2021-12-01T00:00:00.000Z",
                "s3": { "bucket": {}, "object": { "key": key } } })
        };
        let round = |contest: &str, round: &str| {
            let ids = (ContestId::parse(contest).expect("an id"), RoundId::parse(round).expect("an id"));
            store::keys::round_index(&ids.0, &ids.1)
        };
        let keys = [round("b", "r"), round("a", "r"), round("b", "s")];
        let moved = serde_json::json!({ "Records": keys.map(|key| record(&key)) });
        let moved: Event = serde_json::from_value(moved).expect("an event");
        let contests: Vec<_> = moved.wakeups().into_iter().map(|wakeup| wakeup.contest).collect();
        assert_eq!(contests, [Some("a".to_owned()), Some("b".to_owned())]);
        // The parts of EventBridge's event that are read, and some that are not.
        let created = |key: &str| {
            let json = serde_json::json!({ "version": "0", "source": "aws.s3", "detail-type": "Object Created",
                "detail": { "version": "0", "bucket": { "name": "officials" }, "object": { "key": key, "size": 0 } } });
            let event: Event = serde_json::from_value(json).expect("an event");
            let Event::Wished(wished) = event else { panic!("another event") };
            wished.wish().map(|wish| wish.of.version)
        };
        assert_eq!(created("_wishes/thi-thu/overall/v7/abcdefghijklmnop/70878b7af9ede037/1"), Some(7));
        assert_eq!(created("thi-thu/overall/v7/certificates/index.json"), None);
    }
}
