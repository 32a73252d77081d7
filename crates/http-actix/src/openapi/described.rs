//! Schemas of what no Rust type tells: files, and the words of owners within their bounds.

use std::borrow::Cow;

use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{
    Array, ArrayBuilder, KnownFormat, Object, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type,
};
use utoipa::{PartialSchema, ToSchema};

/// The bytes of a file.
pub struct File;

impl PartialSchema for File {
    fn schema() -> RefOr<Schema> {
        let bytes = ObjectBuilder::new().schema_type(Type::String);
        bytes.format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary))).into()
    }
}

impl ToSchema for File {
    fn name() -> Cow<'static, str> {
        "File".into()
    }
}

/// The most tags of a document, and the most entries of its metadata.
const MOST: usize = 50;
/// One line that is not blank.
const LINE: &str =
    r"^[^\u0000-\u001F\u007F-\u009F]*[^\s\u0000-\u001F\u007F-\u009F][^\u0000-\u001F\u007F-\u009F]*$";

fn text(least: usize, most: usize) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).min_length(Some(least)).max_length(Some(most))
}

/// A name of a file.
pub fn filename() -> Object {
    let description = "The file's name, 1 to 255 characters. Of a path the last part counts, whichever system's it \
        is; what cannot be seen is left out.";
    let name = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).pattern(Some(r"\S"));
    name.description(Some(description)).build()
}

/// A name of a file, or null where the one that is there stays.
pub fn filename_or_null() -> Object {
    let mut described = filename();
    described.schema_type = SchemaType::from_iter([Type::String, Type::Null]);
    described
}

/// Tags in a body of JSON.
pub fn list_of_tags() -> Array {
    let tag = text(1, 50).pattern(Some(LINE));
    ArrayBuilder::new()
        .items(tag)
        .max_items(Some(MOST))
        .description(Some("All its tags, the words by which its owner finds it."))
        .build()
}

/// Tags in a body of JSON, or null where those that are there stay.
pub fn list_of_tags_or_null() -> Array {
    let mut described = list_of_tags();
    described.schema_type = SchemaType::from_iter([Type::Array, Type::Null]);
    described
}

/// Tags in a form.
pub fn tags() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(
            r"^([^,\[\u0000-\u001F\u007F-\u009F][^,\u0000-\u001F\u007F-\u009F]{0,49})?(,[^,\u0000-\u001F\u007F-\u009F]{0,50}){0,49}$",
        ))
        .description(Some(
            "Words by which their owner finds them again, with commas between; a JSON array does as well.",
        ))
        .build()
}

/// What an owner notes of a document.
pub fn metadata() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::Object)
        .property_names(Some(text(1, 40).pattern(Some(r"^[^\u0000-\u001F\u007F-\u009F]+$"))))
        .additional_properties(Some(text(0, 500).pattern(Some(r"^[^\u0000]*$"))))
        .max_properties(Some(MOST))
        .description(Some("All its notes, by name."))
        .build()
}

/// Notes, or null where those that are there stay.
pub fn metadata_or_null() -> Object {
    let mut described = metadata();
    described.schema_type = SchemaType::from_iter([Type::Object, Type::Null]);
    described
}
