//! Long runs beside nothing but a vendor's name: `clockify = "9fKq…"`, and what the client of one is made with, `new Raygun("9fKq…")`.

use crate::detect::words::{self, Rule, Word};
use crate::scan::Scan;
use crate::scan::bytes::{self, Words, at, before, is_alnum, is_quote, is_space, is_word, part, run_back, starts_with_nocase};
use crate::scan::value;
use crate::walk::field::KEY_MAX;

/// Letters of a vendor's name, with what is written together with it.
const NAME: usize = 24;
/// Bytes before an argument in which its call begins, and before a call in which its vendor is named.
const CALL: usize = 96;
/// Letters of the shortest name of a vendor that another word may follow at once: `algoliasearch(`.
const JOINED: usize = 6;

/// What stands before a name that a value is given to, beside marks.
const DECLARES: Words = Words::new("export const let var val set define string env final");
/// What makes a client, where the vendor is named before it.
const MAKES: Words = Words::new(
    "init initialize setup configure config connect new start app auth authenticate login from_token access_token createclient \
     create_client gethandler settoken setapikey options",
);
/// How the names of clients end.
const CLIENTS: [&str; 6] = ["client", "api", "sdk", "serviceimpl", "app", "getinstance"];
/// Calls that need no vendor, as nothing else is called so.
const ANY: [&str; 5] = ["Client", "OAuthHandler", "OAuth1UserHandler", "OAuth1Session", "set_access_token"];
/// Vendors who write of commits and digests.
const FORGES: Words = Words::new("github gitlab bitbucket gitea artifactory virustotal");

/// Where the bytes begin that are alike and end at `end`; one loop for all, as none of this is in anybody's way.
#[inline(never)]
fn back(text: &[u8], end: usize, alike: fn(u8) -> bool) -> usize {
    end - run_back(text, end, KEY_MAX, alike)
}

impl Scan<'_, '_> {
    /// What the literal around `start..end` is, if it is the value of a key that is a vendor's name and nothing else, or what a client is
    /// made with.
    #[inline(never)]
    pub(super) fn of_vendor(&self, start: usize, end: usize) -> Option<Rule> {
        let text = self.text;
        let literal = back(text, start, |b| is_word(b) || matches!(b, b'.' | b'-' | b':' | b'/' | b'+'));
        // an id: `msg_9fKq…`, `spotify:album:9fKq…`
        if part(text, literal, start).chunk_by(|a, b| a.is_ascii_lowercase() && b.is_ascii_lowercase()).any(|word| word.len() > 2) {
            return None;
        }
        let quoted = is_quote(before(text, literal));
        let place = back(text, literal - usize::from(quoted), is_space);
        match before(text, place) {
            mark @ (b'=' | b':' | b'>' | b'-') if mark != b'-' || quoted => {
                let mark = back(text, place, |b| matches!(b, b'=' | b':' | b'>' | b'-'));
                self.is_named(mark, quoted, part(text, literal, end)).then_some(Rule::Token)
            }
            b'(' | b',' if quoted && self.makes_client(place) => Some(Rule::ApiKey),
            _ => None,
        }
    }

    /// Is the key that ends before a separator at `mark` the name of a vendor, and what comes before it no sentence?
    fn is_named(&self, mark: usize, quoted: bool, value: &[u8]) -> bool {
        let text = self.text;
        let end = back(text, back(text, mark, is_space), is_quote);
        let start = back(text, end, is_alnum);
        match before(text, start) {
            b'-' => return !value::is_uuid(value) && self.is_header(end),
            // of more words
            b'_' | b'.' => return false,
            _ => {}
        }
        let opener = back(text, back(text, start, is_quote), is_space);
        let declared = || DECLARES.has(part(text, back(text, opener, is_alnum), opener));
        let name = part(text, start, end);
        let digest = || !quoted && matches!(value.len(), 40 | 64) && value.iter().all(u8::is_ascii_hexdigit) && FORGES.has(name);
        self.engine.fields.meaning(name) == Some(Word::Vendor)
            && (matches!(before(text, opener), 0 | b'\n' | b'{' | b',' | b'(' | b'[' | b'<' | b'-' | b';' | b'*') || declared())
            && start >= self.floor.min(end)
            && !digest()
    }

    /// Does the header of a vendor's own end at `end`, and is it not about a request: `X-Honeycomb-Team`, but not `X-GitHub-Request-Id`?
    fn is_header(&self, end: usize) -> bool {
        let name = part(self.text, back(self.text, end, |b| is_alnum(b) || b == b'-'), end);
        let mut words = name.split(|&b| b == b'-').map(|word| self.engine.fields.meaning(word));
        starts_with_nocase(name, b"x-")
            && words.nth(1) == Some(Some(Word::Vendor))
            && words.next_back().is_some_and(|last| !matches!(last, Some(Word::Neutral | Word::Kept)))
    }

    /// Does the call whose argument begins at `place` make the client of a vendor: `plivo.RestClient("…`, `mixpanel.init("…`?
    fn makes_client(&self, place: usize) -> bool {
        let text = self.text;
        let near = place.saturating_sub(CALL);
        let Some(open) = part(text, near, place).iter().rposition(|&b| b == b'(').map(|open| near + open) else {
            // of OmniAuth: `provider :github, "id", "secret"`
            return bytes::find(part(text, near, place), 0, b"provider :").is_some();
        };
        let near = open.saturating_sub(CALL);
        if part(text, open, place).iter().any(|b| matches!(b, b')' | b'=' | b';')) {
            return false;
        }
        let callee = part(text, back(text, open, is_word), open);
        if ANY.iter().any(|name| callee.ends_with(name.as_bytes())) {
            return true;
        }
        let makes = MAKES.has(callee) || bytes::ends_with_one_of(callee, &CLIENTS) || is_vendors(callee);
        makes && part(text, near, open).split(|&b| !is_alnum(b)).any(is_vendors)
    }
}

/// Is this word the name of a vendor, or does it begin with one: `OpenCageGeocode`?
fn is_vendors(word: &[u8]) -> bool {
    (3..=word.len().min(NAME)).any(|length| {
        let next = at(word, length);
        (length >= JOINED || next == 0 || next.is_ascii_uppercase() || next == b'_')
            && words::get(part(word, 0, length)).is_some_and(|entry| entry.segment == Word::Vendor)
    })
}
