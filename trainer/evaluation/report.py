"""An evaluation as Markdown: one table of models and figures, what they mean, then categories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sketchstudio.model.drafts import AT_FIRST
from trainer.evaluation.bars import (
    BARS,
    RIVAL,
    STUDIO,
    TIMES_RIVAL,
    UNDER_PEOPLE,
    Bar,
    retrieves_times,
    value,
    widest_gap,
)

NOTHING = "-"
MET, MISSED = "✓", "✗"

Report = dict[str, Any]
Lines = list[str]

EXPLANATIONS = (
    "**Rec**: share that a recogniser, trained on people's drawings of the training split alone, "
    "names right. K = 1 is the first thing drawn; of K the app keeps the one whose code is "
    "nearest to the original's.",
    "**Ret**: the redraw is encoded by the model's own encoder; share whose own original is "
    "the nearest, or among the 10 or 50 nearest, of {gallery:,} held-out originals.",
    "**Healing**: the same, where the encoder sees the original without 10 or 30 % of its "
    "patches (SketchHealer's way: a quarter of the drawing wide, on every fourth point).",
    "**Completion**: Rec of the first points together with what the model adds to them, knowing "
    "nothing else or told the category; of K the app keeps the one that the model itself is surest "
    "is of that category. Under *people* is what was left or begun, as it is.",
    "**NLL** is that of people's drawings, in nats a real point (offset) or step (pen); **L_R** "
    "is what magenta's sketch-rnn reports, both summed and divided by Nmax = {longest} a drawing.",
    "**Code use**: by how much the NLL grows when drawings get each other's codes; 0 is a dead "
    "code.",
    "**Silhouette** and **purity** (share of the ten nearest codes that are of the same "
    "category): how well categories lie apart in the codes; 1 is best.",
    "**Blend path**: length of the way between two drawings over the distance of its ends, as "
    "the recogniser's last hidden layer sees them; 1 is straight. **Longest step**: of eight "
    "steps, so 12.5 % is even.",
    "**Told apart**: accuracy of a small network that learns to tell people's drawings from "
    "redraws; 50 % is perfect.",
)


def markdown(report: Report) -> str:
    """The report of `evaluate`: models side by side, the bars, then each model by category."""
    models = report["models"]
    titles = _titles(models)
    each = f"{report['per_category']} of each" if report["per_category"] else "all"
    measured = (
        f"{report['drawings']:,} drawings of the {report['split']} split ({each}) of "
        f"{report['categories']} categories, temperature {report['temperature']:g}, "
        f"seed {report['seed']}."
    )
    judge = report["recogniser"]
    if judge:
        measured += (
            f" The recogniser names {percent(judge['named'])} of all {judge['sketches']:,} "
            "people's drawings of the split right."
        )
    lines = [
        "# Evaluation",
        "",
        measured,
        "",
        *table(["", "people", *titles], _rows(report)),
        "",
        *(f"- {line.format(**report)}" for line in EXPLANATIONS),
    ]
    for title, model in zip(titles, models, strict=True):
        if model["name"] == STUDIO:
            lines += ["", f"## Bars of {title}", "", *_bars(report, model)]
    for title, model in zip(titles, models, strict=True):
        lines += ["", f"## {title} by category", "", *_by_category(report, model)]
    return "\n".join(lines) + "\n"


def _titles(models: Sequence[Report]) -> list[str]:
    """The models' names; those of the same name go by their files."""
    names = [model["name"] for model in models]
    return [
        name if names.count(name) == 1 else model["file"].removesuffix(".safetensors")
        for name, model in zip(names, models, strict=True)
    ]


