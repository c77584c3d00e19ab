//! What functions ask of AWS: no more than their roles allow, no less than their roles were given, and as
//! little as the bill says.

use crate::template::{grants, of_type, template, texts};
use contest::slip_code::SlipCode;
use http::Method;
use local::world::functions::Book;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tests::golden;
use tests::network::{Fault, Network};
use tests::sheet;
use tests::{
    CLOSES, CONTEST, Contestant, FIRST, Folder, OPENS, PUBLISHES, Play, SECOND_PUBLISHES, SECRET, START, Staff, Stage,
    bank, instant, person,
};

/// Grants whose use cannot be seen in a call of ours, each with what uses it.
const UNSEEN: [(&str, &str); 7] = [
    ("logs:CreateLogStream", "Lambda, in the function's name"),
    ("logs:PutLogEvents", "Lambda, in the function's name"),
    ("sqs:SendMessage", "Lambda, for an event that failed for good"),
    ("iam:PassRole", "Scheduler, when a schedule is made"),
    ("kms:Decrypt", "S3, when an answer key is read"),
    ("kms:GenerateDataKey", "S3, when an answer key is written"),
    ("s3:ListBucket", "S3, to say absent instead of forbidden"),
];

/// A resource of the template as the local world names it: `vault/keys/*`, `attempts`.
fn local_name(resource: &str) -> String {
    const NAMES: [(&str, &str); 14] = [
        ("arn:${AWS::Partition}:s3:::${AWS::StackName}-uploads-${AWS::AccountId}", "uploads"),
        ("arn:${AWS::Partition}:scheduler:${AWS::Region}:${AWS::AccountId}:schedule/${ScheduleGroup}/*", ""),
        ("arn:${AWS::Partition}:scheduler:${AWS::Region}:${AWS::AccountId}:schedule/${ScheduleGroup}/4-preview-*", ""),
        ("arn:${AWS::Partition}:scheduler:${AWS::Region}:${AWS::AccountId}:schedule/${ScheduleGroup}/5-watch-*", ""),
        ("${VaultBucket.Arn}", "vault"),
        ("${SiteBucket.Arn}", "site"),
        ("${OfficialsBucket.Arn}", "officials"),
        ("VaultBucket.Arn", "vault"),
        ("OfficialsBucket.Arn", "officials"),
        ("AttemptsTable.Arn", "attempts"),
        ("ControlTable.Arn", "control"),
        ("OrganizersTable.Arn", "organizers"),
        ("PeopleTable.Arn", "people"),
        ("SecretArn", ""),
    ];
    NAMES.iter().fold(resource.to_owned(), |name, (from, to)| name.replace(from, to))
}

/// Whether a text is one of those that a pattern with `*` names.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, rest)) => text.strip_prefix(head).is_some_and(|tail| {
            tail.char_indices().map(|(at, _)| at).chain([tail.len()]).any(|at| matches(rest, &tail[at..]))
        }),
    }
}

/// Action and pattern of every grant, by function.
pub(crate) fn granted() -> BTreeMap<String, BTreeSet<(String, String)>> {
    let template = template();
    let grants = grants(&template);
    let mut granted = BTreeMap::new();
    for (_, function) in of_type(&template, "AWS::Serverless::Function") {
        let folder = function["Properties"]["CodeUri"].as_str().expect("a folder").trim_start_matches("../functions/");
        let role = texts(&function["Properties"]["Role"]).remove(0).trim_end_matches(".Arn").to_owned();
        let of_role = grants.iter().filter(|(name, _)| *name == role).flat_map(|(_, statement)| {
            let patterns: Vec<String> = texts(&statement["Resource"]).iter().map(|r| local_name(r)).collect();
            texts(&statement["Action"])
                .into_iter()
                .flat_map(move |action| patterns.clone().into_iter().map(move |pattern| (action.clone(), pattern)))
        });
        granted.insert(folder.to_owned(), of_role.collect());
    }
    granted
}

/// A prize over the contest.
const OVERALL: &str = "[[prizes]]\ntier = \"all\"\nname = \"Giải Toàn cuộc thi\"\ncount = 1\namount = 0\n\
    scope = \"contest\"\n\n[overall]\nscore = \"sum\"\norder = [\"score desc\"]\n\n[[collective]]";

