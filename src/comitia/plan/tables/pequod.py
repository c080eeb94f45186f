"""The experiments that Hahnel and Szczepanczyk published: councils as Clojure data, ``(def ccs [...])`` and ``wcs``.

Five kinds of goods, each counted from 1: private goods (``:industry`` 0), intermediate goods (1), public goods (2),
nature and labour, of which there is 1,000 each.
"""

import gzip
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from comitia.plan.hahnel import Councils
from comitia.plan.tables.cells import NotATable

# (def NAME [...]), up to the parenthesis before the next form.
FORM = re.compile(r"\(def\s+(?P<name>\S+)\s(?P<value>.*?)\)\s*(?=\(|\Z)", re.DOTALL)
# Clojure data of maps, vectors, keywords and numbers, made JSON: commas and remarks are blanks there, blanks part here.
BLANK = re.compile(r",|;[^\n]*")
KEYWORD = re.compile(r":([A-Za-z][\w-]*)")
BETWEEN = re.compile(r"(?<=[^\s\[{:])(?=\s+[^\s\]}])")
# Supply of each kind of nature and of labour; the program's own figure, which is not in the files.
ENDOWMENT = 1000.0
KINDS = ("private", "intermediate", "public", "nature", "labour")
INDUSTRIES = KINDS[:3]

Value = object


def is_pequod(path: Path) -> bool:
    """Say whether a file is such an experiment, by what stands in it."""
    try:
        text = _text(path)[:10_000]
    except NotATable:
        return False
    return "(def ccs" in text and ":utility-exponents" in text


def read(path: Path) -> Councils:
    """Return the councils of an experiment, may be gzipped.

    Raises:
        NotATable: the file cannot be read, or a council lacks something; which one.
        NoAnswer: a worker council without a best answer.
    """
    tables = _tables(path)
    if not tables.get("ccs") or not tables.get("wcs"):
        raise NotATable(path, 0, "expected (def ccs [...]) and (def wcs [...]), consumer and worker councils")
    consumers = [_council(path, c, f"consumer council {n}") for n, c in enumerate(tables["ccs"], 1)]
    workers = [_council(path, w, f"worker council {n}") for n, w in enumerate(tables["wcs"], 1)]
    sizes = _sizes(consumers, workers)
    first = {kind: sum(list(sizes.values())[:at]) for at, kind in enumerate(KINDS)}
    goods = tuple(f"{kind} {n}" for kind in KINDS for n in range(1, sizes[kind] + 1))
    endowment = np.array([ENDOWMENT if good.split()[0] in ("nature", "labour") else 0.0 for good in goods])
    tastes = np.zeros((len(consumers), len(goods)))
    for at, consumer in enumerate(consumers):
        for kind, name in (("private", "utility-exponents"), ("public", "public-good-exponents")):
            exponents = consumer.figures(name)
            tastes[at, first[kind] : first[kind] + len(exponents)] = exponents
    return Councils(
        goods=goods,
        endowment=endowment,
        product=np.array([first[w.industry()] + w.figure("product") - 1 for w in workers], dtype=np.int64),
        scale=np.array([w.figure("a") for w in workers]),
        effort=np.array([w.figure("c") for w in workers]),
        disutility=np.array([[w.figure("s") for w in workers], [w.figure("du") for w in workers]]),
        inputs=_inputs(workers, first, len(goods)),
        income=np.array([c.figure("income") for c in consumers]),
        tastes=tastes,
    )


class _Council:
    """A council's map, its figures looked up with its name in the fault."""

    def __init__(self, path: Path, name: str, of: Mapping[str, Value]) -> None:
        self._path, self._name, self._of = path, name, of

    def figure(self, key: str) -> float:
        found = self._of.get(key)
        if not isinstance(found, float):
            raise NotATable(self._path, 0, f"{self._name}: :{key} is missing or no number")
        return found

    def figures(self, key: str) -> list[float]:
        found = self._of.get(key)
        if not isinstance(found, list) or not all(isinstance(one, float) and one > 0 for one in found):
            raise NotATable(self._path, 0, f"{self._name}: :{key} is missing or no list of numbers above 0")
        return found

    def industry(self) -> str:
        number = self.figure("industry")
        if number not in range(len(INDUSTRIES)):
            raise NotATable(self._path, 0, f"{self._name}: :industry {number:g}; 0, 1 or 2 is expected")
        return INDUSTRIES[int(number)]

    def used(self) -> list[tuple[str, int, float]]:
        """Return what it uses: kind, number from 1, exponent."""
        given = self._of.get("production-inputs")
        if not isinstance(given, list) or len(given) != 3:
            raise NotATable(self._path, 0, f"{self._name}: :production-inputs needs three lists")
        found: list[tuple[str, int, float]] = []
        named = (("intermediate", "input"), ("nature", "nature"), ("labour", "labor"))
        for (kind, word), numbers in zip(named, given, strict=True):
            exponents = self.figures(f"{word}-exponents")
            if not isinstance(numbers, list) or len(numbers) != len(exponents) or len(set(numbers)) != len(numbers):
                raise NotATable(self._path, 0, f"{self._name}: :{word}-exponents does not fit :production-inputs")
            found += [(kind, int(n), b) for n, b in zip(numbers, exponents, strict=True)]
        return found


def _council(path: Path, of: Value, name: str) -> _Council:
    if not isinstance(of, dict):
        raise NotATable(path, 0, f"{name} is no map {{:key value ...}}")
    return _Council(path, name, of)


def _sizes(consumers: Sequence[_Council], workers: Sequence[_Council]) -> dict[str, int]:
    """Return how many goods there are of each kind."""
    found = dict.fromkeys(KINDS, 0)
    found["private"] = max(len(c.figures("utility-exponents")) for c in consumers)
    found["public"] = max(len(c.figures("public-good-exponents")) for c in consumers)
    for w in workers:
        for kind, n in ((w.industry(), int(w.figure("product"))), *((kind, n) for kind, n, _ in w.used())):
            found[kind] = max(found[kind], n)
    return found


def _inputs(workers: Sequence[_Council], first: Mapping[str, int], goods: int) -> csr_array:
    used = [w.used() for w in workers]
    row = [at for at, of in enumerate(used) for _ in of]
    column = [first[kind] + n - 1 for of in used for kind, n, _ in of]
    return csr_array(([b for of in used for _, _, b in of], (row, column)), shape=(len(workers), goods))


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        # RFC 1952: a gzip file begins with 1f 8b.
        return (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode("utf-8-sig")
    except (OSError, EOFError, UnicodeDecodeError) as fault:
        raise NotATable(path, 0, f"cannot be read ({fault})") from fault


def _tables(path: Path) -> dict[str, list[Value]]:
    """Return what a file defines, by name: vectors as lists, maps with text as keys, numbers as floats."""
    text = _text(path)
    found: dict[str, list[Value]] = {}
    for form in FORM.finditer(text):
        data = BETWEEN.sub(",", KEYWORD.sub(r'"\1":', BLANK.sub(" ", form["value"])))
        try:
            value = json.loads(data, parse_int=float)
        except json.JSONDecodeError as fault:
            line = text.count("\n", 0, form.start("value")) + fault.lineno
            near = data[max(fault.pos - 20, 0) : fault.pos + 20]
            raise NotATable(path, line, f"is no Clojure data that is understood, near {near!r}") from fault
        if isinstance(value, list):
            found[form["name"]] = value
    return found
