//! One upload: judged whole, then put in force by one conditional write, then reported.

use crate::event::Upload;
use crate::folder::{BankOutline, Folder};
use crate::in_force::{Change, Compiled, InForce, Stage};
use crate::name::Named;
use crate::readers::bounds::MAX_FILE_BYTES;
use crate::roles::{Content, Role};
use crate::verdict::Verdict;
use crate::{App, spread};
use anyhow::{Context, bail};
use contest::announcing::{Announcing, may_be_public};
use contest::decision::Decision;
use contest::ids::{ContestId, ContestantId, Pseudonym};
use contest::plan::Plan;
use contest::problem::ProblemKind;
use contest::time::{Timestamp, local_date};
use documents::report::ImportReport;
use std::collections::BTreeMap;
use store::{ContestState, Head, StoreError, StoredBank, StoredDecisions, keys};

/// How often an upload is judged again because another one was accepted meanwhile.
const TRIES: u32 = 8;

/// What is said of a file, and what it would put in force; nothing where it is refused.
struct Judged {
    verdict: Verdict,
    from: InForce,
    to: Option<Compiled>,
}

/// A table of decisions that was tried.
#[derive(Debug)]
pub struct TriedDecisions {
    /// What would be said of it.
    pub report: ImportReport,
    /// What it would put in force, besides what is.
    pub decisions: Vec<Decision>,
}

impl App {
    /// Imports what an event is about; returns what became of it.
    ///
    /// Events may come late, twice, and while another run is at work on another version of the file: whichever event it is,
    /// the newest version is judged, so that no older one undoes it or has the last word in the report.
    pub(crate) async fn import(&self, upload: &Upload, now: Timestamp) -> anyhow::Result<String> {
        for _ in 0..TRIES {
            let Some(newest) = self.newest(upload).await? else { return Ok("deleted meanwhile".to_owned()) };
            let Some(verdict) = self.accept(&newest, now).await? else { continue };
            self.report(&newest, &verdict).await?;
            // One that came meanwhile may have been reported before this one was.
            if self.is_newest(&newest).await? {
                let outcome = if verdict.errors.is_empty() { "accepted" } else { "rejected" };
                let (errors, warnings) = (verdict.errors.len(), verdict.warnings.len());
                return Ok(format!("{outcome}, {} rows, {errors} errors, {warnings} warnings", verdict.rows));
            }
        }
        bail!("newer versions of {upload} were always faster")
    }

    /// The version that stands there now; `None` where nothing does.
    async fn newest(&self, upload: &Upload) -> anyhow::Result<Option<Upload>> {
        let head = self.uploads.head(&upload.key()).await?;
        Ok(head.map(|Head { size, tag, version }| Upload { version, size, tag: Some(tag), ..upload.clone() }))
    }

    async fn is_newest(&self, upload: &Upload) -> anyhow::Result<bool> {
        let newest = self.newest(upload).await?;
        Ok(newest.is_none_or(|newest| match (&upload.version, &newest.version) {
            (Some(own), Some(newest)) => own == newest,
            _ => upload.tag == newest.tag,
        }))
    }

    /// Judges a version by itself and against what is in force, and puts it in force where nothing speaks against it;
    /// `None` where it is not the newest any more.
    async fn accept(&self, upload: &Upload, now: Timestamp) -> anyhow::Result<Option<Verdict>> {
        let role = match Named::of(&upload.file) {
            Named::Refused(kind) => return Ok(Some(Verdict::refused(kind))),
            Named::Ignored => return Ok(Some(Verdict::ignored())),
            Named::Role(_) if upload.size > MAX_FILE_BYTES => {
                return Ok(Some(Verdict::refused(ProblemKind::FileTooLarge { most: MAX_FILE_BYTES })));
            }
            Named::Role(role) => role,
        };
        let bytes = self.uploads.get_upload(&upload.key(), upload.version.as_deref(), MAX_FILE_BYTES).await?;
        let Some(bytes) = bytes else { return Ok(None) };
        let today = local_date(now, chrono_tz::Asia::Ho_Chi_Minh);
        let (content, read) = role.read(&upload.file, &bytes, today);
        let Some(content) = content else { return Ok(Some(read)) };
        for _ in 0..TRIES {
            let Judged { verdict, from, to } = self.judge(&upload.contest, role, content.as_ref(), &read, now).await?;
            let Some(to) = to else { return Ok(Some(verdict)) };
            // Asked after the state was read: a newer version that comes in force from now on has changed it by then.
            if !self.is_newest(upload).await? {
                return Ok(None);
            }
            if self.put_in_force(&from, to).await? {
                self.apply_schedules(&upload.contest, from.folder.plan.as_ref(), now).await?;
                return Ok(Some(verdict));
            }
        }
        bail!("other uploads to {} were always faster", upload.contest)
    }

