"""A training by PyTorch, eager, on one thread. Reads lines of JSON: first the training, then `{"steps": n}` or
`{"values": true}`; answers each with a line, a sample with CPU and wall time in µs and the losses."""

import base64
import json
import resource
import sys
import time

import torch
import torch.nn.functional as F

torch.set_num_threads(1)


def tensor(data, shape=(-1,)):
    return torch.frombuffer(bytearray(base64.b64decode(data)), dtype=torch.float32).reshape(shape).clone()


def network(h, learned):
    for i in range(0, len(learned), 2):
        h = torch.addmm(learned[i + 1], h, learned[i])
        if i < len(learned) - 2:
            h = torch.relu(h)
    return h


def cnn(x, learned):
    first, first_bias, second, second_bias, *out = learned
    h = F.max_pool2d(torch.relu(F.conv2d(x, first, first_bias)), 2)
    h = F.max_pool2d(torch.relu(F.conv2d(h, second, second_bias)), 2)
    return network(h.reshape(h.shape[0], 256), out)


def channels_first(parameters):
    """Filters [o, c, 5, 5]; the rows of the last weight by channel first."""
    first, first_bias, second, second_bias, weight, bias = parameters
    weight = weight.reshape(4, 4, 16, 10).permute(2, 0, 1, 3).reshape(256, 10)
    filters = [f.permute(3, 2, 0, 1).contiguous() for f in (first, second)]
    return [filters[0], first_bias, filters[1], second_bias, weight.contiguous(), bias]


def answer(value):
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


work = json.loads(sys.stdin.readline())
parameters = [tensor(p["data"], p["shape"]) for p in work["parameters"]]
if work["kind"] == "cnn":
    parameters = channels_first(parameters)
learned = [p.requires_grad_() for p in parameters]
if work["optimiser"] == "adam":
    rule = torch.optim.Adam(learned, work["rate"], (work["beta1"], work["beta2"]), work["epsilon"])
else:
    rule = torch.optim.SGD(learned, work["rate"])
if work["kind"] == "adam":
    learned[0].grad = tensor(work["gradient"])
else:
    x = tensor(work["x"]["data"], work["x"]["shape"])
    if work["kind"] == "cnn":
        x = x.permute(0, 3, 1, 2).contiguous()
    label = torch.tensor(work["label"])
model = cnn if work["kind"] == "cnn" else network


def step():
    if work["kind"] == "adam":
        rule.step()
        return None
    rule.zero_grad()
    loss = F.cross_entropy(model(x, learned), label)
    loss.backward()
    rule.step()
    return loss.item()


answer({"ready": True})
for line in sys.stdin:
    question = json.loads(line)
    if "steps" in question:
        before, wall = cpu(), time.perf_counter()
        losses = [step() for _ in range(question["steps"])]
        answer({"time": 1e6 * (cpu() - before), "wall": 1e6 * (time.perf_counter() - wall), "losses": losses})
    else:
        answer(learned[0].detach().flatten().tolist())
