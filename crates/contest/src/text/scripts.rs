//! Raised and lowered characters: `10⁶`, `H₂O`. Without their own characters `10⁶` would be read as `106`.

/// One character in its raised form; `None` where it has none.
pub fn raised(c: char) -> Option<char> {
    of(SUPERSCRIPTS, c)
}

/// One character in its lowered form; `None` where it has none.
pub fn lowered(c: char) -> Option<char> {
    of(SUBSCRIPTS, c)
}

/// The text in raised characters; `None` where one of them has no raised form.
pub fn superscript(text: &str) -> Option<String> {
    text.chars().map(|c| if c.is_whitespace() { Some(c) } else { raised(c) }).collect()
}

/// The text in lowered characters; `None` where one of them has no lowered form.
pub fn subscript(text: &str) -> Option<String> {
    text.chars().map(|c| if c.is_whitespace() { Some(c) } else { lowered(c) }).collect()
}

fn of(table: &[(char, char)], plain: char) -> Option<char> {
    table.iter().find_map(|&(from, to)| (from == plain || to == plain).then_some(to))
}

/// A raised small o is written for the degree.
const SUPERSCRIPTS: &[(char, char)] = &[
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('−', '⁻'),
    ('–', '⁻'),
    ('=', '⁼'),
    ('(', '⁽'),
    (')', '⁾'),
    ('n', 'ⁿ'),
    ('i', 'ⁱ'),
    ('o', '°'),
    ('\u{BA}', '°'),
];

const SUBSCRIPTS: &[(char, char)] = &[
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('−', '₋'),
    ('–', '₋'),
    ('=', '₌'),
    ('(', '₍'),
    (')', '₎'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_raised_or_lowered_form_gets_it_and_nothing_else_does() {
        assert_eq!(superscript("6").as_deref(), Some("⁶"));
        assert_eq!(superscript("-12").as_deref(), Some("⁻¹²"));
        assert_eq!(superscript("²").as_deref(), Some("²"), "it is raised already");
        assert_eq!(superscript(" o").as_deref(), Some(" °"));
        assert_eq!(subscript("2").as_deref(), Some("₂"));
        for (raised, lowered) in [("a", "a"), ("2x", "2x"), ("½", "½")] {
            assert_eq!((superscript(raised), subscript(lowered)), (None, None));
        }
    }
}
