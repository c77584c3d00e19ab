//! From what contestants' own certificates are listed and printed: schema `hoithi/certificates/1`, an index of each version
//! and its lists of people, in the officials' bucket.
//!
//! The function that prints writes them, since it alone knows what its pages say. The contestants' API reads who gets what,
//! and asks for a page only where somebody wants it: most people never do.

use crate::site::json_bytes;
use contest::ids::Pseudonym;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

const SCHEMA: &str = "hoithi/certificates/1";
/// Name of the index: where it stands, its lists do.
pub const INDEX: &str = "certificates/index.json";
/// People in a list, about; one is read for each request.
const IN_A_LIST: usize = 500;
/// Characters of base32 by which lists are told apart, at most: each list is a write, and a run has fifteen minutes.
const MOST_DIGITS: usize = 2;

/// The index of a version. `H` is what its pages share, which only a printer reads.
#[derive(Debug, Serialize, Deserialize)]
pub struct CertificateIndex<H> {
    schema: String,
    /// Number of the version.
    pub version: u32,
    /// Whether its results are official, as in the pointer.
    pub status: String,
    /// So many first characters of a public name say in which list it stands.
    digits: usize,
    pub heads: H,
}

/// A certificate of somebody. `P` is the page, which only a printer reads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnCertificate<P> {
    /// The short hash of what it certifies: the same in every version that gives it.
    pub id: String,
    /// Of the prize, or of the certificate where none was won.
    pub name: String,
    /// Of the prize.
    pub tier: Option<String>,
    pub page: P,
}

/// A list of people by public name, each with their certificates.
pub type OwnCertificates<P> = BTreeMap<String, Vec<OwnCertificate<P>>>;

impl<H> CertificateIndex<H> {
    /// The index of a version in which so many people get certificates. The number is counted with erased accounts, so that a
    /// later run finds the lists of an earlier one.
    pub fn new((version, status): (u32, impl ToString), people: usize, heads: H) -> Self {
        let fits = |digits: &usize| people <= IN_A_LIST << (5 * digits);
        let digits = (0..MOST_DIGITS).find(fits).unwrap_or(MOST_DIGITS);
        Self { schema: SCHEMA.to_owned(), version, status: status.to_string(), digits, heads }
    }

    /// Name of the list in which somebody stands, if anywhere.
    pub fn list_of(&self, pseudonym: &str) -> String {
        // Public names are ASCII.
        format!("certificates/people{}.json", pseudonym.get(..self.digits).unwrap_or_default())
    }
}

impl<H: Serialize> CertificateIndex<H> {
    /// The lists of these people by name, then the index.
    pub fn files<P: Serialize>(&self, people: OwnCertificates<P>) -> Vec<(String, Vec<u8>)> {
        let mut lists: BTreeMap<String, OwnCertificates<P>> = BTreeMap::new();
        for (pseudonym, own) in people {
            lists.entry(self.list_of(&pseudonym)).or_default().insert(pseudonym, own);
        }
        let mut files: Vec<_> = lists.into_iter().map(|(name, list)| (name, json_bytes(&list))).collect();
        files.push((INDEX.to_owned(), json_bytes(self)));
        files
    }
}

impl<'a, H: Deserialize<'a>> CertificateIndex<H> {
    /// Reads an index.
    ///
    /// # Errors
    /// Where it is none of this schema.
    pub fn read(bytes: &'a [u8]) -> serde_json::Result<Self> {
        let index: Self = serde_json::from_slice(bytes)?;
        if index.schema == SCHEMA { Ok(index) } else { Err(serde::de::Error::custom("no index of certificates")) }
    }
}

/// Reads a list, and from it what one person gets.
///
/// # Errors
/// Where it is no list.
pub fn of_person<'a, P: Deserialize<'a>>(
    list: &'a [u8],
    pseudonym: &Pseudonym,
) -> serde_json::Result<Vec<OwnCertificate<P>>> {
    let mut list: OwnCertificates<P> = serde_json::from_slice(list)?;
    Ok(list.remove(pseudonym.as_str()).unwrap_or_default())
}

/// Name of a certificate's file.
pub fn file_name(pseudonym: &Pseudonym, id: &str) -> String {
    format!("certificates/{pseudonym}-{id}.pdf")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::IgnoredAny;

    fn own(id: &str) -> OwnCertificate<&'static str> {
        OwnCertificate { id: id.to_owned(), name: "Giải Nhất".to_owned(), tier: None, page: "trang" }
    }

    #[test]
    fn lists_become_more_with_the_people_and_never_too_many() {
        let digits = |people| CertificateIndex::new((1, "official"), people, ()).digits;
        assert_eq!([0, 500, 501, 16_000, 16_001, 10_000_000].map(digits), [0, 0, 1, 1, 2, 2]);
    }

    #[test]
    fn everybody_is_found_in_the_list_that_the_index_names() {
        let (a, b) = ("aaaaaaaaaaaaaaaa", "baaaaaaaaaaaaaaa");
        for (people, lists) in [(2, 1), (501, 2)] {
            let index = CertificateIndex::new((3, "official"), people, ["chung"]);
            let all = BTreeMap::from([(a.to_owned(), vec![own("1"), own("2")]), (b.to_owned(), vec![own("3")])]);
            let files = index.files(all);
            assert_eq!(files.len(), lists + 1);
            assert_eq!(files.last().map(|(name, _)| name.as_str()), Some(INDEX), "the index comes last");
            let files: BTreeMap<String, Vec<u8>> = files.into_iter().collect();
            let read = CertificateIndex::<IgnoredAny>::read(&files[INDEX]).expect("an index");
            assert_eq!((read.version, read.status.as_str()), (3, "official"));
            let pseudonym = Pseudonym::parse(a).expect("a public name");
            let mine = of_person::<&str>(&files[&read.list_of(a)], &pseudonym).expect("a list");
            assert_eq!(mine, [own("1"), own("2")]);
        }
    }

    #[test]
    fn an_index_of_another_schema_is_not_read() {
        let other = br#"{"schema":"hoithi/certificates/2","version":1,"status":"official","digits":0,"heads":null}"#;
        assert!(CertificateIndex::<IgnoredAny>::read(other).is_err());
    }
}
