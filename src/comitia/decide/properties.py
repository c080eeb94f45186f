"""What a counting rule promises, by name: each rule file lists its own, and the tests hold every rule to its list."""

from typing import Literal

Property = Literal[
    "unranked", "majority", "condorcet", "condorcet_loser", "solid", "justified", "extended", "monotone",
]  # fmt: skip

MEANINGS: dict[Property, str] = {
    "unranked": (
        "one more candidate whom no paper names changes no winner, where no lot is drawn and as many are named as seats"
    ),
    "majority": "for one seat, whoever stands first on more than half of the papers is elected",
    "condorcet": "for one seat, whoever more papers prefer to each other candidate than the reverse is elected",
    "condorcet_loser": "for one seat, whoever loses to each other candidate is not elected",
    "solid": (
        "papers that are more than q times papers/(seats+1) and put the same candidates first, in whatever order, "
        "elect q of them, or all where they are fewer"
    ),
    "justified": (
        "among papers worth a seat (papers/seats) that all name one candidate, one names somebody who is elected "
        "(justified representation, Aziz and others 2017)"
    ),
    "extended": (
        "among papers worth l seats that all name the same l candidates, one names l who are elected "
        "(extended justified representation, Aziz and others 2017)"
    ),
    "monotone": (
        "for one seat, whoever is elected is elected too when one paper puts her higher, the others in their order, or "
        "names her where it did not; where no lot is drawn"
    ),
}
