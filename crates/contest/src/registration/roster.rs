//! Who of a roster somebody is, in contests for people on a list only.

use crate::text::{name_key, search_key};

/// A line of a roster, as far as people are told apart by it. Numbers are keyed hashes on both sides.
#[derive(Clone, Copy)]
pub struct RosterLine<'a> {
    /// The code under which the person plays.
    pub code: &'a str,
    /// Whether the code stands on the roster, and was handed to the person.
    pub is_code_printed: bool,
    /// The name without tones; see [`search_key`].
    pub name_key: &'a str,
    /// The name with its tones; see [`name_key`](crate::text::name_key). Rosters of before lack it.
    pub toned_key: Option<&'a str>,
    /// `yyyy-mm-dd`
    pub birth_date: &'a str,
    /// Keyed hash of the citizen id.
    pub citizen_id: Option<&'a str>,
    /// Keyed hash of the telephone number.
    pub phone: Option<&'a str>,
    /// Code of the unit.
    pub unit: &'a str,
}

/// What somebody states of themselves, in the same forms.
#[derive(Clone, Copy, Default)]
pub struct Stated<'a> {
    /// The name as written.
    pub full_name: Option<&'a str>,
    /// `yyyy-mm-dd`
    pub birth_date: Option<&'a str>,
    /// Keyed hash of the citizen id.
    pub citizen_id: Option<&'a str>,
    /// Keyed hash of the telephone number.
    pub phone: Option<&'a str>,
    /// Code of the unit.
    pub unit: Option<&'a str>,
}

crate::masked!(RosterLine<'_>, Stated<'_>);

impl Stated<'_> {
    /// Whether a line may be this person: by a number where both have one, else by name, birth date and unit.
    pub fn fits(&self, line: &RosterLine<'_>) -> bool {
        match (line.citizen_id, line.phone) {
            (Some(id), _) if self.citizen_id.is_some() => Some(id) == self.citizen_id,
            (_, Some(phone)) if self.phone.is_some() => Some(phone) == self.phone && self.has_name_of(line),
            _ => {
                self.has_name_of(line)
                    && self.birth_date == Some(line.birth_date)
                    && self.unit.is_none_or(|unit| unit == line.unit)
            }
        }
    }

    /// Whether the citizen id that the roster has of a person is stated: it alone stands in for the printed code.
    pub fn has_citizen_id_of(&self, line: &RosterLine<'_>) -> bool {
        line.citizen_id.is_some() && line.citizen_id == self.citizen_id
    }

    fn has_name_of(&self, line: &RosterLine<'_>) -> bool {
        self.full_name.is_some_and(|name| match line.toned_key {
            Some(key) => key == name_key(name),
            None => line.name_key == search_key(name),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: RosterLine<'_> = RosterLine {
        code: "MA-0001",
        is_code_printed: true,
        name_key: "nguyen van an",
        toned_key: None,
        birth_date: "1990-05-17",
        citizen_id: None,
        phone: None,
        unit: "bac",
    };

    fn an() -> Stated<'static> {
        Stated { full_name: Some("Nguyễn Văn An"), birth_date: Some("1990-05-17"), ..Stated::default() }
    }

    #[test]
    fn without_numbers_name_and_birth_date_and_a_stated_unit_tell() {
        assert!(an().fits(&LINE));
        assert!(Stated { unit: Some("bac"), ..an() }.fits(&LINE));
        assert!(!Stated { unit: Some("nam"), ..an() }.fits(&LINE));
        assert!(!Stated { birth_date: Some("1990-05-18"), ..an() }.fits(&LINE));
        assert!(!Stated { full_name: None, ..an() }.fits(&LINE));
    }

    #[test]
    fn tones_count_where_the_roster_has_them() {
        let key = name_key("Nguyễn Văn Ân");
        let toned = RosterLine { toned_key: Some(&key), ..LINE };
        assert!(!an().fits(&toned));
        assert!(Stated { full_name: Some("NGUYỄN VĂN ÂN"), ..an() }.fits(&toned));
    }

    #[test]
    fn a_number_that_both_have_tells_alone_or_with_the_name() {
        let line = RosterLine { citizen_id: Some("c"), phone: Some("p"), ..LINE };
        let other = Stated { full_name: Some("Trần Thị Bí"), ..an() };
        assert!(Stated { citizen_id: Some("c"), ..other }.fits(&line));
        assert!(!Stated { citizen_id: Some("d"), ..an() }.fits(&line));
        assert!(Stated { phone: Some("p"), birth_date: None, ..an() }.fits(&line));
        assert!(!Stated { phone: Some("p"), ..other }.fits(&line));
        assert!(Stated { citizen_id: Some("c"), ..other }.has_citizen_id_of(&line));
        assert!(!an().has_citizen_id_of(&LINE), "nothing known is nothing stated");
    }
}
