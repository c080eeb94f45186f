"""Cosignatures: a witness says that a checkpoint continues the log that it knows, and when it saw it.

C2SP tlog-cosignature, https://c2sp.org/tlog-cosignature: signature types 0x04 (Ed25519) and 0x06 (ML-DSA-44, which
withstands quantum computers and commits to the witness's name). A cosignature is a signature line of the checkpoint's
note; its bytes are the moment as a big-endian 64-bit number, then the signature.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, assert_never

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from comitia.record import checkpoint, ed25519, note

Kind = Literal["ed25519", "ml-dsa-44"]

# Signature type and length of the public key, by kind.
TYPES: dict[Kind, tuple[bytes, int]] = {"ed25519": (b"\x04", 32), "ml-dsa-44": (b"\x06", 1312)}
SIGNATURE_BYTES: dict[Kind, int] = {"ed25519": 64, "ml-dsa-44": 2420}
SEED_BYTES = 32
LATEST = 2**63 - 1
LAST_OF_9999 = 253_402_300_799


@dataclass(frozen=True)
class CosignerKey:
    """The public key of a witness, with its name."""

    name: str
    kind: Kind
    key: bytes

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name || 0x0A || signature type || public key)."""
        return note.key_id(self.name, TYPES[self.kind][0] + self.key)


@dataclass(frozen=True)
class CosigningKey:
    """The private key (32-byte seed) of a witness, with its name."""

    name: str
    kind: Kind
    seed: bytes


def cosigner_key(key: CosigningKey) -> CosignerKey:
    """Return the public half of a witness's key."""
    match key.kind:
        case "ed25519":
            public = ed25519.public_key(key.seed)
        case "ml-dsa-44":
            public = MLDSA44PrivateKey.from_seed_bytes(key.seed).public_key().public_bytes_raw()
        case _:
            assert_never(key.kind)
    return CosignerKey(key.name, key.kind, public)


def format_vkey(key: CosignerKey) -> str:
    """Return a witness's public key as text, ``name+hash+base64``."""
    return note.format_key(key.name, key.key_id, TYPES[key.kind][0] + key.key)


def parse_vkey(text: str) -> CosignerKey:
    """Return the public key of a witness from its text.

    Raises:
        NoteFault: not of the form ``name+hash+base64``, not the key of a witness, or another hash.
    """
    name, hashed, typed = note.parse_key(text, "the witness's key")
    kind = _kind(typed, {kind: length for kind, (_, length) in TYPES.items()})
    if kind is None:
        raise note.NoteFault(
            f"the witness's key {text[:80]!r} is of no type that a witness signs with: Ed25519 (0x04 and 32 bytes) or "
            "ML-DSA-44 (0x06 and 1,312 bytes)"
        )
    key = CosignerKey(name, kind, typed[1:])
    if key.key_id != hashed:
        raise note.NoteFault(f"the witness's key {text[:80]!r} is mistyped: its hash should be {key.key_id.hex()}")
    return key


def format_signing_key(key: CosigningKey) -> str:
    """Return a witness's private key as text, ``PRIVATE+KEY+name+hash+base64``; keep it secret."""
    return note.PRIVATE + note.format_key(key.name, cosigner_key(key).key_id, TYPES[key.kind][0] + key.seed)


def parse_signing_key(text: str) -> CosigningKey:
    """Return the private key of a witness from its text; no message repeats any of it.

    Raises:
        NoteFault: not of the form ``PRIVATE+KEY+name+hash+base64``, not the key of a witness, or another hash.
    """
    name, hashed, typed = note.parse_private_key(text)
    kind = _kind(typed, dict.fromkeys(TYPES, SEED_BYTES))
    if kind is None:
        raise note.NoteFault("the signing key is not that of a witness (type 0x04 or 0x06, and 32 bytes)")
    key = CosigningKey(name, kind, typed[1:])
    if cosigner_key(key).key_id != hashed:
        raise note.NoteFault("the signing key is damaged: its hash does not fit")
    return key


