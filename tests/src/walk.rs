//! A host for [`Node`]: iterates, asks the engine, copies, as the Python and JavaScript hosts do.

use scrubline::beside::{self, Sequence};
use scrubline::{Pass, Scope, Verdict, placeholder};

use crate::Node;

/// A redacted copy of a value.
pub fn redact_value(pass: &mut Pass<'_>, value: &Node) -> Node {
    let root = pass.root();
    let mut nodes = 0;
    walk(pass, root, value, 0, &mut nodes)
}

/// `level` counts the maps and lists around the value.
fn walk(pass: &mut Pass<'_>, scope: Scope, value: &Node, level: u32, nodes: &mut u32) -> Node {
    let limits = pass.limits();
    let limit = || Node::Text(placeholder::LIMIT.to_owned());
    let is_container = matches!(value, Node::List(_) | Node::Map(_));
    if is_container && level >= limits.depth {
        return limit();
    }
    let is_full = |nodes: &mut u32| {
        *nodes = nodes.saturating_add(1);
        *nodes > limits.nodes
    };
    match value {
        Node::Null | Node::Bool(_) => value.clone(),
        Node::Cycle => Node::Text(placeholder::CIRCULAR.to_owned()),
        Node::Number(decimal) => pass.number(scope, decimal).map_or_else(|| value.clone(), Node::Text),
        Node::Text(text) => Node::Text(pass.leaf(scope, text).into_owned()),
        Node::Bytes(bytes) => Node::Bytes(pass.leaf_bytes(scope, bytes).into_owned()),
        Node::List(items) => Node::List(
            items
                .iter()
                .enumerate()
                .map(|(at, item)| {
                    let scope = pass.item(scope);
                    let scope = match (at.checked_sub(1).and_then(|before| items.get(before)), item) {
                        (Some(Node::Text(first)), Node::Text(second)) => {
                            let of = if items.len() == 2 { Sequence::Pair } else { Sequence::Arguments };
                            pass.second(scope, &line(items.get(..at - 1).unwrap_or_default()), first, second, of)
                        }
                        _ => scope,
                    };
                    if is_full(nodes) { limit() } else { walk(pass, scope, item, level + 1, nodes) }
                })
                .collect(),
        ),
        Node::Map(entries) => {
            let mut copy: Vec<(String, Node)> = Vec::with_capacity(entries.len());
            for (at, (key, item)) in entries.iter().enumerate() {
                let mut scope = pass.child(scope, key);
                if beside::is_named(key) {
                    scope = named(pass, entries, at, scope, beside::is_input(key));
                }
                if scope.verdict() == Verdict::Drop {
                    pass.dropped(scope);
                    continue;
                }
                let item = if is_full(nodes) { limit() } else { walk(pass, scope, item, level + 1, nodes) };
                let key = free_name(&copy, pass.key(key).into_owned());
                copy.push((key, item));
            }
            Node::Map(copy)
        }
    }
}

/// The texts of a list, with spaces between.
fn line(items: &[Node]) -> String {
    let texts = items.iter().filter_map(|item| match item {
        Node::Text(text) => Some(text.as_str()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// The scope of the value of an entry that belongs to a name beside it.
fn named(pass: &Pass<'_>, entries: &[(String, Node)], at: usize, scope: Scope, by_list: bool) -> Scope {
    let is_scalar = |(_, item): &&(String, Node)| !matches!(item, Node::List(_) | Node::Map(_));
    let ahead = match entries.get(at).filter(|entry| is_scalar(entry)) {
        Some(_) => entries.iter().skip(at + 1).take(beside::AHEAD).take_while(is_scalar).count(),
        None => 0,
    };
    let near = entries.iter().take(at).chain(entries.iter().skip(at + 1).take(ahead));
    let says = |item: &Node| match item {
        Node::Text(name) => Some(pass.named(scope, name)).filter(|named| *named != scope),
        _ => None,
    };
    let mut names = near.filter(|(key, _)| beside::is_name(key)).filter_map(|(_, item)| match item {
        Node::List(path) => path.iter().filter_map(says).next_back(),
        item if !by_list => says(item),
        _ => None,
    });
    names.next().unwrap_or(scope)
}

fn free_name(taken: &[(String, Node)], name: String) -> String {
    let is_taken = |name: &str| taken.iter().any(|(other, _)| other == name);
    if !is_taken(&name) {
        return name;
    }
    (2..).map(|n| format!("{name}#{n}")).find(|candidate| !is_taken(candidate)).unwrap_or(name)
}
