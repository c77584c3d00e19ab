use super::*;
use crate::problem::ProblemKind as Kind;

const SONG_CONG: &str = include_str!("../../../../contests/song-cong-cchc-2021/contest.toml");
const EVERYTHING: &str = include_str!("everything.toml");

/// The complete example with one part exchanged.
fn with(from: &str, to: &str) -> PlanReading {
    exchanged(SONG_CONG, from, to)
}

fn exchanged(text: &str, from: &str, to: &str) -> PlanReading {
    assert!(text.contains(from), "the sample has {from:?}");
    read(&text.replacen(from, to, 1))
}

/// `code line column` of every error.
fn errors(reading: &PlanReading) -> Vec<String> {
    listed(&reading.errors)
}

fn listed(problems: &[Problem]) -> Vec<String> {
    let line = |p: &Problem| {
        let row = p.place.row().map(|row| row.to_string()).unwrap_or_default();
        format!("{} {} {}", p.kind.code(), row, p.place.column().unwrap_or_default())
    };
    problems.iter().map(line).collect()
}

/// The line on which a text of the sample stands.
fn line(text: &str) -> usize {
    line_in(SONG_CONG, text)
}

fn line_in(sample: &str, text: &str) -> usize {
    sample[..sample.find(text).expect("in the sample")].matches('\n').count() + 1
}

#[test]
fn song_cong_is_read_whole() {
    let reading = read(SONG_CONG);
    assert_eq!(errors(&reading), Vec::<String>::new());
    assert_eq!(listed(&reading.warnings), Vec::<String>::new());
    let plan = reading.plan.expect("a plan");
    assert_eq!(plan.id.as_str(), "song-cong-cchc-2021");
    assert_eq!(plan.rounds[0].opens.rfc3339(), "2021-12-13T01:30:00.000Z");
    assert_eq!(plan.rounds[1].publishes.rfc3339(), "2021-12-27T01:00:00.000Z");
    assert_eq!(plan.rules.prizes.iter().map(|p| u64::from(p.count) * p.amount).sum::<u64>(), 3_800_000);
    assert_eq!(plan.rules.collective[0].measure, [Measure::Attempts, Measure::MeanScore, Measure::PrizePoints]);
    assert_eq!(plan.attempt.usual().paper.questions, 10);
    assert_eq!(plan.rules.prediction.map(|p| p.target), Some(PredictionTarget::PerfectContestants));
    assert_eq!(plan.rounding, RoundingMode::Truncate);
}

#[test]
fn nfd_text_with_no_break_spaces_reads_as_the_same_plan() {
    let nfd: String = SONG_CONG.replace("min_age = 16", "min_age\u{a0}= 16").nfd().collect();
    assert_eq!(read(&format!("\u{feff}{nfd}")).plan, read(SONG_CONG).plan);
}

