"""Talking beside motions, seasons, needs and orders; words set aside, and the appeal against it.

Whether there is talking, how long, with what attached and who hears appeals is in the charter, under ``[talking]``.
Nothing vanishes: words that were set aside are folded, with the reason and by whom.
"""

import re
from fractions import Fraction

from comitia.charter.structure import Talking
from comitia.federation import acts, founding, standing
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import State, Words
from comitia.record import blobs

MENTION = re.compile(r"(?<![\w@])@([A-Za-z]+-\d+)\b")
"""How words mention a member: an @ and her number."""
LONGEST_NAME = 120
LONGEST_REASON = 2000
MOST_ATTACHED = 5
_BEGINNINGS = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "application/pdf": b"%PDF-",
}
_TEXTS = ("text/plain", "text/csv")


def rule_of(state: State) -> Talking:
    """Return the charter's rule of talking.

    Raises:
        Refused: it has none.
    """
    found = standing.charter(state).talking
    if found is None:
        raise Refused("record", "the charter says nothing of talking on the record: it has no table [talking]")
    return found


def words(state: State, name: str) -> Words:
    """Return words by their id.

    Raises:
        Refused: there are none.
    """
    found = state.words.get(name)
    if found is None:
        raise Refused("record", f"there are no words {name!r}")
    return found


def is_of(body: bytes, media_type: str) -> bool:
    """Return whether bytes are of a media type: told from their beginning, for texts from being UTF-8."""
    if media_type in _TEXTS:
        return _is_text(body)
    beginning = _BEGINNINGS.get(media_type)
    return beginning is not None and body.startswith(beginning)


def _is_text(body: bytes) -> bool:
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return all(c.isprintable() or c in "\n\r\t" for c in text)


def say(state: State, act: acts.WordsSaid) -> None:
    """Take a member's words."""
    rule = rule_of(state)
    check_permitted(state, act)
    founding.check_new_id(act.words, act.words in state.words, "words")
    _check_about(state, act.about, rule.article)
    if act.answers:
        refuse_unless(
            words(state, act.answers).about == act.about, rule.article, f"{act.answers} was said about something else"
        )
    refuse_unless(blobs.is_hash(act.text), "record", "words are named by the SHA-256 of their text")
    said = state.blobs.get(act.text)
    if said is not None:
        refuse_unless(_is_text(said), rule.article, "words are text in UTF-8 without control characters")
        length = len(said.decode("utf-8").strip())
        refuse_unless(
            0 < length <= rule.longest, rule.article, f"words have 1 to {rule.longest} characters; these have {length}"
        )
    refuse_unless(
        len(act.attachments) <= MOST_ATTACHED, rule.article, f"at most {MOST_ATTACHED} files are attached to words"
    )
    for file in act.attachments:
        _check_attachment(state, file, rule)
    state.words[act.words] = Words(
        act.words, act.about, act.by, act.text, act.answers, act.attachments, act.at, state.size
    )


def _check_about(state: State, about: str, article: str) -> None:
    kind, _, rest = about.partition("/")
    season, _, named = rest.partition("/")
    match kind:
        case "motion":
            there = rest in state.motions
        case "season":
            there = rest in state.seasons
        case "need":
            council, _, product = named.partition("/")
            there = season in state.seasons and _is_group(state, council) and 0 < len(product) <= LONGEST_NAME
        case "order":
            there = season in state.seasons and _is_group(state, named)
        case _:
            there = False
    refuse_unless(
        there,
        article,
        f"{about!r} is nothing that is talked about: motion/ID, season/ID, need/SEASON/COUNCIL/PRODUCT or "
        "order/SEASON/WORKPLACE",
    )


def _is_group(state: State, name: str) -> bool:
    return any(group == name for _, group in state.groups)


