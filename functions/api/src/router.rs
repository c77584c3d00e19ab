//! Which command answers which route. The strings are those of the gateway's configuration: an
//! unknown path starts no function.

use crate::refused::Refused;
use crate::reply::Reply;
use crate::wire::Request;
use crate::{App, attempt_status, erase, export, me, register, sign_in, start_attempt, submit_attempt};
use documents::api::{Now, Refusal};

/// Every route of the function, as the gateway knows it.
pub const ROUTES: &[&str] = &[TIME, REGISTER, SIGN_IN, ME, EXPORT, ERASE, START, SUBMIT, STATUS];

/// The word for a route in the log, where every byte is paid for.
pub(crate) fn short_name(route: &str) -> &'static str {
    match route {
        TIME => "time",
        REGISTER => "register",
        SIGN_IN => "sign_in",
        ME => "me",
        EXPORT => "export",
        ERASE => "erase",
        START => "start",
        SUBMIT => "submit",
        STATUS => "status",
        _ => "unknown",
    }
}

const TIME: &str = "GET /v1/time";
const REGISTER: &str = "POST /v1/contests/{c}/contestants";
const SIGN_IN: &str = "POST /v1/contests/{c}/sessions";
const ME: &str = "GET /v1/contests/{c}/me";
const EXPORT: &str = "GET /v1/contests/{c}/me/export";
const ERASE: &str = "DELETE /v1/contests/{c}/me";
const START: &str = "POST /v1/contests/{c}/rounds/{r}/attempts";
const SUBMIT: &str = "PUT /v1/contests/{c}/rounds/{r}/attempts/{n}";
const STATUS: &str = "GET /v1/contests/{c}/rounds/{r}/attempts/{n}";

pub(crate) async fn route(app: &App, request: &Request) -> Result<Reply, Refused> {
    match request.route.as_str() {
        TIME => Ok(Reply::ok(&Now { now: request.received_at.rfc3339() })),
        REGISTER => register::register(app, request).await,
        SIGN_IN => sign_in::sign_in(app, request).await,
        ME => me::me(app, request).await,
        EXPORT => export::export(app, request).await,
        ERASE => erase::erase(app, request).await,
        START => start_attempt::start_attempt(app, request).await,
        SUBMIT => submit_attempt::submit_attempt(app, request).await,
        STATUS => attempt_status::attempt_status(app, request).await,
        _ => Err(Refusal::NoSuchRoute.into()),
    }
}
