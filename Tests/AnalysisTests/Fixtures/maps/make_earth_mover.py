"""Earth mover's distances of random maps by linear programming: python3 make_earth_mover.py

The way between cells is |Δrow| + |Δcolumn|, the result mass times way over (height − 1) + (width − 1).

Made with Python 3.11, numpy 2.4.6, scipy 1.17.1.
"""
import json
import pathlib

import numpy as np
from scipy.optimize import linprog

random = np.random.default_rng(5)


def distance(first, second):
    height, width = first.shape
    cells = np.array([(row, column) for row in range(height) for column in range(width)])
    ways = np.abs(cells[:, None] - cells[None]).sum(2)
    n = height * width
    equal = np.zeros((2 * n, n * n))
    for cell in range(n):
        equal[cell, cell * n:(cell + 1) * n] = 1
        equal[n + cell, cell::n] = 1
    masses = np.concatenate([first.ravel() / first.sum(), second.ravel() / second.sum()])
    # One of the equations follows from the others.
    result = linprog(ways.ravel(), A_eq=equal[:-1], b_eq=masses[:-1], method="highs-ds",
                     options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10})
    assert result.status == 0, result.message
    return result.fun / (height + width - 2)


cases = []
for height, width in [(1, 2), (1, 7), (2, 2), (3, 4), (5, 3), (6, 6), (8, 8)]:
    for kind in range(4):
        maps = [random.random((height, width)) ** [1, 4, 1, 12][kind] for _ in range(2)]
        if kind == 2:
            # Peaks: whole numbers, many of them 0 and many alike.
            maps = [np.floor(3 * cells ** 2) + np.eye(height, width) for cells in maps]
        maps = [np.round(cells, 6) for cells in maps]
        cases.append({"grid": [height, width], "map": maps[0].ravel().tolist(), "final": maps[1].ravel().tolist(),
                      "distance": distance(*maps)})
path = pathlib.Path(__file__).parent / "earth_mover.json"
path.write_text(json.dumps(cases) + "\n")
