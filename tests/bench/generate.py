"""Writes the lines that every benchmark reads, so that all languages work on the same bytes.

    python tests/bench/generate.py DIRECTORY [--lines 100000] [--records 20000] [--seed 7]

For `sparse` (2% of the lines hold something sensitive) and `dense` (all of them do) it writes

* `NAME.log`: lines of text in the styles of Django, gunicorn, nginx, PostgreSQL, Celery and a JSON logger;
* `NAME.jsonl`: nested records of about 700 bytes, one JSON object a line;
* `NAME.log.planted`, `NAME.jsonl.planted`: for each line the values planted in it, separated by tabs.

The same seed gives the same bytes on every machine. Nothing here is real: names are invented, numbers and tokens come
from the generator, addresses end in reserved domains.
"""

from __future__ import annotations

import argparse
import json
import re
import string
from base64 import urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from random import Random

ALNUM = string.ascii_letters + string.digits
HEX = "0123456789abcdef"
FIRST = "ana bruno carla diogo elena filipe graca hugo ines joao katia luis marta nuno olga paulo rita sara tiago vera".split()
LAST = "almeida barros costa dias esteves faria gomes horta ivens jardim leal matos nunes pinto ramos silva teles vaz".split()
HOSTS = (
    "example.com example.org mail.example.net school.example escola.example.org".split()
)
WORDS = "lesson invoice teacher calendar booking subject message room package invitation report session credit plan".split()
LOGGERS = "accounts.auth accounts.throttles finances.payments finances.stripe scheduler.bookings messaging.email".split()
PATHS = "/api/v1/lessons/ /api/v1/finances/invoices/ /accounts/login/ /api/v2/bookings/ /static/js/app.4f9a1c.js /healthz".split()
TABLES = "scheduler_booking finances_invoice accounts_customuser messaging_message classroom_session".split()
AGENTS = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Mobile/15E148",
    "python-requests/2.32.3",
    "kube-probe/1.29",
]


