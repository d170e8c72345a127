"""The tables `make eval-labels` prints."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

AIMS = {"domain": 0.75, "art_style": 0.80, "mood": 0.60, "complexity_kappa": 0.80}
Found = Mapping[str, Any]


def print_report(console: Console, found: Found) -> None:
    """Print a table for each part that was evaluated."""
    if "gold" in found:
        gold = found["gold"]
        console.print(_scores(gold))
        for field in ("domain", "art_style", "mood"):
            console.print(_classes(field, gold))
            console.print(_confusion(field, gold["shipped"][field]))
    if "parti" in found:
        console.print(_parti(found["parti"]))
    if "nsfw" in found:
        console.print(_nsfw(found["nsfw"]))
    if "corpus" in found:
        console.print(_corpus(found["corpus"]))


def _table(title: str, *headings: str) -> Table:
    table = Table(title=title, title_justify="left")
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place else "left")
    return table


def _scores(gold: Found) -> Table:
    """Accuracy of each field, the mean over both annotators."""
    table = _table(
        f"{gold['file']}: {gold['rows']} prompts, mean over both annotators",
        *("field", "aim", "out of fold", "shipped numbers", "either annotator", "coverage"),
        *("annotators agree", "calibration error", "other labeler"),
    )
    for field in ("domain", "art_style", "mood"):
        shipped = gold["shipped"][field]
        other = gold.get("other", {}).get(field)
        table.add_row(
            field,
            f"{AIMS[field]:.2f}",
            f"{gold['out_of_fold'][f'{field}.accuracy']:.3f}",
            _interval(shipped["accuracy"]),
            _interval(shipped["either"]),
            f"{shipped['coverage']:.2f}",
            f"{gold['annotators'][field]:.2f}",
            f"{gold['ece'][field]:.3f} ({gold['out_of_fold'][f'{field}.ece']:.3f} out of fold)",
            _interval(other["accuracy"]) if other else "-",
        )
    other = gold.get("other", {}).get("complexity_kappa")
    table.add_row(
        "complexity (quadratic kappa)",
        f"{AIMS['complexity_kappa']:.2f}",
        f"{gold['out_of_fold']['complexity_kappa']:.3f}",
        _interval(gold["shipped"]["complexity_kappa"]),
        *("", "1.00", f"{gold['annotators']['complexity_score']:.2f}", ""),
        _interval(other) if other else "-",
    )
    return table


def _classes(field: str, gold: Found) -> Table:
    headings = ("annotated", "given", "precision", "recall", "F1 (95 %)", "other labeler's F1")
    table = _table(f"{field} by class, shipped numbers", "class", *headings)
    others = {
        each["label"]: each["f1"]
        for each in gold.get("other", {}).get(field, {}).get("classes", ())
    }
    for each in gold["shipped"][field]["classes"]:
        low, high = each["f1_interval"]
        table.add_row(
            each["label"],
            f"{each['annotated']:g}",
            str(each["predicted"]),
            f"{each['precision']:.2f}",
            f"{each['recall']:.2f}",
            f"{each['f1']:.2f} [{low:.2f}, {high:.2f}]",
            f"{others[each['label']]:.2f}" if each["label"] in others else "-",
        )
    return table


def _confusion(field: str, scores: Found) -> Table:
    short = [label[:7] for label in scores["labels"]]
    table = _table(f"{field}: right (rows) against given (columns)", "", *short)
    for label, row in zip(scores["labels"], scores["confusion"], strict=True):
        table.add_row(label, *(f"{count:g}" if count else "." for count in row))
    return table


def _parti(parti: Found) -> Table:
    table = _table(f"PartiPrompts: domain, {parti['rows']} prompts", "category", "right")
    table.add_row("all", _interval(parti["accuracy"]))
    for name, share in parti["categories"].items():
        table.add_row(name, f"{share:.2f}")
    return table


def _nsfw(nsfw: Found) -> Table:
    table = _table(
        f"NSFW (classifier {nsfw['classifier']}): flagged {nsfw['flagged_share']:.1%}, "
        f"intent said {nsfw['intent_share']:.1%}",
        *("on", "rows", "AUC", "average precision"),
    )
    for name, title in (
        ("discord", "flags of held-out users"),
        ("discord_baseline", "the same by TF-IDF + logistic"),
        ("i2p", "I2P against ordinary prompts"),
    ):
        part = nsfw[name]
        table.add_row(title, str(part["rows"]), _interval(part["auc"]), _interval(part["ap"]))
    table.add_row("gain over the baseline", "", _interval(nsfw["discord_gain"]), "")
    return table


def _corpus(corpus: Found) -> Table:
    table = _table(f"embedded corpus: {corpus['rows']} distinct prompts", "field", "as meant")
    for field in ("domain", "art_style", "mood"):
        table.add_row(field, _interval(corpus[field]))
    return table


def _interval(values: Found) -> str:
    return f"{values['value']:.3f} [{values['low']:.3f}, {values['high']:.3f}]"
