//! Command lines of known tools and statements of SQL, whose secrets have no key beside them: `curl -u ana:x`, `psexec -p x`,
//! `IDENTIFIED BY 'x'`.

use crate::detect::words::Rule;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, part, run, starts_with_nocase};
use crate::scan::value::{self, Extent, Form};

/// Bytes of a command line that are looked at.
const LINE: usize = 1024;

/// What stands behind a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Argument {
    /// The secret, as the next word.
    Next,
    /// The secret, as the next word or without a space: `-psecret`.
    Joined,
    /// A name, this byte, and the secret.
    Behind(u8),
    /// The secret in quotes.
    Quoted,
}
use Argument::{Behind, Joined, Next, Quoted};

/// Tools, and their flags that take a secret (their manuals).
const TOOLS: &[(&str, &[(&str, Argument)])] = &[
    ("curl", &[("-u", Behind(b':')), ("--user", Behind(b':')), ("-U", Behind(b':')), ("--proxy-user", Behind(b':'))]),
    ("psexec", &[("-p", Next)]),
    ("sshpass", &[("-p", Joined)]),
    ("mysql", &[("-p", Joined)]),
    ("mysqldump", &[("-p", Joined)]),
    ("mysqladmin", &[("-p", Joined)]),
    ("redis-cli", &[("-a", Next)]),
    ("mongo", &[("-p", Next)]),
    ("mongosh", &[("-p", Next)]),
    ("mongodump", &[("-p", Next)]),
    ("docker login", &[("-p", Next)]),
    ("podman login", &[("-p", Next)]),
    ("helm registry login", &[("-p", Next)]),
    ("ldapsearch", &[("-w", Next)]),
    ("smbclient", &[("-U", Behind(b'%'))]),
    ("openssl", &[("-passin", Behind(b':')), ("-passout", Behind(b':'))]),
    ("identified", &[("by", Quoted), ("as", Quoted)]),
];

/// How the words begin that a scan must look at for this.
pub(crate) fn starts() -> impl Iterator<Item = u32> {
    TOOLS.iter().map(|(name, _)| bytes::gram(name.as_bytes(), 0))
}

impl Scan<'_, '_> {
    /// At a word: takes the secrets of a command line, if a tool begins it. The rest of the line is still to be looked at.
    pub(super) fn command(&mut self, start: usize) {
        let text = self.text;
        let rest = part(text, start, text.len());
        let ends = |name: &str| !bytes::is_word(at(rest, name.len())) || starts_with_nocase(part(rest, name.len(), rest.len()), b".exe");
        let tool = TOOLS.iter().find(|(name, _)| starts_with_nocase(rest, name.as_bytes()) && ends(name));
        let Some((name, flags)) = tool.filter(|_| start >= self.command_end) else { return };
        let line = part(text, 0, text.len().min(start + LINE));
        let mut i = start + name.len();
        while i < line.len() && !matches!(at(line, i), b'|' | b'\n') {
            i += run(line, i, |b| b == b' ' || b == b'\\' || b == b'n' && i > 0 && at(line, i - 1) == b'\\');
            let word = i + run(line, i, |b| !bytes::is_space(b));
            if let Some(end) = flags.iter().find_map(|&(flag, argument)| self.argument(i, word, flag, argument)) {
                i = end;
            }
            i = word.max(i + usize::from(word == i));
        }
        self.command_end = i;
    }

    /// The secret of a flag, if it is the word `start..end`: where it ends.
    fn argument(&mut self, start: usize, end: usize, flag: &str, argument: Argument) -> Option<usize> {
        let text = self.text;
        let word = part(text, start, end);
        let from = match argument {
            Joined if word.len() > flag.len() && word.starts_with(flag.as_bytes()) => start + flag.len(),
            Quoted if word.eq_ignore_ascii_case(flag.as_bytes()) => end,
            _ if word == flag.as_bytes() => end,
            _ => return None,
        };
        let found = value::extent(text, from, Rule::Password, 0, false)?;
        let secret = match argument {
            Behind(mark) => found.start + 1 + part(text, found.start, found.end).iter().position(|&b| b == mark)?,
            Quoted if !found.quoted => return None,
            _ => found.start,
        };
        let value = part(text, secret, found.end);
        if value.first() == Some(&b'-') || !value::is_secret(Rule::Password, value, Form::Plain, self.engine.strict) {
            return None;
        }
        let action = self.engine.action(Rule::Password.detector())?;
        self.ahead(|scan| scan.take(Rule::Password, action, &Extent { start: secret, ..found }));
        Some(found.end)
    }
}
