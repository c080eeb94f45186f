"""Acts of rights: currents, minority reports, inspection."""

import msgspec

from comitia.federation.act import Act


class CurrentFormed(Act, frozen=True):
    """Members form a current."""

    current: str
    name: str
    members: tuple[str, ...]


class CurrentForbidden(Act, frozen=True):
    """A current is dissolved from above."""

    current: str


class MinorityReportFiled(Act, frozen=True):
    """A minority report (hash), by a current or not, on a decided motion; it is bound to the text ``adopted``."""

    motion: str
    text: str
    adopted: str | msgspec.UnsetType = msgspec.UNSET
    current: str | msgspec.UnsetType = msgspec.UNSET


class InspectionDemanded(Act, frozen=True):
    """A member demands to inspect what a body has posted; ``subject`` is the body that must answer."""

    inspection: str
    subject: str
    question: str


class InspectionAnswered(Act, frozen=True):
    """The body answers (hash of the text)."""

    inspection: str
    answer: str


class CurrentJoined(Act, frozen=True):
    """A member joins a current; where membership is secret the act is the clerk's and ``commitment`` stands for her."""

    current: str
    commitment: str = ""


class CurrentLeft(Act, frozen=True):
    """A member leaves a current, in the same way."""

    current: str
    commitment: str = ""


class PlatformPublished(Act, frozen=True):
    """A current publishes its platform to all members (hash of the text)."""

    current: str
    text: str
