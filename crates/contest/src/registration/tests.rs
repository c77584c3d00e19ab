use super::*;
use crate::plan_file;

const PLAN: &str = include_str!("../../../../contests/song-cong-cchc-2021/contest.toml");
const CONSENT: &str = "00ff";

fn plan() -> Plan {
    plan_file::read(PLAN).plan.expect("a sound plan")
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).expect("an instant")
}

/// A form that the sample takes.
fn form() -> Form<'static> {
    Form {
        full_name: Some("Đặng Thị Ơn"),
        birth_date: Some("27/3/1990"),
        citizen_id: Some("019190000017"),
        phone: Some("0912 345 678"),
        unit: Some("bac"),
        secret: Some("mật khẩu dài"),
        consent: Some(Consent { accepted: true, text_sha256: CONSENT, guardian: false }),
        ..Form::default()
    }
}

fn wrong(plan: &Plan, form: &Form<'_>) -> Vec<(String, &'static str)> {
    let units = UnitTree::default();
    let mut plan = plan.clone();
    plan.registration.fields.retain(|field| *field != Field::Unit);
    let asked = Asked { plan: &plan, units: &units, consent_sha256: CONSENT };
    let read = Entry::read(form, &asked, at("2021-12-13T08:30:00+07:00"));
    let wrong = read.err().unwrap_or_default();
    wrong.iter().map(|wrong| (wrong.field.path().into_owned(), wrong.fault.as_str())).collect()
}

#[test]
fn a_form_that_says_everything_is_taken() {
    assert_eq!(wrong(&plan(), &form()), []);
}