#[test]
fn every_error_is_named_with_its_line_and_key() {
    let cases: &[(&str, &str, &str, &str)] = &[
        ("schema = \"hoithi/contest/1\"", "schema = \"hoithi/contest/2\"", "schema", "unknown_schema"),
        ("id = \"song-cong-cchc-2021\"", "id = \"Sông Công\"", "id", "invalid_id"),
        ("organizer = \"UBND thành phố Sông Công\"", "organizer = \"  \"", "organizer", "empty"),
        ("organizer = \"UBND thành phố Sông Công\"", "organizer = \"ㅤ ㅤ\"", "organizer", "invalid_text"),
        ("time_zone = \"Asia/Ho_Chi_Minh\"", "time_zone = \"Asia/Hanoi\"", "time_zone", "unknown_time_zone"),
        ("mode = \"open\"", "mode = \"closed\"", "registration.mode", "unknown_word"),
        ("min_age = 16", "min_age = \"16\"", "registration.min_age", "wrong_type"),
        ("min_age = 16", "min_age = 400", "registration.min_age", "out_of_range"),
        ("unique = [\"citizen_id\"]", "unique = [\"email\"]", "registration.unique", "unique_not_asked"),
        ("unique = [\"citizen_id\"]", "unique = [\"unit\"]", "registration.unique", "cannot_be_unique"),
        (
            "unit_basis = [\"workplace\", \"residence\"]",
            "unit_basis = [\"school\"]",
            "registration.unit_basis",
            "unknown_word",
        ),
        ("questions = 10", "questions = 61", "attempt.questions", "out_of_range"),
        ("questions = 10", "questions = 0", "attempt.questions", "out_of_range"),
        ("questions = 10", "qestions = 10", "attempt.qestions", "unknown_key"),
        ("points = 100", "points = -100", "attempt.points", "out_of_range"),
        ("points = 100", "points = 99.5", "attempt.points", "wrong_type"),
        ("per_round = 3", "per_round = [3]", "attempt.per_round", "wrong_type"),
        ("shuffle_questions = true", "shuffle_questions = \"yes\"", "attempt.shuffle_questions", "wrong_type"),
        ("min_seconds = 0", "min_seconds = 900", "attempt.min_seconds", "floor_above_minutes"),
        ("\"duration asc\"", "\"duration desc\"", "ranking.order", "unknown_word"),
        ("\"duration asc\"", "\"attempts_used asc\", \"attempts_used desc\"", "ranking.order", "duplicate"),
        ("\"duration asc\"", "\"score desc\"", "ranking.order", "duplicate"),
        ("opens = \"2021-12-13T08:30\"", "opens = \"13 tháng 12\"", "rounds.opens", "invalid_time"),
        ("opens = \"2021-12-13T08:30\"", "opens = \"2021-12-32T08:30\"", "rounds.opens", "invalid_time"),
        ("closes = \"2021-12-19T16:30\"", "closes = \"2021-12-13T08:30\"", "rounds.closes", "closes_before_opens"),
        (
            "publishes = \"2021-12-20T08:00\"",
            "publishes = \"2021-12-19T16:29\"",
            "rounds.publishes",
            "publishes_before_closes",
        ),
        ("opens = \"2021-12-20T08:30\"", "opens = \"2021-12-19T16:29\"", "rounds.opens", "rounds_overlap"),
        ("opens = \"2021-12-20T08:30\"", "opens = \"2021-12-13T08:00\"", "rounds.opens", "rounds_out_of_order"),
        (
            "opens = \"2021-12-10T08:00\"",
            "opens = \"2021-12-26T16:30\"",
            "registration.opens",
            "registration_after_end",
        ),
        ("bank = \"bank-tuan-1.xlsx\"", "bank = \"../bank.xlsx\"", "rounds.bank", "invalid_file_name"),
        ("id = \"tuan-2\"", "id = \"tuan-1\"", "rounds.id", "duplicate"),
        ("tier = \"second\"", "tier = \"first\"", "prizes.tier", "duplicate"),
        ("count = 5\namount", "count = 0\namount", "prizes.count", "out_of_range"),
        ("min_rate_percent = 0", "min_rate_percent = 101", "collective.min_rate_percent", "out_of_range"),
        ("\"prize_points desc\"", "\"prize_points\"", "collective.measure", "unknown_word"),
    ];
    for (from, to, key, code) in cases {
        let reading = with(from, to);
        let row = line(from);
        let expected = format!("{code} {row} {key}");
        assert!(errors(&reading).contains(&expected), "{to}: {:?} has no {expected:?}", errors(&reading));
        assert!(reading.plan.is_none(), "{to}: a plan with errors");
    }
}

#[test]
fn what_is_given_over_the_contest_is_read() {
    let reading = read(EVERYTHING);
    assert_eq!((errors(&reading), listed(&reading.warnings)), (vec![], vec![]));
    let plan = reading.plan.expect("a plan");
    let overall = plan.rules.overall.expect("a ranking over the contest");
    assert_eq!((overall.score, overall.best), (OverallScore::Best, 2));
    assert_eq!(overall.rounds, plan.rounds[..3].iter().map(|round| round.id.clone()).collect::<Vec<_>>());
    assert_eq!(overall.order, [OverallKey::Score, OverallKey::PerfectAttempts, OverallKey::Duration]);
    let [together, schools] = &plan.rules.collective[..] else { panic!("two competitions") };
    assert_eq!(
        (&together.levels[..], &schools.levels[..]),
        (&["ward", "agency"].map(str::to_owned)[..], &["school".to_owned()][..])
    );
    assert_eq!(together.measure, [Measure::Points, Measure::Winners, Measure::MeanScore]);
    let points = together.points.as_ref().expect("points");
    let tiers = points.tiers.iter().map(|(tier, points)| (tier.as_str(), *points)).collect::<Vec<_>>();
    assert_eq!((points.contestants_percent, tiers), (1, vec![("first", 10), ("third", 6)]));
    assert_eq!(schools.points, None);
    let [list] = &plan.commendation[..] else { panic!("one commendation") };
    assert_eq!(list.form.as_deref(), Some("Mẫu số 08, Nghị định số 98/2023/NĐ-CP"));
    assert_eq!((list.scope, list.prizes.len(), list.worth()), (Scope::Round, 1, 600_000));
}

