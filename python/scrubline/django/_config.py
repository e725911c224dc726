"""`LOGGING` for development, production and tests."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scrubline import _logging
from scrubline._native import ScrublineError

ENVIRONMENTS = ("development", "production", "testing")
QUEUE_SIZE = 10_000
SYSLOG_SOCKETS = ("/dev/log", "/var/run/syslog")

MEGABYTE = 1024 * 1024
NULL = "logging.NullHandler"
# A report needs the request and the variables of the code, which no queue carries.
MAIL, MAIL_CLASS = "mail_admins", "django.utils.log.AdminEmailHandler"
REPORTER = "scrubline.django.ExceptionReporter"
FILTERS = ["sensitive_data", "correlation"]

# The areas of the application where nobody gives others, each with its own loggers below it, for which the area's level holds.
AREAS: dict[str, tuple[str, ...]] = {
    "accounts": ("auth", "security", "throttles"),
    "finances": ("payments", "stripe", "fraud", "audit", "webhooks"),
    "scheduler": ("bookings", "conflicts", "reminders"),
    "messaging": ("email", "invitations"),
}
# The areas of events.
EVENTS: dict[str, tuple[str, ...]] = {
    "business": ("payments", "sessions", "authentication"),
    "security": ("events", "auth_failures"),
    "performance": (),
}
# What Django and the servers log, and the level of each in production and in development.
FRAMEWORK: dict[str, tuple[str, str]] = {
    "django": ("WARNING", "DEBUG"),
    "django.request": ("NOTSET", "NOTSET"),
    "django.security": ("NOTSET", "NOTSET"),
    # The request lines of `runserver`.
    "django.server": ("INFO", "INFO"),
    # Each query, each template variable that is missing, each file that is watched: to be asked for by name.
    "django.db.backends": ("WARNING", "INFO"),
    "django.template": ("WARNING", "INFO"),
    "django.utils.autoreload": ("WARNING", "INFO"),
    "gunicorn.error": ("INFO", "INFO"),
    "gunicorn.access": ("INFO", "INFO"),
    "uvicorn": ("INFO", "INFO"),
    "uvicorn.error": ("NOTSET", "NOTSET"),
    "uvicorn.access": ("NOTSET", "NOTSET"),
}
# What tests make much of and look at rarely.
HEAVY = ("performance", "django.db.backends")
# Handlers that one environment has and another has not. Their options are taken in all, so that settings can share them.
SOMEWHERE = ("console", "debug", "memory", "null", "queue", "syslog_queue")


@dataclass(frozen=True)
class _Kept:
    """A log file: which loggers it takes (all where none is named), the hours of a period, and for how many days it is kept."""

    days: int
    names: tuple[str, ...] = ()
    hours: int = 24
    level: str = "NOTSET"
    formatter: str = "json"


FILES: dict[str, _Kept] = {
    "application": _Kept(days=14),
    "errors": _Kept(days=30, level="ERROR"),
    "business": _Kept(days=90, names=("business",), hours=6),
    "security": _Kept(
        days=365,
        names=(
            "security",
            "accounts.security",
            "accounts.throttles",
            "finances.fraud",
            "django.security",
        ),
        formatter="security",
    ),
    "audit": _Kept(
        days=2555,
        names=("finances.audit", "finances.fraud", "accounts.security", "security"),
    ),
    "performance": _Kept(days=3, names=("performance",), hours=1),
}


def logging_config(
    environment: str,
    *,
    log_dir: str | os.PathLike[str] | None = None,
    apps: Iterable[str] = (),
    areas: Mapping[str, Iterable[str]] | None = None,
    levels: Mapping[str, str | int] | None = None,
    retention: Mapping[str, float] | None = None,
    namespaces: Mapping[str, Iterable[str]] | None = None,
    handlers: Mapping[str, Mapping[str, Any] | None] | None = None,
    loggers: Mapping[str, Mapping[str, Any]] | None = None,
    formatter: str | Mapping[str, Any] | None = None,
    layout: str | None = None,
    syslog: str | Sequence[Any] | bool = True,
    queue_size: int | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """`LOGGING` of an environment: a dict for `dictConfig`, of plain values that JSON can hold.

        LOGGING = logging_config("production", log_dir="/var/log/shop", apps=["shop"])

    - "development": DEBUG, on the terminal, in colours where it has them; with `log_dir` also `debug.log`.
    - "production": INFO for `apps`, the areas and the servers, WARNING for everything else; JSON lines, redacted, through a queue,
      to the console, to syslog (WARNING and above) and, with `log_dir`, to files: `application.log` with everything,
      `errors.log`, `business.log`, `security.log`, `audit.log` and `performance.log`. Files and their directory are made at the
      first record, with modes 0640 and 0750; any number of processes may share them. Errors of `django` go by mail to the `ADMINS`,
      as they do without a configuration, with redacted reports and not through the queue.
    - "testing": WARNING, kept in the handler "memory" (`scrubline.logging.handlers.MemoryHandler`); loggers that are heavy and
      the handlers of production are null.

    All records go up to the root logger, whose handlers choose by level and logger. What can be changed:

    - `apps`: loggers of the application beside the areas.
    - `areas`: the areas of the application, each with the loggers below it, `{"shop": ["orders", "refunds"]}`, in place of accounts,
      finances, scheduler and messaging. Those of events (business, security, performance) are there in any case.
    - `levels`: level by logger; "root" is the root logger.
    - `retention`: days by file ("audit": 2555, "security": 365, "business": 90, "errors": 30, "application": 14,
      "performance": 3).
    - `namespaces`: further loggers by file, such as `{"audit": ["shop.refunds"]}`.
    - `handlers`: options by handler, merged with those of the preset; a new one gets all records, redacted and as JSON, through
      the queue, unless it says otherwise (`AdminEmailHandler`: as text, at once); `None` takes one away.
    - `loggers`: as in `dictConfig`, merged with those of the preset.
    - `formatter`: of JSON lines, a dotted path or a dict as in `dictConfig`; `layout`: "flat" or "nested".
    - `syslog`: address of a socket or (host, port); `True` is the local one where there is one.
    - `queue_size`: how many records the queue holds; 0 is no queue. Only production has one unless it is given.
    - `overrides`: merged with the result, dict by dict.

    Raises `django.core.exceptions.ImproperlyConfigured`, which names what is wrong.
    """
    if environment not in ENVIRONMENTS:
        raise _wrong(f"{environment!r} is not one of {', '.join(ENVIRONMENTS)}")
    for name, given in {
        "areas": areas,
        "levels": levels,
        "retention": retention,
        "namespaces": namespaces,
        "handlers": handlers,
        "loggers": loggers,
        "overrides": overrides,
    }.items():
        if given is not None and not isinstance(given, Mapping):
            raise _wrong(f"{name} is a dict")
    names = _names("apps", apps)
    below = {**(AREAS if areas is None else areas), **EVENTS}
    owned = {name: _names(f"areas[{name!r}]", each) for name, each in below.items()}
    kept = _files(retention or {}, namespaces or {})
    sinks, filters = _sinks(environment, log_dir, kept, syslog)
    config: dict[str, Any] = {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "sensitive_data": {"()": "scrubline.django.SensitiveDataFilter"},
            "correlation": {"()": "scrubline.django.CorrelationFilter"},
            # Of no handler: that it is there makes loggers take lambdas and keywords.
            "calls": {"()": "scrubline.django.LoggingCalls"},
            "server": {"()": "scrubline.django.ServerFilter"},
            **filters,
        },
        "formatters": _formatters(formatter, layout),
        "handlers": sinks,
        "root": {"level": _ROOT_LEVELS[environment], "handlers": []},
        "loggers": _loggers(environment, owned, names),
    }
    queue = _add_queue(config, environment, queue_size)
    _merge_handlers(config, queue, handlers or {})
    for name, options in (loggers or {}).items():
        if not isinstance(options, Mapping):
            raise _wrong(f"loggers[{name!r}] is a dict")
        _merge(config["loggers"].setdefault(name, _logger("NOTSET")), options)
    for name, level in (levels or {}).items():
        _check_level(f"levels[{name!r}]", level)
        if name == "root":
            config["root"]["level"] = level
        else:
            config["loggers"].setdefault(name, _logger("NOTSET"))["level"] = level
    _merge(config, overrides or {})
    _check(config)
    _inherit_levels(config["loggers"])
    return config


_ROOT_LEVELS = {"development": "DEBUG", "production": "WARNING", "testing": "WARNING"}


def _wrong(what: str) -> Exception:
    from django.core.exceptions import ImproperlyConfigured

    error: Exception = ImproperlyConfigured(f"logging_config: {what}")
    return error


def _names(where: str, given: Iterable[str]) -> list[str]:
    names = [given] if isinstance(given, str) else list(given)
    if isinstance(given, str) or not all(isinstance(n, str) and n for n in names):
        raise _wrong(f"{where} is a list of loggers' names")
    return names


def _files(
    retention: Mapping[str, float], namespaces: Mapping[str, Iterable[str]]
) -> dict[str, dict[str, Any]]:
    """Days and loggers of each file, as asked for."""
    kept: dict[str, dict[str, Any]] = {
        name: {"days": file.days, "names": list(file.names)}
        for name, file in FILES.items()
    }
    for name, days in retention.items():
        if name not in kept:
            raise _wrong(f"retention[{name!r}]: the files are {', '.join(kept)}")
        if isinstance(days, bool) or not isinstance(days, (int, float)) or days <= 0:
            raise _wrong(f"retention[{name!r}] is a number of days above 0")
        kept[name]["days"] = days
    choosing = [name for name, file in FILES.items() if file.names]
    for name, more in namespaces.items():
        if name not in choosing:
            raise _wrong(
                f"namespaces[{name!r}]: the files that choose are {', '.join(choosing)}"
            )
        kept[name]["names"] += _names(f"namespaces[{name!r}]", more)
    return kept


def _sinks(
    environment: str,
    log_dir: str | os.PathLike[str] | None,
    kept: Mapping[str, Mapping[str, Any]],
    syslog: str | Sequence[Any] | bool,
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The handlers that write, and the filters by which they choose."""
    folder = os.path.abspath(os.fspath(log_dir)) if log_dir else None
    if isinstance(folder, bytes):
        raise _wrong("log_dir is a path of text")
    null = {name: {"class": NULL} for name in (*FILES, "syslog", MAIL)}
    if environment == "testing":
        memory = {
            "class": "scrubline.logging.handlers.MemoryHandler",
            "filters": list(FILTERS),
        }
        return {"memory": memory, "null": {"class": NULL}, **null}, {}
    if environment == "development":
        return {**null, **_development_sinks(folder)}, {}
    sinks = {"console": _console("json")}
    filters: dict[str, Any] = {}
    for name, file in FILES.items() if folder is not None else ():
        sinks[name] = _file(os.path.join(str(folder), f"{name}.log"), file, kept[name])
        if file.names:
            filters[f"{name}_only"] = _namespaces(kept[name]["names"])
            sinks[name]["filters"].insert(0, f"{name}_only")
    address = _syslog_address(syslog)
    if address is not None:
        sinks["syslog"] = {
            "class": "logging.handlers.SysLogHandler",
            "address": address,
            "level": "WARNING",
            "formatter": "json",
            "filters": list(FILTERS),
        }
    # A request that `runserver` answers has been reported by `django.request`.
    mailed = _namespaces(["django"], excluding=["django.server"])
    filters["require_debug_false"] = {"()": "django.utils.log.RequireDebugFalse"}
    filters["mail_admins_only"] = mailed
    sinks[MAIL] = {
        "class": MAIL_CLASS,
        "level": "ERROR",
        "filters": ["require_debug_false", "mail_admins_only", *FILTERS],
        "reporter_class": REPORTER,
    }
    return {**null, **sinks}, filters


