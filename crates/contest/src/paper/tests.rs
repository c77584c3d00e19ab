use super::*;
use crate::bank::AnswerKey;
use crate::plan::Quota;
use std::collections::BTreeSet;

fn rules(questions: u32) -> PaperRules {
    PaperRules { questions, shuffle_questions: true, shuffle_options: true, draw: Draw::Random, quota: Vec::new() }
}

fn bank(size: usize) -> Vec<PublicQuestion> {
    (0..size)
        .map(|n| PublicQuestion {
            id: QuestionId::parse(&format!("q{n:02}")).unwrap(),
            text: format!("Câu {n}"),
            options: ["1", "2", "3", "4"].map(String::from).to_vec(),
            choose: 1,
            topic: Some(if n % 3 == 0 { "Nghị định" } else { "Luật" }.to_owned()),
            fixed_order: false,
        })
        .collect()
}

fn person(code: &str) -> ContestantId {
    ContestantId::parse(code).unwrap()
}

#[test]
fn the_same_contestant_and_attempt_always_get_the_same_paper() {
    let (rules, bank) = (rules(10), bank(30));
    let first = compose(&rules, &bank, &[7; 32], &person("ABCD"), 1);
    assert_eq!(first, compose(&rules, &bank, &[7; 32], &person("ABCD"), 1));
    assert_ne!(first, compose(&rules, &bank, &[7; 32], &person("ABCD"), 2));
    assert_ne!(first, compose(&rules, &bank, &[7; 32], &person("ABCE"), 1));
    assert_ne!(first, compose(&rules, &bank, &[8; 32], &person("ABCD"), 1));
}

#[test]
fn a_paper_of_an_open_round_survives_an_upgrade() {
    let paper = compose(&rules(5), &bank(30), &[7; 32], &person("ABCD"), 1);
    let places: Vec<usize> = paper.questions.iter().map(|q| q.question).collect();
    // Pinned: another value here would show contestants of an open round another paper.
    expect_test::expect!["[15, 1, 5, 13, 19]"].assert_eq(&format!("{places:?}"));
}

#[test]
fn every_question_of_the_bank_is_drawn_about_as_often() {
    let (rules, bank) = (rules(10), bank(30));
    let mut counts = [0u32; 30];
    for n in 0..3_000 {
        for question in compose(&rules, &bank, &[1; 32], &person(&format!("P{n:05}")), 1).questions {
            counts[question.question] += 1;
        }
    }
    // 1 000 expected each; the standard deviation is about 26.
    assert!(counts.iter().all(|c| (850..1_150).contains(c)), "{counts:?}");
}

#[test]
fn quotas_of_topics_are_kept() {
    let bank = bank(30);
    let mut rules = rules(7);
    rules.quota = vec![Quota { topic: "nghi dinh".into(), count: 5 }, Quota { topic: "LUẬT".into(), count: 2 }];
    let paper = compose(&rules, &bank, &[1; 32], &person("ABCD"), 1);
    let decrees = paper.questions.iter().filter(|q| q.question % 3 == 0).count();
    assert_eq!((paper.questions.len(), decrees), (7, 5));
}

#[test]
fn without_shuffling_the_order_of_the_file_is_kept() {
    let bank = bank(30);
    let mut rules = rules(10);
    (rules.shuffle_questions, rules.shuffle_options) = (false, false);
    let paper = compose(&rules, &bank, &[1; 32], &person("ABCD"), 1);
    assert!(paper.questions.is_sorted_by_key(|q| q.question));
    assert!(paper.questions.iter().all(|q| q.options == [0, 1, 2, 3]));
    rules.draw = Draw::All;
    assert_eq!(compose(&rules, &bank, &[1; 32], &person("ABCD"), 1).questions.len(), 30);
}

#[test]
fn no_question_stands_twice_on_a_paper() {
    let paper = compose(&rules(30), &bank(30), &[1; 32], &person("ABCD"), 1);
    let distinct: BTreeSet<_> = paper.questions.iter().map(|q| q.question).collect();
    assert_eq!(distinct.len(), 30);
}

#[test]
fn answers_are_read_by_identifier_and_every_fault_is_named() {
    let bank = bank(30);
    let mut rules = rules(3);
    rules.shuffle_questions = false;
    let paper = compose(&rules, &bank, &[1; 32], &person("ABCD"), 1);
    let id = bank[paper.questions[1].question].id.as_str();
    let options = |letters: &[&str]| letters.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>();

    let (b, two) = (options(&["b"]), options(&["d", "a"]));
    let read = paper.read_answers(&bank, [(id, b.as_slice())]).unwrap();
    assert_eq!(read, [OptionSet::EMPTY, OptionSet::EMPTY.with(1), OptionSet::EMPTY]);
    let mut several = bank.clone();
    several[paper.questions[1].question].choose = 2;
    let read = paper.read_answers(&several, [(id, two.as_slice())]).unwrap();
    assert_eq!(read[1].letters().collect::<Vec<_>>(), ["a", "d"]);

    let wrong = options(&["e", "B", "", "ab"]);
    let faults = paper.read_answers(&several, [(id, wrong.as_slice()), ("q99", &[][..])]).unwrap_err();
    assert_eq!(faults.len(), 6, "each of the options, their number, and the question that is not on the paper");
}