#[test]
fn what_is_printed_is_read() {
    let plan = read(EVERYTHING).plan.expect("a plan");
    let expected = DocumentRules {
        head: Head::Party,
        issuer: Some("Ban Thường vụ Thành ủy Sông Công".to_owned()),
        place: Some("Sông Công".to_owned()),
        signer_title: Some("Phó Bí thư Thường trực".to_owned()),
        signer_name: Some("Nguyễn Văn Ẩn".to_owned()),
        certificate: CertificatePaper::Form,
        name_offset: Offset { right: -5, down: 12 },
        prize_offset: Offset { right: 0, down: -3 },
    };
    assert_eq!(plan.documents, expected);
    let certificates = plan.certificates.iter().map(|of| (of.name.as_str(), of.min_percent, of.scope()));
    let expected =
        [("Giấy chứng nhận hoàn thành", 80, Scope::Round), ("Giấy chứng nhận tham gia đầy đủ", 50, Scope::Contest)];
    assert_eq!(certificates.collect::<Vec<_>>(), expected);
    assert!(plan.is_documented_over_the_contest());
}

#[test]
fn what_is_printed_may_be_left_open() {
    let said = |table: &str| {
        let reading = read(&format!("{SONG_CONG}\n{table}"));
        (reading.plan.map(|plan| plan.documents), listed(&reading.warnings))
    };
    let open = "[documents]\nissuer = \"\"\nplace = \" \"\nsigner_title = \"\"\nsigner_name = \"\"\n";
    for table in ["", "[documents]\n", open] {
        assert_eq!(said(table), (Some(DocumentRules::default()), Vec::new()), "{table}");
    }
    let last = SONG_CONG.lines().count() + 3;
    let (plan, warnings) = said("[documents]\nname_offset_mm = [0, 1]\n");
    assert_eq!(warnings, [format!("offset_unused {last} documents.name_offset_mm")]);
    assert_eq!(plan.expect("a plan").name_offset, Offset { right: 0, down: 1 });
}

#[test]
fn every_error_of_what_is_printed_is_named_with_its_line_and_key() {
    let cases: &[(&str, &str, &str, &str)] = &[
        ("head = \"party\"", "head = \"army\"", "documents.head", "unknown_word"),
        ("place = \"Sông Công\"", "place = 1", "documents.place", "wrong_type"),
        ("certificate = \"form\"", "certificate = \"paper\"", "documents.certificate", "unknown_word"),
        ("[-5, 12]", "[-5, 12, 0]", "documents.name_offset_mm", "invalid_offset"),
        ("[-5, 12]", "[101, 0]", "documents.name_offset_mm", "invalid_offset"),
        ("[-5, 12]", "[0, -61]", "documents.name_offset_mm", "invalid_offset"),
        ("[0, -3]", "[0.5, 0]", "documents.prize_offset_mm", "invalid_offset"),
        ("[0, -3]", "3", "documents.prize_offset_mm", "invalid_offset"),
        ("min_percent = 80", "min_percent = 101", "certificates.min_percent", "out_of_range"),
        ("tham gia đầy đủ", "hoàn thành", "certificates.name", "duplicate"),
        ("min_percent = 50\nrounds = 3", "min_percent = 50\nrounds = 0", "certificates.rounds", "out_of_range"),
        (
            "min_percent = 50\nrounds = 3",
            "min_percent = 50\nrounds = 5",
            "certificates.rounds",
            "certificate_out_of_reach",
        ),
    ];
    for (from, to, key, code) in cases {
        let found = errors(&exchanged(EVERYTHING, from, to));
        let [error] = &found[..] else { panic!("{to}: {found:?}") };
        assert!(error.starts_with(code) && error.ends_with(key), "{to}: {error}");
    }
    for edge in ["[-100, -60]", "[100, 60]"] {
        assert_eq!(errors(&exchanged(EVERYTHING, "[-5, 12]", edge)), Vec::<String>::new());
    }
}

