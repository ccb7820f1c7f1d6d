//! The JSON schema of a configuration file, for editors that complete and check TOML by one.

use serde_json::{Map, Value, json};
use taskguard_lints::LINTS;
use taskguard_lints::framework::{Group, Level, Profile};

use super::table::{KEYS, Key, OVERRIDE_KEYS, Takes, WARNINGS};

/// The schema as text that ends with a line break.
pub fn schema() -> String {
    let mut schema = object(KEYS, &[]);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!("taskguard.toml");
    schema["definitions"] = json!({
        "level": { "enum": Level::ALL.map(Level::name) },
        "levels": levels(),
    });
    format!("{schema:#}\n")
}

fn object(keys: &[Key], required: &[&str]) -> Value {
    let property = |key: &Key| {
        let mut value = value(key.takes);
        value["description"] = json!(key.about);
        (key.name.to_owned(), value)
    };
    let properties: Map<String, Value> = keys.iter().map(property).collect();
    let mut object = json!({ "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

fn value(takes: Takes) -> Value {
    match takes {
        Takes::Profile => json!({ "enum": Profile::ALL.map(Profile::name) }),
        // Beside a `$ref` older validators read nothing.
        Takes::Levels => json!({ "allOf": [{ "$ref": "#/definitions/levels" }] }),
        Takes::Overrides => {
            let required: Vec<_> = OVERRIDE_KEYS.iter().map(|key| key.name).collect();
            json!({ "type": "array", "items": object(OVERRIDE_KEYS, &required) })
        }
        Takes::Patterns => json!({ "type": "array", "items": { "type": "string" } }),
        Takes::Words(_) => json!({ "type": "array", "items": { "type": "string", "pattern": "::" } }),
        Takes::Macros => json!({ "type": "array", "items": { "type": "string", "pattern": "^\\w+$" } }),
    }
}

/// Lints with what they find, so that an editor shows it. Other spellings of their names are taken too.
fn levels() -> Value {
    let level = |about: &str| json!({ "allOf": [{ "$ref": "#/definitions/level" }], "description": about });
    let lints = LINTS.iter().map(|lint| (lint.name.to_owned(), level(lint.summary())));
    let groups = Group::ALL.map(|group| {
        let about = format!("The lints of this group; `{}` unless said otherwise.", group.default_level());
        (group.name().to_owned(), level(&about))
    });
    let wide = [("all", "Every lint."), (WARNINGS, "Whatever warns when all else has been said.")];
    let wide = wide.map(|(name, about)| (name.to_owned(), level(about)));
    let properties: Map<String, Value> = lints.chain(groups).chain(wide).collect();
    json!({
        "type": "object",
        "properties": properties,
        "patternProperties": { "^taskguard::|-": { "$ref": "#/definitions/level" } },
        "additionalProperties": false,
    })
}
