"""Several people at once: what each is answered."""

import json
import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from bench_dashboard_browser import Call, Person

PEOPLE = 8


def ask_together(port: int, views: Sequence[tuple[str, str]]) -> list[dict[tuple[str, str], str]]:
    """What eight people got who open all views at once, each in an order of their own."""

    def look(number: int) -> dict[tuple[str, str], str]:
        """Open all views in an order of one's own."""
        person = Person(port)
        order = random.Random(number).sample(views, len(views))  # noqa: S311
        found = {view: answers(person.open(*view)) for view in order}
        person.close()
        return found

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(look, range(PEOPLE)))


def answers(calls: Sequence[Call]) -> str:
    """All answers of a page as text, in the order of their outputs."""
    told = sorted((call.output, json.dumps(call.answer, sort_keys=True)) for call in calls)
    return json.dumps(dict(told))
