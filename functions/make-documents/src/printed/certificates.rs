//! Certificates: those of winners in the order of their prizes, then those of everyone who got far enough.

use super::{Completed, Printed, Won, moment};
use contest::ids::Pseudonym;
use contest::plan::{CertificatePaper, Head, Offset};
use contest::text::NameOrder;
use documents::certificate::{Certified, certificate_address};
use documents::officials::Identity;
use documents::own_certificates::{OwnCertificate, OwnCertificates};
use documents::words::printed as words;
use print::{Body, Certificate, Heads, Paper};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Most certificates in a file: more take too long to open and to print.
const IN_A_FILE: usize = 200;

/// People by public name with what they may have printed for themselves.
type Own = OwnCertificates<Certificate>;

/// Of whom a certificate is.
enum Of {
    Winner,
    /// Of the plan's certificate at this place, and whether the account is still there.
    Completed {
        place: usize,
        is_known: bool,
    },
}

/// What the file of certificates of this number is called, from 1.
pub(super) fn file_name(number: usize) -> String {
    if number == 1 { "certificates.pdf".to_owned() } else { format!("certificates-{number:03}.pdf") }
}

impl Printed<'_> {
    /// The certificates of each file.
    pub(super) fn certificates(&self) -> Vec<Vec<Certificate>> {
        let winners = self.winners.iter().map(|won| (Of::Winner, self.of_winner(won)));
        let completed = self.completed.iter().map(|completed| {
            let of = Of::Completed { place: completed.place, is_known: completed.identity.is_some() };
            (of, self.of_completed(completed))
        });
        in_files(winners.chain(completed).collect())
    }

    /// Each person's own certificates, and how many people there are with those whose account was erased. They are never on
    /// printed forms, which people do not have at home.
    pub(super) fn own_certificates(&self) -> (Own, usize) {
        let (mut own, mut people) = (Own::new(), BTreeSet::new());
        let won = self.winners.iter().map(|won| {
            let tier = Some(won.tier.tier.clone());
            (won.pseudonym, won.identity, tier, won.tier.name.as_str(), self.of_winner(won))
        });
        let completed = self.completed.iter().map(|completed| {
            let name = self.plan.certificates[completed.place].name.as_str();
            (completed.pseudonym, completed.identity, None, name, self.of_completed(completed))
        });
        for (pseudonym, identity, tier, name, page) in won.chain(completed) {
            people.insert(pseudonym);
            if identity.is_some() {
                let id = self.certified(pseudonym, name).short_hash();
                let certificate = OwnCertificate { id, name: name.to_owned(), tier, page };
                own.entry(pseudonym.to_string()).or_default().push(certificate);
            }
        }
        (own, people.len())
    }

    /// What the pages share that people have printed for themselves.
    pub(super) fn own_heads(&self) -> Heads {
        Heads { paper: Paper::Blank, ..self.certificate_heads() }
    }

    /// What all certificates share.
    pub(super) fn certificate_heads(&self) -> Heads {
        let rules = self.heads;
        let offset = |offset: Offset| print::Offset { right: offset.right, down: offset.down };
        Heads {
            made: moment(self.announced_at),
            title: words::certificates_title(&self.plan.name, self.round_name()),
            body: match rules.head {
                Head::State => Body::State,
                Head::Party => Body::Party,
            },
            issuer: self.issuer().to_owned(),
            place: rules.place.clone().unwrap_or_else(|| words::PLACE_TO_FILL.to_owned()),
            date: self.decided_on(),
            signer_title: rules.signer_title.clone().unwrap_or_default(),
            signer_name: rules.signer_name.clone().unwrap_or_default(),
            paper: match rules.certificate {
                CertificatePaper::Blank => Paper::Blank,
                CertificatePaper::Form => {
                    Paper::Form { name: offset(rules.name_offset), prize: offset(rules.prize_offset) }
                }
            },
        }
    }

    fn of_winner(&self, won: &Won<'_>) -> Certificate {
        let prize = &won.tier.name;
        let page = self.page(won.identity, &won.unit, (won.pseudonym, prize));
        Certificate { title: words::CERTIFICATE.to_owned(), prize: Some(prize.clone()), ..page }
    }

    fn of_completed(&self, completed: &Completed<'_>) -> Certificate {
        let name = &self.plan.certificates[completed.place].name;
        let page = self.page(completed.identity, &completed.unit, (completed.pseudonym, name));
        Certificate { title: name.clone(), ..page }
    }

    fn page(&self, identity: Option<&Identity>, unit: &str, (pseudonym, name): (&Pseudonym, &str)) -> Certificate {
        let certified = self.certified(pseudonym, name);
        Certificate {
            title: String::new(),
            name: identity.map(|identity| identity.full_name.clone()).unwrap_or_default(),
            unit: unit.to_owned(),
            prize: None,
            occasion: words::occasion(&self.plan.name, self.round_name()),
            address: certificate_address(self.site.unwrap_or_default(), &certified),
        }
    }

    fn certified<'a>(&'a self, pseudonym: &'a Pseudonym, name: &'a str) -> Certified<'a> {
        Certified { contest: &self.plan.id, round: self.round.map(|round| &round.id), pseudonym, name }
    }
}

