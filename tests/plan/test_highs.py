import numpy as np
import pytest
from scipy.sparse import csr_array

from comitia.plan import highs
from comitia.plan.highs import NotSolved, Programme

# Kantorovich's milling machines and lathes: 10|20, 20|30 and 30|80 of the two parts a day, 3, 3 and 1 of them.
RATES = ((10, 20, 3), (20, 30, 3), (30, 80, 1))


def sets(*, whole: bool) -> float:
    """Return the largest number of complete sets; variables: days on part one by machine, on part two, sets."""
    n = 7
    first = [float(a) for a, _, _ in RATES]
    second = [float(b) for _, b, _ in RATES]
    days = [[-1.0 if j in (k, k + 3) else 0.0 for j in range(n)] for k in range(3)]
    matrix = np.array([[*first, 0, 0, 0, -1.0], [0, 0, 0, *second, -1.0], *days])
    right = np.array([0.0, 0.0, *(-float(m) for _, _, m in RATES)])
    cost = np.array([0.0] * 6 + [-1.0])
    kinds = np.array([False] * 6 + [True]) if whole else None
    z, _ = highs.least(Programme(cost, csr_array(matrix), right, np.full(n, np.inf), kinds))
    return float(z[6])


def test_kantorovichs_machines_make_86_sets() -> None:
    assert sets(whole=False) == pytest.approx(86.6667, abs=1e-4)
    assert sets(whole=True) == 86


def test_prices_are_what_one_more_unit_would_bring() -> None:
    found = highs.least(Programme(np.array([2.0]), csr_array(np.array([[4.0]])), np.array([8.0]), np.array([np.inf])))

    assert [values.tolist() for values in found] == [[2.0], [0.5]]


def test_what_has_no_optimum_says_so_and_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(NotSolved, match="nfeasible"):
        highs.least(Programme(np.array([1.0]), csr_array(np.array([[1.0]])), np.array([8.0]), np.array([1.0])))

    assert capfd.readouterr().out == ""


def test_a_moved_row_is_solved_as_if_it_stood_there_and_is_put_back() -> None:
    matrix = csr_array(np.array([[1.0, 1.0], [-1.0, 0.0]]))
    programme = highs.Programme(np.array([1.0, 5.0]), matrix, np.array([10.0, -4.0]), np.full(2, np.inf))

    moved = highs.Moved(programme)

    # Of 10 wanted, as much as the limit allows costs 1 each, the rest 5.
    assert [moved.least(1, -limit) for limit in (4.0, 6.0, 20.0, 4.0)] == [
        pytest.approx(answer) for answer in ((34, 4), (26, 4), (10, 0), (34, 4))
    ]
    with pytest.raises(highs.NotSolved):
        moved.least(1, 1.0)
