//! The descriptions of both APIs for developers, against the code: routes, problems and the members of every type on the
//! wire. That contestants' answers conform to theirs, `cargo xtask contract` tries out.

use super::tree::{assert_none, read};
use crate::template::described;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A file, and those of its types that are on the wire; all of them where none is named.
type Source = (&'static str, &'static [&'static str]);

/// A description, and where what it describes is written.
struct Described {
    path: &'static str,
    answers: &'static [Source],
    forms: &'static [Source],
    /// The file of its `Refusal`.
    refusals: &'static str,
    routes: fn() -> BTreeSet<String>,
}

const PROBLEMS: Source = ("crates/documents/src/problem.rs", &[]);

const CONTESTANTS: Described = Described {
    path: "docs/openapi.yaml",
    answers: &[("crates/documents/src/api.rs", &[]), PROBLEMS],
    forms: &[("functions/api/src/forms.rs", &[])],
    refusals: "crates/documents/src/api.rs",
    routes: || api::routes().map(|(key, _)| key).collect(),
};

const ORGANIZERS: Described = Described {
    path: "docs/openapi-organizers.yaml",
    answers: &[
        ("crates/documents/src/api.rs", &["Paper", "Question", "AnswerOption", "PredictionField"]),
        ("crates/documents/src/console/contestants.rs", &[]),
        ("crates/documents/src/console/contests.rs", &[]),
        ("crates/documents/src/console/downloads.rs", &[]),
        ("crates/documents/src/console/health.rs", &[]),
        ("crates/documents/src/console/log.rs", &[]),
        (PLAN, &[]),
        ("crates/documents/src/console/plan/facts.rs", &[]),
        ("crates/documents/src/console/plan_form.rs", &[]),
        ("crates/documents/src/console/proposals.rs", &[]),
        ("crates/documents/src/console/proposals/preview.rs", &[]),
        ("crates/documents/src/console/reviews.rs", &["WarningLine", "QuestionLine", "OptionLine"]),
        ("crates/documents/src/console/rounds.rs", &[]),
        ("crates/documents/src/console/sessions.rs", &[]),
        ("crates/documents/src/report.rs", &[]),
        ("crates/documents/src/watch.rs", &[]),
        ("crates/documents/src/words/plan_form/presets.rs", &[]),
        ("crates/documents/src/words/rules/mod.rs", &[]),
        ("crates/store/src/proposals/proposed.rs", &[]),
        PROBLEMS,
    ],
    forms: &[
        ("functions/organizer-api/src/accounts/forms.rs", &[]),
        ("functions/organizer-api/src/contestants/search.rs", &[]),
        ("functions/organizer-api/src/lib.rs", &["Invite"]),
        ("functions/organizer-api/src/proposals/forms.rs", &[]),
        ("functions/organizer-api/src/rounds/paper.rs", &[]),
        (PLAN, &[]),
    ],
    refusals: "crates/documents/src/console/refusal.rs",
    routes: || organizer_api::routes().map(|(key, _)| key).collect(),
};

/// Edits of a plan, whose faults have codes of their own.
const PLAN: &str = "crates/documents/src/console/plan.rs";

/// What stands beside the members of a preview, whose type says nothing of it.
const PREVIEWS: [&str; 2] = ["DecisionsPreview", "PlainPreview"];

/// A member of a struct in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Member {
    /// Whether it may be `null`; none where its type does not say.
    nullable: Option<bool>,
    /// Whether it may be left out.
    optional: bool,
    /// The type whose members stand in its place.
    flattened: Option<String>,
}

type Members = BTreeMap<String, Member>;

/// Structs of a file that serde reads or writes, with the names of their members on the wire.
fn wire_types(path: &str, derived: &str) -> BTreeMap<String, Members> {
    let source = read(path);
    let mut types = BTreeMap::new();
    for block in
        source.split("#[derive(").skip(1).filter(|block| block.split(")]").next().is_some_and(|d| d.contains(derived)))
    {
        let head = block.lines().find(|line| line.contains("struct ") && line.ends_with(" {"));
        let Some((_, after)) = head.and_then(|line| block.split_once(line)) else { continue };
        let name = head.and_then(|line| line.split("struct ").nth(1)).expect("a struct has a name");
        let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
        types.insert(name, members(after.split("\n}").next().expect("a struct ends")));
    }
    types
}

/// What may stand before the name of a member.
const VISIBILITY: [&str; 3] = ["pub(crate) ", "pub(super) ", "pub "];

fn members(body: &str) -> Members {
    let (mut found, mut serde) = (Members::new(), String::new());
    for line in body.lines().map(str::trim).filter(|line| !line.starts_with("//")) {
        if line.starts_with("#[serde(") {
            serde.push_str(line);
        } else if let Some((name, kind)) =
            VISIBILITY.iter().fold(line, |line, word| line.trim_start_matches(word)).split_once(": ")
        {
            let renamed = serde.split("rename = \"").nth(1).and_then(|rest| rest.split('"').next());
            let kind = kind.trim_end_matches(',');
            let optional = serde.contains("skip_serializing_if") || serde.contains("default");
            let is_nullable = kind.starts_with("Option<") && !serde.contains("skip_serializing_if");
            let nullable = (kind != "Value").then_some(is_nullable);
            let flattened = serde.contains("(flatten)").then(|| kind.to_owned());
            if !serde.contains("(skip)") {
                found.insert(renamed.unwrap_or(name).to_owned(), Member { nullable, optional, flattened });
            }
            serde.clear();
        }
    }
    found
}

/// The types of some files, with the members of those that are flattened into them.
fn all_types(sources: &[Source], derived: &str) -> BTreeMap<String, Members> {
    let mut types = BTreeMap::new();
    for (path, named) in sources {
        let mut found = wire_types(path, derived);
        for name in *named {
            assert!(found.contains_key(*name), "{path} has no {name}");
        }
        found.retain(|name, _| named.is_empty() || named.contains(&name.as_str()));
        types.extend(found);
    }
    types.iter().map(|(name, members)| (name.clone(), unfolded(&types, members))).collect()
}

/// The members as they stand on the wire.
fn unfolded(types: &BTreeMap<String, Members>, members: &Members) -> Members {
    let mut all = Members::new();
    for (name, member) in members {
        match member.flattened.as_deref() {
            None => {
                all.insert(name.clone(), member.clone());
            }
            Some("Value") => {
                let inner = PREVIEWS.iter().flat_map(|preview| types[*preview].clone());
                all.extend(inner.map(|(name, _)| (name, Member { nullable: None, optional: true, flattened: None })));
            }
            Some(kind) => all.extend(unfolded(types, &types[kind])),
        }
    }
    all
}

fn schemas(description: &Value) -> &serde_json::Map<String, Value> {
    description["components"]["schemas"].as_object().expect("schemas")
}

/// Whether a schema takes `null`.
fn takes_null(schema: &Value) -> bool {
    let types = schema["type"].as_array().into_iter().flatten();
    let choices = schema["anyOf"].as_array().into_iter().flatten().map(|choice| &choice["type"]);
    types.chain(choices).any(|kind| kind == "null")
}

fn names(list: &Value) -> BTreeSet<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// What differs between a struct and the schema of its name.
fn differences(name: &str, members: &Members, schema: &Value, is_sent: bool) -> Vec<String> {
    let described: BTreeSet<&str> =
        schema["properties"].as_object().map_or_else(BTreeSet::new, |all| all.keys().map(String::as_str).collect());
    let known: BTreeSet<&str> = members.keys().map(String::as_str).collect();
    let mut wrong: Vec<String> =
        known.symmetric_difference(&described).map(|member| format!("{name}.{member}")).collect();
    if schema["additionalProperties"] != false {
        wrong.push(format!("{name} takes members that it does not name"));
    }
    let required = names(&schema["required"]);
    for (member, Member { nullable, optional, .. }) in members {
        let property = &schema["properties"][member];
        if nullable.is_some_and(|nullable| takes_null(property) != nullable) {
            wrong.push(format!("{name}.{member}: null"));
        }
        // What may be left out of a form by its type may still be asked for by its reader.
        let may_be_missing = *optional || (is_sent && *nullable == Some(true));
        if !may_be_missing && !required.contains(member.as_str()) || (*optional && required.contains(member.as_str())) {
            wrong.push(format!("{name}.{member}: required"));
        }
        if property["description"].as_str().is_none_or(str::is_empty) {
            wrong.push(format!("{name}.{member} says nothing"));
        }
    }
    wrong
}

#[test]
fn the_described_apis_have_the_members_of_the_wire_types() {
    for api in [&CONTESTANTS, &ORGANIZERS] {
        assert_none(&differing_types(api), &format!("{} and the types of the wire differ:", api.path));
    }
}

fn differing_types(api: &Described) -> Vec<String> {
    let description = described(api.path);
    let (answers, forms) = (all_types(api.answers, "Serialize"), all_types(api.forms, "Deserialize"));
    assert!(answers.len() > 15 && forms.len() > 4, "{} and {} types were found", answers.len(), forms.len());
    let mut wrong = Vec::new();
    for (types, is_sent) in [(&answers, false), (&forms, true)] {
        for (name, members) in types.iter().filter(|(_, members)| !members.is_empty()) {
            match schemas(&description).get(name) {
                Some(schema) => wrong.extend(differences(name, members, schema, is_sent)),
                None => wrong.push(format!("{name} is not described")),
            }
        }
    }
    for (name, schema) in schemas(&description).iter().filter(|(_, schema)| schema["type"] == "object") {
        if !answers.contains_key(name) && !forms.contains_key(name) {
            wrong.push(format!("{name} is no type: {schema}"));
        }
    }
    wrong
}

/// The schema or answer that stands here, or that is meant by a reference.
fn resolved<'a>(description: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(path) => {
            description.pointer(path.trim_start_matches('#')).unwrap_or_else(|| panic!("{path} leads nowhere"))
        }
        None => value,
    }
}

