"""Who vouches for an act: the server until a member has a key, then her key alone."""

import msgspec
from small import founded, refused

from comitia.federation import acts
from comitia.record import act_signature


def test_once_a_key_is_registered_only_its_signature_vouches() -> None:
    small = founded()
    seed = bytes(range(32))
    key = act_signature.public_key(seed)
    small.do(acts.KeyRegistered(at=small.at, by="m-0003", public_key=key))
    act = acts.CurrentFormed(at=small.at, by="m-0003", current="c", name="C", members=("m-0001", "m-0002", "m-0003"))

    assert "has registered a key" in refused(small, act)
    stranger = msgspec.structs.replace(act, sigs=(acts.Signature(kind="ed25519", key="x", sig="y"),))
    assert "has not registered" in refused(small, stranger)
    blank = msgspec.structs.replace(act, sigs=(acts.Signature(kind="ed25519", key=key, sig="A" * 86 + "=="),))
    assert "does not fit the act" in refused(small, blank)
    sig = act_signature.sign(acts.encode(blank), seed)
    small.do(msgspec.structs.replace(act, sigs=(acts.Signature(kind="ed25519", key=key, sig=sig),)))
    assert "c" in small.state.currents


def test_an_act_carries_one_signature() -> None:
    small = founded()
    act = acts.KeyRegistered(at=small.at, by="m-0003", public_key="A" * 43 + "=", sigs=())

    assert "one signature" in refused(small, act)


def test_a_salt_is_32_digits_and_nothing_else() -> None:
    small = founded()
    act = acts.MemberJoined(
        at=small.at, by="m-0001", member="m-0099", commitment="0" * 64,
        groups={"workplace": "mill", "trade": "bakers", "locality": "hilltown"},
    )  # fmt: skip
    for salt in ("", "0" * 31, "G" * 32, "hello"):
        assert "a salt is 32 hexadecimal digits" in refused(small, msgspec.structs.replace(act, salt=salt))

    salted = msgspec.structs.replace(act, salt="0123456789abcdef" * 2)
    small.do(salted)
    assert acts.decode(acts.encode(salted)) == salted