/// As [`every_error_is_named_with_its_line_and_key`], and nothing else is said.
#[test]
fn every_error_over_the_contest_is_named_with_its_line_and_key() {
    let cases: &[(&str, &str, &str, &str)] = &[
        ("score = \"best\"", "score = \"mean\"", "overall.score", "unknown_word"),
        ("score = \"best\"", "score = \"sum\"", "overall.best", "best_with_sum"),
        ("best = 2\n", "\n", "overall.best", "missing_key"),
        ("best = 2", "best = 0", "overall.best", "out_of_range"),
        ("best = 2", "best = 61", "overall.best", "out_of_range"),
        ("rounds = [\"tuan-1\", \"tuan-2\"", "rounds = [\"tuan-1\", \"tuan-9\"", "overall.rounds", "unknown_round"),
        ("rounds = [\"tuan-1\", \"tuan-2\"", "rounds = [\"tuan-1\", \"tuan-1\"", "overall.rounds", "duplicate"),
        ("order = [\"score desc\", \"perfect_attempts desc\", \"duration asc\"]", "\n", "overall.order", "missing_key"),
        (
            "order = [\"score desc\", \"perfect_attempts desc\", \"duration asc\"]",
            "order = []",
            "overall.order",
            "empty",
        ),
        ("\"perfect_attempts desc\", \"duration", "\"submitted_at asc\", \"duration", "overall.order", "unknown_word"),
        ("[\"ward\", \"agency\"]", "[\"ward\", \"ward\"]", "collective.level", "duplicate"),
        ("[\"ward\", \"agency\"]", "[]", "collective.level", "empty"),
        ("[\"ward\", \"agency\"]", "\"\"", "collective.level", "empty"),
        ("[\"ward\", \"agency\"]", "[\"ward\", 3]", "collective.level", "wrong_type"),
        ("[\"ward\", \"agency\"]", "3", "collective.level", "wrong_type"),
        ("{ contestants_percent = 1, first = 10, third = 6 }", "3", "collective.points", "wrong_type"),
        (
            "contestants_percent = 1,",
            "contestants_percent = 1001,",
            "collective.points.contestants_percent",
            "out_of_range",
        ),
        ("first = 10, third", "first = 1000001, third", "collective.points.first", "out_of_range"),
        ("first = 10, third", "first = \"10\", third", "collective.points.first", "wrong_type"),
        ("first = 10, third", "fourth = 10, third", "collective.points.fourth", "unknown_tier"),
        ("unit = \"bac-son\"\n", "unit = \"bac-son\"\nnote = \"x\"\n", "commendation.note", "unknown_key"),
        (
            "scope = \"round\"\nprizes = [{ name = \"Giấy",
            "scope = \"week\"\nprizes = [{ name = \"Giấy",
            "commendation.scope",
            "unknown_word",
        ),
        ("form = \"Mẫu số 08, Nghị định số 98/2023/NĐ-CP\"", "form = 8", "commendation.form", "wrong_type"),
        ("count = 2, amount = 300000", "count = 0, amount = 300000", "commendation.prizes.count", "out_of_range"),
    ];
    for (from, to, key, code) in cases {
        let reading = exchanged(EVERYTHING, from, to);
        let found: Vec<(&str, Option<&str>)> =
            reading.errors.iter().map(|p| (p.kind.code(), p.place.column())).collect();
        assert_eq!(found, [(*code, Some(*key))], "{to}");
        assert!(reading.plan.is_none(), "{to}: a plan with errors");
        let (table, value) = (key.split('.').next().expect("a table"), key.rsplit('.').next().expect("a key"));
        let text = EVERYTHING.replacen(from, to, 1);
        let head = text.find(&format!("[{table}]")).expect("in the sample");
        // What is missing is named at the head of its table.
        let at = text[head..].find(&format!("\n{value} = ")).or_else(|| text[head..].find(&format!(" {value} = ")));
        let at = if *code == "missing_key" { head } else { head + at.expect("in the sample") + 1 };
        assert_eq!(reading.errors[0].place.row(), u32::try_from(text[..at].matches('\n').count() + 1).ok(), "{to}");
    }
}