def _development_sinks(folder: str | None) -> dict[str, Any]:
    sinks = {"console": _console("development")}
    if folder is not None:
        sinks["debug"] = {
            "class": "scrubline.logging.handlers.RotatingFileHandler",
            "filename": os.path.join(folder, "debug.log"),
            "maxBytes": 10 * MEGABYTE,
            "backupCount": 3,
            "formatter": "plain",
            "filters": list(FILTERS),
        }
    return sinks


def _console(formatter: str) -> dict[str, Any]:
    return {
        "class": "logging.StreamHandler",
        "filters": list(FILTERS),
        "formatter": formatter,
    }


def _file(path: str, file: _Kept, kept: Mapping[str, Any]) -> dict[str, Any]:
    """The handler of a file that starts anew each day, or after so many hours."""
    is_daily = file.hours == 24
    return {
        "class": "scrubline.logging.handlers.TimedRotatingFileHandler",
        "filename": path,
        "when": "midnight" if is_daily else "H",
        "interval": 1 if is_daily else file.hours,
        "utc": True,
        "keepDays": kept["days"],
        "level": file.level,
        "formatter": file.formatter,
        "filters": list(FILTERS),
    }


def _namespaces(names: Sequence[str], **more: Sequence[str]) -> dict[str, Any]:
    """The filter of the records of these loggers."""
    return {
        "()": "scrubline.logging.handlers.NamespaceFilter",
        "names": names,
        **more,
    }


