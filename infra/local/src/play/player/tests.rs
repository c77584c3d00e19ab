use super::super::dice::Dice;
use super::super::script::{Cast, Script};
use super::super::{advance, secret_of, uploaded_at};
use super::*;
use crate::world::{ClockStart, World, WorldOptions};

#[tokio::test]
async fn people_who_bring_others_in_have_them_counted() {
    let samples = ContestFolder::samples().expect("samples");
    let folder = samples.into_iter().find(|sample| sample.id == "lang-son-dan-van-kheo-2024").expect("the sample");
    let plan = folder.plan().expect("a plan");
    let cast = Cast { contestants: 60, attempts: 110, perfect: 46, returning_percent: 50, seed: 4 };
    let script = Script::write(&plan, cast).expect("a story");
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
        let unit = me["unit"].as_str().expect("a unit");
        let district = leaves(&read_units(&folder).expect("units"), Script::campaigning_unit(&plan));
        assert!(!referrers.contains(&person) || district.contains(&unit.to_owned()), "{unit}");
    }
    world.stop().await;
}

#[test]
fn people_belong_to_units_without_units_below_them() {
    let samples = ContestFolder::samples().expect("samples");
    let folder = samples.iter().find(|sample| sample.id == "lang-son-dan-van-kheo-2024").expect("the sample");
    let tree = read_units(folder).expect("units");
    let top = UnitCode::parse("bac-son").expect("a code");
    let (everywhere, district) = (leaves(&tree, None), leaves(&tree, Some(&top)));
    assert!(!everywhere.contains(&"bac-son".to_owned()) && district.len() < everywhere.len());
    assert!(district.iter().all(|unit| everywhere.contains(unit)) && district.len() >= 17, "{district:?}");
    let leaf = UnitCode::parse(&district[0]).expect("a code");
    assert_eq!(leaves(&tree, Some(&leaf)), [district[0].as_str()]);
}
