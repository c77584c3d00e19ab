use super::*;

#[test]
fn every_code_is_used_by_one_kind() {
    let mut codes = ProblemKind::CODES.to_vec();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), ProblemKind::CODES.len());
    assert!(codes.iter().all(|code| code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')));
}
