"""Signed notes and their keys: C2SP signed-note, Ed25519 only (signature type 0x01).

https://c2sp.org/signed-note. A note is text, an empty line, and signature lines; ``format(parse(raw)) == raw`` for
every note that ``parse`` accepts.
"""

import hashlib
import re
from dataclasses import dataclass

from comitia.record import ed25519, strict_base64

ED25519 = b"\x01"
MOST_SIGNATURES = 100
LARGEST_NOTE = 1_000_000
_SIGNATURE_LINE = "— "
PRIVATE = "PRIVATE+KEY+"
_KEY_ID = re.compile(r"[0-9a-f]{8}")


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
        return key_id(self.name, ED25519 + self.key)


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


def key_id(name: str, typed: bytes) -> bytes:
    """Return the first four bytes of SHA-256(name || 0x0A || signature type || public key).

    Args:
        typed: the signature type's byte, then the public key.
    """
    return hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]


def verifier_key(key: SigningKey) -> VerifierKey:
    """Return the public half of a signing key."""
    return VerifierKey(key.name, ed25519.public_key(key.seed))


def format_vkey(key: VerifierKey) -> str:
    """Return a public key as text, ``name+hash+base64``."""
    return format_key(key.name, key.key_id, ED25519 + key.key)


def parse_vkey(text: str) -> VerifierKey:
    """Return the public key of a text.

    Raises:
        NoteFault: not of the form ``name+hash+base64``, not Ed25519, or the hash is not that of name and key.
    """
    name, hashed, typed = parse_key(text, "the verifier key")
    if typed[:1] != ED25519 or len(typed) != 33:
        raise NoteFault(f"the verifier key {text!r} is not an Ed25519 key (type 0x01 and 32 bytes)")
    key = VerifierKey(name, typed[1:])
    if key.key_id != hashed:
        raise NoteFault(f"the verifier key {text!r} is mistyped: its hash should be {key.key_id.hex()}")
    return key


def format_signing_key(key: SigningKey) -> str:
    """Return a private key as text, ``PRIVATE+KEY+name+hash+base64``; keep it secret."""
    return PRIVATE + format_key(key.name, verifier_key(key).key_id, ED25519 + key.seed)


def parse_signing_key(text: str) -> SigningKey:
    """Return the private key of a text; no message repeats any of it.

    Raises:
        NoteFault: not of the form ``PRIVATE+KEY+name+hash+base64``, not Ed25519, or another hash.
    """
    name, hashed, typed = parse_private_key(text)
    if typed[:1] != ED25519 or len(typed) != 33:
        raise NoteFault("the signing key is not an Ed25519 key (type 0x01 and 32 bytes)")
    key = SigningKey(name, typed[1:])
    if verifier_key(key).key_id != hashed:
        raise NoteFault("the signing key is damaged: its hash does not fit")
    return key


def format_key(name: str, hashed: bytes, typed: bytes) -> str:
    """Return a key as text, ``name+hash+base64``.

    Args:
        hashed: its key id; of a private key, that of its public half.
        typed: the signature type's byte, then the key.

    Raises:
        NoteFault: the name is empty or holds a blank or a plus.
    """
    check_name(name)
    return f"{name}+{hashed.hex()}+{strict_base64.encode(typed)}"


def parse_key(text: str, what: str, *, secret: bool = False) -> tuple[str, bytes, bytes]:
    """Return name, key id, and signature type with key, of a key's text; whether they fit is not checked.

    Args:
        what: what the text should be, for messages; with ``secret`` they repeat none of it.

    Raises:
        NoteFault: not of the form ``name+hash+base64``.
    """
    shown = "" if secret else f" {text!r}"
    # Base64 may hold plus signs itself: only the first two part the text.
    parts = text.split("+", 2)
    if len(parts) != 3:
        raise NoteFault(f"{what}{shown} is not of the form name+hash+base64")
    name, hashed, encoded = parts
    check_name(name)
    if not _KEY_ID.fullmatch(hashed):
        raise NoteFault(f"{what}{shown} has no hash of eight digits 0-9 and a-f after its name")
    try:
        return name, bytes.fromhex(hashed), strict_base64.decode(encoded)
    except strict_base64.NotBase64:
        raise NoteFault(f"{what}{shown} does not end in strict base64") from None


def parse_private_key(text: str) -> tuple[str, bytes, bytes]:
    """Return name, key id, and signature type with private key; no message repeats any of it.

    Raises:
        NoteFault: not of the form ``PRIVATE+KEY+name+hash+base64``.
    """
    if not text.startswith(PRIVATE):
        raise NoteFault("the signing key does not begin with PRIVATE+KEY+")
    return parse_key(text.removeprefix(PRIVATE), "the signing key", secret=True)


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
    signatures = tuple(parse_signature(line) for line in lines[:-1].split("\n"))
    if len(signatures) > MOST_SIGNATURES:
        raise NoteFault(f"the note has {len(signatures)} signatures; at most {MOST_SIGNATURES} are read")
    return Note(text + "\n", signatures)


def format(note: Note) -> bytes:
    """Return the bytes of a note."""
    return (note.text + "\n" + "".join(map(format_signature, note.signatures))).encode()


def format_signature(signature: Signature) -> str:
    """Return a signature as its line, with the line feed."""
    return f"{_SIGNATURE_LINE}{signature.name} {strict_base64.encode(signature.key_id + signature.signature)}\n"


def sign(text: str, keys: tuple[SigningKey, ...]) -> Note:
    """Return a text signed by each key.

    Raises:
        NoteFault: the text does not end in a line feed or holds a control character; a key's name is unfit.
    """
    if not text.endswith("\n") or any(character < " " and character != "\n" for character in text):
        raise NoteFault("the text of a note ends in a line feed and holds no other control character")
    signatures = []
    for key in keys:
        check_name(key.name)
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


def parse_signature(line: str) -> Signature:
    """Return the signature of a line, without its line feed.

    Raises:
        NoteFault: not in the one form of a signature line.
    """
    name, blank, text = line.removeprefix(_SIGNATURE_LINE).partition(" ")
    if not line.startswith(_SIGNATURE_LINE) or not blank:
        raise NoteFault(f"not a signature line: {line[:80]!r}")
    check_name(name)
    try:
        raw = strict_base64.decode(text)
    except strict_base64.NotBase64:
        raise NoteFault(f"the signature by {name} is not strict base64") from None
    if len(raw) < 5:
        raise NoteFault(f"the signature by {name} is too short")
    return Signature(name, raw[:4], raw[4:])


def check_name(name: str) -> None:
    """Raise unless a text is fit to name a key.

    Raises:
        NoteFault: it is empty or holds a blank or a plus.
    """
    # A lone surrogate stands for a byte that is not UTF-8, which notes must be.
    if not name or "+" in name or any(c.isspace() or c < " " or "\ud800" <= c <= "\udfff" for c in name):
        raise NoteFault(f"the key name {name!r} is empty, not UTF-8, or holds a blank or a plus")
