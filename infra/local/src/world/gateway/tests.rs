use super::*;
use crate::world::{ClockStart, World, WorldOptions};

/// A world that stands still on an ordinary morning.
async fn world() -> World {
    let clock = ClockStart::Frozen(Timestamp::from_millis(1_639_371_600_000));
    World::start(WorldOptions { clock, ..WorldOptions::default() }).await.expect("a world")
}

async fn ask(world: &World, method: Method, uri: &str, headers: &[(&str, &str)], body: &str) -> Response<Bytes> {
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Bytes::from(body.to_owned())).expect("a request");
    world.front_door().handle(request, Ipv4Addr::LOCALHOST.into()).await
}

fn header<'a>(response: &'a Response<Bytes>, name: &str) -> &'a str {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_site_is_served_as_the_cdn_would() {
    let world = world().await;
    site::deploy(&world.s3).await.expect("deployed");
    let page = ask(&world, Method::GET, "/", &[], "").await;
    assert_eq!(page.status(), StatusCode::OK);
    assert_eq!(header(&page, "content-type"), "text/html; charset=utf-8");
    assert_eq!(header(&page, "cache-control"), "public, max-age=60");
    assert!(header(&page, "content-security-policy").contains("frame-ancestors 'none'"));
    assert_eq!(header(&page, "x-content-type-options"), "nosniff");
    assert!(header(&page, "permissions-policy").contains("publickey-credentials-get=(self)"));
    let etag = header(&page, "etag").to_owned();
    let same = ask(&world, Method::GET, "/index.html", &[("if-none-match", etag.as_str())], "").await;
    assert_eq!((same.status(), same.body().len()), (StatusCode::NOT_MODIFIED, 0));
    let head = ask(&world, Method::HEAD, "/", &[], "").await;
    assert_eq!((head.body().len(), header(&head, "content-length")), (0, page.body().len().to_string().as_str()));
    let missing = ask(&world, Method::GET, "/khong-co", &[], "").await;
    assert_eq!(missing.status(), StatusCode::NOT_FOUND);
    assert_eq!(header(&missing, "content-type"), "text/html; charset=utf-8");
    let post = ask(&world, Method::POST, "/", &[], "").await;
    assert_eq!(post.status(), StatusCode::METHOD_NOT_ALLOWED);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_api_gets_the_receipt_time_and_unknown_paths_reach_no_function() {
    let world = world().await;
    let time = ask(&world, Method::GET, "/v1/time", &[], "").await;
    assert_eq!(time.body(), "{\"now\":\"2021-12-13T05:00:00.000Z\"}");
    assert_eq!(header(&time, "cache-control"), "no-store");
    for (method, path) in [(Method::GET, "/v1/nothing"), (Method::DELETE, "/v1/time"), (Method::GET, "/v1")] {
        let unknown = ask(&world, method, path, &[], "").await;
        assert_eq!(unknown.status(), StatusCode::NOT_FOUND, "{path}");
        assert_eq!(header(&unknown, "content-type"), "application/problem+json; charset=utf-8");
    }
    let body = "x".repeat(33 * 1024);
    let large = ask(&world, Method::POST, "/v1/contests/c/sessions", &[], &body).await;
    assert_eq!(large.status(), StatusCode::PAYLOAD_TOO_LARGE);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clock_route_moves_forwards_only() {
    let world = world().await;
    let set = |now: &'static str| {
        let body = format!("{{\"now\":\"{now}\"}}");
        let world = &world;
        async move { ask(world, Method::POST, CLOCK_PATH, &[], &body).await }
    };
    let moved = set("2021-12-13T13:00:00+07:00").await;
    assert_eq!(moved.body(), "{\"fired\":[],\"now\":\"2021-12-13T06:00:00.000Z\"}");
    let back = set("2021-12-13T05:59:59.999Z").await;
    assert_eq!(back.status(), StatusCode::CONFLICT);
    assert_eq!(ask(&world, Method::GET, CLOCK_PATH, &[], "").await.body(), "{\"now\":\"2021-12-13T06:00:00.000Z\"}");
    assert_eq!(set("tomorrow").await.status(), StatusCode::BAD_REQUEST);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clocks_that_are_set_at_once_are_set_one_after_the_other() {
    let data = tempfile::tempdir().expect("a folder");
    let start = Timestamp::from_millis(1_639_371_600_000);
    let options = || WorldOptions { data: Some(data.path().to_owned()), ..WorldOptions::default() };
    let world = World::start(WorldOptions { clock: ClockStart::Ticking(Some(start)), ..options() }).await;
    let world = Arc::new(world.expect("a world"));
    let target = |hours: i64| start.plus_millis(hours * 3_600_000);
    for round in 0..5 {
        let mut setters = tokio::task::JoinSet::new();
        for hours in 1..=8 {
            let (world, now) = (Arc::clone(&world), target(round * 8 + hours).rfc3339());
            setters.spawn(async move {
                ask(&world, Method::POST, CLOCK_PATH, &[], &format!("{{\"now\":\"{now}\"}}")).await.status()
            });
        }
        let told = setters.join_all().await;
        let is_right = |status: &StatusCode| matches!(*status, StatusCode::OK | StatusCode::CONFLICT);
        assert!(told.iter().all(is_right), "{told:?}");
        assert!(world.clock.now() >= target(round * 8 + 8), "the latest of them has its way");
    }
    Arc::into_inner(world).expect("nobody else has it").stop().await;

    let early = World::start(WorldOptions { clock: ClockStart::Ticking(Some(start)), ..options() }).await;
    let refused = early.err().expect("earlier than where the folder stands").to_string();
    assert!(refused.contains("không bao giờ lùi lại"), "{refused}");
    let again = World::start(options()).await.expect("a world");
    assert!(again.clock.now() >= target(40), "it goes on from there");
    again.stop().await;
}

const JSON: (&str, &str) = ("content-type", "application/json");

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_sits_at_this_machine_invites_and_nobody_else() {
    let world = world().await;
    let here = ("host", "localhost:8080");
    let asked = r#"{"role":"lead"}"#;
    let invited = ask(&world, Method::POST, INVITE_PATH, &[here, JSON], asked).await;
    let told: Value = serde_json::from_slice(invited.body()).expect("JSON");
    assert!(told["code"].as_str().is_some_and(|code| code.len() == 29), "{told}");
    for headers in [vec![here], vec![JSON], vec![("host", "hoithi.evil.example"), JSON]] {
        let refused = ask(&world, Method::POST, INVITE_PATH, &headers, asked).await;
        assert_eq!(refused.status(), StatusCode::NOT_FOUND, "{headers:?}");
    }
    let request = Request::builder().method(Method::POST).uri(INVITE_PATH).header("host", "localhost");
    let request = request.header("content-type", "application/json").body(Bytes::from(asked)).expect("a request");
    let from_elsewhere = world.front_door().handle(request, Ipv4Addr::new(192, 168, 1, 7).into()).await;
    assert_eq!(from_elsewhere.status(), StatusCode::NOT_FOUND);
    let unknown = ask(&world, Method::POST, INVITE_PATH, &[here, JSON], r#"{"role":"boss"}"#).await;
    assert_eq!(unknown.status(), StatusCode::BAD_REQUEST);
    // Where data are kept nobody comes in without factors.
    let demo = ask(&world, Method::POST, DEMO_PATH, &[here], "").await;
    assert_ne!(demo.status(), StatusCode::OK);
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_demo_has_organizers_for_whoever_sits_at_this_machine() {
    let clock = ClockStart::Frozen(Timestamp::from_millis(1_639_371_600_000));
    let world = World::start(WorldOptions { clock, is_demo: true, ..WorldOptions::default() }).await.expect("a world");
    let here = ("host", "127.0.0.1:8080");
    let mut people = std::collections::BTreeSet::new();
    for (body, role) in [("", "lead"), (r#"{"person":"second"}"#, "lead"), (r#"{"person":"author"}"#, "author")] {
        let opened = ask(&world, Method::POST, DEMO_PATH, &[here], body).await;
        let opened: Value = serde_json::from_slice(opened.body()).expect("JSON");
        assert_eq!(opened["me"]["roles"], json!({ "*": [role] }), "{opened}");
        let session = format!("Bearer {}", opened["session"].as_str().expect("a session"));
        let me = ask(&world, Method::GET, "/v1/organizer/me", &[("authorization", &session)], "").await;
        people.insert(String::from_utf8_lossy(me.body()).into_owned());
    }
    assert_eq!(people.len(), 3);
    let elsewhere = ask(&world, Method::POST, DEMO_PATH, &[("host", "hoithi.evil.example")], "").await;
    assert_eq!(elsewhere.status(), StatusCode::NOT_FOUND);
    world.stop().await;
}
