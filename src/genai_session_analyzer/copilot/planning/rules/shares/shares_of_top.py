"""The part of all that the first few make: "share of generations made by the ten busiest users"."""

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import idea_of

_SHARE = "(?P<share>R)[opAIvL]*(?P<whole>[EQV])[opaK]*(?P<link>[opB])(?=(?:n?S|Tn?S?)n?[opL]*[EF])"
_FROM = ("from", "of", "made by", "by", "due to", "caused by")


def read_top_share(draft: Draft) -> None:
    """Find that a share is of what the first few groups have together.

    Which ones those are is read with the other ranks; all conditions hold for the whole.
    """
    sentence = draft.sentence
    match = sentence.first(_SHARE)
    if not match or draft.is_follow_up:
        return
    link = sentence.pieces[match.start("link")].text.removesuffix(" the")
    if link not in _FROM and not link.endswith(" from"):
        return
    whole = sentence.pieces[match.start("whole")]
    idea = Idea(kind="count", key=whole.key) if whole.kind == "E" else idea_of(whole)
    draft.ask(idea, match.start("whole"))
    draft.has_share = draft.is_of_top = True
    draft.over = "sum"
    sentence.take(*(at for at in range(*match.span()) if sentence.shape[at] not in "vL"))
