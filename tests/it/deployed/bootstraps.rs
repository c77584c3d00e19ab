//! Each built program alone: does it start, how soon does it answer, how
//! much memory has it taken; and does it stop with the name of what it was not told.

use super::program::{Program, built, command, is_optional, request, variables};
use super::{Stack, now};
use crate::template::{of_type, template};
use serde_json::{Value, json};
use std::io::Write;
use std::process::Output;
use std::time::Instant;
use zip::write::SimpleFileOptions;

/// Largest zip of `api` that keeps a cold start short.
const MAX_API_ZIP: usize = 4_000_000;

/// Of the same program without optimization. What makes it larger makes the other larger.
const MAX_API_ZIP_UNOPTIMIZED: usize = 9_800_000;

/// One event for each function; jobs find nothing to do.
fn event_of(function: &str) -> Value {
    match function {
        "ApiFunction" => request("GET /v1/time", &[], None, None, now()),
        "OrganizerApiFunction" => request("GET /v1/organizer/me", &[], None, None, now()),
        "ImportUploadFunction" => json!({ "Records": [] }),
        _ => json!({ "sweep": true }),
    }
}

#[tokio::test]
async fn each_program_answers_its_first_event_alone() {
    let stack = Stack::of_this_run();
    println!("{:<24} {:>10} {:>14} {:>10}", "function", "zip, MB", "first reply", "memory");
    for function in functions() {
        let began = Instant::now();
        let mut program = Program::start(&stack, &function).await;
        program.ask(&event_of(&function)).await;
        let took = began.elapsed();
        let memory = program.peak_memory_mb();
        program.stop().await;
        let zip = zipped(&function).len() as u64;
        println!(
            "{function:<24} {:>7}.{:02} {:>11} ms {:>7} MB",
            zip / 1_000_000,
            zip % 1_000_000 / 10_000,
            took.as_millis(),
            memory
        );
    }
}

#[tokio::test]
async fn a_function_that_was_not_told_everything_stops_and_names_what_is_missing() {
    let stack = Stack::of_this_run();
    for function in functions() {
        let told = variables(&stack, &function);
        for missing in told.keys().filter(|name| !is_optional(&function, name)) {
            let mut rest = told.clone();
            rest.remove(missing);
            let output = command(&function, "127.0.0.1:9", &rest).output().await.expect("it runs");
            assert!(!output.status.success(), "{function} started without {missing}");
            assert!(said(&output).contains(missing), "{function} without {missing} said {:?}", said(&output));
        }
    }
}

#[test]
fn the_contestants_api_is_small_enough_to_start_at_once() {
    let size = zipped("ApiFunction").len();
    let most = if unoptimized() { MAX_API_ZIP_UNOPTIMIZED } else { MAX_API_ZIP };
    assert!(size <= most, "the zip of api has {size} bytes, more than {most}");
}

/// How the test command has built.
fn unoptimized() -> bool {
    function::Variables::from_env().text("UNOPTIMIZED").expect("told by the test command") == "true"
}

fn functions() -> Vec<String> {
    of_type(&template(), "AWS::Serverless::Function").map(|(name, _)| name.clone()).collect()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn zipped(function: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("bootstrap", SimpleFileOptions::default()).expect("a file");
    zip.write_all(&std::fs::read(built(function)).expect("sam built it")).expect("memory");
    zip.finish().expect("memory").into_inner()
}
