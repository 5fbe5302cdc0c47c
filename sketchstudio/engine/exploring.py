"""What the map of codes, the comparison and the test ask for, of any model there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from sketchstudio.core.code_map import CodeMap
from sketchstudio.core.sampling import Drawn, Sampling
from sketchstudio.core.sketch_codec import Box, boxed, checked
from sketchstudio.engine.messages import (
    Codes,
    DrawCodes,
    Encode,
    Exploring,
    Finished,
    LayOut,
    RedrawEach,
    Sketch,
    Walk,
)

if TYPE_CHECKING:
    from sketchstudio.model.layout import MapLayout
    from sketchstudio.model.studio import Studio

Stop = Callable[[], None]
"""Raises when the request is not wanted any more, or something more urgent is."""


class ModelUnavailable(Exception):  # noqa: N818 - reads as what it is
    """A model that is not there or cannot be read; the message is one line."""


class Explorer:
    """Keeps the models beside the main one, and the maps, once they are made.

    A map that was interrupted goes on from where it was.
    """

    def __init__(self) -> None:
        self._others: dict[str, Studio] = {}
        self._layouts: WeakKeyDictionary[Studio, MapLayout] = WeakKeyDictionary()
        self._maps: WeakKeyDictionary[Studio, CodeMap] = WeakKeyDictionary()

    def answer(self, id: int, task: Exploring, main: Studio, stop: Stop) -> Finished:
        """Do what is asked; ``seconds`` of the answer is left open.

        Raises:
            ModelUnavailable: Its model is not there.
            SketchError: Ink that cannot be a sketch.
        """
        studio = self._studio(task.model, main)
        drawn: Sequence[Drawn] = ()
        codes = code_map = shares = None
        match task:
            case LayOut():
                code_map = self._map(studio, stop)
            case Encode():
                inks = [checked(ink) for ink in task.inks]
                parts = [boxed(ink, Box.around(ink)) for ink in inks]
                codes = studio.encode_boxed(parts)
                shares = studio.guess_boxed(parts, codes)
            case DrawCodes():
                codes = task.codes
                drawn = _drawn(studio, codes, task.sampling, stop)
            case Walk():
                way = [(float(place), 0.0) for place in np.linspace(0, 1, task.count)]
                codes = studio.mix(np.stack([task.a, task.b]), way)
                drawn = _drawn(studio, codes, task.sampling, stop)
            case RedrawEach():
                drawn = _redrawn(studio, task.inks, task.sampling, stop)
        name = studio.config.name
        return Finished(id, task, tuple(drawn), (), 0.0, name, codes, code_map, shares)

    def _studio(self, name: str, main: Studio) -> Studio:
        if name in ("", main.config.name):
            return main
        if name not in self._others:
            from sketchstudio.model.studio import ModelError, Studio

            try:
                self._others[name] = Studio.load(name, "cpu")
            except ModelError as error:
                raise ModelUnavailable(str(error)) from error
        return self._others[name]

    def _map(self, studio: Studio, stop: Stop) -> CodeMap:
        """The map that came with the weights, or else one that is laid out now."""
        if studio not in self._maps:
            exemplars, config = studio.exemplar_codes, studio.config
            places = self._laid_out(studio, stop) if studio.places is None else studio.places
            labels = np.repeat(np.arange(len(exemplars)), exemplars.shape[1])
            codes, points = exemplars.reshape(-1, config.code), places.reshape(-1, 2)
            once = np.sort(np.unique(codes, axis=0, return_index=True)[1])
            self._maps[studio] = CodeMap(
                *(config.name, config.categories, codes[once], labels[once], points[once]),
                on_sphere=not config.normal_codes,
            )
        return self._maps[studio]

    def _laid_out(self, studio: Studio, stop: Stop) -> Codes:
        from sketchstudio.model.layout import MapLayout

        if studio not in self._layouts:
            self._layouts[studio] = MapLayout(studio.exemplar_codes)
        places = self._layouts[studio].run(stop)
        del self._layouts[studio]
        return places


def _drawn(studio: Studio, codes: Codes, sampling: Sampling, stop: Stop) -> list[Drawn]:
    seeds = [sampling.seed] * len(codes)
    return studio.decode(codes, seeds, sampling.temperature, lambda _: stop())


def _redrawn(studio: Studio, inks: Sequence[Sketch], sampling: Sampling, stop: Stop) -> list[Drawn]:
    return studio.redraw(inks, sampling, on_step=lambda _: stop())
