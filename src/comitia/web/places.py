"""The places that a form gives to names, read as a ranking: 1 for the first choice, 2 for the second, and so on."""

from collections.abc import Mapping

from django.http import QueryDict

from comitia.federation.refusal import Refused


def ranking(given: QueryDict, names: Mapping[str, str], *, article: str) -> list[str]:
    """Return the names that were given a place, best first; a name without one is left out.

    Args:
        given: the form; the place of a name is its field ``place-NAME``.
        names: how each name that may be ranked is said to the reader.
        article: under which a form that cannot be read is refused.

    Raises:
        Refused: two names have one place, or a place is no number.
    """
    places: dict[int, str] = {}
    for name, said in names.items():
        place = given.get(f"place-{name}", "").strip()
        if not place:
            continue
        if not (place.isascii() and place.isdecimal()) or len(place) > 4:
            raise Refused(article, f"a place is a number, not {place!r}; your vote is not cast yet")
        if int(place) in places:
            two = f"{names[places[int(place)]]} and {said}"
            raise Refused(article, f"{two} both have place {place}; give each its own place. Your vote is not cast yet")
        places[int(place)] = name
    return [places[place] for place in sorted(places)]