def _check_attachment(state: State, file: acts.Attachment, rule: Talking) -> None:
    under = rule.article
    name = file.name
    refuse_unless(
        0 < len(name) <= LONGEST_NAME and name.isprintable() and not set(name) & set('/\\"'),
        under,
        f"a file's name has 1 to {LONGEST_NAME} characters, none of them a slash or a quotation mark",
    )
    refuse_unless(
        file.type in rule.types, under, f"{name} is {file.type}; attached are {', '.join(rule.types) or 'no files'}"
    )
    refuse_unless(blobs.is_hash(file.blob), "record", f"{name} is named by the SHA-256 of its bytes")
    body = state.blobs.get(file.blob)
    if body is not None:
        refuse_unless(
            len(body) <= rule.largest, under, f"{name} has {len(body)} bytes; a file has at most {rule.largest}"
        )
        refuse_unless(is_of(body, file.type), under, f"{name} is no {file.type} by its bytes")


def set_aside(state: State, act: acts.WordsSetAside) -> None:
    """Fold words, with a reason."""
    rule = rule_of(state)
    check_permitted(state, act)
    of = words(state, act.words)
    refuse_unless(of.aside < 0, rule.article, f"{of.id} was set aside in act {of.aside}")
    _check_reason(act.reason, rule.article)
    of.aside, of.aside_by, of.aside_reason = state.size, act.body or act.by, act.reason


def appeal(state: State, act: acts.SettingAsideAppealed) -> None:
    """Take an author's appeal."""
    rule = rule_of(state)
    check_permitted(state, act)
    of = words(state, act.words)
    refuse_unless(of.aside >= 0, rule.article, f"{of.id} was not set aside")
    refuse_unless(act.by == of.by, rule.article, f"{of.by} said these words; she alone appeals")
    refuse_unless(of.appealed < 0, rule.article, f"{of.id} was appealed in act {of.appealed}; there is one appeal")
    _check_reason(act.reason, rule.article)
    of.appealed, of.appeal_reason = state.size, act.reason


def vote(state: State, act: acts.AppealVoted) -> None:
    """Take the open vote of a seat that hears the appeal; the last one that is needed decides."""
    rule = rule_of(state)
    check_permitted(state, act)
    of = words(state, act.words)
    refuse_unless(of.appealed >= 0, rule.article, f"nobody has appealed for {of.id}")
    refuse_unless(not of.outcome, rule.article, f"the appeal for {of.id} is decided: {of.outcome}")
    hearing = standing.filled(state, rule.hears, act.at) if standing.find_body(state, rule.hears) else ()
    refuse_unless(
        (act.seat, act.by) in {(term.seat, term.member) for term in hearing},
        rule.article,
        f"{act.by} does not hold {act.seat or 'a seat'} of {rule.hears}, which hears appeals",
    )
    refuse_unless(act.seat not in of.votes, rule.article, f"{act.seat} has voted on it")
    _check_reason(act.reason, rule.article)
    of.votes[act.seat] = (act.restore, act.reason, state.size)
    restoring = sum(restore for restore, _, _ in of.votes.values())
    if Fraction(restoring, len(hearing)) > rule.more_than:
        of.outcome = "restored"
    elif Fraction(len(of.votes) - restoring, len(hearing)) >= 1 - rule.more_than:
        of.outcome = "upheld"


def _check_reason(reason: str, article: str) -> None:
    refuse_unless(
        0 < len(reason.strip()) <= LONGEST_REASON, article, f"a reason is given, of at most {LONGEST_REASON} characters"
    )


def thread(state: State, about: str) -> tuple[Words, ...]:
    """Return what was said about something, in the order of saying."""
    return tuple(one for one in state.words.values() if one.about == about)


def addressed(state: State, of: Words) -> frozenset[str]:
    """Return to whom words are said: whose they answer, and whom they mention."""
    named = set(MENTION.findall(state.blobs.get(of.text, b"").decode("utf-8", "replace")))
    if of.answers:
        named.add(state.words[of.answers].by)
    return frozenset(named & state.members.keys())


def is_folded(of: Words) -> bool:
    """Return whether words are folded: set aside, and not restored."""
    return of.aside >= 0 and of.outcome != "restored"


def to_hear(state: State, at: str) -> tuple[Words, ...]:
    """Return the words whose appeal is not decided yet."""
    return tuple(one for one in state.words.values() if one.appealed >= 0 and not one.outcome and one.at <= at)
