"""Throw bytes at one parser with atheris, which follows branches: ``fuzz_one.py NAME [libFuzzer options]``."""

import contextlib
import sys

import atheris

with atheris.instrument_imports(include=["comitia"]):
    import parsers


def main() -> None:
    """Fuzz the parser that the first word names until an option of libFuzzer ends it."""
    (parser,) = [each for each in parsers.PARSERS if each.name == sys.argv[1]]

    def throw(raw: bytes) -> None:
        with contextlib.suppress(parser.faults):
            parser.parse(raw)

    atheris.Setup([sys.argv[0], *sys.argv[2:]], throw)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
