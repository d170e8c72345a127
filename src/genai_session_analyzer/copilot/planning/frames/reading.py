"""The simpler questions that a framed one may be, in the order they are tried."""

from collections.abc import Iterator

from genai_session_analyzer.copilot.planning.frames.asides import without_aside
from genai_session_analyzer.copilot.planning.frames.definitions import has_rule, with_meaning
from genai_session_analyzer.copilot.planning.frames.headings import is_titled, without_heading
from genai_session_analyzer.copilot.planning.frames.motives import is_motive, without_motive
from genai_session_analyzer.copilot.planning.frames.parts import Tag


def before_the_whole(text: str, tag: Tag) -> Iterator[str]:
    """Yield the simpler questions of frames that the whole text would be misread with."""
    if has_rule(text):
        yield from with_meaning(text, tag)
    if is_motive(text):
        yield from without_motive(text, tag)
    if is_titled(text, tag):
        yield from without_heading(text, tag)


def instead_of_the_whole(text: str, tag: Tag) -> Iterator[str]:
    """Yield the simpler questions of a text that has no plan as it stands."""
    yield from with_meaning(text, tag)
    yield from without_motive(text, tag)
    yield from without_heading(text, tag)
    yield from without_aside(text, tag)
