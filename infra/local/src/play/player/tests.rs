use super::super::dice::Dice;
use super::super::script::{Cast, Script};
use super::super::{advance, secret_of, uploaded_at};
use super::*;
use crate::world::{ClockStart, World, WorldOptions};

const CAST: Cast = Cast { contestants: 60, attempts: 110, perfect: 46, returning_percent: 50, seed: 4 };

/// The sample with a commendation.
fn folder() -> ContestFolder {
    let samples = ContestFolder::samples().expect("samples");
    samples.into_iter().find(|sample| sample.id == "lang-son-dan-van-kheo-2024").expect("the sample")
}

#[tokio::test]
async fn people_who_bring_others_in_have_them_counted() {
    let folder = folder();
    let plan = folder.plan().expect("a plan");
    let script = Script::write(&plan, CAST).expect("a story");
    let clock = ClockStart::Frozen(uploaded_at(&plan));
    let options = WorldOptions { clock, secret: Some(secret_of(4)), ..WorldOptions::default() };
    let world = World::start(options).await.expect("a world");
    folder.upload_whole(&world.s3).await.expect("uploaded");
    let player = Player::new(world.front_door(), &folder, script, &mut Dice::new(5)).await.expect("a player");
    let player = Arc::new(player);
    advance(&world, plan.rounds[0].opens).await.expect("the round opens");
    player.play_round(0, || ()).await.expect("played");

    let referrers: BTreeSet<usize> = player.script.referrers.values().copied().collect();
    assert_eq!(referrers.len(), 2);
    for participation in &player.script.rounds[0] {
        let (person, at) = (participation.person, participation.attempts[0].submitted_at);
        let session = player.session(person, at).await.expect("a session");
        let me = player.send(Method::GET, "me", Some(&session), None, at).await.expect("me");
        assert_eq!(me["referrals"], if referrers.contains(&person) { 2 } else { 0 }, "{person}");
    }
    world.stop().await;
}

/// A session ends before the last round opens, so that whoever goes on has to sign in anew.
#[tokio::test]
async fn people_sign_in_with_an_e_mail_where_a_contest_asks_for_nothing_else() {
    let samples = ContestFolder::samples().expect("samples");
    let mut folder = samples.into_iter().find(|sample| sample.id == "song-cong-cchc-2021").expect("the sample");
    for (fields, unique) in [
        ("\"full_name\", \"birth_date\", \"email\", \"unit\"", "[\"email\"]"),
        ("\"full_name\", \"birth_date\", \"unit\"", "[]"),
    ] {
        let (_, plan) = folder.files.iter_mut().find(|(name, _)| name == "contest.toml").expect("the plan");
        let text = String::from_utf8(plan.clone()).expect("UTF-8");
        let line = |key: &str| text.lines().find(|line| line.starts_with(key)).expect("in the plan").to_owned();
        let text = text
            .replace(&line("fields = "), &format!("fields = [{fields}]"))
            .replace(&line("unique = "), &format!("unique = {unique}"));
        *plan = text.into_bytes();
        let plan = folder.plan().expect("a plan");
        let clock = ClockStart::Frozen(uploaded_at(&plan));
        let world = World::start(WorldOptions { clock, secret: Some(secret_of(4)), ..WorldOptions::default() });
        let world = world.await.expect("a world");
        folder.upload_whole(&world.s3).await.expect("uploaded");
        let script = Script::write(&plan, CAST).expect("a story");
        let player = Player::new(world.front_door(), &folder, script, &mut Dice::new(5)).await.expect("a player");
        advance(&world, plan.rounds[0].opens).await.expect("the round opens");
        let at = plan.rounds[0].opens;
        let first = player.session(0, at).await.expect("registered");
        let later = player.sign_in(0, at).await.expect("signed in")["session"].as_str().map(str::to_owned);
        assert!(later.is_some_and(|later| later != first), "{fields}");
        world.stop().await;
    }
}

#[test]
fn people_who_bring_others_in_belong_to_the_unit_that_is_commended() {
    let (plan, units) = (folder().plan().expect("a plan"), read_units(&folder()).expect("units"));
    let script = Script::write(&plan, CAST).expect("a story");
    let district = leaves(&units, Script::campaigning_unit(&plan));
    for seed in 0..20 {
        let forms = forms(&plan, &units, &script, &mut Dice::new(seed));
        for referrer in script.referrers.values() {
            let unit = forms[*referrer]["unit"].as_str().expect("a unit");
            assert!(district.contains(&unit.to_owned()), "{unit}");
        }
    }
}

#[test]
fn people_belong_to_units_without_units_below_them() {
    let tree = read_units(&folder()).expect("units");
    let top = UnitCode::parse("bac-son").expect("a code");
    let (everywhere, district) = (leaves(&tree, None), leaves(&tree, Some(&top)));
    assert!(!everywhere.contains(&"bac-son".to_owned()) && district.len() < everywhere.len());
    assert!(district.iter().all(|unit| everywhere.contains(unit)) && district.len() >= 17, "{district:?}");
    let leaf = UnitCode::parse(&district[0]).expect("a code");
    assert_eq!(leaves(&tree, Some(&leaf)), [district[0].as_str()]);
}
