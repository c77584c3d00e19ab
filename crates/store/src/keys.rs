//! Every key of a table and every path of an object. Only checked identifiers, hexadecimal hashes and
//! fixed words become part of one.

use contest::ids::{ContestId, ContestantId, ProposalId, Pseudonym, RoundId};
use contest::organizers::Chain;
use contest::people::IdentifierKind;

/// Partition of the attempts of one shard of a round.
pub fn attempts(contest: &ContestId, round: &RoundId, shard: u16) -> String {
    format!("A#{contest}#{round}#{shard:04x}")
}

/// Sort key of one attempt.
pub fn attempt(contestant: &ContestantId, number: u16) -> String {
    format!("{contestant}#{number:05}")
}

/// Beginning of the sort keys of one contestant's attempts. The character after the code keeps `AB` from
/// matching `ABC`.
pub fn attempts_of(contestant: &ContestantId) -> String {
    format!("{contestant}#")
}

/// Reads [`attempt`] back.
pub fn parse_attempt(sort_key: &str) -> Option<(ContestantId, u16)> {
    let (contestant, number) = sort_key.rsplit_once('#')?;
    Some((ContestantId::parse(contestant).ok()?, number.parse().ok()?))
}

/// Partition of a contest's state.
pub fn contest(contest: &ContestId) -> String {
    format!("C#{contest}")
}

/// Sort key of which uploads are in force, in [`contest`].
pub const STATE: &str = "STATE";

/// Sort key of how the people of a contest lie, in [`contest`].
pub const PEOPLE: &str = "PEOPLE";

/// Sort key of what is published over a contest, in [`contest`].
pub const OVERALL: &str = "OVERALL";

/// Sort key of who looks at the figures of a round that is under way, in [`contest`].
pub fn watch_marks(round: &RoundId) -> String {
    format!("WATCH#{round}")
}

/// Sort key of a round's record, in [`round`].
pub const PHASE: &str = "PHASE";

/// Sort key of a copy of a gate, in [`gate`].
pub const GATE: &str = "G";

/// Sort key of counted tries, in [`tries`]: tells this form of the item from others.
pub const TRIES: &str = "tries";

/// Partition and sort key of an item that is never there.
pub const WARM_UP: &str = "WARM#UP";

/// Partition that lists every contest; read by sweeps and importers, never by contestants.
pub const CONTESTS: &str = "CONTESTS";

/// Partition of when functions last swept, each under its name.
pub const SWEEPS: &str = "SWEEPS";

/// Partition of a round's closing state.
pub fn round(contest: &ContestId, round: &RoundId) -> String {
    format!("R#{contest}#{round}")
}

/// Partition of one copy of a round's gate: the copy stands in the partition key, since one key value
/// takes 3 000 strong reads a second.
pub fn gate(contest: &ContestId, round: &RoundId, copy: u8) -> String {
    format!("G#{contest}#{round}#{copy:02x}")
}

/// Partition of the people of one shard. Sharded, not one partition a person, so that closing can
/// read everybody by paged queries (ADR 0003).
pub fn people(contest: &ContestId, shard: u16) -> String {
    format!("P#{contest}#{shard:04x}")
}

/// Partition of a looked-up value; `hash` is keyed, never the value itself.
pub fn lookup(contest: &ContestId, kind: IdentifierKind, hash: &str) -> String {
    format!("L#{contest}#{kind}#{hash}")
}

/// Sort key of an account in [`lookup`]: a unique value has one place, any other one for each account.
pub fn found(contestant: &ContestantId, unique: bool) -> String {
    if unique { "L".to_owned() } else { format!("L#{contestant}") }
}

/// Partition of the accounts that a contestant brought in.
pub fn referred(contest: &ContestId, referrer: &ContestantId) -> String {
    format!("F#{contest}#{referrer}")
}

/// `organizers`: partition of an organizer's account and sessions.
pub fn organizer(id: &str) -> String {
    format!("O#{id}")
}

/// Sort key of an account, in [`organizer`].
pub const ACCOUNT: &str = "ACCOUNT";

/// Sort key of a session, by the hash of its token, in [`organizer`].
pub fn session(sha256: &str) -> String {
    format!("S#{sha256}")
}

/// Reads [`session`] back.
pub fn parse_session(sort_key: &str) -> Option<&str> {
    sort_key.strip_prefix("S#")
}

