//! A session of a test's own, past the repositories.

use diesel_async::AsyncPgConnection;
use fieldmark_testkit::postgres::Schema;

/// A session with a schema, past the pool.
pub async fn session(schema: &Schema) -> AsyncPgConnection {
    let connected = tokio_postgres::connect(&schema.url(), tokio_postgres::NoTls).await;
    let (client, connection) = connected.unwrap();
    AsyncPgConnection::try_from_client_and_connection(client, connection).await.unwrap()
}
