"""Mutation testing of the counting rules: change one thing in a rule file, and see whether its tests notice.

    .venv/bin/python tests/mutants.py src/comitia/decide/count/phragmen.py [more files]
    .venv/bin/python tests/mutants.py src/comitia/decide/count/phragmen.py:71,99      the mutants of these lines alone

Each mutant is tried in a forked process in which the file's module is loaded from the changed source: the file's own
tests and the tests that hold every rule to its list of properties run until the first that fails. Survivors are printed
with their line. Forking after the imports costs a tenth of starting pytest anew.
"""

import ast
import copy
import os
import signal
import sys
from collections.abc import Iterator
from importlib.abc import MetaPathFinder, SourceLoader
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 60
# The tests of a file, beside test_<name>.py and its own lines in tests/decide/test_rules.py.
BESIDE = {
    "ers97": ["test_constraints"],
    "wigm": ["test_constraints"],
    "meek": ["test_constraints", "test_packed"],
    "stv_scottish": ["test_constraints", "count/test_wigm"],
    "countback": ["count/test_wigm"],
    "borda_modified": ["count/test_borda"],
    "block": ["count/test_borda"],
    "schulze_margins": ["count/test_schulze"],
    "equal_shares_add_one": ["test_equal_shares"],
    "equal_shares_phragmen": ["test_equal_shares"],
    "equal_shares_utilitarian": ["test_equal_shares"],
    "equal_shares": ["test_equal_shares"],
}
COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
REACHED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.Mod: ast.Mult,
}  # fmt: skip


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield what a node can be changed into, with words for it."""
    new = copy.deepcopy(node)
    match new:
        case ast.Compare(ops=[op]) if type(op) in COMPARED:
            new.ops = [COMPARED[type(op)]()]
            yield f"{type(op).__name__} becomes {type(new.ops[0]).__name__}", new
        case ast.BinOp(op=op) if type(op) in REACHED and not isinstance(new.left, ast.JoinedStr):
            new.op = REACHED[type(op)]()
            yield f"{type(op).__name__} becomes {type(new.op).__name__}", new
        case ast.AugAssign(op=op) if type(op) in REACHED:
            new.op = REACHED[type(op)]()
            yield f"{type(op).__name__} in place becomes {type(new.op).__name__}", new
        case ast.BoolOp(op=op):
            new.op = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield "and and or change places", new
        case ast.UnaryOp(op=ast.Not()):
            yield "not is left out", new.operand
        case ast.UnaryOp(op=ast.USub()):
            yield "minus is left out", new.operand
        case ast.Constant(value=bool() as value):
            yield f"{value} becomes {not value}", ast.copy_location(ast.Constant(not value), node)
        case ast.Constant(value=int() as value):
            yield f"{value} becomes {value + 1}", ast.copy_location(ast.Constant(value + 1), node)
        case ast.Call(func=ast.Name(id="min" | "max" as name)):
            new.func = ast.Name("max" if name == "min" else "min", ast.Load())
            yield "min and max change places", new
        case ast.Break():
            yield "break becomes continue", ast.copy_location(ast.Continue(), node)
        case ast.Continue():
            yield "continue becomes break", ast.copy_location(ast.Break(), node)


def _replaced(tree: ast.Module, at: int, new: ast.AST) -> ast.Module:
    found = copy.deepcopy(tree)
    target = list(ast.walk(found))[at]
    for parent in ast.walk(found):
        for name, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, name, new)
            elif isinstance(value, list) and any(one is target for one in value):
                setattr(parent, name, [new if one is target else one for one in value])
    return ast.fix_missing_locations(found)


def mutants(source: str) -> Iterator[tuple[int, str, ast.Module]]:
    """Yield every mutant of a source: its line, what was changed, and the changed module."""
    tree = ast.parse(source)
    # The annotation of a local variable is never evaluated.
    idle = {id(one) for node in ast.walk(tree) if isinstance(node, ast.AnnAssign) for one in ast.walk(node.annotation)}
    for at, node in enumerate(list(ast.walk(tree))):
        if id(node) in idle:
            continue
        for words, new in _changes(node):
            yield getattr(node, "lineno", 0), words, _replaced(tree, at, new)


class _Changed(MetaPathFinder, SourceLoader):
    """Loads one module from a changed tree."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name, self.path, self.tree = name, path, tree

    def find_spec(self, fullname: str, path: object, target: object = None) -> ModuleSpec | None:
        return spec_from_loader(fullname, self, origin=str(self.path)) if fullname == self.name else None

    def get_filename(self, fullname: str) -> str:
        return str(self.path)

    def get_data(self, path: str) -> bytes:
        return b""

    def get_code(self, fullname: str) -> object:  # type: ignore[override]
        return compile(self.tree, str(self.path), "exec")


def _tests(module: str) -> list[str]:
    own = [f"tests/decide/count/test_{module}.py", *(f"tests/decide/{one}.py" for one in BESIDE.get(module, []))]
    return [
        *(one for one in own if (ROOT / one).exists()),
        "tests/decide/test_rules.py",
        "tests/decide/test_burlington.py",
    ]


def survives(path: Path, tree: ast.Module) -> bool:
    """Try one mutant and return whether every test passes; one that runs too long is killed by that."""
    child = os.fork()
    if child == 0:
        signal.alarm(SECONDS)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        name = ".".join(path.relative_to(ROOT / "src").with_suffix("").parts)
        sys.meta_path.insert(0, _Changed(name, path, tree))
        rule = {"stv_scottish": "scottish"}.get(path.stem, path.stem)
        chosen = f"not test_rules and not test_burlington or {rule} or {path.stem}"
        code = pytest.main(["-x", "-q", "-m", "not slow", "--hypothesis-profile=ci", "-k", chosen, *_tests(path.stem)])
        os._exit(0 if code == 0 else 1)
    _, status = os.waitpid(child, 0)
    return status == 0


def main(files: list[str]) -> None:
    """Try every mutant of the files and print the survivors."""
    hypothesis.settings.get_profile("ci")
    for asked in files:
        file, _, lines = asked.partition(":")
        wanted = {int(line) for line in lines.split(",")} if lines else None
        path = (ROOT / file).resolve()
        source = path.read_text(encoding="utf-8")
        alive, number = [], 0
        for line, words, tree in mutants(source):
            if wanted is not None and line not in wanted:
                continue
            number += 1
            if survives(path, tree):
                alive.append((line, words))
        print(f"{file}: {number} mutants, {number - len(alive)} killed, {len(alive)} survive", flush=True)
        for line, words in alive:
            print(f"  line {line}: {words}: {source.splitlines()[line - 1].strip()}", flush=True)


if __name__ == "__main__":
    os.chdir(ROOT)
    main(sys.argv[1:])
