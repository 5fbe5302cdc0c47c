"""The report: models side by side, figures that were not taken, bars met and missed."""

from __future__ import annotations

from typing import Any

from trainer.evaluation.bars import widest_gap
from trainer.evaluation.report import markdown

REC = {"rec": 0.5, "category_mean": 0.5, "categories": {"cat": 0.5, "dog": 0.7}}


def scores(name: str, **parts: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"redraw": {}, "healing": {}, "completion": {}, "latent": {}}
    likelihood = {"offset": 0.1, "pen": 0.2, "code_use": 0.3}
    return {"name": name, "parameters": 10**6, "likelihood": likelihood, **empty, **parts}


def report(*models: dict[str, Any]) -> dict[str, Any]:
    return {
        "drawings": 2000,
        "gallery": 6000,
        "categories": 2,
        "per_category": 0,
        "temperature": 0.1,
        "seed": 1,
        "candidates": 8,
        "longest": 128,
        "split": "test",
        "recogniser": {"named": 0.9, "sketches": 4000},
        "people": {
            "redraw": {"rec": 0.75, "category_mean": 0.75, "categories": {"cat": 0.7, "dog": 0.8}},
            "fragments": {"50": {"rec": 0.4}},
        },
        "models": list(models),
    }


def test_models_stand_side_by_side() -> None:
    """A column for each model; what one was not measured on is a hyphen."""
    one = scores("one", redraw={"1": {**REC, "finished": 1.0}})
    ret = {"1": 0.6, "10": 0.8, "50": 0.9}
    redraw = {"1": {**REC, "finished": 0.25, "ret": ret}, "8": {**REC, "finished": 1.0}}
    completion = {
        "50": {"auto": {**REC, "finished": 1.0}, "given": REC, "auto_ranked": REC, "ranked": REC}
    }
    two = scores("two", redraw=redraw, completion=completion, told_apart=0.62)
    text = markdown(report(one, two))
    assert "|  | people | one | two |" in text
    assert "| Rec, K = 1 | 75.0 % | 50.0 % | 50.0 % |" in text
    assert "| finished, K = 1 | - | 100.0 % | 25.0 % |" in text
    assert "| Rec, K = 8, re-ranked | 75.0 % | - | 50.0 % |" in text
    assert "| Ret top-1, K = 1 | - | - | 60.0 % |" in text
    assert "| Rec from 50 %, category unknown, K = 1 | 40.0 % | - | 50.0 % |" in text
    assert "| Rec from 50 %, category unknown, K = 3, re-ranked | 40.0 % | - | 50.0 % |" in text
    assert "| Rec from 50 %, category given, K = 8, re-ranked | 40.0 % | - | 50.0 % |" in text
    assert "| told apart from people's | - | - | 62.0 % |" in text
    assert "Nmax = 128" in text
    assert "## Bars" not in text, "only the studio model has bars"


def test_bars_are_marked_met_or_missed() -> None:
    """Those that were measured."""
    ret = {"1": 0.6, "10": 0.8, "50": 0.9}
    text = markdown(report(scores("studio", redraw={"1": {**REC, "finished": 1.0, "ret": ret}})))
    assert "| Rec of redraws, K = 1 ≥ 80 % | 50.0 % | ✗ |" in text
    assert "| Ret top-1, K = 1 ≥ 60 % | 60.0 % | ✓ |" in text
    assert "points under its originals | cat 20.0 | ✗ |" in text
    assert "Rec from 50 %, category given" not in text


def test_the_studio_model_is_held_against_the_papers() -> None:
    """Where both are measured; of two models of one name each goes by its file."""
    ret = {"1": {**REC, "finished": 1.0, "ret": {"1": 0.6}}}
    less = {"1": {**REC, "finished": 1.0, "ret": {"1": 0.4}}}
    paper = scores("sketch-pix2seq", redraw=less)
    text = markdown(report(scores("studio", redraw=ret), paper))
    assert "2 times that of sketch-pix2seq | 1.5 times | ✗ |" in text
    assert "times that of" not in markdown(report(scores("studio", redraw=ret)))
    one, two = (scores("studio", file=f"{n}.safetensors", redraw=ret) for n in ("old", "new"))
    text = markdown(report(one, two))
    assert "|  | people | old | new |" in text
    assert "## Bars of new" in text


def test_the_widest_gap_is_the_category_furthest_under_its_originals() -> None:
    """By points, not by share, and none where nothing was redrawn."""
    model = scores("studio", redraw={"1": REC})
    gap = widest_gap(report()["people"], model)
    assert gap is not None
    assert gap.name == "cat"
    assert round(gap.gap, 6) == 0.2
    assert widest_gap(report()["people"], scores("studio")) is None