def _syslog_address(given: str | Sequence[Any] | bool) -> Any:
    if isinstance(given, str):
        return given
    if isinstance(given, bool):
        return next(filter(_is_socket, SYSLOG_SOCKETS), None) if given else None
    address = list(given)
    if len(address) != 2 or not isinstance(address[1], int):
        raise _wrong("syslog is the path of a socket, or (host, port), or a boolean")
    return address


def _is_socket(path: str) -> bool:
    try:
        return stat.S_ISSOCK(os.stat(path).st_mode)
    except OSError:
        return False


def _formatters(
    formatter: str | Mapping[str, Any] | None, layout: str | None
) -> dict[str, Any]:
    json: dict[str, Any] = {"()": "scrubline.django.JSONFormatter"}
    if isinstance(formatter, Mapping):
        json = dict(formatter)
    elif formatter is not None:
        json = {"()": formatter}
    if layout is not None:
        json["layout"] = layout
        try:
            if formatter is None:
                _logging.JSON(layout=layout)
        except ScrublineError as error:
            raise _wrong(f"layout: {error}") from error
    return {
        "json": json,
        "security": {"()": "scrubline.django.SecurityFormatter"},
        "development": {"()": "scrubline.django.DevelopmentFormatter"},
        "plain": {"()": "scrubline.django.DevelopmentFormatter", "colour": False},
    }