/// Every operation as the gateway names its route.
fn operations(description: &Value) -> Vec<(String, &Value)> {
    let methods = ["get", "post", "put", "patch", "delete"];
    let paths = description["paths"].as_object().expect("paths");
    paths
        .iter()
        .flat_map(|(path, item)| {
            methods
                .iter()
                .filter_map(move |method| Some((format!("{} {path}", method.to_uppercase()), item.get(*method)?)))
        })
        .collect()
}

#[test]
fn every_route_is_described_and_nothing_else() {
    for api in [&CONTESTANTS, &ORGANIZERS] {
        let description = described(api.path);
        let operations = operations(&description);
        let told: BTreeSet<String> = operations.iter().map(|(route, _)| route.clone()).collect();
        assert_eq!(told, (api.routes)(), "{}", api.path);
        for (route, operation) in &operations {
            assert!(operation["summary"].is_string() && operation["description"].is_string(), "{route} says nothing");
        }
    }
}

/// What a method returns for each variant of an enum; the variants are written after `prefix`.
fn of_variants(path: &str, method: &str, prefix: &str) -> BTreeMap<String, String> {
    let source = read(path);
    let (_, body) = source.split_once(&format!("pub const fn {method}(&self)")).expect("a method");
    let body = body.split("\n    }\n").next().expect("a method ends");
    // Where many variants have one answer, it stands in a block.
    let body = body.replace("=> {\n                ", "=> ").replace("\n            }\n", ",\n");
    let mut answers = BTreeMap::new();
    for arm in body.split(",\n").filter(|arm| arm.contains("=>")) {
        let (variants, answer) = arm.split_once("=>").expect("an arm");
        for variant in variants.split(prefix).skip(1) {
            let name: String = variant.chars().take_while(char::is_ascii_alphanumeric).collect();
            let answer = match answer.trim() {
                "NEEDS_PROPOSAL" => "needs_proposal",
                word => word.trim_matches('"'),
            };
            answers.insert(name, answer.to_owned());
        }
    }
    answers
}

