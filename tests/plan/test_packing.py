import pytest

from comitia.plan import economy as economies, packing, solve
from comitia.plan.economy import EconomyFault
from comitia.plan.packing import NotAPlan

Rows = dict[str, list[dict[str, str]]]


def test_a_plan_comes_back_from_its_text(village: Rows) -> None:
    plan = solve.solve(economies.from_rows(village), "fullest")

    assert packing.unpack(packing.pack(plan)) == plan


def test_an_economy_comes_back_from_its_text(village: Rows) -> None:
    economy = economies.from_rows(village)

    assert packing.unpack_economy(packing.pack_economy(economy)) == economy


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: b"",
        lambda text: text[:-1],
        lambda text: text + b"\n",
        lambda text: text.replace(b"\n", b"\r\n"),
        lambda text: b"\xff" + text,
        lambda text: text.replace(b"bake,", b"bake,0", 1),
        lambda text: b"# more\na\n" + text,
        lambda text: text.replace(b"# trade\n", b""),
    ],
)
def test_a_text_that_is_not_to_the_byte_what_was_packed_is_refused(village: Rows, spoil: object) -> None:
    packed = packing.pack(solve.solve(economies.from_rows(village), "fullest"))

    with pytest.raises(NotAPlan):
        packing.unpack(spoil(packed))  # type: ignore[operator]


def test_a_packed_economy_that_is_not_canonical_is_refused(village: Rows) -> None:
    packed = packing.pack_economy(economies.from_rows(village))

    for spoilt in (packed + b"\n", packed.replace(b"0.5", b".5"), b"\xff", packed.replace(b"grow", b"sow", 1)):
        with pytest.raises(EconomyFault):
            packing.unpack_economy(spoilt)
