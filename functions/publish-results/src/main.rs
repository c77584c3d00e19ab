//! Lambda entry of the function that publishes results.

use lambda_runtime::Error;
use publish_results::{App, Config};
use store::Patience;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    function::log::begin();
    let app = App::start(Config::from_env()?, &function::sdk(Patience::Job).await).await?;
    function::job::serve(async |wakeup, now| app.handle(wakeup, now).await).await
}
