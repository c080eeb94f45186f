# ruff: noqa: F401, F811 (fixtures come by their names from season_home)
"""The season page: steps, numbers declared by their owners, shortages with their limits, drafts computed."""

from typing import Any

from season_home import SignIn, clerk, done, enter, holder, season_folder, seen

from comitia.clerk.clerk import Clerk
from comitia.federation import acts
from comitia.web.sums import offers, variants
from comitia.web.sums.figures import figure, percent


def test_figures_are_rounded_for_reading_and_never_to_nought() -> None:
    assert [figure(n) for n in (0, 12, 1234567.5, 0.004, -3.456)] == [
        "0",
        "12",
        "1\u202f234\u202f567.5",
        "0.004",
        "-3.46",
    ]
    assert [percent(n) for n in (0, 0.0001, 0.241, 0.99999, 1)] == ["0 %", "under 0.1 %", "24.1 %", "99.9 %", "100 %"]


def test_a_federation_without_a_season_says_who_opens_one(sign_in: SignIn, state: Any) -> None:
    assert "There is no season yet. The secretary or the board opens one" in seen(sign_in("m-0010"), "/season/")


def test_the_page_shows_steps_the_adopted_plan_and_its_certificate(enter: SignIn) -> None:
    text = seen(enter("union/bakers"), "/season/")

    assert 'aria-current="step"><b>Work and deliveries until</b>' in text
    assert "What falls short in the adopted plan" in text and "Every need is met." in text
    assert "rows holds exactly" in text and 'href="/motions/adopt/"' in text
    assert '<title id="flows-title">Flows between workplaces in d, in hours of labour embodied</title>' in text
    assert "farm to mill" in text and "2 of 2" not in text and "1 of 1" in text


def test_a_union_declares_a_changed_row_and_nothing_else(clerk: Clerk, enter: SignIn) -> None:
    browser = enter("union/bakers")
    before = clerk.federation.state.size
    form = {"body": "union/bakers", "file": "hours", "r0-hours": "400", "r0-overtime": "20"}
    browser.post("/season/s/declare/", form)
    assert clerk.federation.state.size == before
    assert "No figure was changed" in seen(browser, "/season/")

    answer = browser.post("/season/s/declare/", form | {"r0-hours": "410"})

    assert (answer.status_code, answer["Location"]) == (302, "/season/s/#numbers")
    act = done(clerk, "figures_declared")
    assert isinstance(act, acts.FiguresDeclared)
    assert (act.body, act.file, act.rows) == ("union/bakers", "hours", (("bakers", "", "410", "20"),))
    assert "1 row is declared in hours that the trade offers" in seen(browser, "/season/")


def test_a_new_row_is_declared_beside_those_that_stand(clerk: Clerk, enter: SignIn) -> None:
    row = {"n0-council": "hilltown", "n0-product": "flour", "n0-tier": "3", "n0-quantity": "5", "n0-worth": "1"}
    enter("council/hilltown").post("/season/s/declare/", {"body": "council/hilltown", "file": "needs"} | row)

    act = done(clerk, "figures_declared")
    assert isinstance(act, acts.FiguresDeclared)
    assert act.rows == (("hilltown", "flour", "3", "5", "1"),)


def test_a_figure_that_is_no_number_and_a_file_of_others_are_refused(clerk: Clerk, enter: SignIn) -> None:
    before = clerk.federation.state.size
    browser = enter("union/bakers")
    wrong = browser.post("/season/s/declare/", {"body": "union/bakers", "file": "hours", "r0-hours": "many"})
    other = browser.post("/season/s/declare/", {"body": "union/growers", "file": "hours", "r0-hours": "1"})
    none = browser.post("/season/s/declare/", {"body": "union/bakers", "file": "needs"})

    assert [a.status_code for a in (wrong, other, none)] == [409, 409, 409]
    assert "is not a number; write decimal text like 12.5" in wrong.content.decode()
    assert 'href="/charter/#article-25"' in other.content.decode()
    assert clerk.federation.state.size == before


def test_a_shortage_is_shown_with_its_chain_its_owner_and_its_act(clerk: Clerk, enter: SignIn) -> None:
    grower = enter("union/growers")
    grower.post("/season/s/declare/", {"body": "union/growers", "file": "hours", "r0-hours": "10", "r0-overtime": "0"})
    declared = clerk.federation.state.size - 1
    answer = enter("board").post("/season/s/draft/", {"body": "board", "variant": "fullest"})
    assert (answer.status_code, answer["Location"]) == (302, "/season/s/?draft=draft-2")
    done(clerk, "plan_drafted")

    text = seen(grower, "/season/s/?draft=draft-2")

    assert "What falls short in draft-2" in text
    assert "<li>bread</li><li>bake</li><li>flour</li><li>grind</li><li>wheat</li><li>grow</li>" in text
    assert '<li class="end">hours of growers in the whole federation</li>' in text
    assert f'union of Growers</b>, <a href="/record/{declared}/">act {declared}</a>' in text
    assert "union of Growers: 1 row (hours)" in text


