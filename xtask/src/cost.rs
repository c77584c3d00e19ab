//! `docs/COST.md`, from the calls that a test counted and from price lists: `cargo xtask cost` writes it.

use crate::prices::{COLLECTED, DOLLAR, FIXED, Prices, REGIONS};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::fmt::Write;
use xshell::Shell;

const COUNTED: &str = "tests/golden/cost/calls.json";
const MEASURED: &str = "tests/golden/cost/computed-us.json";
const DOCUMENT: &str = "docs/COST.md";

const MILLION: u64 = 1_000_000;
const GIGABYTE: u64 = 1_000_000_000;

/// Memory of `api` and of the jobs, in the template.
const API_MB: u64 = 512;
const JOB_MB: u64 = 2_048;

/// Memory of the function that counts while rounds are open.
const WATCH_MB: u64 = 512;

/// A line of the gateway's own log.
const ACCESS_LOG_BYTES: u64 = 75;

/// What is sent for one start and one submission: a packed paper of ten questions from the demo, a receipt, headers.
const BYTES_OF_AN_ATTEMPT: u64 = 3_700;

/// Bar of `RELIABILITY.md` G18 for a million attempts, in each of the regions.
const BARS: [u64; 2] = [5 * DOLLAR, 6 * DOLLAR];

/// Memory that buys a whole core; a function with less is given its share of one.
const MB_OF_A_CORE: u64 = 1_769;

/// How long a function waits for one call, in microseconds: what each further call of DynamoDB takes in cebert's
/// benchmarks of December 2025.
const WAIT_US: u64 = 2_500;

/// What is billed, in the words of the counts.
const BILLED: [&str; 17] = [
    "register",
    "sign_in",
    "me",
    "time",
    "start",
    "submit",
    "status",
    "idle sweep of closing",
    "idle sweep of publishing",
    "idle sweep of watching",
    "watching attempts",
    "watching accounts and attempts",
    "closing",
    "publishing",
    "certificates",
    "certificate",
    "printing",
];

/// Milliseconds that are estimated. Of a province's round they grow with it: the drain that closing waits out, and files of
/// thousands of rows. A page is printed by a program that has to start first, mostly.
const ESTIMATED_MS: [(&str, u64); 8] = [
    ("closing", 61_500),
    ("publishing", 1_500),
    ("certificates", 40),
    ("certificate", 40),
    ("printing", 1_000),
    ("idle sweep of watching", 10),
    ("watching attempts", 150),
    ("watching accounts and attempts", 250),
];

/// Read units a second of the function that counts while rounds are open (`contest::watch::pace`).
const WATCH_UNITS_PER_SECOND: u64 = 800;

/// Bytes of a row, and of an account.
const ROW_BYTES: u64 = 250;
const ACCOUNT_BYTES: u64 = 900;

/// Bytes that a read unit covers where the read need not be the newest.
const BYTES_OF_A_UNIT: u64 = 8_192;

/// How often accounts are read in a week.
const ACCOUNTS_READ: u64 = 7 * 24 / 4;

/// Rounds of a week at which somebody looks every day: attempts, people, and counts, each quarter of an hour or each hour.
const WATCHED: [(&str, u64, u64, u64); 3] = [
    ("a province, as `thai-nguyen-2021`", 6_771, 17_201, 7 * 24 * 4),
    ("a large one, as Lang Son in 2023", 97_000, 120_000, 7 * 24 * 4),
    ("the nation", 1_000_000, 300_000, 7 * 24),
];

/// People who download a certificate, in the example.
const CERTIFIED: u64 = 100_000;

/// Contests by name: people, attempts, rounds, and where the figures are from.
const CONTESTS: [(&str, u64, u64, u64, &str); 3] = [
    ("thai-nguyen-2021", 17_201, 27_084, 4, "printed"),
    ("song-cong-cchc-2021", 5_000, 8_000, 2, "assumed: nothing was printed"),
    ("lang-son-dan-van-kheo-2024", 120_000, 486_328, 5, "attempts as printed for 2023; people assumed"),
];

