//! One upload: judged whole, then put in force by one conditional write, then reported.

use crate::change_limits::{self, Stage};
use crate::cross_check::{cross_check, resolve};
use crate::event::Upload;
use crate::folder::{BankOutline, Content, Folder, Role, bank_names, is_of_file, read};
use crate::name::Named;
use crate::readers::bounds::MAX_FILE_BYTES;
use crate::tables::Reading;
use crate::verdict::Verdict;
use crate::{App, spread};
use anyhow::{Context, bail};
use contest::bank::Bank;
use contest::ids::{ContestId, ContestantId};
use contest::people::IdentifierKind;
use contest::plan::Plan;
use contest::problem::{Problem, ProblemKind};
use contest::seal::{Purpose, key_commitment, keyed, sha256_hex};
use contest::text::search_key;
use contest::time::{Timestamp, local_date};
use contest::units::UnitTree;
use data_encoding::{BASE32_NOPAD, HEXLOWER};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::{
    BankRef, ContestState, ExcludedPerson, ObjectRef, RosterPerson, StoreError, StoredBank, StoredExcluded, StoredKey,
    StoredReveals, StoredRoster, StoredUnits, TopicCount, keys,
};

/// How often an upload is judged again because another one was accepted meanwhile.
const TRIES: u32 = 8;

/// Compiled forms that are written only once nothing is left to refuse.
#[derive(Default)]
struct Drafts {
    objects: Vec<(String, Vec<u8>)>,
    answer_keys: Vec<(String, Vec<u8>)>,
}

impl Drafts {
    fn put(&mut self, upload: &Upload, kind: &str, value: &impl Serialize) -> anyhow::Result<ObjectRef> {
        let json = serde_json::to_vec(value).with_context(|| format!("cannot write {kind}"))?;
        let sha256 = sha256_hex(&json);
        let path = keys::compiled(&upload.contest, kind, &sha256);
        self.objects.push((path.clone(), json));
        Ok(ObjectRef { path, sha256 })
    }

    async fn write(self, app: &App) -> anyhow::Result<()> {
        for (bucket, objects) in [(&app.answer_keys, self.answer_keys), (&app.vault, self.objects)] {
            for (path, bytes) in objects {
                bucket.put_named(&path, bytes).await.with_context(|| format!("cannot write {path}"))?;
            }
        }
        Ok(())
    }
}

/// A file that would put other uploads in force.
struct Change<'a> {
    upload: &'a Upload,
    content: &'a Content,
    from: &'a ContestState,
    to: &'a ContestState,
    folder: &'a Folder,
}

impl App {
    /// Imports one upload; returns what became of it.
    pub(crate) async fn import(&self, upload: &Upload, now: Timestamp) -> anyhow::Result<String> {
        let Some(newest) = self.uploads.head(&upload.key()).await? else { return Ok("deleted meanwhile".to_owned()) };
        // Events may come late and twice. An older version must not undo a newer one, whose own event
        // brings it.
        let known = (&upload.version, &newest.version);
        let older = match known {
            (Some(own), Some(newest)) => own != newest,
            _ => upload.tag.as_ref().is_some_and(|tag| *tag != newest.tag),
        };
        if older {
            return Ok("a newer version is there".to_owned());
        }
        let verdict = match Named::of(&upload.file) {
            Named::Refused(kind) => Verdict::refused(kind),
            Named::Ignored => Verdict::ignored(),
            Named::Role(_) if newest.size > MAX_FILE_BYTES => {
                Verdict::refused(ProblemKind::FileTooLarge { most: MAX_FILE_BYTES })
            }
            Named::Role(role) => {
                let bytes = self.uploads.get_upload(&upload.key(), upload.version.as_deref(), MAX_FILE_BYTES).await?;
                let Some(bytes) = bytes else { return Ok("deleted meanwhile".to_owned()) };
                self.judge_and_accept(upload, role, &bytes, now).await?
            }
        };
        self.report(upload, &verdict).await?;
        let outcome = if verdict.errors.is_empty() { "accepted" } else { "rejected" };
        let (errors, warnings) = (verdict.errors.len(), verdict.warnings.len());
        Ok(format!("{outcome}, {} rows, {errors} errors, {warnings} warnings", verdict.rows))
    }

