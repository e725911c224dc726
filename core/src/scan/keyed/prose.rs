//! A password in a sentence: `the password of ana is …`, `Passwort geändert auf …`, `密码是…`.

use super::TO;
use super::adjacent::is_algorithm;
use super::saying::{INTRODUCERS, Saying, is_prompted};
use crate::detect::words::{self, Rule, Word};
use crate::scan::Scan;
use crate::scan::bytes::{self, at, before, class, is_key, part, run, run_back, skip, skip_back};
use crate::scan::token::is_mixed;
use crate::scan::value::{self, Extent};
use crate::walk::field::KEY_MAX;

/// What may stand between a word and its value.
const COPULA_LINKS: &str = "is |was |are |é |es |ist |lautet |est |è |är |er |jest |je |c'est |era |war |était |este |είναι |е |to \
     |là |adalah |ialah |هو |الخاص بك هو |שלך הוא ";

/// The same of a password that somebody sets.
const SET_LINKS: &str = "generated: |created: |is set to |was set to |has been set to |set to |is now |is still |is currently |was changed to |has been changed to |changed to |was reset to \
     |has been reset to |reset to |updated to |is: |is : |was: |lautet: |est : |to |temporária: |temporaria: |temporal: |temporaire : |provisória: |provvisoria: |inicial: |nova: |nueva: \
     |changed from |was changed from |has been changed from ";

/// The same where the word is not the English one.
const FOREIGN_SET_LINKS: &str = "temporária é |temporaria é |provisória é |provisoria é |temporal es |provisional es |temporaire est |provisoire est \
     |temporal |temporária |temporaria |temporaire |provisória |provisoria |provvisoria |to: |foi definida como |foi definida para \
     |foi alterada para |foi redefinida para |definida como |alterada para |redefinida para |ha sido cambiada a |se ha cambiado a |cambió a \
     |a été changé en |a été modifié en |wurde auf |wurde geändert in |wurde geändert auf |is gewijzigd in |è stata cambiata in \
     |è stata modificata in |została zmieniona na |zostało zmienione na |zmieniono na |изменён на |изменен на |сменён на |ändrades till \
     |blev ændret til ";

/// What stands before a value that was changed to another.
const CHANGED: &str = " from | changed from | changed: | updated from | updated: ";

/// Words of languages without spaces that say that a password follows.
pub(crate) const SPOKEN: &[&str] = &[
    "密码是",
    "密码为",
    "密碼是",
    "密碼為",
    "口令是",
    "口令为",
    "パスワードは",
    "パスワードが",
    "验证码是",
    "验证码为",
    "验证码：",
    "驗證碼為",
    "驗證碼：",
    "認証コードは",
    "確認コードは",
    "인증번호는",
    "验证码",
    "비밀번호는",
    "비밀번호가",
    "암호는",
    "패스워드는",
];

/// What stands between `password` and whose it is.
const OWNERS: &str = "for user |for the user |for account |for key |for |of user |of |is generated for |do |da |de |del |du |des |von |für |para |от |для |on |at |in ";

/// Whose it is, said behind it.
const POSSESSIVES: &str = "dumneavoastră |ditt |din |anda |kamu |σας ";

/// Words between `password for` and a link: `password for the staging box is`.
const OWNER_WORDS: usize = 4;

/// How a word is linked to what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    None,
    Said,
    Arrow,
}

