//! `[page]`.

use super::section::Section;
use crate::plan::{PageRules, PictureKind};
use crate::problem::{PictureFault, ProblemKind};

pub(super) fn page(section: &mut Section<'_>) -> PageRules {
    let (logo, banner) = (section.optional_text("logo"), section.optional_text("banner"));
    PageRules { logo: picture(section, PictureKind::Logo, logo), banner: picture(section, PictureKind::Banner, banner) }
}

fn picture(section: &mut Section<'_>, kind: PictureKind, name: Option<String>) -> Option<String> {
    let fits = name.as_deref().is_none_or(|name| PictureKind::of(name) == Some(kind));
    if !fits {
        section.error(kind.as_str(), ProblemKind::PagePicture(PictureFault::InvalidName { kind }));
    }
    name.filter(|_| fits)
}
