//! A network between functions and engines that loses what a test tells it to: requests before they
//! arrive, replies after the work was done, and calls for which a table has no capacity.
//!
//! Faults are the one thing that no engine makes by itself.

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::https_client;

/// What happens to one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Neither try arrives.
    Refused,
    /// The first try is carried out, and no reply comes of either.
    Lost,
    /// The first try is carried out and its reply lost; the client's own second try is answered.
    LostOnce,
    /// The service has no capacity for either try.
    Throttled,
}

impl Fault {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Refused, Self::Lost, Self::LostOnce, Self::Throttled];
}

/// A call as it passed: the service, the method, and where to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    /// `dynamodb`, `s3` and the like.
    pub service: String,
    /// `PutItem` of a table, `PUT` of an object.
    pub action: String,
    /// Path of an object, without its query.
    pub path: String,
}

#[derive(Debug, Default)]
struct Plan {
    /// Calls counted so far.
    passed: Vec<Passed>,
    /// Place of a call, and what happens to it.
    faults: Vec<(usize, Fault)>,
    /// Whether calls are counted now.
    counting: bool,
}

/// The network of one world.
#[derive(Clone, Debug, Default)]
pub struct Network(Arc<Mutex<Plan>>);

impl Network {
    /// As the functions' clients take it.
    pub fn client(&self) -> SharedHttpClient {
        SharedHttpClient::new(Carrier { network: self.clone(), real: https_client() })
    }

    /// Counts the calls of a piece of work from 0, with these faults. Answers what the work came to, and
    /// every call that it made.
    pub async fn with<T>(&self, faults: &[(usize, Fault)], work: impl Future<Output = T>) -> (T, Vec<Passed>) {
        *self.plan() = Plan { passed: Vec::new(), faults: faults.to_vec(), counting: true };
        let result = work.await;
        let plan = std::mem::take(&mut *self.plan());
        (result, plan.passed)
    }

    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What happens to this try of a call.
    fn fate(&self, request: &HttpRequest) -> Option<(Fault, bool)> {
        let header = |name: &str| request.headers().get(name).unwrap_or_default().to_owned();
        let is_first = !header("amz-sdk-request").contains("attempt=2");
        let mut plan = self.plan();
        if !plan.counting {
            return None;
        }
        if is_first {
            let service = header("authorization").split('/').nth(3).unwrap_or_default().to_owned();
            let action = header("x-amz-target").rsplit('.').next().unwrap_or_default().to_owned();
            let action = if action.is_empty() { request.method().to_owned() } else { action };
            let path = request.uri().split('?').next().unwrap_or_default().to_owned();
            let path = path.splitn(4, '/').nth(3).unwrap_or_default().to_owned();
            plan.passed.push(Passed { service, action, path });
        }
        // Work of a test is done one call after the other, but for the cold start.
        let place = plan.passed.len().checked_sub(1)?;
        plan.faults.iter().find(|(at, _)| *at == place).map(|(_, fault)| (*fault, is_first))
    }
}

#[derive(Clone, Debug)]
struct Carrier {
    network: Network,
    real: SharedHttpClient,
}

impl HttpClient for Carrier {
    fn http_connector(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> SharedHttpConnector {
        let real = self.real.http_connector(settings, components);
        SharedHttpConnector::new(Connection { network: self.network.clone(), real })
    }
}

#[derive(Debug)]
struct Connection {
    network: Network,
    real: SharedHttpConnector,
}

impl HttpConnector for Connection {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let gone = || ConnectorError::io(io::Error::other("the network of the test lost it").into());
        match self.network.fate(&request) {
            None | Some((Fault::LostOnce, false)) => self.real.call(request),
            Some((Fault::Refused, _) | (Fault::Lost, false)) => HttpConnectorFuture::ready(Err(gone())),
            Some((Fault::Lost | Fault::LostOnce, true)) => {
                let done = self.real.call(request);
                HttpConnectorFuture::new(async move {
                    done.await?;
                    Err(gone())
                })
            }
            Some((Fault::Throttled, _)) => HttpConnectorFuture::ready(Ok(throttled(&request))),
        }
    }
}

/// As the services say it: JSON for tables, XML for objects.
fn throttled(request: &HttpRequest) -> HttpResponse {
    let is_object = request.headers().get("x-amz-target").is_none();
    let (status, body) = if is_object {
        (503, "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>")
    } else {
        (400, r#"{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException","message":"Rate exceeded"}"#)
    };
    HttpResponse::new(StatusCode::try_from(status).expect("a status"), SdkBody::from(body))
}
