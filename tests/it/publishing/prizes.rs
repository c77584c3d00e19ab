//! Who wins what, and who is passed over.

use super::{Sheet, folder, play_all, published, registered};
use tests::{FIRST, Folder, OPENS, SECOND, SECOND_OPENS, SECOND_PUBLISHES, Stage};

async fn check(folder: &Folder, sheets: &[Sheet], expected: &[(&str, &str)]) {
    let (stage, _) = published(folder, sheets).await;
    let expected: Vec<(String, String)> = expected.iter().map(|(t, n)| ((*t).into(), (*n).into())).collect();
    assert_eq!(stage.round(FIRST).winners(1).await, expected);
}

/// Two are equal at the top, a third is below them.
const TIE: [Sheet; 3] = [(1, 4, 60, None), (2, 4, 60, None), (3, 4, 90, None)];

#[tokio::test]
async fn prizes_go_down_the_ranking_and_end() {
    let sheets = [(3, 4, 90, None), (1, 4, 60, None), (2, 4, 70, None)];
    check(&folder(), &sheets, &[("first", "Nguyễn Văn An"), ("second", "Trần Thị Bình")]).await;
}

#[tokio::test]
async fn equal_people_all_get_the_prize_and_the_next_tier_keeps_its_own() {
    let expected = [("first", "Nguyễn Văn An"), ("first", "Trần Thị Bình"), ("second", "Phạm Văn Cường")];
    check(&folder(), &TIE, &expected).await;
}

#[tokio::test]
async fn under_organizers_an_unbroken_tie_and_everyone_below_wait() {
    let organizers = folder().with_plan("unbroken_tie = \"extra_prize\"", "unbroken_tie = \"organizers\"");
    check(&organizers, &TIE, &[]).await;
    let sheets = [(1, 4, 60, None), (2, 4, 70, None), (3, 4, 70, None)];
    check(&organizers, &sheets, &[("first", "Nguyễn Văn An")]).await;
}

#[tokio::test]
async fn who_is_not_ranked_wins_nothing() {
    check(&folder(), &[(6, 4, 1, None), (3, 1, 90, None)], &[("first", "Phạm Văn Cường")]).await;
}

/// Two rounds with the same order of people; returns the winners of the second.
async fn second_round(folder: &Folder) -> (Stage, Vec<(String, String)>) {
    let (stage, people) = registered(folder).await;
    let sheets = [(1, 4, 60, None), (2, 4, 70, None), (3, 4, 80, None), (4, 4, 90, None)];
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, OPENS, &sheets).await;
    stage.clock_well(SECOND_OPENS).await;
    play_all(&people, SECOND, SECOND_OPENS, &sheets).await;
    stage.clock_well(SECOND_PUBLISHES).await;
    let winners = stage.round(SECOND).winners(1).await;
    (stage, winners)
}

#[tokio::test]
async fn a_winner_of_an_earlier_round_keeps_the_rank_and_is_passed_over() {
    let (stage, winners) = second_round(&folder()).await;
    assert_eq!(winners, [("first".into(), "Phạm Văn Cường".into()), ("second".into(), "Lê Thị Dung".into())]);
    let results = stage.round(SECOND).json("v1/results.json").await;
    let mut ranks: Vec<u64> =
        results["winners"].as_array().expect("a list").iter().filter_map(|w| w["rank"].as_u64()).collect();
    ranks.sort_unstable();
    assert_eq!(ranks, [3, 4]);
}

#[tokio::test]
async fn a_person_may_win_again_where_the_plan_allows_it() {
    let again = folder().with_plan("one_prize_per_person = \"contest\"", "one_prize_per_person = \"none\"");
    let (_, winners) = second_round(&again).await;
    assert_eq!(winners, [("first".into(), "Nguyễn Văn An".into()), ("second".into(), "Trần Thị Bình".into())]);
}