/// `cargo xtask cost`
pub(crate) fn run(shell: &Shell, _: &[String]) -> Result<()> {
    let calls = shell.read_file(COUNTED).context("no counts; `cargo xtask golden` makes them")?;
    let computed_us =
        shell.read_file(MEASURED).context("nothing measured; `UPDATE_GOLDEN=1 cargo xtask deployed` does it")?;
    let document = document(&calls, &computed_us)?;
    shell.write_file(DOCUMENT, &document)?;
    println!("{document}");
    Ok(())
}

/// What is paid for: calls counted, computing measured.
struct Counts {
    calls: Value,
    computed_us: Value,
}

impl Counts {
    fn read(calls: &str, computed_us: &str) -> Result<Self> {
        let calls: Value = serde_json::from_str(calls).context("the counts are JSON")?;
        let computed_us: Value = serde_json::from_str(computed_us).context("what was measured is JSON")?;
        for what in BILLED {
            ensure!(calls[what].is_object(), "nothing was counted for {what}");
            let is_known = computed_us[what].is_u64() || ESTIMATED_MS.iter().any(|(job, _)| *job == what);
            ensure!(is_known, "nothing was measured for {what}");
        }
        Ok(Self { calls, computed_us })
    }

    fn of(&self, what: &str, name: &str) -> u64 {
        self.calls[what][name].as_u64().unwrap_or_default()
    }

    /// Milliseconds for which a warm function is billed, as if it made one call after the other.
    fn billed_ms(&self, what: &str) -> u64 {
        if let Some((_, ms)) = ESTIMATED_MS.iter().find(|(job, _)| *job == what) {
            return *ms;
        }
        let share = memory(what).min(MB_OF_A_CORE);
        let computing = self.computed_us[what].as_u64().unwrap_or_default() * MB_OF_A_CORE / share;
        let calls = self.calls[what].as_object().into_iter().flatten().filter(|(name, _)| name.contains(':'));
        let waiting = WAIT_US * calls.filter_map(|(_, count)| count.as_u64()).sum::<u64>();
        (computing + waiting).div_ceil(1_000)
    }

    /// Millionths of a dollar for a million times `what`, parts in the order of [`PARTS`].
    fn million(&self, what: &str, prices: &Prices) -> [u64; 5] {
        let api = if is_job(what) { 0 } else { prices.api };
        let lambda = prices.calls + prices.gb_seconds * self.billed_ms(what) * memory(what) / 1_024 / 1_000;
        let table = prices.writes * self.of(what, "write units") + prices.reads * self.of(what, "read units");
        let objects = prices.s3_gets * self.of(what, "s3:GetObject") + prices.s3_puts * self.of(what, "s3:PutObject");
        let logged = self.of(what, "log bytes") + if is_job(what) { 0 } else { ACCESS_LOG_BYTES };
        [api, lambda, table, objects, prices.log_gb * logged * MILLION / GIGABYTE]
    }
}

fn is_job(what: &str) -> bool {
    what.ends_with("ing") || is_watching(what)
}

fn is_watching(what: &str) -> bool {
    what.contains("watching")
}

fn memory(what: &str) -> u64 {
    match what {
        watching if is_watching(watching) => WATCH_MB,
        job if is_job(job) => JOB_MB,
        _ => API_MB,
    }
}

const PARTS: [&str; 5] = ["gateway", "functions", "tables", "objects", "logs"];

fn document(counted: &str, measured: &str) -> Result<String> {
    let counts = Counts::read(counted, measured)?;
    let mut text = String::new();
    head(&mut text)?;
    calls(&mut text, &counts)?;
    for (prices, bar) in REGIONS.iter().zip(BARS) {
        attempts(&mut text, &counts, prices, bar)?;
    }
    contests(&mut text, &counts)?;
    watched(&mut text, &counts)?;
    certificates(&mut text, &counts)?;
    idle(&mut text, &counts)?;
    Ok(text)
}