    async fn judge_and_accept(
        &self,
        upload: &Upload,
        role: Role,
        bytes: &[u8],
        now: Timestamp,
    ) -> anyhow::Result<Verdict> {
        let today = local_date(now, chrono_tz::Asia::Ho_Chi_Minh);
        let Reading { content, draft, rows, errors, warnings, .. } = read(role, bytes, today);
        let Some(content) = content else {
            let mut verdict = Verdict { rows, errors, warnings };
            if let Some(draft) = draft {
                let state = self.control.state(&upload.contest).await?.unwrap_or_default();
                let (folder, _) = self.folder(&state, role).await?;
                let found = cross_check(None, &folder, &upload.file, &draft);
                verdict.errors.extend(found.errors);
                verdict.warnings.extend(found.warnings);
            }
            return Ok(verdict);
        };
        for _ in 0..TRIES {
            let state = self.control.state(&upload.contest).await?.unwrap_or_default();
            let (folder, plan) = self.folder(&state, role).await?;
            let known = self.is_known(&upload.contest).await?;
            let begun = known && plan.as_ref().is_some_and(|plan| now >= plan.opens());
            let content = match &content {
                Content::Units(tree) if begun => {
                    &Content::Units(tree.clone().added_to(folder.units.as_ref().unwrap_or(&UnitTree::default()), now))
                }
                content => content,
            };
            let mut verdict = Verdict { rows, errors: errors.clone(), warnings: warnings.clone() };
            let found = cross_check(Some(&upload.contest), &folder, &upload.file, content);
            verdict.errors.extend(found.errors);
            verdict.warnings.extend(found.warnings);
            if !verdict.errors.is_empty() {
                return Ok(verdict);
            }
            let mut drafts = Drafts::default();
            let compiled = self.compile(upload, bytes, content, &state, &folder, &mut drafts).await?;
            match plan.as_ref().filter(|_| known) {
                Some(plan) => {
                    let change = Change { upload, content, from: &state, to: &compiled, folder: &folder };
                    verdict.errors.extend(self.refused_change(&change, plan, now).await?);
                }
                None => verdict.warnings.extend(past(content, now)),
            }
            if !verdict.errors.is_empty() {
                return Ok(verdict);
            }
            drafts.write(self).await?;
            let changed = compiled != state;
            if changed {
                if state.version == 0 {
                    self.control.insert_people_shards(&upload.contest, spread::OF_PEOPLE).await?;
                }
                let next = ContestState { version: state.version + 1, ..compiled };
                match self.control.advance_state(&upload.contest, &next).await {
                    Ok(()) => {}
                    Err(StoreError::Raced { .. }) => continue,
                    Err(fault) => return Err(fault.into()),
                }
            }
            self.apply_schedules(&upload.contest, plan.as_ref(), now).await?;
            return Ok(verdict);
        }
        bail!("other uploads to {} were always faster", upload.contest)
    }

    /// What is in force, as far as other files are judged against it.
    async fn folder(&self, state: &ContestState, role: Role) -> anyhow::Result<(Folder, Option<Plan>)> {
        let plan = state.load_plan(&self.vault).await?;
        let units = match state.units {
            Some(_) => Some(state.load_units(&self.vault).await?),
            None => None,
        };
        let roster = match state.roster {
            Some(_) => Some(state.load_roster(&self.vault).await?.people.into_iter().map(|p| (None, p.unit)).collect()),
            None => None,
        };
        let mut banks = BTreeMap::new();
        // Nothing else is judged against questions.
        if matches!(role, Role::Plan | Role::Bank(_)) {
            for (name, bank) in &state.banks {
                let questions = self.vault.referred_json::<StoredBank>(&bank.questions).await?.questions()?;
                banks.insert(name.clone(), BankOutline::of(&questions));
            }
        }
        Ok((Folder { plan: plan.clone(), units, roster, banks }, plan))
    }

    /// Whether people may know of the contest: a plan whose rounds were all over when it came is kept, and
    /// shown to nobody.
    pub(crate) async fn is_known(&self, contest: &ContestId) -> anyhow::Result<bool> {
        Ok(self.site.get(&keys::contest_json(contest)).await?.is_some())
    }

    async fn has_contestants(&self, plan: &Plan, now: Timestamp) -> anyhow::Result<bool> {
        if now < plan.registration.opens {
            return Ok(false);
        }
        let shards = self.control.people_shards(&plan.id).await?;
        Ok(self.people.has_any(&plan.id, shards).await?)
    }

