//! Lambda entry of the contestants' API.

use api::{App, Config};
use aws_lambda_events::apigw::ApiGatewayV2httpRequest;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    store::log::begin();
    let config = Config::from_env()?;
    let sdk = store::Sdk::from_env(store::Patience::Contestant).await;
    let app = &App::start(config, &sdk).await?;
    run(service_fn(move |event: LambdaEvent<ApiGatewayV2httpRequest>| async move {
        Ok::<_, Error>(app.handle(event.payload).await)
    }))
    .await
}
