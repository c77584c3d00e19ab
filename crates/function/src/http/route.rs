//! The table of an API: which command answers which route. Nothing else knows routes: the template, the gateway of this
//! machine and the tests of authorization are held against it.

use super::log::{Took, answered};
use super::reply::Reply;
use super::request::Request;
use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;
use store::{StoreError, metered};

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Anyone,
    /// Anyone who has a session that holds.
    Session,
}

/// What a command comes to, some time later.
pub type Answer<'a, E> = Pin<Box<dyn Future<Output = Result<Reply, E>> + Send + 'a>>;

/// A route of an API, with the command that answers it.
pub struct Route<A, E> {
    /// The word for it in the log, where every byte is paid for.
    pub name: &'static str,
    pub method: &'static str,
    /// Path as the gateway knows it, such as `/v1/contests/{c}/me`.
    pub pattern: &'static str,
    pub access: Access,
    pub command: for<'a> fn(&'a A, &'a Request) -> Answer<'a, E>,
}

impl<A, E> Route<A, E> {
    /// The gateway's key of the route, such as `GET /v1/time`.
    pub fn key(&self) -> String {
        format!("{} {}", self.method, self.pattern)
    }

    fn has_key(&self, key: &str) -> bool {
        key.split_once(' ') == Some((self.method, self.pattern))
    }
}

/// An API: its routes, and what is told where no command answers.
pub struct Api<A: 'static, E: 'static> {
    /// Its name in metrics.
    pub service: &'static str,
    pub routes: &'static [Route<A, E>],
    /// The error of a route that is not there.
    pub no_route: fn() -> E,
    /// What is told of an error to a request of this id, and the fault behind it, for the log.
    pub tell: fn(E, &str) -> (Reply, Option<StoreError>),
    /// Whether this process has answered before.
    pub has_answered: AtomicBool,
}

impl<A, E> Api<A, E> {
    /// Answers one request of API Gateway, and says so in one line of the log.
    pub async fn answer(&self, app: &A, event: ApiGatewayV2httpRequest) -> ApiGatewayV2httpResponse {
        let began = Instant::now();
        let request = Request::of(event);
        let route = self.routes.iter().find(|route| route.has_key(&request.route));
        let work = async {
            match route {
                Some(route) => (route.command)(app, &request).await,
                None => Err((self.no_route)()),
            }
        };
        let (answer, used) = metered(Box::pin(work)).await;
        let (reply, fault) = match answer {
            Ok(reply) => (reply, None),
            Err(error) => (self.tell)(error, &request.id),
        };
        let cold = !self.has_answered.swap(true, Ordering::Relaxed);
        let name = route.map_or("unknown", |route| route.name);
        let took = Took { time: began.elapsed(), cold };
        answered((self.service, name), &request, &reply, &used, fault.as_ref(), took);
        reply.into_response(request.accepts_gzip)
    }
}
