//! `docs/PRIVACY.md` names everything that is stored of a person.

use super::tree::{assert_none, read};
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
