//! Contestants' own certificates: who is given which, who may have the file, and until when.

use super::papers::{BOTH, HALF, HEADS, SHEETS, with};
use super::{play_all, published};
use http::Method;
use serde_json::{Value, json};
use tests::reply::Reply;
use tests::{
    Contestant, FIRST, OPENS, PUBLISHES, SECOND, SECOND_OPENS, SECOND_PUBLISHES, Stage, at_once, instant, pdf,
};

const INDEX: &str = "thi-thu/rounds/vong-1/v1/certificates/index.json";

async fn listed(contestant: &Contestant) -> Vec<Value> {
    let list = contestant.door.call(Method::GET, "me/certificates", None).await.expect(200);
    list["certificates"].as_array().expect("a list").clone()
}

/// Round, version, status and name of each.
async fn given(contestant: &Contestant) -> Vec<String> {
    let line = |one: &Value| ["round", "version", "status", "name"].map(|member| one[member].to_string()).join(" ");
    listed(contestant).await.iter().map(|one| line(one).replace('"', "")).collect()
}

async fn asked(contestant: &Contestant, certificate: &Value) -> Reply {
    contestant.door.call(Method::GET, certificate["path"].as_str().expect("a path"), None).await
}

/// The file of a certificate, which is asked for as a page does.
async fn downloaded(contestant: &Contestant, certificate: &Value) -> Reply {
    let first = asked(contestant, certificate).await;
    assert_eq!(first.expect(202), json!({ "status": "being_made" }));
    assert_eq!(first.header("retry-after"), "2");
    asked(contestant, certificate).await
}

/// The one page of a file.
fn page(reply: &Reply) -> String {
    assert_eq!((reply.status, reply.header("content-type")), (200, "application/pdf"), "{}", reply.text());
    assert!(reply.body.starts_with(b"%PDF-"));
    let mut pages = pdf::pages(&reply.body);
    assert_eq!(pages.len(), 1, "{pages:?}");
    pages.remove(0)
}

