//! `GET /plan-form`: the form of a plan, made of the list of keys and its words.

use crate::words::plan_form::presets::{PRESETS, Preset};
use crate::words::plan_form::{choice, label, step_title};
use contest::plan_form::{KEYS, Key, Kind, Step, Unsaid};
use serde::Serialize;
use serde_json::{Value, json};

/// Everything from which the page makes its form.
#[derive(Serialize)]
pub struct Form {
    /// The steps in their order.
    pub steps: Vec<FormStep>,
    /// Kinds of contests to begin from.
    pub presets: &'static [Preset],
}

/// One step of the form.
#[derive(Serialize)]
pub struct FormStep {
    pub id: &'static str,
    pub title: &'static str,
    pub keys: Vec<FormKey>,
}

/// One key of the plan.
#[derive(Serialize)]
pub struct FormKey {
    /// Names parted by points, without ids of entries.
    pub path: &'static str,
    pub kind: &'static str,
    pub label: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    pub help: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<FormWord>,
    /// Nobody but the organizers decides it: the form starts empty.
    pub required: bool,
    /// What a missing key means.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub default: Value,
}

/// One word of a choice.
#[derive(Serialize)]
pub struct FormWord {
    pub word: &'static str,
    pub label: &'static str,
}

/// The form.
pub fn form() -> Form {
    let of_step = |step: Step| KEYS.iter().filter(move |key| key.step == step).map(form_key).collect();
    let step = |step: &Step| FormStep { id: step.as_str(), title: step_title(*step), keys: of_step(*step) };
    Form { steps: Step::ALL.iter().map(step).collect(), presets: PRESETS }
}

fn form_key(key: &Key) -> FormKey {
    let (label, help) = label(key.path).unwrap_or((key.path, ""));
    let (least, most) = match key.kind {
        Kind::Number { least, most } => (Some(least), Some(most)),
        Kind::Numbers { most } => (Some(0), Some(most)),
        _ => (None, None),
    };
    let word = |word: &'static str| FormWord { word, label: choice(key.path, word).unwrap_or(word) };
    FormKey {
        path: key.path,
        kind: key.kind.as_str(),
        label,
        help,
        least,
        most,
        words: key.kind.words().into_iter().map(word).collect(),
        required: key.unsaid == Unsaid::Refused,
        default: match key.unsaid {
            Unsaid::Refused | Unsaid::Nothing => Value::Null,
            Unsaid::Word(word) => json!(word),
            Unsaid::Number(number) => json!(number),
            Unsaid::Truth(truth) => json!(truth),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_has_eight_steps_and_every_key_once() {
        let form = serde_json::to_value(form()).expect("JSON");
        let steps = form["steps"].as_array().expect("a list");
        let titles: Vec<&str> = steps.iter().filter_map(|step| step["title"].as_str()).collect();
        assert_eq!(
            titles,
            [
                "Thông tin chung",
                "Thời gian các vòng",
                "Đăng ký",
                "Bài thi",
                "Câu dự đoán",
                "Xếp hạng, đồng hạng",
                "Giải thưởng",
                "Giải tập thể, biểu dương"
            ]
        );
        let keys: usize = steps.iter().filter_map(|step| Some(step["keys"].as_array()?.len())).sum();
        assert_eq!(keys, KEYS.len());
        let money = ["prediction.target", "ranking.unbroken_tie", "ranking.eligible", "prizes.amount", "prizes.count"];
        let keys = || steps.iter().filter_map(|step| step["keys"].as_array()).flatten();
        for path in money {
            let key = keys().find(|key| key["path"] == path).expect("a key");
            assert_eq!((&key["required"], &key["default"]), (&json!(true), &Value::Null), "{path} starts empty");
        }
    }
}