def _logger(level: str) -> dict[str, Any]:
    # `handlers` takes away what Django and the servers have put there, and `propagate` undoes their `False`.
    return {"level": level, "handlers": [], "propagate": True}


def _loggers(
    environment: str, areas: Mapping[str, Iterable[str]], apps: Iterable[str]
) -> dict[str, Any]:
    area = {"development": "DEBUG", "production": "INFO", "testing": "NOTSET"}
    made = {}
    for name, below in areas.items():
        made[name] = _logger(area[environment])
        for child in below:
            made[f"{name}.{child}"] = _logger("NOTSET")
    for name in apps:
        made.setdefault(name, _logger(area[environment]))
    for name, (production, development) in FRAMEWORK.items():
        level = {"development": development, "production": production}
        made[name] = _logger(level.get(environment, "NOTSET"))
    for name in ("django.server", "uvicorn.error"):
        made[name]["filters"] = ["server"]
    if environment == "production":
        made["django"]["handlers"] = [MAIL]
    if environment == "testing":
        for name in HEAVY:
            made[name] = {**_logger("NOTSET"), "handlers": ["null"], "propagate": False}
    return made


def _inherit_levels(loggers: dict[str, dict[str, Any]]) -> None:
    """Writes down the level that a logger has from the one above it: who counts records looks for loggers that have one."""
    for name in sorted(loggers):
        above = loggers.get(name.rpartition(".")[0])
        if above is not None and loggers[name].get("level") == "NOTSET":
            loggers[name]["level"] = above.get("level", "NOTSET")


