"""Work on all cores: the results are those of one core, in the order of the items."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator.catalogue import Code
from generator.cores import beside, on_all_cores
from generator.problems import GeneratorError, Location, Problem

MANY = range(1000)
ROOT = Path(__file__).parent.parent
# Its workers tell who they are, and have more to do than anyone waits for.
ENDLESS = """
import os, time
from generator.cores import on_all_cores
for one in on_all_cores(lambda at: time.sleep(0.01) or os.getpid(), range(1_000_000)):
    print(one, flush=True)
"""


def test_results_come_in_the_order_of_the_items() -> None:
    held = {item: f"#{item}" for item in MANY}
    # A closure: the workers see what this process holds.
    assert list(on_all_cores(lambda item: held[item], MANY)) == list(held.values())


def test_several_processes_work_where_there_are_several_cores() -> None:
    workers = set(on_all_cores(lambda _: os.getpid(), MANY))
    alone = os.cpu_count() == 1
    assert alone or os.getpid() not in workers


def test_a_few_items_are_done_here() -> None:
    assert set(on_all_cores(lambda _: os.getpid(), range(10))) == {os.getpid()}


def test_a_worker_s_error_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        list(on_all_cores(lambda item: 1 / (item - 700), MANY))


def test_a_result_that_cannot_travel_is_an_error() -> None:
    with pytest.raises((AttributeError, TypeError), match="pickle"):
        list(on_all_cores(lambda item: lambda: item, MANY))


def test_a_worker_that_is_ended_is_an_error_not_a_wait_without_end() -> None:
    here = os.getpid()

    def ends(item: int) -> int:
        if item == 700 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return item

    with pytest.raises(ChildProcessError, match="is there enough memory"):
        list(on_all_cores(ends, MANY))


def test_results_that_nobody_takes_are_not_worked_out() -> None:
    some = on_all_cores(lambda item: item, MANY)
    assert [next(some), next(some)] == [0, 1]
    some.close()  # type: ignore[attr-defined] # a generator
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_what_is_done_beside_is_done_elsewhere_and_this_process_goes_on() -> None:
    with beside(os.getpid, 1000) as one, beside(os.getpid, 1000) as other:
        assert os.cpu_count() == 1 or len({os.getpid(), one(), other()}) == 3


def test_where_there_is_a_single_core_it_is_done_here(request: pytest.FixtureRequest) -> None:
    cores = os.sched_getaffinity(0)
    request.addfinalizer(lambda: os.sched_setaffinity(0, cores))
    os.sched_setaffinity(0, {min(cores)})
    with beside(os.getpid, 1000) as found:
        assert found() == os.getpid()


def test_what_is_about_a_few_items_is_done_here() -> None:
    with beside(os.getpid, 10) as found:
        assert found() == os.getpid()


@pytest.mark.parametrize("items", [10, 1000])
def test_the_result_can_be_asked_for_twice(items: int) -> None:
    with beside(object, items) as found:
        assert found() is found()


def test_who_yields_lets_all_others_go_first() -> None:
    with beside(lambda: os.nice(0), 1000, yielding=True) as yielding, beside(lambda: os.nice(0), 1000) as other:
        assert os.cpu_count() == 1 or yielding() > other() == os.nice(0)


def test_problems_that_a_worker_finds_arrive_whole() -> None:
    found = [Problem(Code.NOT_A_SITE, Location("site", 1), "found", "remedy")]

    def raise_them() -> None:
        raise GeneratorError(found)

    with beside(raise_them, 1000) as done, pytest.raises(GeneratorError) as caught:
        done()
    assert caught.value.problems == tuple(found)
    assert str(caught.value) == str(found[0])


def test_an_error_beside_is_raised_where_the_result_is_asked_for() -> None:
    with beside(lambda: 1 / 0, 1000) as found, pytest.raises(ZeroDivisionError):
        found()


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_no_worker_outlives_its_run(sent: signal.Signals) -> None:
    command = [sys.executable, "-c", ENDLESS]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        assert run.stdout
        workers = {int(run.stdout.readline()) for _ in range(64)} - {run.pid}
        assert workers
        run.send_signal(sent)
        # All ends of its output are closed: whoever held one is gone.
        run.communicate(timeout=60)
