"""The yardstick: what the public sketch-rnn demo does for a point, in the JavaScript engine V8.

The demo runs in a browser: an LSTM of 512 units is multiplied out in plain loops, a row of weights
after the other. Where Node.js is installed, the same work is measured here and now; elsewhere the
time that was recorded stands for it.
"""

from __future__ import annotations

import json
import shutil
import subprocess

RECORDED = 1600.0
"""µs a point, of the public decoder itself in V8 on a machine of this kind."""

TIMEOUT = 60.0

_STEP = """
const [units, inputs, outputs, points] = process.argv.slice(1).map(Number);
const random = (count) => Float32Array.from({length: count}, () => Math.random() / 10 - 0.05);
const depth = inputs + units;
const gates = random(4 * units * depth), gateBias = random(4 * units);
const output = random(outputs * units), outputBias = random(outputs);
const fed = new Float32Array(depth), cell = new Float32Array(units);
const sums = new Float32Array(4 * units), parameters = new Float32Array(outputs);
const sigmoid = (x) => 1 / (1 + Math.exp(-x));

function multiply(weights, bias, vector, from, result) {
  const length = vector.length - from;
  for (let row = 0; row < result.length; row++) {
    let sum = bias[row];
    for (let i = 0; i < length; i++) sum += weights[row * length + i] * vector[from + i];
    result[row] = sum;
  }
}

function point() {
  multiply(gates, gateBias, fed, 0, sums);
  for (let i = 0; i < units; i++) {
    const kept = sigmoid(sums[2 * units + i]) * cell[i];
    cell[i] = kept + sigmoid(sums[i]) * Math.tanh(sums[units + i]);
    fed[inputs + i] = sigmoid(sums[3 * units + i]) * Math.tanh(cell[i]);
  }
  multiply(output, outputBias, fed, inputs, parameters);
  const mixtures = (outputs - 3) / 6;
  let total = 0, chosen = 0;
  for (let k = 0; k < mixtures; k++) total += parameters[k] = Math.exp(parameters[k]);
  for (let rest = Math.random() * total; chosen < mixtures - 1; chosen++) {
    if ((rest -= parameters[chosen]) < 0) break;
  }
  fed[0] = parameters[mixtures + chosen];
  fed[1] = parameters[2 * mixtures + chosen];
}

for (let i = 0; i < 50; i++) point();  // until the compiler knows the loops
const times = [];
for (let i = 0; i < points; i++) {
  const began = performance.now();
  point();
  times.push((performance.now() - began) * 1000);
}
console.log(JSON.stringify(times));
"""


def point_times(units: int, code: int, mixtures: int, points: int) -> list[float] | None:
    """How long points take, µs; None where there is no Node.js.

    Args:
        units: Of the LSTM.
        code: Length of the latent code, fed with each point.
        mixtures: Of the output.
        points: So many are measured.
    """
    node = shutil.which("node")
    if node is None:
        return None
    sizes = [str(number) for number in (units, 5 + code, 6 * mixtures + 3, points)]
    try:
        done = subprocess.run(
            [node, "-e", _STEP, *sizes], capture_output=True, timeout=TIMEOUT, check=True, text=True
        )
        times: list[float] = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):  # too old, or not Node.js
        return None
    return times
