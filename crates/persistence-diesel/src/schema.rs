//! The tables, as the migrations of each database create them.

diesel::table! {
    use diesel::sql_types::{BigInt, Binary, Float, Nullable, Text};
    use crate::types::{Identifier, Instant};

    documents (id) {
        id -> Identifier,
        owner_id -> Identifier,
        filename -> Text,
        filename_key -> Text,
        tags -> Text,
        metadata -> Text,
        media_type -> Text,
        size -> BigInt,
        sha256 -> Binary,
        status -> Text,
        kind -> Nullable<Text>,
        currency -> Nullable<Text>,
        page_count -> Nullable<BigInt>,
        decision -> Nullable<Text>,
        reasons -> Nullable<Text>,
        min_confidence -> Nullable<Float>,
        repeats -> Nullable<Identifier>,
        failure_code -> Nullable<Text>,
        failure_message -> Nullable<Text>,
        findings -> Nullable<Text>,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
        processed_at -> Nullable<Instant>,
        deleted_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Float, Nullable, Text};
    use crate::types::Identifier;

    pages (document_id, number) {
        document_id -> Identifier,
        number -> BigInt,
        width_pt -> Float,
        height_pt -> Float,
        source -> Nullable<Text>,
        verdict -> Text,
        reasons -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Float, Nullable, Text};
    use crate::types::{Identifier, Instant};

    labels (id) {
        id -> Identifier,
        document_id -> Identifier,
        owner_id -> Identifier,
        field -> Text,
        value -> Text,
        search_key -> Text,
        amount -> Nullable<BigInt>,
        currency -> Nullable<Text>,
        raw -> Text,
        confidence -> Float,
        source -> Text,
        place -> Nullable<Text>,
        caption -> Nullable<Text>,
        checks -> Text,
        candidates -> Text,
        reviewed_by -> Nullable<Identifier>,
        version -> BigInt,
        created_at -> Instant,
        updated_at -> Instant,
        deleted_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::types::{Identifier, Instant};

    label_changes (id) {
        id -> Identifier,
        document_id -> Identifier,
        label_id -> Identifier,
        field -> Text,
        act -> Text,
        said_before -> Nullable<Text>,
        says_since -> Nullable<Text>,
        changed_by -> Nullable<Identifier>,
        changed_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Float, Nullable, SmallInt, Text};
    use crate::types::{Identifier, Instant};

    jobs (id) {
        id -> Identifier,
        owner_id -> Identifier,
        kind -> Text,
        document_id -> Identifier,
        status -> Text,
        priority -> SmallInt,
        attempts -> BigInt,
        max_attempts -> BigInt,
        progress -> Float,
        cancel_requested -> Bool,
        error_code -> Nullable<Text>,
        error_message -> Nullable<Text>,
        worker -> Nullable<Text>,
        lease_token -> Nullable<Identifier>,
        lease_until -> Nullable<Instant>,
        run_at -> Instant,
        created_at -> Instant,
        started_at -> Nullable<Instant>,
        finished_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::types::{Identifier, Instant};

    events (id) {
        id -> Identifier,
        owner_id -> Identifier,
        document_id -> Identifier,
        #[sql_name = "type"]
        kind -> Text,
        data -> Text,
        occurred_at -> Instant,
        published_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Text};
    use crate::types::{Identifier, Instant};

    idempotency_keys (owner_id, key) {
        owner_id -> Identifier,
        key -> Text,
        request -> Binary,
        document_id -> Identifier,
        created_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::{Binary, Nullable};
    use crate::types::{Identifier, Instant};

    blob_erasures (sha256) {
        sha256 -> Binary,
        owner_id -> Identifier,
        created_at -> Instant,
        claimed_until -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::types::{Identifier, Instant};

    upkeep (name) {
        name -> Text,
        position -> Nullable<Identifier>,
        moment -> Instant,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    documents,
    pages,
    labels,
    label_changes,
    jobs,
    events,
    idempotency_keys,
    blob_erasures,
    upkeep,
);
