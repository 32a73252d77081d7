//! Among 100,000 documents PostgreSQL answers lists by indexes.

use diesel::QueryableByName;
use diesel::sql_types::Text;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use fieldmark_domain::document::{
    DocumentId, DocumentQuery, DocumentStatus, FieldCondition, FieldMatch, Order, SortKey,
};
use fieldmark_domain::field::Field;
use fieldmark_domain::scope::{OwnerId, Scope};
use uuid::Uuid;

use crate::ground::Ground;
use crate::recorded::{queries, record};
use crate::sql;

const OWNER: OwnerId = OwnerId(Uuid::from_u128(7));

/// Documents with two labels each, a minute apart; one in a hundred has failed.
const FILL: &str = "
    INSERT INTO documents (id, owner_id, filename, filename_key, tags, metadata, media_type, size, sha256, status,
            version, created_at, updated_at)
        SELECT md5('d' || n)::uuid, '00000000-0000-0000-0000-000000000007', 'scan' || n, 'scan' || n, '[]', '{}',
            'application/pdf', 1, sha256(n::text::bytea), CASE WHEN n % 100 = 0 THEN 'failed' ELSE 'processed' END,
            1, timestamptz '2026-01-01' + n * interval '1 minute', timestamptz '2026-01-01' + n * interval '1 minute'
        FROM generate_series(1, 100000) AS n;
    INSERT INTO labels (id, document_id, owner_id, field, value, search_key, raw, confidence, source, checks,
            candidates, version, created_at, updated_at)
        SELECT md5(f.name || n)::uuid, md5('d' || n)::uuid, '00000000-0000-0000-0000-000000000007', f.name,
            f.begins || n % f.many, f.begins || n % f.many, '', 0.9, 'text_layer', '[]', '[]', 1, now(), now()
        FROM generate_series(1, 100000) AS n, (VALUES ('invoice_number', 'f-', 100000),
            ('supplier_name', 'supplier ', 2000)) AS f (name, begins, many);
    VACUUM ANALYZE";

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    text: String,
}

/// PostgreSQL's plan for a statement.
async fn plan(connection: &mut AsyncPgConnection, statement: &str) -> String {
    let lines: Vec<Line> = diesel::sql_query(format!("EXPLAIN {statement}")).load(connection).await.unwrap();
    lines.into_iter().map(|line| line.text + "\n").collect()
}

/// A recorded statement with its values instead of the placeholders.
fn with_values(recorded: &str) -> String {
    let (statement, binds) = recorded.split_once(" -- binds: ").unwrap();
    let values = binds_of(binds.trim().strip_prefix('[').unwrap().strip_suffix(']').unwrap());
    // From the last on, so that `$1` does not match inside `$10`.
    values.iter().enumerate().rev().fold(statement.to_owned(), |statement, (place, value)| {
        statement.replace(&format!("${}", place + 1), value)
    })
}

/// The values; a value that is a list has its own brackets.
fn binds_of(binds: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    let mut is_within = false;
    for part in binds.split(", ") {
        match values.last_mut() {
            Some(list) if is_within => *list = format!("{list},{part}"),
            _ => values.push(part.to_owned()),
        }
        is_within = (is_within || part.starts_with('[')) && !part.ends_with(']');
    }
    values.iter().map(|value| literal(value)).collect()
}

/// A bound value, as Diesel prints it for people, as a literal.
fn literal(bind: &str) -> String {
    if let Some(list) = bind.strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
        return format!("'{{{list}}}'");
    }
    if let Some(microseconds) = bind.strip_prefix("Moment(").and_then(|rest| rest.strip_suffix(')')) {
        return format!("(timestamptz 'epoch' + {microseconds} * interval '1 microsecond')");
    }
    let inner = bind.trim_start_matches("Id(").trim_end_matches(')').trim_matches('"');
    format!("'{inner}'")
}

async fn uses_indexes(
    connection: &mut AsyncPgConnection,
    scope: Scope,
    ground: &Ground,
    query: DocumentQuery,
) {
    let documents = ground.connect().await.repositories().documents;
    queries();
    let listing = documents.list(&scope, &query).await.unwrap();
    assert!(listing.total > 0, "{query:?} finds nothing");
    let page = with_values(&queries()[0]);
    let plan = plan(connection, &page).await;
    assert!(!plan.contains("Seq Scan on"), "{query:?}\n{page}\n{plan}");
    if query.after.is_some() {
        // Not by reading the order from its start up to the place, nor by sorting.
        let begins_there =
            plan.lines().any(|line| line.contains("Index Cond") && line.contains("created_at >="));
        assert!(begins_there && !plan.contains("Sort"), "{page}\n{plan}");
    }
}

#[tokio::test]
async fn lists_use_indexes() {
    let _turn = record().await;
    let ground = Ground::postgres();
    ground.migrated().await;
    let Ground::Postgres(schema) = &ground else { unreachable!() };
    let mut connection = sql::session(schema).await;
    for statement in FILL.split(';') {
        connection.batch_execute(statement).await.unwrap();
    }
    let all = DocumentQuery::default;
    let middle = Some(("2026-02-04T17:20:00Z".parse().unwrap(), DocumentId(Uuid::nil())));
    let oldest_first = Order { key: SortKey::CreatedAt, descending: false };
    let says = |field, matches| DocumentQuery { fields: vec![FieldCondition { field, matches }], ..all() };
    for query in [
        all(),
        DocumentQuery { statuses: vec![DocumentStatus::Failed], ..all() },
        says(Field::InvoiceNumber, FieldMatch::Is("f-4711".to_owned())),
        says(Field::SupplierName, FieldMatch::BeginsWith("supplier 171".to_owned())),
        DocumentQuery { text: Some("Supplier 171".to_owned()), ..all() },
        // In the middle of an export.
        DocumentQuery { after: middle, order: oldest_first, without_total: true, ..all() },
    ] {
        uses_indexes(&mut connection, Scope::owner(OWNER), &ground, query).await;
    }
}
