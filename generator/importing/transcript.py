"""What an agent thought, did and saw, step by step, as the Markdown of a reasoning.

Two shapes are read: the steps of SWE-agent's trajectories, each with `thought`, `action` and `observation`, and the
messages of a chat, each with `role` and `content`, as OpenAI's, Anthropic's and Inspect's logs hold them.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from generator.prose import code_fence

# The language of a code block that holds what an action gave; pages fold a long one.
OUTPUT = "output"
# Arguments of tools that are code by themselves.
_CODE = ("command", "cmd", "code", "script", "input")
# Colours of a terminal, and what no seed may hold.
_CONTROL = re.compile("\x1b\\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# Whose messages say nothing of the planner's thoughts: they hold its task and the paper.
_UNREAD = {"system", "developer", "user"}


# What is shown of a thought, the actions that follow it, and what these gave: blocks of Markdown.
Step = list[str]


def write_reasoning(steps: Iterable[Step]) -> str:
    """Write the steps under a heading each; the only one needs none."""
    texts = ["\n\n".join(step) for step in steps if step]
    if len(texts) < 2:
        return "".join(texts)
    return "\n\n".join(f"### Step {number}\n\n{text}" for number, text in enumerate(texts, 1))


def _fenced(language: str, text: str) -> str:
    fence = code_fence(text, 3)
    return f"{fence}{language}\n{text}\n{fence}"


def steps_of_trajectory(trajectory: object) -> list[Step]:
    """Read the steps of SWE-agent; what is none says nothing."""
    steps = trajectory if isinstance(trajectory, list) else []
    return [_step(step) for step in steps if isinstance(step, dict)]


def _step(step: dict[str, object]) -> Step:
    action, observation = _text(step.get("action")), _text(step.get("observation"))
    thought = _text(step.get("thought")) or ("" if action else _text(step.get("response")))
    code = [_fenced(language, text) for language, text in (("bash", action), (OUTPUT, observation)) if text]
    return [*filter(None, [thought]), *code]


def steps_of_messages(messages: object) -> list[Step]:
    """Read a step from each message of the model's, and what tools answered from those below it."""
    steps: list[Step] = []
    for message in messages if isinstance(messages, list) else []:
        if not isinstance(message, dict):
            continue
        parts = [*_parts(message.get("content"))]
        if results := _results(message, parts):
            last = steps.pop() if steps else []
            steps.append([*last, *(_fenced(OUTPUT, text) for text in results)])
        elif message.get("role") not in _UNREAD:
            calls = [*_parts(message.get("tool_calls")), *(part for part in parts if part.get("type") == "tool_use")]
            thought = _joined([*_parts(message.get("reasoning_content")), *parts])
            steps.append([*filter(None, [thought]), *(_fenced(*_action(call)) for call in calls)])
    return steps


def _results(message: dict[str, object], parts: Sequence[dict[str, object]]) -> tuple[str, ...]:
    """Return what tools answered in a message of their own, or in parts of the user's."""
    if message.get("role") == "tool":
        return tuple(filter(None, [_joined(parts)]))
    return tuple(filter(None, (_text(part.get("content")) for part in parts if part.get("type") == "tool_result")))


def _parts(content: object) -> Iterator[dict[str, object]]:
    """Yield the parts of a message's content, which may be one text."""
    if isinstance(content, str):
        yield {"type": "text", "text": content}
    elif isinstance(content, list):
        yield from (part if isinstance(part, dict) else {"type": "text", "text": part} for part in content)


def _joined(parts: Iterable[dict[str, object]]) -> str:
    """Return the texts and thoughts among the parts of a message."""
    texts = (_text(part.get(key)) for part in parts for key in ("reasoning", "thinking", "text"))
    return "\n\n".join(filter(None, texts))


def _action(call: dict[str, object]) -> tuple[str, str]:
    """Return the language and the code of a tool's call."""
    called = call.get("function")
    name, arguments = call.get("name", called), call.get("arguments", call.get("input"))
    if isinstance(called, dict):
        name, arguments = called.get("name"), called.get("arguments")
    if isinstance(arguments, str):
        try:
            arguments = json.loads(arguments)
        except ValueError:
            return "", f"{name} {arguments}".strip()
    if isinstance(arguments, dict) and len(arguments) == 1 and set(arguments) <= {*_CODE}:
        return ("python" if name == "python" else "bash"), _text(*arguments.values())
    return "json", json.dumps({"name": name, "arguments": arguments}, ensure_ascii=False, indent=2)


def _text(value: object) -> str:
    """Return a text, or those among parts of one, without blank lines at its ends."""
    if isinstance(value, list):
        return _joined(_parts(value))
    text = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n")) if isinstance(value, str) else ""
    return text.strip("\n").rstrip()
