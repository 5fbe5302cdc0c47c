"""``python -m trainer``: train a model, and what goes with it."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable
from pathlib import Path

from trainer import commands
from trainer.arguments import Parser, temperature, whole

Command = Callable[[argparse.Namespace], int]

DATA = "folder of .ndjson, .npz or .bin files, or one that prepare has written"

RESUMED = (
    commands.train_model,
    commands.train_judge,
    commands.prepare_data,
    commands.download_data,
)
"""Go on where they were stopped."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; errors a person can mend are one line on standard error."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # reports have signs that not all files take
    parser = Parser(prog="python -m trainer", description=__doc__)
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Command, line: str) -> argparse.ArgumentParser:
        added = subparsers.add_parser(name, help=line, description=run.__doc__)
        added.set_defaults(run=run)
        return added

    train = command(
        "train", commands.train_model, "train a model on a folder of Quick, Draw! files"
    )
    train.add_argument("data", type=Path, help=DATA)
    train.add_argument("--config", default="studio", help="a .toml file or a name (studio)")
    train.add_argument("--out", type=Path, default=Path("runs/studio"), help="checkpoint folder")
    train.add_argument(
        "--start",
        type=Path,
        metavar="MODEL",
        help="begin with the weights of a .safetensors file of export, not with random ones",
    )
    train.add_argument("--steps", type=whole(1), help="instead of the configured number")
    train.add_argument(
        "--batch", type=whole(1), help="sketches a step, instead of the configured number"
    )
    train.add_argument(
        "--patience", type=whole(0), metavar="N", help="end after N validations that were no better"
    )
    train.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda"))
    train.add_argument("--threads", type=whole(1), help="CPU threads (default: all cores)")
    recogniser = command(
        "recogniser", commands.train_judge, "train the judge that names drawings, for evaluate"
    )
    recogniser.add_argument("data", type=Path, help=DATA)
    recogniser.add_argument("--config", default="studio", help="whose categories: .toml or a name")
    recogniser.add_argument("--out", type=Path, default=Path("runs/recogniser"), help="folder")
    recogniser.add_argument(
        "--guesser",
        default="",
        choices=("pictures", "points"),
        help="train a guesser instead, which names unfinished drawings, too, by this; see export",
    )
    recogniser.add_argument("--steps", type=whole(1), help="instead of the usual number")
    recogniser.add_argument("--threads", type=whole(1), help="CPU threads (default: all cores)")
    export = command("export", commands.export_weights, "write the weights file that the app loads")
    export.add_argument(
        "checkpoint", type=Path, help="best.pt or last.pt of a training run, or a .safetensors file"
    )
    export.add_argument("data", type=Path, help="the folder of drawings it was trained on")
    export.add_argument("-o", "--out", type=Path, required=True, help="a .safetensors file")
    export.add_argument(
        "--guesser",
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="of recogniser --guesser, to ship with the model; one of each kind",
    )
    refine = command(
        "refine", commands.refine_weights, "let a copy of a model learn from its own best drawings"
    )
    refine.add_argument("model", type=Path, help="a .safetensors file of export")
    refine.add_argument("data", type=Path, help="the folder of drawings it was trained on")
    refine.add_argument("-o", "--out", type=Path, required=True, help="a .safetensors file")
    refine.add_argument("--rounds", type=whole(1), help="instead of the usual number")
    refine.add_argument("--drawings", type=whole(1), help="drawn in a round, likewise")
    refine.add_argument("--steps", type=whole(1), help="of a round, likewise")
    refine.add_argument("--threads", type=whole(1), help="CPU threads (default: all cores)")
    evaluate = command(
        "evaluate", commands.evaluate_models, "measure models on held-out drawings, side by side"
    )
    evaluate.add_argument("models", type=Path, nargs="+", metavar="MODEL", help=".safetensors")
    evaluate.add_argument("data", type=Path, help=DATA)
    evaluate.add_argument(
        "--recogniser",
        type=Path,
        default=Path(__file__).parent / "weights" / "recogniser.safetensors",
        help="the judge's .safetensors file (default: the one of the 42 studio categories)",
    )
    evaluate.add_argument("--out", type=Path, default=Path("runs/evaluation"), help="folder")
    evaluate.add_argument(
        "--per-category", type=whole(0), default=40, metavar="N", help="drawings of each; 0 for all"
    )
    evaluate.add_argument(
        "--split", default="test", choices=("test", "valid"), help="valid is there to choose by"
    )
    evaluate.add_argument(
        "--temperature", type=temperature, default=0.1, help="of all decodes (0.1)"
    )
    evaluate.add_argument(
        "--candidates", type=whole(1), default=8, metavar="K", help="of what is re-ranked (8)"
    )
    bench = command("bench", commands.bench_training, "measure how fast training is here")
    bench.add_argument("data", type=Path, help=DATA)
    bench.add_argument("--config", default="studio", help="what is trained: .toml or a name")
    bench.add_argument("--rounds", type=whole(1), default=5, help="turns of each (default: 5)")
    bench.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda"))
    bench.add_argument("--threads", type=whole(1), help="CPU threads (default: all cores)")
    bench.add_argument("--json", action="store_true", help="for scripts")
    prepare = command(
        "prepare",
        commands.prepare_data,
        "turn any number of drawings into a folder that train reads from disk",
    )
    prepare.add_argument(
        "sources", type=Path, nargs="+", metavar="SOURCE", help="Quick, Draw! files, or folders"
    )
    prepare.add_argument("--out", type=Path, required=True, help="folder, for train")
    prepare.add_argument("--categories", nargs="+", default=(), metavar="NAME", help="only these")
    prepare.add_argument(
        "--max-points", type=whole(1), default=128, metavar="N", help="leave out longer ones (128)"
    )
    prepare.add_argument("--workers", type=whole(1), help="processes (default: one a core)")
    download = command("download", commands.download_data, "fetch official Quick, Draw! categories")
    download.add_argument("categories", nargs="+", metavar="NAME", help='such as cat "light bulb"')
    download.add_argument("--out", type=Path, required=True, help="folder")
    download.add_argument(
        "--format", default="ndjson", choices=("ndjson", "npz", "bin"), help="(default: ndjson)"
    )
    download.add_argument("--base", metavar="URL", help="instead of the official address")
    teach = command(
        "teach",
        commands.teach_categories,
        "teach a copy of a model new categories, from a few drawings each",
    )
    teach.add_argument("data", type=Path, help="folder of Quick, Draw! files")
    teach.add_argument("names", nargs="+", metavar="NAME", help='such as owl "light bulb"')
    teach.add_argument("--out", type=Path, default=Path("runs/taught"), help="folder")
    teach.add_argument("--model", default="studio", help="a .safetensors file or a name (studio)")
    teach.add_argument(
        "--count", type=whole(3), default=50, metavar="N", help="drawings to teach by (50)"
    )
    teach.add_argument("--steps", type=whole(1), help="of practice, instead of the usual number")
    teach.add_argument(
        "--measure",
        action="store_true",
        help="also what the model knew before, and how well the new is drawn",
    )
    teach.add_argument(
        "--judge", type=Path, help="a recogniser of all of it (default: one is trained in --out)"
    )
    teach.add_argument(
        "--per-category", type=whole(1), default=40, metavar="N", help="old drawings of each (40)"
    )
    teach.add_argument("--threads", type=whole(1), help="CPU threads (default: all cores)")
    shapes = command("shapes", commands.draw_shapes, "draw shapes to try training on")
    shapes.add_argument("out", type=Path, help="folder")
    shapes.add_argument("-n", "--count", type=whole(1), default=1000, help="of each shape (1000)")
    options = argparse.Namespace(run=None)
    try:
        options = parser.parse_args(arguments)
        return int(options.run(options))
    except (OSError, ValueError) as error:
        print(f"trainer: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        resumes = options.run in RESUMED
        hint = "; the same command goes on where it was stopped" if resumes else ""
        print(f"stopped{hint}", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