/// The first of somebody's certificates, printed once it is wished.
async fn certificate(contestant: &Contestant) {
    let list = contestant.door.call(Method::GET, "me/certificates", None).await.expect(200);
    for status in [202, 200] {
        let path = list["certificates"][0]["path"].as_str().expect("a prize was won");
        assert_eq!(contestant.door.call(Method::GET, path, None).await.status, status);
    }
}

/// Somebody looks at the figures of a round, and they are counted once the table of attempts has time for it.
async fn watched(stage: &Stage, network: &Network) {
    let now = instant(OPENS).plus_millis(24 * 60 * 60_000);
    stage.look(FIRST, now).await;
    let (said, calls) = network.with(&[], stage.watch(now)).await;
    assert!(said.expect("it counts").contains("counted"));
    let query = calls.iter().rposition(|call| call.action == "Query").expect("rows are read");
    // Accounts are read anew, so that the calls are the same.
    let later = now.plus_millis(5 * 60 * 60_000);
    let (said, _) = network.with(&[(query, Fault::Throttled)], stage.watch(later)).await;
    assert!(said.expect("it waits").contains("busy"));
}

/// A number that is corrected, an attempt under way when the sessions are ended, and a slip.
async fn ended_and_corrected(stage: &Stage, contestant: Contestant) -> Contestant {
    contestant.correct(&json!({ "phone": "0987654321" })).await.expect(200);
    contestant.start(FIRST).await.expect(201);
    let next = contestant.in_session(contestant.change_secret(SECRET, "mật khẩu mới").await);
    assert_eq!(next.end_sessions().await.status, 204);
    let code = SlipCode::of([7; 15]);
    stage.give_slip(&contestant.code, &code, instant(CLOSES)).await;
    contestant.in_session(stage.door.use_slip(&contestant.code, &code.to_string(), SECRET).await)
}

/// A lead looks at every file, uploads one again, reads the log and leaves.
async fn organized(stage: &Stage, contest: &str) {
    let now = instant(SECOND_PUBLISHES);
    let lead = stage.staff("mai", "lead", "*", now).await;
    lead.get(&format!("contests/{contest}")).await.expect(200);
    lead.get(&format!("contests/{contest}/public")).await.expect(200);
    for name in ["contest.toml", "excluded.csv", "roster.csv", "adjudications.csv", "announcements.csv"] {
        assert_eq!(lead.get(&format!("contests/{contest}/files/{name}")).await.status, 200, "{name}");
    }
    lead.get(&format!("contests/{contest}/files/reveals.csv")).await.refused(404, "no_such_file");
    let units = lead.get(&format!("contests/{contest}/files/units.csv")).await;
    lead.put_file(contest, "units.csv", &units.body, Some(units.header("etag"))).await.expect(202);
    lead.get(&format!("contests/{contest}/audit/1")).await.expect(200);
    assert_eq!(lead.call(Method::DELETE, "sessions", None).await.status, 204);
}

/// Somebody is looked up, and figures are asked for.
async fn looked_up(stage: &Stage, contest: &str, contestant: &Contestant) {
    let clerk = stage.staff("thu", "organizer", contest, instant(SECOND_PUBLISHES)).await;
    for (by, value) in [("code", &*contestant.code), ("phone", "0987654321")] {
        let form = json!({ "by": by, "value": value });
        let found = clerk.call(Method::POST, &format!("contests/{contest}/contestants/search"), Some(form)).await;
        assert_eq!(found.expect(200)["people"].as_array().map(Vec::len), Some(1), "{by}");
    }
    let listed = clerk.get(&format!("contests/{contest}/documents")).await.expect(200);
    for version in listed["versions"].as_array().expect("versions") {
        let place = format!("{}/{}", version["round"].as_str().expect("a round"), version["version"]);
        for file in version["files"].as_array().expect("files").iter().filter(|file| file["status"] == "ready") {
            let name = file["name"].as_str().expect("a name");
            let part = clerk.get(&format!("contests/{contest}/documents/{place}/{name}/parts/1")).await;
            assert_eq!(part.status, 200, "{place} {name}: {}", part.text());
        }
    }
    let figures = format!("contests/{contest}/rounds/{FIRST}/watch");
    clerk.get(&figures).await.expect(200);
    clerk.call(Method::POST, &figures, None).await.expect(202);
}

