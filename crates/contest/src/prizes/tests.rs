//! Prizes as tables: people in rank order in, tiers out.

use crate::ids::RoundId;
use crate::plan::{OnePrize, Scope, UnbrokenTie};
use crate::ranking::example::{Game, check, game, name_of, tiers};
use crate::result::{PrizeStep, RankingPlace, RoundResult};

fn giving(counts: &'static [u32], unbroken_tie: UnbrokenTie) -> impl Fn(&mut Game) {
    move |game| {
        game.rules.prizes = tiers(counts);
        game.rules.ranking.unbroken_tie = unbroken_tie;
    }
}

fn drawing(counts: &'static [u32], drawn: &'static str) -> impl Fn(&mut Game) {
    move |game| {
        giving(counts, UnbrokenTie::Lot)(game);
        game.drawn = Some(drawn);
    }
}

/// `t1: an; t2: binh, chi; waiting: dung`
fn prizes(game: &Game, result: &RoundResult) -> String {
    let name = |place: RankingPlace| name_of(place.of(&result.ranking).person.of(&game.people)).to_owned();
    let tier = |(step, tier): (PrizeStep, &crate::plan::PrizeTier)| {
        let winners: Vec<String> = result.winners.iter().filter(|w| w.tier == step).map(|w| name(w.place)).collect();
        (tier.tier.clone(), winners)
    };
    let mut groups: Vec<(String, Vec<String>)> = (0..).map(PrizeStep).zip(&game.rules.prizes).map(tier).collect();
    groups.push(("waiting".to_owned(), result.waiting.iter().map(|&place| name(place)).collect()));
    let shown = groups.into_iter().filter(|(_, names)| !names.is_empty());
    shown.map(|(tier, names)| format!("{tier}: {}", names.join(", "))).collect::<Vec<_>>().join("; ")
}

/// an; binh and chi; dung; em, giang and ha; khanh
const TIES: &str = "an | 10/10
                    binh | 9/10
                    chi | 9/10
                    dung | 8/10
                    em | 7/10
                    giang | 7/10
                    ha | 7/10
                    khanh | 6/10";

const POLICIES: [UnbrokenTie; 3] = [UnbrokenTie::ExtraPrize, UnbrokenTie::Lot, UnbrokenTie::Organizers];

#[test]
fn tiers_go_down_the_ranking_in_the_order_of_the_file() {
    for policy in POLICIES {
        check(giving(&[1, 3, 4], policy), TIES, prizes, "t1: an; t2: binh, chi, dung; t3: em, giang, ha, khanh");
    }
}

#[test]
fn a_tie_inside_one_tier_needs_no_breaking() {
    for policy in POLICIES {
        check(giving(&[1, 2], policy), TIES, prizes, "t1: an; t2: binh, chi");
        check(giving(&[5], UnbrokenTie::Lot), "an | 1/10\nbinh | 1/10", prizes, "t1: an, binh");
    }
}

#[test]
fn there_are_never_more_winners_than_ranked_people() {
    for policy in POLICIES {
        check(giving(&[1, 2, 3, 5], policy), "an | 3/10\nbinh | 2/10", prizes, "t1: an; t2: binh");
        check(giving(&[1, 2, 3, 5], policy), "an", prizes, "");
        check(giving(&[], policy), TIES, prizes, "");
    }
}

#[test]
fn a_tier_of_no_prizes_is_passed_over() {
    for policy in POLICIES {
        check(giving(&[0, 1, 0, 2, 0], policy), TIES, prizes, "t2: an; t4: binh, chi");
    }
}

#[test]
fn extra_prize_gives_all_of_a_tie_the_tier_of_its_first_and_the_next_tier_keeps_its_count() {
    check(giving(&[2, 1, 1], UnbrokenTie::ExtraPrize), TIES, prizes, "t1: an, binh, chi; t2: dung; t3: em, giang, ha");
    check(giving(&[1, 1, 2], UnbrokenTie::ExtraPrize), TIES, prizes, "t1: an; t2: binh, chi; t3: dung, em, giang, ha");
}

