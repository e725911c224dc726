"""Writes the benign corpus: lines of logs that must come out as they went in.

    python3 tests/corpus/generate.py            writes lines/ and MANIFEST.json anew
    python3 tests/corpus/generate.py --check    fails where they are not what this file makes

`templates/FORMAT.txt` has lines as the programs of that format write them. `«name»` or `«name number»` in one is what
the method of that name of Source gives. The templates of a file are taken in turns, so that a stack trace keeps its order.
The same seed gives the same bytes on every machine. Nothing is real, and nothing is personal: no address, no telephone
number, no card, no account, no name of a person.
"""

from __future__ import annotations

import json
import re
import string
import sys
from base64 import b64encode
from pathlib import Path
from random import Random

HERE = Path(__file__).parent
SEED = 20261124
# Lines of each format, rounded up to whole turns of its templates.
LINES = 156

DIGITS = string.digits
HEX = "0123456789abcdef"
ALNUM = string.ascii_letters + DIGITS
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
WORDS = "lesson invoice teacher calendar booking subject room package report session credit plan order cart item shipment stock refund".split()
APPS = "api web worker scheduler billing search gateway auth catalog checkout inventory ledger mailer media notifier".split()
TABLES = "scheduler_booking finances_invoice classroom_session orders_order catalog_item audit_event django_session auth_user stock_level".split()
COLUMNS = "id created_at updated_at status amount currency quantity position version school_id order_id is_active".split()
PATHS = [
    "/api/v1/lessons/",
    "/api/v1/invoices/",
    "/healthz",
    "/accounts/login/",
    "/api/v2/bookings/",
    "/static/js/app.«hex 8».js",
    "/metrics",
    "/search",
]
CLASSES = "OrderService InvoiceRepository BookingController LedgerWriter SessionManager ThrottleFilter ResetView KeyRotationJob CacheKeyBuilder MonkeyPatch".split()
METHODS = "handle process resolve fetchAll computeTotal applyDiscount refresh validate onMessage doFilter".split()
LEVELS = "DEBUG INFO WARNING ERROR".split()
HOSTS = "web-1 web-2 db-primary db-replica-3 worker-7 edge-lis-2 ip-10-0-3-17 node-a41".split()
REGIONS = "eu-west-1 us-east-1 eu-central-1 ap-southeast-2".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
AGENTS = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
    "python-requests/2.32.3",
    "kube-probe/1.29",
    "curl/8.5.0",
    "Go-http-client/2.0",
]


def is_luhn(number: str) -> bool:
    """Is the last digit the check digit of a card number?"""
    doubled = [int(digit) * (1 + i % 2) for i, digit in enumerate(reversed(number))]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0


