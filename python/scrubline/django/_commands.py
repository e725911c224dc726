"""What a management command says of its errors when it runs from the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from scrubline._native import _ERROR
from scrubline._process import redacted_text

if TYPE_CHECKING:
    from scrubline._install import Patch


def hook(patch: Patch) -> Callable[[Any, list[str]], None]:
    """`run_from_argv` of Django's `BaseCommand`.

    `call_command` does not come by: who calls it gets the exception and the streams as they are.
    """

    def run_from_argv(command: Any, argv: list[str]) -> None:
        if not patch.is_active:
            return patch.original(command, argv)  # type: ignore[no-any-return]
        stderr = command.stderr
        write = stderr.write

        def redacting(msg: Any = "", *styling: Any, **ending: Any) -> Any:
            return write(_shown(msg), *styling, **ending)

        # Django writes a CommandError there as well.
        stderr.write = redacting
        try:
            return patch.original(command, argv)  # type: ignore[no-any-return]
        except SystemExit as error:
            # The interpreter writes what is no number, past every hook.
            if error.code is not None and not isinstance(error.code, int):
                error.code = _shown(error.code)
            raise
        finally:
            vars(stderr).pop("write", None)

    return run_from_argv


def _shown(value: Any) -> str:
    try:
        text = str(value)
    except Exception:
        return _ERROR
    return redacted_text(text)
