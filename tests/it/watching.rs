//! Figures while a round is open: what they are, when they are counted, and that they are in nobody's way.

use crate::publishing::golden_round_played;
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use contest::ids::{ContestId, ContestantId, RoundId};
use contest::time::Timestamp;
use local::world::functions::function_arn;
use serde_json::{Value, json};
use std::collections::HashMap;
use store::wakeup::WakeupStep;
use store::{Schedule, Schedules, Target, keys};
use tests::network::{Fault, Moment, Network};
use tests::{CANARY, CLOSES, CONTEST, FIRST, Folder, OPENS, PUBLISHES, Play, SECOND, START, Stage, instant, person};

const MINUTE: i64 = 60_000;

/// When the golden round has been played.
const PLAYED: &str = "2026-03-04T10:00:00+07:00";

fn after(text: &str, minutes: i64) -> Timestamp {
    instant(text).plus_millis(minutes * MINUTE)
}

fn unit<'a>(figures: &'a Value, code: &str) -> &'a Value {
    let units = figures["units"].as_array().expect("a list");
    units.iter().find(|unit| unit["unit"] == code).unwrap_or_else(|| panic!("no unit {code} in {figures}"))
}

/// What a round says of itself, of results and figures alike.
fn totals(of: &Value) -> [&Value; 3] {
    [&of["registered"], &of["contestants"], &of["attempts"]]
}

async fn as_of(stage: &Stage) -> Option<String> {
    stage.figures(FIRST).await.map(|figures| figures["as_of"].as_str().expect("a time").to_owned())
}

#[tokio::test]
async fn figures_of_a_round_under_way_are_those_that_will_be_published() {
    let (stage, _) = golden_round_played().await;
    let now = "2026-03-02T08:15:00+07:00";
    stage.look(FIRST, now).await;
    assert_eq!(stage.watch(now).await.expect("it counts"), "thi-thu/vong-1: counted 8 rows");
    let early = stage.figures(FIRST).await.expect("figures");
    assert_eq!([&early["under_way"], &early["as_of"]], [&json!(1), &json!("2026-03-02T01:15:00.000Z")]);
    // After the end, a moment before the round is closed.
    let now = after(CLOSES, 2);
    stage.look(FIRST, now).await;
    stage.watch(now).await.expect("it counts");
    let figures = stage.figures(FIRST).await.expect("figures");
    assert_eq!(figures["under_way"], 0);
    assert_eq!(figures["without_unit"], json!({ "registered": 0, "contestants": 0, "attempts": 0 }));
    let hour = |from: &str, attempts: u64, starts: u64| json!({ "from": instant(from).rfc3339(), "attempts": attempts, "starts": starts });
    let hours = [hour("2026-03-02T08:00:00+07:00", 5, 6), hour("2026-03-03T20:00:00+07:00", 1, 1)];
    assert_eq!(figures["hours"], Value::from(hours.to_vec()));
    assert_eq!(
        *unit(&figures, "nam"),
        json!({ "unit": "nam", "name": "Phường Nam", "parent": "thanh-pho", "level": "ward", "members": 20, "registered": 4,
            "contestants": 3, "attempts": 3, "rate_percent": "15.00", "band": "few" })
    );
    assert_eq!(unit(&figures, "thanh-pho")["rate_percent"], "16.66");
    assert_eq!([&unit(&figures, "to-1")["members"], &unit(&figures, "to-1")["band"]], [&Value::Null, &Value::Null]);

    stage.clock_well(PUBLISHES).await;
    let results = stage.round(FIRST).json("v1/results.json").await;
    assert_eq!(totals(&figures), totals(&results["totals"]));
    let table = String::from_utf8(stage.round(FIRST).file("v1/units.csv").await).expect("UTF-8");
    assert_eq!(table.lines().count(), 3, "two wards compete");
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let of = unit(&figures, cells[1]);
        let printed = ["members", "contestants", "attempts"].map(|name| of[name].to_string());
        assert_eq!(printed, [cells[4], cells[5], cells[6]], "{line}");
        assert_eq!(of["rate_percent"], cells[9], "{line}");
    }
    // What is ranked has figures of its own.
    let later = after(PUBLISHES, 60);
    stage.ask_for_figures(FIRST, later).await;
    assert_eq!(stage.watch(later).await.expect("it looks"), "thi-thu/vong-1: waits: ranked");
    assert_eq!(stage.figures(FIRST).await, Some(figures));
}

