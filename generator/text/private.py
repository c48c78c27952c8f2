"""What nobody means to publish: keys and tokens, home folders, mail addresses. Found by their shape in any text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Each kind, texts of which one stands in all of its kind, in small letters or not, and its shape. To look for the texts
# takes next to no time. Patterns begin with what is rare and go back nowhere, so that no text takes long.
# Quotes may have a backslash before them, as in JSON within JSON.
_QUOTE = r"(?:\\?[\"'])"
_IS = rf"{_QUOTE}?[ \t]{{0,3}}[=:][ \t]{{0,3}}"
# What is named a key or a password holds digits and letters; a name in code, such as settings.key, has its dot sooner.
_VALUE = rf"{_QUOTE}?(?=[A-Za-z_/+-]*[0-9])(?=[0-9_/+-]*[A-Za-z])[A-Za-z0-9_/+-]{{16,}}[A-Za-z0-9_./+-]*"
_HIDDEN = r"(?=[^\s\"']*[0-9])(?=[^\s\"']*[A-Za-z])[^\s\"'\\<>${}()\[\].,;]{8,}+(?![.(\[])"
_KINDS = {
    "private key": (
        ("PRIVATE KEY-----",),
        r"-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----(?:[^-]*+-----END [A-Z ]{0,20}PRIVATE KEY-----)?",
    ),
    "key of Anthropic": (("sk-ant-",), r"sk-ant-[A-Za-z0-9_-]{20,}"),
    "key of OpenAI": (("sk-",), r"(?<![A-Za-z0-9-])sk-(?!ant-)(?=[A-Za-z_-]*[0-9])[A-Za-z0-9_-]{20,}"),
    "key of AWS": (("AKIA", "ASIA"), r"(?<![A-Z0-9])A[KS]IA[A-Z0-9]{16}(?![A-Z0-9])"),
    "token of GitHub": (("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"), r"(?:gh[pousr]|github_pat)_\w{22,}"),
    "token of GitLab": (("glpat-",), r"glpat-[\w-]{20,}"),
    "token of Hugging Face": (("hf_",), r"(?<!\w)hf_[A-Za-z0-9]{30,}"),
    "key of Google": (("AIza",), r"AIza[\w-]{35}"),
    "token of Slack": (("xox",), r"xox[abeoprs]-[A-Za-z0-9-]{10,}"),
    "key of Stripe": (("k_live_",), r"[sr]k_live_[A-Za-z0-9]{20,}"),
    "key of a service": (
        ("gsk_", "r8_", "npm_", "pypi-", "xai-", "ya29.", "SG."),
        r"(?<![\w-])(?:(?:gsk_|r8_|npm_|pypi-|xai-|ya29\.)(?=[A-Za-z_-]*[0-9])[\w-]{30,}|SG\.[\w-]{16,}+\.[\w-]{16,})",
    ),
    "webhook of Slack": (("hooks.slack.com/",), r"hooks\.slack\.com/services/[\w/]{20,}"),
    "web token": (("eyJ",), r"eyJ[\w-]{10,}+\.eyJ[\w-]{10,}+\.[\w-]{10,}"),
    "bearer token": (("Bearer ", "bearer "), r"[Bb]earer (?=[A-Za-z._~+/-]*[0-9])[A-Za-z0-9._~+/-]{20,}"),
    "password in an address": (("://",), r"(?<=://)[^\s/:@]{1,100}:[^\s/:@]{1,100}@"),
    "password in a header": (("Basic ",), rf"(?i:authorization){_IS}{_QUOTE}?Basic [A-Za-z0-9+/]{{8,}}={{0,2}}"),
    "secret": (
        ("_key", "-key", "apikey", "accesskey", "_token", "-token", "accesstoken", "authtoken", "secret"),
        rf"(?:(?i:(?:api|access|secret)[_-]?key|(?:access|auth)[_-]?token|client[_-]?secret)|_KEY|_TOKEN|_SECRET){_IS}{_VALUE}",
    ),
    "password": (("passw",), rf"(?:(?i:passw(?:or)?d)(?:=|{_IS}{_QUOTE})|PASSWORD{_IS}){_HIDDEN}"),
    "home folder": (
        ("/home/", "/Users/", "\\Users\\"),
        r"(?:/home/|/Users/|[A-Za-z]:\\{1,2}Users\\{1,2})(?!(?:user|ubuntu|runner|root|agent|app|Public|Shared)\b)[A-Za-z](?:[\w.-]*\w)?",
    ),
    "mail address": (
        ("@",),
        r"(?<![\w.+-])(?!git@)[\w.+-]++@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?![\w-])",
    ),
}
_PATTERNS = {kind: ([*map(str.lower, cues)], re.compile(pattern)) for kind, (cues, pattern) in _KINDS.items()}
_SHOWN = 6  # characters
# Nobody reads more of one text.
_MOST = 20


@dataclass(frozen=True, slots=True)
class PrivateText:
    """A place of a text, and what seems to stand there."""

    kind: str
    start: int
    text: str

    @property
    def told(self) -> str:
        """What it seems to be, with as much of it as tells which one is meant."""
        return f"what seems a {self.kind}, {self.text[:_SHOWN]}…,"


def find_private(text: str) -> Iterator[PrivateText]:
    """Yield what seems private in a text, kind by kind; the same words once, and none within others."""
    seen, lower = set[str](), text.lower()
    ends: list[tuple[int, int]] = []
    for kind, (cues, pattern) in _PATTERNS.items():
        for found in pattern.finditer(text) if any(cue in lower for cue in cues) else ():
            within = any(start < found.end() and found.start() < end for start, end in ends)
            if found[0] not in seen and not within and len(seen) < _MOST:
                seen.add(found[0])
                ends.append(found.span())
                yield PrivateText(kind, found.start(), found[0])


def redact(text: str) -> str:
    """Return the text with the kind of what seems private in its place, in square brackets."""
    lower = text.lower()
    for kind, (cues, pattern) in _PATTERNS.items():
        if any(cue in lower for cue in cues):
            text = pattern.sub(f"[{kind}]", text)
    return text
