"""Training that knows of int8 (Jacob et al. 2018): layers that round as the exported graph does.

The export keeps weights in int8, one scale an output, and rounds activations to 256 steps between
their least and greatest (zero among them) as they come. Gradients pass as if nothing were rounded.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class Linear(nn.Linear):
    """A linear layer that rounds its input and weights while it trains, once told to."""

    rounded = False

    def forward(self, x: Tensor) -> Tensor:
        """As ``nn.Linear``."""
        if not (self.rounded and self.training):
            return super().forward(x)
        return F.linear(_through(x, activations(x)), _through(self.weight, weights(self.weight)),
                        self.bias)  # fmt: skip


def round_from_now(model: nn.Module) -> None:
    """Every such layer of the model rounds from now on."""
    for module in model.modules():
        if isinstance(module, Linear):
            module.rounded = True


@torch.no_grad()
def activations(x: Tensor) -> Tensor:
    """``x`` on 256 steps over its range, zero among them."""
    low, high = x.amin().clamp(max=0).float(), x.amax().clamp(min=0).float()
    step = ((high - low) / 255).clamp(min=1e-8)
    zero = torch.round(-low / step)
    rounded = (torch.round(x / step) + zero).clamp(0, 255) - zero
    return (rounded * step).to(x.dtype)


@torch.no_grad()
def weights(weight: Tensor) -> Tensor:
    """``weight`` (outputs, inputs) on 255 steps an output, zero in the middle."""
    step = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
    return torch.round(weight / step).clamp(-127, 127) * step


def _through(x: Tensor, rounded: Tensor) -> Tensor:
    return x + (rounded - x).detach()