/// What two people decide in the console: the place of somebody among equals, and that they get a slip.
async fn decided_by_two(stage: &Stage, contestant: &Contestant) {
    let at = instant(PUBLISHES).plus_millis(60_000);
    let clerk = stage.staff("lan", "organizer", CONTEST, at).await;
    let lead = stage.staff("hai", "lead", CONTEST, at).await;
    let proposals = format!("contests/{CONTEST}/proposals");
    let put_in_force = async |lead: &Staff, made: Value| {
        let path = format!("{proposals}/{}", made["proposal"].as_str().expect("an id"));
        let seen = lead.get(&path).await.expect(200);
        let form = json!({ "preview_sha256": seen["preview"]["sha256"] });
        lead.call(Method::POST, &format!("{path}/approve"), Some(form)).await.expect(200);
    };
    let change = json!({ "action": "order", "round": FIRST, "contestant": contestant.code, "place": 1 });
    let form = json!({ "changes": [change], "reason": "Nộp bài trước" });
    let made = clerk.call(Method::POST, &proposals, Some(form)).await.expect(201);
    // Asked twice before it is tried, the wake-up is moved.
    for _ in 0..2 {
        let path = format!("{proposals}/{}/preview", made["proposal"].as_str().expect("an id"));
        clerk.call(Method::POST, &path, None).await.expect(202);
    }
    stage.clock_well("2026-03-08T17:05:00+07:00").await;
    put_in_force(&lead, made).await;
    let form = json!({ "reason": "Quên mật khẩu", "checked": "in_person" });
    let path = format!("contests/{CONTEST}/contestants/{}/resets", contestant.code);
    stage.clock_well("2026-03-09T08:00:00+07:00").await;
    let at = instant("2026-03-09T08:01:00+07:00");
    let clerk = stage.staff("lanh", "organizer", CONTEST, at).await;
    let lead = stage.staff("hanh", "lead", CONTEST, at).await;
    let made = clerk.call(Method::POST, &path, Some(form)).await.expect(202);
    put_in_force(&lead, made).await;
}

/// Everything that functions do, at least once.
async fn everything() -> Stage {
    let folder = Folder::small()
        .with_plan("language = \"vi\"", "language = \"vi\"\nannounced = \"2026-02-28T08:00\"")
        .with_plan("reveal_score = \"published\"", "reveal_score = \"submitted\"")
        .with_plan("scope = \"round\"", "scope = \"contest\"")
        .with_plan("[[collective]]", OVERALL)
        .with_file("excluded.csv", "Họ và tên,Căn cước,Vai trò\nTrần Thị Bí,001090999999,Ban Tổ chức\n")
        .with_plan("mode = \"open\"", "mode = \"roster\"")
        .with_file("roster.csv", "Họ và tên,Ngày sinh,Căn cước,Đơn vị\nNguyễn Văn An,1990-05-17,001090000001,bac\n");
    let network = Network::default();
    let mut stage = Stage::on("2026-02-27T09:00:00+07:00", Some(&network)).await;
    stage.add(&folder).await;
    // It is complete, and public at its moment.
    stage.clock_well(START).await;
    stage.resume(CONTEST).await;
    // A round that is planned no longer loses its schedules, and gets them again.
    let plan = folder.text("contest.toml");
    let second =
        plan.split("[[rounds]]").nth(2).and_then(|rest| rest.split("[[prizes]]").next()).expect("a second round");
    let shorter = plan.replace(&format!("[[rounds]]{second}"), "");
    for plan in [shorter, plan] {
        stage.accept("contest.toml", plan).await;
    }
    stage.world.sweep().await.expect("slips of the roster are made");
    let contestant = stage.door.register(&person(1, "Nguyễn Văn An", "bac")).await;
    stage.door.try_register(&person(1, "Nguyễn Văn An", "bac")).await.refused(409, "already_registered");
    stage.door.sign_in(&contestant.code, "sai mật khẩu").await.refused(401, "wrong_credentials");
    stage.door.sign_in(&contestant.code, SECRET).await.expect(200);
    stage.clock_well(OPENS).await;
    contestant.play(Play { round: FIRST, started_at: OPENS, seconds: 60, right: 4, prediction: Some(1) }).await;
    contestant.status(FIRST, 1).await.expect(200);
    contestant.me().await;
    watched(&stage, &network).await;
    let contestant = ended_and_corrected(&stage, contestant).await;
    stage.clock_well(CLOSES).await;
    contestant.status(FIRST, 1).await.expect(200);
    stage.clock_well(PUBLISHES).await;
    certificate(&contestant).await;
    let clerk = stage.staff("thao", "organizer", CONTEST, instant(PUBLISHES)).await;
    let results = clerk.get(&format!("contests/{CONTEST}/rounds/{FIRST}/results")).await.expect(200);
    assert!(results["results"]["winners"][0]["full_name"].is_string(), "{results}");
    // A name that is mended now is written beside what the round was frozen with.
    let units = folder.text("units.csv").replace("Phường Bắc", "Phường Bắc Sơn");
    stage.accept("units.csv", units).await;
    // After a crash before its phase was recorded, publishing reads what stands there.
    stage.round(FIRST).set_phase("RANKED").await;
    stage.world.sweep().await.expect("it is published again");
    // A decision names somebody, and makes a version after the first one.
    let decided = format!("Mã dự thi,Vòng,Xử lý,Lý do\n{},{FIRST},forfeit,Không nhận giải\n", contestant.code);
    stage.accept("adjudications.csv", decided).await;
    stage.accept("announcements.csv", "Ngày,Nội dung\n1/3/2026,Có tài liệu mới.\n").await;
    stage.accept("logo.png", include_bytes!("../../functions/import-upload/golden/pixel.png").as_slice()).await;
    stage.world.sweep().await.expect("an edition is made");
    decided_by_two(&stage, &contestant).await;
    stage.world.sweep().await.expect("an edition is made");
    // Closing a later round reads who has won a prize before.
    stage.clock_well(SECOND_PUBLISHES).await;
    organized(&stage, &folder.id).await;
    looked_up(&stage, &folder.id, &contestant).await;
    // Somebody takes their data along and goes; a year later everybody has gone.
    let session = stage.door.sign_in(&contestant.code, SECRET).await.expect(200)["session"].clone();
    let contestant = Contestant { door: stage.door.with_session(session.as_str()), ..contestant };
    certificate(&contestant).await;
    contestant.export().await.expect(200);
    contestant.erase().await.expect(202);
    stage.publish("2027-03-16T17:00:00+07:00").await.expect("everybody is forgotten");
    stage
}