def _add_queue(
    config: dict[str, Any], environment: str, size: int | None
) -> dict[str, Any] | None:
    """Gives the root logger its handlers, behind a queue where there is one. The queue."""
    active = [
        name
        for name, sink in config["handlers"].items()
        if sink["class"] not in (NULL, MAIL_CLASS)
    ]
    if size is None:
        size = QUEUE_SIZE if environment == "production" else 0
    if isinstance(size, bool) or not isinstance(size, int) or size < 0:
        raise _wrong("queue_size is a number of records, 0 or more")
    root = config["root"]
    if size == 0:
        root["handlers"] = active
        return None
    queue = config["handlers"]["queue"] = {
        "class": "scrubline.logging.handlers.QueueHandler",
        "capacity": size,
        "filters": list(FILTERS),
        "handlers": [name for name in active if name != "syslog"],
    }
    root["handlers"] = ["queue"]
    if "syslog" in active:
        # On its own, so that a daemon that hangs holds up no file.
        config["handlers"]["syslog_queue"] = {
            **queue,
            "level": config["handlers"]["syslog"]["level"],
            "filters": list(FILTERS),
            "handlers": ["syslog"],
        }
        root["handlers"].append("syslog_queue")
    return queue


def _merge_handlers(
    config: dict[str, Any],
    queue: dict[str, Any] | None,
    given: Mapping[str, Mapping[str, Any] | None],
) -> None:
    made, root = config["handlers"], config["root"]
    targets = root["handlers"] if queue is None else queue["handlers"]
    for name, options in given.items():
        if options is not None and not isinstance(options, Mapping):
            raise _wrong(f"handlers[{name!r}] is a dict, or None")
        is_whole = options is not None and ("class" in options or "()" in options)
        if name not in made and not is_whole:
            if name in SOMEWHERE:
                continue
            raise _wrong(f"handlers[{name!r}] is not known, and has no class")
        if options is None:
            if made[name] is queue:
                raise _wrong("handlers['queue']: queue_size=0 is no queue")
            _take_away(config, name)
            continue
        if not is_whole and made[name].get("class") == NULL:
            continue
        if name in made and not is_whole:
            _merge(made[name], options)
            continue
        is_placed = name in targets or name in made and made[name]["class"] != NULL
        is_mail = options.get("class") == MAIL_CLASS
        if is_mail:
            given_by_preset = {"reporter_class": REPORTER}
        else:
            formatter = made.get(name, {}).get("formatter", "json")
            given_by_preset = {"formatter": formatter}
        made[name] = {**given_by_preset, "filters": list(FILTERS)}
        _merge(made[name], options)
        if not is_placed:
            (root["handlers"] if is_mail else targets).append(name)


def _take_away(config: dict[str, Any], name: str) -> None:
    del config["handlers"][name]
    for holder in (
        config["root"],
        *config["handlers"].values(),
        *config["loggers"].values(),
    ):
        if name in holder.get("handlers", ()):
            holder["handlers"].remove(name)
    if name == "syslog" and "syslog_queue" in config["handlers"]:
        _take_away(config, "syslog_queue")


def _merge(into: dict[str, Any], given: Mapping[str, Any]) -> None:
    """Merges dicts all the way down; anything else takes the place of what is there."""
    for key, value in given.items():
        there = into.get(key)
        if isinstance(value, Mapping) and isinstance(there, dict):
            _merge(there, value)
        elif isinstance(value, Mapping):
            into[key] = {}
            _merge(into[key], value)
        else:
            into[key] = list(value) if isinstance(value, tuple) else value


def _check(config: Mapping[str, Any]) -> None:
    """Every level is one, and every handler, filter and formatter that is named is there."""
    users = [("root", config["root"])]
    users += [(f"loggers[{n!r}]", one) for n, one in config["loggers"].items()]
    users += [(f"handlers[{n!r}]", one) for n, one in config["handlers"].items()]
    for where, user in users:
        _check_level(where, user.get("level", "NOTSET"))
        formatter = user.get("formatter")
        for kind, names in {
            "handlers": user.get("handlers", ()),
            "filters": user.get("filters", ()),
            "formatters": () if formatter is None else (formatter,),
        }.items():
            for name in names:
                if isinstance(name, str) and name not in config[kind]:
                    raise _wrong(f"{where}: there is no {kind[:-1]} {name!r}")


def _check_level(where: str, level: object) -> None:
    is_named = isinstance(level, str) and isinstance(logging.getLevelName(level), int)
    if isinstance(level, bool) or not (is_named or isinstance(level, int)):
        raise _wrong(f"{where}: {level!r} is not a level")