/// `organizers`: partition that lists every account.
pub const ORGANIZERS: &str = "ORGANIZERS";

/// `organizers`: partition of the place under which a login is found.
pub fn login(login: &str) -> String {
    format!("L#{login}")
}

/// Sort key of an account in [`login`].
pub const LOGIN: &str = "L";

/// `organizers`: partition of an invitation, by the hash of its code.
pub fn invitation(code_sha256: &str) -> String {
    format!("I#{code_sha256}")
}

/// Sort key in [`invitation`].
pub const INVITATION: &str = "I";

/// `organizers`: partition of a ticket between two steps, by the hash of its token.
pub fn ticket(token_sha256: &str) -> String {
    format!("W#{token_sha256}")
}

/// Sort key in [`ticket`].
pub const TICKET: &str = "W";

/// `organizers`: partition of the tries counted under a keyed name.
pub fn organizer_tries(name: &str) -> String {
    format!("T#{name}")
}

/// `uploads`: a file of a contest's folder.
pub fn upload(contest: &ContestId, file: &str) -> String {
    format!("{contest}/{file}")
}

/// Beginning of the sort keys of [`upload_record`], in [`contest`].
pub const UPLOADS: &str = "FILE#";

/// Sort key of what is known of an upload by the console, in [`contest`].
pub fn upload_record(file: &str) -> String {
    format!("{UPLOADS}{file}")
}

/// Sort key of how far a log has come, in [`log`].
pub const AUDIT: &str = "AUDIT";

/// `control`: partition of how far a log has come.
pub fn log(chain: &Chain) -> String {
    format!("C#{chain}")
}

/// `control`: partition of the proposals of a contest, or of the platform.
pub fn proposals(of: &Chain) -> String {
    format!("Q#{of}")
}

/// `vault`: what a proposal would change; replaced when it is tried again.
pub fn preview(contest: &ContestId, proposal: &ProposalId) -> String {
    format!("previews/{contest}/{proposal}.json")
}

/// `vault`: an entry of a log. Written once.
pub fn audit_entry(chain: &Chain, seq: u64) -> String {
    format!("audit/{chain}/{seq:08}.json")
}

/// Partition of the tries counted under a keyed name.
pub fn tries(contest: &ContestId, hash: &str) -> String {
    format!("T#{contest}#{hash}")
}

/// `vault`: an uploaded table in its compiled form, named by its content.
pub fn compiled(contest: &ContestId, kind: &str, sha256: &str) -> String {
    format!("compiled/{contest}/{kind}-{sha256}.json")
}

/// `vault`: the text of a plan, named by its content.
pub fn plan_text(contest: &ContestId, sha256: &str) -> String {
    format!("compiled/{contest}/plan-{sha256}.toml")
}

/// `vault`: an answer key. The prefix `keys/` has grants of its own.
pub fn answer_key(contest: &ContestId, sha256: &str) -> String {
    format!("keys/{contest}/{sha256}.json")
}

/// `vault`: the kept rows of one shard.
pub fn run(contest: &ContestId, round: &RoundId, shard: u16) -> String {
    format!("runs/{contest}/{round}/{shard:04x}.bin")
}

/// `vault`: the kept people of one shard.
pub fn people_run(contest: &ContestId, round: &RoundId, shard: u16) -> String {
    format!("runs/{contest}/{round}/people-{shard:04x}.bin")
}

/// `vault`: what was kept for a round.
pub fn frozen_manifest(contest: &ContestId, round: &RoundId) -> String {
    format!("frozen/{contest}/{round}/manifest.json")
}

/// `vault`: ranked results, named by their content.
pub fn ranked(contest: &ContestId, round: &RoundId, sha256: &str) -> String {
    format!("ranked/{contest}/{round}/{sha256}.bin")
}

/// `vault`: a ledger that waits for its publication, named by its content.
pub fn ledger(contest: &ContestId, round: &RoundId, sha256: &str) -> String {
    format!("ranked/{contest}/{round}/ledger-{sha256}.jsonl")
}

/// `vault`: the last figures of a round that is under way, replaced when it is counted again.
pub fn watch_latest(contest: &ContestId, round: &RoundId) -> String {
    format!("watch/{contest}/{round}/latest.json")
}

/// `vault`: the unit of each account, for a few hours. No round's figures lie there, since theirs have one part more.
pub fn watch_people(contest: &ContestId) -> String {
    format!("watch/{contest}/people.json")
}

