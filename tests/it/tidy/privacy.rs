//! `docs/PRIVACY.md` names everything that is stored of a person.

use super::tree::{assert_none, read, texts};
use contest::plan::Field;

/// Names of the public fields of a struct, as the source has them.
fn fields(path: &str, name: &str) -> Vec<String> {
    let source = read(path);
    let body = source.split(&format!("pub struct {name} {{")).nth(1).and_then(|rest| rest.split("\n}").next());
    let lines = body.unwrap_or_else(|| panic!("{path} has no {name}")).lines();
    lines.filter_map(|line| Some(line.trim().strip_prefix("pub ")?.split(':').next()?.to_owned())).collect()
}

#[test]
fn every_stored_field_of_a_person_is_explained() {
    let page = read("docs/PRIVACY.md");
    let stored = fields("crates/store/src/people.rs", "Profile");
    assert!(stored.len() > 15, "the scan no longer finds the fields: {stored:?}");
    let asked = Field::ALL.iter().map(|field| field.as_str().to_owned());
    let missing: Vec<String> =
        stored.into_iter().chain(asked).filter(|field| !page.contains(&format!("`{field}`"))).collect();
    assert_none(&missing, "fields of a person that docs/PRIVACY.md does not explain:");
}

#[test]
fn what_is_kept_of_a_person_at_closing_has_no_name_and_no_number() {
    let kept = fields("crates/store/src/runs.rs", "FrozenPerson");
    assert_eq!(kept, ["contestant", "unit", "registered_at_ms", "citizen_id", "phone"], "keyed, and nothing else");
}

/// Fields in which something of a person stands, or something that opens an account.
const PERSONAL: [&str; 14] = [
    "full_name",
    "name_key",
    "birth_date",
    "citizen_id",
    "citizen_hash",
    "phone",
    "phone_hash",
    "phone_last3",
    "email",
    "address",
    "secret",
    "secret_hash",
    "session",
    "receipt",
];

/// Types that keep what they hold to themselves.
const MASKED: [&str; 6] = ["FullName", "BirthDate", "CitizenId", "PhoneNumber", "Email", "Secret"];

#[test]
fn no_type_that_holds_something_of_a_person_derives_debug() {
    let (mut tells, mut seen) = (Vec::new(), 0);
    let sources = texts(&["rs"]).into_iter();
    for source in sources.filter(|text| text.path.starts_with("crates/") || text.path.starts_with("functions/")) {
        let (mut derives_debug, mut name) = (false, None);
        for line in source.text.lines().map(str::trim) {
            let item = line.trim_start_matches("pub(crate) ").trim_start_matches("pub ");
            if line.starts_with("#[derive(") {
                derives_debug = line.contains("Debug");
            } else if let Some(struct_name) = item.strip_prefix("struct ") {
                name = Some((struct_name.to_owned(), derives_debug));
                derives_debug = false;
            } else if line == "}" || item.starts_with("fn ") || item.starts_with("enum ") {
                (name, derives_debug) = (None, false);
            } else if let (Some((name, debug)), Some((field, of))) = (&name, item.split_once(": ")) {
                let personal = PERSONAL.contains(&field) && !MASKED.iter().any(|masked| of.contains(masked));
                seen += usize::from(personal);
                if personal && *debug {
                    tells.push(format!("{}: {name} with {field}", source.path));
                }
            }
        }
    }
    assert!(seen > 20, "the scan no longer finds the fields: {seen}");
    assert_none(&tells, "types whose Debug form would tell of a person; use contest::masked! instead of deriving it:");
}
