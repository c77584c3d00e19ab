//! How anyone checks a certificate: the address in its QR code, which names nobody (`docs/TRUST.md`, Certificates).

use crate::site::sha256_hex;
use contest::ids::{ContestId, OVERALL, Pseudonym, RoundId};

/// Hexadecimal digits of the hash that stand in an address, 64 bits: enough for a slip, and a short code to scan. It is a
/// checksum and proves nothing by itself; what the results say does.
const SHORT: usize = 16;

/// What a certificate says.
#[derive(Clone, Copy, Debug)]
pub struct Certified<'a> {
    pub contest: &'a ContestId,
    /// None over the contest.
    pub round: Option<&'a RoundId>,
    /// Of whom.
    pub pseudonym: &'a Pseudonym,
    /// Name of the prize, or of the certificate where none was won.
    pub name: &'a str,
}

impl Certified<'_> {
    fn round(&self) -> &str {
        self.round.map_or(OVERALL, RoundId::as_str)
    }

    /// The beginning of the SHA-256 of five lines, each with its newline: the schema, contest, round or `overall`, public
    /// name, prize or certificate.
    pub fn short_hash(&self) -> String {
        let Self { contest, pseudonym, name, .. } = self;
        let text = format!("hoithi/certificate/1\n{contest}\n{}\n{pseudonym}\n{name}\n", self.round());
        sha256_hex(text.as_bytes())[..SHORT].to_owned()
    }
}

/// The address that a certificate leads to, on the site at `site` (`https://thi.example.vn`): what the results say of this
/// public name today. Nothing in it needs to be escaped.
pub fn certificate_address(site: &str, certified: &Certified<'_>) -> String {
    let Certified { contest, pseudonym, .. } = certified;
    let (round, hash) = (certified.round(), certified.short_hash());
    format!("{site}/verify.html?c={contest}&r={round}&p={pseudonym}&h={hash}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_nobody_and_what_is_certified_by_its_hash() {
        let contest = ContestId::parse("song-cong-cchc-2021").expect("an id");
        let round = RoundId::parse("tuan-1").expect("an id");
        let pseudonym = Pseudonym::parse("abcdefghijklmnop").expect("a public name");
        let of_round =
            Certified { contest: &contest, round: Some(&round), pseudonym: &pseudonym, name: "Giải Nhất" };
        // printf 'hoithi/certificate/1\nsong-cong-cchc-2021\ntuan-1\nabcdefghijklmnop\nGiải Nhất\n' | sha256sum
        assert_eq!(
            certificate_address("https://thi.example.vn", &of_round),
            "https://thi.example.vn/verify.html?c=song-cong-cchc-2021&r=tuan-1&p=abcdefghijklmnop&h=70878b7af9ede037"
        );
        let over = Certified { round: None, ..of_round };
        assert_eq!(
            certificate_address("https://thi.example.vn", &over),
            "https://thi.example.vn/verify.html?c=song-cong-cchc-2021&r=overall&p=abcdefghijklmnop&h=d21906d768d7cbed"
        );
    }
}
