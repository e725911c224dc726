"""As much of Elasticsearch as two searches need: documents of typed fields, `bool`, `term`, `range`, `terms`, `date_histogram`.

Types are those of an index template. A field of the wrong type is refused, an aggregation over a `text` field too, as Elasticsearch does.
"""

import re
from datetime import datetime, timedelta, timezone

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class WrongType(Exception):
    """A value that is not of its field's type, or a search that its field's type does not allow."""


class Index:
    """Documents of one index template."""

    def __init__(self, template, now):
        self.fields = template["template"]["mappings"]["properties"]
        self.now = now
        self.documents = []

    def add(self, document):
        """Take a document whose fields fit their types."""
        self.documents.append(
            {name: self.value(name, value) for name, value in document.items()}
        )

    def type_of(self, name):
        """Return the type of a field; one that the template does not name is a keyword."""
        return self.fields.get(name, {"type": "keyword"}).get("type", "object")

    def value(self, name, value):
        """Return a value as its type holds it."""
        kind = self.type_of(name)
        if kind == "date":
            if not isinstance(value, str) or not re.fullmatch(
                r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", value
            ):
                raise WrongType(f"{name} is no date")
            return datetime.fromisoformat(value.replace("Z", "+00:00"))
        if kind in ("integer", "double"):
            if isinstance(value, bool) or not isinstance(
                value, int if kind == "integer" else (int, float)
            ):
                raise WrongType(f"{name} is no number")
            return value
        if name in self.fields and kind != "object" and isinstance(value, (dict, list)):
            raise WrongType(f"{name} is an object")
        return str(value) if kind == "keyword" else value

    def search(self, request):
        """Return the aggregations of the documents that a search matches."""
        matches = [
            each for each in self.documents if self.holds(request["query"], each)
        ]
        return self.aggregate(request["aggs"], matches)

    def holds(self, query, document):
        """Tell whether a document matches."""
        ((kind, body),) = query.items()
        if kind == "bool":
            return all(self.holds(part, document) for part in body["must"])
        ((name, wanted),) = body.items()
        if kind == "term":
            if self.type_of(name) != "keyword":
                raise WrongType(f"a term of {name}, which is not a keyword")
            return document.get(name) == str(wanted)
        if kind == "range":
            if self.type_of(name) != "date":
                raise WrongType(f"a range of {name}, which is not a date")
            return name in document and document[name] >= self.moment(wanted["gte"])
        raise ValueError(kind)

    def moment(self, text):
        """Return the time of `now-24h`."""
        amount, unit = re.fullmatch(r"now-(\d+)([smhd])", text).groups()
        return self.now - timedelta(**{UNITS[unit]: int(amount)})

    def aggregate(self, aggregations, documents):
        """Return {name: {bucket: (count, inner aggregations)}}."""
        found = {}
        for name, aggregation in aggregations.items():
            bucket_of = self.buckets(aggregation)
            inner = aggregation.get("aggs", {})
            buckets = {}
            for each in documents:
                buckets.setdefault(bucket_of(each), []).append(each)
            buckets.pop(None, None)
            found[name] = {
                bucket: (len(members), self.aggregate(inner, members))
                for bucket, members in buckets.items()
            }
        return found

    def buckets(self, aggregation):
        """Return the function that tells the bucket of a document."""
        if "terms" in aggregation:
            field = aggregation["terms"]["field"]
            if self.type_of(field) != "keyword":
                raise WrongType(f"terms of {field}, which is not a keyword")
            return lambda each: each.get(field)
        body = aggregation["date_histogram"]
        field = body["field"]
        if self.type_of(field) != "date":
            raise WrongType(f"a histogram of {field}, which is no date")
        amount, unit = re.fullmatch(r"(\d+)([smhd])", body["fixed_interval"]).groups()
        step = timedelta(**{UNITS[unit]: int(amount)})
        return lambda each: floor(each.get(field), step)


def floor(moment, step):
    """Return the beginning of the interval in which a time lies."""
    epoch = datetime.fromtimestamp(0, timezone.utc)
    return moment and epoch + (moment - epoch) // step * step