impl Scan<'_, '_> {
    /// At the space behind a word that may announce a secret without a separator: `--password x`, `password is x`, `with password x`,
    /// `Bearer x`.
    pub(in crate::scan) fn prose(&mut self, end: usize) -> Option<usize> {
        let text = self.text;
        let start = skip_back(text, end, KEY_MAX, |b| class(b) & (bytes::WORD | bytes::HIGH) != 0).max(self.floor.min(end));
        let word = part(text, start, end);
        if word.eq_ignore_ascii_case(b"bearer") || word.eq_ignore_ascii_case(b"basic") {
            return self.scheme(start, end);
        }
        if let Some(end) = self.flag(end).or_else(|| self.loud(start, end)) {
            return Some(end);
        }
        // the last label of a domain
        if before(text, start) == b'.' && before(text, skip_back(text, start, KEY_MAX, is_key)) == b'@' {
            return None;
        }
        // `cvv2`
        let name = part(word, 0, word.len() - run_back(word, word.len(), 1, |b| b.is_ascii_digit()));
        // `登录密码 x`: words without spaces
        let meaning = match before(text, end) {
            0x80.. => self.engine.fields.meaning(name),
            _ => words::get(&words::lower(name)).map(|entry| entry.segment),
        };
        match meaning {
            Some(Word::Is(Rule::Otp | Rule::Pin) | Word::Code) => self.code(start, end),
            Some(Word::Is(rule @ (Rule::Password | Rule::Pwd | Rule::Secret | Rule::Token | Rule::Cvv))) => {
                self.announces(start, end, rule)
            }
            Some(Word::Is(Rule::Pass)) if self.is_password(start, end) => self.announces(start, end, Rule::Pass),
            // `código de seguridad es …`
            Some(Word::Phrase) if self.access(start, word).is_some() => self.announces(start, end, Rule::Password),
            Some(Word::Soft) if word == b"AUTH" => self.auth(end),
            // of HAProxy: `stats auth ana:x`
            Some(Word::Soft) if bytes::ends_with_one_of(part(text, 0, end), &["stats auth"]) => self.login(end),
            _ => self.plain_key(end),
        }
    }

    /// Does what stands around `pass` and its like, which mean other things too, make a password of it?
    fn is_password(&self, start: usize, end: usize) -> bool {
        let text = self.text;
        self.follows_login(start)
            // `parola dumneavoastră este …`
            || bytes::phrase(POSSESSIVES, part(text, end + 1, text.len())).is_some()
            || self.is_owned(start, end)
            || is_prompted(text, start, end)
            || part(text, start, end).eq_ignore_ascii_case(b"pw")
            // `pass is x`, `la clave del wifi es x`
            || self.is_told(end)
            // `mot de passe est …`
            || bytes::ends_with_one_of(part(text, 0, start), &["mot de ", "palavra-", "palavra "])
    }

    /// Does a sentence say what looks like a password behind the word that ends at `end`?
    fn is_told(&self, end: usize) -> bool {
        let (from, link) = self.link(end, Rule::Password);
        let value = part(self.text, from, skip(self.text, from, |b| !bytes::is_space(b)));
        let told = link == Link::Said && !part(self.text, 0, from).ends_with(b" to ");
        told && value.len() >= 6 && value::is_complex(value) && value.iter().any(u8::is_ascii_digit)
    }

    /// Takes what is said of a secret behind the word `start..end` of this rule.
    fn announces(&mut self, start: usize, end: usize, word: Rule) -> Option<usize> {
        let text = self.text;
        let asked = if word == Rule::Pass { Rule::Password } else { word };
        let rule = if asked == Rule::Pwd { Rule::Password } else { asked };
        let action = self.engine.action(rule.detector())?;
        if let Some([old, new]) = self.change(rule, end) {
            self.take(rule, action, &old);
            self.take(rule, action, &new);
            return Some(new.end);
        }
        let (from, link) = self.link(end, rule);
        let named = self.follows_login(start);
        let configured = named || self.configures(start, part(text, start, end));
        // the digit of its kind: `password 7 0822455D0A16`
        let from = match part(text, from, from + 2) {
            [b'0' | b'5'..=b'9', b' '] if configured => from + 2,
            _ => from,
        };
        // `use the following password to proceed:`
        if rule == Rule::Password && bytes::ends_with_one_of(text, &[":\n", ":\r\n"]) {
            self.awaits(rule, false);
        }
        let found = self.within_tag(rule, value::extent(text, from, rule)?);
        let matched = found.of(text);
        let space = start.saturating_sub(1);
        let before = part(text, skip_back(text, space, KEY_MAX, bytes::is_word), space);
        let introduced = configured || is_prompted(text, start, end) || INTRODUCERS.has(before);
        let named = named && word != Rule::Pass;
        let rest = part(text, found.end, text.len());
        let last = rest.trim_ascii().is_empty() || rest == b".";
        let saying = Saying { text, start, end, rule, link, found, before, configured, introduced, last, named };
        if !saying.is_value() || is_algorithm(matched) || !self.is_secret(asked, matched) {
            return None;
        }
        // whose it is may be an address: `password for ana@example.org is …`
        if part(text, end, found.start).contains(&b'@') {
            self.ahead(|scan| scan.take(rule, action, &found));
            return None;
        }
        self.take(rule, action, &found);
        Some(found.end)
    }

