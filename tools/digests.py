"""Print the SHA-256 of each file of a built site, to be compared with those of one that was built elsewhere.

`python tools/digests.py site`. Left out are Pagefind's index, whose files are numbered as the file system lists the
pages, and what is compressed beside its original, for which each Python has a library of its own.
"""

import sys
from hashlib import sha256
from pathlib import Path


def main(site: Path) -> None:
    """Print a line for each file, in the order of their paths."""
    names = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    for name in names:
        if not name.startswith("pagefind/") and not name.endswith(".gz"):
            print(sha256((site / name).read_bytes()).hexdigest(), name)  # noqa: T201 -- the answer


if __name__ == "__main__":
    main(Path(sys.argv[1]))