class Source:
    """Pieces of lines out of one seeded generator."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)

    def of(self, choices: list[str]) -> str:
        return self.random.choice(choices)

    def chars(self, alphabet: str, length: int) -> str:
        return "".join(self.random.choices(alphabet, k=length))

    # Numbers
    def n(self, below: int) -> str:
        return str(self.random.randrange(1, below))

    def digits(self, length: int) -> str:
        """Digits that do not begin with 0. What has the check digit of a card is drawn again: whether that is benign is arguable."""
        while True:
            number = self.chars("123456789", 1) + self.chars(DIGITS, length - 1)
            if length < 12 or not is_luhn(number):
                return number

    def zeros(self, length: int) -> str:
        return str(self.random.randrange(10**length)).zfill(length)

    def money(self) -> str:
        return f"{self.n(900)}.{self.zeros(2)}"

    def ms(self) -> str:
        return f"{self.n(900)}.{self.zeros(3)}"

    def seconds(self) -> str:
        return f"{self.n(4)}.{self.zeros(4)}"

    def version(self) -> str:
        return f"{self.n(9)}.{self.n(30)}.{self.n(20)}"

    def percent(self) -> str:
        return f"{self.n(100)}.{self.n(10)}"

    # Ids
    def hex(self, length: int) -> str:
        return self.chars(HEX, length)

    def upper_hex(self, length: int) -> str:
        return self.chars(HEX.upper(), length)

    def alnum(self, length: int) -> str:
        return self.chars(ALNUM, length)

    def base64(self, length: int) -> str:
        """Base64 of so many random bytes."""
        return b64encode(self.random.randbytes(length)).decode()

    def uuid(self) -> str:
        h = self.hex(32)
        return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-a{h[17:20]}-{h[20:]}"

    def ulid(self) -> str:
        return "01" + self.chars(CROCKFORD, 24)

    def ksuid(self) -> str:
        return "2" + self.alnum(26)

    def nanoid(self) -> str:
        return self.alnum(1) + self.chars(ALNUM + "_-", 19) + self.alnum(1)

    def snowflake(self) -> str:
        return "1" + self.digits(18)

    def request(self) -> str:
        return "req_" + self.hex(12)

    # Words
    def word(self) -> str:
        return self.of(WORDS)

    def app(self) -> str:
        return self.of(APPS)

    def table(self) -> str:
        return self.of(TABLES)

    def column(self) -> str:
        return self.of(COLUMNS)

    def path(self) -> str:
        return fill(self.of(PATHS), self)

    def type(self) -> str:
        return self.of(CLASSES)

    def method(self) -> str:
        return self.of(METHODS)

    def level(self) -> str:
        return self.of(LEVELS)

    def host(self) -> str:
        return self.of(HOSTS)

    def region(self) -> str:
        return self.of(REGIONS)

    def agent(self) -> str:
        return self.of(AGENTS)

    def status(self) -> str:
        return self.of(
            "200 201 204 301 302 304 400 403 404 409 429 500 502 503".split()
        )

    def ip(self) -> str:
        return f"10.{self.n(256)}.{self.n(256)}.{self.n(255)}"

    def ip6(self) -> str:
        return f"2001:db8:{self.hex(4)}:{self.hex(2)}::{self.hex(4)}"

    def mac(self) -> str:
        return ":".join(self.hex(2) for _ in range(6))

    # Times
    def day(self) -> str:
        return f"{self.random.randrange(1, 29):02}"

    def month(self) -> str:
        return f"{self.random.randrange(1, 13):02}"

    def month_name(self) -> str:
        return self.of(MONTHS)

    def day_name(self) -> str:
        return self.of(DAYS)

    def date(self) -> str:
        return f"2026-{self.month()}-{self.day()}"

    def time(self) -> str:
        return f"{self.random.randrange(24):02}:{self.random.randrange(60):02}:{self.random.randrange(60):02}"

    def iso(self) -> str:
        return f"{self.date()}T{self.time()}.{self.zeros(3)}Z"

    def nano(self) -> str:
        return f"{self.date()}T{self.time()}.{self.zeros(9)}Z"

    def clock(self) -> str:
        return f"{self.date()} {self.time()},{self.zeros(3)}"

    def dotted(self) -> str:
        return f"{self.date()} {self.time()}.{self.zeros(3)}"

    def syslog(self) -> str:
        return f"{self.month_name()} {self.day()} {self.time()}"

    def common(self) -> str:
        return f"{self.day()}/{self.month_name()}/2026:{self.time()} +0000"

    def epoch(self) -> str:
        return "17" + self.zeros(8)

    def epoch_ms(self) -> str:
        return self.long_time(11)

    def epoch_ns(self) -> str:
        return self.long_time(17)

    def long_time(self, length: int) -> str:
        while is_luhn(number := "17" + self.zeros(length)):
            pass
        return number


PIECE = re.compile("«([a-z0-9_]+)(?: ([0-9]+))?»")


def fill(template: str, source: Source) -> str:
    """A line of a template with its pieces put in."""

    def piece(found: re.Match[str]) -> str:
        method = getattr(source, found[1])
        return str(method(int(found[2])) if found[2] else method())

    return PIECE.sub(piece, template)


def lines(name: str, templates: list[str]) -> list[str]:
    """The lines of a format."""
    source = Source(f"{SEED} {name}")
    turns = -(-LINES // len(templates))
    return [fill(template, source) for _ in range(turns) for template in templates]


def made() -> dict[Path, str]:
    """All files by their paths."""
    files, counts = {}, {}
    for path in sorted((HERE / "templates").glob("*.txt")):
        templates = path.read_text("utf-8").splitlines()
        made = lines(path.stem, [line for line in templates if line])
        files[HERE / "lines" / path.name] = "\n".join(made) + "\n"
        counts[path.name] = len(made)
    files[HERE / "MANIFEST.json"] = json.dumps(counts, indent=2) + "\n"
    return files


def main() -> None:
    files = made()
    if "--check" in sys.argv[1:]:
        there = {*(HERE / "lines").iterdir(), HERE / "MANIFEST.json"}
        wrong = there ^ set(files)
        wrong |= {
            path
            for path in there & set(files)
            if path.read_bytes() != files[path].encode()
        }
        if wrong:
            sys.exit(
                "run tests/corpus/generate.py: "
                + ", ".join(sorted(path.name for path in wrong))
            )
        return
    for path, text in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
