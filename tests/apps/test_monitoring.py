"""The files for Prometheus and Elasticsearch, with a real Prometheus and with lines of the sample project."""

import json
import subprocess
import time
from collections import Counter
from datetime import datetime, timezone
from importlib.resources import files
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import jsonschema
import pytest

import canaries
import drive
import elastic
import server

SHIPPED = files("scrubline.monitoring")
HERE = Path(__file__).parent / "monitoring"


def promtool(*arguments, cwd=None):
    done = subprocess.run(
        ["promtool", *arguments], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_rules_are_rules():
    assert "3 rules found" in promtool("check", "rules", str(SHIPPED / "alerts.yml"))


def test_every_rule_fires_when_it_should():
    tested = (HERE / "alerts.test.yml").read_text()
    for line in (SHIPPED / "alerts.yml").read_text().splitlines():
        if "- alert:" in line:
            assert f"alertname: {line.split()[-1]}" in tested
    assert "SUCCESS" in promtool("test", "rules", "alerts.test.yml", cwd=HERE)


def answers(port):
    """Whether a server takes queries: it listens before it does."""
    try:
        urlopen(f"http://127.0.0.1:{port}/-/ready").close()
    except HTTPError:
        return False
    return True


def ask(port, path):
    """What a Prometheus answers to a path of its API."""
    with urlopen(f"http://127.0.0.1:{port}/api/v1/{path}") as answer:
        return json.load(answer)["data"]


def firing(port):
    """The names of the alerts that fire."""
    return {
        alert["labels"]["alertname"]
        for alert in ask(port, "alerts")["alerts"]
        if alert["state"] == "firing"
    }


@pytest.fixture
def prometheus(tmp_path):
    """A function that starts a real server which scrapes a port every second, with the rules as they ship but for `for`."""
    started = []

    def start(port):
        rules = (SHIPPED / "alerts.yml").read_text()
        # A test has no two minutes to wait for.
        assert rules.count("for: ") == 3
        rules = rules.replace("for: 2m", "for: 2s").replace("for: 1m", "for: 2s")
        (tmp_path / "alerts.yml").write_text(rules)
        config = {
            "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
            "rule_files": ["alerts.yml"],
            "scrape_configs": [
                {
                    "job_name": "aprende",
                    "static_configs": [{"targets": [f"127.0.0.1:{port}"]}],
                }
            ],
        }
        # JSON is YAML.
        (tmp_path / "prometheus.yml").write_text(json.dumps(config))
        own = server.free_port()
        process = subprocess.Popen(
            [
                "prometheus",
                "--config.file=prometheus.yml",
                f"--storage.tsdb.path={tmp_path / 'data'}",
                f"--web.listen-address=127.0.0.1:{own}",
            ],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        server.wait_until_ready(process, own)
        until(lambda: answers(own), "an answer of Prometheus")
        return own

    yield start
    for process in started:
        process.terminate()
        process.wait(server.PATIENCE)


def until(condition, what):
    end = time.monotonic() + server.PATIENCE
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.5)
    raise AssertionError(f"never came: {what}")


def test_a_real_prometheus_fires(prometheus, tmp_path):
    """Errors of two workers reach an alert, and so does the first critical record of the payment system."""
    planted = canaries.make()
    outage = [
        step for step in drive.steps(planted) if step.name == "payment, no gateway"
    ]
    counts = tmp_path / "counts"
    counts.mkdir()
    with server.running(
        "gunicorn",
        "config.settings",
        planted,
        tmp_path / "app",
        options=["--workers=2"],
        environment={"PROMETHEUS_MULTIPROC_DIR": str(counts)},
    ) as port:
        own = prometheus(port)
        series = 'django_log_messages{logger="finances.stripe",level="CRITICAL"}'

        def is_at_zero():
            found = ask(own, f"query?query={quote(series)}")["result"]
            return [sample["value"][1] for sample in found] == ["0"]

        until(is_at_zero, "a first sample, at 0")
        assert firing(own) == set()
        server.send(outage, port)
        until(lambda: "PaymentSystemDown" in firing(own), "PaymentSystemDown")

        def has_high_error_rate():
            server.send(outage * 5, port)
            return "HighErrorRate" in firing(own)

        until(has_high_error_rate, "HighErrorRate")


def searches():
    return {
        name: json.loads((SHIPPED / "queries" / f"{name}.json").read_text())
        for name in ("payment-success-rate", "security-events-by-school")
    }


def index(lines, template=None):
    """Return an index of JSON lines, and the lines as documents."""
    documents = [json.loads(line) for line in lines]
    now = datetime.now(timezone.utc)
    template = template or json.loads((SHIPPED / "index-template.json").read_text())
    made = elastic.Index(template, now)
    for each in documents:
        made.add(each)
    return made, documents


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    """The JSON lines of the sample project after one drive."""
    folder = tmp_path_factory.mktemp("lines")
    run = server.run("gunicorn", "config.settings", canaries.make(), folder)
    return run.texts["application.log"].splitlines()


def test_the_searches_find_their_documents(lines):
    made, documents = index(lines)
    payments = made.search(searches()["payment-success-rate"])["success_rate"]
    of_payments = [each for each in documents if each["logger"] == "business.payments"]
    assert {name: count for name, (count, _) in payments.items()} == {
        "payment_initiated": 3,
        "payment_completed": 1,
    }
    hours = payments["payment_initiated"][1]["hourly"]
    assert sum(count for count, _ in hours.values()) == 3
    assert len(of_payments) == 4
    schools = made.search(searches()["security-events-by-school"])["by_school"]
    expected = [each for each in documents if each["logger"] == "security.events"]
    assert expected
    by_school = Counter(
        str(each["school_id"]) for each in expected if "school_id" in each
    )
    assert {school: count for school, (count, _) in schools.items()} == by_school
    for school, (count, inner) in schools.items():
        assert sum(n for n, _ in inner["event_types"].values()) == count, school


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("logger", "text"),
        ("timestamp", "keyword"),
        ("event_type", "text"),
        ("school_id", "text"),
    ],
)
def test_a_wrong_type_is_refused(lines, field, kind):
    template = json.loads((SHIPPED / "index-template.json").read_text())
    template["template"]["mappings"]["properties"][field] = {"type": kind}
    made, _ = index(lines, template)
    with pytest.raises(elastic.WrongType):
        for search in searches().values():
            made.search(search)