    /// The two of `password from 'old' to 'new'` and `password changed: old -> new`, behind the word that ends at `end`.
    fn change(&self, rule: Rule, end: usize) -> Option<[Extent; 2]> {
        let text = self.text;
        let length =
            if matches!(at(text, end + 1), b'f' | b'c' | b'u') { bytes::phrase(CHANGED, part(text, end, text.len())) } else { None };
        let old = value::extent(text, end + length?, rule)?;
        let value = part(text, old.start, old.end);
        let sound = value::is_striking_word(value) && !is_algorithm(value) && self.is_secret(rule, value);
        let new = self.changed_to(rule, &old, TO).filter(|_| sound)?;
        Some([old, new])
    }

    /// Does the word before `pass` say whose it is?
    pub(super) fn is_owned(&self, start: usize, end: usize) -> bool {
        let text = self.text;
        let space = skip_back(text, start, 1, |b| b == b' ');
        let owner = skip_back(text, space, KEY_MAX / 2, bytes::is_word);
        owner < space && space < start && self.engine.fields.rule(part(text, owner, end)).is_some_and(|(rule, _)| rule == Rule::Password)
    }

    /// `密码是x`, `パスワードはx`: at a word that says that a password follows, in a language without spaces.
    #[inline(never)]
    pub(in crate::scan) fn unspaced_password(&mut self, start: usize) {
        let text = self.text;
        let Some(label) = SPOKEN.iter().find(|label| part(text, start, text.len()).starts_with(label.as_bytes())) else { return };
        let behind = start + label.len();
        let colon = run(text, behind, |b| matches!(b, b':' | b' '));
        let behind = behind
            + colon
            + ["：", "「", "“", "『"]
                .iter()
                .find_map(|mark| part(text, behind + colon, text.len()).starts_with(mark.as_bytes()).then_some(mark.len()))
                .unwrap_or(0);
        let Some(found) = value::extent(text, behind, Rule::Password) else { return };
        // the sentence goes on behind it: `xです`
        let end = if found.quoted { found.end } else { skip(text, found.start, |b| b < 0x80 && b != b',') }.min(found.end);
        let value = part(text, found.start, end);
        let code = (4..=8).contains(&value.len()) && value.iter().all(u8::is_ascii_digit);
        if (code || is_mixed(value, 4) || value.len() >= 6 && value::symbols(value) > 0) && self.is_secret(Rule::Password, value) {
            self.take_ahead(Rule::Password, &Extent { end, ..found });
        }
    }

