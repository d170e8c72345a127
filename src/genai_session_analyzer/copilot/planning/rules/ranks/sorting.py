"""How rows are to be sorted: "sorted by latency", "highest first", "best first"."""

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea, Rank
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import idea_of

_NAMED = {"slowest": "latency", "fastest": "latency", "cheapest": "cost", "most expensive": "cost"}
_SAME = {"latency": ("latency", "duration", "how_long"),
         "cost": ("cost", "mean_cost", "wasted_cost", "failure_cost", "retry_cost")}  # fmt: skip


def _ranks_by_name(draft: Draft, at: int) -> bool:
    """`Models, slowest first`: what rows are sorted by is in the word itself."""
    sentence, piece = draft.sentence, draft.sentence.pieces[at]
    key = next((key for word, key in _NAMED.items() if piece.text.startswith(word)), None)
    if key is None or draft.is_follow_up:
        return False
    if any(other.kind == "Q" and other.key.startswith(_SAME[key]) for other in sentence.pieces):
        return False
    if key == "cost":
        draft.trouble = f"'{piece.text}': by total or by mean cost"
        return True
    descending = piece.key == "descending"
    draft.rank = Rank(idea=Idea(kind="quantity", key=key), descending=descending, limit=None)
    sentence.take(at)
    return True


def read_order(draft: Draft) -> None:
    """Find how rows are to be sorted."""
    sentence = draft.sentence
    for match in sentence.find("Yo?I?(F)D?(J?)"):
        draft.sorts_by = sentence.pieces[match.start(1)].key  # "sorted by region"
        draft.sorts_descending = bool(match[2]) and (
            sentence.pieces[match.start(2)].key == "descending"
        )
        sentence.take_span(*match.span())
    for match in sentence.find("YH?A?o?([QVE])D?(J?)|J"):
        if match[0] == "J":
            key = sentence.pieces[match.start()].key
            if key in ("by_name", "by_time", "by_newest"):
                draft.sorts_by = "by_time" if key == "by_newest" else key
                draft.sorts_descending = key == "by_newest"
                sentence.take(match.start())
                continue
            if _ranks_by_name(draft, match.start()):
                continue
            draft.orders_ascending = key in ("ascending", "best")
            draft.orders_best = key == "best" if key in ("best", "worst") else None
            sentence.take(match.start())
            continue
        if "T" in sentence.shape[: match.start()]:
            continue  # "top 5 users in terms of cost" is read with its top
        at = match.start(1)
        how = sentence.pieces[at - 1].key if sentence.shape[at - 1] == "A" else None
        descending = not (match[2] and sentence.pieces[match.start(2)].key == "ascending")
        idea = idea_of(sentence.pieces[at], how)
        draft.rank = Rank(idea=idea, descending=descending, limit=None)
        sentence.take_span(match.start(), match.end())
