"""The codes of all problems: what each means, why it matters, and what to write instead.

A code is permanent: people search for it, and the address of its explanation ends in it.
"""

from __future__ import annotations

from enum import StrEnum
from inspect import cleandoc


class Level(StrEnum):
    """An error stops the run; a warning is reported and the text is kept verbatim."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """A kind of problem. `meaning` is a line, `why` a paragraph, `example` what is right: as it stands in a file."""

    meaning: str
    why: str
    example: str
    level: Level

    def __new__(cls, code: str, meaning: str, why: str, example: str, level: Level = Level.ERROR) -> Code:  # noqa: D102, PYI034 -- how an enum's members are made
        member = str.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        member.why = " ".join(why.split())
        member.example = cleandoc(example)
        member.level = level
        return member

    # Files

    MISSING_FOLDER = (
        "missing-folder",
        "The folder of seeds is not there",
        "Nothing can be read, and publishing nothing would delete every page.",
        "python -m generator check --seeds seeds",
    )
    NO_SEEDS = (
        "no-seeds",
        "The folder holds no seed",
        "READMEs and hidden files are not read. Publishing an empty folder would delete every page.",
        "seeds/traces/lm-planner/gpt-4o/title-of-the-paper.md",
    )
    UNREADABLE_FILE = (
        "unreadable-file",
        "A file or folder cannot be read",
        """A link to nowhere, or rights that keep the reader out. A seed passed over in silence would look like one
        taken away, and its pages would go.""",
        "chmod u+r seeds/traces/title-of-the-paper.md",
    )
    FILE_NAME_NOT_UTF_8 = (
        "file-name-not-utf-8",
        "The name of a file is not UTF-8",
        "Pages name the file they come from, and no page can spell such a name.",
        "seeds/traces/schroedinger.md",
    )
    NOT_UTF_8 = (
        "not-utf-8",
        "A file is not UTF-8",
        """Every letter beyond plain English depends on the encoding, and a guess would publish wrong ones. Editors
        have “Save with encoding”; a command does it as well.""",
        "iconv -f WINDOWS-1252 -t UTF-8 old.md > new.md",
    )
    CONTROL_CHARACTER = (
        "control-character",
        "A character that cannot be seen",
        """Copying from a PDF or a terminal leaves some. Neither pages nor feeds may hold them; only tabs, line ends and
        form feeds are allowed.""",
        "The tension of the yarn is never varied.",
    )
    UNKNOWN_KIND = (
        "unknown-kind",
        "A file is none of the kinds of seeds",
        """What a file holds is told by its content: a trace by its two boxes or its front matter, a summary by its
        headings, a paper's metadata by the key `title`, an addition by `added` or `traces`, and records of the data
        files by the bracket that opens each line.""",
        """
        # lm-planner/gpt-4o/Title_of_the_Paper

        <div style="border-left: 5px solid #2196f3;" class="trajectory-box">
        <h2>Reasoning Trace</h2>
        """,
    )

    # Traces: the frame

    MISSING_HEADING = (
        "missing-heading",
        "A trace without a heading",
        "The heading alone says whose trace this is. The file's name and folder say nothing.",
        "# lm-planner/gpt-4o/Title_of_the_Paper",
    )
    MALFORMED_HEADING = (
        "malformed-heading",
        "A heading that does not name planner, model and paper",
        """The three stand in this order with slashes between them, and become the address of the trace's page. Only
        the paper's name may hold further slashes.""",
        "# lm-planner/gpt-4o/Title_of_the_Paper",
    )
    TWO_HEADINGS = (
        "two-headings",
        "A trace with two headings",
        "A file holds one trace. Lines that begin with a single # above the boxes are headings.",
        "# lm-planner/gpt-4o/Title_of_the_Paper",
    )
    MISSING_BOX = (
        "missing-box",
        "A trace without one of its boxes",
        """A trace is a reasoning and a plan, each in a box of its own. The box is known by its second-level heading,
        which must be spelt exactly and stand on a line of its own.""",
        """
        <div style="border-left: 5px solid #4caf50;" class="trajectory-box">
        <h2>Ablation Plan</h2>
        """,
    )
    DOUBLED_BOX = (
        "doubled-box",
        "A trace with one box twice",
        "A file holds one trace. Put the second into a file of its own, with a heading of its own.",
        """
        <div style="border-left: 5px solid #4caf50;" class="trajectory-box">
        <h2>Ablation Plan</h2>
        """,
    )
    PLAN_BEFORE_REASONING = (
        "plan-before-reasoning",
        "The plan stands before the reasoning",
        "The order tells where the reasoning ends, whatever Markdown or HTML it holds.",
        """
        <h2>Reasoning Trace</h2>
        …
        <h2>Ablation Plan</h2>
        """,
    )
    EMPTY_REASONING = (
        "empty-reasoning",
        "The reasoning is empty",
        "A trace without its reasoning is half a trace; most likely it was lost in copying.",
        """
        <h2>Reasoning Trace</h2>

        The tension of the yarn is never varied, so …
        </div>
        """,
    )
    UNKNOWN_TASK = (
        "unknown-task",
        "The plan's box does not tell the task",
        """The colour of the box's border says whether the planner read the method section (author, `#9c27b0`) or the
        finished paper (reviewer, `#4caf50`). Plans of the two tasks are never compared with each other.""",
        '<div style="border-left: 5px solid #4caf50;" class="trajectory-box">',
    )

    # Traces: the plan

    EMPTY_PLAN = (
        "empty-plan",
        "A plan without studies",
        "A plan is a list of studies, each under a third-level heading.",
        """
        ### Ablation of the memory gate
        - **Ablated Part**: the gate of the memory module
        - **Action**: REMOVE
        - **Metrics**: top-1 accuracy, FLOPs
        """,
    )
    TEXT_BEFORE_STUDIES = (
        "text-before-studies",
        "Text before the first study",
        "A plan holds studies alone, so there is no place where this text could be shown.",
        """
        <h2>Ablation Plan</h2>

        ### Ablation of the memory gate
        """,
    )
    UNNAMED_STUDY = (
        "unnamed-study",
        "A study without a name",
        "The name stands in the page's contents and in the list of all studies.",
        "### Ablation of the memory gate",
    )
    UNKNOWN_LABEL = (
        "unknown-label",
        "A label that no field has",
        "A study has four fields. A misspelt label would lose its value.",
        """
        - **Ablated Part**: the gate of the memory module
        - **Action**: REPLACE
        - **Replacement**:
          - a fixed average
        - **Metrics**: top-1 accuracy, FLOPs
        """,
    )
    MISSING_FIELD = (
        "missing-field",
        "A study lacks a field",
        "Ablated part, action and metrics make a study; only the replacement may be missing.",
        "- **Metrics**: top-1 accuracy, FLOPs",
    )
    EMPTY_FIELD = (
        "empty-field",
        "A field without a value",
        "The value stands on the label's line, after the colon.",
        "- **Ablated Part**: the gate of the memory module",
    )
    DOUBLED_FIELD = (
        "doubled-field",
        "A field that stands twice in a study",
        "Which of the two is meant cannot be told. Several replacements or metrics share one label.",
        """
        - **Replacement**:
          - a fixed average
          - no gate
        """,
    )
    STRAY_TEXT = (
        "stray-text",
        "Text that belongs to no field",
        "There is no place where it could be shown. Remarks belong into the reasoning.",
        "- **Ablated Part**: the gate of the memory module, which is risky to remove",
    )
    UNKNOWN_ACTION = (
        "unknown-action",
        "An action that is none of the three",
        "Studies are counted, narrowed and compared by action, so it is spelt in capitals and exactly.",
        "- **Action**: REPLACE",
    )
    REPLACE_WITHOUT_REPLACEMENT = (
        "replace-without-replacement",
        "REPLACE without a replacement",
        "What takes the part's place is what the study is about. If nothing does, the action is REMOVE.",
        """
        - **Action**: REPLACE
        - **Replacement**:
          - a fixed average
        """,
    )
    EMPTY_REPLACEMENT = (
        "empty-replacement",
        "A replacement that says nothing",
        "A dash without text is most likely a replacement lost in copying.",
        """
        - **Replacement**:
          - a fixed average
          - no gate
        """,
    )
    NO_METRICS = (
        "no-metrics",
        "Metrics that name none",
        "A study that measures nothing cannot be carried out.",
        "- **Metrics**: top-1 accuracy, FLOPs",
    )
    ADD_WITHOUT_REPLACEMENT = (
        "add-without-replacement",
        "ADD without a word on what is added",
        "Planners do leave it out. List what is added if the planner said so; otherwise leave it as it is.",
        """
        - **Action**: ADD
        - **Replacement**:
          - a second gate
        """,
        Level.WARNING,
    )
    REMOVE_WITH_REPLACEMENT = (
        "remove-with-replacement",
        "REMOVE with a replacement",
        "A removed part has none. Perhaps the action is REPLACE; if the planner wrote it so, leave it as it is.",
        """
        - **Action**: REPLACE
        - **Replacement**:
          - a fixed average
        """,
        Level.WARNING,
    )
    UNBALANCED_BRACKET = (
        "unbalanced-bracket",
        "A bracket among the metrics that is not closed",
        "A comma inside brackets separates nothing, so one bracket too few tears a metric apart.",
        "- **Metrics**: dropped stitches, evenness (mean, variance)",
        Level.WARNING,
    )
    CONTINUED_LINE = (
        "continued-line",
        "A line that carries on the field above",
        "The text is kept with its line break. Most likely the two are one line that an editor broke.",
        "- **Ablated Part**: the tension controller, which is a PID loop",
        Level.WARNING,
    )

    # Summaries

    SUMMARY_WITHOUT_TITLE = (
        "summary-without-title",
        "A summary that does not say which paper it is about",
        """The title is taken from the citation, else from the question 'What is "…" about?', else from a first
        line.""",
        """
        Title of the Paper
        AI Quick Summary
        """,
    )
    BARE_SUMMARY = (
        "bare-summary",
        "A summary that says nothing of its paper",
        "It has a title, but neither an abstract nor a summary nor findings: most of the page was not copied.",
        """
        Abstract
        We knit with robots, and …
        """,
        Level.WARNING,
    )
    TWO_TITLES = (
        "two-titles",
        "A summary that names two papers",
        "The question and the citation name different titles. One of them was copied from another page.",
        'What is "Title of the Paper" about?',
        Level.WARNING,
    )
    UNKNOWN_SECTION = (
        "unknown-section",
        "A section that summaries do not have",
        """Its text is kept and shown among the other sections. If the heading is misspelt, correct it, and its text
        goes where it belongs; if it is no heading, end the line with a full stop.""",
        "AI Key Findings",
        Level.WARNING,
    )
    DOUBLED_SECTION = (
        "doubled-section",
        "A section that stands twice",
        "The second is kept and shown among the other sections.",
        """
        Abstract
        The first paragraph.
        The second paragraph.
        """,
        Level.WARNING,
    )
    UNEXPECTED_TEXT = (
        "unexpected-text",
        "Text that does not fit its section",
        "It is kept and shown among the other sections. Most likely it was copied from another part of the page.",
        """
        Paper Details
        Published: Feb 4, 2025
        Categories: cs.LG
        """,
        Level.WARNING,
    )
    UNKNOWN_FINDING = (
        "unknown-finding",
        "A finding under a heading of its own",
        "It is kept and shown under its heading. If that is misspelt, correct it.",
        "Limitations — What are the limitations of this study?",
        Level.WARNING,
    )
    EMPTY_FINDING = (
        "empty-finding",
        "A finding without text",
        "The heading was copied without what stood below it.",
        """
        Limitations — What are the limitations of this study?
        Only one kind of yarn was tried.
        """,
        Level.WARNING,
    )
    WRONG_COUNT = (
        "wrong-count",
        "More or fewer similar papers than counted",
        "Each takes two lines, its title and its authors. Where one is missing, titles and authors change places.",
        """
        Similar Papers
        Found 1 papers
        Weaving with Robots
        Ada Example, Ben Sample
        """,
        Level.WARNING,
    )

    # Papers and additions, which are YAML

    BROKEN_YAML = (
        "broken-yaml",
        "A file that is not YAML",
        """Text with `: ` or ` #` inside, or with a bracket, quote or symbol at its start, must stand in quotes. Indent
        with blanks, never with tabs.""",
        'title: "The Whole Title: With its Subtitle"',
    )
    ADVANCED_YAML = (
        "advanced-yaml",
        "YAML beyond keys, values and lists",
        """Anchors, aliases, tags, merge keys, further documents and deep nesting have no use here, and expanding them
        is a known attack. Text that begins with &, * or ! must stand in quotes.""",
        """
        title: "*Starred* Robots"
        aliases:
          - StarBot
        """,
    )
    NOT_A_MAPPING = (
        "not-a-mapping",
        "A YAML file without keys",
        "Every value needs its key, a word followed by a colon and a blank.",
        "title: Title of the Paper",
    )
    DOUBLED_KEY = (
        "doubled-key",
        "A key given twice",
        "YAML would take the last and forget the first.",
        """
        authors:
          - Ada Example
          - Ben Sample
        """,
    )
    UNKNOWN_KEY = (
        "unknown-key",
        "A key that files of this kind do not have",
        "A misspelt key would lose its value.",
        """
        title: Title of the Paper
        authors:
          - Ada Example
        """,
    )
    MISSING_KEY = (
        "missing-key",
        "A key that files of this kind must have",
        "A paper's metadata needs its `title`; an addition needs the day, `added`, and its `traces`.",
        """
        added: 2025-02-11
        traces:
          - lm-planner/gpt-4o/title-of-the-paper
        """,
    )
    WRONG_VALUE = (
        "wrong-value",
        "A value of the wrong kind",
        """The message says what is expected. YAML reads a bare 2101.00010 as a number, and 7 or yes not as text: quotes
        make them text.""",
        """
        year: 2025
        arxiv: "2101.00010"
        aliases:
          - KnitNet
        """,
    )

    # Records in JSON Lines

    BROKEN_JSON = (
        "broken-json",
        "A line that is not JSON",
        "In a file of records every line is a JSON object of its own; a line break inside a text is written \\n.",
        '{"planner": "lm-planner", "model": "gpt-4o", "name": "Title_of_the_Paper", …}',
    )
    UNKNOWN_RECORD = (
        "unknown-record",
        "A record that cannot be read back",
        """Traces, papers, summaries and additions are read back. Studies, planners and groups are made from the traces,
        so they would say the same thing twice.""",
        "seeds/traces.jsonl",
    )

    # The corpus as a whole

    SAME_TRACE = (
        "same-trace",
        "Two traces of the same planner, model and paper",
        "Both would want the same page. Delete one, or correct the heading of the one that was copied.",
        "# lm-planner/o3-mini/Title_of_the_Paper",
    )
    SHARED_ADDRESS = (
        "shared-address",
        "Two names that lead to one address",
        """Addresses keep letters and digits alone, so names that differ only in capitals, blanks or signs share one.
        Spell them alike if they mean the same, else add a word.""",
        """
        # lm-planner/gpt-4o/Title_of_the_Paper
        # lm-planner/gpt-4o/Title_of_the_Paper_for_Cats
        """,
    )
    SHARED_NAME = (
        "shared-name",
        "A title or alias that two papers claim",
        "A trace that uses the name could belong to either.",
        """
        title: Purling with Robots
        aliases:
          - PurlNet
        """,
    )
    SECOND_SUMMARY = (
        "second-summary",
        "A second summary of one paper",
        "A paper's page shows one. Delete the other, or correct the title in its citation.",
        "title={Title of the Other Paper},",
    )
    UNMATCHED_PAPER = (
        "unmatched-paper",
        "Metadata of a paper that nothing is known of",
        """No trace and no summary belongs to it. Traces are matched by the name in their heading, summaries by their
        title, so an alias may be missing.""",
        """
        title: Knitting with Robots
        aliases:
          - KnitNet
        """,
    )
    ADDED_TWICE = (
        "added-twice",
        "A trace that is recorded as added twice",
        "A trace is added once; on which of the two days cannot be told.",
        """
        added: 2025-02-11
        traces:
          - lm-planner/gpt-4o/title-of-the-paper
        """,
    )
    UNKNOWN_TRACE = (
        "unknown-trace",
        "An addition of a trace that is not there",
        "The id is what stands after `traces/` in the address of the trace's page.",
        """
        traces:
          - lm-planner/gpt-4o/title-of-the-paper
        """,
    )
    PLACE_TAKEN = (
        "place-taken",
        "Something else stands where a page must go",
        "Hand-written pages and other files under docs/ are never overwritten.",
        "mv docs/papers docs/papers.txt",
    )

    # The site

    NOT_A_SITE = (
        "not-a-site",
        "A folder that holds no site built here",
        """A build empties the folder it writes to, so it takes only a new one, an empty one, or a site; the search
        indexes only pages of this project's theme.""",
        "python -m generator build --out site",
    )
    FAILED_BUILD = (
        "failed-build",
        "MkDocs or the search could not finish",
        "What they said stands in the message or above it. Most often a requirement is missing or of another version.",
        "pip install --require-hashes -r requirements.txt",
    )