#[test]
fn units_compete_by_points_where_something_gives_them() {
    let table = "points = { contestants_percent = 1, first = 10, third = 6 }\n";
    for empty in ["", "points = {}\n"] {
        let reading = exchanged(EVERYTHING, table, empty);
        assert_eq!(
            errors(&reading),
            [format!("points_missing {} collective.measure", line_in(EVERYTHING, "measure = [\"points"))]
        );
    }
    let unused = exchanged(EVERYTHING, "\"points desc\", ", "");
    assert_eq!(errors(&unused), Vec::<String>::new());
    assert_eq!(
        listed(&unused.warnings),
        [format!("points_unused {} collective.points", line_in(EVERYTHING, "points = {"))]
    );
    // Of a prize that cannot be read nothing is known, so nothing is said of those that name its tier.
    let slip = exchanged(EVERYTHING, "tier = \"third\"", "tier = \"Third\"");
    assert_eq!(slip.errors.iter().map(|p| p.kind.code()).collect::<Vec<_>>(), ["invalid_id"]);
    let slip = exchanged(EVERYTHING, "id = \"tuan-3\"", "id = \"Tuần 3\"");
    assert_eq!(slip.errors.iter().map(|p| p.kind.code()).collect::<Vec<_>>(), ["invalid_id"]);
}

#[test]
fn every_round_may_count_and_best_is_for_best_alone() {
    let short = EVERYTHING
        .replace("score = \"best\"\nbest = 2\nrounds = [\"tuan-1\", \"tuan-2\", \"tuan-3\"]\n", "score = \"sum\"\n");
    let overall = read(&short).plan.expect("a plan").rules.overall.expect("a ranking");
    assert_eq!((overall.score, overall.best, overall.rounds.len()), (OverallScore::Sum, 0, 0));
    let zero = short.replace("score = \"sum\"\n", "score = \"sum\"\nbest = 0\nrounds = []\n");
    assert_eq!(read(&zero).plan.expect("a plan").rules.overall, Some(overall));
    assert!(exchanged(EVERYTHING, "best = 2", "best = 60").errors.is_empty());
    let commendation = EVERYTHING.find("scope = \"round\"\nprizes = [{ name = \"Giấy khen").expect("in the sample");
    let list = &read(&EVERYTHING[..commendation]).plan.expect("a plan").commendation[0];
    assert_eq!((list.scope, list.prizes.len(), &list.form), (Scope::Contest, 0, &None));
}

/// What was accepted before it was an error is carried out.
#[test]
fn a_contest_prize_needs_a_ranking_and_no_round_is_called_overall() {
    let start = EVERYTHING.find("[overall]").expect("in the sample");
    let end = EVERYTHING.find("[[rounds]]").expect("in the sample");
    let reading = read(&format!("{}{}", &EVERYTHING[..start], &EVERYTHING[end..]));
    let found: Vec<_> = reading.errors.iter().map(|p| (p.kind.code(), p.place.column())).collect();
    assert_eq!(found, [("overall_missing", Some("prizes.scope")); 2], "each prize over the contest");
    assert!(reading.plan.is_some(), "a plan in force stays in force");
    let broken = exchanged(EVERYTHING, "[overall]", "[[overall]]");
    assert_eq!(broken.errors.iter().map(|p| p.kind.code()).collect::<Vec<_>>(), ["wrong_type"], "one slip, one error");
    let reserved = exchanged(EVERYTHING, "id = \"mo-rong\"", "id = \"overall\"");
    assert_eq!(errors(&reserved), [format!("reserved_id {} rounds.id", line_in(EVERYTHING, "id = \"mo-rong\""))]);
    assert!(reserved.plan.is_some());
    let no_prize = format!("{SONG_CONG}\n[overall]\nscore = \"sum\"\norder = [\"score desc\"]\n");
    assert!(read(&no_prize).errors.is_empty(), "a ranking without prizes is fine");
}

#[test]
fn what_decides_money_is_never_a_default() {
    let decisive = [
        ("min_age = 16\n", "registration.min_age"),
        ("target = \"perfect_contestants\"\n", "prediction.target"),
        ("actual = \"at_publication\"\n", "prediction.actual"),
        ("equidistant = \"tie\"\n", "prediction.equidistant"),
        ("unbroken_tie = \"extra_prize\"\n", "ranking.unbroken_tie"),
        ("one_prize_per_person = \"contest\"\n", "ranking.one_prize_per_person"),
        (
            "order = [\"score desc\", \"prediction_distance asc\", \"duration asc\", \"submitted_at asc\"]\n",
            "ranking.order",
        ),
        ("measure = [\"attempts desc\", \"mean_score desc\", \"prize_points desc\"]\n", "collective.measure"),
        ("closes = \"2021-12-19T16:30\"\n", "rounds.closes"),
        ("publishes = \"2021-12-20T08:00\"\n", "rounds.publishes"),
        ("amount = 800000\n", "prizes.amount"),
        ("minutes = 15\n", "attempt.minutes"),
    ];
    for (removed, key) in decisive {
        let reading = with(removed, "\n");
        let [error] = &reading.errors[..] else { panic!("{key}: {:?}", errors(&reading)) };
        assert_eq!((error.kind.code(), error.place.column()), ("missing_key", Some(key)));
        assert!(error.place.row().is_some(), "{key}: the line of its table");
    }
}

