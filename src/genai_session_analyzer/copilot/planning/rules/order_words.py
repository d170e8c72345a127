"""How rows are to be sorted: "sorted by latency", "highest first", "best first"."""

from genai_session_analyzer.copilot.planning.drafts import Draft, Rank
from genai_session_analyzer.copilot.planning.rules.ideas import idea_of


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
            if key in ("by_name", "by_time"):
                draft.sorts_by = key
                sentence.take(match.start())
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
