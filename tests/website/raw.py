"""Raw seeds as a person reads them: nothing here is the generator's."""

import html
import re
from dataclasses import dataclass
from pathlib import Path

_MATHS = re.compile(r"(?<![\\$])\$(?![\s$])([^$\n`]+?)(?<!\s)\$(?!\d)|\\\(.+?\\\)|\\\[.+?\\\]")
# Of a task, its box too.
_LIST_MARK = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s)?", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class RawTrace:
    """One raw trace; `studies` are the blocks of text under the plan's headings."""

    planner: str
    model: str
    name: str
    task: str
    reasoning: str
    studies: list[str]


def read(path: Path) -> str:
    """The text of a seed, with UTF-8 that was once read as Windows-1252 put right."""
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    try:
        # Python's cp1252 lacks five bytes that the slip passes on as they are.
        slipped = b"".join(bytes([ord(ch)]) if ord(ch) < 0xA0 else ch.encode("cp1252") for ch in text)
        return slipped.decode("utf-8").removeprefix("\ufeff")
    except UnicodeError:
        return text


def traces(folder: Path) -> dict[str, RawTrace]:
    """Every trace below a folder of seeds, by its path."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        hidden = any(part.startswith(".") for part in name.split("/"))
        if path.is_file() and not hidden and not path.name.startswith("README"):
            text = read(path)
            if "Ablation Plan</h2>" in text:
                found[name] = _trace(text)
    return found


def summaries(folder: Path) -> dict[str, str]:
    """The text of every summary below a folder of seeds, by its path."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in {".txt", ".md"})
    texts = {path.relative_to(folder).as_posix(): read(path) for path in paths}
    return {
        name: text
        for name, text in texts.items()
        if re.search(r"^AI (Quick Summary|Key Findings)$", text, re.MULTILINE)
    }


def words(text: str) -> list[str]:
    """The words of a text: runs of letters and digits, whether raised, lowered, or neither."""
    return _WORD.findall(re.sub(r"</?su[bp]>", "", text))


def prose_words(markdown: str) -> list[str]:
    """The words that a reader of Markdown sees, formulas and the marks of lists left out."""
    return words(html.unescape(_LIST_MARK.sub("", _MATHS.sub(" ", markdown))))


def _trace(text: str) -> RawTrace:
    head, _, rest = text.partition("Reasoning Trace</h2>")
    reasoning, _, plan = rest.partition("Ablation Plan</h2>")
    heading = re.findall(r"^# (.+)$", head, re.MULTILINE)[-1]
    planner, model, name = heading.strip().split("/", 2)
    task = "author" if "#9c27b0" in reasoning[reasoning.rindex("<div") :] else "reviewer"
    reasoning = reasoning[: reasoning.rindex("</div>")]
    plan = plan[: plan.rindex("</div>")]
    studies = re.split(r"^### ", plan, flags=re.MULTILINE)[1:]
    return RawTrace(planner, model, name, task, reasoning, studies)
