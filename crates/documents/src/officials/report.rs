//! `report.xlsx` and `report.docx`: how the whole contest went, by round, by unit and by hour, what was given and what it
//! cost. Figures alone: nobody is named.

mod report_docx;
mod report_xlsx;

use super::{Document, Head};
use crate::words::letters::final_report as words;
use contest::figures::{PrizeUse, RoundFigures, prizes_used};
use contest::ids::RoundId;
use contest::overall::ContestResult;
use contest::participation::UnitParticipation;
use contest::plan::Plan;
use contest::prizes::PrizeTotals;
use contest::time::Timestamp;
use contest::units::UnitTree;

/// What both files are made from.
#[derive(Clone, Copy)]
pub struct ContestReport<'a> {
    /// The plan as the last round was frozen with.
    pub plan: &'a Plan,
    pub units: &'a UnitTree,
    /// One for each round, in the order of the plan.
    pub rounds: &'a [RoundFigures],
    pub result: &'a ContestResult,
    /// By [`contest::participation::by_unit`], over all rounds.
    pub by_unit: &'a [UnitParticipation],
    /// Number of the edition over the contest; none where nothing is ranked over it.
    pub edition: Option<u32>,
    /// The latest of the instants that stand on what it follows from.
    pub announced_at: Timestamp,
    pub head: &'a Head,
}

/// Both documents.
pub fn report_documents(report: &ContestReport<'_>) -> Vec<Document> {
    vec![
        Document::of("report.xlsx", report_xlsx::report_xlsx(report)),
        Document::of("report.docx", Ok(report_docx::report_docx(report))),
    ]
}

impl<'a> ContestReport<'a> {
    fn round_name(&self, round: &'a RoundId) -> &'a str {
        self.plan.round(round).map_or(round.as_str(), |round| &round.name)
    }

    /// The editions that it follows from.
    fn follows(&self) -> String {
        let rounds = self.rounds.iter().map(|of| words::followed(self.round_name(&of.round), of.edition, of.status));
        words::follows(&rounds.collect::<Vec<_>>(), self.edition)
    }

    fn prizes(&self) -> Vec<PrizeUse> {
        prizes_used(self.plan, self.rounds, self.result)
    }

    /// Đồng as planned, and as given.
    fn budget(&self) -> (u64, u64) {
        let totals = PrizeTotals::of(self.plan);
        let given = self.prizes().iter().map(|prize| prize.given * prize.amount).sum();
        (totals.individual() + totals.collective, given)
    }

    fn given_in(&self, round: &RoundFigures) -> Given {
        let rules = &self.plan.rules;
        let mut given = Given::default();
        for (count, tier) in round.prizes.iter().zip(&rules.prizes) {
            given.people += count;
            given.amount += count * tier.amount;
        }
        for (counts, competition) in round.collective.iter().zip(&rules.collective) {
            for (count, prize) in counts.iter().zip(&competition.prizes) {
                given.units += count;
                given.amount += count * prize.amount;
            }
        }
        given
    }

    /// Over the contest, beside what is given in its rounds.
    fn given_once(&self) -> Given {
        let rules = &self.plan.rules;
        let mut given = Given::default();
        for winner in &self.result.winners {
            given.people += 1;
            given.amount += rules.tier(winner.tier).amount;
        }
        for table in &self.result.units {
            let Some(competition) = table.collective.map(|place| &rules.collective[place]) else { continue };
            for prize in table.standings.iter().filter_map(|standing| standing.prize) {
                given.units += 1;
                given.amount += competition.prize(prize).amount;
            }
        }
        given
    }
}

/// What is given at one time.
#[derive(Clone, Copy, Default)]
struct Given {
    /// Prizes for people.
    people: u64,
    /// Prizes for units.
    units: u64,
    /// Đồng for both.
    amount: u64,
}

#[cfg(test)]
mod tests;