#[test]
fn what_does_not_decide_money_may_be_left_out() {
    let short = SONG_CONG
        .replace("mode = \"open\"\n", "")
        .replace("grace_seconds = 10\n", "")
        .replace("shuffle_options = true\n", "")
        .replace("reveal_key = \"published\"\n", "")
        .replace("min_rate_percent = 0\n", "");
    assert_eq!(read(&short).plan, read(SONG_CONG).plan);
}

#[test]
fn several_errors_are_found_at_once() {
    let text = SONG_CONG
        .replacen("min_age = 16", "min_age = 400", 1)
        .replacen("minutes = 15", "minuten = 15", 1)
        .replacen("closes = \"2021-12-19T16:30\"", "closes = \"2021-12-12T16:30\"", 1)
        .replacen("tier = \"second\"", "tier = \"first\"", 1);
    let found: Vec<&str> = read(&text).errors.iter().map(|p| p.kind.code()).collect::<Vec<_>>();
    assert_eq!(found, ["out_of_range", "missing_key", "unknown_key", "closes_before_opens", "duplicate"]);
}

#[test]
fn the_nearest_known_key_is_suggested() {
    let nearest = |to: &str| match &with("minutes = 15", to)
        .errors
        .iter()
        .find(|p| p.kind.code() == "unknown_key")
        .expect("unknown")
        .kind
    {
        Kind::UnknownKey { nearest, .. } => *nearest,
        other => panic!("{other:?}"),
    };
    assert_eq!(nearest("minuten = 15"), Some("minutes"));
    assert_eq!(nearest("per_rounds = 3\nminutes = 15"), Some("per_round"));
    assert_eq!(nearest("colour = 15"), None);
}

#[test]
fn broken_toml_is_refused_with_its_line() {
    let reading = with("questions = 10", "questions = ");
    assert_eq!(errors(&reading), [format!("syntax {} ", line("questions = 10"))]);
    assert_eq!(read("").plan, None);
    let twice = with("questions = 10", "questions = 10\nquestions = 10");
    assert_eq!(errors(&twice), [format!("repeated_key {} ", line("questions = 10") + 1)]);
}

#[test]
fn quota_must_sum_up_to_the_questions() {
    let quota = |counts: [u32; 2], draw: &str| {
        let tables: String = counts
            .iter()
            .enumerate()
            .map(|(n, c)| format!("[[attempt.quota]]\ntopic = \"Chủ đề {n}\"\ncount = {c}\n"))
            .collect();
        let text = SONG_CONG.replacen("draw = \"random\"", &format!("draw = \"{draw}\""), 1);
        read(&text.replacen("[prediction]", &format!("{tables}\n[prediction]"), 1))
    };
    let plan = quota([6, 4], "random").plan.expect("a plan");
    assert_eq!(plan.attempt.usual().paper.quota.iter().map(|q| q.count).collect::<Vec<_>>(), [6, 4]);
    assert_eq!(quota([6, 5], "random").errors[0].kind, Kind::QuotaSum { sum: 11, questions: 10 });
    assert_eq!(quota([6, 4], "all").errors[0].kind, Kind::QuotaWithoutDraw);
}

