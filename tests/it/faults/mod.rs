//! Every call of AWS that a use case makes fails once, in each way: refused before it arrives, lost after it
//! was carried out, throttled. Done again, it must end where a run without faults ends, to the byte.

mod organizers;
mod use_cases;

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use tests::network::{Fault, Moment, Network, Passed};
use tests::storage::Objects;
use tests::{CONTEST, FIRST, SECOND, SECOND_PUBLISHES, Stage};
use use_cases::{Prepared, Scene, UseCase, without};

/// Everything that is stored, but for what is drawn at random.
type State = (BTreeMap<&'static str, Vec<String>>, BTreeMap<&'static str, Objects>, Vec<String>);

async fn state(stage: &Stage) -> State {
    let mut tables = stage.tables().await;
    for item in tables.values_mut().flatten() {
        *item = without_busy(&without_random(item));
    }
    let mut buckets = BTreeMap::new();
    for bucket in ["vault", "site", "officials"] {
        let mut objects = stage.objects(bucket).await;
        objects.retain(|path, _| bucket != "site" || path.starts_with("contests/"));
        let reports = objects.iter_mut().filter(|(path, _)| path.ends_with(".report.json"));
        reports.for_each(|(_, bytes)| *bytes = without_version(bytes));
        let watched = objects.iter_mut().filter(|(path, _)| path.starts_with("watch/"));
        watched.for_each(|(_, bytes)| *bytes = without_time(bytes));
        buckets.insert(bucket, objects);
    }
    (tables, buckets, stage.schedules().await)
}

/// A slip that is tried once more after it was used is a try that is counted; it goes by itself within a day.
fn without_tries(case: UseCase, mut state: State) -> State {
    if case == UseCase::UseSlip {
        state.0.values_mut().for_each(|items| items.retain(|item| !item.contains("S(\"tries\")")));
    }
    state
}

/// The salt of a secret's hash is drawn anew at each registration.
fn without_random(item: &str) -> String {
    match item.split_once("argon2id$") {
        Some((head, tail)) => {
            let rest = tail.find("\\\"").map_or("", |end| &tail[end..]);
            format!("{head}argon2id{rest}")
        }
        None => item.to_owned(),
    }
}

/// Figures come a quarter of an hour later where a table had no time for them.
fn without_time(figures: &[u8]) -> Vec<u8> {
    let mut figures: serde_json::Value = serde_json::from_slice(figures).expect("figures are JSON");
    for name in ["as_of", "people_as_of", "read_at_ms"] {
        figures[name] = serde_json::Value::Null;
    }
    figures.to_string().into_bytes()
}

/// That a table had no time once is noted for good.
fn without_busy(item: &str) -> String {
    const BUSY: &str = "\"busy_ms\": ";
    match item.split_once(BUSY) {
        Some((head, tail)) => format!("{head}{}", tail.split_once(", ").map_or("", |(_, rest)| rest)),
        None => item.to_owned(),
    }
}

/// Each upload has a version of its own, by the clock of the machine.
fn without_version(report: &[u8]) -> Vec<u8> {
    let mut report: serde_json::Value = serde_json::from_slice(report).expect("a report is JSON");
    report["version_id"] = serde_json::Value::Null;
    report.to_string().into_bytes()
}

#[track_caller]
fn same(found: &State, expected: &State, told: &str) {
    for (table, items) in &expected.0 {
        assert_eq!(&found.0[table], items, "{told}: table {table}");
    }
    for (bucket, objects) in &expected.1 {
        let found = &found.1[bucket];
        assert_eq!(found.keys().collect::<Vec<_>>(), objects.keys().collect::<Vec<_>>(), "{told}: {bucket}");
        for (path, bytes) in objects {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            assert!(found[path] == *bytes, "{told}: {bucket}/{path}\n{}\n{}", text(&found[path]), text(bytes));
        }
    }
    assert_eq!(found.2, expected.2, "{told}: schedules");
}

