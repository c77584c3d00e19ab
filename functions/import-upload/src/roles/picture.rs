//! Pictures of the page of a contest. They decide nothing, so they may change as long as it stands.

use super::Content;
use crate::folder::Folder;
use crate::in_force::{Change, Compiled, InForce};
use crate::readers::picture::{self, Picture};
use crate::tables::Reading;
use crate::verdict::Verdict;
use contest::plan::PictureKind;
use contest::problem::{PictureFault, Problem, ProblemKind};
use contest::seal::sha256_hex;
use store::StoredPicture;

/// A picture and the name of its file.
#[derive(Debug)]
pub(super) struct Named {
    file: String,
    picture: Picture,
}

pub(super) fn read(kind: PictureKind, file: &str, bytes: &[u8]) -> Reading<Named> {
    match picture::read(kind, bytes) {
        Ok(picture) => {
            let named = Named { file: file.to_owned(), picture };
            Reading { content: Some(named), ..Reading::unreadable(Vec::new()) }
        }
        Err(faults) => Reading::unreadable(faults.into_iter().map(problem).collect()),
    }
}

fn problem(fault: PictureFault) -> Problem {
    Problem::of_file(ProblemKind::PagePicture(fault))
}

impl Content for Named {
    fn cross_check(&self, folder: &Folder, verdict: &mut Verdict) {
        let is_shown = verdict.wait_for_plan(folder).is_none_or(|plan| plan.page.shows(&self.file));
        verdict.warnings.extend((!is_shown).then(|| problem(PictureFault::NotNamed)));
    }

    fn put(&self, folder: &mut Folder) {
        folder.pictures.insert(self.file.clone());
    }

    fn compile(&self, _from: &InForce, to: &mut Compiled) -> anyhow::Result<()> {
        let Picture { ending, width, height, bytes } = self.picture.clone();
        let path = format!("media/{}.{ending}", sha256_hex(&bytes));
        to.put_on_site(&path, bytes);
        to.state.pictures.insert(self.file.clone(), StoredPicture { path, width, height });
        Ok(())
    }

    fn refused_change(&self, _change: &Change<'_>) -> Vec<Problem> {
        Vec::new()
    }
}
