//! Texts in UTF-8, and in UTF-16 where a byte order mark says so. Nothing is guessed.

use super::text;
use contest::problem::{Problem, ProblemKind};
use std::borrow::Cow;

/// The text of a file, without its byte order mark.
///
/// # Errors
/// The encoding that it seems to be in, or where UTF-16 is broken.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Problem> {
    let is_little = bytes.starts_with(&[0xFF, 0xFE]);
    if !is_little && !bytes.starts_with(&[0xFE, 0xFF]) {
        return text(bytes).map(Cow::Borrowed);
    }
    let (pairs, rest) = bytes[2..].as_chunks::<2>();
    let unit = |pair: &[u8; 2]| if is_little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) };
    let decoded: Result<String, _> = char::decode_utf16(pairs.iter().map(unit)).collect();
    match decoded {
        // A text in UTF-16 has no zeros; UTF-32 begins with the same mark.
        Ok(text) if rest.is_empty() && !text.contains('\0') => Ok(Cow::Owned(text)),
        _ => Err(Problem::of_file(ProblemKind::Utf16)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_16_is_read_where_a_mark_says_so_and_nothing_is_guessed() {
        let units = |text: &str, of: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(of).collect::<Vec<u8>>();
        fn kind(bytes: &[u8]) -> Result<Cow<'_, str>, ProblemKind> {
            decode(bytes).map_err(|problem| problem.kind)
        }
        for of in [u16::to_le_bytes, u16::to_be_bytes] {
            assert_eq!(kind(&units("\u{feff}Câu 😀\n", of)), Ok(Cow::Borrowed("Câu 😀\n")));
            assert_eq!(kind(&units("Câu\n", of)), Err(ProblemKind::Utf16), "no mark");
        }
        assert_eq!(kind("\u{feff}Câu".as_bytes()), Ok(Cow::Borrowed("Câu")));
        assert_eq!(kind(b"C\xE2u"), Err(ProblemKind::NotUtf8));
        assert_eq!(kind(b"\xFF\xFEC"), Err(ProblemKind::Utf16), "half a unit");
        assert_eq!(kind(b"\xFF\xFE\x00\xD8C\x00"), Err(ProblemKind::Utf16), "half a pair");
        assert_eq!(kind(b"\xFF\xFE\x00\x00C\x00\x00\x00"), Err(ProblemKind::Utf16), "UTF-32");
    }
}
