//! Lambda entry of the function that closes rounds.

use close_round::{App, Config};
use contest::time::Timestamp;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use std::time::{SystemTime, UNIX_EPOCH};
use store::wakeup::Wakeup;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    store::log::begin();
    let config = Config::from_env()?;
    let sdk = store::Sdk::from_env(store::Patience::Job).await;
    let app = &App::start(config, &sdk).await?;
    run(service_fn(move |event: LambdaEvent<Wakeup>| async move {
        #[expect(clippy::disallowed_methods, reason = "the clock of a schedule is read here, once")]
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH)?;
        Ok::<_, Error>(app.handle(event.payload, Timestamp::from_millis(i64::try_from(elapsed.as_millis())?)).await?)
    }))
    .await
}
