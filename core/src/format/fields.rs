//! What stands in a record beside its envelope: which fields the context names claim, how a collision is named, in which order they go.

use std::borrow::Cow;

use super::record::Record;
use super::time::timestamp;
use super::writer::JsonWriter;
use crate::order;
use crate::walk::Names;

/// A field as it is written: its final name and its JSON text.
pub(crate) type Field<'r> = (Cow<'r, str>, &'r str);

/// The names that the envelope keeps for itself, present or not.
pub(crate) fn is_envelope(name: &str) -> bool {
    matches!(
        name,
        "timestamp"
            | "level"
            | "logger"
            | "message"
            | "event_type"
            | "correlation_id"
            | "module"
            | "function"
            | "line"
            | "duration_ms"
            | "exception"
    )
}

/// The JSON text of a context name: from the business context, else from a field of that name. `null` is absent.
pub(crate) fn context<'r>(record: &'r Record, name: &str) -> Option<&'r str> {
    [&record.context, &record.fields, of_event(record)].into_iter().find_map(|pairs| find(pairs, name).filter(is_present))
}

/// The fields of an event.
pub(crate) fn of_event(record: &Record) -> &Vec<(String, String)> {
    const NONE: &Vec<(String, String)> = &Vec::new();
    record.event.as_ref().map_or(NONE, |event| &event.fields)
}

/// A context that was never set is `null` where a host has no other way to say so.
fn is_present(json: &&str) -> bool {
    *json != "null"
}

fn find<'r>(pairs: &'r [(String, String)], name: &str) -> Option<&'r str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, json)| json.as_str())
}

/// Writes the context names in their order.
pub(crate) fn write_context(json: &mut JsonWriter, record: &Record, context_fields: &[String]) {
    for name in context_fields {
        if let Some(value) = context(record, name) {
            json.key(name);
            json.raw(value);
        }
    }
}

/// The correlation id and the context names as `labels`, whose values are all strings: a text as it is, anything else as its JSON.
pub(crate) fn write_labels(json: &mut JsonWriter, record: &Record, context_fields: &[String], key: impl Fn(&str) -> Cow<'_, str>) {
    json.member_opt("correlation_id", record.correlation_id.as_deref());
    let mut names = Names::default();
    names.take("correlation_id", true);
    for name in context_fields {
        let Some(value) = context(record, name) else { continue };
        let name = key(name);
        json.key(&names.take(&name, true).unwrap_or_else(|| name.into_owned()));
        if value.starts_with('"') { json.raw(value) } else { json.string(value) }
    }
}

/// The function with its module in front, which is its name where a name has to be found without a file.
pub(crate) fn qualified_function(record: &Record) -> Option<Cow<'_, str>> {
    let function = record.function.as_deref()?;
    Some(match record.module.as_deref() {
        Some(module) => Cow::Owned([module, ".", function].concat()),
        None => Cow::Borrowed(function),
    })
}

/// The module of a record that names no function.
pub(crate) fn lone_module(record: &Record) -> Option<&str> {
    record.module.as_deref().filter(|_| record.function.is_none())
}

/// Writes fields.
pub(crate) fn write(json: &mut JsonWriter, fields: &[Field<'_>]) {
    for (name, value) in fields {
        json.key(name);
        json.raw(value);
    }
}

/// Writes fields in the order in which they came, numbering those of one name.
pub(crate) fn write_numbered(json: &mut JsonWriter, fields: &[(String, String)]) {
    let mut names = Names::default();
    for (name, value) in fields {
        json.key(names.take(name, true).as_deref().unwrap_or(name));
        json.raw(value);
    }
}

/// The rest of context and fields, those of an event among them, sorted by code point; a name for which `taken` answers true becomes
/// `extra.<name>`.
pub(crate) fn rest<'r>(record: &'r Record, context_fields: &[String], taken: impl Fn(&str) -> bool) -> Vec<Field<'r>> {
    gather(record, of_event(record), context_fields, taken)
}

/// As [`rest`], without the fields of an event.
pub(crate) fn rest_beside_event<'r>(record: &'r Record, context_fields: &[String], taken: impl Fn(&str) -> bool) -> Vec<Field<'r>> {
    gather(record, &[], context_fields, taken)
}

fn gather<'r>(
    record: &'r Record,
    event: &'r [(String, String)],
    context_fields: &[String],
    taken: impl Fn(&str) -> bool,
) -> Vec<Field<'r>> {
    let is_context = |name: &String| context_fields.contains(name);
    let named = |name: &'r str| if taken(name) { Cow::Owned(["extra.", name].concat()) } else { Cow::Borrowed(name) };
    let mut rest: Vec<Field<'r>> = Vec::with_capacity(record.context.len() + record.fields.len() + event.len());
    rest.extend(
        record
            .context
            .iter()
            .filter(|(name, json)| !is_context(name) && is_present(&json.as_str()))
            .map(|(name, json)| (named(name), json.as_str())),
    );
    for (i, (name, json)) in record.fields.iter().enumerate() {
        if name == "timestamp_iso" && says_time(record, json) {
            continue;
        }
        if find(&record.context, name).filter(is_present).is_some() {
            rest.push((Cow::Owned(["extra.", name].concat()), json));
        } else if !is_context(name) {
            rest.push((named(name), json));
        } else if record.fields.iter().take(i).any(|(earlier, _)| earlier == name) {
            // The first of its name stands in the envelope.
            rest.push((Cow::Owned(["extra.", name].concat()), json));
        }
    }
    for (name, json) in event {
        match is_context(name).then(|| context(record, name)).flatten() {
            // Said twice: hosts set what an event says of its context on the record as well.
            Some(shown) if shown == json => {}
            Some(_) => rest.push((Cow::Owned(["extra.", name].concat()), json)),
            None if is_context(name) => {}
            None => rest.push((named(name), json)),
        }
    }
    sort(&mut rest);
    rest
}

/// The filter of the context sets it for formatters that have no timestamp of their own.
fn says_time(record: &Record, json: &str) -> bool {
    record.time_ms.and_then(timestamp).is_some_and(|time| json.strip_prefix('"').and_then(|text| text.strip_suffix('"')) == Some(&time))
}

/// By name; of those with one name, in the order in which they came, and then numbered.
fn sort(fields: &mut Vec<Field<'_>>) {
    let is_done = |fields: &[Field<'_>]| fields.is_sorted_by(|a, b| a.0 < b.0);
    while !is_done(fields) {
        let mut came: Vec<(usize, Field<'_>)> = std::mem::take(fields).into_iter().enumerate().collect();
        order::sort(&mut came, |a, b| (&a.1.0, a.0) < (&b.1.0, b.0));
        fields.extend(came.into_iter().map(|(_, field)| field));
        if is_done(fields) {
            return;
        }
        let mut names = Names::default();
        for (name, _) in fields.iter_mut() {
            if let Some(numbered) = names.take(name, true) {
                *name = Cow::Owned(numbered);
            }
        }
    }
}
