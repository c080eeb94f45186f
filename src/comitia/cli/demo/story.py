"""The season of the invented Valley Federation, chapter by chapter.

Every line of it is acts that the rule book accepted; nothing here goes round the clerk.
"""

from collections.abc import Callable

from comitia.cli.demo import chapters_base, chapters_plan, chapters_power
from comitia.cli.demo.cast import Cast
from comitia.cli.demo.telling import Say, Told
from comitia.cli.demo.valley import Valley

Progress = Callable[[str], None]
Chapter = Callable[[Cast, Valley, str, Say, Told], None]
CHAPTERS: tuple[tuple[str, Chapter], ...] = (
    ("founding", chapters_base.found),
    ("elections at the base", chapters_base.elections),
    ("numbers declared by their owners", chapters_base.declare),
    ("the first draft", chapters_plan.first_draft),
    ("the second draft", chapters_plan.second_draft),
    ("work and deliveries", chapters_plan.work),
    ("what nobody may do", chapters_power.never),
    ("an order declined, a strike", chapters_power.decline),
    ("a recall", chapters_power.recall),
    ("what is left open", chapters_power.open_matters),
)


def live(cast: Cast, valley: Valley, charter: str, *, say: Say, progress: Progress) -> Told:
    """Let the federation live its season and return what was told."""
    told = Told()

    def tell(line: str) -> None:
        told.lines.append(line)
        say(line)

    for title, chapter in CHAPTERS:
        progress(title)
        chapter(cast, valley, charter, tell, told)
    return told