async fn wishes(stage: &Stage) -> Vec<String> {
    stage.objects("officials").await.into_keys().filter(|key| key.starts_with("_wishes/")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_downloads_what_the_results_give_them_and_nobody_elses() {
    let (stage, people) = published(&with(HEADS, HALF), &SHEETS).await;
    let [an, _, _, dung, duc, ..] = &people[..] else { panic!("eight people") };
    let first = "vong-1 1 provisional Giải Nhất";
    let half = "vong-1 1 provisional Giấy chứng nhận hoàn thành";
    assert_eq!(given(an).await, [first, half]);
    assert_eq!(given(dung).await, [half]);
    assert_eq!(given(duc).await, [""; 0]);

    let mine = listed(an).await;
    assert_eq!((&mine[0]["tier"], &mine[1]["tier"]), (&json!("first"), &Value::Null));
    let id = mine[0]["id"].as_str().expect("an id");
    assert_eq!(mine[0]["path"], format!("/v1/contests/thi-thu/me/certificates/{id}"));
    let file = downloaded(an, &mine[0]).await;
    let printed = page(&file);
    for said in ["ĐẢNG ỦY SỞ TƯ PHÁP", "NGUYỄN VĂN AN", "GIẢI NHẤT", "Phường Bắc"] {
        assert!(printed.contains(said), "no {said:?} in {printed}");
    }
    assert_eq!(file.header("cache-control"), "private, no-store");
    let disposition =
        "attachment; filename=\"giay-chung-nhan-vong-1.pdf\"; filename*=UTF-8''giay-chung-nhan-vong-1.pdf";
    assert_eq!(file.header("content-disposition"), disposition);
    assert_eq!(file.header("retry-after"), "");
    assert!(page(&downloaded(an, &mine[1]).await).contains("GIẤY CHỨNG NHẬN HOÀN THÀNH Cấp cho"));
    assert_eq!(asked(an, &mine[0]).await.body, file.body, "the same bytes again");

    // Somebody else's is told apart from none by nothing.
    let refused = asked(dung, &mine[0]).await;
    refused.refused(404, "no_such_certificate");
    let unknown =
        ["vong-1-0000000000000000", "vong-2-0000000000000000", "overall-0000000000000000", "vong-9-00", "x", "-"];
    for unknown in unknown {
        let reply = dung.door.call(Method::GET, &format!("me/certificates/{unknown}"), None).await;
        reply.refused(404, "no_such_certificate");
        assert_eq!(reply.body, refused.body, "{unknown}");
    }
    asked(&Contestant { door: dung.door.with_session(None), ..dung.clone() }, &mine[0])
        .await
        .refused(401, "no_session");
    assert_eq!(wishes(&stage).await.len(), 2, "nobody wished anything by asking for others'");
    let named = stage.objects("officials").await.into_keys().find(|key| key.contains(&an.code));
    assert_eq!(named, None, "no name of a file tells with what somebody signs in");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_loses_a_prize_loses_its_certificate_and_the_next_one_gets_it() {
    let (stage, people) = published(&with(HEADS, HALF), &SHEETS).await;
    let [an, _, cuong, dung, ..] = &people[..] else { panic!("eight people") };
    let lost = listed(an).await.remove(0);
    page(&downloaded(an, &lost).await);
    let kept = listed(dung).await.remove(0);
    let before = downloaded(dung, &kept).await;
    let rows = format!("{};{FIRST};forfeit;Không nhận giải;07/QĐ-BTC;25/3/2026", an.code);
    let recognized = format!(";{FIRST};recognize;Công nhận kết quả;08/QĐ-BTC;26/3/2026");
    let table = format!("Mã dự thi;Vòng;Xử lý;Lý do;Quyết định;Ngày\n{rows}\n{recognized}\n");
    stage.accept("adjudications.csv", table).await;
    stage.world.sweep().await.expect("editions are made");

    assert_eq!(given(an).await, ["vong-1 3 official Giấy chứng nhận hoàn thành"]);
    asked(an, &lost).await.refused(404, "no_such_certificate");
    assert_eq!(given(cuong).await[0], "vong-1 3 official Giải Nhì");
    // The same certificate of a newer version is another paper, under the same address: it bears the decision's day.
    assert_eq!(listed(dung).await[0]["id"], kept["id"]);
    let after = downloaded(dung, &kept).await;
    assert!(
        page(&after).contains("ngày 26 tháng 3 năm 2026") && !page(&before).contains("ngày 26"),
        "{}",
        page(&after)
    );

    // Who has gone has no certificate any more.
    dung.erase().await.expect(202);
    asked(dung, &kept).await.refused(401, "no_session");
    dung.door.call(Method::GET, "me/certificates", None).await.refused(401, "no_session");
}

#[tokio::test]
async fn there_are_none_before_publication_and_those_over_the_contest_come_after_the_last_round() {
    let folder = with("[documents]\ncertificate = \"form\"\n\n[[prizes]]", BOTH);
    let (stage, people) = super::registered(&folder).await;
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, OPENS, &SHEETS).await;
    assert_eq!(given(&people[0]).await, [""; 0]);
    stage.clock_well(PUBLISHES).await;
    assert_eq!(given(&people[0]).await, ["vong-1 1 provisional Giải Nhất"]);
    stage.clock_well(SECOND_OPENS).await;
    play_all(&people, SECOND, SECOND_OPENS, &[(1, 3, 60, None), (3, 4, 60, None)]).await;
    stage.clock_well(SECOND_PUBLISHES).await;
    stage.world.sweep().await.expect("documents over the contest are made");
    let session = stage.door.sign_in(&people[0].code, tests::SECRET).await.expect(200)["session"].clone();
    let an = Contestant { door: stage.door.with_session(session.as_str()), ..people[0].clone() };
    let both = "overall 1 provisional Giấy chứng nhận đủ hai vòng";
    assert_eq!(given(&an).await, ["vong-1 1 provisional Giải Nhất", both]);
    // Nobody has printed forms at home: everything is on the page.
    let over = page(&downloaded(&an, &listed(&an).await[1]).await);
    assert!(over.contains("GIẤY CHỨNG NHẬN ĐỦ HAI VÒNG") && over.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA"), "{over}");
}

#[tokio::test(flavor = "multi_thread")]
async fn however_often_it_is_asked_for_one_wish_is_left_and_one_that_is_lost_is_made_again() {
    let (stage, people) = published(&with(HEADS, HALF), &SHEETS).await;
    let mine = listed(&people[0]).await.remove(0);
    // As while the printer is away: what it prints from is not there.
    let s3 = &stage.world.s3;
    let index = stage.object("officials", INDEX).await.expect("an index");
    let broken =
        String::from_utf8(index.clone()).expect("UTF-8").replace("\"heads\":{", "\"heads\":{\"body\":\"nobody\",");
    stage.put("officials", INDEX, broken).await;
    let at = instant("2026-03-08T18:00:00+07:00");
    let an = people[0].at(at);
    let many = (0..8).map(|_| {
        let (an, mine) = (an.clone(), mine.clone());
        async move { asked(&an, &mine).await.status }
    });
    assert_eq!(at_once(many).await, [202; 8]);
    asked(&people[0].at(at.plus_millis(59_000)), &mine).await.expect(202);
    assert_eq!(wishes(&stage).await.len(), 1);
    stage.put("officials", INDEX, index.clone()).await;
    asked(&people[0].at(at.plus_millis(60_000)), &mine).await.expect(202);
    page(&asked(&people[0].at(at.plus_millis(60_000)), &mine).await);
    assert_eq!(wishes(&stage).await.len(), 2);

    // A run that stopped before the index is made good by the next one, in the same bytes.
    for path in [INDEX, "thi-thu/rounds/vong-1/v1/documents.json"] {
        s3.delete_object().bucket("officials").key(path).send().await.expect("deleted");
    }
    assert_eq!(given(&people[0]).await, [""; 0]);
    stage.world.sweep().await.expect("it is made good");
    assert_eq!(stage.object("officials", INDEX).await, Some(index));
}
