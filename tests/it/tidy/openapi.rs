//! The description of the contestants' API for developers of portals, against the code: routes, problems and the
//! members of every type on the wire. That answers conform to it, `cargo xtask contract` tries out.

use super::tree::{assert_none, read};
use crate::template::described;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

const DESCRIPTION: &str = "docs/openapi.yaml";
/// What is answered, and what is sent.
const ANSWERS: &str = "crates/documents/src/api.rs";
const PROBLEMS: &str = "crates/documents/src/problem.rs";
const FORMS: &str = "functions/api/src/forms.rs";

/// A member of a struct in the source: whether it may be `null`, and whether it may be left out.
#[derive(Debug, PartialEq, Eq)]
struct Member {
    nullable: bool,
    optional: bool,
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

fn members(body: &str) -> Members {
    let (mut found, mut serde) = (Members::new(), String::new());
    for line in body.lines().map(str::trim).filter(|line| !line.starts_with("//")) {
        if line.starts_with("#[serde(") {
            serde.push_str(line);
        } else if let Some((name, kind)) =
            line.trim_start_matches("pub(crate) ").trim_start_matches("pub ").split_once(": ")
        {
            let renamed = serde.split("rename = \"").nth(1).and_then(|rest| rest.split('"').next());
            let optional = serde.contains("skip_serializing_if") || serde.contains("default");
            let nullable = kind.starts_with("Option<") && !serde.contains("skip_serializing_if");
            if !serde.contains("(skip)") {
                found.insert(renamed.unwrap_or(name).to_owned(), Member { nullable, optional });
            }
            serde.clear();
        }
    }
    found
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
    for (member, Member { nullable, optional }) in members {
        let property = &schema["properties"][member];
        if takes_null(property) != *nullable {
            wrong.push(format!("{name}.{member}: null"));
        }
        // What may be left out of a form by its type may still be asked for by its reader.
        let may_be_missing = *optional || (is_sent && *nullable);
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
fn the_described_api_has_the_members_of_the_wire_types() {
    let description = described(DESCRIPTION);
    let (mut answers, forms) = (wire_types(ANSWERS, "Serialize"), wire_types(FORMS, "Deserialize"));
    answers.extend(wire_types(PROBLEMS, "Serialize"));
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
    assert_none(&wrong, "docs/openapi.yaml and the types of the wire differ:");
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
    let description = described(DESCRIPTION);
    let operations = operations(&description);
    let described: BTreeSet<String> = operations.iter().map(|(route, _)| route.clone()).collect();
    assert_eq!(described, api::routes().map(|(key, _)| key).collect());
    for (route, operation) in &operations {
        assert!(operation["summary"].is_string() && operation["description"].is_string(), "{route} says nothing");
    }
}

/// What a method of `Refusal` returns for each variant.
fn of_refusals(method: &str) -> BTreeMap<String, String> {
    let source = read(ANSWERS);
    let (_, body) = source.split_once(&format!("pub const fn {method}(&self)")).expect("a method");
    let body = body.split("\n    }\n").next().expect("a method ends");
    let mut answers = BTreeMap::new();
    for arm in body.split(',').filter(|arm| arm.contains("=>")) {
        let (variants, answer) = arm.split_once("=>").expect("an arm");
        for variant in variants.split("Self::").skip(1) {
            let name: String = variant.chars().take_while(char::is_ascii_alphanumeric).collect();
            answers.insert(name, answer.trim().trim_matches('"').to_owned());
        }
    }
    answers
}

#[test]
fn every_problem_is_described_with_its_status() {
    let (statuses, codes) = (of_refusals("status"), of_refusals("code"));
    assert_eq!(statuses.keys().collect::<Vec<_>>(), codes.keys().collect::<Vec<_>>());
    assert!(codes.len() > 20, "{codes:?}");
    let known: BTreeSet<(String, String)> =
        codes.iter().map(|(variant, code)| (statuses[variant].clone(), code.clone())).collect();
    let description = described(DESCRIPTION);
    let mut told = BTreeSet::new();
    for (route, operation) in operations(&description) {
        for (status, answer) in
            operation["responses"].as_object().expect("answers").iter().filter(|(status, _)| status.as_str() >= "400")
        {
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
    assert_eq!(told, known);
}