#[tokio::test]
async fn nothing_is_read_where_nobody_looks() {
    let (stage, _) = golden_round_played().await;
    let rows_read = || {
        let calls = stage.logbook.book.calls();
        let of = calls.get("watch-round").into_iter().flatten();
        of.filter(|(call, _)| call.action == "dynamodb:Query" && call.resource != "control")
            .map(|(_, count)| count)
            .sum::<u64>()
    };
    assert_eq!(stage.watch(PLAYED).await.expect("it looks"), "");
    assert_eq!((rows_read(), stage.figures(FIRST).await), (0, None));
    stage.look(FIRST, after(PLAYED, -24 * 60)).await;
    assert_eq!(stage.watch(PLAYED).await.expect("it looks"), "");
    assert_eq!((rows_read(), stage.figures(FIRST).await), (0, None), "a day ago");
    stage.look(FIRST, PLAYED).await;
    stage.watch(PLAYED).await.expect("it counts");
    assert_eq!(rows_read(), 32, "sixteen shards of attempts and of people");
    stage.watch(after(PLAYED, 15)).await.expect("it counts");
    assert_eq!(rows_read(), 48, "people are read every four hours");
    assert_eq!(stage.figures(SECOND).await, None, "that round has not begun");
}

#[tokio::test]
async fn the_page_is_noted_every_ten_minutes_and_a_question_every_minute() {
    let stage = Stage::with(&Folder::small()).await;
    let mut noted = Vec::new();
    for minutes in [0, 9, 10, 25] {
        stage.look(FIRST, after(OPENS, minutes)).await;
        noted.push(stage.tables().await["control"].iter().find(|item| item.contains("WATCH#")).cloned());
    }
    assert!(noted[0].is_some() && noted[0] == noted[1] && noted[1] != noted[2] && noted[2] != noted[3], "{noted:?}");
    let mut asked = Vec::new();
    for seconds in [0, 59, 60, 61] {
        asked.push(stage.ask_for_figures(FIRST, instant(OPENS).plus_millis(seconds * 1_000)).await);
    }
    assert_eq!(asked, [true, false, true, false]);
}

#[tokio::test]
async fn nothing_is_counted_in_the_first_and_last_minutes_whoever_asks() {
    let (stage, _) = golden_round_played().await;
    for (now, said) in [
        (after(OPENS, 14), "waits: border"),
        (after(OPENS, 15), "counted 8 rows"),
        (after(OPENS, 20), "counted 8 rows"),
        (after(CLOSES, -15), "waits: border"),
        (after(CLOSES, 1), "waits: border"),
        (after(CLOSES, 2), "counted 8 rows"),
        (after(CLOSES, 20), "waits: settled"),
    ] {
        stage.ask_for_figures(FIRST, now).await;
        assert_eq!(stage.watch(now).await.expect("it looks"), format!("thi-thu/vong-1: {said}"), "{}", now.rfc3339());
    }
}

/// As the organizers' API does where somebody asks for a count.
#[tokio::test]
async fn a_count_that_is_asked_for_comes_by_a_schedule_of_its_own() {
    let (stage, _) = golden_round_played().await;
    stage.clock_well(PLAYED).await;
    let (contest, round) = (ContestId::parse(CONTEST).expect("an id"), RoundId::parse(FIRST).expect("an id"));
    let schedules = Schedules::new(&stage.world.sdk, "hoithi", "arn:aws:iam::1:role/scheduler", "arn:aws:sqs:a:1:dead");
    let at = after(PLAYED, 1);
    assert!(stage.ask_for_figures(FIRST, PLAYED).await);
    let schedule = Schedule { contest: &contest, round: &round, step: WakeupStep::Watch, at };
    schedules.put_schedule(&schedule, Target { arn: &function_arn("watch-round") }).await.expect("it is kept");
    let fired = stage.clock_well(&after(PLAYED, 2).rfc3339()).await;
    assert_eq!(fired[0]["detail"], "thi-thu/vong-1: counted 8 rows");
    assert_eq!(as_of(&stage).await, Some(at.rfc3339()));
    assert_eq!(stage.watch(after(PLAYED, 3)).await.expect("it looks"), "thi-thu/vong-1: waits: fresh");
}