def test_a_line_of_a_wrong_type_is_refused(lines):
    for wrong in ({"timestamp": 5}, {"duration_ms": "long"}, {"school_id": {"a": 1}}):
        with pytest.raises(elastic.WrongType):
            index([json.dumps({**json.loads(lines[0]), **wrong})])


SCHEMA = json.loads(
    (Path(__file__).parents[2] / "core" / "schema" / "line.json").read_text()
)


def of_schema(name):
    """Return a validator of one kind of line."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(
        {"$defs": SCHEMA["$defs"], **SCHEMA["$defs"][name]}
    )


def test_every_line_keeps_to_the_schema(lines):
    kinds = Counter()
    whole = jsonschema.Draft202012Validator(SCHEMA)
    for line in map(json.loads, lines):
        whole.validate(line)
        kind = {
            "business": "BusinessEvent",
            "security": "SecurityEvent",
            "performance": "PerformanceEvent",
        }.get(line["logger"].split(".")[0], "LogRecord")
        of_schema(kind).validate(line)
        kinds[kind] += 1
    assert len(kinds) == 4, kinds


def test_the_schema_refuses(lines):
    events = [line for line in map(json.loads, lines) if "event_type" in line]
    for wrong in (
        {"level": "WARN"},
        {"timestamp": "2026-01-01"},
        {"school_id": {"a": 1}},
        {"line": None},
        {"exception": {"type": "E"}},
    ):
        assert not of_schema("BusinessEvent").is_valid({**events[0], **wrong}), wrong
    assert not of_schema("PerformanceEvent").is_valid(events[0])
