//! What is printed of an edition: the annex of its winners, and certificates.

mod certificates;

use crate::put::Folder;
use chrono::{Datelike, FixedOffset, NaiveDate, Timelike};
use contest::completion::completed;
use contest::decision::Decision;
use contest::edition::Status;
use contest::ids::{Pseudonym, UnitCode};
use contest::plan::{DocumentRules, Plan, PrizeTier, Round, Scope};
use contest::taken::TakenRound;
use contest::time::Timestamp;
use contest::units::UnitTree;
use documents::officials::{Identity, birth_date};
use documents::own_certificates::CertificateIndex;
use documents::words::{format, printed as words};
use print::{Annex, Counted, Date, Moment, Winner};

/// Vietnam's time, which stands inside the files.
const EAST: FixedOffset = FixedOffset::east_opt(7 * 3_600).expect("less than a day");

/// An edition with all that its papers say.
pub(crate) struct Printed<'a> {
    /// As the results followed from it.
    pub(crate) plan: &'a Plan,
    /// Its number, and whether it is official.
    pub(crate) version: (u32, Status),
    /// Heads and signatures as the plan has them today: they may be put right until the papers are made.
    pub(crate) heads: &'a DocumentRules,
    /// None over the contest.
    pub(crate) round: Option<&'a Round>,
    /// Where everyone looks, unless the edition is from before that was kept.
    pub(crate) site: Option<&'a str>,
    /// The instant that stands inside the files.
    pub(crate) announced_at: Timestamp,
    /// The decision that made the results official.
    pub(crate) recognized: Option<&'a Decision>,
    /// In the order of the list.
    pub(crate) winners: Vec<Won<'a>>,
    /// By certificate of the plan, then unit, then public name: an order that no erased account changes.
    pub(crate) completed: Vec<Completed<'a>>,
}

/// Somebody who wins a prize.
pub(crate) struct Won<'a> {
    /// None where the account was erased.
    pub(crate) identity: Option<&'a Identity>,
    pub(crate) pseudonym: &'a Pseudonym,
    pub(crate) unit: String,
    /// As `19/20`, or over the contest points.
    pub(crate) score: String,
    pub(crate) prediction: Option<String>,
    pub(crate) duration_ms: u64,
    pub(crate) tier: &'a PrizeTier,
}

/// Somebody who got far enough.
pub(crate) struct Completed<'a> {
    /// None where the account was erased.
    pub(crate) identity: Option<&'a Identity>,
    pub(crate) pseudonym: &'a Pseudonym,
    pub(crate) unit: String,
    /// Which certificate of the plan, from 0.
    pub(crate) place: usize,
}

/// Everybody who gets a certificate of the plan for these rounds: for one, or over the contest.
pub(crate) fn all_completed<'a>(
    (plan, scope): (&Plan, Scope),
    units: &UnitTree,
    rounds: &'a [TakenRound],
    identity: impl Fn(&Pseudonym) -> Option<&'a Identity>,
) -> Vec<Completed<'a>> {
    let mut all = Vec::new();
    for (place, rule) in plan.certificates.iter().enumerate().filter(|(_, rule)| rule.scope() == scope) {
        let mut people = completed(rule, rounds);
        people.sort_by(|a, b| (&a.unit, &a.pseudonym).cmp(&(&b.unit, &b.pseudonym)));
        all.extend(people.into_iter().map(|taken| Completed {
            identity: identity(&taken.pseudonym),
            pseudonym: &taken.pseudonym,
            unit: unit_name(units, taken.unit.as_ref()),
            place,
        }));
    }
    all
}

/// A unit by its name; empty where the contest asks for none.
pub(crate) fn unit_name(units: &UnitTree, unit: Option<&UnitCode>) -> String {
    let place = unit.and_then(|code| units.find(code));
    place.map(|place| units.units()[place].name.clone()).unwrap_or_default()
}

impl Printed<'_> {
    /// Puts every paper that there is a reason for.
    pub(crate) async fn put<P: Fn(&str) -> String>(&self, folder: &mut Folder<'_, P>) -> anyhow::Result<()> {
        if !self.winners.is_empty() {
            folder.print("annex.pdf", || print::annex(&self.annex())).await?;
        }
        let heads = self.certificate_heads();
        for (number, pages) in (1..).zip(self.certificates()) {
            let name = certificates::file_name(number);
            match self.site {
                Some(_) => folder.print(&name, || print::certificates(&pages, &heads)).await?,
                None => folder.print(&name, || Err(words::SITE_UNKNOWN)).await?,
            }
        }
        self.put_own(folder).await
    }

    /// Puts from what people's own certificates are printed, once somebody wants one. Without the site's address there is
    /// nothing that they could lead to.
    async fn put_own<P: Fn(&str) -> String>(&self, folder: &Folder<'_, P>) -> anyhow::Result<()> {
        let (people, count) = self.own_certificates();
        if self.site.is_none() || count == 0 {
            return Ok(());
        }
        let index = CertificateIndex::new(self.version, count, self.own_heads());
        for (name, bytes) in index.files(people) {
            folder.put_beside(&name, bytes).await?;
        }
        Ok(())
    }

    fn annex(&self) -> Annex {
        let total: u64 = self.winners.iter().map(|won| won.tier.amount).sum();
        let decided = self.recognized;
        Annex {
            made: moment(self.announced_at),
            title: words::annex_title(&self.plan.name, self.round_name()),
            decision: print::Decision {
                number: decided.and_then(|decision| decision.number.clone()),
                date: self.decided_on(),
                issuer: decided.map(|_| self.issuer().to_owned()),
            },
            counted: if self.round.is_some() { Counted::RightAnswers } else { Counted::Points },
            winners: self.winners.iter().map(Won::line).collect(),
            total: (total > 0).then(|| format::grouped(total)),
        }
    }

    fn round_name(&self) -> Option<&str> {
        self.round.map(|round| round.name.as_str())
    }

    fn issuer(&self) -> &str {
        self.heads.issuer.as_deref().unwrap_or(&self.plan.organizer)
    }

    fn decided_on(&self) -> Option<Date> {
        self.recognized.and_then(|decision| decision.decided_on).map(date)
    }
}

impl Won<'_> {
    fn line(&self) -> Winner {
        let known = |text: String| (!text.is_empty()).then_some(text);
        Winner {
            name: self.identity.map(|identity| identity.full_name.clone()).unwrap_or_default(),
            birth_date: known(birth_date(self.identity)),
            unit: self.unit.clone(),
            score: self.score.clone(),
            prediction: self.prediction.clone(),
            duration: Some(format::minutes_and_seconds(self.duration_ms)),
            prize: self.tier.name.clone(),
            amount: (self.tier.amount > 0).then(|| format::grouped(self.tier.amount)),
        }
    }
}

fn date(day: NaiveDate) -> Date {
    let part = |part: u32| u8::try_from(part).expect("months and days are below 32");
    Date { year: day.year(), month: part(day.month()), day: part(day.day()) }
}

pub(crate) fn moment(at: Timestamp) -> Moment {
    let at = at.utc().with_timezone(&EAST);
    let part = |part: u32| u8::try_from(part).expect("hours, minutes and seconds are below 61");
    Moment { date: date(at.date_naive()), hour: part(at.hour()), minute: part(at.minute()), second: part(at.second()) }
}
