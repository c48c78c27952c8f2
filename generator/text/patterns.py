"""Short texts that people write in seeds and in mkdocs.yml: what lines and addresses look like, and lists of names."""

_CONTROL = r"\x00-\x1f\x7f-\x9f\u2028\u2029"
# One line without blanks at its ends.
LINE = rf"[^\s{_CONTROL}](?:[^{_CONTROL}]*[^\s{_CONTROL}])?"
ADDRESS = r'https?://[^\s/?#@"<>\\]+(?:[/?#][^\s"<>\\]*)?'
# As in BCP 47 (https://www.rfc-editor.org/info/bcp47): `de`, `pt-BR`.
LANGUAGE_CODE = "[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"
_BULLETS = ("- ", "• ", "* ")


def item_text(text: str) -> str | None:
    """Return the text of a bullet item, None for any other line."""
    return text[2:].strip() if text.startswith(_BULLETS) else None