    /// What may not change any more of a contest with this plan in force.
    async fn refused_change(&self, change: &Change<'_>, plan: &Plan, now: Timestamp) -> anyhow::Result<Vec<Problem>> {
        let Change { upload, content, from, to, folder } = change;
        if from == to {
            return Ok(Vec::new());
        }
        let stage = Stage::of(plan, self.has_contestants(plan, now).await?, now);
        Ok(match content {
            Content::Plan { plan: new, text } => change_limits::plan(plan, new, text, stage, now),
            Content::Bank(_) => {
                let names: BTreeSet<&String> = from.banks.keys().chain(to.banks.keys()).collect();
                let changed = names.into_iter().filter(|name| from.banks.get(*name) != to.banks.get(*name));
                let fault = |name: &String| change_limits::bank(plan, name, from.banks.contains_key(name), now);
                changed.flat_map(fault).collect()
            }
            Content::Units(new) => {
                folder.units.as_ref().map_or_else(Vec::new, |old| change_limits::units(old, new, stage))
            }
            Content::Roster(lines) => {
                let (old, new) =
                    (from.load_roster(&self.vault).await?, self.roster(upload, content, folder.units.as_ref())?);
                change_limits::roster(&old.people, &new.people, lines, stage)
            }
            Content::Excluded(_) => change_limits::excluded(stage),
            Content::Reveals(lines) => change_limits::reveals(plan, lines, now),
        })
    }

    /// Drafts the compiled form for the vault, where nothing refers to it yet, and returns the state in
    /// which it would be in force.
    async fn compile(
        &self,
        upload: &Upload,
        bytes: &[u8],
        content: &Content,
        state: &ContestState,
        folder: &Folder,
        drafts: &mut Drafts,
    ) -> anyhow::Result<ContestState> {
        let mut next = state.clone();
        match content {
            Content::Plan { text, .. } => {
                let sha256 = sha256_hex(text.as_bytes());
                let path = keys::plan_text(&upload.contest, &sha256);
                drafts.objects.push((path.clone(), text.clone().into_bytes()));
                next.plan = Some(ObjectRef { path, sha256 });
            }
            Content::Bank(tables) => {
                next.banks.retain(|name, _| !is_of_file(name, &upload.file));
                let secret = self.secrets.of_contest(&upload.contest).derive(Purpose::Nonce);
                // Of the same file the same nonce, so that importing it again changes nothing, and no two
                // commitments to one key ever stand beside each other.
                let of_file = keyed(&secret, &[&sha256_hex(bytes)]);
                for (name, table) in bank_names(&upload.file, tables) {
                    let nonce = if tables.len() == 1 { of_file } else { nonce_of_sheet(&secret, &table.bank)? };
                    next.banks.insert(name, put_bank(upload, &nonce, &table.bank, drafts)?);
                }
            }
            Content::Units(tree) => {
                next.units = Some(drafts.put(upload, "units", &StoredUnits::of(tree))?);
                if state.roster.is_some() {
                    let mut roster = state.load_roster(&self.vault).await?;
                    roster.people.iter_mut().for_each(|person| person.unit = code_of(Some(tree), &person.unit));
                    next.roster = Some(drafts.put(upload, "roster", &roster)?);
                }
            }
            Content::Roster(_) => {
                let roster = self.roster(upload, content, folder.units.as_ref())?;
                next.roster = Some(drafts.put(upload, "roster", &roster)?);
            }
            Content::Excluded(lines) => {
                let keys = self.secrets.of_contest(&upload.contest);
                let person = |line: &crate::tables::people::ExcludedLine| ExcludedPerson {
                    citizen_id: line.citizen_id.as_ref().map(|id| IdentifierKind::CitizenId.hash(&keys, id.as_str())),
                    phone: line.phone.as_ref().map(|phone| IdentifierKind::Phone.hash(&keys, phone.e164())),
                };
                let stored = StoredExcluded { people: lines.iter().map(person).collect() };
                next.excluded = Some(drafts.put(upload, "excluded", &stored)?);
            }
            Content::Reveals(lines) => {
                let shown = lines.iter().map(|line| (line.round.to_string(), HEXLOWER.encode(&line.value)));
                next.reveals = Some(drafts.put(upload, "reveals", &StoredReveals { values: shown.collect() })?);
            }
        }
        Ok(next)
    }

