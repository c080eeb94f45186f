import pytest
from hypothesis import given, strategies as st

from comitia.record import checkpoint, cosignature, note, policy, witness
from comitia.record.checkpoint import Checkpoint
from comitia.record.cosignature import CosigningKey
from comitia.record.note import NoteFault, SigningKey
from comitia.record.policy import Group, Log, Policy, PolicyWrong, QuorumMissing, Witness

LOG = SigningKey("valley.example/record", bytes(range(32)))
HEAD = Checkpoint(LOG.name, 7, bytes(range(32)))
RAW = checkpoint.sign(HEAD, LOG)
KEYS = {f"w{n}": CosigningKey(f"w{n}.example", "ed25519", bytes([n]) * 32) for n in range(1, 6)}
WITNESSES = tuple(Witness(name, cosignature.cosigner_key(key)) for name, key in KEYS.items())
LOGS = (Log(note.verifier_key(LOG)),)
# RECORD.md's two houses: two of three for the committees, one of two for the unions, and both houses.
HOUSES = Policy(
    LOGS,
    WITNESSES,
    (
        Group("committees", 2, ("w1", "w2", "w3")),
        Group("unions", 1, ("w4", "w5")),
        Group("both", 2, ("committees", "unions")),
    ),
    "both",
)


def cosigned(*names: str) -> bytes:
    signatures = [cosignature.cosign(note.parse(RAW).text, KEYS[name], at=100 + int(name[1:])) for name in names]
    return witness.with_cosignatures(RAW, signatures)


def text_of(*lines: str) -> bytes:
    return "".join(line + "\n" for line in lines).encode()


def vkey(name: str) -> str:
    return cosignature.format_vkey(cosignature.cosigner_key(KEYS[name]))


def test_a_checkpoint_that_both_houses_cosigned_is_accepted_with_its_moments() -> None:
    found = policy.check(cosigned("w1", "w3", "w5"), HOUSES)

    assert found == policy.Witnessed(HEAD, {"w1": 101, "w3": 103, "w5": 105})


@pytest.mark.parametrize(
    ("names", "lacking", "reason"),
    [
        (("w1", "w2", "w3"), ("unions",), "both has 1 of 2, 2 needed; missing: unions; "
                                          "unions has 0 of 2, 1 needed; missing: w4, w5"),
        (("w1", "w4", "w5"), ("committees",), "both has 1 of 2, 2 needed; missing: committees; "
                                              "committees has 1 of 3, 2 needed; missing: w2, w3"),
    ],
)  # fmt: skip
def test_one_house_alone_vouches_for_nothing(names: tuple[str, ...], lacking: tuple[str, ...], reason: str) -> None:
    with pytest.raises(QuorumMissing) as missing:
        policy.check(cosigned(*names), HOUSES)

    assert (missing.value.group, missing.value.lacking, missing.value.reason) == ("both", lacking, reason)


def test_a_checkpoint_of_another_log_or_without_the_logs_signature_is_refused() -> None:
    other = SigningKey("forger.example/record", bytes(32))
    namesake = SigningKey(LOG.name, bytes(32))

    with pytest.raises(NoteFault, match=r"names no log 'forger.example/record'; its logs: valley.example/record"):
        policy.check(checkpoint.sign(Checkpoint(other.name, 1, bytes(32)), other), HOUSES)
    with pytest.raises(NoteFault, match="carries no signature"):
        policy.check(checkpoint.sign(HEAD, namesake), HOUSES)


def test_a_cosignature_that_does_not_hold_spoils_the_checkpoint_though_the_quorum_is_there() -> None:
    false = note.Signature("w2.example", WITNESSES[1].key.key_id, bytes(72))

    with pytest.raises(NoteFault, match=r"cosignature by w2.example .* does not hold"):
        policy.check(witness.with_cosignatures(cosigned("w1", "w3", "w5"), [false]), HOUSES)


def test_who_is_unknown_to_the_policy_is_passed_over() -> None:
    stranger = cosignature.cosign(
        note.parse(RAW).text, CosigningKey("stranger.example", "ed25519", bytes([9]) * 32), at=1
    )

    found = policy.check(witness.with_cosignatures(cosigned("w1", "w2", "w4"), [stranger]), HOUSES)

    assert found.at == {"w1": 101, "w2": 102, "w4": 104}


def test_a_log_that_changed_its_key_is_known_by_either() -> None:
    new = SigningKey(LOG.name, bytes([7]) * 32)
    both = Policy((Log(note.verifier_key(new)), *LOGS), (), (), "none")

    assert policy.check(RAW, both) == policy.Witnessed(HEAD, {})
    assert policy.check(checkpoint.sign(HEAD, new), both) == policy.Witnessed(HEAD, {})


