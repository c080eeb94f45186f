"""Signed notes and their keys: C2SP signed-note, Ed25519 only (signature type 0x01).

https://c2sp.org/signed-note. A note is text, an empty line, and signature lines; ``format(parse(raw)) == raw`` for
every note that ``parse`` accepts.
"""

import hashlib
from dataclasses import dataclass

from comitia.record import ed25519, strict_base64

ED25519 = b"\x01"
MOST_SIGNATURES = 100
LARGEST_NOTE = 1_000_000
_SIGNATURE_LINE = "— "
_PRIVATE = "PRIVATE+KEY+"


class NoteFault(Exception):
    """A note or a key is not well formed, or the key's signature is missing or does not hold."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class VerifierKey:
    """A public key with its name, as ``name+hash+base64`` on paper."""

    name: str
    key: bytes

    @property
    def key_id(self) -> bytes:
        """The first four bytes of SHA-256(name || 0x0A || 0x01 || public key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.key).digest()[:4]


@dataclass(frozen=True)
class SigningKey:
    """A private key (32-byte seed) with its name."""

    name: str
    seed: bytes


@dataclass(frozen=True)
class Signature:
    """One signature line: the key's name, its four-byte id, the signature's bytes."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True)
class Note:
    """A text, ending in a line feed, and its signatures."""

    text: str
    signatures: tuple[Signature, ...]


def verifier_key(key: SigningKey) -> VerifierKey:
    """Return the public half of a signing key."""
    return VerifierKey(key.name, ed25519.public_key(key.seed))


def format_vkey(key: VerifierKey) -> str:
    """Return a public key as text, ``name+hash+base64``."""
    _check_name(key.name)
    return f"{key.name}+{key.key_id.hex()}+{strict_base64.encode(ED25519 + key.key)}"


def parse_vkey(text: str) -> VerifierKey:
    """Return the public key of a text.

    Raises:
        NoteFault: not of the form ``name+hash+base64``, not Ed25519, or the hash is not that of name and key.
    """
    name, key_id, raw = _key_parts(text, "the verifier key")
    key = VerifierKey(name, raw)
    if key.key_id.hex() != key_id:
        raise NoteFault(f"the verifier key {text!r} is mistyped: its hash should be {key.key_id.hex()}")
    return key


def format_signing_key(key: SigningKey) -> str:
    """Return a private key as text, ``PRIVATE+KEY+name+hash+base64``; keep it secret."""
    _check_name(key.name)
    key_id = verifier_key(key).key_id.hex()
    return f"{_PRIVATE}{key.name}+{key_id}+{strict_base64.encode(ED25519 + key.seed)}"


def parse_signing_key(text: str) -> SigningKey:
    """Return the private key of a text; no message repeats any of it.

    Raises:
        NoteFault: not of the form ``PRIVATE+KEY+name+hash+base64``, not Ed25519, or another hash.
    """
    if not text.startswith(_PRIVATE):
        raise NoteFault("the signing key does not begin with PRIVATE+KEY+")
    name, key_id, seed = _key_parts(text.removeprefix(_PRIVATE), "the signing key", secret=True)
    key = SigningKey(name, seed)
    if verifier_key(key).key_id.hex() != key_id:
        raise NoteFault("the signing key is damaged: its hash does not fit")
    return key


def parse(raw: bytes) -> Note:
    """Return the note of these bytes; no signature is checked.

    Raises:
        NoteFault: not UTF-8, control characters, no signature line, or a line not in its one form.
    """
    if len(raw) > LARGEST_NOTE:
        raise NoteFault(f"the note has {len(raw):,} bytes; at most {LARGEST_NOTE:,} are read")
    try:
        whole = raw.decode()
    except UnicodeDecodeError as fault:
        raise NoteFault(f"the note is not UTF-8 at byte {fault.start}") from None
    if any(character < " " and character != "\n" for character in whole):
        raise NoteFault("the note holds a control character")
    # The last empty line parts the text from the signatures.
    text, blank, lines = whole.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise NoteFault("the note lacks the empty line before its signatures, or its last line feed")
    signatures = tuple(_parse_line(line) for line in lines[:-1].split("\n"))
    if len(signatures) > MOST_SIGNATURES:
        raise NoteFault(f"the note has {len(signatures)} signatures; at most {MOST_SIGNATURES} are read")
    return Note(text + "\n", signatures)


def format(note: Note) -> bytes:
    """Return the bytes of a note."""
    lines = [
        f"{_SIGNATURE_LINE}{each.name} {strict_base64.encode(each.key_id + each.signature)}\n"
        for each in note.signatures
    ]
    return (note.text + "\n" + "".join(lines)).encode()


def sign(text: str, keys: tuple[SigningKey, ...]) -> Note:
    """Return a text signed by each key.

    Raises:
        NoteFault: the text does not end in a line feed or holds a control character; a key's name is unfit.
    """
    if not text.endswith("\n") or any(character < " " and character != "\n" for character in text):
        raise NoteFault("the text of a note ends in a line feed and holds no other control character")
    signatures = []
    for key in keys:
        _check_name(key.name)
        signatures.append(Signature(key.name, verifier_key(key).key_id, ed25519.sign(key.seed, text.encode())))
    return Note(text, tuple(signatures))


def check(note: Note, key: VerifierKey) -> None:
    """Raise unless a key has signed a note.

    Raises:
        NoteFault: no signature by this key, or one that does not hold.
    """
    own = [each for each in note.signatures if (each.name, each.key_id) == (key.name, key.key_id)]
    if not own:
        raise NoteFault(f"the note carries no signature by {key.name}+{key.key_id.hex()}")
    # A signature by a known key that does not hold spoils the whole note.
    for each in own:
        try:
            ed25519.check(key.key, each.signature, note.text.encode())
        except ed25519.BadSignature as fault:
            raise NoteFault(f"the signature by {key.name} on the note does not hold: {fault.reason}") from fault


def _parse_line(line: str) -> Signature:
    name, blank, text = line.removeprefix(_SIGNATURE_LINE).partition(" ")
    if not line.startswith(_SIGNATURE_LINE) or not blank:
        raise NoteFault(f"not a signature line: {line[:80]!r}")
    _check_name(name)
    try:
        raw = strict_base64.decode(text)
    except strict_base64.NotBase64:
        raise NoteFault(f"the signature by {name} is not strict base64") from None
    if len(raw) < 5:
        raise NoteFault(f"the signature by {name} is too short")
    return Signature(name, raw[:4], raw[4:])


def _check_name(name: str) -> None:
    if not name or "+" in name or any(character.isspace() or character < " " for character in name):
        raise NoteFault(f"the key name {name!r} is empty or holds a blank or a plus")


def _key_parts(text: str, what: str, *, secret: bool = False) -> tuple[str, str, bytes]:
    shown = "" if secret else f" {text!r}"
    # Base64 may hold plus signs itself: only the first two part the text.
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise NoteFault(f"{what}{shown} is not of the form name+hash+base64")
    name, key_id, encoded = parts
    _check_name(name)
    try:
        raw = strict_base64.decode(encoded)
    except strict_base64.NotBase64:
        raise NoteFault(f"{what}{shown} does not end in strict base64") from None
    if raw[:1] != ED25519 or len(raw) != 33:
        raise NoteFault(f"{what}{shown} is not an Ed25519 key (type 0x01 and 32 bytes)")
    return name, key_id, raw[1:]
