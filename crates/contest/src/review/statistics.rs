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

/// Rates that are tried for the bound below: up to two for a unit of weight.
const RATES: u32 = 100;

/// The most likely that a sum of weights reaches `least`, where each try adds one of its weights, with that weight's chance,
/// or nothing. Chernoff's bound: for every rate r the chance is at most E\[exp(r × sum)\] / exp(r × least); the best of some.
pub(super) fn most_chance_of_sum(tries: &[Vec<(f64, f64)>], least: f64) -> f64 {
    let ln_bound = |rate: f64| {
        let grows = |outcomes: &Vec<(f64, f64)>| {
            outcomes.iter().map(|(weight, chance)| chance * (rate * weight).exp_m1()).sum::<f64>().ln_1p()
        };
        tries.iter().map(grows).sum::<f64>() - rate * least
    };
    (1..=RATES).map(|step| ln_bound(f64::from(step) * 0.02)).fold(0.0, f64::min).exp()
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
        fn no_sum_is_likelier_than_its_bound(tries in 1_u64..40, least in 0_u64..40, hit in 0.0_f64..1.0) {
            let outcomes = vec![vec![(3.0, hit)]; tries as usize];
            let bound = most_chance_of_sum(&outcomes, 3.0 * least as f64);
            prop_assert!((0.0..=1.0).contains(&bound));
            prop_assert!(bound >= binomial_tail(tries, least, hit) - 1e-12);
        }
    }

    #[test]
    fn the_bound_of_a_sum_is_near_its_chance() {
        let bound = most_chance_of_sum(&vec![vec![(2.0, 0.1), (5.0, 0.01)]; 30], 40.0);
        assert!((1e-7..1e-5).contains(&bound), "{bound}");
    }
}
