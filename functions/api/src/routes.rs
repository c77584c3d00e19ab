//! Which command answers which route. An unknown path starts no function.

use crate::error::{ApiError, tell};
use crate::{App, account, attempts};
use documents::api::{Now, Refusal};
use function::http::{Access, Api, Reply, Route};
use std::sync::atomic::AtomicBool;

pub(crate) static API: Api<App, ApiError> = Api {
    service: "api",
    routes: ROUTES,
    no_route: || Refusal::NoSuchRoute.into(),
    tell,
    has_answered: AtomicBool::new(false),
};

const ROUTES: &[Route<App, ApiError>] = &[
    Route {
        name: "time",
        method: "GET",
        pattern: "/v1/time",
        access: Access::Anyone,
        command: |_, request| Box::pin(async { Ok(Reply::ok(&Now { now: request.received_at.rfc3339() })) }),
    },
    Route {
        name: "register",
        method: "POST",
        pattern: "/v1/contests/{c}/contestants",
        access: Access::Anyone,
        command: |app, request| Box::pin(account::register(app, request)),
    },
    Route {
        name: "sign_in",
        method: "POST",
        pattern: "/v1/contests/{c}/sessions",
        access: Access::Anyone,
        command: |app, request| Box::pin(account::sign_in(app, request)),
    },
    Route {
        name: "end_sessions",
        method: "DELETE",
        pattern: "/v1/contests/{c}/sessions",
        access: Access::Session,
        command: |app, request| Box::pin(account::end_sessions(app, request)),
    },
    Route {
        name: "use_slip",
        method: "POST",
        pattern: "/v1/contests/{c}/secrets",
        access: Access::Anyone,
        command: |app, request| Box::pin(account::use_slip(app, request)),
    },
    Route {
        name: "me",
        method: "GET",
        pattern: "/v1/contests/{c}/me",
        access: Access::Session,
        command: |app, request| Box::pin(account::me(app, request)),
    },
    Route {
        name: "correct",
        method: "PATCH",
        pattern: "/v1/contests/{c}/me",
        access: Access::Session,
        command: |app, request| Box::pin(account::correct(app, request)),
    },
    Route {
        name: "change_secret",
        method: "PUT",
        pattern: "/v1/contests/{c}/me/secret",
        access: Access::Session,
        command: |app, request| Box::pin(account::change_secret(app, request)),
    },
    Route {
        name: "certificates",
        method: "GET",
        pattern: "/v1/contests/{c}/me/certificates",
        access: Access::Session,
        command: |app, request| Box::pin(account::certificates(app, request)),
    },
    Route {
        name: "certificate",
        method: "GET",
        pattern: "/v1/contests/{c}/me/certificates/{id}",
        access: Access::Session,
        command: |app, request| Box::pin(account::certificate(app, request)),
    },
    Route {
        name: "export",
        method: "GET",
        pattern: "/v1/contests/{c}/me/export",
        access: Access::Session,
        command: |app, request| Box::pin(account::export(app, request)),
    },
    Route {
        name: "erase",
        method: "DELETE",
        pattern: "/v1/contests/{c}/me",
        access: Access::Session,
        command: |app, request| Box::pin(account::erase(app, request)),
    },
    Route {
        name: "start",
        method: "POST",
        pattern: "/v1/contests/{c}/rounds/{r}/attempts",
        access: Access::Session,
        command: |app, request| Box::pin(attempts::start(app, request)),
    },
    Route {
        name: "submit",
        method: "PUT",
        pattern: "/v1/contests/{c}/rounds/{r}/attempts/{n}",
        access: Access::Session,
        command: |app, request| Box::pin(attempts::submit(app, request)),
    },
    Route {
        name: "status",
        method: "GET",
        pattern: "/v1/contests/{c}/rounds/{r}/attempts/{n}",
        access: Access::Session,
        command: |app, request| Box::pin(attempts::status(app, request)),
    },
];

/// Every route, by the gateway's key of it, with who may ask.
pub fn routes() -> impl Iterator<Item = (String, Access)> {
    ROUTES.iter().map(|route| (route.key(), route.access))
}
