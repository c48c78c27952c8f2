"""The kinds of diagnostics: a permanent code for each, explained in `codes.yml`."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from pydantic import BaseModel, ConfigDict

from generator.package_data import load_yaml


class Level(StrEnum):
    """An error stops the run; a warning is reported, and nothing is corrected."""

    ERROR = "error"
    WARNING = "warning"


class Explanation(BaseModel):
    """An entry of `codes.yml`, which describes the fields."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_min_length=1)

    level: Level
    meaning: str
    message: str
    remedy: str = ""
    rationale: str
    example: str


class Code(StrEnum):
    """A kind of diagnostic; the code is its name with hyphens."""

    MISSING_FOLDER = "missing-folder"
    NO_SEEDS = "no-seeds"
    UNREADABLE_FILE = "unreadable-file"
    LINK_OUTSIDE = "link-outside"
    NOT_A_FILE = "not-a-file"
    TOO_LARGE = "too-large"
    TOO_LONG = "too-long"
    NOT_A_LIMIT = "not-a-limit"
    NOT_A_TIME = "not-a-time"
    CHANGED_WHILE_READ = "changed-while-read"
    LFS_POINTER = "lfs-pointer"
    FILE_NAME_NOT_UTF_8 = "file-name-not-utf-8"
    NOT_UTF_8 = "not-utf-8"
    NOT_TEXT = "not-text"
    CONTROL_CHARACTER = "control-character"
    PRIVATE_TEXT = "private-text"
    UNKNOWN_KIND = "unknown-kind"
    MISSING_HEADING = "missing-heading"
    MALFORMED_HEADING = "malformed-heading"
    TWO_HEADINGS = "two-headings"
    TEXT_ABOVE_BOXES = "text-above-boxes"
    MISSING_BOX = "missing-box"
    DOUBLED_BOX = "doubled-box"
    PLAN_BEFORE_REASONING = "plan-before-reasoning"
    EMPTY_REASONING = "empty-reasoning"
    UNKNOWN_TASK = "unknown-task"
    EMPTY_PLAN = "empty-plan"
    TEXT_BEFORE_STUDIES = "text-before-studies"
    UNNAMED_STUDY = "unnamed-study"
    HEADING_LEVEL = "heading-level"
    PLAIN_LABEL = "plain-label"
    UNKNOWN_LABEL = "unknown-label"
    MISSING_FIELD = "missing-field"
    EMPTY_FIELD = "empty-field"
    DOUBLED_FIELD = "doubled-field"
    STRAY_TEXT = "stray-text"
    UNKNOWN_ACTION = "unknown-action"
    REPLACE_WITHOUT_REPLACEMENT = "replace-without-replacement"
    EMPTY_REPLACEMENT = "empty-replacement"
    NO_METRICS = "no-metrics"
    ADD_WITHOUT_REPLACEMENT = "add-without-replacement"
    REMOVE_WITH_REPLACEMENT = "remove-with-replacement"
    UNBALANCED_BRACKET = "unbalanced-bracket"
    CONTINUED_LINE = "continued-line"
    UNKNOWN_LAYOUT = "unknown-layout"
    SUMMARY_WITHOUT_TITLE = "summary-without-title"
    BARE_SUMMARY = "bare-summary"
    TWO_TITLES = "two-titles"
    UNKNOWN_SECTION = "unknown-section"
    DOUBLED_SECTION = "doubled-section"
    UNEXPECTED_TEXT = "unexpected-text"
    UNKNOWN_FINDING = "unknown-finding"
    EMPTY_FINDING = "empty-finding"
    WRONG_COUNT = "wrong-count"
    BROKEN_YAML = "broken-yaml"
    COMMENT_BEHIND_VALUE = "comment-behind-value"
    ADVANCED_YAML = "advanced-yaml"
    NOT_A_MAPPING = "not-a-mapping"
    DOUBLED_KEY = "doubled-key"
    UNKNOWN_KEY = "unknown-key"
    MISSING_KEY = "missing-key"
    WRONG_VALUE = "wrong-value"
    BROKEN_JSON = "broken-json"
    UNKNOWN_RECORD = "unknown-record"
    SAME_TRACE = "same-trace"
    SHARED_ADDRESS = "shared-address"
    SHARED_NAME = "shared-name"
    SECOND_SUMMARY = "second-summary"
    UNMATCHED_PAPER = "unmatched-paper"
    ADDED_TWICE = "added-twice"
    UNKNOWN_TRACE = "unknown-trace"
    UNMATCHED_VERDICT = "unmatched-verdict"
    JUDGED_TWICE = "judged-twice"
    SWAPPED_SIDES = "swapped-sides"
    DROPPED_CLAIM = "dropped-claim"
    UNKNOWN_STUDY = "unknown-study"
    UNKNOWN_GOLD = "unknown-gold"
    PLACE_TAKEN = "place-taken"
    CANNOT_BE_WRITTEN = "cannot-be-written"
    REFUSED_BY_SYSTEM = "refused-by-system"
    ANOTHER_RUN = "another-run"
    UNKNOWN_SOURCE = "unknown-source"
    RUNS_BELOW = "runs-below"
    UNKNOWN_SPEAKER = "unknown-speaker"
    UNREAD_PART = "unread-part"
    FAILED_CALL = "failed-call"
    MISSING_DISCUSSION = "missing-discussion"
    BORROWED_PLAN = "borrowed-plan"
    UNLISTED_PLAN = "unlisted-plan"
    UNTITLED_PAPER = "untitled-paper"
    UNUSED_KEY = "unused-key"
    WRONG_TITLES = "wrong-titles"
    FILE_EXISTS = "file-exists"
    SHARED_FILE = "shared-file"
    BROKEN_TABLE = "broken-table"
    FACTS_NOT_WRITTEN = "facts-not-written"
    NOT_A_SITE = "not-a-site"
    FOLDER_WITHIN = "folder-within"
    FOLDER_IN_USE = "folder-in-use"
    NO_CONFIGURATION = "no-configuration"
    UNANSWERED_QUESTION = "unanswered-question"
    PORT_TAKEN = "port-taken"
    FAILED_BUILD = "failed-build"
    FOREIGN_MARKUP = "foreign-markup"

    @property
    def explanation(self) -> Explanation:
        """Return what `codes.yml` says of a diagnostic of this kind."""
        return _explanations()[self]

    @property
    def level(self) -> Level:
        """Tell whether a diagnostic of this kind stops the run."""
        return self.explanation.level

    @property
    def message(self) -> str:
        """Return the message of a diagnostic of this kind, for example, and what to do about it."""
        return "; ".join(filter(None, (self.explanation.message, self.explanation.remedy)))


@cache
def _explanations() -> Mapping[Code, Explanation]:
    return load_yaml("generator.diagnostics", "codes.yml", dict[Code, Explanation])
