//! What the path of a request names. What has not the form of an id names nothing.

use contest::attempt::BARRED;
use contest::ids::{ContestId, RoundId};
use documents::api::Refusal;
use function::http::Request;

/// `{c}`
pub(crate) fn contest(request: &Request) -> Result<ContestId, Refusal> {
    ContestId::parse(request.part("c")).map_err(|_| Refusal::NoSuchContest)
}

/// `{r}`
pub(crate) fn round(request: &Request) -> Result<RoundId, Refusal> {
    RoundId::parse(request.part("r")).map_err(|_| Refusal::NoSuchRound)
}

/// `{n}`, a number from 1 without sign or leading zero; that of erased accounts is nobody's.
pub(crate) fn attempt(request: &Request) -> Result<u16, Refusal> {
    let text = request.part("n");
    let number = text.parse().ok().filter(|n: &u16| (1..BARRED).contains(n) && n.to_string() == text);
    number.ok_or(Refusal::NoSuchAttempt)
}
