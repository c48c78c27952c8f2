"""What all tests share: the invented corpus, its pages, and files that hold what is expected."""

import os
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest
from examples import SITE, URL, check
from hypothesis import settings

from generator.model import Corpus
from generator.pipeline import generate
from generator.publication import read_publication

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "tests" / "fixtures"
# What pytest keeps, and what multiprocessing has until the process ends.
_KEPT = ("pytest-of-", "pymp-")

# A run that a script has started in the background ignores interrupts, and so would all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
# No test depends on the speed of the machine.
settings.register_profile("untimed", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=10)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the expected files anew, then read the diff")


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a folder of its own for all that is temporary; workers and commands find it in the environment."""
    if not is_worker(config):
        os.environ["TMPDIR"] = tempfile.tempdir = tempfile.mkdtemp(prefix="atlas-tests-")
        # A test that may read nothing else goes through it.
        Path(tempfile.tempdir).chmod(0o755)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that leaves anything behind it there; what pytest itself keeps is of use after a failure alone."""
    if is_worker(session.config) or session.exitstatus != pytest.ExitCode.OK:
        return
    folder = Path(tempfile.gettempdir())
    left = [path.name for path in folder.iterdir() if not path.name.startswith(_KEPT)]
    if left:
        session.config.get_terminal_writer().line(f"\nleft in {folder}: {', '.join(left)}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
    else:
        shutil.rmtree(folder)


@cache
def _own_address() -> str:
    return read_publication(ROOT / "mkdocs.yml", ROOT / "docs").url


def pytest_xdist_auto_num_workers() -> int:
    """Return a worker more than cores: one of them always waits for a browser or for things to be quiet."""
    return (os.cpu_count() or 1) + 1


def is_worker(config: pytest.Config) -> bool:
    """Tell whether this is one of several processes that share a run."""
    return hasattr(config, "workerinput")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with a file byte for byte, or with --update-golden writes it there."""

    def compare(path: Path, said: str) -> None:
        # Whoever's project this is: its address is the only word of it that commands say elsewhere.
        found = said.replace(_own_address(), URL)
        if request.config.getoption("--update-golden"):
            path.write_bytes(found.encode())
        assert path.is_file(), "run pytest with --update-golden to write it"
        assert found == path.read_bytes().decode()

    return compare


@pytest.fixture
def printed(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Prints a figure at the end of the whole run, where it is seen."""
    return partial(record_property, "figure")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    passed = [dict(report.user_properties) for report in terminalreporter.getreports("passed")]
    for figure in sorted(properties["figure"] for properties in passed if "figure" in properties):
        terminalreporter.write_line(figure)
    outcomes = Counter(properties["attack"] for properties in passed if "attack" in properties)
    if outcomes:
        counts = ", ".join(f"{number} {outcome}" for outcome, number in sorted(outcomes.items()))
        terminalreporter.write_line(f"attacks: {counts}")


@pytest.fixture(scope="session")
def corpus_folder() -> Path:
    """The invented corpus' raw files, or those of the folder that CORPUS names."""
    return Path(os.environ.get("CORPUS", FIXTURES / "corpus"))


@pytest.fixture(scope="session")
def corpus(corpus_folder: Path) -> Corpus:
    """The invented corpus, linked."""
    return check(corpus_folder)[0]


@pytest.fixture(scope="session")
def docs(corpus_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the invented corpus, written once; tests read them only."""
    folder = tmp_path_factory.mktemp("docs")
    generate(corpus_folder, folder, SITE)
    return folder
