"""Timings as lines for people or JSON for scripts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured thing.

    Attributes:
        name: What was measured.
        unit: Of the values.
        median: Of all repetitions.
        p95: 95th percentile.
        p99: 99th percentile.
    """

    name: str
    unit: str
    median: float
    p95: float
    p99: float

    @classmethod
    def of(cls, name: str, unit: str, values: Sequence[float]) -> Figure:
        """Sum up repetitions."""
        median, p95, p99 = np.percentile(values, [50, 95, 99])
        return cls(name, unit, float(median), float(p95), float(p99))


def render(figures: Sequence[Figure], as_json: bool) -> str:
    """The figures as a table, or as JSON."""
    if as_json:
        return json.dumps([asdict(figure) for figure in figures], indent=2)
    width = max(len(figure.name) for figure in figures)
    rows = [f"{'':{width}}  {'median':>9}  {'p95':>9}  {'p99':>9}"]
    rows += [
        f"{f.name:{width}}  {f.median:9.2f}  {f.p95:9.2f}  {f.p99:9.2f}  {f.unit}" for f in figures
    ]
    return "\n".join(rows)