fn head(text: &mut String) -> Result<()> {
    write!(
        text,
        "# What it costs\n\n\
         Written by `cargo xtask cost`; do not edit. The calls are those that a test counts on the real engines\n\
         (`tests/golden/cost/calls.json`): one more call for an attempt changes that file and fails the test until somebody\n\
         has read the difference. Prices are AWS's lists as collected in {COLLECTED}, in US dollars, without any free tier, for\n\
         functions on arm64. Those of the HTTP API and of DynamoDB in Singapore are second-hand.\n\n"
    )?;
    Ok(())
}

fn calls(text: &mut String, counts: &Counts) -> Result<()> {
    text.push_str("## Counted\n\n| what | write units | read units | objects read | written | log, bytes | computing, ms | billed, ms |\n|---|--:|--:|--:|--:|--:|--:|--:|\n");
    for what in BILLED {
        let of = |name| counts.of(what, name);
        let (writes, reads) = (of("write units"), of("read units"));
        let (gets, puts, log) = (of("s3:GetObject"), of("s3:PutObject"), of("log bytes"));
        let computing = counts.computed_us[what].as_u64().map_or_else(|| "–".to_owned(), milliseconds);
        let billed = counts.billed_ms(what);
        writeln!(text, "| {what} | {writes} | {reads} | {gets} | {puts} | {log} | {computing} | {billed} |")?;
    }
    write!(
        text,
        "\nUnits of conditional writes that fail are not told by DynamoDB and not counted. Log bytes are rounded up to 50; the\n\
         gateway's own line of about {ACCESS_LOG_BYTES} bytes is added below. Computing is what the shipped programs took of one core of the\n\
         machine that measured them, x86_64, in the mean of twenty (`tests/golden/cost/computed-us.json`, which\n\
         `UPDATE_GOLDEN=1 cargo xtask deployed` measures anew). Billed is that at the function's share of a core, and {wait} ms\n\
         of waiting for each call, as if one came after the other: nobody has read a bill of Lambda's yet. Where no computing\n\
         is shown it is estimated: for `closing` and `publishing`, since it grows with the round; `closing` waits out the drain\n\
         of a minute. Their calls are counted for a round of two attempts: sixteen rows more take one read unit more.\n\
         The three of watching are estimated too, for a contest of two attempts.\n\
         `certificates` and `certificate` are the list of one's own and a file that is there, `printing` the first request for\n\
         a file with the page that is printed for it.\n\n",
        wait = milliseconds(WAIT_US),
    )?;
    Ok(())
}

/// Millionths of a dollar for a million attempts: a start and a submission.
fn attempt(counts: &Counts, prices: &Prices) -> ([u64; 5], u64) {
    let (start, submit) = (counts.million("start", prices), counts.million("submit", prices));
    let parts = std::array::from_fn(|part| start[part] + submit[part]);
    (parts, prices.egress_gb * BYTES_OF_AN_ATTEMPT * MILLION / GIGABYTE)
}

fn attempts(text: &mut String, counts: &Counts, prices: &Prices, bar: u64) -> Result<()> {
    let (parts, egress) = attempt(counts, prices);
    let sum = parts.iter().sum::<u64>() + egress;
    writeln!(text, "## A million attempts, {}\n\n| part | $ |\n|---|--:|", prices.region)?;
    for (part, cost) in PARTS.iter().zip(parts) {
        writeln!(text, "| {part} | {} |", dollars(cost))?;
    }
    writeln!(text, "| sent out | {} |\n| **together** | **{}** |\n", dollars(egress), dollars(sum))?;
    writeln!(text, "The bar is {}.\n", dollars(bar))?;
    ensure!(sum <= bar, "a million attempts cost {} in {}, more than {}", dollars(sum), prices.region, dollars(bar));
    Ok(())
}