/// Every problem with its status.
fn known_problems(api: &Described) -> BTreeSet<(String, String)> {
    let [statuses, codes] = ["status", "code"].map(|method| of_variants(api.refusals, method, "Self::"));
    assert_eq!(statuses.keys().collect::<Vec<_>>(), codes.keys().collect::<Vec<_>>());
    assert!(codes.len() > 20, "{codes:?}");
    let mut known = BTreeSet::new();
    for (variant, code) in codes {
        let status = &statuses[&variant];
        if code == "code" {
            let of_edits = of_variants(PLAN, "code", "Fault::");
            assert!(!of_edits.is_empty(), "{PLAN} has no codes");
            known.extend(of_edits.into_values().map(|code| (status.clone(), code)));
        } else {
            known.insert((status.clone(), code));
        }
    }
    known
}

#[test]
fn every_problem_is_described_with_its_status() {
    for api in [&CONTESTANTS, &ORGANIZERS] {
        let description = described(api.path);
        let mut told = BTreeSet::new();
        for (route, operation) in operations(&description) {
            let answers = operation["responses"].as_object().expect("answers");
            for (status, answer) in answers.iter().filter(|(status, _)| status.as_str() >= "400") {
                let answer = resolved(&description, answer);
                let schema = &answer["content"]["application/problem+json"]["schema"]["allOf"];
                let codes = names(&schema[1]["properties"]["code"]["enum"]);
                assert!(
                    !codes.is_empty() && schema[0]["$ref"] == "#/components/schemas/Problem",
                    "{route} {status}: no code"
                );
                told.extend(codes.into_iter().map(|code| (status.clone(), code.to_owned())));
            }
        }
        assert_eq!(told, known_problems(api), "{}", api.path);
    }
}
