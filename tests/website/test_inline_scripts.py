"""The policy names Material's inline scripts by their hashes: an update of Material that changes one is noticed."""

import hashlib
import re
from base64 import b64encode
from importlib.resources import files
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARTIALS = files("material") / "templates" / "partials" / "javascripts"
MAIN = ROOT / "generator" / "theme" / "main.html"
# Zensical, which is in an environment of its own, differs in its first script.
ZENSICAL = "'sha256-FnzPjIa2+7LhDSWlbaMBEIPh+9rL3lPN6J/MWljUoE0='"
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def hashes(scope: str) -> list[str]:
    """The sources, as a policy writes them, of the inline scripts that every page has."""
    templates = [(PARTIALS / f"{name}.html").read_text("utf-8") for name in ("base", "palette", "content")]
    scripts = [script for template in templates for script in SCRIPT.findall(template)]
    texts = [script.replace("{{ config.extra.scope | d(base_url) }}", scope) for script in scripts]
    return [f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts]


def test_the_policy_allows_the_inline_scripts_of_material_and_no_other() -> None:
    scope = re.search(r"^  scope: (\S+)$", (ROOT / "mkdocs.yml").read_text("utf-8"), re.MULTILINE)
    assert scope, "without extra.scope Material's script differs from page to page"
    found = re.findall(r"'sha256-[^']+'", MAIN.read_text("utf-8"))
    assert found == [*hashes(scope[1]), ZENSICAL]