def test_whoever_may_not_have_a_draft_computed_sees_no_button_and_is_refused(clerk: Clerk, sign_in: SignIn) -> None:
    state = clerk.federation.state
    plain = next(m for m in sorted(state.members) if not state.holders.get(m))
    browser = sign_in(plain)

    assert "Compute a draft" not in seen(browser, "/season/")
    answer = browser.post("/season/s/draft/", {"body": "board", "variant": "fullest"})
    assert answer.status_code == 409 and "article 24" in answer.content.decode()


def test_what_is_not_there_says_so(enter: SignIn) -> None:
    browser = enter("board")

    paths = ("/season/none/", "/season/s/?draft=none")
    assert [browser.get(path).status_code for path in paths] == [404, 404]
    assert browser.post("/season/none/draft/", {"variant": "fullest"}).status_code == 404
    assert browser.post("/season/s/draft/", {"body": "board", "variant": "grandest"}).status_code == 409


def test_the_secretary_opens_a_season(clerk: Clerk, enter: SignIn) -> None:
    form = {"body": "board", "season": "next", "name": "Next", "declarations": "2099-01-01", "ends": "2099-06-01"}
    assert enter("board").post("/season/new/open/", form).status_code == 302

    assert clerk.federation.state.seasons["next"].declarations_until == "2099-01-01T23:59:59Z"


def test_a_form_names_units_and_the_act_of_each_figure(clerk: Clerk, enter: SignIn) -> None:
    state = clerk.federation.state
    tables = offers.tables(state, state.seasons["s"], "committee/mill")

    flows = next(t for t in tables if t.file == "flows")
    units = [f.unit for line in flows.lines for f in line.fields if f.column == "quantity"]
    assert units == ["kg per run", "kg per run"]
    assert [t.file for t in tables] == ["products", "activities", "flows", "labour", "machines", "machine_use"]


def test_needs_met_and_hours_are_summed_exactly(clerk: Clerk) -> None:
    draft = clerk.federation.state.drafts["d"]

    met = variants.needs_met(draft.on, draft.solution)
    worked = variants.hours_by_trade(draft.on, draft.solution)

    assert met == {("hilltown", 1): variants.Met(1, 1, met["hilltown", 1].share), ("riverbend", 2): met["riverbend", 2]}
    assert [m.share for m in met.values()] == [1, 1]
    assert {t: (w.hours, w.offered) for t, w in worked.items()} == {"bakers": (330, 420), "growers": (30, 100)}


def test_a_form_says_what_declaring_otherwise_would_bring(clerk: Clerk, enter: SignIn) -> None:
    browser = enter("union/growers")
    link = 'href="/season/s/truth/?body=union/growers"'
    assert link in seen(browser, "/season/")

    sentence = browser.get("/season/s/truth/?body=union/growers", headers={"Accept": "text/plain"})
    page = seen(browser, "/season/s/truth/?body=union/growers")

    said = "Declared 10 % more or less than is true, none of these numbers would bring you anything."
    assert (sentence.status_code, sentence.content.decode()) == (200, said)
    assert "What union of Growers would gain, by the rule of" in page and said in page
    assert '<th scope="row">hours, 10 % less</th><td class="n">0</td><td class="n">0 %</td>' in page
    # Once it is worked out it stands on the form itself.
    assert f'<span role="status">{said} </span><a {link}' in seen(browser, "/season/")


def test_what_has_no_number_in_a_draft_cannot_be_asked(enter: SignIn) -> None:
    browser = enter("board")

    paths = ("/season/s/truth/?body=board", "/season/s/truth/", "/season/none/truth/?body=union/growers")
    assert [browser.get(path).status_code for path in paths] == [404, 404, 404]


def test_the_season_says_who_can_stop_what(enter: SignIn) -> None:
    browser = enter("board")
    link = '<a href="/season/s/withholding/">How few can leave essential needs short by refusing'
    assert f'<section id="refusing"><h2>Who can stop what</h2><p>{link}' in seen(browser, "/season/")

    page = seen(browser, "/season/s/withholding/")

    worth = "10 000 hours of worth"
    said = f"As few as 1 of 3 workplaces leave essential needs short by {worth} if it refuses: mill."
    assert f'<p class="sum">{said}</p>' in page
    row = '<th scope="row">farm</th><td class="n">13 500</td>'
    assert row in page
    assert "accuses nobody: every workplace has the right to refuse" in page
    # Once it is reckoned it stands on the season's page.
    assert f"<p>{said} {link}" in seen(browser, "/season/")
    assert browser.get("/season/none/withholding/").status_code == 404
