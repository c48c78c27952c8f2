"""Two runs at once: one goes on, the other waits a little, then says so. The lock ends with its run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.catalogue import Code
from generator.problems import GeneratorError
from generator.writing.locking import alone

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
_HOLD = (
    "import sys; from pathlib import Path; from generator.writing.locking import alone\nwith alone(Path(sys.argv[1])): "
)
HOLD = f"{_HOLD}print(flush=True); sys.stdin.read()"


@contextmanager
def another_run(docs: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the folder until its input ends."""
    command = [sys.executable, "-c", HOLD, str(docs)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "\n"
        yield holder
        if holder.stdin and not holder.stdin.closed:
            holder.stdin.close()


def test_the_second_run_says_that_another_writes_there(tmp_path: Path) -> None:
    with another_run(tmp_path), pytest.raises(GeneratorError) as caught, alone(tmp_path, patience=0):
        pytest.fail("two runs at once")
    assert (
        str(caught.value)
        == f"{tmp_path}: error: another run writes here; wait until it has ended, then run again [another-run]"
    )


def test_the_command_line_ends_with_the_message_and_changes_nothing(tmp_path: Path, corpus_folder: Path) -> None:
    command = [sys.executable, "-m", "generator", "pages", "--seeds", str(corpus_folder), "--docs", str(tmp_path)]
    with another_run(tmp_path):
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{tmp_path}: error: {Code.ANOTHER_RUN.says} [another-run]" in done.stderr.splitlines()
    assert list(tmp_path.iterdir()) == []


def test_the_second_run_goes_on_when_the_first_ends_in_time(tmp_path: Path) -> None:
    with another_run(tmp_path) as holder:
        assert holder.stdin
        waiting = os.fork()
        if not waiting:
            holder.stdin.close()
            with alone(tmp_path, patience=60):
                os._exit(0)
        holder.stdin.close()
        assert os.waitpid(waiting, 0)[1] == 0


def test_a_killed_run_holds_nothing(tmp_path: Path) -> None:
    with another_run(tmp_path) as holder:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
        with alone(tmp_path, patience=0):
            assert list(tmp_path.iterdir()) == []
