//! The deployed description against the code: what is written in both must be the same in both.

use crate::tidy::tree::{read, root};
use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::fs;

/// Resources whose loss would lose a contest.
const STATE: [&str; 4] = ["AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::Logs::LogGroup", "AWS::KMS::Key"];

/// The template as JSON; `!Ref x` becomes `{"!Ref": "x"}`.
pub(crate) fn template() -> Value {
    described("infra/template.yaml")
}

/// A description in YAML as JSON.
pub(crate) fn described(path: &str) -> Value {
    let text = read(path);
    let documents = Yaml::load_from_str(&text).unwrap_or_else(|error| panic!("{path} is no YAML: {error}"));
    json(&documents[0])
}

fn json(yaml: &Yaml<'_>) -> Value {
    match yaml {
        Yaml::Value(Scalar::String(text)) => json!(text),
        Yaml::Value(Scalar::Integer(number)) => json!(number),
        Yaml::Value(Scalar::Boolean(truth)) => json!(truth),
        Yaml::Value(_) => Value::Null,
        Yaml::Sequence(items) => items.iter().map(json).collect(),
        Yaml::Mapping(members) => {
            let key = |key| json(key).as_str().expect("keys are texts").to_owned();
            Value::Object(members.iter().map(|(name, value)| (key(name), json(value))).collect())
        }
        Yaml::Tagged(tag, inner) => json!({ (format!("!{}", tag.suffix)): json(inner) }),
        other => panic!("{other:?} is nothing that a template holds"),
    }
}

pub(crate) fn resources(template: &Value) -> &Map<String, Value> {
    template["Resources"].as_object().expect("resources")
}

pub(crate) fn of_type<'a>(template: &'a Value, kind: &'a str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    resources(template).iter().filter(move |(_, resource)| resource["Type"] == kind)
}

pub(crate) fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(members) => members.values().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        _ => Vec::new(),
    }
}

/// Statements that allow something, with the name of their role; a conditional one is written
/// `!If [condition, statement, nothing]`.
pub(crate) fn grants(template: &Value) -> Vec<(String, Value)> {
    let mut grants = Vec::new();
    for (role, resource) in of_type(template, "AWS::IAM::Role") {
        for policy in resource["Properties"]["Policies"].as_array().expect("policies") {
            for statement in policy["PolicyDocument"]["Statement"].as_array().expect("statements") {
                let statement = statement["!If"].get(1).unwrap_or(statement);
                grants.push((role.clone(), statement.clone()));
            }
        }
    }
    grants
}

/// SAM's cache looks at a function's own folder: it deploys an old program where only a shared crate has changed. Cargo
/// itself knows what is to be compiled.
#[test]
fn sam_deploys_no_program_from_its_cache() {
    let config = read("samconfig.toml");
    assert_eq!(config.matches("cached = false").count(), config.matches(".build.parameters]").count(), "{config}");
}

#[test]
fn the_routes_of_the_gateway_are_those_of_the_router() {
    let template = template();
    let routes = of_type(&template, "AWS::ApiGatewayV2::Route");
    let deployed: BTreeSet<String> =
        routes.map(|(_, route)| route["Properties"]["RouteKey"].as_str().expect("a key").to_owned()).collect();
    let known = api::routes().chain(organizer_api::routes());
    assert_eq!(deployed, known.map(|(key, _)| key).collect());
    let stage = &resources(&template)["ApiStage"];
    let waited: BTreeSet<String> = texts(&stage["DependsOn"]).into_iter().collect();
    let names = of_type(&template, "AWS::ApiGatewayV2::Route").map(|(name, _)| name.clone()).collect();
    assert_eq!(waited, names, "a stage that does not wait for a route is deployed without it");
    for key in stage["Properties"]["RouteSettings"].as_object().expect("settings").keys() {
        assert!(deployed.contains(key), "settings for {key}, which is no route");
    }
}

#[test]
fn a_function_is_told_exactly_what_its_config_reads() {
    let template = template();
    for (name, function) in of_type(&template, "AWS::Serverless::Function") {
        let folder = function["Properties"]["CodeUri"].as_str().expect("a folder").trim_start_matches("../");
        let config = read(&format!("{folder}/src/config.rs"));
        let read: BTreeSet<&str> = ["text(\"", "optional(\"", "flag(\"", "number(\""]
            .iter()
            .flat_map(|call| config.split(*call).skip(1))
            .map(|rest| rest.split('"').next().expect("a name"))
            .collect();
        let told = function["Properties"]["Environment"]["Variables"].as_object().expect("variables");
        assert_eq!(told.keys().map(String::as_str).collect::<BTreeSet<_>>(), read, "{name}");
    }
}

#[test]
fn every_function_of_the_workspace_is_deployed_under_a_role_of_its_own() {
    let template = template();
    let functions: Vec<_> = of_type(&template, "AWS::Serverless::Function").collect();
    let deployed: BTreeSet<String> = functions.iter().flat_map(|(_, f)| texts(&f["Properties"]["CodeUri"])).collect();
    let folders = fs::read_dir(root().join("functions")).expect("functions");
    let folders = folders.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"));
    assert_eq!(deployed, folders.map(|folder| format!("../functions/{folder}")).collect());
    let roles: BTreeSet<String> = functions.iter().flat_map(|(_, f)| texts(&f["Properties"]["Role"])).collect();
    assert_eq!(roles.len(), functions.len(), "{roles:?}");
}

