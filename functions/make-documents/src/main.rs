//! Lambda entry of the function that makes officials' documents.

use lambda_runtime::Error;
use make_documents::{App, Config};
use store::Patience;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    function::log::begin();
    let app = App::start(Config::from_env()?, &function::sdk(Patience::Job).await).await?;
    function::job::serve(async |event, now| app.handle(event, now).await).await
}
