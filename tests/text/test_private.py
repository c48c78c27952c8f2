"""Private texts: keys, passwords, home folders and addresses are found by their shape, ordinary words are not."""

import pytest

from generator.text.private import find_private, redact

MIXED = "a1B2" * 13
PRIVATE = {
    f"aws_secret_access_key = {MIXED[:18]}/K7+x{MIXED[:15]}": "secret",
    f"AZURE_OPENAI_KEY={MIXED[:32]}": "secret",
    f"https://api.example/v1?api_key={MIXED[:20]}": "secret",
    f"X-Api-Key: {MIXED[:20]}": "secret",
    f'{{\\"access_token\\": \\"{MIXED[:20]}\\"}}': "secret",
    "DB_PASSWORD=hunter2secret": "password",
    'password: "hunter2secret"': "password",
    "POSTGRES_PASSWORD: hunter2secret": "password",
    "Authorization: Basic a25pdDpwdXJs": "password in a header",
    f"gsk_{MIXED}": "key of a service",
    f"r8_{MIXED[:37]}": "key of a service",
    f"npm_{MIXED[:36]}": "key of a service",
    f"pypi-AgEIcHlwaS5vcmc{MIXED}": "key of a service",
    f"xai-{MIXED}": "key of a service",
    f"SG.{MIXED[:22]}.{MIXED[:43]}": "key of a service",
    f"ya29.{MIXED}": "key of a service",
    f"https://hooks.slack.com/services/T00000000/B00000000/{MIXED[:24]}": "webhook of Slack",
    "C:\\Users\\ada": "home folder",
    '"C:\\\\Users\\\\ada\\\\run"': "home folder",
}


@pytest.mark.parametrize("text", PRIVATE)
def test_what_is_private_is_found_and_replaced(text: str) -> None:
    assert [told.split(",")[0] for _, told in find_private(f"I saw {text} there.")] == [f"what seems a {PRIVATE[text]}"]
    said = redact(f"I saw {text} there.")
    assert f"[{PRIVATE[text]}]" in said
    assert not any(part in said for part in (MIXED[:8], "hunter2", "ada", "a25p"))


@pytest.mark.parametrize(
    "text",
    [
        "The key: attention over 16 heads, the value: none. The password is never stored.",
        "password: at least 8 characters, with 1 digit",
        "password = input('Password 2: ')",
        "password=config.database2.password",
        "the API key=value pairs of step-2-of-the-protocol",
        "api_key=settings.openai_api_key_v2",
        "api_key=os.environ['OPENAI_API_KEY']",
        "OPENAI_API_KEY=your_api_key_goes_here",
        "primary_key: layer_norm_epsilon_1e5_value",
        "pad_token = tokenizer_for_llama2_7b_chat",
        "npm_config_cache and r8_models of xai-research",
        "msg.sender, SG.training",
        "Basic instructions12345 follow",
        "C:\\Users\\Public",
    ],
)
def test_ordinary_words_and_code_are_not_private(text: str) -> None:
    assert list(find_private(text)) == []
    assert redact(text) == text
