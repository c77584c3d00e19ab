//! How the banks of a folder fit the plan and each other.

use super::{BankFile, BankTable};
use crate::folder::{BankOutline, Folder, is_of_file};
use crate::roles::Content;
use crate::roles::plan::PlanFile;
use crate::verdict::Verdict;
use contest::plan::{Draw, PaperRules, Plan, Round};
use contest::problem::{Place, Problem, ProblemKind};
use contest::text::search_key;
use std::collections::BTreeMap;

type Banks = BTreeMap<String, BankOutline>;

/// Judges a file of banks, which is not yet part of the folder.
pub(super) fn check_file(plan: &Plan, folder: &Folder, file: &BankFile, verdict: &mut Verdict) {
    let mut with_file = Folder { banks: folder.banks.clone(), ..Folder::default() };
    file.put(&mut with_file);
    let banks = with_file.banks;
    let BankFile { name: file, tables, .. } = file;
    let of_file: Vec<&Round> = plan.rounds.iter().filter(|round| round.bank_parts().0 == *file).collect();
    for (place, round) in of_file.iter().enumerate() {
        let same = |earlier: &&Round| earlier.bank == round.bank && plan.paper_of(earlier) == plan.paper_of(round);
        if of_file[..place].iter().copied().any(|earlier| same(&earlier)) {
            continue;
        }
        match banks.get(&round.bank) {
            Some(bank) => papers(plan.paper_of(round), bank)
                .into_iter()
                .for_each(|finding| finding.put(verdict, Problem::of_file)),
            None => verdict.errors.push(Problem::of_file(not_in_file(round, file, &banks))),
        }
    }
    if of_file.is_empty() {
        // Of several tables it is not said which is meant, so that nothing can be said of each.
        let several = several(tables);
        verdict.warnings.extend(several.is_none().then(|| Problem::of_file(ProblemKind::BankNotNamed)));
        verdict.errors.extend(several);
    } else if tables.len() > 1 && of_file.iter().all(|round| round.bank_parts().1.is_some()) {
        let named = |table: &&BankTable| of_file.iter().any(|round| round.bank_parts().1 == table.sheet.as_deref());
        for table in tables.iter().filter(|table| !named(table)) {
            let place = table.sheet.clone().map_or(Place::File, Place::Sheet);
            verdict.warnings.push(Problem { place, kind: ProblemKind::BankNotNamed });
        }
    }
    // What one name in two rounds means is said of the plan.
    let is_new = |[earlier, later]: &[&Round; 2]| {
        earlier.bank != later.bank && [earlier, later].iter().any(|round| is_of_file(&round.bank, file))
    };
    for (_, shared) in shared(plan, &banks).filter(|(pair, _)| is_new(pair)) {
        shared.put(verdict, Problem::of_file);
    }
}

/// Judges a plan against the banks that are there.
pub(in crate::roles) fn check_plan(file: &PlanFile, folder: &Folder, verdict: &mut Verdict) {
    let plan = &file.plan;
    let at = |round: &Round| {
        let place = plan.rounds.iter().position(|other| other.id == round.id).unwrap_or(0);
        move |kind: ProblemKind| file.problem(&format!("rounds.{place}.bank"), kind)
    };
    // Of a bank whose name cannot be read nothing is known.
    for round in plan.rounds.iter().filter(|round| !round.bank.is_empty()) {
        let (name, _) = round.bank_parts();
        match folder.banks.get(&round.bank) {
            Some(bank) => {
                papers(plan.paper_of(round), bank).into_iter().for_each(|finding| finding.put(verdict, at(round)))
            }
            None if folder.banks.keys().any(|bank| is_of_file(bank, name)) => {
                verdict.errors.push(at(round)(not_in_file(round, name, &folder.banks)));
            }
            None => verdict.wait_for(name),
        }
    }
    for ([_, later], shared) in shared(plan, &folder.banks) {
        shared.put(verdict, at(later));
    }
}

/// What is said of a workbook of several tables while no plan says which is which.
pub(crate) fn several(tables: &[BankTable]) -> Option<Problem> {
    let sheets: Vec<String> = tables.iter().filter_map(|table| table.sheet.clone()).collect();
    (sheets.len() > 1).then(|| Problem::of_file(ProblemKind::SeveralTables { sheets }))
}

/// The file is there, and what the round names is not in it.
fn not_in_file(round: &Round, file: &str, banks: &Banks) -> ProblemKind {
    let sheets = banks.keys().filter(|name| is_of_file(name, file));
    let sheets = sheets.filter_map(|name| Some(name.split_once('#')?.1.to_owned())).collect();
    match round.bank_parts().1 {
        Some(sheet) => ProblemKind::NoSuchSheet { sheet: sheet.to_owned(), sheets },
        None => ProblemKind::SeveralTables { sheets },
    }
}

/// A finding that keeps a file out, or does not.
enum Finding {
    Error(ProblemKind),
    Warning(ProblemKind),
}

impl Finding {
    fn put(self, verdict: &mut Verdict, at: impl Fn(ProblemKind) -> Problem) {
        match self {
            Self::Error(kind) => verdict.errors.push(at(kind)),
            Self::Warning(kind) => verdict.warnings.push(at(kind)),
        }
    }
}

/// Whether a bank has what a paper of these rules needs.
fn papers(rules: &PaperRules, bank: &BankOutline) -> Vec<Finding> {
    let announced = rules.questions as usize;
    let mut found = Vec::new();
    if rules.draw == Draw::All {
        if bank.questions > contest::limits::MAX_QUESTIONS {
            found.push(Finding::Error(ProblemKind::TooMany { most: contest::limits::MAX_QUESTIONS }));
        }
        if bank.questions != announced {
            found.push(Finding::Warning(ProblemKind::PaperIsWholeBank { have: bank.questions, announced }));
        }
        return found;
    }
    let mut need = |have: usize, need: usize, topic: Option<&str>| {
        if have < need {
            let topic = topic.map(str::to_owned);
            found.push(Finding::Error(ProblemKind::TooFewQuestions { have, need, topic }));
        }
    };
    need(bank.questions, announced, None);
    for quota in &rules.quota {
        let have = bank.topics.get(&search_key(&quota.topic)).copied().unwrap_or(0);
        need(have, quota.count as usize, Some(&quota.topic));
    }
    found
}

/// Pairs of rounds that ask the same questions, the earlier one first. Once the first is published,
/// everybody can read the key of what the second still asks.
fn shared<'a>(plan: &'a Plan, banks: &'a Banks) -> impl Iterator<Item = ([&'a Round; 2], Finding)> {
    let pairs = plan
        .rounds
        .iter()
        .enumerate()
        .flat_map(move |(place, later)| plan.rounds[..place].iter().map(move |earlier| [earlier, later]));
    pairs.filter_map(move |[earlier, later]| {
        let name = earlier.name.clone();
        let questions = match (banks.get(&earlier.bank), banks.get(&later.bank)) {
            _ if earlier.bank.is_empty() => return None,
            _ if earlier.bank == later.bank => None,
            (Some(one), Some(other)) if one.likenesses == other.likenesses => None,
            (Some(one), Some(other)) => Some(one.likenesses.intersection(&other.likenesses).count()),
            _ => return None,
        };
        let finding = match questions {
            None if plan.key_is_out_before(earlier, later) => Finding::Error(ProblemKind::BankShared { earlier: name }),
            None => Finding::Warning(ProblemKind::BankShared { earlier: name }),
            Some(0) => return None,
            Some(questions) => Finding::Warning(ProblemKind::QuestionsShared { earlier: name, questions }),
        };
        Some(([earlier, later], finding))
    })
}