class Source:
    """Pieces of log lines out of one seeded generator; `planted` collects the sensitive values handed out."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.planted: list[str] = []

    def of(self, choices: list[str]) -> str:
        return self.random.choice(choices)

    def chars(self, alphabet: str, length: int) -> str:
        return "".join(self.random.choices(alphabet, k=length))

    # What stays.
    def n(self, below: int) -> int:
        return self.random.randrange(1, below)

    def digits(self, length: int) -> str:
        return self.chars(string.digits, length)

    def hex(self, length: int) -> str:
        return self.chars(HEX, length)

    def alnum(self, length: int) -> str:
        return self.chars(ALNUM, length)

    def word(self) -> str:
        return self.of(WORDS)

    def first(self) -> str:
        return self.of(FIRST)

    def logger(self) -> str:
        return self.of(LOGGERS)

    def path(self) -> str:
        return self.of(PATHS)

    def table(self) -> str:
        return self.of(TABLES)

    def agent(self) -> str:
        return self.of(AGENTS)

    def uuid(self) -> str:
        h = self.hex(32)
        return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-a{h[17:20]}-{h[20:]}"

    def request(self) -> str:
        return "req_" + self.hex(12)

    def ip(self) -> str:
        return f"10.{self.n(256)}.{self.n(256)}.{self.n(255)}"

    def day(self) -> str:
        return f"{self.n(29):02}"

    def hour(self) -> str:
        return f"{self.n(24):02}"

    def minute(self) -> str:
        return f"{self.n(60):02}"

    def clock(self) -> str:
        return f"2026-{self.n(13):02}-{self.day()} {self.hour()}:{self.minute()}:{self.minute()},{self.digits(3)}"

    def iso(self) -> str:
        return self.clock().replace(" ", "T").replace(",", ".") + "Z"

    def seconds(self) -> str:
        return f"{self.n(4)}.{self.digits(4)}"

    def money(self) -> str:
        return f"{self.n(900)}.{self.digits(2)}"

    # What goes. Each call records what it hands out.
    def plant(self, value: str) -> str:
        self.planted.append(value)
        return value

    def email(self) -> str:
        name = f"{self.of(FIRST)}.{self.of(LAST)}{self.n(99)}"
        return self.plant(name) + "@" + self.of(HOSTS)

    def phone(self) -> str:
        digits = "9" + self.of(["1", "2", "3", "6"]) + self.digits(7)
        return self.plant(f"+351 {digits[:3]} {digits[3:6]} {digits[6:]}")

    def card(self) -> str:
        body = "4" + self.digits(14)
        doubled = [int(d) * (2 - i % 2) for i, d in enumerate(body)]
        check = -sum(d - 9 if d > 9 else d for d in doubled) % 10
        number = f"{body}{check}"
        separator = self.of(["", " ", "-"])
        self.plant(separator.join(number[i : i + 4] for i in range(0, 12, 4)))
        return separator.join(number[i : i + 4] for i in range(0, 16, 4))

    def iban(self) -> str:
        account = self.digits(19)
        nib = account + f"{98 - int(account + '00') % 97:02}"
        check = 98 - int(nib + "252900") % 97
        return self.plant(f"PT{check:02}{nib}")

    def password(self) -> str:
        return self.plant(
            self.chars(string.ascii_lowercase, 6)
            + self.of(["!", "#", "%", "-"])
            + self.alnum(5)
        )

    def jwt(self) -> str:
        claims = {"sub": self.n(90000), "exp": 1_700_000_000 + self.n(90_000_000)}
        parts = [
            urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")
            for part in ({"alg": "HS256", "typ": "JWT"}, claims)
        ]
        return self.plant(".".join([*parts, self.alnum(43)]))

    def token(self) -> str:
        return self.plant(self.mixed(40))

    def session(self) -> str:
        return self.plant(self.mixed(32).lower())

    def stripe(self) -> str:
        return "sk_live_" + self.plant(self.mixed(24))

    def mixed(self, length: int) -> str:
        """Letters and digits, with at least one of each kind: a token drawn without a digit is no honest sample."""
        return (
            self.chars(string.digits, 1)
            + self.alnum(length - 3)
            + self.of(list("KQZ"))
            + self.of(list("xyz"))
        )

    def secret_key(self) -> str:
        return self.plant(self.chars(ALNUM + "/+", 40))


TEMPLATES = Path(__file__).with_name("templates")
CLEAN = (TEMPLATES / "clean.txt").read_text(encoding="utf-8").splitlines()
SENSITIVE = (TEMPLATES / "sensitive.txt").read_text(encoding="utf-8").splitlines()
PIECE = re.compile(r"<([a-z_]+)(?: (\d+))?>")


def fill(template: str, source: Source) -> str:
    """Fill a line of templates/*.txt: `<name>` or `<name number>` is what the method of that name of Source gives."""

    def piece(found: re.Match[str]) -> str:
        method = getattr(source, found[1])
        return str(method(int(found[2])) if found[2] else method())

    return PIECE.sub(piece, template)


def clean_record(s: Source) -> dict[str, object]:
    """A business event as the sample project logs it, of about 700 bytes."""
    return {
        "timestamp": s.iso(),
        "level": "INFO",
        "logger": s.logger(),
        "message": f"{s.word()} {s.n(90000)} processed for school {s.n(400)} in {s.seconds()} s",
        "event_type": f"{s.word()}_processed",
        "correlation_id": s.request(),
        "school_id": s.n(400),
        "user_id": s.n(90000),
        "role": s.of(["teacher", "student", "guardian"]),
        "request": {
            "method": "POST",
            "path": s.path(),
            "remote": s.ip(),
            "user_agent": s.agent(),
            "headers": {"Accept": "application/json", "X-Request-ID": s.uuid()},
        },
        "items": [
            {"id": s.uuid(), "kind": s.word(), "amount": float(s.money()), "paid": True}
            for _ in range(2)
        ],
        "metadata": {
            "version": f"{s.n(9)}.{s.n(30)}.1",
            "retries": s.n(4),
            "queue": None,
        },
        "duration_ms": float(s.money()),
    }


def sensitive_record(s: Source) -> dict[str, object]:
    """A clean record with secrets under keys, in nested text and in headers."""
    record = clean_record(s)
    kind = s.n(5)
    if kind == 1:
        record["message"] = f"payment failed for {s.email()}"
        record["card"] = {"number": s.card(), "holder_id": s.n(90000)}
    elif kind == 2:
        record["user"] = {
            "email": s.email(),
            "password": s.password(),
            "phone": s.phone(),
        }
    elif kind == 3:
        record["upstream"] = {
            "url": f"https://api.example.org/v1?api_key={s.token()}",
            "headers": {"Authorization": f"Bearer {s.jwt()}"},
        }
    else:
        record["message"] = f"payout to {s.iban()} of teacher {s.n(90000)}"
        record["settings"] = {"STRIPE_SECRET_KEY": s.stripe(), "DEBUG": False}
    return record


def write(
    path: Path, count: int, one_in: int, make: Callable[[Source, bool], str], seed: int
) -> None:
    """Write `count` lines, of which one in `one_in` is sensitive, and beside them what was planted."""
    source = Source(seed)
    beside = path.with_name(f"{path.name}.planted")
    with (
        path.open("w", encoding="utf-8", newline="\n") as lines,
        beside.open("w", encoding="utf-8", newline="\n") as planted,
    ):
        for index in range(count):
            source.planted.clear()
            lines.write(make(source, index % one_in == one_in - 1) + "\n")
            planted.write("\t".join(source.planted) + "\n")


def text_line(source: Source, sensitive: bool) -> str:
    return fill(source.of(SENSITIVE if sensitive else CLEAN), source)


def json_line(source: Source, sensitive: bool) -> str:
    return json.dumps(
        (sensitive_record if sensitive else clean_record)(source), separators=(",", ":")
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory", type=Path)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    options.directory.mkdir(parents=True, exist_ok=True)
    for name, one_in in (("sparse", 50), ("dense", 1)):
        write(
            options.directory / f"{name}.log",
            options.lines,
            one_in,
            text_line,
            options.seed,
        )
        write(
            options.directory / f"{name}.jsonl",
            options.records,
            one_in,
            json_line,
            options.seed,
        )


if __name__ == "__main__":
    main()