    /// Judges what was read of a file against what is in force.
    async fn judge(
        &self,
        contest: &ContestId,
        role: Role,
        content: &dyn Content,
        read: &Verdict,
        now: Timestamp,
    ) -> anyhow::Result<Judged> {
        let mut from = self.in_force(contest, role, now).await?;
        let is_judged = from.folder.plan.is_some() && content.follows_rounds();
        let stage = from.stage.or(is_judged.then_some(Stage::Planned));
        if stage.is_some() {
            from.folder.accounts = Some(self.accounts(&from, &content.contestants()).await?);
        }
        let mut verdict = read.clone();
        content.cross_check(&from.folder, &mut verdict);
        if !verdict.errors.is_empty() {
            return Ok(Judged { verdict, from, to: None });
        }
        let mut to = Compiled::of(&from);
        content.compile(&from, &mut to)?;
        if from.stage.is_none() {
            // It becomes public with the upload that it lacked, and the moment that it waits for may have passed.
            let plan = content.plan().or(from.folder.plan.as_ref());
            let is_due = |plan: &Plan| may_be_public(plan, to.state.accepted(plan), now) == Announcing::Due;
            to.state.is_public = Some(plan.is_some_and(is_due));
        }
        match (&from.folder.plan, stage) {
            (Some(plan), Some(stage)) if to.state != from.state => {
                let change = Change { plan, stage, from: &from, to: &to.state };
                verdict.errors.extend(content.refused_change(&change));
            }
            (Some(_), Some(_)) => {}
            (None, _) | (_, None) => verdict.warnings.extend(content.past(now)),
        }
        let to = verdict.errors.is_empty().then_some(to);
        Ok(Judged { verdict, from, to })
    }

    /// Judges a table of decisions as if it were uploaded, and writes nothing.
    ///
    /// # Errors
    /// Where the file is no such table by its name, or the contest cannot be read.
    pub async fn try_decisions(
        &self,
        contest: &ContestId,
        file: &str,
        bytes: &[u8],
        now: Timestamp,
    ) -> anyhow::Result<TriedDecisions> {
        let role = Role::of(file).filter(|role| matches!(role, Role::Adjudications(_)));
        let role = role.with_context(|| format!("{file} is no table of decisions"))?;
        let (content, read) = role.read(file, bytes, local_date(now, chrono_tz::Asia::Ho_Chi_Minh));
        let Some(content) = content else {
            return Ok(TriedDecisions { report: read.report(file, None), decisions: Vec::new() });
        };
        let Judged { verdict, from, to } = self.judge(contest, role, content.as_ref(), &read, now).await?;
        let compiled = to.as_ref().and_then(|to| to.objects.first());
        let decisions = match compiled {
            Some((_, json)) => serde_json::from_slice::<StoredDecisions>(json)?.decisions()?,
            None => Vec::new(),
        };
        let decisions = decisions.into_iter().skip(from.decisions.len()).collect();
        Ok(TriedDecisions { report: verdict.report(file, None), decisions })
    }

    /// Writes what was compiled, then the state that names it; `false` where another upload was accepted meanwhile.
    async fn put_in_force(&self, from: &InForce, to: Compiled) -> anyhow::Result<bool> {
        for (bucket, objects) in
            [(&self.answer_keys, to.answer_keys), (&self.vault, to.objects), (&self.site, to.on_site)]
        {
            for (path, bytes) in objects {
                bucket.put_named(&path, bytes).await.with_context(|| format!("cannot write {path}"))?;
            }
        }
        if to.state == from.state {
            return Ok(true);
        }
        if from.state.version == 0 {
            self.control.insert_people_shards(&from.contest, spread::OF_PEOPLE).await?;
        }
        let next = ContestState { version: from.state.version + 1, ..to.state };
        match self.control.advance_state(&from.contest, &next).await {
            Ok(()) => Ok(true),
            Err(StoreError::Raced { .. }) => Ok(false),
            Err(fault) => Err(fault.into()),
        }
    }

