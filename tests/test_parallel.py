"""Work on all cores: the results are those of one core, in the order of the items, and no worker outlives its run.

Each run is a process of its own: beside a thread, such as that of a test's time limit, nothing is forked.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator.parallel import parallel_map

ROOT = Path(__file__).parent.parent
MANY = range(1000)
HEAD = """
import os, signal, threading, time
from generator.parallel import parallel_map
MANY, HERE = range(1000), os.getpid()
"""
# Its workers tell who they are, and have more to do than anyone waits for.
ENDLESS = """
for one in parallel_map(lambda at: time.sleep(0.01) or os.getpid(), range(60_000)):
    print(one, flush=True)
"""
pytestmark = pytest.mark.skipif(sys.platform in {"darwin", "win32"}, reason="there nothing is forked")
several = pytest.mark.skipif(os.cpu_count() == 1, reason="needs two cores")


def run(script: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", HEAD + script]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=120)


def said(script: str) -> str:
    done = run(script)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@several
def test_results_come_in_the_order_of_the_items_from_workers_that_see_what_this_process_holds() -> None:
    script = "held = {one: f'#{one}' for one in MANY}\n"
    script += "print(list(parallel_map(lambda one: held[one], MANY)) == list(held.values()))\n"
    # Each takes a moment, so that all workers get some.
    script += "workers = set(parallel_map(lambda _: time.sleep(0.001) or os.getpid(), MANY))\n"
    script += "print(len(workers) > 1, HERE in workers)"
    assert said(script).split() == ["True", "True", "False"]


@pytest.mark.parametrize("items", ["range(10)", "range(0)"])
def test_a_few_items_are_done_here(items: str) -> None:
    assert said(f"print(set(parallel_map(lambda _: os.getpid(), {items})) <= {{HERE}})") == "True"


def test_beside_a_thread_all_is_done_here() -> None:
    script = "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    assert said(f"{script}print(set(parallel_map(lambda _: os.getpid(), MANY)) == {{HERE}})") == "True"


def test_without_what_windows_lacks_all_is_done_here() -> None:
    script = "del os.fork, os.register_at_fork, os.sched_getaffinity\n"
    assert said(f"{script}print(set(parallel_map(lambda _: os.getpid(), MANY)) == {{HERE}})") == "True"


def test_on_a_single_core_all_is_done_here() -> None:
    script = "os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})\n"
    assert said(f"{script}print(set(parallel_map(lambda _: os.getpid(), MANY)) == {{HERE}})") == "True"


@pytest.mark.parametrize("items", [range(10), MANY])
def test_the_results_are_those_of_a_loop(items: range) -> None:
    assert list(parallel_map(str, items)) == list(map(str, items))


def test_what_a_worker_raises_is_raised_here() -> None:
    script = "from generator.diagnostics import Code, Diagnostic, GeneratorError, Location\n"
    script += "def problem(one):\n    if one == 700:\n"
    script += "        raise GeneratorError([Diagnostic(Code.NOT_A_SITE, Location('a.md', 1), 'found', 'remedy')])\n"
    script += "try:\n    list(parallel_map(problem, MANY))\nexcept GeneratorError as error:\n    print(error)"
    assert said(script) == "a.md:1: error: found; remedy [not-a-site]"


@several
def test_a_worker_that_is_ended_is_an_error_not_a_wait_without_end() -> None:
    script = "list(parallel_map(lambda one: os.kill(os.getpid(), signal.SIGKILL) if one == 700 else one, MANY))"
    assert "MemoryError: a worker process was ended by the system" in run(script).stderr


@several
def test_results_that_nobody_takes_are_not_worked_out() -> None:
    script = "some = parallel_map(lambda at: time.sleep(0.01) or at, range(60_000))\n"
    script += "print(next(some), next(some))\nsome.close()\n"
    script += "try:\n    os.waitpid(-1, os.WNOHANG)\nexcept ChildProcessError:\n    print('no worker is left')"
    assert said(script).splitlines() == ["0 1", "no worker is left"]


@several
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_worker_outlives_its_run(sent: signal.Signals) -> None:
    command = [sys.executable, "-c", HEAD + ENDLESS]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        assert started.stdout
        workers = {int(started.stdout.readline()) for _ in range(64)}
        assert started.pid not in workers
        started.send_signal(sent)
        # All ends of its output are closed: whoever held one is gone.
        started.communicate(timeout=60)