    /// What links a word to the value behind it: ` is `, ` for ana: `, ` was set to `, ` -> `. Where the value may begin.
    pub(super) fn link(&self, end: usize, rule: Rule) -> (usize, Link) {
        let text = self.text;
        let behind = |from: usize, phrases: &str| bytes::phrase(phrases, part(text, from, text.len())).map(|length| from + length);
        let mut from = end + 1;
        // `PASSWORD elastic = x`
        let owner = skip(text, from, |b| b.is_ascii_alphabetic() || b == b'_');
        if owner > from && part(text, owner, owner + 3) == b" = " {
            return (owner + 3, Link::None);
        }
        let password = matches!(rule, Rule::Password | Rule::Pin | Rule::Otp);
        let foreign = |from: usize| if before(text, end) == b'd' { None } else { behind(from, FOREIGN_SET_LINKS) };
        let linked = |from: usize| behind(from, SET_LINKS).or_else(|| behind(from, COPULA_LINKS)).or_else(|| foreign(from));
        // `password for user ana: …`, `password for the staging box is …`
        if password && let Some(owner) = behind(from, OWNERS) {
            let mut word = owner;
            for i in 0..OWNER_WORDS {
                // in quotes, as git asks: `Password for 'https://ana@example.org': `
                let quoted = if at(text, word) == b'\'' {
                    value::quote_end(text, word + 1, b'\'', 0, 1).filter(|&end| at(text, end + 1) == b':')
                } else {
                    None
                };
                let name = quoted.map_or_else(|| skip(text, word, |b| !bytes::is_space(b) && b != b':'), |end| end + 1);
                match at(text, name) {
                    b':' if at(text, name + 1) == b' ' => return (name + 2, Link::Said),
                    // right behind the word itself, a separator is looked at as one
                    b' ' if matches!(part(text, name, name + 3), b" = " | b" : ") => return (name + 3, Link::Said),
                    b' ' if name > word => word = name + 1,
                    _ => break,
                }
                if let Some(value) = linked(word) {
                    return (value, Link::Said);
                }
                if i == 0 {
                    from = word;
                }
            }
        } else if password {
            from = behind(from, POSSESSIVES).unwrap_or(from);
        }
        if let Some(value) = behind(from, "-> |=> ") {
            return (value, Link::Arrow);
        }
        if matches!(at(text, from), b'-' | b'|' | 0xe2)
            && let Some(value) = behind(from, "- |– |— |→ ").or_else(|| self.next_cell(from))
        {
            return (value, Link::None);
        }
        let said = if password { linked(from) } else { behind(from, COPULA_LINKS) };
        match said {
            // `senha provisória: …`
            Some(value) if part(text, value - 2, value) == b": " => (value, Link::Arrow),
            Some(value) => (value, Link::Said),
            None => (end + 1, Link::None),
        }
    }

    /// Where the cell of a table begins behind the `|` at `from`, if another `|` or the line ends it: `| password | x |`.
    fn next_cell(&self, from: usize) -> Option<usize> {
        let text = self.text;
        let mark = bytes::phrase("| |│ |┃ |║ ", part(text, from, text.len()));
        let mark = mark.or_else(|| (part(text, from, from + 2) == b"| ").then_some(2))?;
        let end = from + mark + run(text, from + mark, |b| !bytes::is_space(b));
        let behind = skip(text, end, |b| b == b' ');
        let ends = matches!(at(text, behind), b'|' | 0xe2) || part(text, end, text.len()).trim_ascii().is_empty();
        // a filter of a template: `{{ .Values.password | quote }}`
        let within = part(text, 0, from).windows(2).rfind(|pair| matches!(pair, [b'{', b'{'] | [b'}', b'}'])) == Some(b"{{");
        (ends && !within).then_some(from + mark)
    }

    /// Is the word at `start` one of a configuration: `enable secret …`, `username ana privilege 15 secret …`, `ppp chap password …`,
    /// `requirepass …`?
    fn configures(&self, start: usize, word: &[u8]) -> bool {
        // behind the prompt of a switch: `sw1(config)#`
        let line = part(self.text, 0, start).trim_ascii();
        let prompt =
            memchr::memchr(b'#', line).filter(|&end| part(line, 0, end).iter().all(|&b| bytes::is_key(b) || matches!(b, b'(' | b')')));
        let line = part(line, prompt.map_or(0, |end| end + 1), line.len()).trim_ascii_start();
        let mut words = line.split(|&b| b == b' ').filter(|word| !word.is_empty());
        let first = words.next().unwrap_or_default();
        let names = |word: &[u8]| word == b"username" || word == b"neighbor";
        bytes::words!("requirepass masterauth").has(word)
            || first == b"enable" && words.next().is_none()
            || names(first) && (1..6).contains(&words.count())
            || line == b"ppp chap"
            || line == b"ppp pap"
    }
}
