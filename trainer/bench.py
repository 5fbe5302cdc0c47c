"""How fast training is, beside a plain trainer and beside what the machine can do.

What the machine can do is a bare LSTM, in float32 and in the precision that ours computes in. All
run in turns in one process, so that a busy machine slows them alike.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from sketchstudio.core.sketch_codec import to_stroke5
from trainer.configuration import RunConfig
from trainer.distributed import Group
from trainer.loop import Trainer, has_fast_bf16, keep_freed_memory
from trainer.sketches import Sketches

MIXTURES = 20
CODE = 128


class PlainSketchRNN(nn.Module):
    """sketch-rnn as it is commonly written in PyTorch, to compare with: everything is padded.

    Bidirectional LSTM-256, LSTM-512, densities of the mixture multiplied and then summed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.LSTM(5, 256, batch_first=True, bidirectional=True)
        self.mean, self.presigma = nn.Linear(512, CODE), nn.Linear(512, CODE)
        self.state = nn.Linear(CODE, 1024)
        self.decoder = nn.LSTM(5 + CODE, 512, batch_first=True)
        self.output = nn.Linear(512, 6 * MIXTURES + 3)

    def forward(self, strokes: Tensor) -> Tensor:
        """The loss of sketches (B, Nmax + 1, 5) that begin with the start token."""
        _, (states, _) = self.encoder(strokes[:, 1:])
        features = torch.cat([states[0], states[1]], dim=1)
        mean, presigma = self.mean(features), self.presigma(features)
        code = mean + torch.exp(presigma / 2) * torch.randn_like(mean)
        h, c = torch.tanh(self.state(code)).unsqueeze(0).chunk(2, dim=-1)
        spread = code.unsqueeze(1).expand(-1, strokes.shape[1] - 1, -1)
        fed = torch.cat([strokes[:, :-1], spread], dim=-1)
        drawn, _ = self.decoder(fed, (h.contiguous(), c.contiguous()))
        out = self.output(drawn)
        target = strokes[:, 1:]
        pi, mean_x, mean_y, sx, sy, rho = out[..., :-3].chunk(6, dim=-1)
        pi, sx, sy, rho = torch.softmax(pi, -1), torch.exp(sx), torch.exp(sy), torch.tanh(rho)
        x, y = (target[..., :1] - mean_x) / sx, (target[..., 1:2] - mean_y) / sy
        uncorrelated = 1 - rho**2
        density = torch.exp(-(x**2 + y**2 - 2 * rho * x * y) / (2 * uncorrelated))
        density = density / (2 * math.pi * sx * sy * torch.sqrt(uncorrelated))
        likelihood = torch.log((pi * density).sum(dim=-1) + 1e-5)
        offset = -(likelihood * (1 - target[..., 4])).mean()
        pen = cross_entropy(out[..., -3:].flatten(0, 1), target[..., 2:].argmax(-1).flatten())
        kl = -0.5 * (1 + presigma - mean**2 - torch.exp(presigma)).mean()
        loss: Tensor = offset + pen + 0.5 * kl
        return loss


class PlainTrainer:
    """Trains it on sketches drawn at random, each padded to the longest of all, in float32.

    On the way back through long padding gradients become denormal numbers, with which some CPUs
    are many times slower; a plain trainer takes no care of that.
    """

    def __init__(self, sketches: Sketches, offset_std: float, batch: int, device: str) -> None:
        self.longest = int(sketches.lengths.max())
        self._sketches, self._std, self._batch = sketches, offset_std, batch
        self._device = device
        self.network = PlainSketchRNN().to(device)
        self._optimiser = torch.optim.Adam(self.network.parameters(), 1e-3)
        self._rng = np.random.default_rng(1)

    def step(self) -> int:
        """Learn from one batch; the number of its sketches."""
        strokes = np.zeros((self._batch, self.longest + 2, 5), dtype=np.float32)
        strokes[:, 0, 2] = 1
        strokes[:, 1:, 4] = 1
        for padded, index in zip(
            strokes, self._rng.integers(len(self._sketches), size=self._batch), strict=True
        ):
            rows = to_stroke5(self._sketches.polylines(int(index)), self._std)
            padded[1 : len(rows) + 1] = rows
        self._optimiser.zero_grad()
        loss = self.network(torch.from_numpy(strokes).to(self._device))
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self._optimiser.step()
        return self._batch


