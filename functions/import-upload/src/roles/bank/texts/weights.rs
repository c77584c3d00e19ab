//! Which options are right, from what each is worth. A contest knows right and wrong alone.

use contest::problem::ProblemKind;

/// Thousandths of a point that a whole may miss: six sixths, rounded to two places, miss that much.
const MAY_MISS: i64 = 100;

/// Which of these weights, in hundredths of the whole as they are written, are those of right options: where those above zero
/// are equal, and come to the whole.
///
/// # Errors
/// Where some are worth a part, or more than one is worth everything.
pub(super) fn right_of(weights: &[String]) -> Result<Vec<bool>, ProblemKind> {
    let weights: Option<Vec<i64>> = weights.iter().map(|weight| thousandths(weight)).collect();
    let weights = weights.ok_or(ProblemKind::PartialCredit)?;
    let above: Vec<i64> = weights.iter().copied().filter(|weight| *weight > 0).collect();
    if above.is_empty() {
        return Ok(vec![false; weights.len()]);
    }
    let sum: i64 = above.iter().sum();
    let are_equal = above.iter().all(|weight| (weight - above[0]).abs() <= 1);
    if !are_equal || (sum - 100_000).abs() > MAY_MISS {
        return Err(ProblemKind::PartialCredit);
    }
    Ok(weights.into_iter().map(|weight| weight > 0).collect())
}

/// Which of these weights, of any measure, are those of right options: where those above zero are equal.
///
/// # Errors
/// Where they are not, or one is no number.
pub(super) fn equal_right_of(weights: &[&str]) -> Result<Vec<bool>, ProblemKind> {
    let weights: Option<Vec<i64>> = weights.iter().map(|weight| thousandths(weight)).collect();
    let weights = weights.ok_or(ProblemKind::PartialCredit)?;
    let mut above = weights.iter().filter(|weight| **weight > 0);
    let first = above.next();
    match above.all(|weight| Some(weight) == first) {
        true => Ok(weights.into_iter().map(|weight| weight > 0).collect()),
        false => Err(ProblemKind::PartialCredit),
    }
}

/// A decimal number in thousandths, rounded towards zero.
fn thousandths(text: &str) -> Option<i64> {
    let text = text.trim();
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, decimals) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() > 6 || !is_number(whole) || !is_number(decimals) || digits.is_empty() {
        return None;
    }
    let decimals = format!("{decimals:0<3}");
    Some(sign * format!("{whole}{}", &decimals[..3]).parse::<i64>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right(weights: &[&str]) -> Result<String, &'static str> {
        let weights: Vec<String> = weights.iter().map(|&weight| weight.to_owned()).collect();
        let right = right_of(&weights).map_err(|kind| kind.code())?;
        Ok(right.iter().map(|right| if *right { '+' } else { '-' }).collect())
    }

    #[test]
    fn equal_parts_of_the_whole_are_right_options() {
        assert_eq!(right(&["100", "0", "-50"]), Ok("+--".to_owned()));
        assert_eq!(right(&["50", "50", "-100"]), Ok("++-".to_owned()));
        assert_eq!(right(&["33.33333", "33.33333", "33.33333", "-100"]), Ok("+++-".to_owned()));
        assert_eq!(right(&["16.66", "16.67", "16.67", "16.67", "16.67", "16.66"]), Err("partial_credit"), "not equal");
        assert_eq!(right(&["16,66667"; 6]), Ok("++++++".to_owned()));
        assert_eq!(right(&["0", "-1"]), Ok("--".to_owned()));
    }

    #[test]
    fn any_other_weight_is_none_of_a_contest() {
        for weights in
            [&["100", "50", "0"][..], &["50", "0"], &["100", "100", "0"], &["60", "40"], &["x", "100"], &["", "100"]]
        {
            assert_eq!(right(weights), Err("partial_credit"), "{weights:?}");
        }
        assert_eq!(equal_right_of(&["1", "0", "1"]), Ok(vec![true, false, true]));
        assert_eq!(equal_right_of(&["1", "0.5"]), Err(ProblemKind::PartialCredit));
    }
}
