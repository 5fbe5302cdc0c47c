"""An evaluation as Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

NOTHING = "-"


def markdown(report: dict[str, Any]) -> str:
    """The report of `evaluate`: models side by side, then each model by category."""
    models, people = report["models"], report["people"]
    each = f"{report['per_category']} of each" if report["per_category"] else "all"
    judge = report["recogniser"]
    lines = [
        "# Evaluation",
        "",
        f"{report['drawings']:,} drawings of the test split ({each}) of {report['categories']} "
        f"categories, temperature {report['temperature']:g}, seed {report['seed']}. "
        "Rec is the share that the recogniser names right; it was trained on people's drawings "
        "of the training split"
        + (
            f" and names {percent(judge['named'])} of all {judge['sketches']:,} "
            "people's drawings of the test split right."
            if judge
            else "."
        ),
        "",
        *table(["", "people", *(model["name"] for model in models)], _rows(people, models)),
    ]
    for model in models:
        lines += ["", f"## {model['name']} by category", "", *_by_category(people, model)]
    return "\n".join(lines) + "\n"


def _rows(people: dict[str, Any], models: Sequence[dict[str, Any]]) -> list[list[str]]:
    def row(label: str, person: float | None, values: Sequence[float | None]) -> list[str]:
        return [label, percent(person), *map(percent, values)]

    rows = [row("Rec of the originals", people["redraw"]["rec"], [None] * len(models))]
    for candidates in _keys(models, "redraw"):
        kind = "K = 1" if candidates == "1" else f"K = {candidates}, re-ranked by code"
        scores = [model["redraw"].get(candidates, {}) for model in models]
        rows += [
            row(f"Rec of redraws, {kind}", None, [score.get("rec") for score in scores]),
            row(f"… finished, {kind}", None, [score.get("finished") for score in scores]),
        ]
    for share in _keys(models, "completion"):
        scores = [model["completion"].get(share, {}) for model in models]
        alone = people["fragments"].get(share, {}).get("rec")
        rows.append(row(f"Rec of the first {share} % alone", alone, [None] * len(models)))
        for key, label in (("auto", "category unknown"), ("given", "category given")):
            ways = [score.get(key, {}) for score in scores]
            rows.append(row(f"… completed, {label}, K = 1", None, [way.get("rec") for way in ways]))
        ways = [score.get("auto", {}) for score in scores]
        rows.append(row("… finished, category unknown", None, [w.get("finished") for w in ways]))
        kept = [min((way["kept"] for way in score.values()), default=None) for score in scores]
        rows.append(row("… with the person's points exactly", None, kept))
    for key, label in (
        ("offset", "NLL of an offset, nats a point"),
        ("pen", "NLL of the pen, nats a step"),
        ("code_use", "Code use, nats a point"),
    ):
        rows.append([label, NOTHING, *(f"{model['likelihood'][key]:.3f}" for model in models)])
    named = [model["likelihood"]["named"] for model in models]
    rows.append(row("Originals named right by the category head", None, named))
    rows.append(["Parameters", NOTHING, *(f"{m['parameters'] / 1e6:.2f} M" for m in models)])
    return rows


def _by_category(people: dict[str, Any], model: dict[str, Any]) -> list[str]:
    header, columns = ["category", "people"], [people["redraw"]]
    for candidates, score in model["redraw"].items():
        header.append(f"redraw K = {candidates}")
        columns.append(score)
    for share, ways in model["completion"].items():
        header += [f"{share} % + unknown", f"{share} % + given"]
        columns += [ways["auto"], ways["given"]]
    rows = [
        [name, *(percent(column["categories"].get(name)) for column in columns)]
        for name in people["redraw"]["categories"]
    ]
    rows.append(["**mean**", *(percent(column["category_mean"]) for column in columns)])
    return table(header, rows)


def _keys(models: Sequence[dict[str, Any]], part: str) -> list[str]:
    """Keys of a part over all models, in order of appearance."""
    return list(dict.fromkeys(key for model in models for key in model[part]))


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a Markdown table; all columns but the first are right-aligned."""
    ruler = ["---", *["---:"] * (len(header) - 1)]
    return [f"| {' | '.join(cells)} |" for cells in (header, ruler, *rows)]


def percent(share: float | None) -> str:
    """``0.5`` as ``50.0 %``; None as a hyphen."""
    return NOTHING if share is None else f"{100 * share:.1f} %"
