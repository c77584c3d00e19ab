//! Lambda entry of the function that counts while a round is open.

use lambda_runtime::Error;
use store::Patience;
use watch_round::{App, Config};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    function::log::begin();
    let app = App::new(Config::from_env()?, &function::sdk(Patience::Job).await);
    function::job::serve(async |wakeup, now| app.handle(wakeup, now).await).await
}
