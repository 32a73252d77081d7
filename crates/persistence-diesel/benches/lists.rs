//! Measures the cost of reads among 100,000 documents with ten labels each: statements and time, on
//! SQLite and on PostgreSQL.
//!
//! `cargo bench -p fieldmark-persistence-diesel --bench lists` prints a line for each read and each
//! database. It starts its own PostgreSQL with `fsync` off, which does not affect reads.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark may panic, and prints what it measured"
)]

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use diesel::connection::{InstrumentationEvent, set_default_instrumentation};
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use diesel_async::{AsyncConnection as _, AsyncPgConnection, SimpleAsyncConnection as _};
use fieldmark_domain::document::{DocumentId, DocumentQuery, FieldCondition, FieldMatch};
use fieldmark_domain::field::Field;
use fieldmark_domain::listing::Window;
use fieldmark_domain::ports::DocumentRepository;
use fieldmark_domain::scope::{OwnerId, Scope};
use fieldmark_persistence_diesel::{Database, DatabaseOptions};
use fieldmark_testkit::postgres::Cluster;
use uuid::Uuid;

const DOCUMENTS: u64 = 100_000;
/// Repetitions of each read; the median is printed.
const REPEATS: usize = 21;
const SCOPE: Scope = Scope::owner(OwnerId::LOCAL);

static STATEMENTS: AtomicUsize = AtomicUsize::new(0);

#[tokio::main]
async fn main() {
    count_statements();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("lists.db");
    let sqlite = database(format!("sqlite://{}", path.display())).await;
    let mut connection =
        SyncConnectionWrapper::<diesel::SqliteConnection>::establish(&path.to_string_lossy())
            .await
            .expect("a connection");
    for statement in filling(&SQLITE) {
        connection.batch_execute(&statement).await.expect("rows");
    }
    measure("SQLite", &*sqlite.repositories().documents).await;

    let cluster = Cluster::start().expect("PostgreSQL");
    let schema = cluster.schema().expect("a schema");
    let postgres = database(schema.url()).await;
    let mut connection = AsyncPgConnection::establish(&schema.url()).await.expect("a connection");
    for statement in filling(&POSTGRES) {
        connection.batch_execute(&statement).await.expect("rows");
    }
    measure("PostgreSQL", &*postgres.repositories().documents).await;
}

/// Counts every statement of every connection opened from now on, except those that begin and end
/// transactions.
fn count_statements() {
    set_default_instrumentation(|| {
        Some(Box::new(|event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event {
                let text = query.to_string();
                let ends = ["BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SET ", "SHOW"];
                if !ends.iter().any(|end| text.starts_with(end)) {
                    STATEMENTS.fetch_add(1, Ordering::Relaxed);
                }
            }
        }))
    })
    .expect("instrumentation");
}

async fn database(url: String) -> Database {
    let acquire_timeout = Duration::from_secs(10);
    let options =
        DatabaseOptions { url, min_connections: 1, max_connections: 4, acquire_timeout, min_free_bytes: 0 };
    let database = Database::connect(&options).await.expect("a database");
    database.migrate_up().await.expect("tables");
    database
}

async fn measure(database: &str, documents: &dyn DocumentRepository) {
    let hundred = DocumentQuery { window: Window { limit: 100, offset: 0 }, ..DocumentQuery::default() };
    let labelled = DocumentQuery { with_labels: true, ..hundred.clone() };
    let deep = DocumentQuery { window: Window { limit: 100, offset: 90_000 }, ..labelled.clone() };
    let condition = |field, matches| DocumentQuery {
        fields: vec![FieldCondition { field, matches }],
        ..labelled.clone()
    };
    let number = condition(Field::InvoiceNumber, FieldMatch::Is("f-77777".to_owned()));
    let supplier = condition(Field::SupplierName, FieldMatch::BeginsWith("supplier 77".to_owned()));
    for (read, query) in [
        ("100 newest documents", &hundred),
        ("100 newest documents with labels", &labelled),
        ("100 documents with labels, 90,000 further down", &deep),
        ("with labels, by invoice number", &number),
        ("with labels, by the beginning of the supplier's name", &supplier),
    ] {
        let list = async || {
            let found = documents.list(&SCOPE, query).await.expect("a list");
            assert!(!found.items.is_empty());
            format!("{} of {}", found.items.len(), found.total)
        };
        print_read(database, read, list).await;
    }
    let id = DocumentId(Uuid::from_u128(0x0197_0000_0000_7000_8000_0000_0001_2345));
    let show = async || {
        documents.show(&SCOPE, id).await.expect("an answer").map_or_else(String::new, |_| "1".into())
    };
    print_read(database, "one document with all that was read", show).await;
}

