"""Made-up secrets of every kind, and the search for what is left of them.

Every value is drawn from a seeded generator and carries valid check digits, so that it looks real
to a detector and belongs to nobody.
"""

import base64
import json
import random
import string
from dataclasses import dataclass
from urllib.parse import quote, quote_plus

LETTERS = string.ascii_letters + string.digits
HEX = "0123456789abcdef"
# A piece of a secret this long (in characters) already counts as a leak.
WINDOW = 8


@dataclass(frozen=True)
class Canary:
    """One planted value.

    `value` is what the client sends. `secrets` are the parts of it that must vanish, in every
    notation that a log may give them; what is not in `secrets` (a domain, the last four digits)
    may stay.
    """

    kind: str
    value: str
    secrets: tuple


def leaks(planted, texts):
    """Return what of which canary is in which of the texts by name, as sorted "text: canary (notation)" lines.

    A notation is "raw", "base64" and the like. It takes one pass over a text, however many canaries there are.
    """
    by_head = {}
    for name, canary in planted.items():
        for secret in canary.secrets:
            for notation, needle in needles(secret):
                assert len(needle) >= WINDOW, f"{name} is too short to be found"
                found = f"{name} ({notation})", needle
                by_head.setdefault(needle[:WINDOW], []).append(found)
    return sorted(
        {
            f"{file}: {leak}"
            for file, text in texts.items()
            for at in range(len(text))
            if text[at : at + WINDOW] in by_head
            for leak, needle in by_head[text[at : at + WINDOW]]
            if text.startswith(needle, at)
        }
    )


def needles(secret):
    """Yield (notation, text to look for) for every way a log could spell a piece of `secret`."""
    yield from pieces("raw", secret, WINDOW)
    yield from pieces("percent", quote(secret, safe=""), 2 * WINDOW)
    yield from pieces("form", quote_plus(secret), 2 * WINDOW)
    yield from pieces("json", json.dumps(secret)[1:-1], 2 * WINDOW)
    yield from pieces("repr of bytes", repr(secret.encode())[2:-1], 2 * WINDOW)
    yield from pieces("hex", secret.encode().hex(), 2 * WINDOW)
    # The same bytes look different at each of the three offsets within a base64 group; the
    # characters at either end also depend on the neighbours and are left out.
    for lead in range(3):
        coded = base64.b64encode(b"\0" * lead + secret.encode()).decode().rstrip("=")
        inner = coded[(0, 2, 3)[lead] : -1]
        yield from pieces("base64", inner, 2 * WINDOW)
        yield from pieces(
            "base64", inner.replace("+", "-").replace("/", "_"), 2 * WINDOW
        )


def pieces(notation, text, size):
    """Yield every run of `size` characters of `text`, or all of it when it is shorter."""
    size = min(size, len(text))
    for start in range(len(text) - size + 1):
        yield notation, text[start : start + size]


