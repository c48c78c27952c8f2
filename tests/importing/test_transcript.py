"""Transcripts of chats: each format's thoughts, calls and answers are read, and what is not understood is told."""

import json

import pytest

from generator.diagnostics import Code, Location
from generator.importing.transcript import steps_of_messages, steps_of_trajectory, write_reasoning

HERE = Location("chat.json", 3)
LS = '{"cmd": "ls"}'
FORMATS = {
    "langchain": [
        {"type": "human", "content": "The paper."},
        {"type": "ai", "content": "We look.", "tool_calls": [{"name": "bash", "args": {"cmd": "ls"}, "id": "1"}]},
        {"type": "tool", "content": "a.md", "tool_call_id": "1"},
        {"type": "ai", "content": "Done."},
    ],
    "langchain, which names calls twice": [
        {
            "type": "ai",
            "content": [{"type": "text", "text": "We look."}, {"type": "tool_use", "name": "bash", "input": LS}],
            "tool_calls": [{"name": "bash", "args": {"cmd": "ls"}, "id": "1"}],
        },
        {"type": "tool", "content": "a.md"},
        {"type": "ai", "content": "Done."},
    ],
    "functions": [
        {"role": "assistant", "content": "We look.", "function_call": {"name": "bash", "arguments": LS}},
        {"role": "function", "name": "bash", "content": "a.md"},
        {"role": "assistant", "content": "Done."},
    ],
    "responses": [
        {"role": "user", "content": "The paper."},
        {"type": "reasoning", "summary": [{"type": "summary_text", "text": "We look."}]},
        {"type": "function_call", "name": "bash", "arguments": LS, "call_id": "1"},
        {"type": "function_call_output", "call_id": "1", "output": "a.md"},
        {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Done."}]},
    ],
    "inspect, of a tool that failed": [
        {"role": "assistant", "content": "We look.", "tool_calls": [{"function": "bash", "arguments": {"cmd": "ls"}}]},
        {"role": "tool", "content": "", "error": {"type": "timeout", "message": "a.md"}},
        {"role": "assistant", "content": "Done."},
    ],
    "sharegpt": [
        {"from": "human", "value": "The paper."},
        {"from": "gpt", "value": "We look.\n\n```bash\nls\n```"},
        {"from": "observation", "value": "a.md"},
        {"from": "gpt", "value": "Done."},
    ],
    "the same thought under two keys": [
        {
            "role": "assistant",
            "reasoning_content": "We look.",
            "thinking_blocks": [{"type": "thinking", "thinking": "We look."}],
            "tool_calls": [{"function": {"name": "bash", "arguments": LS}}],
        },
        {"role": "tool", "content": "a.md"},
        {"role": "assistant", "content": "Done."},
    ],
}


@pytest.mark.parametrize("name", FORMATS)
def test_chats_of_all_formats_are_the_same_reasoning(name: str) -> None:
    steps, diagnostics = steps_of_messages(HERE, FORMATS[name])
    assert diagnostics == []
    expected = "### Step 1\n\nWe look.\n\n```bash\nls\n```\n\n```output\na.md\n```\n\n### Step 2\n\nDone."
    assert write_reasoning(steps) == expected


def test_calls_and_answers_of_gemini_are_read() -> None:
    messages = [
        {"role": "user", "parts": [{"text": "The paper."}]},
        {"role": "model", "parts": [{"text": "We look."}, {"functionCall": {"name": "bash", "args": {"cmd": "ls"}}}]},
        {"role": "function", "parts": [{"functionResponse": {"name": "bash", "response": {"files": 1}}}]},
    ]
    steps, diagnostics = steps_of_messages(HERE, messages)
    assert diagnostics == []
    assert steps[0][:2] == ["We look.", "```bash\nls\n```"]
    assert '"files": 1' in steps[0][2]


def test_a_call_of_which_no_name_is_known_is_shown_whole() -> None:
    steps, _ = steps_of_messages(HERE, [{"type": "web_search_call", "action": {"query": "knitting"}}])
    assert json.loads(steps[0][0].strip("`").removeprefix("json")) == {
        "type": "web_search_call",
        "action": {"query": "knitting"},
    }


@pytest.mark.parametrize(
    "message",
    [
        {"role": "narrator", "content": "x"},
        {"role": ["assistant"], "content": "x"},
        {"role": {"name": "assistant"}},
        {"content": "x"},
        "x",
        None,
    ],
)
def test_a_message_of_nobody_that_is_known_is_an_error(message: object) -> None:
    _, diagnostics = steps_of_messages(HERE, [{"role": "assistant", "content": "Gate."}, message])
    assert [(one.code, one.location) for one in diagnostics] == [(Code.UNKNOWN_SPEAKER, HERE)]
    assert diagnostics[0].message.startswith("message 2 is said by ")


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ({"type": "image_url", "image_url": {"url": "data:"}}, "image_url"),
        ({"inlineData": {"data": ""}}, "inlineData"),
        (7, "7"),
    ],
)
def test_a_part_that_is_not_understood_is_told(part: object, name: str) -> None:
    steps, diagnostics = steps_of_messages(HERE, [{"role": "assistant", "content": [part, "Gate."]}])
    assert steps == [["Gate."]]
    assert [one.message for one in diagnostics] == [f"message 1 holds what is not read: {name!r}"]


@pytest.mark.parametrize("messages", [[], [{"role": "user", "content": "Plan!"}]])
def test_a_chat_in_which_the_planner_says_nothing_is_an_error(messages: list[object]) -> None:
    assert [one.code for one in steps_of_messages(HERE, messages)[1]] == [Code.EMPTY_REASONING]


@pytest.mark.parametrize(
    ("step", "blocks"),
    [
        ({"response": "We look.", "action": "ls"}, ["We look.", "```bash\nls\n```"]),
        ({"response": "We look: ls", "thought": "We look.", "action": "ls"}, ["We look.", "```bash\nls\n```"]),
        ({"response": "Oops.", "thought": "", "action": ""}, ["Oops."]),
        ({"thinking_blocks": [{"type": "thinking", "thinking": "Why?"}], "thought": "We look."}, ["Why?", "We look."]),
    ],
)
def test_nothing_that_an_agent_thought_is_lost(step: dict[str, object], blocks: list[str]) -> None:
    assert steps_of_trajectory([step]) == [blocks]
