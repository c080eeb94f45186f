import lived
from people import begun, carried, elected
from small import Small

from comitia.federation import acts
from comitia.watch import organ_mortality
from comitia.watch.view import View


def struck() -> Small:
    """Return a party whose congress strikes the factory committees from the statutes."""
    small = lived.party(closed=False, added=lived.FACTORY_COMMITTEES)
    lived.change_charter(small, "union-organs", lived.FACTORY_COMMITTEES, "")
    return small


def test_committees_struck_from_the_charter_above_their_heads_ended_without_their_consent() -> None:
    small = struck()
    ended, forced = organ_mortality.readings(lived.view(small))

    # Two cells and one district conference live on; the factory committees of both cells are gone.
    assert (ended.count, ended.of) == (2, 5)
    assert ended.sentence == ("2 of 5 base bodies were merged, dissolved or struck from the charter within a year.")
    assert (forced.value, forced.sentence) == (2, "2 without a decision of their own: all factory committees.")
    assert forced.acts == (small.state.charters[-1][2],)


def test_a_year_later_it_is_past() -> None:
    small = struck()
    ended, forced = organ_mortality.readings(View(lived.view(small).ledger, "2028-01-05T08:00:00Z"))

    assert (ended.count, ended.of, forced.value) == (0, 3, 0)
    assert forced.sentence == "None without its own consent."


def test_a_committee_dissolved_by_its_own_assembly_consented() -> None:
    small = begun()
    elected(small, "committee/farm", "assembly/farm", ["m-0005", "m-0006"])
    carried(small, "own", "dissolution", "assembly/farm", subject="committee/farm")
    small.do(acts.BodyDissolved(at=small.at, by="m-0005", dissolves="committee/farm", decision="own"))
    ended, forced = organ_mortality.readings(lived.view(small))

    assert (ended.count, ended.acts, forced.value) == (1, (len(small.done) - 1,), 0)
    assert [g.name for g in organ_mortality.gone(lived.view(small))] == ["committee/farm"]