def make(seed=2024):
    """Return the canaries by name; the same `seed` gives the same values."""
    draw = random.Random(seed)

    def chars(count, alphabet=LETTERS):
        return "".join(draw.choice(alphabet) for _ in range(count))

    def digits(count):
        return chars(count, string.digits)

    found = {}

    def plant(name, kind, value, *secrets):
        found[name] = Canary(kind, value, secrets or (value,))

    for name, domain in (
        ("teacher_email", "escola-norte.example.pt"),
        ("stranger_email", "mail.example.org"),
        ("payer_email", "familia.example.com"),
        ("customer_email", "clientes.example.net"),
        ("invited_email", "convite.example.org"),
    ):
        local = f"{chars(6, string.ascii_lowercase)}.{chars(7, string.ascii_lowercase)}"
        plant(name, "e-mail", f"{local}@{domain}", local)

    for name in ("teacher_phone", "payer_phone"):
        number = "9" + draw.choice("136") + digits(7)
        spaced = f"{number[:3]} {number[3:6]} {number[6:]}"
        plant(name, "phone", f"+351{number}", number, spaced)
    number = "7911" + digits(6)
    plant(
        "foreign_phone",
        "phone",
        f"+44 {number[:4]} {number[4:]}",
        number,
        f"{number[:4]} {number[4:]}",
    )

    for name in ("card", "declined_card"):
        number = with_luhn("453957" + digits(9))
        # The last four digits may stay.
        spaced = " ".join(number[at : at + 4] for at in (0, 4, 8))
        plant(name, "card", number, number[:12], spaced, spaced.replace(" ", "-"))

    for name in ("payer_iban", "customer_iban"):
        nib = with_nib_check("0035" + digits(15))
        spaced = " ".join(("PT50" + nib)[at : at + 4] for at in range(0, 25, 4))
        plant(name, "IBAN", "PT50" + nib, nib, spaced)
    nib = with_nib_check("0010" + digits(15))
    plant("nib", "NIB", nib)
    plant("teacher_nif", "NIF", with_nif_check("2" + digits(7)))
    plant("payout_nif", "NIF", with_nif_check("1" + digits(7)))
    plant("citizen_card", "citizen card", with_citizen_check(digits(8)))
    plant("niss", "NISS", with_niss_check("1" + digits(9)))

    for name in (
        "password",
        "wrong_password",
        "smtp_password",
        "payout_password",
        "mail_password",
    ):
        # Letters of the language of the platform and marks that URLs and JSON spell differently.
        plant(name, "password", chars(5) + "ção!" + chars(3) + "%+" + chars(4))

    for name in ("access_token", "refresh_token"):
        claims = {"sub": digits(6), "name": chars(12), "iat": 1700000000}
        parts = (
            base64url(json.dumps(part).encode())
            for part in ({"alg": "HS256", "typ": "JWT"}, claims)
        )
        plant(name, "JWT", ".".join((*parts, chars(43))))

    secret = chars(40)
    plant("stripe_key", "Stripe key", "sk" + "_live_" + secret, secret)
    secret = chars(32)
    plant("webhook_secret", "Stripe webhook secret", "whsec" + "_" + secret, secret)
    intent, secret = "pi" + "_3" + chars(23), chars(25)
    plant("client_secret", "Stripe client secret", f"{intent}_secret_{secret}", secret)

    lines = [chars(64, LETTERS + "+/") for _ in range(12)]
    pem = "-----BEGIN " + "PRIVATE KEY-----\n{}\n-----END " + "PRIVATE KEY-----\n"
    plant("private_key", "private key", pem.format("\n".join(lines)), *lines)

    plant("cookie", "cookie", chars(32))
    user, secret = "svc-" + chars(6), chars(14)
    coded = base64.b64encode(f"{user}:{secret}".encode()).decode()
    plant("basic_auth", "basic auth", f"Basic {coded}", coded.rstrip("="), secret)
    plant("bearer", "bearer token", chars(36))

    secret = chars(16)
    host = "ledger.example.internal:5432/contas"
    plant("ledger_url", "URL credentials", f"postgres://contas:{secret}@{host}", secret)
    plant("invitation_token", "URL token", chars(40))
    plant("sms_key", "API key", chars(32, HEX))
    plant("upload_key", "API key", chars(28))
    secret = chars(35, LETTERS + "-_")
    plant("maps_key", "Google key", "AIza" + secret, secret)
    secret = chars(16, string.ascii_uppercase + "234567")
    plant("aws_id", "AWS access key", "AKIA" + secret, secret)
    plant("aws_secret", "AWS secret key", chars(40, LETTERS + "/+"))
    secret = chars(36)
    plant("github_token", "GitHub token", "ghp" + "_" + secret, secret)
    secret = f"{digits(12)}-{digits(12)}-{chars(24)}"
    plant("slack_token", "Slack token", "xoxb" + "-" + secret, secret)
    return found


def base64url(data):
    """Return `data` in base64 for URLs without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def with_luhn(digits):
    """Append the Luhn check digit (ISO/IEC 7812-1, annex B)."""
    total = 0
    for position, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def with_nib_check(digits):
    """Append the two check digits of a Portuguese NIB (98 minus the remainder by 97)."""
    return f"{digits}{98 - int(digits) * 100 % 97:02}"


def with_nif_check(digits):
    """Append the check digit of a Portuguese tax number (weights 9 to 2, modulo 11)."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 1, -1)))
    check = 11 - total % 11
    return digits + str(check if check < 10 else 0)


def with_niss_check(digits):
    """Append the check digit of a Portuguese social security number (primes, modulo 10)."""
    primes = (29, 23, 19, 17, 13, 11, 7, 5, 3, 2)
    return digits + str(9 - sum(int(d) * p for d, p in zip(digits, primes)) % 10)


def with_citizen_check(digits):
    """Return a Cartão de Cidadão number: eight digits and their check digit, version, check digit.

    Both check digits follow "Algoritmo de validação do número de documento do Cartão de Cidadão"
    (AMA): the first is the one of the old identity card, the second a Luhn sum over 36 symbols.
    """
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(9, 1, -1)))
    check = 11 - total % 11
    body = f"{digits}{check if check < 10 else 0}ZZ"
    total = 0
    for position, symbol in enumerate(reversed(body)):
        value = int(symbol, 36)
        if position % 2 == 0:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return f"{body}{-total % 10}"