#[test]
fn vector_x4_an_unbroken_tie_at_the_last_third_prize_makes_12_winners_and_45_in_four_rounds() {
    // Fifteen people, all different but for two who are equal at the sixth place.
    let line =
        |place: u32| format!("{} | {}/20", char::from(b'a' + place as u8), 20 - if place == 6 { 5 } else { place });
    let tied: String = (0..15).map(|place| line(place) + "\n").collect();
    let distinct = tied.replace("g | 15/20", "g | 14/20");
    let winners = |people: &str| {
        let result = game(|_| (), people).rank();
        [0, 1, 2, 3].map(PrizeStep).map(|tier| result.winners.iter().filter(|winner| winner.tier == tier).count())
    };
    assert_eq!(winners(&tied), [1, 2, 4, 5]);
    assert_eq!(winners(&distinct), [1, 2, 3, 5]);
    let four_rounds = [0, 1, 2, 3].map(|tier| winners(&tied)[tier] + 3 * winners(&distinct)[tier]);
    assert_eq!(four_rounds, [4, 8, 13, 20]);
}

#[test]
fn vector_x11_two_rounds_of_eight_prizes_cost_7_600_000_dong() {
    let song_cong = |game: &mut Game| {
        game.rules.prizes = tiers(&[1, 1, 1, 5]);
        for (tier, amount) in game.rules.prizes.iter_mut().zip([1_000_000, 800_000, 500_000, 300_000]) {
            tier.amount = amount;
        }
        game.rules.ranking.order = crate::ranking::example::order("submitted_at asc");
    };
    let people: String = (0..9_u8).map(|place| format!("{} | 1/10 @{place}\n", char::from(b'a' + place))).collect();
    let game = game(song_cong, &people);
    let cost =
        |result: &RoundResult| result.winners.iter().map(|winner| game.rules.tier(winner.tier).amount).sum::<u64>();
    assert_eq!(2 * cost(&game.rank()), 7_600_000);
}

#[test]
fn a_draw_orders_a_tie_over_several_tiers_and_the_end_of_the_prizes() {
    check(drawing(&[2, 2], "chi binh"), TIES, prizes, "t1: an, chi; t2: binh, dung");
    check(drawing(&[1, 1, 3], "chi binh ha em giang"), TIES, prizes, "t1: an; t2: chi; t3: binh, dung, ha");
}

#[test]
fn a_missing_draw_keeps_only_the_tie_itself_waiting() {
    check(giving(&[2, 2, 1], UnbrokenTie::Lot), TIES, prizes, "t1: an; t2: dung; waiting: binh, chi, em, giang, ha");
    // One ticket of two is no draw.
    check(drawing(&[2, 2], "chi"), TIES, prizes, "t1: an; t2: dung; waiting: binh, chi");
}

#[test]
fn a_draw_does_not_change_the_ranks_nor_the_order_of_the_list() {
    let game = game(drawing(&[2, 2], "chi binh"), TIES);
    let result = game.rank();
    assert_eq!(result.ranking.iter().map(|line| line.rank.0).collect::<Vec<_>>(), [1, 2, 2, 4, 5, 5, 5, 8]);
    assert_eq!(result.winners.iter().map(|winner| winner.place.0).collect::<Vec<_>>(), [0, 1, 2, 3]);
}

#[test]
fn the_organizers_keep_the_tie_and_everyone_below_waiting_whom_a_prize_can_reach() {
    let policy = UnbrokenTie::Organizers;
    check(giving(&[2, 2], policy), TIES, prizes, "t1: an; waiting: binh, chi, dung");
    check(giving(&[2, 3], policy), TIES, prizes, "t1: an; waiting: binh, chi, dung, em, giang, ha");
    check(giving(&[1, 2, 2], policy), TIES, prizes, "t1: an; t2: binh, chi; t3: dung; waiting: em, giang, ha");
}

