//! Certificates that people wish to have: printed one by one, when somebody asks, since most of those who may have one never
//! do. A wish is an object whose event says all that it says; it is made again by whoever waits, so one that is lost or fails
//! needs no sweep.

use crate::App;
use anyhow::Context;
use documents::own_certificates::{CertificateIndex, INDEX, file_name, of_person};
use function::job::Reconciler;
use function::log;
use print::{Certificate, Heads};
use store::keys::Wish;
use store::metered;

/// Prints what is wished, and says so in a line of the log.
pub(crate) async fn print(app: &App, wish: &Wish) -> anyhow::Result<String> {
    let (outcome, used) = metered(Box::pin(printed(app, wish))).await;
    log::job(App::NAME, outcome, &used, None)
}

async fn printed(app: &App, wish: &Wish) -> anyhow::Result<String> {
    let Wish { of, pseudonym, certificate } = wish;
    let contest = &of.contest;
    let path = of.file(&file_name(pseudonym, certificate));
    if app.officials.get(&path).await?.is_some() {
        return Ok(format!("a certificate of {contest} was there"));
    }
    let index = app.officials.get(&of.file(INDEX)).await?.context("a wish of a version without certificates")?;
    let index = CertificateIndex::<Heads>::read(&index).context("an index of certificates")?;
    let list = app.officials.get(&of.file(&index.list_of(pseudonym.as_str()))).await?.context("no list")?;
    let mut own = of_person::<Certificate>(&list, pseudonym).context("a list of certificates")?.into_iter();
    let own = own.find(|own| own.id == *certificate).context("a wish for what is not given")?;
    let bytes = print::certificates(&[own.page], &index.heads)?;
    app.officials.put_if_absent(&path, bytes).await?;
    Ok(format!("made a certificate of {contest}"))
}