#[test]
fn an_option_named_twice_or_more_than_are_asked_for_is_no_answer() {
    let bank = bank(3);
    let paper = compose(&rules(3), &bank, &[1; 32], &person("ABCD"), 1);
    let id = "q00";
    let read = |bank: &[PublicQuestion], letters: &[&str]| {
        let options: Vec<String> = letters.iter().map(|letter| (*letter).to_owned()).collect();
        paper.read_answers(bank, [(id, options.as_slice())]).map(|_| ())
    };
    let refused = |fault| Err(vec![WrongField::new(FormField::answer(id), fault)]);
    assert_eq!(read(&bank, &["a", "b"]), refused(FormFault::TooManyOptions));
    assert_eq!(read(&bank, &["a"]), Ok(()));
    let mut several = bank.clone();
    several[0].choose = 2;
    assert_eq!(read(&several, &["a", "a"]), refused(FormFault::RepeatedOption));
    assert_eq!(read(&several, &["a"]), Ok(()), "wrong, but said clearly");
    assert_eq!(read(&several, &["a", "b", "c"]), refused(FormFault::TooManyOptions));
}

#[test]
fn key_and_answers_follow_the_paper_and_are_told_by_question() {
    let bank = bank(4);
    let paper = compose(&rules(4), &bank, &[7; 32], &person("ABCD"), 1);
    let shown: Vec<usize> = paper.questions.iter().map(|question| question.question).collect();
    assert!(!shown.is_sorted(), "shown in another order than the bank's: {shown:?}");
    let set = |place: usize| OptionSet(1 << place);
    let key: AnswerKey = bank.iter().zip(0..3).map(|(question, place)| (question.id.clone(), set(place))).collect();
    let of_paper: Vec<OptionSet> = shown.iter().map(|&at| if at < 3 { set(at) } else { OptionSet::EMPTY }).collect();
    let mut marking = Marking { key, ..Marking::default() };
    assert_eq!(paper.count_right(&bank, &of_paper, &marking), 3);
    let first_alone = usize::from(of_paper[0] != OptionSet::EMPTY);
    assert_eq!(usize::from(paper.count_right(&bank, &of_paper[..1], &marking)), first_alone, "nothing chosen else");
    marking.voided = bank.iter().map(|question| question.id.clone()).collect();
    assert_eq!(paper.count_right(&bank, &[], &marking), 4, "voided");
    let told = paper.canonical_answers(&bank, &of_paper);
    let expected: Vec<_> =
        bank.iter().enumerate().map(|(at, q)| (&q.id, if at < 3 { set(at) } else { OptionSet::EMPTY })).collect();
    assert_eq!(told, expected);
}

#[test]
fn a_sheet_is_complete_where_something_is_chosen_in_every_question_that_is_not_voided() {
    let bank = bank(3);
    let paper = compose(&rules(3), &bank, &[7; 32], &person("ABCD"), 1);
    let none = BTreeSet::new();
    let (a, blank) = (OptionSet(1), OptionSet::EMPTY);
    assert!(paper.is_complete(&bank, &[a, a, a], &none));
    assert!(!paper.is_complete(&bank, &[a, blank, a], &none));
    assert!(!paper.is_complete(&bank, &[a, a], &none), "too short: the last is open");
    let second = &bank[paper.questions[1].question].id;
    assert!(paper.is_complete(&bank, &[a, blank, a], &[second.clone()].into()), "voided");
    assert!(!paper.is_complete(&bank, &[blank, blank, a], &[second.clone()].into()));
}

#[test]
fn options_of_a_question_with_a_fixed_order_stand_as_in_the_file_and_others_are_shuffled() {
    let (rules, mut bank) = (rules(30), bank(30));
    bank.iter_mut().step_by(2).for_each(|question| question.fixed_order = true);
    let papers = (1..=20).map(|attempt| compose(&rules, &bank, &[7; 32], &person("ABCD"), attempt));
    let (fixed, free): (Vec<PaperQuestion>, Vec<PaperQuestion>) =
        papers.flat_map(|paper| paper.questions).partition(|shown| bank[shown.question].fixed_order);
    assert!(fixed.iter().all(|shown| shown.options == [0, 1, 2, 3]));
    assert!(free.iter().any(|shown| shown.options != [0, 1, 2, 3]));
}

#[test]
fn a_bank_without_fixed_orders_is_shuffled_as_ever() {
    let paper = compose(&rules(3), &bank(30), &[7; 32], &person("ABCD"), 1);
    let options: Vec<Vec<u8>> = paper.questions.into_iter().map(|shown| shown.options).collect();
    expect_test::expect!["[[1, 0, 3, 2], [2, 0, 1, 3], [1, 2, 0, 3]]"].assert_eq(&format!("{options:?}"));
}

#[test]
fn a_paper_to_show_follows_from_its_seed_and_is_nobodys() {
    let (rules, bank) = (rules(10), bank(30));
    let shown = |seed| compose_to_show(&rules, &bank, &[7; 32], seed);
    assert_eq!(shown(1), shown(1));
    assert_ne!(shown(1), shown(2));
    assert_ne!(shown(1), compose_to_show(&rules, &bank, &[8; 32], 1));
    assert_ne!(
        shown(1),
        compose(&rules, &bank, &[7; 32], &person("XEM-DE"), 1),
        "whoever has the code gets another one"
    );
}