#[test]
fn nothing_is_granted_by_a_wildcard() {
    for (role, statement) in grants(&template()) {
        for action in texts(&statement["Action"]) {
            assert!(!action.contains('*'), "{role}: {action}");
        }
        for resource in texts(&statement["Resource"]) {
            let prefix = resource.trim_end_matches('*');
            assert!(!prefix.is_empty() && !prefix.contains("**") && !resource.starts_with('*'), "{role}: {resource}");
        }
    }
}

#[test]
fn answer_keys_are_written_by_the_importer_and_read_by_the_closer() {
    let on_keys: BTreeSet<(String, String)> = grants(&template())
        .into_iter()
        .filter(|(_, statement)| texts(&statement["Resource"]).iter().any(|r| r.starts_with("${VaultBucket.Arn}/keys")))
        .flat_map(|(role, statement)| texts(&statement["Action"]).into_iter().map(move |action| (role.clone(), action)))
        .collect();
    let expected = [
        // Only where the stack's parameter says so: the statement is an `!If`.
        ("ApiRole", "s3:GetObject"),
        ("CloseRoundRole", "s3:GetObject"),
        ("ImportUploadRole", "s3:PutObject"),
    ];
    assert_eq!(on_keys, expected.map(|(role, action)| (role.to_owned(), action.to_owned())).into());
    let template = template();
    let of_api = &resources(&template)["ApiRole"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"];
    for statement in of_api.as_array().expect("statements").iter().filter(|statement| statement.get("!If").is_none()) {
        for resource in texts(&statement["Resource"]) {
            let forbidden = ["/keys/", "AnswerKeysKey", "SiteBucket", "uploads"];
            assert!(!forbidden.iter().any(|word| resource.contains(word)), "the contestants' API reaches {resource}");
        }
    }
}

/// What officials get names people; contestants are shown their own certificates and nothing else of it.
#[test]
fn of_officials_files_the_contestants_api_reads_certificates_alone() {
    let of_api = grants(&template()).into_iter().filter(|(role, _)| role == "ApiRole");
    let on_officials: BTreeSet<(String, String)> = of_api
        .flat_map(|(_, statement)| {
            let resources = texts(&statement["Resource"]).into_iter().filter(|r| r.contains("OfficialsBucket"));
            let pairs = |r: String| texts(&statement["Action"]).into_iter().map(move |action| (action, r.clone()));
            resources.flat_map(pairs).collect::<Vec<_>>()
        })
        .collect();
    let expected = [
        ("s3:GetObject", "${OfficialsBucket.Arn}/*/rounds/*/certificates/*"),
        ("s3:GetObject", "${OfficialsBucket.Arn}/*/overall/*/certificates/*"),
        ("s3:PutObject", "${OfficialsBucket.Arn}/_wishes/*"),
        ("s3:ListBucket", "OfficialsBucket.Arn"),
    ];
    assert_eq!(on_officials, expected.map(|(action, of)| (action.to_owned(), of.to_owned())).into());
}

#[test]
fn the_key_under_which_answer_keys_lie_is_for_their_writer_and_their_reader() {
    let uses = grants(&template())
        .into_iter()
        .filter(|(_, statement)| texts(&statement["Resource"]).iter().any(|resource| resource == "AnswerKeysKey.Arn"));
    let uses =
        uses.flat_map(|(role, statement)| texts(&statement["Action"]).into_iter().map(move |a| (role.clone(), a)));
    let expected =
        [("ApiRole", "kms:Decrypt"), ("CloseRoundRole", "kms:Decrypt"), ("ImportUploadRole", "kms:GenerateDataKey")];
    assert_eq!(
        uses.collect::<BTreeSet<_>>(),
        expected.map(|(role, action)| (role.to_owned(), action.to_owned())).into()
    );
    // For the API only where the parameter says so: every statement of its role about keys is an `!If`.
    let template = template();
    let of_api = &resources(&template)["ApiRole"]["Properties"]["Policies"][0]["PolicyDocument"]["Statement"];
    let conditional = of_api.as_array().into_iter().flatten().filter_map(|s| s["!If"][0].as_str());
    assert_eq!(conditional.collect::<Vec<_>>(), ["RevealsScore", "RevealsScore"]);
}

#[test]
fn state_outlives_the_stack() {
    let template = template();
    let state = resources(&template).iter().filter(|(_, r)| STATE.iter().any(|kind| r["Type"] == *kind));
    for (name, resource) in state {
        assert_eq!(resource["DeletionPolicy"], "Retain", "{name}");
        assert_eq!(resource["UpdateReplacePolicy"], "Retain", "{name}");
    }
    for (name, table) in of_type(&template, "AWS::DynamoDB::Table") {
        assert_eq!(table["Properties"]["DeletionProtectionEnabled"], true, "{name}");
        let recovery = &table["Properties"]["PointInTimeRecoverySpecification"];
        assert_eq!(recovery["PointInTimeRecoveryEnabled"], true, "{name}");
    }
}

#[test]
fn no_secret_stands_in_the_environment() {
    let template = template();
    for (name, function) in of_type(&template, "AWS::Serverless::Function") {
        let variables = &function["Properties"]["Environment"]["Variables"];
        // Who counts rows needs no key.
        let has_keys = name != "WatchRoundFunction";
        let named = if has_keys { json!({ "!Ref": "SecretArn" }) } else { Value::Null };
        assert_eq!(variables["SECRET_ID"], named, "{name}");
        assert!(!texts(variables).iter().any(|text| text.contains("resolve:")), "{name} is handed a secret's value");
    }
}