/// What people, attempts and rounds cost together, in millionths of a dollar.
fn contest(counts: &Counts, prices: &Prices, people: u64, attempts: u64, rounds: u64) -> u64 {
    let sum = |what: &str| counts.million(what, prices).iter().sum::<u64>();
    let (parts, egress) = attempt(counts, prices);
    // Everyone signs in once more and looks at their own page with each attempt.
    let of_people = people * (sum("register") + sum("sign_in")) + attempts * sum("me");
    let of_attempts = attempts * (parts.iter().sum::<u64>() + egress) + attempts * prices.reads / 16;
    (of_people + of_attempts + rounds * (sum("closing") + sum("publishing"))) / MILLION
}

fn contests(text: &mut String, counts: &Counts) -> Result<()> {
    text.push_str("## The sample contests\n\n| contest | people | attempts | rounds | us-east-1, $ | ap-southeast-1, $ | figures |\n|---|--:|--:|--:|--:|--:|---|\n");
    for (name, people, attempts, rounds, source) in CONTESTS {
        let [us, singapore] = REGIONS.map(|prices| dollars(contest(counts, &prices, people, attempts, rounds)));
        writeln!(text, "| `{name}` | {people} | {attempts} | {rounds} | {us} | {singapore} | {source} |")?;
    }
    text.push_str(
        "\nRegistration, one sign-in each, a look at one's own page with every attempt, closing and publishing included.\n\
         Pages and published files go through CloudFront, whose first terabyte a month is free.\n\n",
    );
    Ok(())
}

/// What figures of a round of a week cost, in millionths of a dollar: what each count takes whatever there is to read, what is
/// read, and the time for it. Attempts are half of what they come to, in the mean of the week.
fn figures(counts: &Counts, prices: &Prices, (attempts, people, counted): (u64, u64, u64)) -> u64 {
    let sum = |what: &str| counts.million(what, prices).iter().sum::<u64>();
    let each =
        (counted - ACCOUNTS_READ) * sum("watching attempts") + ACCOUNTS_READ * sum("watching accounts and attempts");
    let of_attempts = counted * (attempts * ROW_BYTES / 2).div_ceil(BYTES_OF_A_UNIT);
    let units = of_attempts + ACCOUNTS_READ * (people * ACCOUNT_BYTES).div_ceil(BYTES_OF_A_UNIT);
    let reading = units * prices.gb_seconds * WATCH_MB / 1_024 / WATCH_UNITS_PER_SECOND;
    (each + units * prices.reads + reading).div_ceil(MILLION)
}

fn watched(text: &mut String, counts: &Counts) -> Result<()> {
    text.push_str(
        "## Figures while a round of a week is open\n\n| contest | attempts | people | counts | us-east-1, $ | ap-southeast-1, $ |\n|---|--:|--:|--:|--:|--:|\n",
    );
    for (name, attempts, people, counted) in WATCHED {
        let [us, singapore] = REGIONS.map(|prices| dollars(figures(counts, &prices, (attempts, people, counted))));
        writeln!(text, "| {name} | {attempts} | {people} | {counted} | {us} | {singapore} |")?;
    }
    write!(
        text,
        "\nWhere somebody looks at them every day; where nobody does, they cost what the idle sweep does. An attempt is taken for\n\
         {ROW_BYTES} bytes and an account for {ACCOUNT_BYTES}, half of the attempts are there in the mean, accounts are read {ACCOUNTS_READ} times, {WATCH_UNITS_PER_SECOND} units\n\
         are read in a second.\n\n",
    )?;
    Ok(())
}

/// Each looks at the list, asks for a page that nobody has printed yet, and asks again.
fn certificates(text: &mut String, counts: &Counts) -> Result<()> {
    let each = |prices: &Prices| {
        let sum = |what: &str| counts.million(what, prices).iter().sum::<u64>();
        sum("certificates") + 2 * sum("certificate") + sum("printing")
    };
    let [us, singapore] = REGIONS.map(|prices| dollars(CERTIFIED * each(&prices) / MILLION));
    write!(
        text,
        "## Certificates that people download\n\n\
         {CERTIFIED} people who look at their list and download a page that is printed for them cost ${us} in {}, and\n\
         ${singapore} in {}; who never asks costs nothing. What printing takes is estimated.\n\n",
        REGIONS[0].region, REGIONS[1].region,
    )?;
    Ok(())
}

