//! No byte of `site` tells who anyone is, but for the names of those who won.

use super::{NAMES, golden_round};

#[tokio::test]
async fn nothing_personal_is_published_but_the_names_of_winners() {
    let (stage, people) = golden_round().await;
    let site = stage.objects("site").await;
    let published: Vec<(&String, String)> = site
        .iter()
        .filter(|(path, _)| path.starts_with("contests/"))
        .map(|(path, bytes)| (path, String::from_utf8_lossy(bytes).to_lowercase()))
        .collect();
    assert!(published.len() >= 7, "the scan reads what is published");
    let winners = &NAMES[..3];
    let mut secrets: Vec<String> = Vec::new();
    for (number, (name, _)) in (1..).zip(NAMES) {
        if !winners.iter().any(|(winner, _)| *winner == name) {
            secrets.push(name.to_lowercase());
        }
        secrets.extend([format!("001090{number:06}"), format!("912{number:06}"), format!("a-{number:03}")]);
    }
    secrets.extend(["1990-05-17", "17/5/1990", "17/05/1990"].map(str::to_owned));
    secrets.extend(
        people.iter().filter_map(|contestant| contestant.door.session.as_ref()).map(|session| session.to_lowercase()),
    );
    for (path, text) in &published {
        for secret in &secrets {
            assert!(!text.contains(secret.as_str()), "{secret} stands in {path}");
        }
    }
    let results = &published.iter().find(|(path, _)| path.ends_with("results.json")).expect("results").1;
    for (winner, _) in winners {
        assert!(results.contains(&winner.to_lowercase()), "{winner} won and is named");
    }
}

#[tokio::test]
async fn public_names_differ_between_contests() {
    let (mut stage, people) = golden_round().await;
    let first = super::pseudonyms(&people[..1]).await;
    stage.add(&super::folder().named("thi-khac").with_plan("2026-03-01T08:00", "2026-03-08T08:00")).await;
    let (name, unit) = NAMES[0];
    let again = stage.door.register(&tests::person(1, name, unit)).await;
    assert_eq!(again.code, people[0].code, "the same printed code");
    assert_ne!(super::pseudonyms(&[again]).await, first);
}