/// Wherever a slow count stands when a later one overtakes it, the later figures stay.
#[tokio::test]
async fn a_slow_count_never_replaces_a_later_one() {
    let network = Network::default();
    let mut stage = Stage::on(START, Some(&network)).await;
    stage.add(&Folder::small()).await;
    let people = stage.door.register_all((1..=2).map(|number| person(number, "Nguyễn Văn An", "bac"))).await;
    stage.clock_well(OPENS).await;
    for (number, contestant) in people.iter().enumerate() {
        contestant.play(Play { round: FIRST, started_at: OPENS, seconds: 60, right: number, prediction: None }).await;
    }
    let latest = format!("vault/{}", keys::watch_latest(&contest(), &RoundId::parse(FIRST).expect("an id")));
    let people = format!("vault/{}", keys::watch_people(&contest()));
    let moments = [Moment::Write(latest.leak()), Moment::Write(people.leak())];
    for (turn, moment) in (0..).zip(moments) {
        // Accounts are read anew in each turn.
        let now = after(PLAYED, turn * 5 * 60);
        let later = now.plus_millis(5 * MINUTE);
        stage.look(FIRST, now).await;
        let other = async {
            assert!(stage.ask_for_figures(FIRST, later).await);
            assert_eq!(stage.watch(later).await.expect("it counts"), "thi-thu/vong-1: counted 2 rows");
        };
        let said = network.interrupted(moment, stage.watch(now), other).await.expect("nobody fails");
        assert_eq!(said, "thi-thu/vong-1: counted 2 rows, later than another", "{moment:?}");
        assert_eq!(as_of(&stage).await, Some(later.rfc3339()), "{moment:?}");
    }
}

fn contest() -> ContestId {
    ContestId::parse(CONTEST).expect("an id")
}

#[tokio::test]
async fn a_table_that_throttles_is_left_alone_for_a_quarter_of_an_hour() {
    let network = Network::default();
    let mut stage = Stage::on(START, Some(&network)).await;
    stage.add(&Folder::small()).await;
    stage.look(FIRST, PLAYED).await;
    let (_, calls) = network.with(&[], stage.watch(PLAYED)).await;
    let queries: Vec<usize> = (0..calls.len()).filter(|at| calls[*at].action == "Query").collect();
    // One asks which contests there are.
    assert_eq!(queries.len(), 1 + 32, "{calls:#?}");
    for (turn, fault) in (1..).zip([Fault::Throttled, Fault::Refused, Fault::Full]) {
        // The last shard: accounts are read anew each time.
        let now = after(PLAYED, turn * 5 * 60);
        let (said, calls) = network.with(&[(queries[32], fault)], stage.watch(now)).await;
        let said = said.expect("it waits");
        assert!(said.starts_with("thi-thu/vong-1: a table is busy, and is left alone"), "{fault:?}: {said}");
        assert_eq!(calls.iter().filter(|call| call.action == "Query").count(), 33, "it stops there");
        stage.ask_for_figures(FIRST, now).await;
        let (said, calls) = network.with(&[], stage.watch(now.plus_millis(10 * MINUTE))).await;
        assert_eq!(said.expect("it waits"), "thi-thu/vong-1: waits: table_busy");
        assert_eq!(calls.iter().filter(|call| call.action == "Query").count(), 1);
        let again = now.plus_millis(15 * MINUTE);
        assert_eq!(stage.watch(again).await.expect("it counts"), "thi-thu/vong-1: counted 0 rows");
        assert_eq!(as_of(&stage).await, Some(again.rfc3339()));
    }
}