fn idle(text: &mut String, counts: &Counts) -> Result<()> {
    let prices = &REGIONS[0];
    let sum = |what: &str| counts.million(what, prices).iter().sum::<u64>();
    let minutes = 30 * 24 * 60;
    let watching = minutes / 15 * sum("idle sweep of watching");
    let sweeps = minutes / 5 * sum("idle sweep of closing") + minutes * sum("idle sweep of publishing") + watching;
    // A dollar for a million invocations.
    let schedules = (minutes / 15 + minutes / 5 + minutes) * DOLLAR / MILLION;
    text.push_str("## A month in which nobody comes, us-east-1\n\n| what | $ |\n|---|--:|\n");
    writeln!(text, "| sweeps, with one contest that is over | {} |", dollars(sweeps / MILLION))?;
    writeln!(text, "| Scheduler, which calls them | {} |", dollars(schedules))?;
    for (what, cost) in FIXED {
        writeln!(text, "| {what} | {} |", dollars(cost))?;
    }
    let fixed: u64 = FIXED.iter().map(|(_, cost)| cost).sum();
    writeln!(text, "| **together** | **{}** |\n", dollars(sweeps / MILLION + schedules + fixed))?;
    text.push_str(
        "Stored bytes are left out: a province's contest is under a gigabyte, which is a few cents with its backups. A firewall\n\
         (WAF), a domain and raised warm throughput are choices with prices of their own.\n",
    );
    Ok(())
}

/// `1.27` for 1,265 microseconds, rounded up.
fn milliseconds(us: u64) -> String {
    let hundredths = us.div_ceil(10);
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// `0.13`, rounded up to a cent: a bill is not promised smaller than it will be.
fn dollars(millionths: u64) -> String {
    let cents = millionths.div_ceil(10_000);
    format!("{}.{:02}", cents / 100, cents % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> String {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        std::fs::read_to_string(root.join(path)).unwrap()
    }

    #[test]
    fn the_document_says_what_was_counted_and_keeps_the_bar() {
        let now = document(&file(COUNTED), &file(MEASURED)).unwrap();
        assert!(now == file(DOCUMENT), "{DOCUMENT} is not what `cargo xtask cost` writes");
    }

    #[test]
    fn a_call_more_for_each_attempt_breaks_the_bar() {
        let counts = file(COUNTED);
        let mut counts: Value = serde_json::from_str(&counts).unwrap();
        counts["submit"]["write units"] = 3.into();
        let fault = document(&counts.to_string(), &file(MEASURED)).unwrap_err().to_string();
        assert!(fault.contains("more than 5.00"), "{fault}");
    }

    #[test]
    fn a_share_of_a_core_takes_longer_and_calls_are_waited_for() {
        let calls =
            r#"{"submit":{"dynamodb:GetItem":1,"dynamodb:UpdateItem":1,"read units":9},"idle sweep of closing":{}}"#;
        let computed_us = r#"{"submit":1000,"idle sweep of closing":1500}"#;
        let [calls, computed_us] = [calls, computed_us].map(|text| serde_json::from_str(text).unwrap());
        let counts = Counts { calls, computed_us };
        // 1,769 / 512 milliseconds of a share, and five of waiting; a job has a core and more.
        assert_eq!(counts.billed_ms("submit"), 9);
        assert_eq!(counts.billed_ms("idle sweep of closing"), 2);
    }

    #[test]
    fn cents_are_rounded_up() {
        assert_eq!([0, 1, 10_000, 4_710_000].map(dollars), ["0.00", "0.01", "0.01", "4.71"]);
    }
}
