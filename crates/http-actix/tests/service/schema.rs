//! Whether JSON fits a schema of the OpenAPI document: as much of JSON Schema as the document uses, but patterns.

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

/// The schemas of a document.
pub struct Schemas<'a> {
    document: &'a Value,
}

type Outcome = Result<(), String>;

fn must(holds: bool, what: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(()) } else { Err(what()) }
}

impl<'a> Schemas<'a> {
    pub const fn of(document: &'a Value) -> Self {
        Self { document }
    }

    /// Whether a value is what the schema describes; what is wrong if not.
    pub fn fits(&self, schema: &Value, value: &Value) -> Outcome {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = self.document.pointer(reference.trim_start_matches('#'));
            return self.fits(target.ok_or_else(|| format!("{reference} leads nowhere"))?, value);
        }
        for part in each(schema, "allOf") {
            self.fits(part, value)?;
        }
        for (word, most) in [("oneOf", 1), ("anyOf", usize::MAX)] {
            if schema.get(word).is_some() {
                let count = each(schema, word).filter(|choice| self.fits(choice, value).is_ok()).count();
                must((1..=most).contains(&count), || format!("{value} fits {count} of {word}"))?;
            }
        }
        if let Some(names) = schema.get("enum").and_then(Value::as_array) {
            must(names.contains(value), || format!("{value} is none of {names:?}"))?;
        }
        must(is_of_type(schema, value), || format!("{value} is no {}", schema["type"]))?;
        match value {
            Value::Object(_) => self.object(schema, value),
            Value::Array(items) => items.iter().try_for_each(|item| match schema.get("items") {
                Some(schema) => self.fits(schema, item),
                None => Ok(()),
            }),
            Value::String(text) => text_fits(schema, text),
            Value::Number(number) => within(schema, number.as_f64().unwrap(), "minimum", "maximum"),
            _ => Ok(()),
        }
    }

    fn object(&self, schema: &Value, value: &Value) -> Outcome {
        let entries = value.as_object().unwrap();
        for name in each(schema, "required").filter_map(Value::as_str) {
            must(entries.contains_key(name), || format!("{name} is missing"))?;
        }
        for (name, entry) in entries {
            let property = schema.get("properties").and_then(|properties| properties.get(name));
            if let Some(property) = property {
                self.fits(property, entry).map_err(|wrong| format!("{name}: {wrong}"))?;
                continue;
            }
            match schema.get("additionalProperties") {
                None | Some(Value::Bool(true)) => {}
                Some(Value::Bool(false)) => return Err(format!("{name} is not known")),
                Some(schema) => self.fits(schema, entry).map_err(|wrong| format!("{name}: {wrong}"))?,
            }
            if let Some(names) = schema.get("propertyNames") {
                self.fits(names, &Value::from(name.as_str()))?;
            }
        }
        Ok(())
    }
}

fn each<'a>(schema: &'a Value, word: &str) -> impl Iterator<Item = &'a Value> {
    schema.get(word).and_then(Value::as_array).into_iter().flatten()
}

fn is_of_type(schema: &Value, value: &Value) -> bool {
    let is = |name: &Value| match name.as_str().unwrap() {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "null" => value.is_null(),
        other => panic!("the test knows no type {other}"),
    };
    match schema.get("type") {
        None => true,
        Some(Value::Array(names)) => names.iter().any(is),
        Some(name) => is(name),
    }
}

fn text_fits(schema: &Value, text: &str) -> Outcome {
    let is_well_formed = match schema.get("format").and_then(Value::as_str) {
        Some("uuid") => text.parse::<Uuid>().is_ok(),
        Some("date-time") => text.parse::<Timestamp>().is_ok(),
        _ => true,
    };
    must(is_well_formed, || format!("{text} is no {}", schema["format"]))?;
    let length = text.chars().count();
    within(schema, u32::try_from(length).unwrap().into(), "minLength", "maxLength")
}

fn within(schema: &Value, number: f64, least: &str, most: &str) -> Outcome {
    let bound = |name: &str, default: f64| schema.get(name).and_then(Value::as_f64).unwrap_or(default);
    let fits = (bound(least, f64::NEG_INFINITY)..=bound(most, f64::INFINITY)).contains(&number);
    must(fits, || format!("{number} is out of bounds"))
}
