//! A JSON value that keeps the order of its keys, duplicates, and numbers as decimal text.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A value of a vector; see `tests/README.md` for the `$` forms.
#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    /// `null`.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number as decimal text.
    Number(String),
    /// A string.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A list.
    List(Vec<Node>),
    /// A map in its order.
    Map(Vec<(String, Node)>),
    /// An ancestor of itself.
    Cycle,
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Node::Number(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Number(format!("{value:?}")))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Node::Map(map))
    }
}

impl Node {
    /// The value under a key of a map.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match self {
            Self::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The string, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The whole number, if it is one.
    pub fn as_usize(&self) -> Option<usize> {
        match self {
            Self::Number(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Puts real values in place of the `$` forms.
    ///
    /// # Panics
    /// When a `$` form is not one of the README.
    pub fn built(&self) -> Node {
        Builder::default().build(self)
    }

    /// JSON text without white space; what JSON has no form for is `null`.
    pub fn to_json(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Self::Null | Self::Cycle | Self::Bytes(_) => "null".into(),
            Self::Bool(value) => value.to_string(),
            Self::Number(text) if text.ends_with(|c: char| c.is_ascii_digit()) => text.clone(),
            Self::Number(_) => "null".into(),
            Self::Text(text) => quoted(text),
            Self::List(items) => format!("[{}]", items.iter().map(Self::to_json).collect::<Vec<_>>().join(",")),
            Self::Map(entries) => {
                format!("{{{}}}", entries.iter().map(|(k, v)| format!("{}:{}", quoted(k), v.to_json())).collect::<Vec<_>>().join(","))
            }
        }
    }
}

/// Values that stand in several places.
#[derive(Default)]
struct Builder(Vec<(String, Node)>);

impl Builder {
    fn build(&mut self, node: &Node) -> Node {
        match node {
            Node::List(items) => Node::List(items.iter().map(|item| self.build(item)).collect()),
            Node::Map(entries) => match entries.first() {
                Some((key, value)) if key.starts_with('$') => self.special(key, value, node),
                _ => Node::Map(entries.iter().map(|(key, value)| (key.clone(), self.build(value))).collect()),
            },
            scalar => scalar.clone(),
        }
    }

    fn special(&mut self, form: &str, value: &Node, node: &Node) -> Node {
        match (form, value) {
            ("$bytes", Node::Text(hex)) => Node::Bytes(crate::text::from_hex(hex)),
            ("$bigint", Node::Text(digits)) => Node::Number(digits.clone()),
            ("$number", Node::Text(name)) if name == "-0" => Node::Number("-0.0".into()),
            ("$number", Node::Text(name)) => Node::Number(name.clone()),
            ("$cycle", Node::Number(_)) => Node::Cycle,
            ("$deep", Node::Number(_)) => {
                let mut deep = self.build(node.get("leaf").unwrap_or(&Node::Null));
                for _ in 0..value.as_usize().unwrap_or(0) {
                    deep = match node.get("of").and_then(Node::as_str) {
                        Some("map") => Node::Map(vec![("a".into(), deep)]),
                        _ => Node::List(vec![deep]),
                    };
                }
                deep
            }
            ("$shared", Node::Text(name)) => match node.get("value") {
                Some(value) => {
                    let value = self.build(value);
                    self.0.push((name.clone(), value.clone()));
                    value
                }
                None => self.0.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("{name} is not shared yet")).1.clone(),
            },
            _ => panic!("unknown form {form}"),
        }
    }
}

/// Deep values are taken apart level by level: dropping 20,000 levels by recursion overflows a test thread's stack.
impl Drop for Node {
    fn drop(&mut self) {
        let mut open = Vec::new();
        take_children(self, &mut open);
        while let Some(mut node) = open.pop() {
            take_children(&mut node, &mut open);
        }
    }
}

fn take_children(node: &mut Node, open: &mut Vec<Node>) {
    match node {
        Node::List(items) => open.append(items),
        Node::Map(entries) => open.extend(entries.drain(..).map(|(_, value)| value)),
        _ => {}
    }
}
