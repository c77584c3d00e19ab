//! The head of the log, signed and published.

use super::{minutes, now};
use serde_json::Value;
use tests::{Folder, Stage, sheet};

const PATH: &str = "contests/thi-thu/audit.json";

async fn published(stage: &Stage) -> Value {
    let bytes = stage.object("site", PATH).await.expect("it is published");
    serde_json::from_slice(&bytes).expect("JSON")
}

#[tokio::test]
async fn the_head_of_the_log_is_signed_once_a_day_and_leads_to_the_entry_it_names() {
    let stage = Stage::with(&Folder::small()).await;
    let publish = async |at: i64| stage.publish(&*minutes(at).rfc3339()).await.expect("nothing fails");
    publish(0).await;
    assert!(stage.object("site", PATH).await.is_none(), "nothing was logged");
    let lead = stage.staff("lan", "lead", "*", now()).await;
    let put = async |at: i64| {
        let lead = lead.at(minutes(at));
        let units = lead.get("contests/thi-thu/files/units.csv").await;
        lead.put_file("thi-thu", "units.csv", &units.body, Some(units.header("etag"))).await.expect(202);
    };
    put(1).await;
    publish(2).await;
    let first = published(&stage).await;
    assert_eq!((&first["schema"], &first["seq"]), (&"hoithi/audit/1".into(), &1.into()), "{first}");
    let public: Value =
        serde_json::from_slice(&stage.object("site", "contests/thi-thu/contest.json").await.expect("public"))
            .expect("JSON");
    let note = first["note"].as_str().expect("a note");
    let text = sheet::open_note(note, public["public_key"].as_str().expect("a key")).expect("it is signed");
    let line = |number: usize| text.lines().nth(number).expect("a line").to_owned();
    assert_eq!(
        (line(1), line(2), line(3).as_str()),
        ("thi-thu".into(), "1".into(), first["sha256"].as_str().expect("a hash"))
    );
    let entry = stage.object("vault", "audit/thi-thu/00000001.json").await.expect("it was logged");
    assert_eq!(first["sha256"], contest::seal::sha256_hex(&entry));
    assert_eq!(first["platform"]["seq"], 2, "an invitation and an account");
    put(3).await;
    publish(20).await;
    assert_eq!(published(&stage).await, first, "not yet a day");
    publish(2 + 24 * 60).await;
    let second = published(&stage).await;
    assert_eq!(second["seq"], 2, "{second}");
    publish(2 + 2 * 24 * 60).await;
    assert_eq!(published(&stage).await, second, "nothing was added");
    let copies = stage.objects("officials").await;
    for (seq, signed) in [(1, &first), (2, &second)] {
        let copy = copies.get(&format!("thi-thu/audit/{seq:08}.txt")).expect("officials keep each");
        assert_eq!(String::from_utf8_lossy(copy), signed["note"].as_str().expect("a note"));
    }
}
