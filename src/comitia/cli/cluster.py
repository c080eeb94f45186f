"""Workers of a Dask cluster for draws. Loaded only where a cluster is asked for: it takes as long as a small drill."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from distributed import Client, as_completed

from comitia.drill.montecarlo import Block, Whole, Workers

_SECONDS = "10s"


@contextmanager
def workers(address: str) -> Iterator[Workers]:
    """Give the workers of the cluster at an address; whatever order they finish in, counts add up alike.

    Raises:
        OSError: nobody answers there.
    """
    client: Any = Client(address, timeout=_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]

    def carried_out(work: Callable[[Block], Whole], blocks: Sequence[Block]) -> Iterator[Whole]:
        futures = client.map(work, blocks, pure=False)
        for _, found in as_completed(futures, loop=client.loop, with_results=True):  # type: ignore[no-untyped-call]
            yield found

    with client:
        yield carried_out