async fn print_read(database: &str, read: &str, mut act: impl AsyncFnMut() -> String) {
    let found = act().await;
    let mut times = Vec::with_capacity(REPEATS);
    let before = STATEMENTS.load(Ordering::Relaxed);
    for _ in 0..REPEATS {
        let start = Instant::now();
        act().await;
        times.push(start.elapsed());
    }
    let statements = (STATEMENTS.load(Ordering::Relaxed) - before) / REPEATS;
    times.sort();
    let middle = times.get(REPEATS / 2).copied().unwrap_or_default().as_secs_f64() * 1000.0;
    println!("{database:<10}  {read:<52}  {found:>14}  {statements} statements  {middle:>8.2} ms");
}

/// How a database writes the expressions that the rows are built from.
struct Dialect {
    /// The numbers `n` from 1 on.
    numbers: &'static str,
    /// A number as twelve hexadecimal digits.
    digits: &'static str,
    /// An id from its text.
    id: fn(&str) -> String,
    /// 32 bytes that are unique to a document.
    bytes: &'static str,
    /// A moment, this many seconds after another.
    moment: &'static str,
    /// Statements that update the database's statistics.
    finish: &'static [&'static str],
}

const SQLITE: Dialect = Dialect {
    numbers: "(WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}) \
              SELECT n FROM numbers) AS numbers",
    digits: "printf('%012x', n)",
    id: |text| text.to_owned(),
    bytes: "CAST(printf('%032d', n) AS BLOB)",
    moment: "(1750000000 + n) * 1000000",
    finish: &["ANALYZE"],
};

const POSTGRES: Dialect = Dialect {
    numbers: "generate_series(1, {count}) AS numbers(n)",
    digits: "lpad(to_hex(n), 12, '0')",
    id: |text| format!("({text})::uuid"),
    bytes: "convert_to(lpad(n::text, 32, '0'), 'UTF8')",
    moment: "to_timestamp(1750000000 + n)",
    finish: &["VACUUM ANALYZE documents", "VACUUM ANALYZE labels"],
};

const FIELDS: [Field; 10] = [
    Field::InvoiceNumber,
    Field::InvoiceDate,
    Field::DueDate,
    Field::TotalNet,
    Field::TotalTax,
    Field::TotalGross,
    Field::SupplierName,
    Field::SupplierVatId,
    Field::CustomerName,
    Field::OrderNumber,
];

/// The statements that fill the tables.
fn filling(dialect: &Dialect) -> Vec<String> {
    let Dialect { numbers, digits, id, bytes, moment, finish } = dialect;
    let numbers = numbers.replace("{count}", &DOCUMENTS.to_string());
    let owner = id(&format!("'{}'", Uuid::nil()));
    let document = id(&format!("'01970000-0000-7000-8000-' || {digits}"));
    let mut statements = vec![format!(
        "INSERT INTO documents (id, owner_id, filename, filename_key, tags, metadata, media_type, size, sha256, status, \
         page_count, decision, reasons, min_confidence, version, created_at, updated_at, processed_at) \
         SELECT {document}, {owner}, 'invoice ' || n || '.pdf', 'invoice ' || n || '.pdf', '[]', '{{}}', \
         'application/pdf', 45678, {bytes}, 'processed', 1, 'accept', '[]', 0.75, 1, {moment}, {moment}, {moment} \
         FROM {numbers}"
    )];
    for (position, field) in FIELDS.iter().enumerate() {
        let label = id(&format!("'01970000-0000-7000-9{position:03}-' || {digits}"));
        let (value, key) = value_and_key(*field);
        statements.push(format!(
            "INSERT INTO labels (id, document_id, owner_id, field, value, search_key, raw, confidence, source, place, \
             checks, candidates, version, created_at, updated_at) \
             SELECT {label}, {document}, {owner}, '{field}', {value}, {key}, {value}, 0.9, 'text_layer', NULL, '[]', '[]', \
             1, {moment}, {moment} FROM {numbers}"
        ));
    }
    statements.extend(finish.iter().map(|statement| (*statement).to_owned()));
    statements
}

/// A field's value in its normal form, and its search key.
fn value_and_key(field: Field) -> (String, String) {
    let same = |text: &str| (text.to_owned(), text.to_owned());
    match field {
        Field::InvoiceNumber => ("'F-' || n".to_owned(), "'f-' || n".to_owned()),
        Field::InvoiceDate | Field::DueDate => same("'2024-03-14'"),
        Field::SupplierName => {
            ("'Supplier ' || (n % 1000)".to_owned(), "'supplier ' || (n % 1000)".to_owned())
        }
        Field::SupplierVatId => ("'SE556703748501'".to_owned(), "'se556703748501'".to_owned()),
        Field::CustomerName => ("'Customer ' || (n % 10)".to_owned(), "'customer ' || (n % 10)".to_owned()),
        Field::OrderNumber => ("'PO-' || n".to_owned(), "'po-' || n".to_owned()),
        _ => same("'1250.00'"),
    }
}
