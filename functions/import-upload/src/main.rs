//! Lambda entry of the function that imports uploads.

use import_upload::{App, Config};
use lambda_runtime::Error;
use store::Patience;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    function::log::begin();
    let app = App::start(Config::from_env()?, &function::sdk(Patience::Job).await).await?;
    function::job::serve(async |event, now| app.handle(event, now).await).await
}
