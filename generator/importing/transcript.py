"""What an agent thought, did and saw, step by step, as the Markdown of a reasoning.

Two shapes are read: the steps of SWE-agent's trajectories, each with `thought`, `action` and `observation`, and the
messages of a chat, as OpenAI's, Anthropic's, Gemini's, Inspect's, LangChain's and ShareGPT's have them. A message says
whose it is, and holds texts, calls of tools and what these answered, in parts or not.
"""

import json
import re
from collections.abc import Iterable, Iterator
from enum import Enum, auto

from generator.diagnostics import Code, Diagnostic, Location, errors, truncated
from generator.prose import code_fence

# The language of a code block that holds what an action gave; pages fold a long one.
OUTPUT = "output"
# Arguments of tools that are code by themselves.
_CODE = ("command", "cmd", "code", "script", "input")
# Colours of a terminal, and what no seed may hold.
_CONTROL = re.compile("\x1b\\[[0-9;?]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
# Who says a message. Those of the first say nothing of the planner's thoughts: they hold its task and the paper.
_TASK = {"system", "developer", "user", "human"}
_MODEL = {"assistant", "ai", "model", "gpt", "reasoning"}
_TOOL = {"tool", "function", "observation"}
# How the types of calls and of answers end, such as `tool_use` and `function_call_output`.
_CALL, _ANSWER = ("_call", "_use"), ("_output", "_result")
# The keys of texts, and of what holds some; of calls; of what tools answered, and where in that it stands.
_TEXTS = (
    *("thinking_blocks", "reasoning_content", "reasoning", "thinking", "summary"),
    *("text", "content", "parts", "value", "message", "refusal", "error"),
)
_CALLS = ("tool_calls", "function_call", "functionCall")
_RESPONSES = ("function_response", "functionResponse")
_ANSWERS = ("content", "output", "result", "error")

# What is shown of a thought, the actions that follow it, and what these gave: blocks of Markdown.
Step = list[str]


class _Kind(Enum):
    """What a piece of a message is; of an unknown one only its name is known."""

    TEXT = auto()
    CALL = auto()
    ANSWER = auto()
    UNKNOWN = auto()


_Pieces = Iterable[tuple[_Kind, object]]


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
    action, observation = _clean(step.get("action")), _clean(step.get("observation"))
    # The response repeats the thought and the action.
    thought = _clean(step.get("thought")) or ("" if action and "thought" in step else _clean(step.get("response")))
    code = [_fenced(language, text) for language, text in (("bash", action), (OUTPUT, observation)) if text]
    return [*_thoughts(_pieces([step.get("thinking_blocks"), thought])), *code]


def steps_of_messages(where: Location, messages: object) -> tuple[list[Step], list[Diagnostic]]:
    """Read a step from each message of the model's, and what tools answered from those below it.

    Also return what is not understood of the messages, which stand at `where`.
    """
    steps, diagnostics, is_open = list[Step](), list[Diagnostic](), False
    for number, message in enumerate(messages if isinstance(messages, list) else [messages], 1):
        speaker, pieces = _speaker(message), [*_pieces(message)]
        is_model = speaker in _MODEL or speaker.endswith(_CALL)
        if not (is_model or speaker in _TASK | _TOOL or speaker.endswith(_ANSWER)):
            found = f"message {number} is said by {truncated(speaker) if speaker else 'nobody'}"
            diagnostics.append(Diagnostic(Code.UNKNOWN_SPEAKER, where, found))
            continue
        step = [_fenced(OUTPUT, text) for text in _texts(_Kind.ANSWER, pieces)]
        if speaker in _TOOL and (texts := _texts(_Kind.TEXT, pieces)):
            step.append(_fenced(OUTPUT, "\n\n".join(texts)))
        if is_model:
            calls = [_fenced(*_action(piece)) for kind, piece in pieces if kind is _Kind.CALL]
            step = [*_thoughts(pieces), *calls, *step]
        # Responses of OpenAI's have thoughts, words and calls in messages of their own.
        is_item = is_model and (speaker not in _MODEL or message.get("type") in {"reasoning", "message"})
        if steps and ((is_open and is_item) or not is_model):
            steps[-1] += step
        elif step:
            steps.append(step)
        is_open = is_item
        unread = {str(piece) for kind, piece in pieces if kind is _Kind.UNKNOWN and speaker not in _TASK}
        if unread:
            found = f"message {number} holds what is not read: {truncated(', '.join(sorted(unread)))}"
            diagnostics.append(Diagnostic(Code.UNREAD_PART, where, found))
    if not steps and not errors(diagnostics):
        found, hint = "no message of the assistant says anything", "add what the planner said"
        diagnostics.append(Diagnostic(Code.EMPTY_REASONING, where, found, hint))
    return steps, diagnostics


def _speaker(message: object) -> str:
    """Return who says a message, or of which type it is, in small letters; empty if it says neither."""
    names = [message.get(key) for key in ("role", "from", "type")] if isinstance(message, dict) else []
    return next((_name(name) for name in names if isinstance(name, str)), "")


def _name(kind: object) -> str:
    return str(kind or "").lower().replace("-", "_")


def _pieces(value: object) -> Iterator[tuple[_Kind, object]]:
    """Yield what a message, or a part of one, holds."""
    if isinstance(value, str):
        yield _Kind.TEXT, value
    elif isinstance(value, list):
        for one in value:
            yield from _pieces(one)
    elif isinstance(value, dict):
        yield from _pieces_of(value, _name(value.get("type")))
    elif value is not None:
        yield _Kind.UNKNOWN, value


def _pieces_of(part: dict[str, object], kind: str) -> _Pieces:
    if kind.endswith(_CALL):
        return [(_Kind.CALL, part), *_answers([part.get("output")])]
    if kind.endswith(_ANSWER):
        return _answers([part.get(key) for key in _ANSWERS])
    calls = [part[key] for key in _CALLS if part.get(key)]
    pieces = [*_pieces([part.get(key) for key in _TEXTS])]
    if calls:
        # LangChain names the calls of Anthropic's models among the parts as well.
        calls = [call for one in calls for call in (one if isinstance(one, list) else [one])]
        pieces = [*(piece for piece in pieces if piece[0] is not _Kind.CALL), *((_Kind.CALL, call) for call in calls)]
    answers = [(_Kind.ANSWER, _json(part[key])) for key in _RESPONSES if key in part]
    is_known = not part.keys().isdisjoint((*_TEXTS, *_CALLS, *_RESPONSES))
    return [*pieces, *answers] if is_known else [(_Kind.UNKNOWN, kind or ", ".join(part))]


def _answers(values: list[object]) -> _Pieces:
    """Return what a tool answered, its texts as one."""
    pieces = [*_pieces(values)]
    answer = "\n\n".join(_texts(_Kind.TEXT, pieces))
    return [(_Kind.ANSWER, answer), *(piece for piece in pieces if piece[0] is _Kind.UNKNOWN)]


def _texts(wanted: _Kind, pieces: _Pieces) -> list[str]:
    return [*filter(None, (_clean(piece) for kind, piece in pieces if kind is wanted))]


def _thoughts(pieces: _Pieces) -> Iterable[str]:
    """Return what the model said; some providers have the same thought under two keys."""
    return dict.fromkeys(_texts(_Kind.TEXT, pieces))


def _action(call: object) -> tuple[str, str]:
    """Return the language and the code of a tool's call."""
    called = call.get("function") if isinstance(call, dict) else None
    of = called if isinstance(called, dict) else call if isinstance(call, dict) else {}
    name, keys = of.get("name", called), [key for key in ("arguments", "input", "args") if key in of]
    if not name or not keys:
        return "json", _json(call)
    arguments = of[keys[0]]
    if isinstance(arguments, str):
        try:
            arguments = json.loads(arguments)
        except ValueError:
            return "", _clean(f"{name} {arguments}")
    if isinstance(arguments, dict) and arguments.keys() <= {*_CODE} and [*map(type, arguments.values())] == [str]:
        return ("python" if name == "python" else "bash"), _clean(*arguments.values())
    return "json", _json({"name": name, "arguments": arguments})


def _json(value: object) -> str:
    return _clean(json.dumps(value, ensure_ascii=False, indent=2))


def _clean(text: object) -> str:
    """Return a text as a seed may hold it, without blank lines at its ends; of anything else nothing."""
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")) if isinstance(text, str) else ""
    return text.strip("\n").rstrip()