/// `vault`: what organizers look at once an edition of a round is ranked. Written once.
pub fn review(contest: &ContestId, round: &RoundId, edition: u32) -> String {
    format!("{}{round}/{edition}.json", reviews(contest))
}

/// `vault`: the folder of a contest's reviews.
pub fn reviews(contest: &ContestId) -> String {
    format!("reviews/{contest}/")
}

/// `site`: the list of contests.
pub const CONTESTS_INDEX: &str = "contests/index.json";

/// `site`: a contest's public description.
pub fn contest_json(contest: &ContestId) -> String {
    format!("contests/{contest}/contest.json")
}

/// `site`: something of a contest's folder, such as a picture under its content.
pub fn of_contest(contest: &ContestId, path: &str) -> String {
    format!("contests/{contest}/{path}")
}

/// `site`: how far the organizers' log has come, as it was last signed.
pub fn audit_head(contest: &ContestId) -> String {
    format!("contests/{contest}/audit.json")
}

/// `officials`: the same for each day on which it was signed.
pub fn officials_audit_head(contest: &ContestId, seq: u64) -> String {
    format!("{contest}/audit/{seq:08}.txt")
}

/// `site`: the pointer of a round.
pub fn round_index(contest: &ContestId, round: &RoundId) -> String {
    format!("contests/{contest}/rounds/{round}/index.json")
}

/// `site`: a file of a published version.
pub fn version_file(contest: &ContestId, round: &RoundId, version: u32, file: &str) -> String {
    format!("contests/{contest}/rounds/{round}/v{version}/{file}")
}

/// `site`: the contest of which a round's pointer, or that of the results over it, stands at a path; none at any other
/// path.
pub fn contest_of_pointer(path: &str) -> Option<ContestId> {
    let (contest, place) = path.strip_prefix("contests/")?.strip_suffix("/index.json")?.split_once('/')?;
    let is_pointer = place == "overall" || place.strip_prefix("rounds/").is_some_and(|round| !round.contains('/'));
    ContestId::parse(contest).ok().filter(|_| is_pointer)
}

/// `site`: how a contest stands over the rounds published so far.
pub fn standings(contest: &ContestId) -> String {
    format!("contests/{contest}/standings.json")
}

/// `site`: the pointer of the results over a contest.
pub fn overall_index(contest: &ContestId) -> String {
    format!("contests/{contest}/overall/index.json")
}

/// `site`: a file of a published version of the results over a contest.
pub fn overall_file(contest: &ContestId, version: u32, file: &str) -> String {
    format!("contests/{contest}/overall/v{version}/{file}")
}

/// `officials`: a file of a published version of the results over a contest.
pub fn officials_overall_file(contest: &ContestId, version: u32, file: &str) -> String {
    format!("{contest}/overall/v{version}/{file}")
}

/// `officials`: a file of a published version.
pub fn officials_file(contest: &ContestId, round: &RoundId, version: u32, file: &str) -> String {
    format!("{contest}/rounds/{round}/v{version}/{file}")
}

/// `officials`: a file about a whole contest, replaced when it changes.
pub fn officials_contest_file(contest: &ContestId, file: &str) -> String {
    format!("{contest}/{file}")
}

/// `officials`: the folder of a published version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionFolder {
    pub contest: ContestId,
    /// None over the contest.
    pub round: Option<RoundId>,
    pub version: u32,
}

impl VersionFolder {
    /// A file in it.
    pub fn file(&self, file: &str) -> String {
        match &self.round {
            Some(round) => officials_file(&self.contest, round, self.version, file),
            None => officials_overall_file(&self.contest, self.version, file),
        }
    }
}

/// `officials`: a certificate that somebody wishes to have, asked for once in so many minutes. No contest is called as the
/// folder is, and what lies in it is forgotten the next day: a wish that is lost is made again by whoever waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Of which version.
    pub of: VersionFolder,
    /// Whose.
    pub pseudonym: Pseudonym,
    /// Which of theirs: hexadecimal digits.
    pub certificate: String,
}

impl Wish {
    /// Where wishes lie.
    pub const FOLDER: &str = "_wishes/";

    /// Where it lies. Wishes of the same `turn` are one.
    pub fn path(&self, turn: i64) -> String {
        let Self { pseudonym, certificate, .. } = self;
        format!("{}{}", Self::FOLDER, self.of.file(&format!("{pseudonym}/{certificate}/{turn}")))
    }