#[test]
fn warnings_leave_the_plan_valid() {
    let cases: &[(&str, &str, &str)] = &[
        ("publishes = \"2021-12-20T08:00\"", "publishes = \"2021-12-19T16:30\"", "published_at_closing"),
        ("publishes = \"2021-12-20T08:00\"", "publishes = \"2021-12-20T08:31\"", "published_after_next_opening"),
        ("opens = \"2021-12-10T08:00\"", "opens = \"2021-12-13T08:31\"", "registration_after_opening"),
        ("reveal_score = \"published\"", "reveal_score = \"submitted\"", "submitted_needs_grant"),
        ("reveal_score = \"published\"", "reveal_score = \"submitted\"", "submitted_with_attempts"),
        ("\"prediction_distance asc\", ", "", "prediction_unused"),
        ("unique = [\"citizen_id\"]", "unique = []", "nothing_unique"),
        ("amount = 800000", "amount = 8000000", "prize_amounts_rise"),
        (
            "Sông Công năm 2021\"",
            "Sông Công, từ 13/12/2021 đến 26/01/2022, thi trong 02 tuần\"",
            "name_contradicts_rounds",
        ),
        ("Sông Công năm 2021\"", "Sông Công, thi trong 20 tuần\"", "weeks_contradict_rounds"),
    ];
    for (from, to, code) in cases {
        let reading = with(from, to);
        assert_eq!(errors(&reading), Vec::<String>::new(), "{to}");
        let warnings: Vec<&str> = reading.warnings.iter().map(|p| p.kind.code()).collect();
        assert!(warnings.contains(code), "{to}: {warnings:?}");
    }
}

#[test]
fn a_contest_without_prediction_must_not_compare_predictions() {
    let start = SONG_CONG.find("[prediction]").expect("a prediction");
    let end = SONG_CONG.find("[ranking]").expect("a ranking");
    let without = format!("{}{}", &SONG_CONG[..start], &SONG_CONG[end..]);
    assert_eq!(read(&without).errors[0].kind, Kind::PredictionMissing);
    let plan = read(&without.replace("\"prediction_distance asc\", ", "")).plan.expect("a plan");
    assert_eq!(plan.rules.prediction, None);
}

#[test]
fn local_times_may_be_written_as_toml_times() {
    let reading = with("opens = \"2021-12-13T08:30\"", "opens = 2021-12-13T08:30:00");
    assert_eq!(reading.plan, read(SONG_CONG).plan);
}

#[test]
fn lines_of_keys_are_found_again() {
    let at = |path: &str| line_of(SONG_CONG, path).map(|row| row as usize);
    assert_eq!(at("id"), Some(line("id = \"song-cong")));
    assert_eq!(at("attempt"), Some(line("[attempt]")));
    assert_eq!(at("rounds.1.closes"), Some(line("closes = \"2021-12-26T16:30\"")));
    assert_eq!(at("collective.0.prizes.3.amount"), Some(line("amount = 800000 }")));
    for absent in ["rounds.2.closes", "rounds.closes", "attempt.quota", "x", ""] {
        assert_eq!(at(absent), None, "{absent}");
    }
}

#[test]
fn every_key_has_the_line_on_which_it_is_found() {
    let all = lines(EVERYTHING);
    for (path, line) in &all {
        assert_eq!(line_of(EVERYTHING, path), Some(*line), "{path}");
    }
    for path in
        ["name", "attempt.quota.1.count", "collective.0.prizes.0.amount", "collective.0.points.first", "rounds.3"]
    {
        assert!(all.iter().any(|(found, _)| found == path), "{path}: {all:?}");
    }
    assert_eq!(lines("= ="), []);
}

#[test]
fn a_contest_is_announced_before_anybody_may_register_or_play() {
    let read_with = |announced: &str, registration: &str| {
        let text = SONG_CONG.replacen("2021-12-10T08:00", registration, 1);
        assert_eq!(text == SONG_CONG, registration == "2021-12-10T08:00");
        read(&format!("announced = \"{announced}\"\n{text}"))
    };
    let plain = read(SONG_CONG).plan.expect("a plan");
    assert_eq!(plain.announced, None);
    let opens = plain.registration.opens;
    let last = read_with("2021-12-10T08:00", "2021-12-10T08:00");
    assert_eq!((errors(&last).len(), last.plan), (0, Some(Plan { announced: Some(opens), ..plain })));
    for (announced, registration) in [
        ("2021-12-10T08:01", "2021-12-10T08:00"),
        // Registration may open later than the first round; the contest may not become public later.
        ("2021-12-13T08:31", "2021-12-14T08:00"),
    ] {
        let reading = read_with(announced, registration);
        assert_eq!(errors(&reading), ["announced_too_late 1 announced"]);
    }
    assert_eq!(errors(&read_with("sáng mai", "2021-12-10T08:00")), ["invalid_time 1 announced"]);
    // Of a time that cannot be read nothing more is said.
    assert_eq!(errors(&read_with("2021-12-10T09:00", "mai"))[0].split(' ').next(), Some("invalid_time"));
    assert_eq!(errors(&read_with("2021-12-10T09:00", "mai")).len(), 1);
}
