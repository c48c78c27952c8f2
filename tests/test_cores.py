"""Work on all cores: the results are those of one core, in the order of the items."""

from __future__ import annotations

import os

import pytest

from generator.cores import on_all_cores

MANY = range(1000)


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