/// Anyone who reads meanwhile finds every file of the version to which a pointer leads.
async fn pointers_name_whole_versions(stage: &Stage, told: &str) {
    let site = stage.objects("site").await;
    let json = |path: &str| -> serde_json::Value {
        let bytes = site.get(path).unwrap_or_else(|| panic!("{told}: {path} is named and not there"));
        serde_json::from_slice(bytes).expect("JSON")
    };
    let of_a_version = |path: &&String| path.contains("/rounds/") || path.contains("/overall/");
    for path in site.keys().filter(of_a_version).filter(|path| path.ends_with("/index.json")) {
        let live = path.replace("index.json", json(path)["path"].as_str().expect("a path"));
        for file in json(&format!("{live}manifest.json"))["files"].as_array().expect("a list") {
            let path = format!("{live}{}", file["name"].as_str().expect("a name"));
            assert!(site.contains_key(&path), "{told}: {path} is named and not there");
        }
    }
}

/// A use case, the calls that it makes without faults, and where that ends.
struct Undisturbed {
    case: UseCase,
    before: Prepared,
    begun: State,
    calls: Vec<Passed>,
    after: State,
}

/// A world in which calls have failed and nothing has changed.
struct Unchanged {
    network: Network,
    scene: Scene,
    told: String,
}

impl Undisturbed {
    async fn of(case: UseCase) -> Self {
        let before = case.prepared().await;
        let network = Network::default();
        let scene = before.scene(&network).await;
        let begun = without_tries(case, state(&scene.stage).await);
        let (outcome, calls) = network.with(&[], case.act(&scene)).await;
        outcome.unwrap_or_else(|fault| panic!("{case:?} without a fault: {fault}"));
        let after = without_tries(case, state(&scene.stage).await);
        Self { case, before, begun, calls, after }
    }

    /// Whether a call that fails in this way leaves everything as it stood in the beginning.
    fn is_before_any_write(&self, place: usize, fault: Fault) -> bool {
        let is_read = |call: &Passed| READS.contains(&call.action.as_str());
        let is_lost = matches!(fault, Fault::Lost | Fault::LostOnce);
        self.calls[..place].iter().all(is_read) && (is_read(&self.calls[place]) || !is_lost)
    }

    /// Lets a call fail before anything was written. A world that stands as it did may see the next one fail, and everything is
    /// done again after the last: to start a world takes longer than these calls.
    async fn fails_early(&self, world: Option<Unchanged>, (place, fault): (usize, Fault)) -> Option<Unchanged> {
        let Self { case, before, begun, calls, after } = self;
        let is_fresh = world.is_none();
        let world = match world {
            Some(world) => world,
            None => {
                let network = Network::default();
                let scene = before.scene(&network).await;
                Unchanged { network, scene, told: format!("{case:?}") }
            }
        };
        let Unchanged { network, scene, told } = world;
        let told = format!("{told}, {fault:?} at call {place} ({:?})", calls[place]);
        let (said, passed) = network.with(&[(place, fault)], case.act(&scene)).await;
        if !is_fresh && passed.get(place).map(kind) != Some(kind(&calls[place])) {
            // What was read before is remembered, and another call has failed.
            self.is_done_again(&Unchanged { network, scene, told }).await;
            self.with(&[(place, fault)]).await;
            return None;
        }
        pointers_name_whole_versions(&scene.stage, &told).await;
        let found = without_tries(*case, state(&scene.stage).await);
        if said.is_ok() {
            same(&found, after, &format!("{told}, and all is well"));
        }
        let world = Unchanged { network, scene, told };
        if said.is_err() && found == *begun {
            return Some(world);
        }
        self.is_done_again(&world).await;
        None
    }

    /// Does it again without faults, and compares.
    async fn is_done_again(&self, Unchanged { network, scene, told }: &Unchanged) {
        let Self { case, after, .. } = self;
        let (outcome, _) = network.with(&[], case.act(scene)).await;
        outcome.unwrap_or_else(|fault| panic!("{told}, then again: {fault}"));
        same(&without_tries(*case, state(&scene.stage).await), after, told);
    }

    /// Runs the use case with each fault in turn, then without, and compares. Where it says that all is well
    /// in spite of the last fault, nothing may be left to do.
    async fn with(&self, faults: &[(usize, Fault)]) {
        let Self { case, before, calls, after, .. } = self;
        let network = Network::default();
        let scene = before.scene(&network).await;
        let (mut told, mut is_well) = (format!("{case:?}"), false);
        for fault in faults {
            told = format!("{told}, {:?} at call {} ({:?})", fault.1, fault.0, calls.get(fault.0));
            let (said, _) = network.with(&[*fault], case.act(&scene)).await;
            pointers_name_whole_versions(&scene.stage, &told).await;
            is_well = said.is_ok();
        }
        if is_well {
            same(&without_tries(*case, state(&scene.stage).await), after, &format!("{told}, and all is well"));
        }
        let (outcome, _) = network.with(&[], case.act(&scene)).await;
        outcome.unwrap_or_else(|fault| panic!("{told}, then again: {fault}"));
        same(&without_tries(*case, state(&scene.stage).await), after, &told);
    }
}

