"""Training that rounds as the exported graph does."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")
from training.rounding import Linear, activations, round_from_now, weights  # noqa: E402


def test_weights_keep_to_255_steps_an_output() -> None:
    weight = torch.randn(5, 400) * torch.tensor([[0.01], [1.0], [3.0], [10.0], [0.0]])
    rounded = weights(weight)
    steps = weight.abs().amax(1, keepdim=True) / 127
    assert torch.all((rounded - weight).abs() <= steps / 2 + 1e-6)
    assert all(len(set(row.tolist())) <= 255 for row in rounded)


def test_activations_keep_zero_and_256_steps() -> None:
    x = torch.cat([torch.zeros(1), torch.randn(5000) + 0.5])
    rounded = activations(x)
    assert rounded[0] == 0
    assert len(set(rounded.tolist())) <= 256
    assert (rounded - x).abs().max() <= (x.max() - x.min()) / 255


def test_a_layer_rounds_only_once_told_and_only_while_it_trains() -> None:
    layer, x = Linear(8, 4), torch.randn(3, 8)
    plain = layer(x)
    round_from_now(layer)
    assert not torch.equal(layer(x), plain)
    assert torch.equal(layer.eval()(x), plain)


def test_gradients_pass_as_if_nothing_were_rounded() -> None:
    layer, x = Linear(8, 4), torch.randn(3, 8)
    round_from_now(layer)
    layer(x).sum().backward()
    assert torch.allclose(layer.weight.grad, activations(x).sum(0).expand(4, 8), atol=1e-5)
