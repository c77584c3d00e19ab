//! Published bytes beside computed ones.

use crate::Broken;
use documents::words::verify as words;

/// The published file must be what was computed, to the byte; else its first other line is named.
pub(crate) fn same_text(path: &str, published: &[u8], computed: &[u8]) -> Result<(), Broken> {
    if published == computed {
        return Ok(());
    }
    let (published, computed) = (String::from_utf8_lossy(published), String::from_utf8_lossy(computed));
    let (mut theirs, mut ours) = (published.lines(), computed.lines());
    for number in 1.. {
        let (told, computed) = (theirs.next(), ours.next());
        if told != computed || told.is_none() {
            let (told, computed) = around(told.unwrap_or(words::END), computed.unwrap_or(words::END));
            return Err(Broken::new(path, words::computed_differs(number, told, computed)));
        }
    }
    Ok(())
}

/// Where two long lines begin to differ.
fn around(told: &str, computed: &str) -> (String, String) {
    let same = told.chars().zip(computed.chars()).take_while(|(a, b)| a == b).count();
    let cut = |text: &str| text.chars().skip(same.saturating_sub(40)).take(120).collect();
    (cut(told), cut(computed))
}
