//! Lambda entry of the contestants' API.

use api::{App, Config};
use aws_lambda_events::apigw::ApiGatewayV2httpRequest;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use store::Patience;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    function::log::begin();
    let app = &App::start(Config::from_env()?, &function::sdk(Patience::Contestant).await).await?;
    run(service_fn(move |event: LambdaEvent<ApiGatewayV2httpRequest>| async move {
        Ok::<_, Error>(app.handle(event.payload).await)
    }))
    .await
}
