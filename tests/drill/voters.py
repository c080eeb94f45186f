"""Weights and populations of the published games, each with its source."""

NICE = (29,) * 4 + (27,) * 2 + (14, 13) + (12,) * 5 + (10,) * 3 + (7,) * 5 + (4,) * 5 + (3,)
"""Treaty of Nice, Protocol on the enlargement, 27 members."""

NICE_PEOPLE = (
    82038, 59247, 58966, 57612, 39394, 38667, 22489, 15760, 10533, 10290, 10213, 10092, 9980, 8854, 8230, 8082, 5393,
    5313, 5160, 3744, 3701, 2439, 1978, 1446, 752, 429, 379,
)  # fmt: skip
"""Thousands, in the order of NICE; Bilbao, www.esi2.us.es/~mbilbao/niza.htm."""

LISBON_PEOPLE = {
    "BE": 11351727, "BG": 7101859, "CZ": 10578820, "DK": 5748769, "DE": 82521653, "EE": 1315635, "IE": 4784383,
    "EL": 10768193, "ES": 46528024, "FR": 66989083, "HR": 4154213, "IT": 60589445, "CY": 854802, "LV": 1950116,
    "LT": 2847904, "LU": 590667, "HU": 9797561, "MT": 460297, "NL": 17081507, "AT": 8772865, "PL": 37972964,
    "PT": 10309573, "RO": 19644350, "SI": 2065895, "SK": 5435343, "FI": 5503297, "SE": 9995153, "UK": 65808573,
}  # fmt: skip
"""Eurostat, 1 January 2017."""


def _electors(text: str) -> dict[str, int]:
    """Return electors by state from "55 CA, 38 TX, 29 FL NY": a number, then all states that have it."""
    groups = (group.split() for group in text.split(","))
    return {state: int(number) for number, *states in groups for state in states}


ELECTORS_1996 = _electors(
    "54 CA, 33 NY, 32 TX, 25 FL, 23 PA, 22 IL, 21 OH, 18 MI, 15 NJ, 14 NC, 13 GA VA, 12 IN MA, 11 MO TN WA WI, "
    "10 MD MN, 9 AL LA, 8 AZ CO CT KY OK SC, 7 IA MS OR, 6 AR KS, 5 NE NM UT WV, 4 HI ID ME NV NH RI, "
    "3 AK DE DC MT ND SD VT WY"
)
ELECTORS_2010 = _electors(
    "55 CA, 38 TX, 29 FL NY, 20 IL PA, 18 OH, 16 GA MI, 15 NC, 14 NJ, 13 VA, 12 WA, 11 AZ IN MA TN, 10 MD MN MO WI, "
    "9 AL CO SC, 8 KY LA, 7 CT OK OR, 6 AR IA KS MS NV UT, 5 NE NM WV, 4 HI ID ME NH RI, 3 AK DE DC MT ND SD VT WY"
)
ELECTORS_2020 = _electors(
    "54 CA, 40 TX, 30 FL, 28 NY, 19 IL PA, 17 OH, 16 GA NC, 15 MI, 14 NJ, 13 VA, 12 WA, 11 AZ IN MA TN, "
    "10 CO MD MN MO WI, 9 AL SC, 8 KY LA OR, 7 CT OK, 6 AR IA KS MS NV UT, 5 NE NM, 4 HI ID ME MT NH RI WV, "
    "3 AK DE DC ND SD VT WY"
)
"""National Archives, allocation among the states after the censuses of 1990, 2010 and 2020."""

CENSUS_2010 = {
    "AL": 4779736, "AK": 710231, "AZ": 6392017, "AR": 2915918, "CA": 37253956, "CO": 5029196, "CT": 3574097,
    "DE": 897934, "DC": 601723, "FL": 18801310, "GA": 9687653, "HI": 1360301, "ID": 1567582, "IL": 12830632,
    "IN": 6483802, "IA": 3046355, "KS": 2853118, "KY": 4339367, "LA": 4533372, "ME": 1328361, "MD": 5773552,
    "MA": 6547629, "MI": 9883640, "MN": 5303925, "MS": 2967297, "MO": 5988927, "MT": 989415, "NE": 1826341,
    "NV": 2700551, "NH": 1316470, "NJ": 8791894, "NM": 2059179, "NY": 19378102, "NC": 9535483, "ND": 672591,
    "OH": 11536504, "OK": 3751351, "OR": 3831074, "PA": 12702379, "RI": 1052567, "SC": 4625364, "SD": 814180,
    "TN": 6346105, "TX": 25145561, "UT": 2763885, "VT": 625741, "VA": 8001024, "WA": 6724540, "WV": 1852994,
    "WI": 5686986, "WY": 563626,
}  # fmt: skip
"""US Census Bureau, resident population, 1 April 2010."""

PEOPLE_2004 = {
    "DE": 82532, "FR": 59901, "UK": 59652, "IT": 57888, "ES": 42345, "PL": 38191, "RO": 21711, "NL": 16258, "EL": 11041,
    "PT": 10475, "BE": 10396, "CZ": 10212, "HU": 10117, "SE": 8976, "AT": 8114, "BG": 7801, "DK": 5398, "SK": 5380,
    "FI": 5220, "IE": 4028, "LT": 3446, "LV": 2319, "SI": 1996, "EE": 1351, "CY": 730, "LU": 452, "MT": 400,
}  # fmt: skip
"""Thousands; Eurostat, 1 January 2004."""
