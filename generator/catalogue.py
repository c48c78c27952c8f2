"""The codes of all problems: what each means, why it matters, and what to write instead.

A code is permanent: people search for it, and the address of its explanation ends in it.
"""

from __future__ import annotations

from enum import StrEnum
from inspect import cleandoc


class Level(StrEnum):
    """An error stops the run; a warning is reported, and nothing is corrected."""

    ERROR = "error"
    WARNING = "warning"


class Code(StrEnum):
    """A kind of problem.

    `meaning` is a line, `says` the message and remedy of a problem of this kind, `why` a paragraph of Markdown and
    `example` what is right, as it stands in a file.
    """

    meaning: str
    says: str
    why: str
    example: str
    level: Level

    def __new__(  # noqa: D102, PLR0913, PLR0917, PYI034 -- makes the members of the enum from their entries below
        cls, code: str, meaning: str, says: str, why: str, example: str, level: Level = Level.ERROR
    ) -> Code:
        member = str.__new__(cls, code)
        member._value_ = code
        member.meaning = meaning
        member.says = " ".join(says.split())
        member.why = " ".join(why.split())
        member.example = cleandoc(example)
        member.level = level
        return member

    # Files

    MISSING_FOLDER = (
        "missing-folder",
        "The folder of seeds is not there",
        "no such folder; put trace, summary or paper files into it, or name another folder with --seeds",
        "Nothing can be read, and publishing nothing would delete every page.",
        "python -m generator check --seeds seeds",
    )
    NO_SEEDS = (
        "no-seeds",
        "The folder holds no seed",
        "no seed found; put trace, summary or paper files into it, or name another folder with --seeds",
        "READMEs and hidden files are not read. Publishing an empty folder would delete every page.",
        "seeds/traces/lm-planner/gpt-4o/title-of-the-paper.md",
    )
    UNREADABLE_FILE = (
        "unreadable-file",
        "A file or folder cannot be read",
        "cannot be read (No such file or directory); check that it is there and its permissions",
        """A link to nowhere, or rights that keep the reader out. A seed passed over in silence would look like one
        taken away, and its pages would go.""",
        "chmod u+r seeds/traces/title-of-the-paper.md",
    )
    LINK_OUTSIDE = (
        "link-outside",
        "A link leads out of the seeds' folder",
        "a link that leads out of the seeds' folder; put a copy of the file there",
        """What it leads to would be published, and that may be any file of the machine that builds the site. A link to
        a folder is not followed either.""",
        "cp ../runs/title-of-the-paper.md seeds/traces/",
    )
    NOT_A_FILE = (
        "not-a-file",
        "A pipe, a socket, a device, or a link to a folder",
        "no regular file but a folder, a pipe, a socket or a device; take it out of the seeds' folder",
        "To read a pipe or a device may never end, and folders behind links may lead in circles.",
        "seeds/traces/lm-planner/gpt-4o/title-of-the-paper.md",
    )
    TOO_LARGE = (
        "too-large",
        "A seed, or all of them together, are larger than the limit",
        "holds 12.5 MB, more than 10.0 MB; split it, or set ATLAS_SEED_MB to a larger number",
        """No seed may fill the memory of the machine that builds the site. A trace holds some kilobytes. If yours are
        meant to be that large, raise the limit, in megabytes: ATLAS_SEED_MB for one file, ATLAS_SEEDS_MB for all.""",
        "ATLAS_SEED_MB=50 python -m generator check",
    )
    TOO_LONG = (
        "too-long",
        "A text or a list is longer than any page can show",
        "'studies' holds 100,000 items, more than 1,000; shorten it, or split the seed",
        """A reasoning may hold 200,000 characters, any other text 20,000, and a list 1,000 items and 20,000 characters.
        That is fifty times the longest of a thousand real traces; more would stall builders and browsers.""",
        "- **Metrics**: FID, Inception Score",
    )
    NOT_A_LIMIT = (
        "not-a-limit",
        "A limit that is no number",
        "'2MB' is no whole number of megabytes; set it to 10, say",
        "ATLAS_SEED_MB and ATLAS_SEEDS_MB are whole numbers of megabytes.",
        "ATLAS_SEED_MB=50 python -m generator check",
    )
    CHANGED_WHILE_READ = (
        "changed-while-read",
        "A file changed while it was read",
        "changed while it was read; run again once it is complete",
        "Another program was writing it, so what was read may be half of the old text and half of the new.",
        "python -m generator check",
    )
    FILE_NAME_NOT_UTF_8 = (
        "file-name-not-utf-8",
        "The name of a file is not UTF-8",
        "the file's name is not UTF-8; rename it",
        "Pages name the file they come from, and no page can spell such a name.",
        "seeds/traces/schroedinger.md",
    )
    NOT_UTF_8 = (
        "not-utf-8",
        "A file is not UTF-8",
        "not UTF-8: byte 0xff; save the file as UTF-8",
        """Every letter beyond plain English depends on the encoding, and a guess would publish wrong ones. Editors
        have “Save with encoding”; a command does it as well.""",
        "iconv -f WINDOWS-1252 -t UTF-8 old.md > new.md",
    )
    CONTROL_CHARACTER = (
        "control-character",
        "A character that cannot be seen",
        "control character U+0008; delete it",
        """Copying from a PDF or a terminal leaves some. Neither pages nor feeds may hold them; only tabs, line ends and
        form feeds are allowed.""",
        "The tension of the yarn is never varied.",
    )
    UNKNOWN_KIND = (
        "unknown-kind",
        "A file is none of the kinds of seeds",
        """neither a trace nor a summary nor a paper's metadata nor an addition nor records of these; compare it with
        the examples in docs/contributing.md, or move it out of the seeds' folder""",
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
        """no heading found, expected '# planner/model/paper'; write one line like '#
        lm-planner/gpt-4o/Title_of_the_Paper' above the boxes""",
        "The heading alone says whose trace this is. The file's name and folder say nothing.",
        "# lm-planner/gpt-4o/Title_of_the_Paper",
    )
    MALFORMED_HEADING = (
        "malformed-heading",
        "A heading that does not name planner, model and paper",
        """malformed heading 'gpt-4o Knitting with Robots', expected '# planner/model/paper'; write one line like '#
        lm-planner/gpt-4o/Title_of_the_Paper' above the boxes""",
        """The three stand in this order with slashes between them, and become the address of the trace's page. Only
        the paper's name may hold further slashes.""",
        "# lm-planner/gpt-4o/Title_of_the_Paper",
    )
    TWO_HEADINGS = (
        "two-headings",
        "A trace with two headings",
        """a second heading 'lm-planner/o3-mini/Knitting_with_Robots', expected one (see seeds/knitting.md:10:1); keep
        one; a file holds one trace""",
        "A file holds one trace. Lines that begin with a single # above the boxes are headings.",
        "# lm-planner/gpt-4o/Title_of_the_Paper",
    )
    TEXT_ABOVE_BOXES = (
        "text-above-boxes",
        "Text above the boxes of a trace",
        """text above the boxes, which no page shows: 'Copied from the planner of knitting.'; move it into the
        reasoning, or delete it""",
        """Above the boxes stands a trace's heading, and a `<style>` that some pages bring along. There is no place
        where anything else could be shown.""",
        "# lm-planner/gpt-4o/Title_of_the_Paper",
        Level.WARNING,
    )
    MISSING_BOX = (
        "missing-box",
        "A trace without one of its boxes",
        "no 'Reasoning Trace' box found, but 'Reasoning'; write <h2>Reasoning Trace</h2> on a line of its own",
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
        "a second 'Ablation Plan' box (see seeds/knitting.md:18:1); keep one; a file holds one trace",
        "A file holds one trace. Put the second into a file of its own, with a heading of its own.",
        """
        <div style="border-left: 5px solid #4caf50;" class="trajectory-box">
        <h2>Ablation Plan</h2>
        """,
    )
    PLAN_BEFORE_REASONING = (
        "plan-before-reasoning",
        "The plan stands before the reasoning",
        """the plan stands before the reasoning (see seeds/knitting.md:30:1); put the reasoning's box before the
        plan's""",
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
        "the reasoning is empty; write the planner's reasoning under this heading",
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
        """the plan's box tells no task, expected its border colour to be #9c27b0 (author) or #4caf50 (reviewer); copy
        the plan box's opening tag from a trace of the same task""",
        """The colour of the box's border says whether the planner read the method section (author, `#9c27b0`) or the
        finished paper (reviewer, `#4caf50`). Plans of the two tasks are never compared with each other.""",
        '<div style="border-left: 5px solid #4caf50;" class="trajectory-box">',
    )

    # Traces: the plan

    EMPTY_PLAN = (
        "empty-plan",
        "A plan without studies",
        """a plan without studies, expected at least one; add a study: '### Name', then its Ablated Part, Action,
        Replacement and Metrics""",
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
        "text before the first study: 'Two studies follow.'; start the plan with a study's heading, '### Name'",
        "A plan holds studies alone, so there is no place where this text could be shown.",
        """
        <h2>Ablation Plan</h2>

        ### Ablation of the memory gate
        """,
    )
    UNNAMED_STUDY = (
        "unnamed-study",
        "A study without a name",
        "a study without a name; write it after '### '",
        "The name stands in the page's contents and in the list of all studies.",
        "### Ablation of the memory gate",
    )
    HEADING_LEVEL = (
        "heading-level",
        "A heading in a plan that is not of the third level",
        "a heading of level 2 in a plan, expected 3 as of a study's name; write '### Yarn tension'",
        "Each study stands under a heading with three #, and there are no other headings in a plan.",
        "### Ablation of the memory gate",
    )
    PLAIN_LABEL = (
        "plain-label",
        "A label without its dash and asterisks",
        "the label 'Metrics' without its dash and asterisks; write '- **Metrics**: …'",
        "A label is known by its form; without it, the line would be taken for a part of the field above.",
        "- **Metrics**: top-1 accuracy, FLOPs",
    )
    UNKNOWN_LABEL = (
        "unknown-label",
        "A label that no field has",
        "unknown label 'Replacements'; did you mean 'Replacement'?",
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
        "study 'Yarn tension' has no 'Action'; add a line '- **Action**: …'",
        "Ablated part, action and metrics make a study; only the replacement may be missing.",
        """
        - **Ablated Part**: the gate of the memory module
        - **Action**: REMOVE
        - **Metrics**: top-1 accuracy, FLOPs
        """,
    )
    EMPTY_FIELD = (
        "empty-field",
        "A field without a value",
        "'Ablated Part' is empty; write its value after the colon",
        "The value stands on the label's line, after the colon.",
        "- **Ablated Part**: the gate of the memory module",
    )
    DOUBLED_FIELD = (
        "doubled-field",
        "A field that stands twice in a study",
        "'Action' stands twice in study 'Yarn tension' (see seeds/knitting.md:23:5); keep one of the two",
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
        """text outside the fields: 'This one is risky.'; move it under one of Ablated Part, Action, Replacement,
        Metrics""",
        "There is no place where it could be shown. Remarks belong into the reasoning.",
        "- **Ablated Part**: the gate of the memory module, which is risky to remove",
    )
    UNKNOWN_ACTION = (
        "unknown-action",
        "An action that is none of the three",
        "unknown action 'replace', expected ADD, REMOVE or REPLACE; did you mean REPLACE?",
        "Studies are counted, narrowed and compared by action, so it is spelt in capitals and exactly.",
        "- **Action**: REPLACE",
    )
    REPLACE_WITHOUT_REPLACEMENT = (
        "replace-without-replacement",
        "REPLACE without a replacement",
        "REPLACE without a replacement; add indented '- …' lines under '- **Replacement**:'",
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
        "an empty replacement; write the replacement after its dash, or delete the line",
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
        "'Metrics' names none: ', ,'; write the metrics, separated by commas",
        "A study that measures nothing cannot be carried out.",
        "- **Metrics**: top-1 accuracy, FLOPs",
    )
    ADD_WITHOUT_REPLACEMENT = (
        "add-without-replacement",
        "ADD without a word on what is added",
        """ADD without a replacement; list what is added, as indented '- …' lines under '- **Replacement**:', if the
        planner said so""",
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
        "REMOVE with a replacement; a removed part has none; is the action REPLACE?",
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
        """unbalanced bracket in the metrics 'Dropped stitches, Evenness (mean, variance'; close it, so that the
        metrics can be told apart""",
        "A comma inside brackets separates nothing, so one bracket too few tears a metric apart.",
        "- **Metrics**: dropped stitches, evenness (mean, variance)",
        Level.WARNING,
    )
    CONTINUED_LINE = (
        "continued-line",
        "A line that carries on the field above",
        "a line that carries on 'Ablated Part': 'which is a PID loop'; join the two lines if they belong together",
        "The text is kept with its line break. Most likely the two are one line that an editor broke.",
        "- **Ablated Part**: the tension controller, which is a PID loop",
        Level.WARNING,
    )

    # Summaries

    SUMMARY_WITHOUT_TITLE = (
        "summary-without-title",
        "A summary that does not say which paper it is about",
        """no title found, neither in the citation nor in a question 'What is "…" about?' nor in a first line; add the
        paper's title as the first line""",
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
        """nothing said about 'Knitting with Robots', expected an abstract, a summary or findings; paste the rest of
        the page""",
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
        """the question is about 'Weaving with Robots', the citation names 'Knitting with Robots', expected one title;
        correct the wrong one; the citation's title is used""",
        "The question and the citation name different titles. One of them was copied from another page.",
        'What is "Title of the Paper" about?',
        Level.WARNING,
    )
    UNKNOWN_SECTION = (
        "unknown-section",
        "A section that summaries do not have",
        """unknown section 'Hardware Notes', expected one of Publication, AI Quick Summary, Quick Answers, Abstract, AI
        Key Findings, Paper Details, How to Cite This Paper, PDF Preview, Citation Network, Similar Papers; it is
        kept among the other sections""",
        """Its text is kept and shown among the other sections. If the heading is misspelt, correct it, and its text
        goes where it belongs; if it is no heading, end the line with a full stop.""",
        "AI Key Findings",
        Level.WARNING,
    )
    DOUBLED_SECTION = (
        "doubled-section",
        "A section that stands twice",
        """second section 'Abstract', expected one (see seeds/summaries/knitting.txt:6:1); join the two; this one is
        kept among the other sections""",
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
        """unexpected text under 'Quick Answers', from 'They knit faster than grandmothers.' on; put it right or delete
        it; it is kept among the other sections""",
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
        """unknown finding 'Methodolgy', expected one of Methodology, Key Results, Significance, Technical
        Contribution, Novelty, Limitations, Future Work; did you mean 'Methodology'?""",
        "It is kept and shown under its heading. If that is misspelt, correct it.",
        "Limitations — What are the limitations of this study?",
        Level.WARNING,
    )
    EMPTY_FINDING = (
        "empty-finding",
        "A finding without text",
        "no text under 'Limitations', expected a paragraph or a list; add it or delete the heading",
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
        """1 similar paper listed, expected 2 as the line says; give each a line for its title and one for its
        authors""",
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
        "broken YAML: a quote that is never closed; close it",
        """Text with a blank after a colon or before a `#`, or with a bracket, quote or symbol at its start, must stand
        in quotes. Indent with blanks, never with tabs.""",
        'title: "The Whole Title: With its Subtitle"',
    )
    ADVANCED_YAML = (
        "advanced-yaml",
        "YAML beyond keys, values and lists",
        "anchor '&knit', expected a value; delete it, or quote the text",
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
        "a list, expected keys and values; write one `key: value` per line",
        "Every value needs its key, a word followed by a colon and a blank.",
        "title: Title of the Paper",
    )
    DOUBLED_KEY = (
        "doubled-key",
        "A key given twice",
        "key 'authors' given twice, expected once (see seeds/papers/knitting.yml:2:1); delete one of the two",
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
        "unknown key 'notes'; did you mean 'note'?",
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
        "no key 'title', expected the paper's title on one line; add a line `title: …`",
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
        "'note' is the number 7, expected a remark on one line; quote it: \"7\"",
        """The message says what is expected. YAML reads a bare 2101.00010 as a number, and 7 or yes not as text: quotes
        make them text.""",
        """
        title: Knitting with Robots
        year: 2021
        arxiv: "2101.00010"
        aliases:
          - KnitNet
        """,
    )

    # Records in JSON Lines

    BROKEN_JSON = (
        "broken-json",
        "A line that is not JSON",
        "broken JSON: Expecting value; correct the line, or export it anew",
        "In a file of records every line is a JSON object of its own; a line break inside a text is written \\n.",
        '{"added": "2025-02-11", "note": "", "traces": ["lm-planner/gpt-4o/title-of-the-paper"]}',
    )
    UNKNOWN_RECORD = (
        "unknown-record",
        "A record that cannot be read back",
        """a record of no kind that is read back, with the keys 'trace, number, name'; keep the lines of
        traces.jsonl, papers.jsonl, summaries.jsonl and additions.jsonl""",
        """Traces, papers, summaries and additions are read back. Studies, planners and groups are made from the traces,
        so they would say the same thing twice.""",
        "seeds/traces.jsonl",
    )

    # The corpus as a whole

    SAME_TRACE = (
        "same-trace",
        "Two traces of the same planner, model and paper",
        """a second trace of the same planner, model and paper, lm-planner/gpt-4o/knitting-with-robots (see
        seeds/a.md:10); keep one of the two""",
        "Both would want the same page. Delete one, or correct the heading of the one that was copied.",
        "# lm-planner/o3-mini/Title_of_the_Paper",
    )
    SHARED_ADDRESS = (
        "shared-address",
        "Two names that lead to one address",
        """model 'GPT-4o' and model 'gpt-4o' share the address planners/lm-planner/gpt-4o/ (see seeds/a.md:10); spell
        both headings alike, or rename one of them""",
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
        """'knitting-with-robots' already stands for another paper (see seeds/papers/knitting.yml:1:8); give each title
        and alias to one paper only""",
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
        "a second summary of 'Knitting with Robots' (see seeds/sums/a.txt:1); keep one of the two",
        "A paper's page shows one. Delete the other, or correct the title in its citation.",
        "title={Title of the Other Paper},",
    )
    UNMATCHED_PAPER = (
        "unmatched-paper",
        "Metadata of a paper that nothing is known of",
        """no trace or summary belongs to this paper; correct its title, or add as an alias the name that the trace's
        heading uses""",
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
        """trace 'lm-planner/gpt-4o/knitting-with-robots' is recorded a second time (see seeds/additions/1.yml:3:5);
        keep one of the two: a trace is added once""",
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
        """no trace has the id 'lm-planner/gpt-4o/knitting-with-robos'; did you mean
        'lm-planner/gpt-4o/knitting-with-robots'?""",
        "The id is what stands after `traces/` in the address of the trace's page.",
        """
        traces:
          - lm-planner/gpt-4o/title-of-the-paper
        """,
    )
    PLACE_TAKEN = (
        "place-taken",
        "Something else stands where a page must go",
        "a file stands where a folder of pages must be; rename it",
        "Hand-written pages and other files under docs/ are never overwritten.",
        "mv docs/papers docs/papers.txt",
    )

    CANNOT_BE_WRITTEN = (
        "cannot-be-written",
        "The system refuses to write a page",
        """cannot be written (No space left on device); see to the folder's permissions and the space on its disk, then
        run again""",
        """The disk is full, the folder is read-only, or something there has other rights. Each page is whole, old or
        new; the next run finishes what is missing.""",
        "df -h docs; ls -ld docs",
    )
    ANOTHER_RUN = (
        "another-run",
        "Another run writes into the same folder",
        "another run writes here; wait until it has ended, then run again",
        """Two at once would mix their pages. A run waits for some seconds, such as for that of a preview; the lock ends
        with the run that holds it, even if that is killed.""",
        "python -m generator pages --docs /tmp/other-docs",
    )

    # Imports and new files

    UNKNOWN_SOURCE = (
        "unknown-source",
        "Nothing that can be imported",
        """nothing to import, expected a checkout of the benchmark's project page, the output folder of `ablation-bench
        plan`, JSON Lines as this site exports them, or a dataset's folder of Parquet or JSON Lines; name one of
        these""",
        "What a folder or file is, is told by what it holds, not by its name. Here is neither a trace nor a run.",
        "python -m generator import ablation-bench.github.io --dry-run",
    )
    MISSING_DISCUSSION = (
        "missing-discussion",
        "An answer without a discussion",
        "no <discussion>, so all beside the <predictions> is the reasoning; see whether it is one",
        """A planner is asked to put its reasoning between two tags. Without them all that it wrote beside the
        predictions is taken, so that nothing is lost.""",
        "<discussion>The tension of the yarn is never varied, so …</discussion>",
        Level.WARNING,
    )
    BORROWED_PLAN = (
        "borrowed-plan",
        "A plan's own file holds no studies",
        "no studies here, so those in plans.json were taken; see whether they are all",
        """A run leaves a plan's file empty where it failed after the answer. `plans.json` and the log repeat the
        studies, so they are taken from there.""",
        '{"name": "…", "ablated_part": "…", "action": "REMOVE", "metrics": ["…"]}',
        Level.WARNING,
    )
    UNLISTED_PLAN = (
        "unlisted-plan",
        "A plan that `plans.json` does not list",
        "'dyeing' is not listed in plans.json; check that the run came to its end",
        "The list is written when a run ends, so the run was stopped, or the file came from another one.",
        '{"dyeing": {"predictions": "…", "cost": 0.01}}',
        Level.WARNING,
    )
    UNTITLED_PAPER = (
        "untitled-paper",
        "A paper that the table of titles does not name",
        "no title for 'macrame', which names the paper now; add it to the table of titles",
        "Its id takes the place of the title, and the address of the trace's page is made of that.",
        """
        id,title
        macrame,Macramé with Robots
        """,
        Level.WARNING,
    )
    UNUSED_KEY = (
        "unused-key",
        "Something said of a study that has no place",
        "keys that studies do not have were left out: 'reason'; if they matter, add them to the reasoning",
        "A study has a name, an ablated part, an action, replacements and metrics. Pages show nothing else.",
        '{"name": "…", "ablated_part": "…", "action": "REPLACE", "replacement": ["…"], "metrics": ["…"]}',
        Level.WARNING,
    )
    WRONG_TITLES = (
        "wrong-titles",
        "A table of titles that cannot be read",
        """no table of ids and titles: row 1 has no id or no title; write a CSV file whose first line is `id,title`, and
        below it one paper a line""",
        "It leads from the ids of a run's papers to their titles, in CSV or JSON.",
        """
        id,title
        knitting,Knitting with Robots
        """,
    )
    FILE_EXISTS = (
        "file-exists",
        "A file that is there already",
        "a file that is there already; edit that file",
        "Neither a new file nor an imported trace is ever written over something else.",
        "python -m generator new paper --title 'Another Paper'",
    )
    SHARED_FILE = (
        "shared-file",
        "A changed trace that shares its file with other records",
        """the trace is held in one file with other records (see seeds/traces.jsonl); take its line out of that file,
        then import again""",
        "A trace is replaced by writing its file anew, which would take the other records along.",
        "seeds/traces/lm-planner/gpt-4o/title-of-the-paper.md",
    )

    # The site

    NOT_A_SITE = (
        "not-a-site",
        "A folder that holds no site built here",
        "holds files that are not a site built here; name an empty or a new folder",
        """A build empties the folder it writes to, so it takes only a new one, an empty one, or a site; the search
        indexes only pages of this project's theme.""",
        "python -m generator build --out site",
    )
    FAILED_BUILD = (
        "failed-build",
        "MkDocs or the search could not finish",
        "Aborted with 1 warnings in strict mode!; see the messages above",
        "What they said stands in the message or above it. Most often a requirement is missing or of another version.",
        "pip install --require-hashes -r requirements.txt",
    )
    FOREIGN_MARKUP = (
        "foreign-markup",
        "A built page holds what no page may hold",
        """<script> in section.reasoning, where it may not stand; its seed is traces/a.md; report what came through
        unescaped; what a template newly writes belongs into generator/finishing/allowlist.py""",
        """Texts of seeds are shown, never run, and bring no markup of their own; every page is held to a list of
        elements, attributes, ids and addresses after it was built. A text that gets past the escaping is a hole in the
        generator. What a template newly writes must be named in `generator/finishing/allowlist.py`.""",
        "<p>The paper tries &lt;script&gt;.</p>",
    )
