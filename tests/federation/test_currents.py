import hashlib

import pytest
from people import CHARTER, begun, carried
from small import Small, refusal, refused

from comitia.federation import acts, currents

OTHER = "a" * 64


def formation(small: Small, *members: str, by: str = "") -> acts.CurrentFormed:
    return acts.CurrentFormed(
        at=small.at, by=by or members[0], current="workers", name="Workers' Opposition", members=members
    )


def join(small: Small, by: str, commitment: str = "", current: str = "workers") -> acts.CurrentJoined:
    return acts.CurrentJoined(at=small.at, by=by, current=current, commitment=commitment)


def leave(small: Small, by: str, commitment: str = "") -> acts.CurrentLeft:
    return acts.CurrentLeft(at=small.at, by=by, current="workers", commitment=commitment)


def test_what_stands_for_a_member_of_a_secret_current_opens_with_her_word_alone() -> None:
    opened = hashlib.sha256(b"workers\nm-0003\nab12\n").hexdigest()

    assert currents.commitment("workers", "m-0003", "ab12") == opened
    # The same word in another current, or of another member, shows nothing.
    assert opened not in (
        currents.commitment("others", "m-0003", "ab12"),
        currents.commitment("workers", "m-0004", "ab12"),
    )


@pytest.fixture
def open_() -> Small:
    """A federation with a current whose membership is open."""
    small = begun()
    small.do(formation(small, "m-0001", "m-0002"))
    return small


@pytest.fixture
def secret() -> Small:
    """A federation with a current whose membership is secret."""
    small = begun(CHARTER.replace('membership = "open"', 'membership = "secret"'))
    small.do(formation(small, "m-0001", "m-0002"))
    return small


def test_so_many_members_as_the_charter_says_form_a_current() -> None:
    small = begun()

    assert "2 members form a current; this act names 1" in refused(small, formation(small, "m-0001", "m-0001"))
    assert "its author among them" in refused(small, formation(small, "m-0001", "m-0002", by="m-0003"))
    assert "m-0099" in refused(small, formation(small, "m-0001", "m-0099"))
    assert refusal(small, formation(small, "m-0001", "m-0002", by="clerk")).article == "5"
    small.do(formation(small, "m-0001", "m-0002"))
    assert "there is a current 'workers' already" in refused(small, formation(small, "m-0003", "m-0004"))


def test_members_join_and_leave_an_open_current_in_their_own_names(open_: Small) -> None:
    small = open_
    small.do(join(small, "m-0003"))
    assert small.state.currents["workers"].members == {"m-0001", "m-0002", "m-0003"}
    assert "is in Workers' Opposition already" in refused(small, join(small, "m-0003"))
    assert "in her own name" in refused(small, join(small, "clerk", OTHER))
    assert "in her own name" in refused(small, join(small, "m-0004", OTHER))
    assert "there is no current 'west'" in refused(small, join(small, "m-0004", current="west"))
    small.do(leave(small, "m-0001"))
    assert "is not in Workers' Opposition" in refused(small, leave(small, "m-0001"))
    assert small.state.currents["workers"].members == {"m-0002", "m-0003"}


def test_no_act_names_who_joins_or_leaves_a_secret_current(secret: Small) -> None:
    small = secret
    assert "no act names the member" in refused(small, join(small, "m-0003"))
    assert "64 digits" in refused(small, join(small, "clerk", "m-0003"))
    small.do(join(small, "clerk", OTHER))
    assert "is in Workers' Opposition already" in refused(small, join(small, "clerk", OTHER))
    found = small.state.currents["workers"]
    assert (found.members, found.hidden) == ({"m-0001", "m-0002"}, {OTHER})
    assert "no act names the member" in refused(small, leave(small, "m-0003"))
    assert "nobody is in" in refused(small, leave(small, "clerk", "b" * 64))
    small.do(leave(small, "clerk", OTHER))
    small.do(leave(small, "m-0001"))
    assert (found.members, found.hidden) == ({"m-0002"}, frozenset())


def test_a_member_of_a_current_publishes_its_platform_to_all(secret: Small) -> None:
    small = secret
    text = small.blob("All economic posts are filled by the unions.\n")

    def platform(by: str, named: str = text) -> acts.PlatformPublished:
        return acts.PlatformPublished(at=small.at, by=by, current="workers", text=named)

    assert "its own members speak for it" in refused(small, platform("m-0003"))
    assert "the platform is missing" in refused(small, platform("m-0001", "0" * 64))
    act = small.state.size
    small.do(platform("m-0001"))
    assert small.state.currents["workers"].platform == (text, act)


def test_without_currents_in_the_charter_nobody_forms_one() -> None:
    small = begun(CHARTER.replace('[currents]\nleast = 2\nmembership = "open"\narticle = "5"\n', ""))

    assert "has no [currents]" in refused(small, formation(small, "m-0001", "m-0002"))


def test_a_current_is_forbidden_by_nobody_whatever_was_resolved(open_: Small) -> None:
    small = open_
    carried(small, "forbid", "resolution", "everybody", subject="workers")
    assert small.state.motions["forbid"].outcome == "carried"

    for by in ("m-0003", "clerk"):
        found = refusal(small, acts.CurrentForbidden(at=small.at, by=by, body="everybody", current="workers"))
        assert (found.article, "no body may do this" in found.reason) == ("5", True)


def test_the_article_that_protects_currents_is_not_struck_by_an_ordinary_change(open_: Small) -> None:
    small = open_
    without = CHARTER.replace('[never.forbidding-currents]\nacts = ["current_forbidden"]\narticle = "5"\n', "")
    assert without != CHARTER
    act = acts.MotionMoved(
        at=small.at,
        by="m-0003",
        body="everybody",
        motion="strike",
        matter="charter",
        title="Strike",
        text=small.blob("No currents.\n"),
        figures=small.blob(without),
    )

    assert "entrenched" in refused(small, act)
