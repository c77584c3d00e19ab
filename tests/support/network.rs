//! A network between functions and engines that loses what a test tells it to: requests before they
//! arrive, replies after the work was done or in the middle of a body, and calls for which a table has no capacity.
//!
//! Faults are the one thing that no engine makes by itself.

use crate::weakness::{Call, Weak, Weakness};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use contest::time::Timestamp;
use http_body_util::{BodyExt, Collected};
use hyper::body::{Body, Frame};
use std::io;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use store::https_client;
use tokio::sync::Notify;

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
    /// The first try is carried out, and the connection drops in the middle of its reply; no reply comes of
    /// another.
    Cut,
    /// The disk under the service is full at either try.
    Full,
}

impl Fault {
    /// Every kind of which the outcome differs: a full disk is told apart from no capacity by its status alone.
    pub const ALL: [Self; 5] = [Self::Refused, Self::Lost, Self::LostOnce, Self::Throttled, Self::Cut];
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

/// When something else comes between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Before the call of this number.
    Call(usize),
    /// Before an object below this path is read for the first time.
    Read(&'static str),
    /// Before this object is written for the first time.
    Write(&'static str),
}

impl Moment {
    fn is_before(self, place: usize, call: &Passed) -> bool {
        match self {
            Self::Call(at) => at == place,
            Self::Read(below) => call.action == "GET" && call.path.starts_with(below),
            Self::Write(path) => call.action == "PUT" && call.path == path,
        }
    }
}

#[derive(Debug, Default)]
struct Plan {
    /// Calls counted so far.
    passed: Vec<Passed>,
    /// Place of a call, and what happens to it.
    faults: Vec<(usize, Fault)>,
    /// From this call on nothing arrives any more: the function has crashed.
    crash: Option<usize>,
    /// Before this call something else happens.
    pause: Option<(Moment, Arc<Notify>, Arc<Notify>)>,
    /// Whether calls are counted now.
    counting: bool,
    /// The time that replies tell, instead of the machine's.
    date: Option<Timestamp>,
    scarcity: Option<Scarcity>,
    /// The program that is wrong, instead of the right one.
    weak: Option<Arc<Weak>>,
}

impl Plan {
    /// What holds for a whole world.
    fn afresh(&self) -> Self {
        Self { date: self.date, weak: self.weak.clone(), ..Self::default() }
    }
}

/// A table without capacity for half of the writes, and for half of those not at the client's second try either.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scarcity {
    /// Writes that functions asked for.
    pub writes: usize,
    /// Tries of them on the wire.
    pub tries: usize,
}

impl Scarcity {
    fn refuses(&mut self, is_first: bool) -> bool {
        self.tries += 1;
        self.writes += usize::from(is_first);
        if is_first { self.writes.is_multiple_of(2) } else { self.writes.is_multiple_of(4) }
    }
}

/// What becomes of one try of a call.
enum Fate {
    Passes,
    Suffers(Fault, bool),
    Waits(Arc<Notify>, Arc<Notify>),
}

/// The network of one world.
#[derive(Clone, Debug, Default)]
pub struct Network(Arc<Mutex<Plan>>);

impl Network {
    /// As the functions' clients take it.
    pub fn client(&self) -> SharedHttpClient {
        SharedHttpClient::new(Carrier { network: self.clone(), real: https_client() })
    }

    /// Counts the calls of a piece of work from 0, with these faults. Returns what the work came to, and
    /// every call that it made.
    pub async fn with<T>(&self, faults: &[(usize, Fault)], work: impl Future<Output = T>) -> (T, Vec<Passed>) {
        self.begin(|plan| plan.faults = faults.to_vec());
        let result = work.await;
        (result, self.end())
    }

    /// Does a piece of work whose process dies before call `crash`: no call after it arrives. Whatever the
    /// work came to, nobody hears of it.
    pub async fn crashing<T>(&self, crash: usize, work: impl Future<Output = T>) {
        self.begin(|plan| plan.crash = Some(crash));
        work.await;
        self.end();
    }

    /// Does a piece of work, and something else while one of its calls is on the way. Returns what the work came
    /// to; where it makes no such call, the other thing is not done.
    pub async fn interrupted<T>(
        &self,
        at: Moment,
        work: impl Future<Output = T>,
        other: impl Future<Output = ()>,
    ) -> T {
        let (reached, resume) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        self.begin(|plan| plan.pause = Some((at, Arc::clone(&reached), Arc::clone(&resume))));
        let mut work = std::pin::pin!(work);
        let result = tokio::select! {
            result = &mut work => result,
            () = reached.notified() => {
                self.end();
                other.await;
                resume.notify_one();
                work.await
            }
        };
        self.end();
        result
    }

    /// Does a piece of work while tables lack capacity. Returns what the work came to, and how often something was
    /// written.
    pub async fn scarce<T>(&self, work: impl Future<Output = T>) -> (T, Scarcity) {
        self.plan().scarcity = Some(Scarcity::default());
        let result = work.await;
        (result, self.plan().scarcity.take().unwrap_or_default())
    }

    /// From now on functions are wrong in this way; `s3` reaches the engine by itself.
    pub fn weaken(&self, weakness: Weakness, s3: aws_sdk_s3::Client) {
        self.plan().weak = Some(Arc::new(Weak::new(weakness, s3)));
    }

    /// From now on replies of tables are sent at this time.
    pub fn set_date(&self, date: Timestamp) {
        self.plan().date = Some(date);
    }

    fn begin(&self, change: impl FnOnce(&mut Plan)) {
        let mut plan = self.plan();
        *plan = Plan { counting: true, ..plan.afresh() };
        change(&mut plan);
    }