/// So many to a file. Who stands in which file hangs on nothing that an erased account changes, since a later run may
/// make what an earlier one left; within a file people stand by unit and name.
fn in_files(all: Vec<(Of, Certificate)>) -> Vec<Vec<Certificate>> {
    let (names, mut files, mut all) = (NameOrder::new(), Vec::new(), all.into_iter().peekable());
    while all.peek().is_some() {
        let mut file: Vec<(Of, Certificate)> = all.by_ref().take(IN_A_FILE).collect();
        file.retain(|(of, _)| !matches!(of, Of::Completed { is_known: false, .. }));
        file.sort_by(|a, b| order(&names, a, b));
        files.push(file.into_iter().map(|(_, certificate)| certificate).collect());
    }
    files.retain(|file: &Vec<Certificate>| !file.is_empty());
    files
}

fn order(names: &NameOrder, a: &(Of, Certificate), b: &(Of, Certificate)) -> Ordering {
    match (a, b) {
        ((Of::Winner, _), (Of::Winner, _)) => Ordering::Equal,
        ((Of::Winner, _), _) => Ordering::Less,
        (_, (Of::Winner, _)) => Ordering::Greater,
        ((Of::Completed { place, .. }, one), (Of::Completed { place: other, .. }, two)) => place
            .cmp(other)
            .then_with(|| names.compare_vietnamese(&one.unit, &two.unit))
            .then_with(|| names.compare_names(&one.name, &two.name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(of: Of, name: &str, unit: &str) -> (Of, Certificate) {
        let (name, unit) = (name.to_owned(), unit.to_owned());
        let (title, occasion, address) = (String::new(), String::new(), String::new());
        (of, Certificate { title, name, unit, prize: None, occasion, address })
    }

    fn completed(place: usize, name: &str, unit: &str) -> (Of, Certificate) {
        page(Of::Completed { place, is_known: !name.is_empty() }, name, unit)
    }

    fn names(file: &[Certificate]) -> Vec<&str> {
        file.iter().map(|certificate| certificate.name.as_str()).collect()
    }

    #[test]
    fn winners_stand_first_and_others_by_certificate_unit_and_name() {
        let files = in_files(vec![
            page(Of::Winner, "Vũ Thị Yến", "Xã Ba"),
            page(Of::Winner, "", "Xã Ba"),
            page(Of::Winner, "Lê Văn An", "Xã Một"),
            completed(0, "Đỗ Văn Ba", "Xã Ba"),
            completed(0, "Trần Thị Ánh", "Xã Ba"),
            completed(0, "", "Xã Ba"),
            completed(0, "Vũ Thị Yến", "Phường Hai"),
            completed(1, "Lê Văn An", "Phường Hai"),
        ]);
        assert_eq!(files.len(), 1);
        assert_eq!(
            names(&files[0]),
            ["Vũ Thị Yến", "", "Lê Văn An", "Vũ Thị Yến", "Trần Thị Ánh", "Đỗ Văn Ba", "Lê Văn An"]
        );
    }

    #[test]
    fn nobody_changes_files_when_somebody_else_is_erased() {
        let people = |erased: &[usize]| {
            let of = |at: usize| {
                let name = if erased.contains(&at) { String::new() } else { format!("Lê Văn {at:04}") };
                completed(0, &name, "Xã Ba")
            };
            in_files((0..=2 * IN_A_FILE).map(of).collect())
        };
        let whole = people(&[]);
        assert_eq!(whole.iter().map(Vec::len).collect::<Vec<_>>(), [200, 200, 1]);
        let after = people(&[3, 2 * IN_A_FILE]);
        assert_eq!(after.iter().map(Vec::len).collect::<Vec<_>>(), [199, 200]);
        assert_eq!(names(&after[1]), names(&whole[1]));
        assert_eq!([1, 2, 10].map(file_name), ["certificates.pdf", "certificates-002.pdf", "certificates-010.pdf"]);
    }
}
