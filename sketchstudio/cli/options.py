"""What each command takes, and what it may be."""

from __future__ import annotations

import argparse
import inspect
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

from sketchstudio.bench import BENCHES
from sketchstudio.cli.commands import COMMANDS
from sketchstudio.cli.converting import add_arguments as add_convert_arguments
from sketchstudio.cli.errors import CommandError
from sketchstudio.cli.teaching import PRACTICE_STEPS
from sketchstudio.cli.values import between, share, whole
from sketchstudio.core.sampling import Sampling
from sketchstudio.formats.sketch_files import READABLE, WRITABLE


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        raise CommandError(f"{message} (see '{self.prog} --help')")


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands; what it finds wrong it raises as `CommandError`."""
    parser = _Parser(prog="sketchstudio", description="Draw together with a neural network.")
    subparsers = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)
    commands: dict[str, argparse.ArgumentParser] = {}
    for name, run in COMMANDS.items():
        doc = inspect.cleandoc(run.__doc__ or "")
        command = subparsers.add_parser(name, help=doc.splitlines()[0], description=doc)
        command.set_defaults(run=run)
        commands[name] = command

    sketches = f"a file of drawings ({', '.join(READABLE)})"
    anywhere = f"where to write ({', '.join(WRITABLE)})"
    for name in ("redraw", "complete", "guess", "encode"):
        commands[name].add_argument("input", metavar="IN", type=Path, help=sketches)
    add_convert_arguments(commands["convert"])
    for name in ("redraw", "complete", "blend", "generate", "encode"):
        commands[name].add_argument(
            "-o",
            "--output",
            metavar="OUT",
            type=Path,
            required=True,
            help="the .npz file to write" if name == "encode" else anywhere,
        )
    commands["complete"].add_argument(
        "--category",
        metavar="NAME|auto",
        default="auto",
        help="what they shall become; auto: whatever the strokes suggest (default)",
    )
    commands["complete"].add_argument(
        "--keep",
        metavar="FRACTION",
        type=share,
        default=Decimal(1),
        help="go on from this share of the points, rounded up, over 0 to 1 (default 1: from all)",
    )
    add = commands["blend"].add_argument
    add("--from", dest="a", metavar="NAME", required=True, help="category of the first step")
    add("--to", dest="b", metavar="NAME", required=True, help="category of the last step")
    count = "drawings, both ends included (default 9; of an animation 20 a second)"
    add("--steps", metavar="N", type=whole(2, 1000), help=count)
    add(
        "--beyond",
        metavar="SHARE",
        type=between(0, 2, "share"),
        default=0.0,
        help="go on so far past both ends",
    )
    add("--straight", action="store_true", help="along a line, not the sphere codes lie on")
    add("--animate", action="store_true", help="write a morph, as .gif, .webp or .svg")
    add(
        "--seconds",
        metavar="S",
        type=between(0.2, 30, "number of seconds"),
        default=3.0,
        help="of it, one way (default 3)",
    )
    add("--once", action="store_true", help="do not play it back again")
    add = commands["generate"].add_argument
    add("--category", metavar="NAME", required=True, help="what to draw")
    add(
        "-n",
        dest="count",
        metavar="N",
        type=whole(1, 1_000_000),
        default=1,
        help="how many (default 1)",
    )
    for name in ("redraw", "complete"):
        commands[name].add_argument(
            "--candidates",
            metavar="K",
            type=whole(1, 64),
            default=1,
            help="draw K of each and keep the best (default 1)",
        )
    for name in ("redraw", "complete", "blend", "generate"):
        commands[name].add_argument(
            "--temperature",
            metavar="T",
            type=between(0, 2, "temperature"),
            default=Sampling().temperature,
            help="0 (the likeliest line) to 1 (as varied as people) or over (default %(default)s)",
        )
        commands[name].add_argument(
            "--seed",
            metavar="N",
            type=whole(0, 2**32 - 1),
            default=Sampling().seed,
            help=(
                "of the random numbers; the same seed draws the same (default %(default)s)"
                if name == "blend"
                else "of the first drawing; each next one has one more (default %(default)s)"
            ),
        )
    commands["bench"].add_argument("what", choices=BENCHES, help="what to measure")
    commands["bench"].add_argument("--json", action="store_true", help="print JSON, for scripts")
    commands["install-desktop"].add_argument(
        "--remove", action="store_true", help="take the files back"
    )
    add = commands["teach"].add_argument
    add("input", metavar="IN", type=Path, help=f"drawings of it, {sketches}")
    add("-o", "--output", metavar="OUT", type=Path, required=True, help="a .safetensors file")
    add("--name", metavar="NAME", required=True, help="what they are drawings of")
    add(
        "--steps",
        metavar="N",
        type=whole(0, 5000),
        default=PRACTICE_STEPS,
        help="of practice (default %(default)s)",
    )
    add("--reports", action="store_true", help=argparse.SUPPRESS)  # for the app, which drives it
    for name in COMMANDS.keys() - {"convert", "bench", "install-desktop"}:
        commands[name].add_argument(
            "--model", metavar="NAME", default="studio", help="which weights (default %(default)s)"
        )
        if name == "teach":  # on the CPU, like the tests of it
            continue
        commands[name].add_argument(
            "--device",
            choices=("auto", "cpu", "cuda", "mps"),
            default="auto",
            help="where the model runs (default %(default)s)",
        )
    return parser