#[test]
fn a_winner_of_an_earlier_round_keeps_the_rank_and_is_passed_over() {
    let people = "an won | 10/10
                  binh | 9/10
                  chi won | 9/10
                  dung | 8/10";
    let once = |policy| {
        move |game: &mut Game| {
            giving(&[1, 1], policy)(game);
            game.rules.ranking.one_prize_per_person = OnePrize::Contest;
        }
    };
    for policy in POLICIES {
        // Without the earlier winner the second rank is no tie at a boundary any more.
        check(once(policy), people, prizes, "t1: binh; t2: dung");
    }
    check(giving(&[1, 2], UnbrokenTie::ExtraPrize), people, prizes, "t1: an; t2: binh, chi");
    let ranks: Vec<u64> = game(once(UnbrokenTie::Lot), people).rank().ranking.iter().map(|line| line.rank.0).collect();
    assert_eq!(ranks, [1, 2, 2, 4]);
}

#[test]
fn prizes_for_the_whole_contest_are_not_given_in_a_round() {
    let second_for_the_contest = |game: &mut Game| {
        giving(&[1, 1, 2], UnbrokenTie::ExtraPrize)(game);
        game.rules.prizes[1].scope = Scope::Contest;
    };
    check(second_for_the_contest, TIES, prizes, "t1: an; t3: binh, chi");
}

#[test]
fn a_tier_of_other_rounds_is_not_given_in_this_one() {
    let id = |text: &str| RoundId::parse(text).expect("a slug");
    let of_rounds = |rounds: &[&str]| -> Vec<RoundId> { rounds.iter().map(|round| id(round)).collect() };
    for (rounds, expected) in [
        (of_rounds(&["tuan-1"]), "t1: an; t2: binh, chi; t3: dung, em, giang, ha"),
        (of_rounds(&["tuan-2", "tuan-1"]), "t1: an; t2: binh, chi; t3: dung, em, giang, ha"),
        (of_rounds(&["tuan-2"]), "t1: an; t3: binh, chi"),
    ] {
        let second_for_some = |game: &mut Game| {
            giving(&[1, 1, 2], UnbrokenTie::ExtraPrize)(game);
            game.rules.prizes[1].rounds = rounds.clone();
        };
        check(second_for_some, TIES, prizes, expected);
    }
}

#[test]
fn a_decision_orders_those_who_wait_and_prevails_over_a_draw() {
    let decided = TIES.replace("binh |", "binh place=2 |").replace("chi |", "chi place=1 |");
    for policy in [UnbrokenTie::Organizers, UnbrokenTie::Lot] {
        check(giving(&[2, 2], policy), &decided, prizes, "t1: an, chi; t2: binh, dung");
    }
    check(drawing(&[2, 2], "binh chi"), &decided, prizes, "t1: an, chi; t2: binh, dung");
    check(giving(&[2, 2], UnbrokenTie::ExtraPrize), &decided, prizes, "t1: an, binh, chi; t2: dung, em, giang, ha");
    // The next group waits for a decision of its own.
    let waits = "t1: an, chi; t2: binh, dung; waiting: em, giang, ha";
    check(giving(&[2, 3], UnbrokenTie::Organizers), &decided, prizes, waits);
}

#[test]
fn a_group_is_ordered_only_by_a_place_of_each_and_another_one() {
    let waits = "t1: an; waiting: binh, chi, dung";
    let one = TIES.replace("binh |", "binh place=1 |");
    check(giving(&[2, 2], UnbrokenTie::Organizers), &one, prizes, waits);
    let same = one.replace("chi |", "chi place=1 |");
    check(giving(&[2, 2], UnbrokenTie::Organizers), &same, prizes, waits);
}

#[test]
fn a_forfeited_prize_passes_on_and_the_rank_stays() {
    for policy in POLICIES {
        let forfeited = TIES.replace("an |", "an forfeits |");
        check(giving(&[2, 1], policy), &forfeited, prizes, "t1: binh, chi; t2: dung");
        let game = game(giving(&[2, 1], policy), &forfeited);
        assert_eq!(game.rank().ranking[0].rank.0, 1);
    }
}
