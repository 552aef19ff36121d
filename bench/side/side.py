"""numpy and torch beside the JavaScript candidates: a child process that answers one line of JSON with one, on one thread."""
import base64
import json
import os
import sys
import time

for name in ('OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'):
    os.environ[name] = '1'
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import numpy as np  # noqa: E402
import scipy  # noqa: E402

try:
    import torch
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
except ImportError:
    torch = None
import closed_forms  # noqa: E402

autograd = None
if torch:
    import autograd

prepared = {}


def load(message):
    """Closures for both sets of arguments, by the candidate's name."""
    sizes = message['sizes']
    sets = []
    for values in message['sets']:
        made = {}
        for name, v in values.items():
            made[name] = v if isinstance(v, (int, float)) else np.frombuffer(base64.b64decode(v)).copy()
        sets.append(made)
    out = {}
    for library, module in (('numpy', closed_forms), ('torch', autograd)):
        make = getattr(module, message['id'].replace('-', '_'), None) if module else None
        for suffix, build in (make.items() if isinstance(make, dict) else {'': make}.items()):
            if build is not None:
                out[(library + ' ' + suffix).strip()] = [build(v, sizes) for v in sets]
    prepared.clear()
    prepared.update(out)
    return {'names': list(out)}


def value(message):
    r = prepared[message['name']][0]()
    if torch is not None and isinstance(r, torch.Tensor):
        r = r.detach().numpy()
    return {'value': np.asarray(r, dtype=float).reshape(-1).tolist()}


def sample(message):
    runs, turns = prepared[message['name']], message['turns']
    clock = time.process_time_ns
    start = clock()
    for k in range(turns):
        runs[k % len(runs)]()
    return {'ns': (clock() - start) / turns}


def about(_):
    return {'numpy': np.__version__, 'scipy': scipy.__version__, 'torch': torch.__version__ if torch else None}


for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = {'load': load, 'value': value, 'sample': sample, 'about': about}[request['do']](request)
    except Exception as error:  # the bench says why a candidate is missing
        answer = {'error': type(error).__name__ + ': ' + str(error)}
    print(json.dumps(answer), flush=True)
