"""Titles and one-line descriptions, from keywords."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

_TITLE_KEYWORDS = 3
_TITLE_CHARACTERS = 60
_DESCRIBED_KEYWORDS = 6


class Title(BaseModel):
    """What a cluster is called, and in one line what it is about."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    title: str = Field(min_length=3, max_length=_TITLE_CHARACTERS, pattern=r"^[^\r\n]+$")
    description: str = Field(min_length=10, max_length=240, pattern=r"^[^\r\n]+$")


@dataclass(frozen=True)
class Evidence:
    """What a title is made from.

    Attributes:
        cluster_id: The cluster.
        keywords: Its most typical terms, best first.
        prompts: Prompts nearest to its centroid.
        others: Keywords of each of its nearest clusters.
    """

    cluster_id: int
    keywords: tuple[str, ...]
    prompts: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]


def evidence_of(clusters: Sequence[Mapping[str, Any]]) -> list[Evidence]:
    """Return the evidence of each row of `STG_CLUSTERS`, in their order."""
    words = {row["cluster_id"]: tuple(row["keywords"]) for row in clusters}
    return [
        Evidence(
            row["cluster_id"],
            words[row["cluster_id"]],
            tuple(row["nearest_prompts"]),
            tuple(words[near] for near in row["near_cluster_ids"]),
        )
        for row in clusters
    ]


def titles_from_keywords(clusters: Sequence[Evidence]) -> list[Title]:
    """Return a title for each cluster, no two alike.

    The first three keywords; more of them, then the cluster's id, where another cluster has that
    title already; the beginning of the nearest prompt where there are no keywords.
    """
    taken: set[str] = set()
    titles = []
    for cluster in clusters:
        title = next(each for each in _candidates(cluster) if each.casefold() not in taken)
        taken.add(title.casefold())
        titles.append(Title(title=title, description=_description(cluster)))
    return titles


def _candidates(cluster: Evidence) -> Iterator[str]:
    for count in range(_TITLE_KEYWORDS, len(cluster.keywords) + 1):
        yield _cut(", ".join(cluster.keywords[:count]), _TITLE_CHARACTERS)
    words = ", ".join(cluster.keywords) or _one_line(cluster.prompts[0] if cluster.prompts else "")
    number = f" ({cluster.cluster_id})"
    if words:
        yield _cut(words.ljust(3, "."), _TITLE_CHARACTERS)
    yield _cut(words or "No words", _TITLE_CHARACTERS - len(number)) + number


def _description(cluster: Evidence) -> str:
    if not cluster.keywords:
        return "Prompts without words in common that other clusters do not use as well."
    said = ", ".join(cluster.keywords[:_DESCRIBED_KEYWORDS])
    others = [word for words in cluster.others for word in words[:1] if word not in said]
    apart = f"; its neighbours say {', '.join(dict.fromkeys(others))}" if others else ""
    return _cut(f"Prompts that say {said}{apart}.", 240)


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip(" ,") + "…"
