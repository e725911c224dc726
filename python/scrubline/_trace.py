"""The header `traceparent`, after W3C Trace Context (Recommendation of 23 November 2021), section 3.2."""

from __future__ import annotations

import re
from typing import NamedTuple

# A higher version may bring more fields behind a dash, and is read as this one; ff is no version.
_HEADER = re.compile(
    r"(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-[\x21-\x7e]*)?"
)
_LONGEST = 512


class TraceParent(NamedTuple):
    """Where a caller stands in a trace: ids in lower-case hexadecimal digits, 32 and 16 of them."""

    trace_id: str
    span_id: str
    sampled: bool

    @classmethod
    def parse(cls, header: object) -> TraceParent | None:
        """What the header says; `None` for one that is not valid."""
        if not isinstance(header, str) or len(header) > _LONGEST:
            return None
        found = _HEADER.fullmatch(header.strip(" \t"))
        if found is None or (found[1] == "00" and found[5] is not None):
            return None
        return cls(found[2], found[3], bool(int(found[4], 16) & 1))

    def __str__(self) -> str:
        return f"00-{self.trace_id}-{self.span_id}-{self.sampled:02d}"


# For the extension, which hands over the header of a request.
parse = TraceParent.parse
