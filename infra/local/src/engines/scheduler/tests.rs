use super::*;
use crate::engines::clients;
use crate::engines::{Server, bind, dynamodb, stop_switch};
use aws_sdk_scheduler::types::{FlexibleTimeWindow, FlexibleTimeWindowMode, Target};

#[test]
fn expressions_are_read_in_their_zone() {
    let utc = due("at(2021-12-19T09:30:00)", "UTC").expect("a time");
    assert_eq!(utc.rfc3339(), "2021-12-19T09:30:00.000Z");
    assert_eq!(due("at(2021-12-19T16:30:00)", "Asia/Ho_Chi_Minh"), Some(utc));
    for (expression, zone) in
        [("rate(5 minutes)", "UTC"), ("at(2021-12-19)", "UTC"), ("at(2021-12-19T09:30:00)", "Mars")]
    {
        assert_eq!(due(expression, zone), None, "{expression} {zone}");
    }
}

#[tokio::test]
async fn the_real_client_creates_moves_reads_lists_and_deletes() {
    let (_engines, stop) = stop_switch();
    let any = "127.0.0.1:0".parse().expect("an address");
    let tables = dynamodb::start(bind(any).await.expect("a port"), None, stop.clone()).expect("an engine");
    let table = clients::dynamodb(&tables.url());
    dynamodb::create_tables(&table).await.expect("tables");
    let schedules = Arc::new(Schedules::load(table).await.expect("no schedules"));
    let clock = Arc::new(Clock::frozen_at(Timestamp::from_millis(1_600_000_000_000)));
    let service =
        Server::start(bind(any).await.expect("a port"), router(Arc::clone(&schedules), clock), stop).expect("a server");
    let client = clients::scheduler(&service.url());

    let window = FlexibleTimeWindow::builder().mode(FlexibleTimeWindowMode::Off).build().expect("a window");
    let target = Target::builder().arn("arn:f").role_arn("arn:r").input("{\"sweep\":true}").build().expect("a target");
    let create =
        client.create_schedule().group_name("hoithi").name("2-close-ab").schedule_expression("at(2021-12-19T09:30:00)");
    let create = create.flexible_time_window(window.clone()).target(target.clone());
    let created = create.clone().send().await.expect("created");
    assert!(created.schedule_arn().ends_with("schedule/hoithi/2-close-ab"), "{created:?}");
    let again = create.send().await.expect_err("a conflict").into_service_error();
    assert!(again.is_conflict_exception(), "{again:?}");

    let update =
        client.update_schedule().group_name("hoithi").name("2-close-ab").schedule_expression("at(2021-12-20T09:30:00)");
    update.flexible_time_window(window.clone()).target(target.clone()).send().await.expect("moved");
    let read = client.get_schedule().group_name("hoithi").name("2-close-ab").send().await.expect("read");
    assert_eq!(read.schedule_expression(), Some("at(2021-12-20T09:30:00)"));
    assert_eq!(read.target().and_then(Target::input), Some("{\"sweep\":true}"));
    assert_eq!(read.creation_date().map(|at| at.secs()), Some(1_600_000_000));
    let listed = client.list_schedules().group_name("hoithi").name_prefix("2-close").send().await.expect("listed");
    assert_eq!(listed.schedules().len(), 1);
    let other = client.list_schedules().group_name("other").send().await.expect("listed");
    assert_eq!(other.schedules().len(), 0);

    let missing =
        client.get_schedule().name("2-close-ab").send().await.expect_err("another group").into_service_error();
    assert!(missing.is_resource_not_found_exception(), "{missing:?}");
    let update =
        client.update_schedule().group_name("hoithi").name("unknown").schedule_expression("at(2021-12-20T09:30:00)");
    let missing = update.flexible_time_window(window.clone()).target(target.clone()).send().await.expect_err("unknown");
    assert!(missing.into_service_error().is_resource_not_found_exception());
    let rate = client
        .create_schedule()
        .name("r")
        .schedule_expression("rate(5 minutes)")
        .flexible_time_window(window)
        .target(target);
    assert!(rate.send().await.expect_err("refused").into_service_error().is_validation_exception());
    client.delete_schedule().group_name("hoithi").name("2-close-ab").send().await.expect("deleted");
    let gone = client.delete_schedule().group_name("hoithi").name("2-close-ab").send().await.expect_err("gone already");
    assert!(gone.into_service_error().is_resource_not_found_exception());
    assert_eq!(schedules.all().await, []);
}
