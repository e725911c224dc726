"""`manage.py scrubline_check`: which handlers redact, tried with made-up secrets."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from django.core import checks
from django.core.management.base import BaseCommand, CommandParser
from django.core.management.color import no_style

from scrubline import _coverage, _trial
from scrubline.django import redactor
from scrubline.django.checks import TAG


class Command(BaseCommand):
    help = (
        "Shows every handler of the logging tree and what redacts its records, passes a record with made-up secrets through "
        "each, and runs the system checks of scrubline. Nothing is written where the handlers write. "
        "The exit code is 1 when a secret came out."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Adds --deploy and --json."""
        parser.add_argument(
            "--deploy", action="store_true", help="run the deployment checks too"
        )
        parser.add_argument(
            "--json", action="store_true", help="print one JSON object instead"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Prints, and exits with 1 on a leak."""
        if "NO_COLOR" in os.environ and not options["force_color"]:
            self.style = no_style()
        canaries = _trial.Canaries(redactor())
        results = [
            _trial.tried(reach, canaries)
            if canaries
            else _trial.Result(
                reach, _trial.UNTRIED, note="the policy redacts nothing of it"
            )
            for reach in _coverage.tree()
            if reach.writes
        ]
        found = checks.run_checks(
            tags=[TAG], include_deployment_checks=options["deploy"]
        )
        messages = [each for each in found if not each.is_silenced()]
        leaks = sum(result.outcome == _trial.LEAK for result in results)
        if options["json"]:
            self._print_json(results, messages, leaks)
        else:
            self._print_table(results, messages, leaks)
        if leaks:
            sys.exit(1)

    def _print_json(
        self,
        results: list[_trial.Result],
        messages: list[checks.CheckMessage],
        leaks: int,
    ) -> None:
        self.stdout.write(
            json.dumps(
                {
                    "leaks": leaks,
                    "handlers": [_row(result) for result in results],
                    "checks": [
                        {
                            "id": message.id,
                            "message": message.msg,
                            "hint": message.hint,
                            "object": message.obj,
                        }
                        for message in messages
                    ],
                },
                indent=2,
            )
        )

    def _print_table(
        self,
        results: list[_trial.Result],
        messages: list[checks.CheckMessage],
        leaks: int,
    ) -> None:
        styles = {
            _trial.CLEAN: self.style.SUCCESS,
            _trial.LEAK: self.style.ERROR,
            _trial.UNTRIED: self.style.WARNING,
        }
        head = ("HANDLER", "CLASS", "LOGGERS", "REDACTION", "CANARIES", "")
        rows = [
            (
                row["handler"],
                row["class"],
                _shortened(row["loggers"]),
                row["redaction"] or "none",
                row["outcome"],
                ", ".join(filter(None, (*row["leaked"], row["note"]))),
            )
            for row in map(_row, results)
        ]
        widths = [max(map(len, column)) for column in zip(head, *rows)]
        for row in (head, *rows):
            cells = [cell.ljust(width) for cell, width in zip(row, widths)]
            if row is not head:
                cells[4] = styles[row[4]](cells[4])
            self.stdout.write("  ".join(cells).rstrip())
        if messages:
            self.stdout.write("")
        for message in messages:
            is_error = message.level >= checks.ERROR
            style = self.style.ERROR if is_error else self.style.WARNING
            self.stdout.write(f"{style(message.id)}  {message.msg}")
            if message.hint:
                self.stdout.write(f"{' ' * len(message.id)}  {message.hint}")
        untried = sum(result.outcome == _trial.UNTRIED for result in results)
        self.stdout.write(
            f"\nhandlers: {len(results)}, leaking: {leaks}, not tried: {untried}; findings of the checks: {len(messages)}"
        )


def _row(result: _trial.Result) -> dict[str, Any]:
    reach = result.reach
    return {
        "handler": reach.name,
        "class": type(reach.handler).__qualname__,
        "loggers": reach.loggers,
        "behind": reach.behind.name if reach.behind else None,
        "redaction": reach.redaction,
        "outcome": result.outcome,
        "leaked": result.leaked,
        "note": result.note,
    }


def _shortened(names: list[str]) -> str:
    shown = ", ".join(names[:3])
    return f"{shown} and {len(names) - 3} more" if len(names) > 3 else shown
