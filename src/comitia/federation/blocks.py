"""Blocks: motions of one body on one matter that are voted on together, so that one division decides all of them.

The division opens on the first motion of the block and is the division of every other; what is voted on one is voted on
all. Whoever may vote gets one motion taken out before the vote opens, and it is then voted on by itself.
"""

from comitia.federation import acts, motions
from comitia.federation.founding import check_new_id
from comitia.federation.permit import check_permitted
from comitia.federation.refusal import Refused, refuse_unless
from comitia.federation.state import Block, Motion, State


def form_block(state: State, act: acts.BlockFormed) -> None:
    """Put motions together, to be voted on as one."""
    check_new_id(act.block, act.block in state.blocks, "a block")
    refuse_unless(
        len(set(act.motions)) == len(act.motions) >= 2, "record", "a block is of two motions or more, each named once"
    )
    found = [motions.motion(state, name) for name in act.motions]
    check_permitted(state, act, motions.sitting(state, motions.deciding_bodies(state, found[0]), act.at))
    for of in found:
        _check_fits(state, found[0], of)
    state.blocks[act.block] = Block(act.block, act.motions, act.by, state.size)
    for of in found:
        of.block = act.block


def _check_fits(state: State, like: Motion, of: Motion) -> None:
    article = of.on.article
    refuse_unless(
        (of.on, of.body) == (like.on, like.body)
        and motions.deciding_bodies(state, of) == motions.deciding_bodies(state, like),
        article,
        f"{of.id} and {like.id} are not of one body on one matter; only such motions are voted on together",
    )
    refuse_unless(not of.amends, article, f"{of.id} is an amendment; it is voted on before its motion")
    refuse_unless(not of.block, article, f"{of.id} is in the block {of.block} already")
    refuse_unless(
        of.on.procedure in ("vote", "sense_check"),
        article,
        f"on {of.id} everybody must be able to say something of its own; {of.on.procedure} decides it",
    )
    refuse_unless(not of.alternatives, article, f"{of.id} has alternatives to choose among first")
    refuse_unless(not of.outcome and not of.divisions, article, f"the division on {of.id} has opened, or it is decided")
    # Else a challenge could follow one of them alone into the vote.
    motions.check_not_suspended(state, of)


def split(state: State, act: acts.BlockSplit) -> None:
    """Take one motion out of a block, to be voted on by itself."""
    block = state.blocks.get(act.block)
    if block is None:
        raise Refused("record", f"there is no block {act.block!r}")
    of = motions.motion(state, act.motion)
    voting = motions.sitting(state, motions.deciding_bodies(state, of), act.at)
    check_permitted(state, act, voting)
    article = of.on.article
    refuse_unless(of.block == block.id, article, f"{of.id} is not in the block {block.id}")
    refuse_unless(act.by in voting, article, f"{act.by} does not vote on {of.id}; who votes may ask for it alone")
    refuse_unless(not of.divisions, article, f"the division on the block {block.id} has opened")
    leave(state, of)


def leave(state: State, of: Motion) -> None:
    """Take a motion out of its block, if it is in one."""
    if of.block:
        state.blocks[of.block].split[of.id] = state.size
        of.block = ""


def together(state: State, of: Motion) -> tuple[Motion, ...]:
    """Return the motions that one division decides, this one among them; the division opens on the first."""
    if not of.block:
        return (of,)
    found = (state.motions[name] for name in state.blocks[of.block].motions)
    return tuple(one for one in found if one.block == of.block)


def first(state: State, of: Motion) -> Motion:
    """Return the motion of a block on which its division opens; of a motion by itself, the motion."""
    return together(state, of)[0]


def check_first(state: State, of: Motion) -> None:
    """Raise unless the division on a block is opened, and closed, on its first motion.

    Raises:
        Refused: it is another one.
    """
    ahead = first(state, of)
    refuse_unless(
        ahead.id == of.id,
        of.on.article,
        f"{of.id} is voted on in the block {of.block}; open and close the division on {ahead.id}",
    )