/// A call without its shard, gate or version.
fn kind(call: &Passed) -> String {
    let path: String = call.path.chars().filter(|sign| !sign.is_ascii_hexdigit()).collect();
    format!("{} {} {path}", call.service, call.action)
}

/// The first and the last of the calls that only differ by their shard, gate or version.
fn alike(calls: &[Passed]) -> Vec<(usize, usize)> {
    let mut alike: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (place, call) in calls.iter().enumerate() {
        alike.entry(kind(call)).and_modify(|(_, last)| *last = place).or_insert((place, place));
    }
    alike.into_values().collect()
}

/// What changes nothing where it is carried out.
const READS: [&str; 6] = ["GET", "HEAD", "GetItem", "BatchGetItem", "Query", "Scan"];

/// The ways in which a call can fail. Whether a read whose reply is lost was carried out makes no difference, and a second
/// try of it is answered as the first. What is special about a reply that breaks off is that reading a long one goes on
/// after its call has ended well, which only those of objects do.
fn ways(call: &Passed) -> impl Iterator<Item = Fault> {
    let (is_read, is_read_later) = (READS.contains(&call.action.as_str()), call.action == "GET");
    Fault::ALL.into_iter().filter(move |fault| match fault {
        Fault::Lost | Fault::LostOnce => !is_read,
        Fault::Cut => is_read_later,
        Fault::Refused | Fault::Throttled | Fault::Full => true,
    })
}

/// Of the calls that are alike the first fails in every way. `large_…` lets every call fail.
async fn each_call_fails(case: UseCase) {
    let undisturbed = Undisturbed::of(case).await;
    let alike = alike(&undisturbed.calls);
    let firsts: BTreeSet<usize> = alike.iter().map(|(first, _)| *first).collect();
    let mut unchanged = None;
    for first in firsts {
        for fault in ways(&undisturbed.calls[first]) {
            if undisturbed.is_before_any_write(first, fault) {
                unchanged = undisturbed.fails_early(unchanged, (first, fault)).await;
            } else {
                undisturbed.with(&[(first, fault)]).await;
            }
        }
    }
    if let Some(world) = unchanged {
        undisturbed.is_done_again(&world).await;
    }
    let all = undisturbed.calls.len();
    writeln!(std::io::stdout(), "{case:?}: {all} calls, {} kinds of them failed", alike.len())
        .expect("somebody listens");
}

macro_rules! each_call_of {
    ($($name:ident: $case:ident),* $(,)?) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $name() {
            each_call_fails(UseCase::$case).await;
        }
    )*};
}

each_call_of! {
    any_call_of_a_registration_may_fail: Register,
    any_call_of_a_start_may_fail: Start,
    any_call_of_a_sheet_may_fail: Submit,
    any_call_of_an_erasure_may_fail: Erase,
    any_call_of_a_changed_secret_may_fail: ChangeSecret,
    any_call_of_a_used_slip_may_fail: UseSlip,
    any_call_of_a_correction_may_fail: Correct,
    any_call_of_an_import_may_fail: Import,
    any_call_of_an_announcement_may_fail: Announce,
    any_call_of_closing_may_fail: Close,
    any_call_of_publishing_may_fail: Publish,
    any_call_of_the_last_publication_may_fail: PublishLast,
    any_call_of_a_draw_may_fail: Draw,
    any_call_of_a_decided_edition_may_fail: Decide,
    any_call_of_making_documents_may_fail: Document,
    any_call_of_forgetting_everybody_may_fail: Forget,
    any_call_of_counting_may_fail: Watch,
}

/// Of so many calls one is paired with each call.
const PAIRED: usize = 12;

