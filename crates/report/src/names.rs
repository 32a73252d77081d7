//! Names that stand for one of a few things, as schemas have them: the domain's own lists.

use std::borrow::Cow;

use fieldmark_domain::document::DocumentStatus;
use fieldmark_domain::electronic_invoice::InvoiceSyntax;
use fieldmark_domain::extraction::DocumentKind;
use fieldmark_domain::field::Field;
use fieldmark_domain::job::{JobKind, JobStatus};
use fieldmark_domain::label::{LabelAct, Source};
use fieldmark_domain::media_type::MediaType;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

macro_rules! names {
    ($($(#[doc = $doc:literal])* $type:ident as $name:literal: $values:expr;)*) => {$(
        $(#[doc = $doc])*
        pub struct $type;

        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                let names = ObjectBuilder::new().schema_type(Type::String).enum_values(Some($values));
                names.description(Some(concat!($($doc),*).trim())).into()
            }
        }

        impl ToSchema for $type {
            fn name() -> Cow<'static, str> {
                $name.into()
            }
        }
    )*};
}

names! {
    /// How far a document has come.
    DocumentStatusName as "DocumentStatus": DocumentStatus::ALL.map(DocumentStatus::name);
    /// What a document is for.
    DocumentKindName as "DocumentKind": DocumentKind::ALL.map(DocumentKind::name);
    /// What kind of file a document is.
    MediaTypeName as "MediaType": MediaType::ALL.map(MediaType::name);
    /// Whether a person should look.
    DecisionName as "Decision": ["accept", "review"];
    /// A field of an invoice.
    FieldName as "Field": Field::ALL.iter().map(|field| field.name());
    /// Where a value comes from.
    SourceName as "Source": Source::ALL.map(Source::name);
    /// What was done with a label.
    ActName as "LabelAct": LabelAct::ALL.map(LabelAct::name);
    /// What there is to do.
    JobKindName as "JobKind": JobKind::ALL.map(JobKind::name);
    /// How far a job has come.
    JobStatusName as "JobStatus": JobStatus::ALL.map(JobStatus::name);
    /// What a page's own text is worth.
    VerdictName as "TextVerdict": ["good", "garbled", "none"];
    /// The syntax of an e-invoice.
    SyntaxName as "InvoiceSyntax": [InvoiceSyntax::Cii.name(), InvoiceSyntax::Ubl.name()];
}
