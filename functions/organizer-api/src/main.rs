//! Lambda entry of the organizers' API.

use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use organizer_api::{App, Config, Event};
use store::Patience;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    function::log::begin();
    let app = &App::start(Config::from_env()?, &function::sdk(Patience::Contestant).await).await?;
    run(service_fn(move |event: LambdaEvent<Event>| async move { Ok::<_, Error>(app.handle(event.payload).await?) }))
        .await
}
