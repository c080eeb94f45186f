"""Who vouches for an act: the author's own key, or the server alone.

spec/record.md: a member who has registered a key signs her acts with it from then on; until then the server attests
them, and the act says so.
"""

import re
from typing import assert_never

import msgspec

from comitia.federation import acts
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import State
from comitia.record import act_signature

_SALT = re.compile(r"[0-9a-f]{32}")


def check_vouched(state: State, act: acts.AnyAct) -> None:
    """Raise unless the act carries the vouching that its author's standing asks for.

    Raises:
        Refused: no signature, one by another key, or one that does not fit the act's bytes.
    """
    # R88
    refuse_unless(
        act.salt is msgspec.UNSET or _SALT.fullmatch(act.salt) is not None,
        "record",
        "a salt is 32 hexadecimal digits, drawn at random",
    )
    refuse_unless(len(act.sigs) == 1, "record", "an act carries one signature: its author's, or the server's mark")
    author = state.members.get(act.by)
    key = author.public_key if author else ""
    signature = act.sigs[0]
    match signature.kind:
        case "server":
            refuse_unless(
                not key,
                "record",
                f"{act.by} has registered a key; her acts are signed with it, not vouched for by the server",
            )
        case "ed25519":
            refuse_unless(
                bool(key) and signature.key == key,
                "record",
                f"the act is signed with a key that {act.by} has not registered",
            )
            try:
                act_signature.check(acts.encode(act), signature.sig, public_key=key)
            except act_signature.SignatureFault as fault:
                raise Refused("record", f"the signature does not fit the act: {fault}") from fault
        case _:
            assert_never(signature.kind)
