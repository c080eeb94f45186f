"""A charter in plain words, by topic, each sentence with the article that it carries out.

What stands here is said from the tables that are carried out, not from the articles' own words: a reader can lay the
two side by side and see whether they say the same. Bodies are said in ``plain_bodies.py``, matters in
``plain_matters.py``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from comitia.charter import plain_bodies, plain_matters
from comitia.charter.sentence import Sentence as Sentence
from comitia.charter.structure import Charter, Effect
from comitia.charter.words import BASES, capital, days, listed, share as share

_EFFECTS: dict[Effect, str] = {
    "plan": "How a plan is adopted",
    "plan-cut": "How a plan is adopted",
    "claims": "How a plan is adopted",
    "building": "How a plan is adopted",
    "season": "How a plan is adopted",
    "mandate": "How delegates are instructed",
    "charter": "How this charter is changed",
    "merger": "How bodies are merged or dissolved",
    "dissolution": "How bodies are merged or dissolved",
    "leaving": "How a group leaves",
    "emergency": "How an emergency power is given back",
    "admissibility": "How a motion is stopped that nobody may decide",
    "none": "How other matters are decided",
}


@dataclass(frozen=True, slots=True)
class Topic:
    """A question that members ask, and the rules that answer it."""

    title: str
    sentences: tuple[Sentence, ...]


def topics(charter: Charter) -> tuple[Topic, ...]:
    """Return the charter in plain words, topic by topic."""
    said = {"Who sits where": [plain_bodies.sits(charter, kind) for kind in charter.kinds.values()]}
    said["Who may stand, and how vacancies are filled"] = list(plain_bodies.candidacies(charter))
    said["How someone is recalled"] = list(plain_bodies.recalls(charter))
    for title in dict.fromkeys(_EFFECTS.values()):
        matters = [m for m in charter.matters.values() if _EFFECTS[m.effect] == title]
        said[title] = [plain_matters.decided(charter, matter) for matter in matters]
    said["Whose numbers these are"] = list(plain_bodies.owners(charter))
    said["Who may do what"] = list(plain_bodies.permitted(charter))
    said["What nobody may decide"] = [
        Sentence(f"{charter.articles[n.article].title}: {charter.articles[n.article].text}", n.article)
        for n in charter.never.values()
        if n.article in charter.articles
    ]
    said["Who stands on which roll"] = list(_rolls(charter))
    said["Currents and minorities"] = list(_currents(charter))
    said["Sealed ballots"] = list(_sealed(charter))
    said["Talking"] = list(_talking(charter))
    said["Beginning, correcting, leaving, beginning again"] = list(_procedures(charter))
    return tuple(Topic(title, tuple(sentences)) for title, sentences in said.items() if sentences)


def _rolls(charter: Charter) -> Iterator[Sentence]:
    for roll in charter.rolls.values():
        if roll.gathers:
            inside = " and ".join(charter.rolls[r].plural if r in charter.rolls else r for r in roll.gathers)
            yield Sentence(f"{capital(roll.plural)} gather {inside}.", roll.article)
        else:
            how = "must" if roll.required else "may"
            yield Sentence(f"A member {how} stand on the roll of a {roll.name}.", roll.article)


def _currents(charter: Charter) -> Iterator[Sentence]:
    rule = charter.currents
    if rule is not None:
        seen = "is open for all to see" if rule.membership == "open" else "is secret"
        least = "One member" if rule.least == 1 else f"{rule.least} members"
        yield Sentence(f"{least} or more may form a current; who belongs to it {seen}.", rule.article)


def _talking(charter: Charter) -> Iterator[Sentence]:
    rule = charter.talking
    if rule is not None:
        said = f"Words beside motions, needs and orders stand on the record, at most {rule.longest:,} characters each."
        yield Sentence(said, rule.article)
        if rule.types and rule.largest:
            what = f"What is attached is {', '.join(rule.types)}, at most {rule.largest:,} bytes."
            yield Sentence(what, rule.article)
        aside = charter.permissions.get("words_set_aside")
        if aside is not None:
            who = listed(charter, aside.by)
            yield Sentence(f"Words may be set aside, with a reason, by {who}; nothing vanishes.", aside.article)
        heard = f"Their author may appeal to {listed(charter, (rule.hears,))}: more than {rule.more_than} of its filled"
        yield Sentence(f"{heard} seats restore them.", rule.article)


def _sealed(charter: Charter) -> Iterator[Sentence]:
    rule = charter.sealed
    if rule is not None:
        what = " and ".join(_BALLOTS.get(one, one) for one in rule.ballots)
        yield Sentence(
            f"Choices in {what} are sealed; this form is experimental until it is reviewed from outside.", rule.article
        )
        both = (
            f"A vote counts with the blind signature of {listed(charter, rule.issuers)}, who see no choice and no key."
        )
        yield Sentence(both, rule.article)
        tellers = (
            f"{rule.needed} of {rule.number} tellers open it, no two of one body: {listed(charter, rule.tellers)}."
        )
        yield Sentence(tellers, rule.article)
        if rule.requests == "first_half":
            when = "Who may vote asks in the first half of the voting time, and casts in the second."
            yield Sentence(when, rule.article)
        again = f"What cannot be opened may be held again {days(rule.repeat_days)} after the close."
        yield Sentence(again, rule.article)


_BALLOTS = {
    "election": "elections",
    "recall": "recalls",
    "motion": "votes of assemblies on motions",
    "refounding": "a refounding",
}


def _procedures(charter: Charter) -> Iterator[Sentence]:
    """Yield the procedures that the charter has; one without an article is not there."""
    rule = charter.procedures
    if rule.founding_article:
        founders = (
            f"At least {rule.founders} begin; officers carried over serve {days(rule.carried_over_days)} at most."
        )
        yield Sentence(founders, rule.founding_article)
    if rule.correction_article:
        yield Sentence("A wrong act is corrected by a further act; nothing is erased.", rule.correction_article)
    yield from _refounding(charter)
    if rule.leaving_article:
        text = f"Whoever leaves goes {days(rule.leaving_notice_days)} after saying so, with books, stock and record"
        if rule.leaving_least:
            text += f"; a minority of {rule.leaving_least} members or more may do so together"
        yield Sentence(text + ".", rule.leaving_article)
    if rule.inspection_article:
        text = f"A demand for inspection is answered within {days(rule.inspection_days)}."
        yield Sentence(text, rule.inspection_article)
    if rule.emergency_by:
        text = f"In an emergency {listed(charter, rule.emergency_by)} may act for {days(rule.emergency_days)}, once."
        yield Sentence(text, rule.emergency_article)
    if rule.building_article:
        yield Sentence(f"At most {rule.building_ceiling} of a plan's hours go to building up.", rule.building_article)
    if rule.distribution_article:
        shared = "equally, by head" if rule.distribution == "equal_per_head" else "by hours worked"
        yield Sentence(f"What is for the members' own use is shared {shared}.", rule.distribution_article)


def _refounding(charter: Charter) -> Iterator[Sentence]:
    rule, anew = charter.procedures, charter.procedures.refounding
    if anew is None:
        if rule.refounding_article:
            called = capital(share(rule.refounding_share, strict=False))
            yield Sentence(f"{called} of all members call a founding assembly anew.", rule.refounding_article)
        return
    quorum = f", when {share(anew.quorum, strict=False)} of all members take part" if anew.quorum else ""
    yield Sentence(
        f"If {share(anew.share, strict=False)} of all members sign a call for another charter within "
        f"{days(anew.window_days)}, all members vote on it in secret for {days(anew.voting_days)}; "
        f"{share(anew.threshold, strict=anew.strict)} of {BASES[anew.base]} puts it in force{quorum}. "
        "No office is asked.",
        anew.article,
    )
