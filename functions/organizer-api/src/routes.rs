//! Which command answers which route. An unknown path starts no function.

use crate::error::{ApiError, tell};
use crate::{App, accounts, contestants, contests, downloads, health, log, proposals, rounds};
use documents::console::Refusal;
use function::http::{Access, Api, Route};
use std::sync::atomic::AtomicBool;

pub(crate) static API: Api<App, ApiError> = Api {
    service: "organizer-api",
    routes: ROUTES,
    no_route: || Refusal::NoSuchRoute.into(),
    tell,
    has_answered: AtomicBool::new(false),
};

macro_rules! routes {
    ($($access:ident $name:literal $method:literal $pattern:literal $command:path;)+) => {
        &[$(Route {
            name: $name,
            method: $method,
            pattern: $pattern,
            access: Access::$access,
            command: |app, request| Box::pin($command(app, request)),
        }),+]
    };
}

const ROUTES: &[Route<App, ApiError>] = routes! {
    Anyone "enrol" "POST" "/v1/organizer/enrolments" accounts::enrol;
    Anyone "confirm" "POST" "/v1/organizer/enrolments/confirm" accounts::confirm;
    Anyone "sign_in" "POST" "/v1/organizer/sessions" accounts::sign_in;
    Anyone "second" "POST" "/v1/organizer/sessions/second" accounts::second;
    Anyone "passkey_options" "POST" "/v1/organizer/sessions/passkey/options" accounts::sign_in_options;
    Anyone "passkey" "POST" "/v1/organizer/sessions/passkey" accounts::sign_in_by_passkey;
    Session "sign_out" "DELETE" "/v1/organizer/sessions" accounts::sign_out;
    Session "me" "GET" "/v1/organizer/me" accounts::me;
    Session "step_up" "POST" "/v1/organizer/me/step-up" accounts::step_up;
    Session "step_up_options" "POST" "/v1/organizer/me/step-up/options" accounts::step_up_options;
    Session "new_passkey" "POST" "/v1/organizer/me/passkeys/options" accounts::new_passkey_options;
    Session "add_passkey" "POST" "/v1/organizer/me/passkeys" accounts::add_passkey;
    Session "remove_passkey" "DELETE" "/v1/organizer/me/passkeys/{k}" accounts::remove_passkey;
    Session "new_app" "POST" "/v1/organizer/me/totp" accounts::new_app;
    Session "confirm_app" "PUT" "/v1/organizer/me/totp" accounts::confirm_app;
    Session "sessions" "GET" "/v1/organizer/me/sessions" accounts::sessions;
    Session "end_session" "DELETE" "/v1/organizer/me/sessions/{s}" accounts::end_session;
    Session "change_secret" "PUT" "/v1/organizer/me/secret" accounts::change_secret;
    Session "new_recovery" "POST" "/v1/organizer/me/recovery" accounts::new_recovery;
    Session "people" "GET" "/v1/organizer/people" accounts::list;
    Session "invite" "POST" "/v1/organizer/people" accounts::invite;
    Session "change_person" "PATCH" "/v1/organizer/people/{id}" accounts::change;
    Session "end_sessions" "DELETE" "/v1/organizer/people/{id}/sessions" accounts::end_sessions;
    Session "plan_form" "GET" "/v1/organizer/plan-form" contests::plan_form;
    Session "plan" "POST" "/v1/organizer/plan" contests::plan;
    Session "contests" "GET" "/v1/organizer/contests" contests::list;
    Session "contest" "GET" "/v1/organizer/contests/{c}" contests::overview;
    Session "public" "GET" "/v1/organizer/contests/{c}/public" contests::public;
    Session "read_file" "GET" "/v1/organizer/contests/{c}/files/{name}" contests::read;
    Session "write_file" "PUT" "/v1/organizer/contests/{c}/files/{name}" contests::write;
    Session "report" "GET" "/v1/organizer/contests/{c}/files/{name}/report" contests::report;
    Session "proposals" "GET" "/v1/organizer/contests/{c}/proposals" proposals::list;
    Session "propose" "POST" "/v1/organizer/contests/{c}/proposals" proposals::propose;
    Session "proposal" "GET" "/v1/organizer/contests/{c}/proposals/{p}" proposals::show;
    Session "withdraw" "DELETE" "/v1/organizer/contests/{c}/proposals/{p}" proposals::withdraw;
    Session "preview" "POST" "/v1/organizer/contests/{c}/proposals/{p}/preview" proposals::preview;
    Session "approve" "POST" "/v1/organizer/contests/{c}/proposals/{p}/approve" proposals::approve;
    Session "reject" "POST" "/v1/organizer/contests/{c}/proposals/{p}/reject" proposals::reject;
    Session "platform_proposals" "GET" "/v1/organizer/proposals" proposals::list;
    Session "platform_proposal" "GET" "/v1/organizer/proposals/{p}" proposals::show;
    Session "platform_withdraw" "DELETE" "/v1/organizer/proposals/{p}" proposals::withdraw;
    Session "platform_preview" "POST" "/v1/organizer/proposals/{p}/preview" proposals::preview;
    Session "platform_approve" "POST" "/v1/organizer/proposals/{p}/approve" proposals::approve;
    Session "platform_reject" "POST" "/v1/organizer/proposals/{p}/reject" proposals::reject;
    Session "change_unit" "PATCH" "/v1/organizer/contests/{c}/contestants/{id}" proposals::change_unit;
    Session "reset" "POST" "/v1/organizer/contests/{c}/contestants/{id}/resets" proposals::reset;
    Session "audit_heads" "GET" "/v1/organizer/contests/{c}/audit/heads" log::heads_of_contest;
    Session "platform_audit_heads" "GET" "/v1/organizer/audit/heads" log::heads_of_platform;
    Session "audit" "GET" "/v1/organizer/contests/{c}/audit/{from}" log::of_contest;
    Session "platform_audit" "GET" "/v1/organizer/audit/{from}" log::of_platform;
    // What organizers look at.
    Session "watch" "GET" "/v1/organizer/contests/{c}/rounds/{r}/watch" rounds::figures;
    Session "ask_watch" "POST" "/v1/organizer/contests/{c}/rounds/{r}/watch" rounds::ask;
    Session "look_up" "POST" "/v1/organizer/contests/{c}/contestants/search" contestants::search;
    Session "show_paper" "POST" "/v1/organizer/contests/{c}/rounds/{r}/paper" rounds::paper;
    Session "seal" "GET" "/v1/organizer/contests/{c}/rounds/{r}/seal" rounds::seal;
    Session "preview_results" "GET" "/v1/organizer/contests/{c}/rounds/{r}/results" rounds::results;
    Session "review" "GET" "/v1/organizer/contests/{c}/rounds/{r}/review" rounds::review;
    Session "review_further" "GET" "/v1/organizer/contests/{c}/rounds/{r}/review/{from}" rounds::review;
    Session "items" "GET" "/v1/organizer/contests/{c}/rounds/{r}/items" rounds::items;
    Session "documents" "GET" "/v1/organizer/contests/{c}/documents" downloads::list;
    Session "document_part" "GET" "/v1/organizer/contests/{c}/documents/{r}/{v}/{file}/parts/{n}" downloads::part;
    Session "health" "GET" "/v1/organizer/health" health::health;
};

/// Every route, by the gateway's key of it, with who may ask.
pub fn routes() -> impl Iterator<Item = (String, Access)> {
    ROUTES.iter().map(|route| (route.key(), route.access))
}
