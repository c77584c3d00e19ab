//! How likely something is by chance.

/// The chance of `least` or more hits in `tries`, each with the chance `hit` (0 to 1).
pub(super) fn binomial_tail(tries: u64, least: u64, hit: f64) -> f64 {
    if least == 0 {
        return 1.0;
    }
    if least > tries || hit <= 0.0 {
        return 0.0;
    }
    if hit >= 1.0 {
        return 1.0;
    }
    // In logarithms up to the first term, since a thousand choose five hundred is no number that fits; each further term
    // follows from the one before.
    let ln_choose: f64 = (0..least).map(|step| ((tries - step) as f64 / (step + 1) as f64).ln()).sum();
    let ln_term = ln_choose + least as f64 * hit.ln() + (tries - least) as f64 * (-hit).ln_1p();
    let (mut term, mut tail, odds) = (ln_term.exp(), 0.0, hit / (1.0 - hit));
    for hits in least..=tries {
        tail += term;
        term *= (tries - hits) as f64 / (hits + 1) as f64 * odds;
    }
    tail.min(1.0)
}

/// The chance of `least` or more hits where each try has a chance of its own.
pub(super) fn tail_of(hits: &[f64], least: usize) -> f64 {
    // By number of hits below `least`; what grows beyond it never comes back.
    let mut chances = vec![0.0; least];
    if let Some(none) = chances.first_mut() {
        *none = 1.0;
    }
    for hit in hits {
        for number in (0..least).rev() {
            let from_below = if number == 0 { 0.0 } else { chances[number - 1] * hit };
            chances[number] = chances[number] * (1.0 - hit) + from_below;
        }
    }
    (1.0 - chances.iter().sum::<f64>()).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn near(a: f64, b: f64) {
        assert!((a - b).abs() <= 1e-9 + 1e-6 * b.abs(), "{a} is not {b}");
    }

    #[test]
    fn tails_are_those_of_the_tables() {
        near(binomial_tail(10, 0, 0.3), 1.0);
        near(binomial_tail(3, 2, 0.5), 0.5);
        near(binomial_tail(20, 20, 0.5), 0.5_f64.powi(20));
        // P(X ≥ 8) of 10 at 0.3.
        near(binomial_tail(10, 8, 0.3), 0.001_590_386_4);
        near(binomial_tail(5, 6, 0.9), 0.0);
        near(binomial_tail(5, 5, 1.0), 1.0);
        assert!(binomial_tail(10_000, 9_000, 0.1) < 1e-300);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn tries_of_one_chance_are_binomial(tries in 0_u64..40, least in 0_u64..40, hit in 0.0_f64..1.0) {
            let hits = vec![hit; tries as usize];
            prop_assert!((tail_of(&hits, least as usize) - binomial_tail(tries, least, hit)).abs() < 1e-9);
        }
    }
}