/// Two failures one after the other: pairs from all over the kinds of calls, in ways that take turns.
/// `large_…` takes every pair.
async fn pairs_fail(case: UseCase) {
    let undisturbed = Undisturbed::of(case).await;
    let places: Vec<usize> = alike(&undisturbed.calls).into_iter().map(|(first, _)| first).collect();
    for (at, first) in places.iter().enumerate() {
        for (beside, second) in places.iter().enumerate().skip(at % PAIRED).step_by(PAIRED) {
            let kinds = [Fault::ALL[(at + beside) % 4], Fault::ALL[(at + 2 * beside + 1) % 4]];
            undisturbed.with(&[(*first, kinds[0]), (*second, kinds[1])]).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_may_fail_twice() {
    pairs_fail(UseCase::Close).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn publishing_may_fail_twice() {
    pairs_fail(UseCase::Publish).await;
}

/// Another publisher does everything while a call of the first is on the way.
#[tokio::test(flavor = "multi_thread")]
async fn a_publisher_that_was_slow_takes_no_draw_back() {
    let undisturbed = Undisturbed::of(UseCase::PublishAndDraw).await;
    let Undisturbed { case, before, after, calls, .. } = &undisturbed;
    // Wherever something is written, and between every two looks at the pointer.
    let writes = ["PUT", "PutItem", "UpdateItem"].map(str::to_owned);
    let alike = alike(calls).into_iter().flat_map(|(first, last)| [first, last]);
    let written = alike.filter(|at| writes.contains(&calls[*at].action));
    let looks = (0..calls.len()).filter(|at| calls[*at].path.ends_with("index.json"));
    for at in written.chain(looks).collect::<BTreeSet<_>>() {
        let network = Network::default();
        let scene = before.scene(&network).await;
        let other = async { case.act(&scene).await.expect("nothing is in its way") };
        // Whatever it says: that it was overtaken, or that what it wanted stands there.
        let _said = network.interrupted(Moment::Call(at), case.act(&scene), other).await;
        same(&state(&scene.stage).await, after, &format!("slow at call {at}, {:?}", calls[at]));
    }
}

/// While a version is being published, another decision arrives and is carried out by another publisher.
#[tokio::test(flavor = "multi_thread")]
async fn a_decision_that_arrives_while_another_is_published_loses_no_edition() {
    let Undisturbed { case, before, calls, .. } = Undisturbed::of(UseCase::Decide).await;
    let writes = ["PUT", "PutItem", "UpdateItem"].map(str::to_owned);
    let alike = alike(&calls).into_iter().flat_map(|(first, last)| [first, last]);
    for at in alike.filter(|at| writes.contains(&calls[*at].action)).collect::<BTreeSet<_>>() {
        let network = Network::default();
        let scene = before.scene(&network).await;
        let other = async {
            scene.stage.decide(without(&scene.people[1], "Thi hộ")).await;
            case.act(&scene).await.expect("nothing is in its way");
        };
        // Whatever it says: that it was overtaken, or that what it wanted stands there.
        let _said = network.interrupted(Moment::Call(at), case.act(&scene), other).await;
        let told = format!("overtaken at call {at}, {:?}", calls[at]);
        pointers_name_whole_versions(&scene.stage, &told).await;
        case.act(&scene).await.expect("nothing is left in its way");
        every_edition_is_there(&scene.stage, &told).await;
    }
}

/// A publisher that has read what there was before the decision goes on after another, which knew more, has died. What that
/// one left is no sign of tampering, of which the log would tell.
#[tokio::test(flavor = "multi_thread")]
async fn a_publisher_that_knew_less_takes_nothing_for_tampering() {
    let Undisturbed { before, after, .. } = Undisturbed::of(UseCase::Decide).await;
    let network = Network::default();
    let scene = before.scene(&network).await;
    let (_, slow) = network.with(&[], scene.stage.publish_alone(SECOND_PUBLISHES)).await;
    scene.stage.close(SECOND_PUBLISHES).await.expect("an edition is scored");
    let (_, fast) = network.with(&[], scene.stage.publish_alone(SECOND_PUBLISHES)).await;
    let places = |calls: &[Passed], action: &str| -> Vec<usize> {
        (0..calls.len()).filter(|at| calls[*at].action == action).collect()
    };
    for (at, recorded) in places(&slow, "GetItem")
        .into_iter()
        .flat_map(|at| places(&fast, "UpdateItem").into_iter().map(move |recorded| (at, recorded)))
    {
        let network = Network::default();
        let scene = before.scene(&network).await;
        let other = async {
            scene.stage.close(SECOND_PUBLISHES).await.expect("an edition is scored");
            network.crashing(recorded + 1, scene.stage.publish_alone(SECOND_PUBLISHES)).await;
        };
        // Whatever it says: that it was overtaken, or that what it wanted stands there.
        let _said = network.interrupted(Moment::Call(at), scene.stage.publish_alone(SECOND_PUBLISHES), other).await;
        let told = format!("slow at call {at}, another died after call {recorded}, {:?}", fast[recorded]);
        pointers_name_whole_versions(&scene.stage, &told).await;
        UseCase::Decide.act(&scene).await.expect("nothing is left in its way");
        // It may have seen the one round as it was before and the other as it is now: then `overall/` has a version more.
        let rounds = |of: &State| -> Objects {
            let site = of.1["site"].iter().filter(|(path, _)| path.contains("/rounds/"));
            site.map(|(path, bytes)| (path.clone(), bytes.clone())).collect()
        };
        assert!(rounds(&state(&scene.stage).await) == rounds(&after), "{told}");
        newest_are_followed(&scene.stage, &told).await;
    }
}

/// Both decisions are in the newest versions, each version follows from one before, and all of them can be recomputed.
async fn every_edition_is_there(stage: &Stage, told: &str) {
    let pointer = stage.round(FIRST).json("index.json").await;
    let history = pointer["history"].as_array().expect("a list");
    let versions: Vec<u64> = history.iter().filter_map(|entry| entry["version"].as_u64()).collect();
    let live = pointer["version"].as_u64().expect("a version");
    assert_eq!(versions, (1..=live).collect::<Vec<_>>(), "{told}");
    let reasons = history.iter().filter_map(|entry| entry["reason"].as_str()).collect::<String>();
    assert!(reasons.contains("Dùng hai tài khoản") && reasons.contains("Thi hộ"), "{told}: {reasons}");
    let results = stage.round(FIRST).json(&format!("v{live}/results.json")).await;
    assert_eq!(results["totals"]["contestants"], 0, "{told}: both are disqualified");
    newest_are_followed(stage, told).await;
}

/// The newest version over the contest follows from the newest of each round, and all of them can be recomputed.
async fn newest_are_followed(stage: &Stage, told: &str) {
    let overall: Value = serde_json::from_slice(&stage.site("overall/index.json").await).expect("JSON");
    let manifest = format!("overall/{}manifest.json", overall["path"].as_str().expect("a path"));
    let manifest: Value = serde_json::from_slice(&stage.site(&manifest).await).expect("JSON");
    for (at, round) in [FIRST, SECOND].into_iter().enumerate() {
        let live = stage.round(round).json("index.json").await["version"].clone();
        assert_eq!(manifest["follows"][at]["version"], live, "{told}: {round}");
    }
    assert_eq!(stage.verified(&format!("/contests/{CONTEST}"), &[]).await, Ok(2), "{told}");
}

/// Minutes long: `cargo xtask exhaustive`.
#[tokio::test(flavor = "multi_thread")]
async fn large_every_call_of_every_use_case_fails_in_every_way() {
    use UseCase::{
        Close, Decide, Document, Draw, Erase, Forget, Import, Publish, PublishLast, Register, Start, Submit, Watch,
    };
    let decided = [PublishLast, Draw, Decide, Document, Forget, Watch];
    for case in [Register, Start, Submit, Erase, Import, Close, Publish].into_iter().chain(decided) {
        let undisturbed = Undisturbed::of(case).await;
        let calls = undisturbed.calls.len();
        for place in 0..calls {
            for fault in ways(&undisturbed.calls[place]) {
                undisturbed.with(&[(place, fault)]).await;
            }
        }
        writeln!(std::io::stdout(), "{case:?}: {calls} calls, each in every way").expect("somebody listens");
    }
}

/// Minutes long: `cargo xtask exhaustive`.
#[tokio::test(flavor = "multi_thread")]
async fn large_every_pair_of_kinds_of_calls_fails_in_closing_and_publishing() {
    for case in [UseCase::Close, UseCase::Publish] {
        let undisturbed = Undisturbed::of(case).await;
        let alike = alike(&undisturbed.calls);
        let places: Vec<usize> = alike.into_iter().flat_map(|(first, last)| [first, last]).collect();
        for first in &places {
            for (second, fault) in places.iter().zip(Fault::ALL.iter().cycle()) {
                undisturbed.with(&[(*first, *fault), (*second, Fault::Lost)]).await;
            }
        }
    }
}
