"""All indicators over a million acts: the rows taken down, and every reading at the last act, beside a bare replay.

A federation of 100 workplaces lives years: every year committees and both houses are elected anew, the general assembly
decides in secret and the houses in the open. The acts are made once. Then they are replayed by the rule book alone,
taken down by the watch with the state at the end, and every indicator is read. The ratio says what the watch costs
beside the replay that any reader must do anyway. The limit of the first figure is a look-up and a call of Python for
each act that is no vote. Seconds are the processor's. The reach is 5 s for a million acts, rows and readings together.

    .venv/bin/python bench/watch.py [--acts 1000000] [--members 20000]
"""

import argparse
import gc
import time

from apply import TRADES, WORKPLACES, Life

from comitia.drill import concentration, vote_power
from comitia.federation import moment
from comitia.federation.rulebook import Federation
from comitia.watch import indicators, noting, series
from comitia.watch.ledger import Ledger
from comitia.watch.view import View


def lived(acts: int, members: int) -> Life:
    """Return a federation that has lived until its record has so many acts."""
    life = Life(members)
    assemblies = [f"assembly/w-{n}" for n in range(WORKPLACES)]
    number = 0
    while True:
        begun = life.at
        life.elect("committee/x", assemblies)
        life.elect("committees-house", assemblies)
        life.elect("unions-house", [f"trade-assembly/t-{n}" for n in range(TRADES)])
        for _ in range(6):
            if len(life.done) >= acts:
                return life
            life.decide_all(number)
            life.decide_jointly(number)
            number += 1
        life.at = max(life.at, moment.after(begun, days=352))
        print(f"  {len(life.done):,} acts made, {life.at[:10]}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=1_000_000)
    parser.add_argument("--members", type=int, default=20_000)
    given = parser.parse_args()
    life = lived(given.acts, given.members)
    done, state = life.done, life.federation.state
    gc.collect()
    gc.freeze()
    federation = Federation(life.blobs)
    began = time.process_time()
    for act in done:
        federation.apply(act)
    replayed = time.process_time() - began
    ledger = Ledger()
    began = time.process_time()
    noting.go_on(ledger, done, state)
    noted = time.process_time() - began
    slow: list[tuple[float, str]] = []
    view = View(ledger, life.at)
    began = time.process_time()
    readings = []
    for module in (*indicators.MODULES, concentration, vote_power):
        first = time.process_time()
        readings += module.readings(view)
        slow.append((time.process_time() - first, module.__name__.rpartition(".")[2]))
    read = time.process_time() - began
    began = time.process_time()
    samples = series.moments(ledger, life.at, most=12)
    series.table(ledger, samples)
    over_time = time.process_time() - began
    number = len(done)
    print(f"{number:,} acts, {len(ledger.fillings):,} fillings, {len(ledger.decided):,} divisions")
    print(f"{'taken down':38}{noted:9.2f} s   {noted / number * 1e6:.2f} us an act")
    print(f"{'all indicators at the last act':38}{read:9.2f} s   {len(readings)} readings")
    print(f"{'both':38}{noted + read:9.2f} s   reach 5 s for 1,000,000 acts")
    print(f"{'the same at 13 moments (the page)':38}{over_time:9.2f} s")
    print(f"{'peer: bare replay by the rule book':38}{replayed:9.2f} s   ratio {(noted + read) / replayed:.3f}")
    for seconds, name in sorted(slow, reverse=True)[:5]:
        print(f"  {name:36}{seconds:9.3f} s")


if __name__ == "__main__":
    main()