#[test]
fn every_wrong_field_is_named_with_what_is_wrong() {
    let consent = |accepted, text_sha256| Some(Consent { accepted, text_sha256, guardian: false });
    let cases: [(Form<'_>, &[(&str, &str)]); 12] = [
        (Form { full_name: None, ..form() }, &[("full_name", "missing")]),
        (Form { full_name: Some("Ơn"), ..form() }, &[("full_name", "one_word")]),
        (Form { birth_date: Some("31/12/1899"), ..form() }, &[("birth_date", "too_long_ago")]),
        (Form { birth_date: Some("27/3/1991"), ..form() }, &[("citizen_id", "other_birth_year")]),
        (Form { phone: Some("12"), ..form() }, &[("phone", "not_a_phone_number")]),
        (Form { unit_basis: Some("birth"), ..form() }, &[("unit_basis", "unknown_word")]),
        (Form { secret: Some("12345678"), ..form() }, &[("secret", "too_common")]),
        (Form { secret: Some("0912 345 678"), ..form() }, &[("secret", "known_number")]),
        (Form { consent: None, ..form() }, &[("consent", "missing")]),
        (Form { consent: consent(false, CONSENT), ..form() }, &[("consent.accepted", "not_accepted")]),
        (Form { consent: consent(true, "00"), ..form() }, &[("consent.text_sha256", "other_text")]),
        (
            Form { full_name: Some(""), secret: None, consent: consent(false, "00"), ..form() },
            &[
                ("full_name", "empty"),
                ("secret", "missing"),
                ("consent.accepted", "not_accepted"),
                ("consent.text_sha256", "other_text"),
            ],
        ),
    ];
    for (form, expected) in cases {
        let wrong = wrong(&plan(), &form);
        let wrong: Vec<(&str, &str)> = wrong.iter().map(|(field, fault)| (field.as_str(), *fault)).collect();
        assert_eq!(wrong, expected);
    }
}

#[test]
fn a_guardian_is_asked_between_the_least_age_and_the_age_of_consent() {
    let mut plan = plan();
    (plan.registration.min_age, plan.registration.guardian_consent_under) = (10, 16);
    // Ages on 13/12/2021: 9, 10, 15 and 16.
    for (birth_date, is_asked) in
        [("14/12/2011", false), ("13/12/2011", true), ("14/12/2005", true), ("13/12/2005", false)]
    {
        let form = Form { birth_date: Some(birth_date), ..form() };
        plan.registration.fields.retain(|field| *field != Field::CitizenId);
        let expected: &[(String, &str)] =
            if is_asked { &[(String::from("consent.guardian"), "guardian_missing")] } else { &[] };
        assert_eq!(wrong(&plan, &form), expected, "{birth_date}");
    }
}

#[test]
fn registration_is_open_from_its_opening_until_the_contest_closes() {
    let plan = plan();
    let (opens, closes) = (plan.registration.opens, plan.closes());
    assert_eq!(check_window(&plan, opens.plus_millis(-1)), Err(Ineligible::Ahead(opens)));
    assert_eq!(check_window(&plan, opens), Ok(()));
    assert_eq!(check_window(&plan, closes.plus_millis(-1)), Ok(()));
    assert_eq!(check_window(&plan, closes), Err(Ineligible::Over(closes)));
}

#[test]
fn registration_closes_when_the_plan_says_and_at_the_latest_with_the_last_round() {
    let mut plan = plan();
    let (said, last) = (at("2021-12-15T17:00:00+07:00"), plan.closes());
    plan.registration.closes = Some(said);
    assert_eq!(check_window(&plan, said.plus_millis(-1)), Ok(()));
    assert_eq!(check_window(&plan, said), Err(Ineligible::Over(said)), "a round is open all the same");
    plan.registration.closes = Some(last.plus_millis(60_000));
    assert_eq!(check_window(&plan, last.plus_millis(-1)), Ok(()));
    assert_eq!(check_window(&plan, last), Err(Ineligible::Over(last)));
}

#[test]
fn who_is_too_young_or_too_old_or_barred_cannot_register() {
    let mut registration = plan().registration;
    registration.max_age = 35;
    let check = |registration: &Registration, age, is_excluded| {
        check_eligible(registration, &UnitTree::default(), &Candidate { age, unit: None, is_excluded })
    };
    assert_eq!(check(&registration, Some(15), false), Err(Ineligible::TooYoung(16)));
    assert_eq!(check(&registration, Some(16), false), Ok(()));
    assert_eq!(check(&registration, Some(35), false), Ok(()));
    assert_eq!(check(&registration, Some(36), false), Err(Ineligible::TooOld(35)));
    assert_eq!(check(&registration, None, false), Ok(()), "a contest that asks for no birth date");
    assert_eq!(check(&registration, Some(30), true), Err(Ineligible::Excluded));
    registration.max_age = 0;
    assert_eq!(check(&registration, Some(119), false), Ok(()), "there is no greatest age");
    registration.excluded = Exclusion::Unranked;
    assert_eq!(check(&registration, Some(30), true), Ok(()));
}

#[test]
fn whose_unit_stands_at_or_below_a_level_may_register() {
    let unit = |code: &str, parent: Option<&str>, level: Option<&str>| crate::units::Unit {
        code: UnitCode::parse(code).expect("a code"),
        name: code.to_owned(),
        parent: parent.map(|parent| UnitCode::parse(parent).expect("a code")),
        level: level.map(str::to_owned),
        members: None,
        added_at: None,
    };
    let tree = UnitTree::new(vec![
        unit("tinh", None, Some("province")),
        unit("so", Some("tinh"), Some("agency")),
        unit("phong", Some("so"), None),
        unit("xa", Some("tinh"), Some("ward")),
    ]);
    let (tree, mut registration) = (tree.expect("a tree"), plan().registration);
    let check = |registration: &Registration, code: &str| {
        let code = UnitCode::parse(code).expect("a code");
        check_eligible(registration, &tree, &Candidate { unit: Some(&code), ..Candidate::default() })
    };
    assert_eq!(check(&registration, "xa"), Ok(()), "all units, where nothing is said");
    registration.levels = vec!["agency".to_owned()];
    assert_eq!(check(&registration, "so"), Ok(()));
    assert_eq!(check(&registration, "phong"), Ok(()), "below an agency");
    for outside in ["tinh", "xa", "khac"] {
        assert_eq!(check(&registration, outside), Err(Ineligible::OutsideLevels), "{outside}");
    }
    registration.levels.push("ward".to_owned());
    assert_eq!(check(&registration, "xa"), Ok(()));
}

#[test]
fn a_guardian_is_not_asked_of_who_is_too_old() {
    let mut plan = plan();
    (plan.registration.min_age, plan.registration.max_age, plan.registration.guardian_consent_under) = (6, 11, 16);
    plan.registration.fields.retain(|field| *field != Field::CitizenId);
    // Ages on 13/12/2021: 11 and 12.
    let form = |birth_date| Form { birth_date: Some(birth_date), ..form() };
    assert_eq!(wrong(&plan, &form("14/12/2009")), [("consent.guardian".to_owned(), "guardian_missing")]);
    assert_eq!(wrong(&plan, &form("13/12/2009")), [], "told that they are too old, and nothing besides");
}

fn units() -> UnitTree {
    let unit = |code: &str| crate::units::Unit {
        code: UnitCode::parse(code).expect("a code"),
        name: code.to_owned(),
        parent: None,
        level: None,
        members: None,
        added_at: None,
    };
    UnitTree::new(vec![unit("bac"), unit("nam")]).expect("a tree")
}

#[test]
fn a_unit_is_corrected_until_the_first_opening_and_a_phone_until_the_last_closing() {
    use correction::{Correction, Sent, Uncorrected};
    let (plan, units) = (plan(), units());
    let unit = Sent { unit: Some("nam"), ..Sent::default() };
    let basis = Sent { unit_basis: Some("residence"), ..Sent::default() };
    let phone = Sent { phone: Some("0987 654 321"), ..Sent::default() };
    let read = |sent: &Sent<'_>, now: Timestamp| Correction::read(sent, &plan, &units, now);
    for (sent, until) in [(unit, plan.opens()), (basis, plan.opens()), (phone, plan.closes())] {
        assert!(read(&sent, until.plus_millis(-1)).is_ok());
        assert_eq!(read(&sent, until), Err(Uncorrected::TooLate(until)));
    }
    let both = Sent { phone: phone.phone, ..unit };
    assert_eq!(read(&both, plan.opens()), Err(Uncorrected::TooLate(plan.opens())));
    assert!(read(&Sent::default(), plan.closes()).is_ok(), "nothing is never too late");
    let email = Sent { email: Some("an@example.vn"), unit: Some("tay"), ..Sent::default() };
    let Err(Uncorrected::Wrong(wrong)) = read(&email, at("2021-12-11T08:00:00+07:00")) else { panic!("it is wrong") };
    let wrong: Vec<_> = wrong.iter().map(|wrong| (wrong.field.path().into_owned(), wrong.fault.as_str())).collect();
    assert_eq!(wrong, [("unit".to_owned(), "unknown_unit"), ("email".to_owned(), "unknown_field")]);
}