    /// What is in force, as far as a file of this role must know.
    async fn in_force(&self, contest: &ContestId, role: Role, now: Timestamp) -> anyhow::Result<InForce> {
        let state = self.control.state(contest).await?.unwrap_or_default();
        let plan = state.load_plan(&self.vault).await?;
        let units = match state.units {
            Some(_) => Some(state.load_units(&self.vault).await?),
            None => None,
        };
        let roster = state.load_roster(&self.vault).await?;
        let decisions = state.load_decisions(&self.vault).await?;
        let named = || roster.people.iter().map(|person| (None, person.unit.clone())).collect();
        let mut banks = BTreeMap::new();
        if role.needs_banks() {
            for (name, bank) in &state.banks {
                let questions = self.vault.referred_json::<StoredBank>(&bank.questions).await?.questions()?;
                banks.insert(name.clone(), BankOutline::of(&questions));
            }
        }
        let stage = match &plan {
            Some(plan) => self.stage(plan, &state, now).await?,
            None => None,
        };
        let named_units = state.roster.is_some().then(named);
        let pictures = state.pictures.keys().cloned().collect();
        // What is wrong with the plan where units come is told with its line.
        let plan_text = match &state.plan {
            Some(object) if matches!(role, Role::Units(_)) => {
                Some(String::from_utf8(self.vault.referred(object).await?).context("a plan that is no text")?)
            }
            _ => None,
        };
        let folder = Folder {
            contest: Some(contest.clone()),
            plan,
            plan_text,
            units,
            roster: named_units,
            banks,
            pictures,
            accounts: None,
        };
        let keys = self.secrets.of_contest(contest);
        Ok(InForce { contest: contest.clone(), keys, state, folder, roster, decisions, stage, now })
    }

    /// Those of some people who have an account. Officials know people by their public names, which lead back to nobody:
    /// where one is written, everybody is looked through.
    async fn accounts(
        &self,
        from: &InForce,
        people: &[&ContestantId],
    ) -> anyhow::Result<BTreeMap<ContestantId, ContestantId>> {
        let (mut found, mut others) = (BTreeMap::new(), BTreeMap::new());
        if people.is_empty() {
            return Ok(found);
        }
        let shards = self.control.people_shards(&from.contest).await?;
        // Whom a decision in force names stays known, whether or not the account is still there.
        let named: Vec<&ContestantId> =
            from.decisions.iter().flat_map(|d| &d.changes).filter_map(|change| change.action.contestant()).collect();
        for &code in &named {
            let public = ContestantId::parse(&from.keys.pseudonym(code).as_str().to_uppercase());
            found.extend([Ok(code.clone()), public].into_iter().flatten().map(|written| (written, code.clone())));
        }
        for &written in people {
            let shard = from.keys.shard(written, shards);
            if found.contains_key(written) {
                continue;
            }
            if self.people.profile(&from.contest, shard, written).await?.is_some() {
                found.insert(written.clone(), written.clone());
            } else if let Ok(pseudonym) = Pseudonym::parse(&written.as_str().to_lowercase()) {
                others.insert(pseudonym, written);
            }
        }
        for shard in (0..shards).filter(|_| !others.is_empty()) {
            for (code, _) in self.people.query_shard(&from.contest, shard).await? {
                if let Some(&written) = others.get(&from.keys.pseudonym(&code)) {
                    found.insert(written.clone(), code);
                }
            }
        }
        Ok(found)
    }

    async fn stage(&self, plan: &Plan, state: &ContestState, now: Timestamp) -> anyhow::Result<Option<Stage>> {
        if !self.is_known(&plan.id, state).await? {
            return Ok(None);
        }
        let may_register = now >= plan.registration.opens;
        Ok(Some(if now >= plan.opens() {
            Stage::Begun
        } else if may_register && self.people.has_any(&plan.id, self.control.people_shards(&plan.id).await?).await? {
            Stage::Registered
        } else {
            Stage::Planned
        }))
    }

    /// Whether people may know of the contest. One that is not complete, or whose rounds were all over when it came, is
    /// kept and shown to nobody.
    pub(crate) async fn is_known(&self, contest: &ContestId, state: &ContestState) -> anyhow::Result<bool> {
        match state.is_public {
            Some(is_public) => Ok(is_public),
            None => Ok(self.site.get(&keys::contest_json(contest)).await?.is_some()),
        }
    }

    async fn report(&self, upload: &Upload, verdict: &Verdict) -> anyhow::Result<()> {
        let report = verdict.report(&upload.file, upload.version.clone());
        let path = keys::import_report(&upload.contest, &upload.report_name());
        self.officials.put(&path, report.to_json()).await.context("cannot write the report")
    }
}