    /// The stored roster; people without a code get one that follows from who they are.
    fn roster(&self, upload: &Upload, content: &Content, units: Option<&UnitTree>) -> anyhow::Result<StoredRoster> {
        let Content::Roster(lines) = content else { return Ok(StoredRoster::default()) };
        let keys = self.secrets.of_contest(&upload.contest);
        let secret = keys.derive(Purpose::RosterCode);
        let mut namesakes: HashMap<String, u32> = HashMap::new();
        let mut people = Vec::with_capacity(lines.len());
        for line in lines {
            let name_key = search_key(line.full_name.as_str());
            let birth_date = line.birth_date.date().to_string();
            let code = match &line.code {
                Some(code) => code.clone(),
                None => {
                    let identity = format!("{name_key}\n{birth_date}\n{}", line.unit);
                    let nth = namesakes.entry(identity.clone()).and_modify(|n| *n += 1).or_insert(1);
                    let mac = keyed(&secret, &[&identity, &nth.to_string()]);
                    // 50 bits, ten characters: more than anyone can try.
                    ContestantId::parse(&BASE32_NOPAD.encode(&mac[..7])[..10])?
                }
            };
            people.push(RosterPerson {
                code: code.to_string(),
                is_code_printed: line.code.is_some(),
                toned_key: Some(contest::text::name_key(line.full_name.as_str())),
                name_key,
                birth_date,
                citizen_id: line.citizen_id.as_ref().map(|id| IdentifierKind::CitizenId.hash(&keys, id.as_str())),
                phone: line.phone.as_ref().map(|phone| IdentifierKind::Phone.hash(&keys, phone.e164())),
                unit: code_of(units, &line.unit),
            });
        }
        Ok(StoredRoster { people })
    }

    async fn report(&self, upload: &Upload, verdict: &Verdict) -> anyhow::Result<()> {
        let report = verdict.report(&upload.file, upload.version.clone());
        let path = keys::import_report(&upload.contest, &upload.report_name());
        self.officials.put(&path, report.to_json()).await.context("cannot write the report")
    }
}

/// Warnings about a plan that nobody has heard of before.
fn past(content: &Content, now: Timestamp) -> Vec<Problem> {
    match content {
        Content::Plan { plan, text } => change_limits::past(plan, text, now),
        _ => Vec::new(),
    }
}

/// The code of the unit that a roster means; until the units arrive, what it says.
fn code_of(units: Option<&UnitTree>, written: &str) -> String {
    units.and_then(|tree| resolve(tree, written).ok()).map_or_else(|| written.to_owned(), |code| code.to_string())
}

/// The nonce of one of several banks of a file: it follows from this bank alone, so that opening its
/// commitment opens no other, and another sheet may change while its round is ahead.
fn nonce_of_sheet(secret: &[u8; 32], bank: &Bank) -> anyhow::Result<[u8; 32]> {
    let questions = serde_json::to_vec(&StoredBank::of(&bank.questions)).context("cannot write a bank")?;
    let key = serde_json::to_vec(&StoredKey::of(&[0; 32], &bank.key, &bank.notes)).context("cannot write a key")?;
    Ok(keyed(secret, &["sheet", &sha256_hex(&questions), &sha256_hex(&key)]))
}

fn put_bank(upload: &Upload, nonce: &[u8; 32], bank: &Bank, drafts: &mut Drafts) -> anyhow::Result<BankRef> {
    let stored = StoredKey::of(nonce, &bank.key, &bank.notes);
    let json = serde_json::to_vec(&stored).context("cannot write an answer key")?;
    let sha256 = sha256_hex(&json);
    let path = keys::answer_key(&upload.contest, &sha256);
    drafts.answer_keys.push((path.clone(), json));
    let topics = BankOutline::of(&bank.questions).topics.into_iter();
    Ok(BankRef {
        questions: drafts.put(upload, "bank", &StoredBank::of(&bank.questions))?,
        key: ObjectRef { path, sha256 },
        key_commitment: HEXLOWER.encode(&key_commitment(nonce, &bank.key)),
        question_count: u32::try_from(bank.questions.len()).context("a bank of many questions")?,
        topics: topics
            .map(|(topic, count)| Ok(TopicCount { topic, count: u32::try_from(count)? }))
            .collect::<anyhow::Result<_>>()?,
    })
}
