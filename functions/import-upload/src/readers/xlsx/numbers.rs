//! Numbers as a cell shows them. What is asked in a bank is what a person has seen, so a form of which it is not certain
//! what it shows gives none.

/// Characters that the form `General` has room for; beyond them Excel rounds or writes powers of ten.
const GENERAL_CHARS: usize = 11;

/// A number in the form of a cell, as Vietnamese Excel shows it: points between thousands, a decimal comma. `None` where
/// the form may show it otherwise.
pub(super) fn shown(number: f64, form: &str) -> Option<String> {
    if form.eq_ignore_ascii_case("general") || form == "@" || form.is_empty() {
        return Some(decimal(number)).filter(|text| text.len() <= GENERAL_CHARS);
    }
    let (first, others) = form.split_once(';').map_or((form, false), |(first, _)| (first, true));
    // The sections behind the first are for negative numbers and zero.
    if others && number <= 0.0 {
        return None;
    }
    Pattern::of(first)?.write(number)
}

/// Fifteen significant digits, as Excel keeps them: 0.1 + 0.2 is 0,3.
pub(super) fn decimal(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:.0}");
    }
    let digits = number.abs().log10().floor();
    let places = (14.0 - digits).clamp(0.0, 15.0) as usize;
    let text = format!("{number:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.replace('.', ",")
}

/// One section of a form: what stands before and behind the digits, and how many of them there are.
#[derive(Default)]
struct Pattern {
    before: String,
    behind: String,
    least_whole: usize,
    least_decimals: usize,
    most_decimals: usize,
    grouped: bool,
    percent: bool,
}

impl Pattern {
    fn of(section: &str) -> Option<Self> {
        let mut pattern = Self::default();
        let mut digits: Option<String> = None;
        let mut closed = false;
        let mut chars = section.chars();
        while let Some(c) = chars.next() {
            if matches!(c, '0' | '#' | '?' | ',' | '.') {
                if closed {
                    return None;
                }
                digits.get_or_insert_default().push(c);
                continue;
            }
            closed = digits.is_some();
            let literal = match c {
                '"' => chars.by_ref().take_while(|c| *c != '"').collect(),
                '\\' => chars.next()?.to_string(),
                '_' => chars.next().map(|_| " ".to_owned())?,
                '*' => chars.next().map(|_| String::new())?,
                '[' => currency(&chars.by_ref().take_while(|c| *c != ']').collect::<String>())?,
                '%' => {
                    pattern.percent = true;
                    "%".to_owned()
                }
                ' ' | '\u{a0}' | '+' | '-' | '(' | ')' | '₫' | '\u{111}' | '$' => c.to_string(),
                _ => return None,
            };
            if closed { pattern.behind.push_str(&literal) } else { pattern.before.push_str(&literal) }
        }
        pattern.count(&digits?)?;
        Some(pattern)
    }

    fn count(&mut self, digits: &str) -> Option<()> {
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        // A comma at the end divides by a thousand; a question mark is a blank of the width of a digit.
        if digits.contains('?') || whole.ends_with(',') || whole.is_empty() || decimals.contains(['.', ',']) {
            return None;
        }
        self.grouped = whole.contains(',');
        self.least_whole = whole.matches('0').count();
        self.least_decimals = decimals.matches('0').count();
        self.most_decimals = decimals.len();
        Some(())
    }

    fn write(&self, number: f64) -> Option<String> {
        let text = decimal(if self.percent { number * 100.0 } else { number });
        let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
        let (whole, decimals) = text.split_once(',').unwrap_or((text, ""));
        if decimals.len() > self.most_decimals {
            return None;
        }
        let whole = format!("{whole:0>width$}", width = self.least_whole);
        let whole = if self.grouped { grouped(&whole) } else { whole };
        let decimals = format!("{decimals:0<width$}", width = self.least_decimals);
        let comma = if self.most_decimals > 0 && !decimals.is_empty() { "," } else { "" };
        Some(format!("{sign}{}{whole}{comma}{decimals}{}", self.before, self.behind).trim().to_owned())
    }
}

/// `[$₫-42A]` shows `₫`, and a colour shows nothing; a condition may show anything.
fn currency(bracket: &str) -> Option<String> {
    match bracket.strip_prefix('$') {
        Some(rest) => Some(rest.split_once('-').map_or(rest, |(symbol, _)| symbol).to_owned()),
        None => bracket.chars().all(|c| c.is_ascii_alphabetic()).then(String::new),
    }
}

fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn a_number_is_what_its_cell_shows() {
        for (number, form, expected) in [
            (12.0, "General", "12"),
            (0.1 + 0.2, "General", "0,3"),
            (1_000_000.0, "0", "1000000"),
            (1_000_000.0, "#,##0", "1.000.000"),
            (2_000_000.0, "#,##0 \"đồng\"", "2.000.000 đồng"),
            (2_000.0, "#,##0\\ [$₫-42A]", "2.000 ₫"),
            (500.0, "_-* #,##0\\ _₫_-;-* #,##0\\ _₫_-", "500"),
            (7.0, "00", "07"),
            (0.5, "0%", "50%"),
            (0.125, "0.0%", "12,5%"),
            (1.5, "0.00", "1,50"),
            (1.5, "0.0#", "1,5"),
            (3.0, "0.0#", "3,0"),
            (-3.0, "0", "-3"),
            (3.0, "@", "3"),
        ] {
            assert_eq!(shown(number, form).as_deref(), Some(expected), "{number} as {form}");
        }
    }

    #[test]
    fn what_a_form_may_show_otherwise_is_not_told() {
        for (number, form) in [
            (123_456_789_012.0, "General"),
            (1.0 / 3.0, "General"),
            (1.0 / 3.0, "0.00"),
            (0.5, "0"),
            (0.5, "# ?/?"),
            (1e6, "0.00E+00"),
            (1e6, "#,##0,"),
            (-5.0, "0;(0)"),
            (5.0, "[>3]\"nhiều\";0"),
            (912_345_678.0, "0### ### ###"),
            (5.0, "\"không\""),
        ] {
            assert_eq!(shown(number, form), None, "{number} as {form}");
        }
    }
}