#[tokio::test]
async fn whoever_registered_since_is_in_no_unit_and_is_found_after_the_end() {
    let stage = Stage::with(&Folder::small()).await;
    stage.clock_well(OPENS).await;
    stage.look(FIRST, PLAYED).await;
    stage.watch(PLAYED).await.expect("it counts");
    let contestant = stage.door.register(&person(1, "Nguyễn Văn An", "bac")).await;
    contestant.play(Play { round: FIRST, started_at: PLAYED, seconds: 60, right: 1, prediction: None }).await;
    stage.watch(after(PLAYED, 15)).await.expect("it counts");
    let figures = stage.figures(FIRST).await.expect("figures");
    assert_eq!(totals(&figures), [&json!(0), &json!(1), &json!(1)]);
    assert_eq!(figures["without_unit"]["contestants"], 1);
    assert_eq!(figures["people_as_of"], instant(PLAYED).rfc3339());
    stage.watch(after(PLAYED, 4 * 60)).await.expect("it counts");
    let figures = stage.figures(FIRST).await.expect("figures");
    assert_eq!(totals(&figures), [&json!(1), &json!(1), &json!(1)]);
    assert_eq!(unit(&figures, "bac")["rate_percent"], "10.00");
}

/// More than a reply of the table holds.
#[tokio::test]
async fn rows_are_read_page_by_page() {
    let stage = Stage::with(&Folder::small()).await;
    let round = RoundId::parse(FIRST).expect("an id");
    let (pk, text, number) = (
        keys::attempts(&contest(), &round, 3),
        |text: String| AttributeValue::S(text),
        |number: i64| AttributeValue::N(number.to_string()),
    );
    let started = instant(PLAYED).millis();
    let item = |place: u32| {
        let contestant = ContestantId::parse(&format!("AB{place:06}")).expect("a code");
        HashMap::from([
            ("pk".to_owned(), text(pk.clone())),
            ("sk".to_owned(), text(keys::attempt(&contestant, 1))),
            ("st".to_owned(), number(2)),
            ("s_ms".to_owned(), number(started)),
            ("e_ms".to_owned(), number(started + MINUTE)),
            ("g_ms".to_owned(), number(started + 1)),
            ("ans".to_owned(), AttributeValue::B(vec![0; 900].into())),
        ])
    };
    let writes: Vec<WriteRequest> = (0..1_250)
        .map(|place| PutRequest::builder().set_item(Some(item(place))).build().expect("a write"))
        .map(|put| WriteRequest::builder().put_request(put).build())
        .collect();
    for some in writes.chunks(25) {
        let write = stage.world.dynamodb.batch_write_item().request_items("attempts", some.to_vec());
        write.send().await.expect("rows are written");
    }
    stage.look(FIRST, PLAYED).await;
    let before = std::time::Instant::now();
    assert_eq!(stage.watch(PLAYED).await.expect("it counts"), "thi-thu/vong-1: counted 1250 rows");
    let took = before.elapsed();
    let figures = stage.figures(FIRST).await.expect("figures");
    assert_eq!([&figures["attempts"], &figures["contestants"]], [&json!(1_250), &json!(1_250)]);
    let queries = stage.logbook.book.calls()["watch-round"]
        .iter()
        .find(|(call, _)| call.resource == "attempts")
        .map(|(_, count)| *count);
    assert_eq!(queries, Some(17), "sixteen shards, one of which has two pages");
    // 1.2 MB at 8 kilobytes a unit and 800 units a second.
    assert!(took.as_millis() >= 170, "read in {took:?}");
}

#[tokio::test]
async fn no_figure_and_no_line_of_the_log_tells_of_anybody() {
    let (stage, people) = golden_round_played().await;
    stage.look(FIRST, PLAYED).await;
    let (said, lines) = stage.logbook.logged(stage.watch(PLAYED)).await;
    said.expect("it counts");
    let objects = stage.objects("vault").await;
    let text = |path: String| String::from_utf8(objects[&path].clone()).expect("UTF-8");
    let figures = text(keys::watch_latest(&contest(), &RoundId::parse(FIRST).expect("an id")));
    let kept = text(keys::watch_people(&contest()));
    let log: String = lines.iter().map(|line| line.text.clone()).collect();
    assert!(!log.is_empty() && kept.contains(&people[0].code), "{log} {kept}");
    let codes = people.iter().map(|person| person.code.clone());
    let mut values: Vec<String> =
        ["Nguyễn", "Vũ Thị Tổ", "1990-05-17", "001090", "0912", "argon2", CANARY].map(str::to_owned).to_vec();
    for value in &values {
        assert!(!kept.contains(value.as_str()), "{value} stands in {kept}");
    }
    values.extend(codes);
    for value in values {
        assert!(!figures.contains(&value), "{value} stands in {figures}");
        assert!(!log.contains(&value), "{value} stands in {log}");
    }
}
