"""The councils of the published experiments, read from Clojure data."""

from pathlib import Path

import pytest

from comitia.plan.tables import pequod
from comitia.plan.tables.cells import NotATable

CONSUMER = "{:utility-exponents [0.1 0.3] :public-good-exponents [0.2], :income 50}"
WORKER = (
    "{:industry 1 :product 1 :a 2.0 :c 0.1 :s 1 :du 3.0 :toothache false :production-inputs [[1] [2] [1]] "
    ":input-exponents [0.2] :nature-exponents [0.25] :labor-exponents [0.125]}"
)


def written(path: Path, consumer: str = CONSUMER, worker: str = WORKER) -> Path:
    file = path / "some.clj"
    text = f'(ns "some") ; a remark\n(def ccs [{consumer}])\n(def wcs [{worker}])\n'
    file.write_text(text, encoding="utf-8")
    return file


def test_goods_are_private_intermediate_public_nature_and_labour(tmp_path: Path) -> None:
    found = pequod.read(written(tmp_path))

    assert found.goods == (
        "private 1",
        "private 2",
        "intermediate 1",
        "public 1",
        "nature 1",
        "nature 2",
        "labour 1",
    )
    assert found.endowment.tolist() == [0, 0, 0, 0, 1000, 1000, 1000]
    assert found.product.tolist() == [2]
    assert found.inputs.toarray().tolist() == [[0, 0, 0.2, 0, 0, 0.25, 0.125]]
    assert found.tastes.tolist() == [[0.1, 0.3, 0, 0.2, 0, 0, 0]]
    assert (found.income.tolist(), found.disutility.tolist()) == ([50], [[1], [3]])


def test_an_experiment_is_known_by_what_stands_in_it(tmp_path: Path) -> None:
    (tmp_path / "bill.clj").write_text("(def bills [])")

    assert pequod.is_pequod(written(tmp_path))
    assert not pequod.is_pequod(tmp_path / "bill.clj")
    assert not pequod.is_pequod(tmp_path / "nothing.clj")


@pytest.mark.parametrize(
    ("consumer", "worker", "reason"),
    [
        (CONSUMER.replace(":income 50", ""), WORKER, "consumer council 1: :income is missing or no number"),
        (CONSUMER, WORKER.replace("[0.2]", "[0]"), "worker council 1: :input-exponents is missing or no list"),
        (CONSUMER, WORKER.replace("[[1] [2] [1]]", "[[1 1] [2] [1]]"), ":input-exponents does not fit"),
        (CONSUMER, WORKER.replace("[[1] [2] [1]]", "[[1]]"), ":production-inputs needs three lists"),
        (CONSUMER, WORKER.replace(":industry 1", ":industry 7"), ":industry 7; 0, 1 or 2 is expected"),
        (CONSUMER, "[]", "worker council 1 is no map"),
        (CONSUMER, "", "expected (def ccs [...]) and (def wcs [...])"),
        (CONSUMER, WORKER + "]", "line 3: is no Clojure data that is understood, near"),
        (CONSUMER + "{", WORKER, "line 2: is no Clojure data that is understood, near"),
        (CONSUMER, WORKER.replace("2.0", "two"), "line 3: is no Clojure data that is understood, near"),
    ],
)
def test_what_is_wrong_is_said_with_the_council_or_the_line(
    tmp_path: Path, consumer: str, worker: str, reason: str
) -> None:
    with pytest.raises(NotATable) as found:
        pequod.read(written(tmp_path, consumer, worker))

    assert reason in str(found.value)


def test_a_file_that_defines_nothing_is_said_to(tmp_path: Path) -> None:
    (tmp_path / "some.clj").write_text("(def ccs [")

    with pytest.raises(NotATable) as found:
        pequod.read(tmp_path / "some.clj")

    assert "expected (def ccs [...]) and (def wcs [...])" in str(found.value)
