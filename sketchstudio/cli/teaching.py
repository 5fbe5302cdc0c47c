"""``sketchstudio teach``: a new category from a few drawings, in a weights file of its own."""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from tqdm import tqdm

from sketchstudio.cli.errors import CommandError
from sketchstudio.formats.safe_write import safe_write
from sketchstudio.formats.sketch_files import read_sketches

if TYPE_CHECKING:
    from sketchstudio.core.sketch_codec import Coordinates, Polylines
    from sketchstudio.model.checkpoint import Checkpoint
    from sketchstudio.model.studio import Studio

PRACTICE_STEPS = 280

LOOK_EVERY = 40
"""Steps from one look at what has been learnt to the next."""

SHOWN = 3
"""Examples that are redrawn at each look."""

_POLITE = 10  # of 19: whatever the person waits for comes first


class Stopped(Exception):  # noqa: N818 - not an error
    """Whoever started it wants it no more."""


def teach(options: argparse.Namespace) -> None:
    """Teach the model something new: 3 to 100 drawings of one category.

    OUT is a copy of the model with that category, which other commands take by --model; the model
    itself stays as it is. A category that the model knows already is practised further. It takes
    a minute or two; --steps 0 gives the category a code and practises nothing.
    """
    from sketchstudio.model.checkpoint import ModelError, load_checkpoint
    from sketchstudio.model.practice import MOST, Exercise, Practice, examples_of, introduced

    if options.output.suffix.lower() != ".safetensors":
        raise CommandError(f"{options.output}: weights are written to a .safetensors file")
    driver = Driver(options.reports)
    import torch

    if options.reports:  # the other cores are the pen's
        torch.set_num_threads(1)
    try:
        known = load_checkpoint(_weights(options.model))
    except ModelError as error:
        raise CommandError(str(error)) from None
    drawings = itertools.islice(read_sketches(options.input), MOST + 1)
    examples = examples_of(
        [drawing.strokes for drawing in drawings], known.network.config.max_points
    )
    if options.name not in known.network.config.categories:
        try:
            known = introduced(known, options.name, examples)
        except ModelError as error:
            raise CommandError(str(error)) from None
    elif not options.steps:
        raise CommandError(
            f"{options.model} knows {options.name} already; with --steps 0 there is nothing to do"
        )
    if not options.steps:
        _write(options.output, known, options.name, len(examples), 0)
        return
    exercise = Exercise(steps=options.steps)
    if options.reports and hasattr(os, "nice"):
        os.nice(_POLITE)
    try:
        shown = examples[:SHOWN]
        driver.show(known, shown, 0)
        with tqdm(total=exercise.steps, unit="step", disable=_quiet(options), leave=False) as bar:
            practice = Practice(known, options.name, examples, exercise, driver.wait)
            while not practice.done:
                driver.wait()
                nll, lost = practice.step()
                bar.set_postfix(nll=f"{nll:.2f}", forgotten=f"{lost:.3f}", refresh=False)
                bar.update()
                driver.tell(step=practice.taken, of=exercise.steps)
                if practice.taken % LOOK_EVERY == 0 or practice.done:
                    driver.show(practice.result(), shown, practice.taken)
        _write(options.output, practice.result(), options.name, len(examples), exercise.steps)
        driver.tell(done=True)
    except Stopped:
        driver.tell(stopped=True)


class Driver:
    """Tells whoever started this process how far it is, and does as they say.

    They read a JSON object a line from standard output, and write ``pause``, ``resume`` or
    ``stop``, a line each, to standard input. When they are gone, it stops.

    Args:
        on: Whether anyone listens.
    """

    def __init__(self, on: bool) -> None:
        self._on = on
        self._going, self._stopped = threading.Event(), False
        self._going.set()
        if on:
            threading.Thread(target=self._listen, daemon=True).start()

    def tell(self, **told: Any) -> None:
        """Say something."""
        if self._on:
            print(json.dumps(told), flush=True)

    def wait(self, _: object = None) -> None:
        """Go on at once, or after a pause.

        Raises:
            Stopped: It is not wanted any more.
        """
        self._going.wait()
        if self._stopped:
            raise Stopped

    def show(self, checkpoint: Checkpoint, examples: Sequence[Polylines], step: int) -> None:
        """Tell how examples are redrawn now, box units."""
        if not self._on:
            return
        from sketchstudio.core.sampling import Sampling
        from sketchstudio.model.studio import Studio

        studio: Studio = Studio(checkpoint)
        drawn = studio.redraw(examples, Sampling(0.1))
        self.tell(
            step=step,
            examples=[_rounded(sketch) for sketch in examples],
            redrawn=[_rounded(one.strokes) for one in drawn],
        )

    def _listen(self) -> None:
        handle: dict[str, Callable[[], None]] = {
            "pause": self._going.clear,
            "resume": self._going.set,
            "stop": self._stop,
        }
        for line in sys.stdin:
            handle.get(line.strip(), lambda: None)()
        self._stop()

    def _stop(self) -> None:
        self._stopped = True
        self._going.set()


def _rounded(sketch: Sequence[Coordinates]) -> list[list[list[float]]]:
    return [np.round(stroke, 3).astype(float).tolist() for stroke in sketch]


def _write(path: Path, taught: Checkpoint, name: str, count: int, steps: int) -> None:
    from sketchstudio.model.checkpoint import packed

    about = {"taught": name, "drawings": count, "steps": steps}
    path.parent.mkdir(parents=True, exist_ok=True)
    with safe_write(path) as file:
        file.write(packed(taught, about))


def _weights(model: str) -> Path:
    """The file of a model by its name, or of any by its path."""
    from sketchstudio.model.studio import available_models

    if model.endswith(".safetensors"):
        return Path(model)
    models = available_models()
    return models.get(model, Path(f"{model}.safetensors"))


def _quiet(options: argparse.Namespace) -> bool | None:
    """No bar where reports are asked for; else one in a terminal."""
    return True if options.reports else None
