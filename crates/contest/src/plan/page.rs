//! `[page]`: how the page of the contest looks.

use crate::words::worded;

/// Pictures that lie beside the plan, each by the name of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageRules {
    /// The sign of the organizer or of the contest.
    pub logo: Option<String>,
    /// A wide picture above everything.
    pub banner: Option<String>,
}

impl PageRules {
    /// The file that the page shows as this kind of picture.
    pub fn picture(&self, kind: PictureKind) -> Option<&str> {
        match kind {
            PictureKind::Logo => self.logo.as_deref(),
            PictureKind::Banner => self.banner.as_deref(),
        }
    }

    /// The files that the page shows.
    pub fn pictures(&self) -> impl Iterator<Item = &str> {
        PictureKind::ALL.iter().filter_map(|kind| self.picture(*kind))
    }

    /// Whether the page shows a file.
    pub fn shows(&self, file: &str) -> bool {
        self.pictures().any(|named| named == file)
    }
}

worded! {
    /// What a picture of the page is for; a word is also how the names of its files begin.
    pub enum PictureKind {
        /// Beside the name of the contest.
        Logo = "logo",
        /// Above it.
        Banner = "banner",
    }
}

/// A picture that was accepted, as pages find it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Where it lies, from the folder of the contest on.
    pub path: String,
    /// Its width in pixels: the page keeps a place for it before it arrives.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// Endings of the formats that are read.
pub const PICTURE_ENDINGS: [&str; 3] = ["png", "jpg", "jpeg"];

impl PictureKind {
    /// What a file of this name shows: `logo.png`, `banner-2026.jpg`. `None` for a name that no picture of a page has.
    pub fn of(file: &str) -> Option<Self> {
        let (stem, ending) = file.split_once('.')?;
        let is_plain = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if !PICTURE_ENDINGS.contains(&ending) || !is_plain(stem) {
            return None;
        }
        [Self::Logo, Self::Banner].into_iter().find(|kind| stem.starts_with(kind.as_str()))
    }

    /// The greatest width and height in pixels.
    pub const fn most_pixels(self) -> (u32, u32) {
        match self {
            Self::Logo => (1_000, 1_000),
            Self::Banner => (2_000, 1_000),
        }
    }

    /// The greatest size in bytes: whoever opens the page on an old phone waits for it.
    pub const fn most_bytes(self) -> u64 {
        match self {
            Self::Logo => 100 * 1024,
            Self::Banner => 300 * 1024,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_a_picture_is_for() {
        for (name, kind) in [
            ("logo.png", Some(PictureKind::Logo)),
            ("logo-2026.jpeg", Some(PictureKind::Logo)),
            ("banner.jpg", Some(PictureKind::Banner)),
            ("Logo.png", None),
            ("logo.PNG", None),
            ("logo.svg", None),
            ("logo.tar.png", None),
            ("logo/../a.png", None),
            ("picture.png", None),
            ("logo", None),
        ] {
            assert_eq!(PictureKind::of(name), kind, "{name}");
        }
    }
}
