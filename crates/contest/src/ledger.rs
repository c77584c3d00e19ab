//! The public ledger of a round: one line for each accepted attempt, under a Merkle tree whose root is
//! signed (`RELIABILITY.md` 4.4).
//!
//! Leaves are facts fixed at acceptance. A disqualification or another key belongs to a version of the
//! results, never to a leaf, so every version of a round has the same ledger and the same root.

use crate::attempt::Attempt;
use crate::bank::PublicQuestion;
use crate::ids::{ContestId, RoundId, UnitCode};
use crate::paper::Paper;
use crate::plan::{Plan, Round};
use crate::seal::{ContestKeys, SealedSubmission};
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use data_encoding::BASE64;
use sha2::Sha256;

/// Units with fewer people on the ledger than this are left out of its lines: one of four people is
/// soon told by the hour of the submission.
pub const LEAST_PEOPLE_OF_A_UNIT: usize = 5;

/// Where the functions take the facts of a submission from, for its receipt and, weeks later and in another process,
/// for the ledger: the receipt opens the ledger's line only if both have the same bytes.
#[derive(Clone, Copy)]
pub struct Sealing<'a> {
    /// The contest.
    pub plan: &'a Plan,
    /// The round.
    pub round: &'a Round,
    /// Keys of the contest.
    pub keys: &'a ContestKeys,
    /// Questions of the round.
    pub bank: &'a [PublicQuestion],
}

impl<'a> Sealing<'a> {
    /// Seals the submission of an attempt on its paper; `None` where it has none.
    pub fn submission(&self, paper: &Paper, attempt: &Attempt) -> Option<SealedSubmission<'a>> {
        let submission = attempt.submission.as_ref()?;
        Some(SealedSubmission {
            contest: &self.plan.id,
            round: &self.round.id,
            pseudonym: self.keys.pseudonym(&attempt.contestant),
            attempt: attempt.number,
            started_at: attempt.started_at,
            received_at: submission.received_at,
            answers: paper.canonical_answers(self.bank, &submission.answers),
            prediction: submission.prediction.zip(self.plan.rules.prediction.as_ref().map(|rules| rules.target)),
            salt: self.keys.salt(&self.round.id, &attempt.contestant, attempt.number),
        })
    }
}

/// A line of the ledger without its newline: the submission's line with the unit as its last member.
pub fn line(submission: &SealedSubmission<'_>, unit: Option<&UnitCode>) -> String {
    let mut line = submission.line();
    line.pop();
    let unit = unit.map_or_else(|| "null".to_owned(), |code| json_text(code.as_str()));
    format!("{line},\"unit\":{unit}}}")
}

/// The root of the tree over the leaves in their order (RFC 6962, 2.1).
pub fn root<'a>(leaves: impl Iterator<Item = &'a str>) -> [u8; 32] {
    let mut tree = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    leaves.for_each(|leaf| tree.push(leaf.as_bytes().to_vec()));
    (*tree.root().as_bytes()).into()
}

/// The name of a round's log, first line of its checkpoint.
pub fn origin(contest: &ContestId, round: &RoundId) -> String {
    format!("hoithi/{contest}/{round}")
}

/// The text of a checkpoint, to be signed as a note (C2SP tlog-checkpoint).
pub fn checkpoint_text(origin: &str, size: u64, root: &[u8; 32]) -> String {
    format!("{origin}\n{size}\n{}\n", BASE64.encode(root))
}

/// A code as a JSON text. Codes hold no control characters, so two characters are all there is to escape.
fn json_text(code: &str) -> String {
    format!("\"{}\"", code.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::OptionSet;
    use crate::ids::{Pseudonym, QuestionId};
    use crate::plan::PredictionTarget;
    use crate::prediction::Prediction;
    use crate::time::Timestamp;
    use data_encoding::HEXLOWER;
    use expect_test::expect;

    #[test]
    fn roots_are_those_of_the_certificate_transparency_vectors() {
        // The test vectors of google/certificate-transparency, merkle/merkle_tree_test.cc.
        let leaves =
            ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let leaves: Vec<Vec<u8>> = leaves.iter().map(|leaf| HEXLOWER.decode(leaf.as_bytes()).unwrap()).collect();
        for (size, root) in (1..).zip(roots) {
            let mut tree = MemoryBackedTree::<Sha256, Vec<u8>>::new();
            leaves[..size].iter().for_each(|leaf| tree.push(leaf.clone()));
            assert_eq!(HEXLOWER.encode(tree.root().as_bytes()), root, "{size} leaves");
        }
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(HEXLOWER.encode(&root([].into_iter())), empty);
        assert_ne!(root(["a", "b"].into_iter()), root(["b", "a"].into_iter()));
    }

    #[test]
    fn a_line_is_the_submission_with_the_unit_at_its_end() {
        let (contest, round) = (ContestId::parse("thi").unwrap(), RoundId::parse("vong-1").unwrap());
        let pseudonym = Pseudonym::parse("abcdefghijklmnop").unwrap();
        let (first, second) = (QuestionId::parse("q01").unwrap(), QuestionId::parse("q02").unwrap());
        let mut submission = SealedSubmission {
            contest: &contest,
            round: &round,
            pseudonym,
            attempt: 2,
            started_at: Timestamp::from_millis(0),
            received_at: Timestamp::from_millis(1),
            answers: vec![(&first, OptionSet::EMPTY.with(2).with(0)), (&second, OptionSet::EMPTY)],
            prediction: Some((Prediction::from_parts(3_200), PredictionTarget::Contestants)),
            salt: [0xab; 16],
        };
        let unit = UnitCode::parse("tổ \"1\"\\").unwrap();
        expect![[r#"{"answers":{"q01":["a","c"],"q02":[]},"attempt":2,"prediction":3200,"pseudonym":"abcdefghijklmnop","salt":"abababababababababababababababab","started_at":"1970-01-01T00:00:00.000Z","submitted_at":"1970-01-01T00:00:00.001Z","unit":"tổ \"1\"\\"}"#]]
        .assert_eq(&line(&submission, Some(&unit)));
        submission.prediction = Some((Prediction::from_parts(8_765_430), PredictionTarget::PerfectPercent));
        assert!(line(&submission, None).contains(r#""prediction":"87.6543","#));
        assert!(line(&submission, None).ends_with(r#","unit":null}"#));
    }

    #[test]
    fn a_checkpoint_has_three_lines() {
        let origin = origin(&ContestId::parse("thi").unwrap(), &RoundId::parse("vong-1").unwrap());
        let text = "hoithi/thi/vong-1\n7\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
        assert_eq!(checkpoint_text(&origin, 7, &[0; 32]), text);
    }
}
