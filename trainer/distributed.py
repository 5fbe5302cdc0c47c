"""One training run by several processes: each has a part of every batch, all the same weights."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import torch
import torch.distributed
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class Group:
    """The processes of a run; by default this one alone.

    Attributes:
        rank: Which of them this is.
        size: How many there are.
        device: Where this one computes.
    """

    rank: int = 0
    size: int = 1
    device: str = "cpu"

    @property
    def leads(self) -> bool:
        """Whether this process is the one that writes, validates and shows progress."""
        return self.rank == 0

    def part(self, count: int) -> slice:
        """This process's sketches of a batch of ``count``."""
        return slice(count * self.rank // self.size, count * (self.rank + 1) // self.size)

    def total(self, values: Sequence[float]) -> list[float]:
        """Sums over all processes, which all get; each must call it as often as the others."""
        if self.size == 1:
            return [float(value) for value in values]
        sums = torch.tensor(values, dtype=torch.float64, device=self.device)
        torch.distributed.all_reduce(sums)
        return [float(value) for value in sums.tolist()]

    def any(self, value: bool) -> bool:
        """Whether any process says so."""
        return value if self.size == 1 else self.total([value])[0] > 0

    def shared(self, network: nn.Module) -> nn.Module:
        """The network to train with: gradients are averaged over the processes."""
        if self.size == 1:
            return network
        for module in network.modules():
            for name, child in module.named_children():
                if isinstance(child, nn.BatchNorm2d):
                    setattr(module, name, SharedBatchNorm.of(child))
        # Its buffers are equal already: all processes normalise by the same statistics.
        return nn.parallel.DistributedDataParallel(network, broadcast_buffers=False)


@contextmanager
def processes(device: str) -> Iterator[Group]:
    """Meet the other processes that ``torchrun`` has started, over gloo or, with CUDA, nccl.

    Nothing that was made with the group may be kept beyond.
    """
    size = int(os.environ.get("WORLD_SIZE", "1"))
    if size == 1:
        yield Group(device=device)
        return
    if device == "cuda":
        device = f"cuda:{os.environ.get('LOCAL_RANK', '0')}"
        torch.cuda.set_device(device)
    torch.distributed.init_process_group("nccl" if device.startswith("cuda") else "gloo")
    try:
        yield Group(torch.distributed.get_rank(), size, device)
        torch.distributed.barrier()  # none hangs up while another still listens
    finally:
        # The shared network holds the group, whose threads must end before the interpreter does:
        # one of gloo's that lets go of a tensor while Python ends aborts the process.
        gc.collect()
        torch.distributed.destroy_process_group()


class SharedBatchNorm(nn.BatchNorm2d):
    """Batch normalisation by the statistics of all processes' sketches together.

    Each process's own would make the curve depend on how many there are. PyTorch's SyncBatchNorm
    does this on CUDA alone; this one does on any device, with the same parameters.
    """

    @classmethod
    def of(cls, norm: nn.BatchNorm2d) -> SharedBatchNorm:
        """The same normalisation with the same parameters, shared."""
        shared = cls(norm.num_features, norm.eps, norm.momentum or 0.1)
        shared.weight, shared.bias = norm.weight, norm.bias
        for name, buffer in norm.named_buffers():
            setattr(shared, name, buffer)
        return shared

    def forward(self, features: Tensor) -> Tensor:
        """Normalised features (B, C, H, W)."""
        if not self.training:
            return super().forward(features)
        exact = features.float()
        own = features.numel() / features.shape[1]
        sums = torch.stack([exact.sum((0, 2, 3)), (exact * exact).sum((0, 2, 3))])
        sums = torch.cat([sums.flatten(), sums.new_tensor([own])])
        sums = _summed(sums)
        number = sums[-1].detach()
        mean, square = (sums[:-1] / number).chunk(2)
        variance = (square - mean * mean).clamp(min=0)
        with torch.no_grad():
            assert self.running_mean is not None
            assert self.running_var is not None
            assert self.num_batches_tracked is not None
            rate = self.momentum or 0.1
            self.running_mean.lerp_(mean, rate)
            self.running_var.lerp_(variance * number / (number - 1), rate)
            self.num_batches_tracked += 1
        scale = self.weight * torch.rsqrt(variance + self.eps)
        normal = exact * scale[:, None, None] + (self.bias - mean * scale)[:, None, None]
        return normal.to(features.dtype)


def _summed(values: Tensor) -> Tensor:
    total: Tensor = _Sum.apply(values)  # type: ignore[no-untyped-call]
    return total


class _Sum(torch.autograd.Function):
    """Sum over all processes, and of the gradients on the way back."""

    @staticmethod
    def forward(ctx: Any, values: Tensor) -> Tensor:
        total = values.clone()
        torch.distributed.all_reduce(total)
        return total

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        total = gradient.clone()
        torch.distributed.all_reduce(total)
        return total
