"""What each command of ``python -m trainer`` does; their docstrings are what ``--help`` prints."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sketchstudio.model.checkpoint import Checkpoint
    from trainer.configuration import RunConfig
    from trainer.distributed import Group

ANY_LENGTH = 1_000_000


def train_model(options: argparse.Namespace) -> int:
    """Train, or go on from the last checkpoint in --out. Interrupt at any time.

    OUT gets last.pt, best.pt (the best on held-out drawings), history.jsonl and, where TensorBoard
    is installed, its files. "torchrun -m trainer train …" trains on many GPUs or machines: each
    batch is shared among them, and the curve is that of one.
    """
    import torch

    from trainer.configuration import RunConfig
    from trainer.distributed import processes

    if options.threads:
        torch.set_num_threads(options.threads)
    run = RunConfig.load(options.config)
    changes = {
        key: value
        for key in ("steps", "batch", "patience")
        if (value := getattr(options, key)) is not None
    }
    run = replace(run, training=replace(run.training, **changes))
    with processes(_device(options.device)) as group:
        _train(run, options.data, options.out, options.start, group)
    return 0


def _train(run: RunConfig, data: Path, out: Path, start: Path | None, group: Group) -> None:
    """In a function of its own: what it makes is gone when the processes part."""
    from trainer.journal import SHOWN, Journal
    from trainer.loop import Trainer
    from trainer.sketches import load

    sketches = load(data, run.categories, run.model.get("max_points", 128))
    trainer = Trainer(run, sketches, out, group)
    resumed = trainer.resume()
    if start is not None and not resumed:
        trainer.begin_with(_known(start).network)
    if not group.leads:
        trainer.train()
        return
    print({split: len(part) for split, part in sketches.items()}, flush=True)
    if resumed:
        print(f"resumed at step {trainer.step}", flush=True)
        if trainer.changes:
            print(f"other than before: {', '.join(trainer.changes)}", flush=True)
    held_out = sketches["valid"]
    shown = [held_out.polylines(i) for i in range(0, len(held_out), 1 + len(held_out) // SHOWN)]
    journal = Journal(out, trainer.step, run.training.batch, shown)
    try:
        trainer.train(journal)
    finally:
        journal.close()


def _known(path: Path) -> Checkpoint:
    """A model that was exported.

    Raises:
        ValueError: It is missing or none.
    """
    from sketchstudio.model.checkpoint import ModelError, load_checkpoint

    try:
        return load_checkpoint(path)
    except ModelError as error:
        raise ValueError(error) from error


def train_judge(options: argparse.Namespace) -> int:
    """Train a recogniser on people's drawings, or go on from the last checkpoint in --out.

    It learns from the training split alone; what it names right of the other two is printed.
    """
    import torch

    from trainer.configuration import RunConfig
    from trainer.recogniser_training import train_recogniser
    from trainer.sketches import load

    if options.threads:
        torch.set_num_threads(options.threads)
    run = RunConfig.load(options.config)
    sketches = load(options.data, run.categories, run.model.get("max_points", 128))
    report = train_recogniser(sketches, options.out, options.steps, options.guesser)
    for part in ("valid", "test"):
        if part in report:
            print(f"{part}: {report[part]['named']:.2%} of {report[part]['sketches']} named right")
    print(f"wrote {options.out / 'recogniser.safetensors'}")
    return 0


def export_weights(options: argparse.Namespace) -> int:
    """Write a run's averaged weights in half precision, with codes that stand for each category.

    The codes are those of training drawings, hence DATA. OUT.sha256 is written too. A
    .safetensors file instead of a checkpoint is written anew, with other guessers.
    """
    from sketchstudio.model.config import ModelConfig
    from trainer.export import export, renew
    from trainer.loop import read_checkpoint
    from trainer.recogniser import Recogniser
    from trainer.sketches import load

    guessers = tuple(Recogniser.load(path)[0] for path in options.guesser)
    if options.checkpoint.suffix == ".safetensors":
        config = _known(options.checkpoint).network.config
        sketches = load(options.data, config.categories, config.max_points)
        training = renew(options.checkpoint, sketches, options.out, guessers)
    else:
        saved = read_checkpoint(options.checkpoint)
        config = ModelConfig.from_dict(saved["model_config"])
        sketches = load(options.data, config.categories, config.max_points)
        training = export(saved, sketches, options.out, guessers)
    losses = " ".join(f"{key} {value:.4f}" for key, value in training["validation"].items())
    print(f"wrote {options.out}, step {training['steps']}: {losses}")
    return 0


def refine_weights(options: argparse.Namespace) -> int:
    """Let a copy of MODEL learn from its own best drawings; the model stays as it is.

    It redraws and completes drawings of DATA several times each, and learns to draw at once what
    it likes best by its own guess. OUT is written after each round.
    """
    import torch
    from tqdm import tqdm

    from trainer.export import write_weights
    from trainer.refining import Refiner, Refining, about_refined
    from trainer.sketches import load

    if options.threads:
        torch.set_num_threads(options.threads)
    changes = {
        key: value
        for key in ("rounds", "drawings", "steps")
        if (value := getattr(options, key)) is not None
    }
    refining = replace(Refining(), **changes)
    known = _known(options.model)
    config = known.network.config
    sketches = load(options.data, config.categories, config.max_points)
    refiner = Refiner(known, sketches["train"], refining)
    for number in range(1, refining.rounds + 1):
        total = refining.drawings + refining.steps
        with tqdm(total=total, desc=f"round {number}", dynamic_ncols=True) as bar:
            done = refiner.round(bar.update, bar.update)
        about = about_refined(options.model, refiner, sketches["valid"])
        write_weights(refiner.result(), about, options.out)
        liked = done.liked
        print(
            f"round {number}: scores of first candidates {liked.first:.3f}, of the best "
            f"{liked.best:.3f}, {liked.ended:.1%} ended; {len(liked.pairs)} pairs, of which "
            f"{done.agreed:.1%} are agreed on now; people's nll {done.nll:.3f}"
            + (f"; {done.skipped} steps without a number skipped" if done.skipped else ""),
            flush=True,
        )
    print(f"wrote {options.out}")
    return 0


def evaluate_models(options: argparse.Namespace) -> int:
    """Measure models on people's held-out drawings: do they redraw, heal and complete them?

    Prints a table of all models with what its figures mean; OUT gets it as Markdown and JSON, and
    for each model contact sheets, blends, cartoons redrawn and, where scikit-learn is installed,
    a t-SNE map of the codes.
    """
    from sketchstudio.model.checkpoint import ModelError, load_checkpoint
    from trainer.evaluation.evaluate import evaluate
    from trainer.evaluation.held_out import Settings
    from trainer.sketches import load

    settings = Settings(
        options.per_category, options.temperature, options.candidates, split=options.split
    )
    try:
        config = load_checkpoint(options.models[0]).network.config
        sketches = load(options.data, config.categories, config.max_points)
        print(evaluate(options.models, sketches, options.recogniser, options.out, settings))
    except ModelError as error:
        raise ValueError(error) from error
    return 0


def bench_training(options: argparse.Namespace) -> int:
    """Measure sketches a second, beside a plain trainer and a bare LSTM.

    The plain trainer is sketch-rnn in PyTorch, written to be short: every sketch is padded to the
    longest there is in DATA, where a prepared folder lacks the long ones. The bare LSTM has the
    decoder's size and our batches' shapes. They take turns, so that the ratios hold on a busy
    machine too.
    """
    import json

    import torch

    from trainer.bench import bench, table
    from trainer.configuration import RunConfig
    from trainer.sketches import load

    if options.threads:
        torch.set_num_threads(options.threads)
    run = RunConfig.load(options.config)
    sketches = load(options.data, run.categories, ANY_LENGTH)["train"]
    result = bench(run, sketches, _device(options.device), options.rounds)
    print(json.dumps(result) if options.json else table(result))
    return 0


def prepare_data(options: argparse.Namespace) -> int:
    """Stream .ndjson, .npz and .bin files, also .gz ones, into arrays that are read from disk.

    Memory stays the same however large .ndjson and .bin files are; an .npz is read a set at a time.
    What is no drawing is counted, named in OUT/skipped.txt and left out. Interrupt at any time: the
    same command goes on with the files that were not done.
    """
    from tqdm import tqdm

    from trainer.prepare import default_workers, prepare, sources

    files = sources(options.sources, options.categories)
    total = sum(path.stat().st_size for path in files)
    with tqdm(total=total, unit="B", unit_scale=True, dynamic_ncols=True) as bar:

        def done(path: Path, part: dict[str, Any]) -> None:
            bar.set_postfix_str(f"{path.name}, {part['skipped']} skipped", refresh=False)
            bar.update(path.stat().st_size)

        workers = options.workers or default_workers()
        about = prepare(files, options.out, options.max_points, workers, done)
    counts = ", ".join(f"{count:,} {split}" for split, count in about["sketches"].items())
    print(f"{len(about['categories'])} categories: {counts}")
    named = f"; see {options.out / 'skipped.txt'}" if about["skipped"] else ""
    print(f"{about['skipped']} lines skipped{named}")
    return 0


def download_data(options: argparse.Namespace) -> int:
    """Fetch files of the official data set (50 million drawings, CC BY 4.0, by Google, Inc.).

    Interrupt at any time: the same command goes on where each file ended. Sizes are checked.
    """
    from tqdm import tqdm

    from trainer.download import OFFICIAL, download

    for name in options.categories:
        with tqdm(unit="B", unit_scale=True, dynamic_ncols=True, desc=name) as bar:

            def progress(done: int, total: int | None, bar: tqdm[Any] = bar) -> None:
                bar.total = total
                bar.update(done - bar.n)

            path = download(name, options.out, options.format, options.base or OFFICIAL, progress)
        print(f"{path}: {path.stat().st_size:,} bytes")
    return 0


def teach_categories(options: argparse.Namespace) -> int:
    """Teach a copy of the model each NAME, from a few drawings of DATA; the model stays as it is.

    OUT gets NAME.safetensors. What the model draws itself is its rehearsal: none of the drawings
    that it was trained on are needed. --measure needs them, to tell what was forgotten, and a judge
    that names old and new: it learns the new from those drawings of DATA that are not taught.
    """
    import torch

    from sketchstudio.model.checkpoint import ModelError, load_checkpoint
    from sketchstudio.model.practice import Exercise
    from sketchstudio.model.studio import Studio, available_models
    from trainer import teach
    from trainer.evaluation.held_out import HeldOut
    from trainer.recogniser import Recogniser
    from trainer.sketches import load

    if options.threads:
        torch.set_num_threads(options.threads)
    model = options.model
    path = Path(model) if model.endswith(".safetensors") else available_models().get(model)
    if path is None:
        raise ValueError(f"no model {model!r}; give a .safetensors file or one of the shipped")
    try:
        known = load_checkpoint(path)
        config = known.network.config
        measures = (teach.TESTED + (options.judge is None)) if options.measure else 0
        drawings = load(options.data, options.names, config.max_points)
        new = teach.lessons(drawings, options.count, measures)
        judge = held_out = None
        if options.measure:
            old = load(options.data, config.categories, config.max_points)
            weights = Path(__file__).parent / "weights" / "recogniser.safetensors"
            judge, _ = Recogniser.load(options.judge or weights)
            if options.judge is None:
                judge = teach.judge_of(judge, old["train"], new, options.out)
                judge.save(options.out / "recogniser.safetensors", {})
            held_out = HeldOut(judge, old["test"], options.per_category)
            names = [held_out.categories[label] for label in held_out.labels]
            knew = teach.redrawn_right(judge, Studio(known), held_out.drawings, names)
        exercise = Exercise(steps=options.steps) if options.steps else Exercise()
        rows = {}
        for lesson in new:
            taught, row = teach.taught(known, lesson.name, lesson.taught, exercise)
            teach.write(taught, row, options.out / f"{lesson.name}.safetensors")
            if judge is not None and held_out is not None:
                studios = Studio(known), Studio(taught)
                row |= teach.measured(judge, *studios, lesson, held_out.drawings, names, knew)
            rows[lesson.name] = row
            print(f"{lesson.name}: {row}", flush=True)
        print(teach.report(rows, options.out))
    except ModelError as error:
        raise ValueError(error) from error
    return 0


def draw_shapes(options: argparse.Namespace) -> int:
    """Write a folder of drawings of eight shapes, made by code: nothing is downloaded.

    "train OUT --config shapes" trains a model on them in about five minutes on a CPU.
    """
    from trainer.shapes import write_shapes

    paths = write_shapes(options.out, options.count)
    print(f"{options.count} drawings each of {', '.join(path.stem for path in paths)}")
    return 0


def _device(wanted: str) -> str:
    import torch

    there = torch.cuda.is_available()
    if wanted == "cuda" and not there:
        raise ValueError("PyTorch finds no CUDA device here; take --device cpu")
    return wanted if wanted != "auto" else "cuda" if there else "cpu"