#[tokio::test]
async fn roles_allow_exactly_the_calls_that_functions_make() {
    let stage = everything().await;
    let granted = granted();
    let mut differences = Vec::new();
    for (function, calls) in stage.logbook.book.calls() {
        let granted = &granted[function];
        for call in calls.keys() {
            if !granted.iter().any(|(action, of)| *action == call.action && matches(of, &call.resource)) {
                differences.push(format!("{function} is not allowed {} on {:?}", call.action, call.resource));
            }
        }
        for (action, of) in granted.iter().filter(|(action, _)| !UNSEEN.iter().any(|(unseen, _)| unseen == action)) {
            if !calls.keys().any(|call| call.action == *action && matches(of, &call.resource)) {
                differences.push(format!("{function} has no use for {action} on {of:?}"));
            }
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

/// How often each action was called.
fn counts(book: &Book) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for (call, count) in book.calls().into_values().flatten() {
        *counts.entry(call.action).or_default() += count;
    }
    counts
}

/// One thing that is done, for the bill: its calls, and the line that it leaves in the log.
async fn billed<T>(stage: &Stage, done: impl Future<Output = T>) -> (T, Map<String, Value>) {
    let before = counts(&stage.logbook.book);
    let (result, lines) = stage.logbook.logged(done).await;
    let after = counts(&stage.logbook.book).into_iter();
    let since = after.map(|(action, count)| (before.get(&action).map_or(count, |before| count - before), action));
    let mut bill: Map<String, Value> =
        since.filter(|(count, _)| *count > 0).map(|(count, action)| (action, json!(count))).collect();
    let sum = |name: &str| lines.iter().filter_map(|line| line.fields[name].as_u64()).sum::<u64>();
    bill.insert("read units".to_owned(), json!(sum("rcu")));
    bill.insert("write units".to_owned(), json!(sum("wcu")));
    bill.insert("log bytes".to_owned(), json!(lines.iter().map(even_bytes).sum::<usize>()));
    (result, bill)
}

async fn swept(stage: &Stage, job: impl Future<Output = anyhow::Result<String>>) -> Map<String, Value> {
    let (said, bill) = billed(stage, job).await;
    said.expect("it has nothing to complain of");
    bill
}

/// Bytes of a line as if every duration and shard had the same number of figures, rounded up.
fn even_bytes(line: &tests::logbook::Line) -> usize {
    let figures = |name: &str| line.fields.get(name).map_or(0, |number| number.to_string().len());
    let even = |name: &str, width: usize| if figures(name) == 0 { 0 } else { width };
    (line.text.len() + 1 - figures("ms") - figures("shard") + even("ms", 3) + even("shard", 2)).next_multiple_of(50)
}

/// The calls that an attempt costs stand in a golden file, from which `cargo xtask cost` makes the bill:
/// a call more is a change that somebody reads.
#[tokio::test]
async fn calls_for_each_thing_that_is_paid_for_are_the_golden_ones() {
    let stage = Stage::with(&Folder::small().with_file("bank-2.csv", bank(2, 6))).await;
    // Caches are filled by somebody else: a process answers many.
    let other = stage.door.register(&person(1, "Trần Thị Bình", "nam")).await;
    stage.clock_well(OPENS).await;
    other.play(Play { round: FIRST, started_at: OPENS, seconds: 60, right: 4, prediction: Some(1) }).await;
    let mut bills = Map::new();
    let mut put = |name: &str, bill| bills.insert(name.to_owned(), Value::Object(bill));
    let (contestant, bill): (Contestant, _) =
        billed(&stage, stage.door.register(&person(2, "Lê Văn Cường", "bac"))).await;
    put("register", bill);
    put("sign_in", billed(&stage, stage.door.sign_in(&contestant.code, SECRET)).await.1);
    put("me", billed(&stage, contestant.me()).await.1);
    put("time", billed(&stage, stage.door.call(Method::GET, "/v1/time", None)).await.1);
    let (started, bill) = billed(&stage, contestant.at(OPENS).start(FIRST)).await;
    put("start", bill);
    let sheet = json!({ "answers": sheet::answers(&started.expect(201)["paper"], 3), "prediction": 2 });
    let received_at = instant(OPENS).plus_millis(60_000);
    let (accepted, bill) = billed(&stage, contestant.at(received_at).submit(FIRST, 1, &sheet)).await;
    accepted.expect(200);
    put("submit", bill);
    let (changed, bill) = billed(&stage, contestant.change_secret(SECRET, "mật khẩu mới")).await;
    put("change_secret", bill);
    let contestant = contestant.in_session(changed);
    put("status", billed(&stage, contestant.status(FIRST, 1)).await.1);
    put("idle sweep of closing", swept(&stage, stage.close(OPENS)).await);
    put("idle sweep of publishing", swept(&stage, stage.publish(OPENS)).await);
    let noon = instant(OPENS).plus_millis(4 * 60 * 60_000);
    put("idle sweep of watching", swept(&stage, stage.watch(noon)).await);
    stage.look(FIRST, noon).await;
    put("watching accounts and attempts", swept(&stage, stage.watch(noon)).await);
    put("watching attempts", swept(&stage, stage.watch(noon.plus_millis(15 * 60_000))).await);
    put("closing", swept(&stage, stage.close(CLOSES)).await);
    put("publishing", swept(&stage, stage.publish(PUBLISHES)).await);
    let door = other.at(PUBLISHES).door;
    let (list, bill) = billed(&stage, door.call(Method::GET, "me/certificates", None)).await;
    put("certificates", bill);
    let list = list.expect(200);
    let path = list["certificates"][0]["path"].as_str().expect("a prize was won");
    for (what, status) in [("printing", 202), ("certificate", 200)] {
        let (reply, bill) = billed(&stage, door.call(Method::GET, path, None)).await;
        assert_eq!(reply.status, status);
        put(what, bill);
    }
    let bytes = serde_json::to_string_pretty(&bills).expect("JSON") + "\n";
    golden::check("cost/calls.json", bytes.as_bytes());
    for (what, writes, strong_reads) in [("start", 1, 3), ("submit", 1, 1)] {
        let bill = &bills[what];
        assert_eq!(
            (&bill["write units"], &bill["read units"]),
            (&json!(writes), &json!(strong_reads)),
            "{what}: {bill}"
        );
    }
}
