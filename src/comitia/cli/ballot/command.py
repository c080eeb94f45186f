"""The words of ``comitia ballot``, in the order in which a ballot goes."""

import typer

from comitia.cli.ballot import office, shown, voter

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Secret ballots by tokens and seals: keys, tokens, sealed choices, the opening, the count.",
)
for word in (
    office.key, office.seal, voter.ask, office.answer, voter.cast, office.publish, office.reveal, office.count,
    voter.void, office.publish_void, office.repeat, voter.mine, voter.promised, shown.show,
):  # fmt: skip
    app.command(word.__name__.replace("_", "-"))(word)