    fn end(&self) -> Vec<Passed> {
        let mut plan = self.plan();
        let passed = std::mem::take(&mut plan.passed);
        *plan = plan.afresh();
        passed
    }

    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What happens to this try of a call.
    fn fate(&self, request: &HttpRequest) -> Fate {
        let header = |name: &str| request.headers().get(name).unwrap_or_default().to_owned();
        let is_first = header("amz-sdk-request").contains("attempt=1;");
        let mut plan = self.plan();
        let target = header("x-amz-target");
        let is_write =
            ["PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems"].iter().any(|w| target.ends_with(w));
        if is_write && plan.scarcity.as_mut().is_some_and(|scarcity| scarcity.refuses(is_first)) {
            return Fate::Suffers(Fault::Throttled, is_first);
        }
        if !plan.counting {
            return Fate::Passes;
        }
        if is_first {
            let service = header("authorization").split('/').nth(3).unwrap_or_default().to_owned();
            let action = target.rsplit('.').next().unwrap_or_default().to_owned();
            let action = if action.is_empty() { request.method().to_owned() } else { action };
            let path = request.uri().split('?').next().unwrap_or_default().to_owned();
            let path = path.splitn(4, '/').nth(3).unwrap_or_default().to_owned();
            plan.passed.push(Passed { service, action, path });
        }
        // Work of a test is done one call after the other, but for the cold start.
        let Some(place) = plan.passed.len().checked_sub(1) else { return Fate::Passes };
        if plan.crash.is_some_and(|crash| place >= crash) {
            return Fate::Suffers(Fault::Refused, is_first);
        }
        match &plan.pause {
            Some((at, reached, resume)) if is_first && at.is_before(place, &plan.passed[place]) => {
                return Fate::Waits(Arc::clone(reached), Arc::clone(resume));
            }
            _ => {}
        }
        let fault = plan.faults.iter().find(|(at, _)| *at == place);
        fault.map_or(Fate::Passes, |(_, fault)| Fate::Suffers(*fault, is_first))
    }

    /// Carries a call out, as it is or as a wrong program would have it.
    async fn carry(&self, real: SharedHttpConnector, request: HttpRequest) -> Result<HttpResponse, ConnectorError> {
        let of_table = request.headers().get("x-amz-target").is_some();
        let weak = self.plan().weak.clone();
        let Some(weak) = weak else { return Ok(self.dated(real.call(request).await?, of_table)) };
        if let Some(reply) = weak.answers(&request).await {
            return Ok(reply);
        }
        let call = Call::of(&request);
        let response = real.call(request).await?;
        Ok(self.dated(weak.hears(call, response).await?, of_table))
    }

    /// A table's reply at the time that is told here. Buckets keep the machine's: clients sign by what the
    /// replies say, and a bucket refuses what is signed hours away.
    fn dated(&self, mut response: HttpResponse, of_table: bool) -> HttpResponse {
        if let Some(date) = self.plan().date.filter(|_| of_table) {
            let date = date.utc().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
            response.headers_mut().insert("date", date);
        }
        response
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
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let gone = || ConnectorError::io(io::Error::other("the network of the test lost it").into());
        let (network, real) = (self.network.clone(), self.real.clone());
        if let Some(weak) = &self.network.plan().weak {
            weak.sends(&mut request);
        }
        match self.network.fate(&request) {
            Fate::Passes | Fate::Suffers(Fault::LostOnce, false) => {
                HttpConnectorFuture::new(async move { network.carry(real, request).await })
            }
            Fate::Waits(reached, resume) => HttpConnectorFuture::new(async move {
                reached.notify_one();
                resume.notified().await;
                network.carry(real, request).await
            }),
            Fate::Suffers(Fault::Refused, _) | Fate::Suffers(Fault::Lost | Fault::Cut, false) => {
                HttpConnectorFuture::ready(Err(gone()))
            }
            Fate::Suffers(Fault::Lost | Fault::LostOnce, true) => HttpConnectorFuture::new(async move {
                network.carry(real, request).await?;
                Err(gone())
            }),
            Fate::Suffers(Fault::Cut, true) => {
                HttpConnectorFuture::new(async move { Ok(cut(network.carry(real, request).await?).await) })
            }
            Fate::Suffers(Fault::Throttled, _) => HttpConnectorFuture::ready(Ok(throttled(&request))),
            Fate::Suffers(Fault::Full, _) => HttpConnectorFuture::ready(Ok(full(&request))),
        }
    }
}

/// A reply whose connection drops after the first half of its body.
async fn cut(mut response: HttpResponse) -> HttpResponse {
    let whole = response.take_body().collect().await.map(Collected::to_bytes).unwrap_or_default();
    let half = Frame::data(whole.slice(..whole.len() / 2));
    let frames = [Ok(half), Err(io::Error::from(io::ErrorKind::ConnectionReset))];
    *response.body_mut() = SdkBody::from_body_1_x(Frames(frames.into_iter()));
    response
}

/// Frames that are all there.
struct Frames(std::array::IntoIter<io::Result<Frame<Bytes>>, 2>);

impl Body for Frames {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        Poll::Ready(self.0.next())
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

/// As the local engines and the services themselves tell a fault of their own.
fn full(request: &HttpRequest) -> HttpResponse {
    let is_object = request.headers().get("x-amz-target").is_none();
    let body = if is_object {
        "<Error><Code>InternalError</Code><Message>We encountered an internal error.</Message></Error>"
    } else {
        r#"{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":"database or disk is full"}"#
    };
    HttpResponse::new(StatusCode::try_from(500).expect("a status"), SdkBody::from(body))
}
