"""Write members.csv: the 240 invented members of the invented Valley Federation, the same at every run.

Every choice is the order of SHA-256 digests, so no version of any random generator can change it. Run it from anywhere:
``python examples/valley/make_members.py``.
"""

import csv
import hashlib
import io
from pathlib import Path

# Members of each workplace by trade; the hours that the unions declare rest on these.
STAFF = {
    "farm": {"growers": 28, "drivers": 4, "metalworkers": 2, "builders-and-weavers": 1},
    "mill": {"bakers-and-cooks": 6, "metalworkers": 2, "drivers": 2},
    "bakery": {"bakers-and-cooks": 17, "drivers": 3},
    "dairy": {"growers": 8, "bakers-and-cooks": 6, "metalworkers": 1, "drivers": 1},
    "foundry": {"metalworkers": 10, "builders-and-weavers": 1, "drivers": 1},
    "tool-shop": {"metalworkers": 15, "builders-and-weavers": 2, "drivers": 1},
    "textiles": {"builders-and-weavers": 23, "metalworkers": 2, "drivers": 1},
    "clinic": {"carers": 28, "bakers-and-cooks": 2, "drivers": 2},
    "school-kitchen": {"bakers-and-cooks": 11, "carers": 6, "drivers": 1},
    "transport": {"drivers": 14, "metalworkers": 3},
    "power": {"metalworkers": 9, "builders-and-weavers": 2, "drivers": 1},
    "building": {"builders-and-weavers": 20, "metalworkers": 2, "drivers": 2},
}
UPPER = {"farm", "mill", "dairy", "textiles", "school-kitchen", "power"}
# Of 20 members, how many live in each locality: most near their work, some across the valley.
HOMES_UPPER = {"hilltown": 9, "millbrook": 6, "riverbend": 3, "stonebridge": 2}
HOMES_LOWER = {"riverbend": 8, "stonebridge": 5, "hilltown": 4, "millbrook": 3}

FIRST_NAMES_TEXT = """
Ada Adem Aino Alba Alina Amara Amir Ana Anders Anouk Ansel Arif Astrid Aurel Ayla Bahar Beata Bela Bento Birgit
Bruno Carla Cem Chiara Clara Cyril Dalia Dario Daria David Delia Dina Dora Edda Elena Elias Elif Elsa Emil Emre Enid
Ersin Esra Ewa Fadi Farah Felix Filip Finn Frida Gaia Georg Gesa Goran Greta Hana Hanno Hedda Henrik Hilde Ida Ilse
Imran Ines Ingrid Ioana Irena Isak Ivan Jana Janek Jasmin Jelena Joana Jonas Judit Julia Kaan Kamil Karin Kasper
Katya Kemal Kira Klaus Lara Lars Leila Lena Leo Lidia Linus Livia Luca Lucia Magda Malik Mara Marek Maria Marta
Mateo Maya Mehmet Mila Milan Mina Mira Nadia Nela Nico Nils Nora Nour Olaf Olga Omar Oskar Otto Paula Pavel Petra
Pia Piotr Rana Rasmus Rauf Renata Rhea Rita Robin Rosa Ruben Ruth Sami Samira Sanna Selma Senta Silke Simon Sofia
Sonja Stefan Sven Tamar Tarik Teo Thea Tilda Timo Tomas Una Valentin Vera Viktor Vilma Walid Wanda Willem Yara Yusuf
Zara Zdenka Zoran
"""
SURNAMES_TEXT = """
Abel Acker Adler Aksoy Albers Almeida Amsel Arslan Asker Baran Barth Becher Bel Berg Bianchi Blum Borg Brandt Braun
Brook Bucher Cabral Cano Celik Conti Costa Dahl Demir Dorn Drab Duman Ebner Ekman Elm Erdem Espinosa Falk Farkas
Feld Ferreira Fiala Fink Forster Frey Gallo Garner Gerber Glaser Gomes Grabar Graf Green Guler Haas Hadad Hagen
Halas Hansen Hartmann Heller Herrera Hirsch Holm Horvat Huber Iyer Jansen Jovic Juhasz Kahn Kaplan Kaya Keller Kern
Khoury Kirsch Klein Kolar Kovac Kraft Kroll Kruse Kunz Lang Larsen Leal Lehner Lind Lopes Lorenz Ludwig Maier Malek
Marin Martens Mayr Meier Melo Mendel Moreau Moser Nagy Nasser Neumann Novak Nunes Oberg Olsen Orsini Osman Ott Ozkan
Palme Papp Pavlik Peters Petrov Pinto Polat Prager Quint Rahman Ramos Reiter Ribeiro Richter Rossi Roth Sahin Santos
Sauer Schaefer Schmied Seidel Serra Simic Sommer Sorensen Stein Stern Strand Suter Svoboda Szabo Tanner Teller Thoma
Toth Tuna Urban Vance Varga Vidal Vogel Wagner Walter Weber Weiss Werner Winter Wolf Yildiz Zander Zeman Ziegler
Zorn
"""
FIRST_NAMES = FIRST_NAMES_TEXT.split()
SURNAMES = SURNAMES_TEXT.split()
COLUMNS = ("member", "name", "workplace", "trade", "locality")


def mixed(subject: str, names: list[str]) -> list[str]:
    """Return the names in the order of their digests for one subject."""
    return [name for _, name in sorted((digest(f"{subject}|{place}|{name}"), name) for place, name in enumerate(names))]


def digest(text: str) -> str:
    """Return the SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(f"valley|{text}".encode()).hexdigest()


def homes(workplace: str, size: int) -> list[str]:
    """Return the localities of a workplace's members, as near to the table's shares as whole members allow."""
    shares = HOMES_UPPER if workplace in UPPER else HOMES_LOWER
    exact = {locality: share * size / 20 for locality, share in shares.items()}
    counts = {locality: int(value) for locality, value in exact.items()}
    short = sorted(shares, key=lambda locality: (counts[locality] - exact[locality], locality))
    for locality in short[: size - sum(counts.values())]:
        counts[locality] += 1
    return mixed(f"homes of {workplace}", [locality for locality in shares for _ in range(counts[locality])])


def members() -> list[tuple[str, str, str, str, str]]:
    """Return the rows of members.csv, in the order of member numbers."""
    places: list[tuple[str, str, str]] = []
    for workplace, staff in STAFF.items():
        trades = mixed(f"trades of {workplace}", [trade for trade, count in staff.items() for _ in range(count)])
        places += zip([workplace] * len(trades), trades, homes(workplace, len(trades)), strict=True)
    order = sorted(range(len(places)), key=lambda place: digest(f"number|{place}"))
    first, last = mixed("first names", FIRST_NAMES), mixed("surnames", SURNAMES)
    # 165 first names and 166 surnames have no common divisor, so no pair comes twice.
    return [
        (f"m-{number + 1:04d}", f"{first[number % len(first)]} {last[number % len(last)]}", *places[place])
        for number, place in enumerate(order)
    ]


def csv_text() -> str:
    """Return members.csv as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(members())
    return out.getvalue()


if __name__ == "__main__":
    (Path(__file__).parent / "members.csv").write_text(csv_text(), encoding="utf-8")