    /// Reads [`Self::path`] back.
    pub fn parse(path: &str) -> Option<Self> {
        let parts: Vec<&str> = path.strip_prefix(Self::FOLDER)?.split('/').collect();
        let (contest, round, [version, pseudonym, certificate, turn]) = match parts[..] {
            [contest, "rounds", round, version, of, which, turn] => (contest, Some(round), [version, of, which, turn]),
            [contest, "overall", version, of, which, turn] => (contest, None, [version, of, which, turn]),
            _ => return None,
        };
        let of = VersionFolder {
            contest: ContestId::parse(contest).ok()?,
            round: round.map(RoundId::parse).transpose().ok()?,
            version: version.strip_prefix('v')?.parse().ok()?,
        };
        let wish = Self { of, pseudonym: Pseudonym::parse(pseudonym).ok()?, certificate: certificate.to_owned() };
        (wish.path(turn.parse().ok()?) == path).then_some(wish)
    }
}

/// `officials`: the report on an upload; `file` is one of the names that an importer knows.
pub fn import_report(contest: &ContestId, file: &str) -> String {
    format!("{contest}/imports/{file}.report.json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pointers_name_a_contest() {
        let (contest, round) = (ContestId::parse("thi-thu").unwrap(), RoundId::parse("tuan-1").unwrap());
        assert_eq!(contest_of_pointer(&round_index(&contest, &round)), Some(contest.clone()));
        assert_eq!(contest_of_pointer(&overall_index(&contest)), Some(contest.clone()));
        let other = [
            CONTESTS_INDEX.to_owned(),
            "contests/thi-thu/index.json".to_owned(),
            version_file(&contest, &round, 1, "ranking/index.json"),
            contest_json(&contest),
            "contests/THI/overall/index.json".to_owned(),
        ];
        assert_eq!(other.map(|path| contest_of_pointer(&path)), [const { None }; 5]);
    }

    #[test]
    fn wishes_are_read_back_and_nothing_else_is_one() {
        let contest = ContestId::parse("thi-thu").unwrap();
        let wish = Wish {
            of: VersionFolder { contest, round: Some(RoundId::parse("tuan-1").unwrap()), version: 12 },
            pseudonym: Pseudonym::parse("abcdefghijklmnop").unwrap(),
            certificate: "70878b7af9ede037".to_owned(),
        };
        let path = "_wishes/thi-thu/rounds/tuan-1/v12/abcdefghijklmnop/70878b7af9ede037/2730";
        assert_eq!(wish.path(2_730), path);
        assert_eq!(Wish::parse(path), Some(wish.clone()));
        let over = Wish { of: VersionFolder { round: None, ..wish.of.clone() }, ..wish };
        assert_eq!(over.path(-1), "_wishes/thi-thu/overall/v12/abcdefghijklmnop/70878b7af9ede037/-1");
        assert_eq!(Wish::parse(&over.path(-1)), Some(over.clone()));
        assert_eq!(over.of.file("certificates.pdf"), "thi-thu/overall/v12/certificates.pdf");
        assert_eq!(ContestId::parse("_wishes").ok(), None);
        for other in [
            &path["_wishes/".len()..],
            "_wishes/thi-thu/rounds/tuan-1/v12/abcdefghijklmnop/70878b7af9ede037",
            "_wishes/thi-thu/rounds/tuan-1/v012/abcdefghijklmnop/70878b7af9ede037/1",
            "_wishes/thi-thu/rounds/tuan-1/v12/ABCDEFGHIJKLMNOP/70878b7af9ede037/1",
            "_wishes/THI/overall/v1/abcdefghijklmnop/70878b7af9ede037/1",
        ] {
            assert_eq!(Wish::parse(other), None, "{other}");
        }
    }

    #[test]
    fn attempts_sort_by_contestant_then_number_and_are_read_back() {
        let person = ContestantId::parse("AB-12").unwrap();
        let keys: Vec<String> = [1, 2, 10, u16::MAX].map(|n| attempt(&person, n)).to_vec();
        assert!(keys.is_sorted());
        assert_eq!(parse_attempt(&keys[2]), Some((person.clone(), 10)));
        assert!(keys.iter().all(|key| key.starts_with(&attempts_of(&person))));
        let longer = ContestantId::parse("AB-123").unwrap();
        assert!(!attempt(&longer, 1).starts_with(&attempts_of(&person)));
    }
}
