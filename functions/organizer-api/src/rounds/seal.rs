//! `GET /v1/organizer/contests/{c}/rounds/{r}/seal`: what a round is sealed with, for the record that two people sign.

use super::Asked;
use crate::App;
use crate::contests::files;
use crate::error::ApiError;
use contest::bank::PublicQuestion;
use contest::organizers::Action;
use documents::console::Refusal;
use documents::console::rounds::{LevelLine, Seal, TopicLine};
use function::http::{Reply, Request};
use store::{BankRef, LevelCount};

pub(crate) async fn seal(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let Asked { contest, round, .. } = Asked::of(app, request, Action::ReadBankReport).await?;
    let facts = contest.state.bank_facts(&round).ok_or(Refusal::NoBank)?;
    let bank = contest.bank(&round).await?.ok_or(Refusal::NoBank)?;
    let name = round.bank.split_once('#').map_or(round.bank.as_str(), |(file, _)| file);
    let files = files(app, &contest.plan.id).await?;
    let file = files.into_iter().find(|file| file.name == name && file.status == "accepted");
    Ok(Reply::ok(&Seal {
        contest_name: contest.plan.name.clone(),
        organizer: contest.plan.organizer.clone(),
        round_name: round.name.clone(),
        opens: round.opens.rfc3339(),
        bank: round.bank.clone(),
        sealed_at: file.as_ref().map(|file| file.uploaded_at.clone()),
        sha256: file.and_then(|file| file.sha256),
        key_commitment: facts.key_commitment,
        questions: facts.question_count,
        topics: topics(&bank),
        levels: contest.state.banks.get(&round.bank).map(levels).unwrap_or_default(),
    }))
}

fn levels(bank: &BankRef) -> Vec<LevelLine> {
    let line = |count: &LevelCount| LevelLine { level: count.level.clone(), questions: u64::from(count.count) };
    bank.levels.iter().map(line).collect()
}

fn topics(bank: &[PublicQuestion]) -> Vec<TopicLine> {
    let mut topics: Vec<TopicLine> = Vec::new();
    for question in bank {
        match topics.iter_mut().find(|line| line.topic == question.topic) {
            Some(line) => line.questions += 1,
            None => topics.push(TopicLine { topic: question.topic.clone(), questions: 1 }),
        }
    }
    topics
}
