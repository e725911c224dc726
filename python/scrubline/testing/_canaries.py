"""Values that look like secrets, and the forms in which one may come out."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, quote_plus


class Canaries(dict[str, str]):
    """Made-up secrets of a test, new for each: `email`, `password`, `card` (a valid number) and `api_key`."""

    def __init__(self) -> None:
        super().__init__(
            email=f"canary-{secrets.token_hex(6)}@example.org",
            password=f"Cn{secrets.token_hex(8)}!",
            card=_card(),
            api_key=f"sk_live_{secrets.token_hex(16)}",
        )


def _card() -> str:
    digits = [4, *(secrets.randbelow(10) for _ in range(14))]
    # Luhn: https://en.wikipedia.org/wiki/Luhn_algorithm
    doubled = (digit * 2 if at % 2 == 0 else digit for at, digit in enumerate(digits))
    total = sum(digit - 9 if digit > 9 else digit for digit in doubled)
    return "".join(map(str, [*digits, -total % 10]))


def named(canaries: Mapping[str, str] | Iterable[str] | str) -> dict[str, str]:
    """Canaries by name: their keys, or their positions. Raises `ValueError` where there is none, or an empty one."""
    if isinstance(canaries, str):
        canaries = [canaries]
    if isinstance(canaries, Mapping):
        found = {str(name): value for name, value in canaries.items()}
    else:
        found = {f"canaries[{at}]": value for at, value in enumerate(canaries)}
    if not found or not all(isinstance(each, str) and each for each in found.values()):
        raise ValueError("canaries are texts, one or more, and none is empty")
    return found


def forms(canary: str) -> Iterator[str]:
    """A canary as it is, and as it may stand in a line or an attribute: escaped, percent-encoded, hexadecimal, base64."""
    data = canary.encode(errors="surrogatepass")
    yield canary
    yield json.dumps(canary)[1:-1]
    yield json.dumps(canary, ensure_ascii=False)[1:-1]
    yield repr(canary)[1:-1]
    yield quote(data, safe="")
    yield quote_plus(data)
    yield data.hex()
    # Without the end, which depends on what follows.
    yield base64.b64encode(data[: len(data) // 3 * 3]).decode() or canary