def test_a_policy_is_read_with_comments_tabs_and_addresses() -> None:
    raw = text_of(
        "# the valley",
        "",
        f"log {note.format_vkey(note.verifier_key(LOG))} https://valley.example/",
        f"  witness\tw1 {vkey('w1')} https://w1.example/  ",
        f"witness w2 {vkey('w2')}",
        "group all-of-them all w1",
        "group any-of-them any w2 all-of-them",
        "quorum any-of-them",
    )

    assert policy.parse(raw) == Policy(
        (Log(note.verifier_key(LOG), "https://valley.example/"),),
        (Witness("w1", WITNESSES[0].key, "https://w1.example/"), WITNESSES[1]),
        (Group("all-of-them", 1, ("w1",)), Group("any-of-them", 1, ("w2", "all-of-them"))),
        "any-of-them",
    )


def test_a_policy_is_read_back_as_it_was_written() -> None:
    assert policy.parse(policy.format(HOUSES)) == HOUSES


W1, W2 = f"witness w1 {vkey('w1')}", f"witness w2 {vkey('w2')}"


@pytest.mark.parametrize(
    ("lines", "line", "reason"),
    [
        ((), 0, "no line says the quorum"),
        ((W1,), 0, "no line says the quorum"),
        (("quorum none", "quorum none"), 2, "a second quorum"),
        (("quorum w1", W1), 1, "'w1' is no witness and no group of a line above"),
        (("quorum",), 1, "expected: quorum NAME"),
        (("logs x",), 1, "'logs' begins no line of a policy"),
        (("log",), 1, "expected: log KEY"),
        (("log nonsense",), 1, "not of the form"),
        ((f"log {vkey('w1')}",), 1, "not an Ed25519 key"),
        ((f"log {note.format_vkey(note.verifier_key(LOG))}",) * 2, 2, "stands for a log already"),
        (("witness w1",), 1, "expected: witness NAME KEY"),
        ((W1, f"witness other {vkey('w1')}"), 2, "stands for a witness already"),
        ((W1, f"witness w1 {vkey('w2')}"), 2, "'w1' is taken"),
        ((f"witness none {vkey('w1')}",), 1, "'none' is taken"),
        (("group g all",), 1, "expected: group NAME"),
        ((W1, "group g any w1 w2"), 2, "'w2' is no witness"),
        ((W1, "group g any none"), 2, "'none' is no witness"),
        ((W1, W2, "group g any w1 w1"), 3, "nobody counts twice"),
        ((W1, W2, "group g any w1", "group h any w1 w2"), 4, "nobody counts twice"),
        ((W1, "group g 0 w1"), 2, "'0' is not all, any, or a number from 1 to 1"),
        ((W1, "group g 2 w1"), 2, "'2' is not all, any, or a number from 1 to 1"),
        ((W1, "group g 01 w1"), 2, "'01' is not all"),
        ((W1, "group w1 any w1"), 2, "'w1' is taken"),
        ((W1, "group g any g"), 2, "'g' is no witness"),
        (("quorum no\rne",), 1, "a control character"),
    ],
)
def test_a_line_that_is_not_as_the_format_asks_is_named(lines: tuple[str, ...], line: int, reason: str) -> None:
    with pytest.raises(PolicyWrong) as wrong:
        policy.parse(text_of(*lines))

    assert wrong.value.line == line
    assert reason in wrong.value.reason


def test_a_last_line_without_a_line_feed_is_refused() -> None:
    with pytest.raises(PolicyWrong, match="line 2: the last line does not end in a line feed"):
        policy.parse(b"quorum none\n# cut")


def test_names_that_are_not_utf8_are_names_like_others() -> None:
    raw = text_of(W1).replace(b" w1 ", b" \xff\xfe ") + b"group \xe9 any \xff\xfe\nquorum \xe9\n"

    assert policy.format(policy.parse(raw)) == raw.replace(b"any", b"1")


@given(st.binary(max_size=80) | st.text("log witness group quorum none any 12+\n\t", max_size=80).map(str.encode))
def test_no_file_brings_anything_but_a_named_error(raw: bytes) -> None:
    try:
        found = policy.parse(raw)
    except PolicyWrong:
        return
    assert policy.parse(policy.format(found)) == found


@given(st.sets(st.sampled_from(sorted(KEYS))), st.sampled_from(sorted(KEYS)))
def test_one_more_witness_never_loses_a_quorum(names: set[str], more: str) -> None:
    def holds(vouching: set[str]) -> bool:
        try:
            policy.check_quorum(HOUSES, dict.fromkeys(vouching, 0))
        except QuorumMissing:
            return False
        return True

    assert holds(names) == (len(names & {"w1", "w2", "w3"}) >= 2 and bool(names & {"w4", "w5"}))
    assert holds(names) <= holds(names | {more})
