"""The catalogue of attacks, `tests/attacks/`: what strangers may send in, and what must come of it.

A file each, named after what it does, with these keys:

    kind: one of KINDS
    tries: what the attack is after
    # What is sent in:
    everywhere: a text, put into every field of every form of seed, as `everywhere/` shows them
    trace: fields of one raw trace, see `_trace`; the rest of it is harmless
    seeds: path -> content
    imports: path -> content, of which the command `import` makes seeds, beside those above if there are any
    from: the folder or file that it is told, where that is not all of them
    options: further arguments of that command
    asks: paths that a preview is asked for; a host before one is the one that it is asked as
    # What must come of it, one of two:
    shows: page -> texts that stand there as they were sent; `reasoning`, `trace`, `paper` … are of its first trace
    refused: a list of `code path:line`; the line is left out where none is told. Of a preview, the status

Content and fields are texts, or lists of pieces that are put together: a text; `{repeat: …, times: …}`, where `{n}` is
the number of the round; `{hex: …}`; `{text: …, encoding: …}`. The content `{link: …}` is a symbolic link,
`{pipe: true}` a pipe.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import yaml
from examples import a_study, a_trace, raw_trace

from generator.__main__ import main
from generator.text.slugs import slugify

FOLDER = Path(__file__).parent / "attacks"
EVERYWHERE = FOLDER / "everywhere"
KINDS = (
    "scripts and handlers",
    "addresses",
    "attributes and ids",
    "leaving a block",
    "front matter and YAML",
    "templates and includes",
    "paths and links",
    "Unicode",
    "giant and deep",
    "other formats",
    "encodings",
    "imports",
    "verdicts and gold",
    "the preview",
)
_SENT = {"everywhere", "trace", "seeds", "imports", "asks"}
_KEYS = {"kind", "tries", "from", "options", "shows", "refused"} | _SENT
# A file's bytes, where a link leads, or nothing of a pipe.
_Content: TypeAlias = bytes | Path | None


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack; an empty `refused` means that it is published, and `shows` what of it."""

    name: str
    kind: str
    tries: str
    seeds: Mapping[str, _Content]
    imports: Mapping[str, _Content] = field(default_factory=dict)
    source: str = ""
    options: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    shows: Mapping[str, list[str]] = field(default_factory=dict)
    refused: tuple[str, ...] = ()

    @property
    def outcome(self) -> str:
        """What must come of it, in words for the report."""
        return "refused" if self.refused else "published harmlessly"

    def plant(self, seeds: Path) -> None:
        """Write the seeds below a folder."""
        _write(self.seeds, seeds)

    def bring(self, seeds: Path, source: Path) -> int:
        """Import a source, which is written first, into planted seeds; return the exit status."""
        _write(self.imports, source)
        options = (option.format(source=source) for option in self.options)
        return main(["import", str(source / self.source), "--seeds", str(seeds), *options])


def _write(files: Mapping[str, _Content], folder: Path) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            os.mkfifo(path)
        elif isinstance(content, Path):
            path.symlink_to(content)
        else:
            path.write_bytes(content)


@cache
def attacks() -> tuple[Attack, ...]:
    """The whole catalogue, by name."""
    return tuple(_attack(path) for path in sorted(FOLDER.glob("*.yml")))


def _attack(path: Path) -> Attack:
    told: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    assert told.keys() <= _KEYS, path
    assert told["kind"] in KINDS, path
    assert told.keys() & _SENT, path
    assert len(told.keys() & {"shows", "refused"}) == 1, path
    return Attack(
        path.stem,
        told["kind"],
        told["tries"],
        _seeds(path.stem, told),
        _files(told.get("imports", {})),
        told.get("from", ""),
        tuple(told.get("options", ())),
        tuple(told.get("asks", ())),
        {page: list(map(_text, texts)) for page, texts in told.get("shows", {}).items()},
        tuple(told.get("refused", ())),
    )


def _seeds(name: str, told: Mapping[str, Any]) -> dict[str, _Content]:
    if "everywhere" in told:
        return _everywhere(name, _text(told["everywhere"]))
    if "trace" in told:
        fields = {key: _text(value) for key, value in told["trace"].items()}
        return {"trace.md": _trace(**{"paper": f"Attack by {name}"} | fields).encode("utf-8", "surrogatepass")}
    return _files(told.get("seeds", {}))


def _files(told: Mapping[str, Any]) -> dict[str, _Content]:
    return {_text(path): _content(content) for path, content in told.items()}


def _everywhere(name: str, payload: str) -> dict[str, _Content]:
    """The forms of seeds; between double quotes the payload is escaped as JSON and YAML want it."""
    title = f"{name}: {payload}"
    words = {'"TITLE"': _quoted(title), '"PAYLOAD"': _quoted(payload), "SLUG": slugify(title), "TITLE": title}
    seeds: dict[str, _Content] = {}
    for form in sorted(EVERYWHERE.iterdir()):
        text = form.read_text("utf-8")
        for word, meant in words.items():
            text = text.replace(word, meant)
        seeds[form.name] = text.replace("PAYLOAD", payload).encode()
    return seeds


def _quoted(text: str) -> str:
    """A string as JSON and YAML both write it: what is invisible as an escape, half a character never."""
    whole = json.dumps(text, ensure_ascii=False)
    return "".join(ch if ch.isprintable() or ch > "\uffff" else f"\\u{ord(ch):04x}" for ch in whole)


def _trace(  # noqa: PLR0913 -- the fields that an attack may be in
    *,
    paper: str,
    planner: str = "lm-planner",
    model: str = "gpt-4o",
    reasoning: str = "The paper never varies it.",
    study: str = "A harmless study",
    part: str = "a harmless part",
    replacement: str = "a harmless replacement",
    metric: str = "harm",
) -> str:
    one = a_study(name=study, ablated_part=part, action="REPLACE", replacements=(replacement,), metrics=(metric,))
    return raw_trace(a_trace(planner=planner, model=model, name=paper, reasoning=reasoning, studies=(one,)))


def _content(content: object) -> _Content:
    match content:
        case {"link": target}:
            return Path(target)
        case {"pipe": True}:
            return None
    return b"".join(map(_bytes, content if isinstance(content, list) else [content]))


def _text(content: object) -> str:
    return b"".join(map(_bytes, content if isinstance(content, list) else [content])).decode("utf-8", "surrogatepass")


def _bytes(piece: Any) -> bytes:  # noqa: ANN401 -- whatever YAML gives
    match piece:
        case str():
            return piece.encode("utf-8", "surrogatepass")
        case {"repeat": text, "times": times}:
            rounds = (text.replace("{n}", str(n)) for n in range(times)) if "{n}" in text else [text * times]
            return "".join(rounds).encode()
        case {"hex": digits}:
            return bytes.fromhex(digits)
        case {"text": text, "encoding": encoding}:
            return str(text).encode(encoding)
    raise ValueError(piece)