def bench(
    run: RunConfig, sketches: Sketches, device: str, rounds: int = 5, steps: int = 8
) -> dict[str, Any]:
    """Rates of our trainer, of a plain one and of a bare LSTM, and their ratios.

    Args:
        run: What ours trains.
        sketches: Training sketches of any length; ours leaves out what its configuration does.
        device: ``cpu`` or ``cuda``.
        rounds: Turns of each.
        steps: Of ours and of the LSTM a turn; the plain trainer does one.
    """
    keep_freed_memory()
    most = run.model.get("max_points", 128)
    short = sketches.subset(np.flatnonzero(sketches.lengths <= most))
    splits = {"train": short, "valid": short.subset(np.arange(0))}
    ours = Trainer(run, splits, Path(), Group(device=device))
    config, size = ours.config, run.training.batch
    lstm = nn.LSTM(config.step_inputs + config.code, config.hidden, batch_first=True).to(device)
    plain = PlainTrainer(sketches, config.offset_std, size, device)
    batches = ours.stream.from_step(0, threads=1 if device == "cpu" else 6)
    waited = 0.0
    shapes: list[tuple[int, int]] = []

    def learn() -> int:
        nonlocal waited
        shapes.clear()
        for _ in range(steps):
            asked = time.perf_counter()
            batch = next(batches)
            waited += time.perf_counter() - asked
            shapes.append(batch.real.shape)
            ours.learn(batch)
            ours.step += 1
        return steps * size

    def forward_and_back(precision: Callable[[], AbstractContextManager[Any]]) -> int:
        for sketches_, length in shapes:
            lstm.zero_grad()
            inputs = torch.randn(sketches_, length, lstm.input_size, device=device)
            with precision():
                drawn = lstm(inputs)[0].sum()
            drawn.backward()
        return steps * size

    def timed(work: Callable[[], int]) -> tuple[int, float]:
        started = time.perf_counter()
        done = work()
        if device != "cpu":
            torch.cuda.synchronize()
        return done, time.perf_counter() - started

    bare: dict[str, Callable[[], AbstractContextManager[Any]]] = {"lstm": nullcontext}
    if has_fast_bf16(torch.device(device)):
        bare["lstm_bfloat16"] = ours.autocast
    works: dict[str, Callable[[], int]] = {
        "ours": learn,
        **{name: partial(forward_and_back, precision) for name, precision in bare.items()},
        "plain": plain.step,
    }
    for work in works.values():
        work()
    waited = 0.0
    done, seconds = dict.fromkeys(works, 0), dict.fromkeys(works, 0.0)
    try:
        for _ in range(rounds):
            for name, work in works.items():
                sketches_done, took = timed(work)
                done[name], seconds[name] = done[name] + sketches_done, seconds[name] + took
    finally:
        batches.close()
    rates = {name: done[name] / seconds[name] for name in works}
    return {
        "config": run.name,
        "device": device,
        "threads": torch.get_num_threads(),
        "batch": size,
        "padded_to": plain.longest,
        "sketches_per_second": {name: round(rate, 1) for name, rate in rates.items()},
        "over_plain": round(rates["ours"] / rates["plain"], 2),
        **{f"over_{name}": round(rates["ours"] / rates[name], 3) for name in bare},
        "waited": round(waited / seconds["ours"], 4),
    }


def table(result: dict[str, Any]) -> str:
    """The result of `bench` for people."""
    rates = result["sketches_per_second"]
    bare = {name: name.partition("_")[2] or "float32" for name in rates if "lstm" in name}
    return "\n".join(
        [
            f"{result['config']} on {result['device']}, {result['threads']} threads, "
            f"batches of {result['batch']}; sketches a second:",
            f"{rates['ours']:>10.1f}  this trainer",
            f"{rates['plain']:>10.1f}  plain sketch-rnn, float32, padded to {result['padded_to']}: "
            f"{result['over_plain']:.1f} times slower",
            *(
                f"{rates[name]:>10.1f}  bare LSTM, {precision}, forward and back, on the same "
                f"shapes: this trainer reaches {result[f'over_{name}']:.0%} of it"
                for name, precision in bare.items()
            ),
            f"{result['waited']:>10.1%}  of a step waited for the input pipeline",
        ]
    )
