//! Codes of an authenticator app (RFC 6238). Its seed is not stored: it is derived from the deployment's secret and a nonce
//! that stands with the account, so that the table alone makes no code.

use contest::organizers::step_of_code;
use contest::time::Timestamp;
use qrcodegen::{QrCode, QrCodeEcc};
use totp_rs::{Algorithm, Builder, Totp};

/// Seconds of a step.
const STEP_SECONDS: u64 = 30;

/// Bytes of a seed: those of HMAC-SHA-1, as RFC 4226 recommends.
pub const SEED_LEN: usize = 20;

/// An app's place for one account.
pub struct Authenticator(Totp);

impl Authenticator {
    /// With a seed, shown in the app under the issuer and the name.
    pub fn new(seed: &[u8; SEED_LEN], issuer: &str, name: &str) -> Self {
        // Every app knows these: other choices are read and ignored by some, and their codes never match.
        let totp = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(STEP_SECONDS);
        // A colon parts the issuer from the name.
        let (issuer, name) = (issuer.replace(':', " "), name.replace(':', " "));
        let totp = totp.with_skew(0).with_secret(seed.to_vec()).with_issuer(Some(issuer)).with_account_name(name);
        Self(totp.build().expect("six digits, a seed of twenty bytes and names without a colon"))
    }

    /// The address that an app reads, as a link or a picture.
    pub fn uri(&self) -> String {
        self.0.to_url().expect("a name without a colon")
    }

    /// The address as a picture: rows of a QR code, `1` for dark, without the white border that it needs.
    pub fn picture(&self) -> Vec<String> {
        let code = QrCode::encode_text(&self.uri(), QrCodeEcc::Low).expect("an address of some hundred signs");
        let row = |y| (0..code.size()).map(|x| if code.get_module(x, y) { '1' } else { '0' }).collect();
        (0..code.size()).map(row).collect()
    }

    /// The step of a code that is right at an instant of the gateway and was not used before.
    pub fn step(&self, code: &str, now: Timestamp, last_used: Option<u64>) -> Option<u64> {
        let code: String = code.chars().filter(|sign| !sign.is_whitespace()).collect();
        step_of_code(now, last_used, |step| self.0.check(&code, step * STEP_SECONDS).is_some())
    }

    /// The code of an instant, as an app shows it.
    pub fn code_at(&self, at: Timestamp) -> String {
        self.0.generate(at.millis().div_euclid(1_000).unsigned_abs()).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(59_000);

    #[test]
    fn codes_are_those_of_the_standard() {
        // RFC 6238, appendix B: the last six digits of 94287082.
        let app = Authenticator::new(b"12345678901234567890", "hoithi", "lan");
        assert_eq!(app.code_at(NOW), "287082");
        assert_eq!(app.step("287 082", NOW, None), Some(1));
        assert_eq!(app.step("287082", NOW, Some(1)), None, "a code counts once");
        assert_eq!(app.step("287083", NOW, None), None);
        assert_eq!(app.step("", NOW, None), None);
    }

    #[test]
    fn an_app_reads_the_address() {
        let uri = Authenticator::new(&[7; SEED_LEN], "Hội thi: tỉnh", "lan").uri();
        assert!(uri.starts_with("otpauth://totp/H%E1%BB%99i"), "{uri}");
        assert!(uri.contains("secret=A4DQOBYHA4DQOBYHA4DQOBYHA4DQOBYH"), "{uri}");
        let picture = Authenticator::new(&[7; SEED_LEN], "Hội thi", "lan").picture();
        assert!(picture.len() > 20 && picture.iter().all(|row| row.len() == picture.len()));
        assert!(picture[0].starts_with("1111111"), "the corner by which readers find it");
        assert!(!uri["otpauth://".len()..].contains("%3A"), "{uri}");
    }
}
