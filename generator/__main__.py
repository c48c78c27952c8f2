"""Entrance of the command line, which is loaded where it can be stopped already."""

import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from generator.interruption import stoppable


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    # Nothing is to be cleaned up yet, and libraries may catch what a signal raises while they are loaded.
    with stoppable(at_once=True):
        from generator.command_line import run  # noqa: PLC0415 -- see above

        with stoppable():
            return run(arguments)


def program() -> NoReturn:
    """Run one command, and end with its exit status."""
    # What Python takes down at the end, when all is done, takes none either.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(main())


if __name__ == "__main__":
    program()
