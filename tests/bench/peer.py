"""The works of `lab bench`, done by PyTorch: one JSON line {"work", "threads", "ms"} for each.

Usage: python3 peer.py THREADS [WORK ...]

Each work is described beside its twin in mechanics.bench; shapes, precision and what counts as one unit of work are the same
there. A time is the median over repetitions that fill about SECONDS, after a warm-up.
"""
import json
import statistics
import sys
import time

import torch
from torch import nn

SECONDS = 3.0


def median_ms(step, batch=1):
    """The median time of one step in ms; `batch` steps are timed together where one is too short for the clock."""
    for _ in range(3):
        step()
    times = []
    start = time.perf_counter()
    while len(times) < 5 or (time.perf_counter() - start < SECONDS and len(times) < 2000):
        begin = time.perf_counter()
        for _ in range(batch):
            step()
        times.append((time.perf_counter() - begin) / batch * 1e3)
    return statistics.median(times)


def mlp(widths, activation):
    layers = []
    for fan_in, fan_out in zip(widths, widths[1:]):
        layers += [nn.Linear(fan_in, fan_out), activation()]
    return nn.Sequential(*layers[:-1])


def half_mean_squared_error(outputs, targets):
    return 0.5 * ((outputs - targets) ** 2).sum() / len(outputs)


def descent(network, loss, rate):
    """One step of plain gradient descent, written with the fewest tensor operations that PyTorch offers."""
    parameters = list(network.parameters())

    def step():
        gradients = torch.autograd.grad(loss(), parameters)
        with torch.no_grad():
            torch._foreach_add_(parameters, gradients, alpha=-rate)

    return step


def work_a():
    """Full-batch step, MLP 3072-200-200-10, tanh, ½ mean squared error, n = 5,000."""
    network = mlp([3072, 200, 200, 10], nn.Tanh)
    x, y = torch.randn(5000, 3072), torch.randn(5000, 10)
    return median_ms(descent(network, lambda: half_mean_squared_error(network(x), y), 1e-4))


def work_b():
    """Full-batch step, two-layer ReLU network, d = 2, 1,000 neurons, n = 20."""
    network = mlp([2, 1000, 1], nn.ReLU)
    x, y = torch.randn(20, 2), torch.randn(20, 1)
    return median_ms(descent(network, lambda: half_mean_squared_error(network(x), y), 1e-4), batch=100)


def work_c():
    """Step on a batch of 32, MLP 64-256-256-10, ReLU, cross-entropy."""
    network = mlp([64, 256, 256, 10], nn.ReLU)
    x, y = torch.randn(32, 64), torch.randint(10, (32,))
    cross_entropy = nn.CrossEntropyLoss()
    return median_ms(descent(network, lambda: cross_entropy(network(x), y), 1e-4), batch=50)


def convolution():
    """Step on a batch of 64 images 1×28×28: conv 3×3 to 16, tanh, mean pool 2, conv 3×3 to 32, tanh, mean pool 2, dense 10."""
    network = nn.Sequential(nn.Conv2d(1, 16, 3, padding=1), nn.Tanh(), nn.AvgPool2d(2),
                            nn.Conv2d(16, 32, 3, padding=1), nn.Tanh(), nn.AvgPool2d(2),
                            nn.Flatten(), nn.Linear(32 * 49, 10))
    x, y = torch.randn(64, 1, 28, 28), torch.randint(10, (64,))
    cross_entropy = nn.CrossEntropyLoss()
    return median_ms(descent(network, lambda: cross_entropy(network(x), y), 1e-4), batch=3)


class Attention(nn.Module):
    """Causal multi-head self-attention, without dropout."""

    def __init__(self, width, heads, context):
        super().__init__()
        self.heads = heads
        self.query_key_value = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.register_buffer("mask", torch.triu(torch.full((context, context), float("-inf")), 1))

    def forward(self, x):
        batch, tokens, width = x.shape
        q, k, v = self.query_key_value(x).view(batch, tokens, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(q @ k.transpose(-1, -2) * (width // self.heads) ** -0.5 + self.mask, -1)
        return self.out((weights @ v).transpose(1, 2).reshape(batch, tokens, width))


class Block(nn.Module):
    """Pre-norm transformer block: attention, then a two-layer GELU network of four times the width."""

    def __init__(self, width, heads, context):
        super().__init__()
        self.attention = nn.Sequential(nn.LayerNorm(width), Attention(width, heads, context))
        self.feed_forward = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x):
        x = x + self.attention(x)
        return x + self.feed_forward(x)


class Transformer(nn.Module):
    def __init__(self, vocabulary, context, width, heads, depth):
        super().__init__()
        self.tokens = nn.Embedding(vocabulary, width)
        self.positions = nn.Parameter(torch.randn(context, width) * 0.02)
        self.blocks = nn.Sequential(*[Block(width, heads, context) for _ in range(depth)])
        self.readout = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, vocabulary))

    def forward(self, x):
        return self.readout(self.blocks(self.tokens(x) + self.positions))


