"""Rows to which one thing happened over rows to which another did: "ratio of churned to not"."""

from dataclasses import replace

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea, Keep
from genai_session_analyzer.copilot.planning.words.lexicon import entries

_OF_TWO = "(R)[op]*(?P<upper>X?[vV])E?[pDo][op]*(?P<lower>X?[vV])"
_OF_ALL = "(R)[op]*(?P<upper>X?[vV])E?[pDo]A?[op]*(?P<lower>E)"


def read_event_ratio(draft: Draft) -> bool:
    """Read "ratio of high friction to low friction sessions"; return whether that is asked for.

    Events with a count of their own are read as numbers instead, "ratio of failures to successes".
    """
    sentence = draft.sentence
    match = sentence.first(_OF_TWO) or sentence.first(_OF_ALL)
    if match is None or sentence.pieces[match.start()].text != "ratio":
        return False
    is_of_two = match.re.pattern == _OF_TWO
    parts = ("upper", "lower") if is_of_two else ("upper",)
    keeps = [_keep(draft, match.start(part), match[part]) for part in parts]
    counted = _counted(keeps, None if is_of_two else sentence.pieces[match.start("lower")].key)
    if counted is None or _have_counts(keeps):
        return False
    draft.ask(Idea(kind="count", key=counted), match.start())
    if is_of_two:
        draft.ratio_of = tuple(keeps)
    else:
        draft.keeps.append(replace(keeps[0], is_part=True))
        draft.has_share, draft.share_at = True, match.start()
    behind = match.end() + (sentence.shape[match.end() : match.end() + 1] == "E")
    sentence.take_span(match.start(), behind)
    return True


def _keep(draft: Draft, at: int, shape: str) -> Keep:
    """The rows to which the event at a place happened, or did not."""
    is_negated = shape.startswith("X")
    place = at + is_negated
    return Keep(event=draft.sentence.pieces[place].key, position=place, is_negated=is_negated)


def _counted(keeps: list[Keep], said: str | None) -> str | None:
    """What the rows are; None where the events are of different ones, or of others than said."""
    events = entries("lexicon")["events"]
    owners = [list(events[keep.event]["filter"]) for keep in keeps if keep.event in events]
    shared = [name for name in owners[0] if all(name in each for each in owners)] if owners else []
    if said:
        return said if said in shared else None
    return shared[0] if shared and len(owners) == len(keeps) else None


def _have_counts(keeps: list[Keep]) -> bool:
    """Whether each event is a number of its own."""
    events = entries("lexicon")["events"]
    return all("count" in events[keep.event] and not keep.is_negated for keep in keeps)
