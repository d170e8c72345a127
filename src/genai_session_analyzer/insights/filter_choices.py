"""What there is to choose from in the filter bar: what the build holds."""

from dataclasses import dataclass
from datetime import date

from ibis.backends import BaseBackend


@dataclass(frozen=True)
class FilterChoices:
    """Values of the filters that differ between builds.

    Attributes:
        first_day: Day of the first generation; None where there is none.
        last_day: Day of the last one.
        models: Model versions, in the order of their names.
        clusters: Id and title of the clusters of each group, by its title; largest first.
    """

    first_day: date | None
    last_day: date | None
    models: tuple[str, ...]
    clusters: dict[str, tuple[tuple[int, str], ...]]


def filter_choices(backend: BaseBackend) -> FilterChoices:
    """Return the choices of the build that is connected to."""
    generations = backend.table("fct_generations")
    days = generations.aggregate(
        first_day=generations.requested_date.min(), last_day=generations.requested_date.max()
    )
    models = generations.select("model_version").distinct().order_by("model_version")
    names = models.to_pyarrow()["model_version"].drop_null().to_pylist()
    return FilterChoices(
        **days.to_pyarrow().to_pylist()[0], models=tuple(names), clusters=_clusters(backend)
    )


def _clusters(backend: BaseBackend) -> dict[str, tuple[tuple[int, str], ...]]:
    """The clusters prompts belong to, under the title of their parent."""
    columns = ("cluster_id", "parent_id", "title", "prompt_count")
    rows = backend.table("dim_clusters").select(*columns).to_pyarrow().to_pylist()
    titles = {row["cluster_id"]: row["title"] for row in rows}
    parents = {row["parent_id"] for row in rows}
    grouped: dict[str, list[tuple[int, str]]] = {}
    for row in sorted(rows, key=lambda row: (-row["prompt_count"], row["cluster_id"])):
        if row["cluster_id"] not in parents:
            group = titles.get(row["parent_id"], "Other")
            grouped.setdefault(group, []).append((row["cluster_id"], row["title"]))
    return {group: tuple(members) for group, members in grouped.items()}
