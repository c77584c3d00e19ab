//! Answer sheets by somebody who knows the key of the small contest, and receipts checked by somebody
//! who knows only the published key.

use crate::folder::right_letters;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, VerifyingKey};
use serde_json::{Map, Value, json};

/// Answers to a paper of which the first `right` questions are right and the others wrong.
#[track_caller]
pub fn answers(paper: &Value, right: usize) -> Value {
    let questions = paper["questions"].as_array().expect("a paper has questions");
    assert!(right <= questions.len(), "{right} right of {} questions", questions.len());
    let mut answers = Map::new();
    for (place, question) in questions.iter().enumerate() {
        let id = question["id"].as_str().expect("a question has an id");
        let key = key_of(id);
        let chosen: Vec<&str> = if place < right { key.to_vec() } else { wrong(key) };
        answers.insert(id.to_owned(), json!(chosen));
    }
    Value::Object(answers)
}

/// The right options of a question of the small contest.
#[track_caller]
pub fn key_of(question: &str) -> &'static [&'static str] {
    let number: usize = question.trim_start_matches('q').parse().expect("ids such as q07");
    right_letters(number - 1)
}

fn wrong(key: &[&str]) -> Vec<&'static str> {
    vec![["a", "b", "c"].into_iter().find(|letter| !key.contains(letter)).expect("no key holds all three")]
}

/// Checks a signed note against a verifier key (`name+id+base64`, C2SP signed notes) and returns its
/// text.
///
/// # Errors
/// What does not hold.
pub fn open_note(note: &str, verifier: &str) -> Result<String, String> {
    let (name, rest) = verifier.split_once('+').ok_or("no name in the verifier key")?;
    let (id, key) = rest.split_once('+').ok_or("no key in the verifier key")?;
    let key = STANDARD.decode(key).map_err(|e| e.to_string())?;
    let (algorithm, key) = key.split_first().ok_or("an empty key")?;
    if *algorithm != 1 {
        return Err(format!("algorithm {algorithm} is not Ed25519"));
    }
    let (text, signature) = note.split_once(&format!("\n— {name} ")).ok_or("not signed by that name")?;
    let blob = STANDARD.decode(signature.trim_end_matches('\n')).map_err(|e| e.to_string())?;
    let (key_id, signature) = blob.split_at_checked(4).ok_or("a short signature")?;
    if id != key_id.iter().map(|byte| format!("{byte:02x}")).collect::<String>() {
        return Err("signed with another key".to_owned());
    }
    let key = VerifyingKey::from_bytes(key.try_into().map_err(|_| "a key of another length")?);
    let signature = Signature::from_slice(signature).map_err(|e| e.to_string())?;
    key.map_err(|e| e.to_string())?.verify_strict(text.as_bytes(), &signature).map_err(|e| e.to_string())?;
    Ok(text.to_owned())
}
