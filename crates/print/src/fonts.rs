//! The four faces of Tinos: Times New Roman's widths, and every Vietnamese letter.

use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

const FILES: [&[u8]; 4] = [
    include_bytes!("../fonts/Tinos-Regular.ttf"),
    include_bytes!("../fonts/Tinos-Bold.ttf"),
    include_bytes!("../fonts/Tinos-Italic.ttf"),
    include_bytes!("../fonts/Tinos-BoldItalic.ttf"),
];

/// Upright, bold, italic, both.
pub(crate) static FACES: LazyLock<Vec<Font>> =
    LazyLock::new(|| FILES.iter().flat_map(|file| Font::new(Bytes::new(*file), 0)).collect());

pub(crate) static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FACES.iter())));

/// Whether a letter can be printed in each face.
pub(crate) fn have(letter: char) -> bool {
    FACES.iter().all(|face| face.info().coverage.contains(u32::from(letter)))
}
