//! Embedded DynamoDB (`dynoxide`), in memory or in one SQLite file.

use super::{Server, StopSignal};
use anyhow::Context;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::create_table::CreateTableError;
use aws_sdk_dynamodb::types::{AttributeDefinition, BillingMode, KeySchemaElement, KeyType, ScalarAttributeType};
use std::path::Path;
use tokio::net::TcpListener;

/// Tables of the functions.
pub const FUNCTION_TABLES: [&str; 4] = ["attempts", "control", "organizers", "people"];

/// Table of the local scheduler, which no function knows.
pub const SCHEDULES_TABLE: &str = "local-schedules";

/// Starts the engine; `file` keeps its contents. When it stops, nothing of what was deleted is left in the file.
///
/// # Errors
/// Where the file cannot be opened as a database.
pub fn start(listener: TcpListener, file: Option<&Path>, stop: StopSignal) -> anyhow::Result<Server> {
    let database = match file {
        None => dynoxide::Database::memory(),
        Some(path) => dynoxide::Database::new(path.to_str().context("a path that is not Unicode")?),
    }
    .map_err(|error| anyhow::anyhow!("cannot open the database: {error:?}"))?;
    let address = listener.local_addr()?;
    let is_kept = file.is_some();
    let task = super::task::spawn(async move {
        if let Err(error) = dynoxide::server::serve_with_shutdown(listener, database.clone(), stop.stopped()).await {
            tracing::error!("DynamoDB engine failed: {error}");
        }
        // SQLite leaves what was deleted where it stood until something else needs the place.
        if let Some(Err(error)) = is_kept.then(|| database.vacuum()) {
            tracing::error!("what was erased may still be read in the database's file: {error}");
        }
    });
    Ok(Server { address, task })
}

/// Creates the tables that are missing, all alike: `pk` and `sk`, on demand.
///
/// # Errors
/// Any other refusal than "exists already".
pub async fn create_tables(client: &Client) -> anyhow::Result<()> {
    for table in FUNCTION_TABLES.into_iter().chain([SCHEDULES_TABLE]) {
        let created = client
            .create_table()
            .table_name(table)
            .billing_mode(BillingMode::PayPerRequest)
            .key_schema(key("pk", KeyType::Hash)?)
            .key_schema(key("sk", KeyType::Range)?)
            .attribute_definitions(text_attribute("pk")?)
            .attribute_definitions(text_attribute("sk")?)
            .send()
            .await;
        match created.map_err(aws_sdk_dynamodb::error::SdkError::into_service_error) {
            Ok(_) | Err(CreateTableError::ResourceInUseException(_)) => {}
            Err(error) => return Err(error).with_context(|| format!("cannot create table {table}")),
        }
    }
    Ok(())
}

fn key(name: &str, kind: KeyType) -> anyhow::Result<KeySchemaElement> {
    Ok(KeySchemaElement::builder().attribute_name(name).key_type(kind).build()?)
}

fn text_attribute(name: &str) -> anyhow::Result<AttributeDefinition> {
    Ok(AttributeDefinition::builder().attribute_name(name).attribute_type(ScalarAttributeType::S).build()?)
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_deleted_is_overwritten_in_every_database() {
        let database = rusqlite::Connection::open_in_memory().expect("a database");
        let is_on: i64 = database.query_row("PRAGMA secure_delete", [], |row| row.get(0)).expect("a setting");
        assert_eq!(is_on, 1, "SQLite is built without SQLITE_SECURE_DELETE: see .cargo/config.toml");
    }
}