def transformer():
    """Step on 16 sequences of 64 tokens, vocabulary 96, 2 blocks, width 64, 4 heads, next-token cross-entropy."""
    network = Transformer(96, 64, 64, 4, 2)
    x, y = torch.randint(96, (16, 64)), torch.randint(96, (16 * 64,))
    cross_entropy = nn.CrossEntropyLoss()
    return median_ms(descent(network, lambda: cross_entropy(network(x).view(-1, 96), y), 1e-4), batch=3)


def hessian_vector(network, loss):
    """v ↦ Hv by a second backward pass through a kept graph of the gradient: the graph is built once."""
    parameters = list(network.parameters())
    gradients = torch.autograd.grad(loss(), parameters, create_graph=True)

    def product(vectors):
        return torch.autograd.grad(gradients, parameters, vectors, retain_graph=True)

    return parameters, product


def hvp():
    """Hessian-vector product on work A's network and data; PyTorch's time is that of one product with the graph kept."""
    network = mlp([3072, 200, 200, 10], nn.Tanh)
    x, y = torch.randn(5000, 3072), torch.randn(5000, 10)
    parameters, product = hessian_vector(network, lambda: half_mean_squared_error(network(x), y))
    vectors = [torch.randn_like(p) for p in parameters]
    return median_ms(lambda: product(vectors))


def top_eigenvalue():
    """Largest Hessian eigenvalue to 1e-3 from a cold start (ARPACK's Lanczos): MLP 784-200-200-10, tanh, n = 1,000."""
    import numpy
    from scipy.sparse.linalg import LinearOperator, eigsh

    network = mlp([784, 200, 200, 10], nn.Tanh)
    x, y = torch.randn(1000, 784), torch.nn.functional.one_hot(torch.randint(10, (1000,)), 10).float()
    size = sum(p.numel() for p in network.parameters())

    def step():
        parameters, product = hessian_vector(network, lambda: half_mean_squared_error(network(x), y))

        def apply(v):
            chunks = torch.from_numpy(v.astype(numpy.float32).ravel()).split([p.numel() for p in parameters])
            result = product([c.view_as(p) for c, p in zip(chunks, parameters)])
            return torch.cat([r.reshape(-1) for r in result]).numpy()

        eigsh(LinearOperator((size, size), matvec=apply, dtype=numpy.float32), k=1, which="LA", tol=1e-3, return_eigenvectors=False)

    return median_ms(step)


def tangent_kernel():
    """Empirical tangent kernel of 1,000 inputs, MLP 784-200-200-1, tanh: the faster of a loop and functorch's vmap."""
    network = mlp([784, 200, 200, 1], nn.Tanh)
    x = torch.randn(1000, 784)
    parameters = list(network.parameters())

    def loop():
        outputs = network(x)
        rows = []
        for i in range(len(x)):
            gradients = torch.autograd.grad(outputs[i, 0], parameters, retain_graph=True)
            rows.append(torch.cat([g.reshape(-1) for g in gradients]))
        jacobian = torch.stack(rows)
        return jacobian @ jacobian.T

    times = []
    try:
        import functorch
        f, values = functorch.make_functional(network)
        per_sample = functorch.vmap(functorch.grad(lambda p, z: f(p, z.unsqueeze(0))[0, 0]), (None, 0))

        def vmapped():
            kernel = torch.zeros(len(x), len(x))
            for g in per_sample(values, x):
                flat = g.reshape(len(x), -1)
                kernel += flat @ flat.T
            return kernel

        times.append(median_ms(vmapped))
    except (ImportError, RuntimeError):
        pass
    times.append(median_ms(loop))
    return min(times)


def kernel_regression():
    """Kernel ridge regression with a Gaussian kernel, n = 4,000, d = 64, float64: kernel, Cholesky, solve."""
    x, y = torch.randn(4000, 64, dtype=torch.float64), torch.randn(4000, 1, dtype=torch.float64)

    def step():
        kernel = torch.exp(torch.cdist(x, x) ** 2 * (-1 / 128))
        kernel.diagonal().add_(1e-3)
        torch.cholesky_solve(y, torch.linalg.cholesky(kernel))

    return median_ms(step)


WORKS = {"A": work_a, "B": work_b, "C": work_c, "convolution": convolution, "transformer": transformer,
         "hessian-vector": hvp, "top-eigenvalue": top_eigenvalue, "tangent-kernel": tangent_kernel,
         "kernel-regression": kernel_regression}


def main(arguments):
    threads = int(arguments[0])
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    for name in arguments[1:] or WORKS:
        print(json.dumps({"work": name, "threads": threads, "ms": WORKS[name]()}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