def _kind(typed: bytes, lengths: dict[Kind, int]) -> Kind | None:
    return next(
        (kind for kind, (of_type, _) in TYPES.items() if typed[:1] == of_type and len(typed) == 1 + lengths[kind]), None
    )


def moment_text(at: int) -> str:
    """Return the moment of a cosignature as ``YYYY-MM-DDTHH:MM:SSZ``; one past the year 9999 as its seconds.

    Args:
        at: seconds since 1970.
    """
    if at > LAST_OF_9999:
        return f"{at} seconds after 1970"
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def cosigned_message(name: str, kind: Kind, text: str, *, at: int) -> bytes:
    """Return the bytes that a witness signs.

    Args:
        name: of the witness.
        text: of the checkpoint's note, with its last line feed.
        at: the moment, in seconds since 1970.

    Raises:
        CheckpointFault: the text is no checkpoint (ML-DSA-44 only, which signs its fields and not its text).
    """
    match kind:
        case "ed25519":
            # "Ed25519 signed message": a header line, a line for the time, the whole note body.
            return f"cosignature/v1\ntime {at}\n{text}".encode()
        case "ml-dsa-44":
            # "ML-DSA-44 signed message": the structure cosigned_message; a checkpoint starts at leaf 0.
            head = checkpoint.parse_text(text)
            return b"".join(
                (
                    b"subtree/v1\n\0",
                    _counted(name),
                    at.to_bytes(8, "big"),
                    _counted(head.origin),
                    (0).to_bytes(8, "big"),
                    head.size.to_bytes(8, "big"),
                    head.root,
                )
            )
    assert_never(kind)


def _counted(text: str) -> bytes:
    raw = text.encode()
    if not 1 <= len(raw) <= 255:
        raise checkpoint.CheckpointFault(f"a name in a cosignature has 1 to 255 bytes, not {len(raw)}")
    return len(raw).to_bytes(1, "big") + raw


def cosign(text: str, key: CosigningKey, *, at: int) -> note.Signature:
    """Return a witness's cosignature of a checkpoint.

    Args:
        text: of the checkpoint's note.
        at: the moment, in seconds since 1970.

    Raises:
        CheckpointFault: the text is no checkpoint.
        ValueError: a moment before 1970 or past 2**63 - 1.
    """
    if not 0 <= at <= LATEST:
        raise ValueError(f"the moment {at} of a cosignature lies outside 0 to 2**63 - 1")
    checkpoint.parse_text(text)
    message = cosigned_message(key.name, key.kind, text, at=at)
    match key.kind:
        case "ed25519":
            signed = ed25519.sign(key.seed, message)
        case "ml-dsa-44":
            signed = MLDSA44PrivateKey.from_seed_bytes(key.seed).sign(message)
        case _:
            assert_never(key.kind)
    return note.Signature(key.name, cosigner_key(key).key_id, at.to_bytes(8, "big") + signed)


def check(signature: note.Signature, text: str, key: CosignerKey) -> int:
    """Return the moment, in seconds since 1970, at which a witness cosigned a checkpoint.

    Args:
        signature: a signature line with the name and the key id of the witness.
        text: of the checkpoint's note.

    Raises:
        NoteFault: the cosignature does not hold.
        CheckpointFault: the text is no checkpoint.
    """
    raw = signature.signature
    if len(raw) != 8 + SIGNATURE_BYTES[key.kind]:
        raise note.NoteFault(f"the cosignature by {key.name} has {len(raw)} bytes, not {8 + SIGNATURE_BYTES[key.kind]}")
    at = int.from_bytes(raw[:8], "big")
    if at > LATEST:
        raise note.NoteFault(f"the cosignature by {key.name} bears a moment past 2**63 - 1")
    message = cosigned_message(key.name, key.kind, text, at=at)
    try:
        match key.kind:
            case "ed25519":
                ed25519.check(key.key, raw[8:], message)
            case "ml-dsa-44":
                MLDSA44PublicKey.from_public_bytes(key.key).verify(raw[8:], message)
            case _:
                assert_never(key.kind)
    except (ed25519.BadSignature, InvalidSignature):
        raise note.NoteFault(f"the cosignature by {key.name} on the checkpoint does not hold") from None
    return at
