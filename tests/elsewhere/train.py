"""Trains two small networks outside of Java and exports them: weights as safetensors, activations as NPZ.

Run it from anywhere with a Python that has NumPy; if PyTorch is there too, PyTorch trains. The files below datasets/elsewhere
were written by NumPy alone.
"""

import gzip
import json
import struct
from pathlib import Path

import numpy as np

try:
    import torch
except ImportError:
    torch = None

DATASETS = Path(__file__).resolve().parents[2] / "datasets"
SHAPES = ((784, 64), (64, 64), (64, 10))
RATE, BATCH, EPOCHS = 0.1, 50, 8


def images(name):
    with gzip.open(DATASETS / "fashion-mnist" / f"{name}-images-idx3-ubyte.gz") as file:
        pixels = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 784).astype("f4") / 255
    with gzip.open(DATASETS / "fashion-mnist" / f"{name}-labels-idx1-ubyte.gz") as file:
        return pixels, np.frombuffer(file.read(), np.uint8, offset=8).astype("i8")


def forward(x, weights):
    """The activations of the hidden layers and the scores."""
    layers = [x]
    for w in weights[:-1]:
        layers.append(np.maximum(layers[-1] @ w, 0))
    return layers[1:], layers[-1] @ weights[-1]


def gradients(x, labels, weights):
    hidden, scores = forward(x, weights)
    scores = np.exp(scores - scores.max(1, keepdims=True))
    delta = scores / scores.sum(1, keepdims=True)
    delta[np.arange(len(x)), labels] -= 1
    delta /= len(x)
    result = []
    for below, w in zip(reversed([x, *hidden]), reversed(weights)):
        result.append(below.T @ delta)
        delta = (delta @ w.T) * (below > 0)
    return result[::-1]


def by_numpy(x, labels, weights, order):
    for batch in order:
        for w, g in zip(weights, gradients(x[batch], labels[batch], weights)):
            w -= RATE * g
    return weights


def by_torch(x, labels, weights, order):
    weights = [torch.tensor(w, requires_grad=True) for w in weights]
    optimizer = torch.optim.SGD(weights, lr=RATE)
    for batch in order:
        values = torch.tensor(x[batch])
        for w in weights[:-1]:
            values = torch.relu(values @ w)
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(values @ weights[-1], torch.tensor(labels[batch])).backward()
        optimizer.step()
    return [w.detach().numpy() for w in weights]


def trained(seed, x, labels):
    generator = np.random.default_rng(seed)
    weights = [generator.normal(0, np.sqrt(2 / shape[0]), shape).astype("f4") for shape in SHAPES]
    order = [batch for _ in range(EPOCHS) for batch in generator.permutation(len(x)).reshape(-1, BATCH)]
    return (by_torch if torch else by_numpy)(x, labels, weights, order)


def save_safetensors(path, tensors):
    header, data = {"__metadata__": {"trained_by": "PyTorch" if torch else "NumPy"}}, b""
    for name, tensor in tensors.items():
        bytes_ = np.ascontiguousarray(tensor, "<f4").tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(data), len(data) + len(bytes_)]}
        data += bytes_
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def main():
    x, labels = images("train10k")
    test, truth = images("test5k")
    arrays = {"labels": truth[::25]}
    for name, seed in (("first", 1), ("second", 2)):
        weights = trained(seed, x, labels)
        hidden, scores = forward(test, weights)
        print(f"{name}: {np.mean(scores.argmax(1) == truth):.3f} of the test images right")
        arrays |= {f"{name}.hidden{i}": layer[::25] for i, layer in enumerate(hidden, 1)}
        if name == "first":
            save_safetensors(DATASETS / "elsewhere" / "first.safetensors", {f"layer{i}.weight": w.T for i, w in enumerate(weights, 1)})
    np.savez_compressed(DATASETS / "elsewhere" / "activations.npz", **arrays)


if __name__ == "__main__":
    (DATASETS / "elsewhere").mkdir(exist_ok=True)
    main()
