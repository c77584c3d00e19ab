//! Documents of published results, as offices take them: which there are, and their bytes in parts, since a reply of Lambda
//! holds six megabytes.

mod list;
mod part;

pub(crate) use list::list;
pub(crate) use part::part;

use contest::ids::{ContestId, RoundId};
use documents::officials::documents_json::{self, ListedDocument, listed};
use store::keys::{VersionFolder, officials_contest_file};
use store::{Bucket, StoreError};

/// Bytes of a part: in base 64 it is 5.6 million, and a reply may have 6.
const PART: u64 = 4 * 1024 * 1024;

/// What stands in the place of a round where documents are about the contest from its beginning to its end, as version 0.
const CONTEST: &str = "contest";

/// Where documents lie.
enum Folder {
    /// Of a version of a round, or over the contest.
    Version(VersionFolder),
    /// Beside them, replaced when they change.
    Contest(ContestId),
}

impl Folder {
    /// Reads `{r}` and `{v}` of a path.
    fn parse(contest: &ContestId, round: &str, version: &str) -> Option<Self> {
        let number: u32 = version.parse().ok().filter(|number: &u32| number.to_string() == version)?;
        if (round, number) == (CONTEST, 0) {
            return Some(Self::Contest(contest.clone()));
        }
        let round = RoundId::parse(round).ok().filter(|_| number > 0)?;
        let round = Some(round).filter(|round| !round.is_overall());
        Some(Self::Version(VersionFolder { contest: contest.clone(), round, version: number }))
    }

    fn file(&self, name: &str) -> String {
        match self {
            Self::Version(folder) => folder.file(name),
            Self::Contest(contest) => officials_contest_file(contest, name),
        }
    }

    /// The documents that there are by the lists which are written last.
    async fn documents(&self, officials: &Bucket) -> Result<Vec<ListedDocument>, StoreError> {
        let lists: &[&str] = match self {
            Self::Version(_) => &[documents_json::NAME],
            Self::Contest(_) => &[documents_json::REPORT, documents_json::ROSTER_CODES],
        };
        let mut documents = Vec::new();
        for name in lists {
            let path = self.file(name);
            if let Some(bytes) = officials.get(&path).await? {
                documents.extend(listed(&bytes).map_err(|e| StoreError::unparsed(path, &e))?);
            }
        }
        Ok(documents)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_those_of_versions_and_one_beside_them() {
        let contest = ContestId::parse("thi-thu").expect("an id");
        let path = |round, version| Folder::parse(&contest, round, version).map(|folder| folder.file("a.pdf"));
        assert_eq!(path("vong-1", "2").as_deref(), Some("thi-thu/rounds/vong-1/v2/a.pdf"));
        assert_eq!(path("overall", "1").as_deref(), Some("thi-thu/overall/v1/a.pdf"));
        assert_eq!(path("contest", "0").as_deref(), Some("thi-thu/a.pdf"));
        assert_eq!(
            path("contest", "1").as_deref(),
            Some("thi-thu/rounds/contest/v1/a.pdf"),
            "a round may be called so"
        );
        for (round, version) in [("vong-1", "0"), ("vong-1", "01"), ("vong-1", ""), ("..", "1"), ("overall", "0")] {
            assert_eq!(path(round, version), None, "{round} {version}");
        }
    }
}
