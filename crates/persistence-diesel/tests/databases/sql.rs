//! A database session of a test, without the repositories.

use diesel_async::AsyncPgConnection;
use fieldmark_testkit::postgres::Schema;

/// A session with a schema, without the pool.
pub async fn session(schema: &Schema) -> AsyncPgConnection {
    let connected = tokio_postgres::connect(&schema.url(), tokio_postgres::NoTls).await;
    let (client, connection) = connected.unwrap();
    AsyncPgConnection::try_from_client_and_connection(client, connection).await.unwrap()
}