def _rows(report: Report) -> list[list[str]]:
    """The figures, one a row: label, people, each model."""
    models, people = report["models"], report["people"]
    rows: list[list[str]] = []

    def add(label: str, *path: str, person: float | None = None, kind: Any = percent) -> None:
        values = [value(model, path) for model in models]
        rows.append([label, percent(person), *map(kind, values)])

    def head(label: str) -> None:
        rows.append([f"**{label}**", "", *[""] * len(models)])

    head("Redraw")
    person: float | None = people["redraw"]["rec"]
    for k in _keys(models, "redraw"):
        kind = "K = 1" if k == "1" else f"K = {k}, re-ranked"
        add(f"Rec, {kind}", "redraw", k, "rec", person=person)
        add(f"finished, {kind}", "redraw", k, "finished")
        for depth in ("1", "10", "50"):
            add(f"Ret top-{depth}, {kind}", "redraw", k, "ret", depth)
    add("told apart from people's", "told_apart")
    if _keys(models, "healing"):
        head("Healing, K = 1")
    for share in _keys(models, "healing"):
        alone = next(m["healing"][share]["damaged"] for m in models if share in m["healing"])
        add(f"Rec, {share} % masked", "healing", share, "rec", person=alone)
        for depth in ("1", "10", "50"):
            add(f"Ret top-{depth}, {share} % masked", "healing", share, "ret", depth)
    if _keys(models, "completion"):
        head("Completion")
    for share in _keys(models, "completion"):
        alone = people["fragments"].get(share, {}).get("rec")
        ways = {"auto": "unknown, K = 1", "given": "given, K = 1"}
        if (k := report["candidates"]) > 1:
            ways["auto_ranked"] = f"unknown, K = {min(AT_FIRST, k)}, re-ranked"
            ways["ranked"] = f"given, K = {k}, re-ranked"
        for way, label in ways.items():
            name = f"Rec from {share} %, category {label}"
            add(name, "completion", share, way, "rec", person=alone)
        add(f"finished from {share} %", "completion", share, "auto", "finished")
    head("Likelihood and code")
    add("NLL of an offset", "likelihood", "offset", kind=number)
    add("NLL of the pen", "likelihood", "pen", kind=number)
    add(f"L_R, Nmax {report['longest']}", "likelihood", "reconstruction", kind=number)
    add("code use", "likelihood", "code_use", kind=number)
    add("originals named by the category head", "likelihood", "named")
    add("silhouette", "latent", "silhouette", kind=number)
    add("purity", "latent", "purity")
    add("blend path", "latent", "path", kind=number)
    add("longest step of a blend", "latent", "jump")
    add("parameters", "parameters", kind=lambda n: NOTHING if n is None else f"{n / 1e6:.2f} M")
    return rows


def _bars(report: Report, model: Report) -> Lines:
    rows = [_bar_row(bar, model) for bar in BARS if value(model, bar.path) is not None]
    widest = widest_gap(report["people"], model)
    if widest is not None:
        rows.append(
            [
                f"no category more than {100 * UNDER_PEOPLE:g} points under its originals",
                f"{widest.name} {100 * widest.gap:.1f}",
                MET if widest.gap <= UNDER_PEOPLE else MISSED,
            ]
        )
    times = retrieves_times(report["models"], model)
    if times is not None:
        bar = f"Ret top-1, K = 1 ≥ {TIMES_RIVAL:g} times that of {RIVAL}"
        rows.append([bar, f"{times:.1f} times", MET if times >= TIMES_RIVAL else MISSED])
    return table(["bar", "reached", ""], rows)


def _bar_row(bar: Bar, model: Report) -> list[str]:
    reached = value(model, bar.path) or 0.0
    met = MET if reached >= bar.least else MISSED
    return [f"{bar.label} ≥ {100 * bar.least:g} %", percent(reached), met]


def _by_category(report: Report, model: Report) -> Lines:
    people = report["people"]["redraw"]
    header, columns = ["category", "people"], [people]
    for k, score in model["redraw"].items():
        header.append(f"redraw K = {k}")
        columns.append(score)
    for share, score in model["healing"].items():
        header.append(f"{share} % masked")
        columns.append(score)
    for share, ways in model["completion"].items():
        header += [f"{share} % + unknown", f"{share} % + given"]
        columns += [ways["auto"], ways["given"]]
    rows = [
        [name, *(percent(column["categories"].get(name)) for column in columns)]
        for name in people["categories"]
    ]
    rows.append(["**mean**", *(percent(column["category_mean"]) for column in columns)])
    return table(header, rows)


def _keys(models: Sequence[Report], part: str) -> list[str]:
    """Keys of a part over all models, in order of appearance."""
    return list(dict.fromkeys(key for model in models for key in model[part]))


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Lines:
    """Lines of a Markdown table; all columns but the first are right-aligned."""
    ruler = ["---", *["---:"] * (len(header) - 1)]
    return [f"| {' | '.join(cells)} |" for cells in (header, ruler, *rows)]


def percent(share: float | None) -> str:
    """``0.5`` as ``50.0 %``; None as a hyphen."""
    return NOTHING if share is None else f"{100 * share:.1f} %"


def number(figure: float | None) -> str:
    """Three digits; None as a hyphen."""
    return NOTHING if figure is None else f"{figure:.3f}"
