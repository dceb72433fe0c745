"""The three journeys on a phone: a sore hip to a first plan, an archive to what it explains, a week with a flare.

On a laptop they are in test_keyboard, by keys alone, and in test_week.
"""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from hipwise.simulate import story, write

pytestmark = pytest.mark.slow

SAMPLE = timedelta(177)
CALM = re.compile(r"^(No\b|None|Normal|Fine|Less than|It comes only|Slowly|About the same)")

ASKED = """() => [
  document.querySelector('main legend')?.innerText ?? null,
  [...document.querySelectorAll('main input[type=radio]')].map((each) => each.closest('label').innerText.trim()),
]"""


def answered_calmly(served, *, but=()):
    """Tell all that the sample runner tells, today, as one's own."""
    journal = served.house.journal
    tale = story(start=journal.on - SAMPLE)
    journal.set_athlete(age_y=34, sex="female", country="IE")
    journal.new_pain(side="right")
    journal.tell({each.id: each.state for each in tale.answers if each.id not in but})
    return journal


def check_in(page, served, score, *ticks):
    """Answer the three scores with SCORE, tick TICKS, keep it."""
    page.goto(f"{served.home}/today/check-in")
    page.locator(".scores").first.wait_for()
    for legend in page.locator("fieldset:has(.scores)").all():
        legend.locator(f'input[value="{score}"]').check(force=True)
    for tick in ticks:
        page.get_by_label(tick).check()
    page.locator("main form > button.main-act").click()


@contextmanager
def cut(page):
    """Take the network from the page for a while; its return is told to the page, as a phone tells it."""
    page.context.set_offline(True)
    yield
    page.context.set_offline(False)
    page.evaluate("() => dispatchEvent(new Event('online'))")


def unsent(page, served, button, says="nothing is lost"):
    """Press BUTTON without a network: the page says that nothing was sent, Python heard nothing; then it goes on."""
    journal = served.house.journal
    before = journal.history()
    button.wait_for()  # what the page asked for is there
    with cut(page):
        button.click()
        expect(page.get_by_role("alert").first).to_contain_text("hipwise cannot be reached")
        expect(page.get_by_role("alert").first).to_contain_text(says)
        assert journal.history() == before
    button.click()


def answered_to_the_end(page, served, most=60):
    """Answer what the interview asks, as calmly as it can be answered; the network is gone at the second question."""
    button = page.get_by_role("button", name="Go on")
    for place in range(most):
        page.locator("main fieldset, main .card.soft, main .answers").first.wait_for()
        asked, labels = page.evaluate(ASKED)
        if asked is None:
            return
        calm = 1 if labels[0] == "0" else next((at for at, label in enumerate(labels) if CALM.match(label)), 0)
        page.locator("main input[type=radio]").nth(calm).check(force=True)
        if place == 1:
            unsent(page, served, button)
        else:
            button.click()
        expect(page.locator("main legend", has_text=asked)).to_have_count(0)


def test_a_sore_hip_becomes_a_first_plan_on_a_phone_that_loses_its_network(visit, served):
    """Without a network nothing can be asked or planned: each page says so, keeps what was filled in, and goes on."""
    journal = served.house.journal
    page = visit(served)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.get_by_role("link", name="My hip hurts").click()
    page.get_by_label("How old are you?").fill("34")
    page.get_by_label("Female", exact=True).check()
    page.get_by_label(re.compile("Country")).select_option(label="Ireland")
    unsent(page, served, page.get_by_role("button", name="Go on"))
    expect(page).to_have_url(f"{served.home}/hip/check")
    lists = page.locator("main details.check")
    lists.first.wait_for()
    left = lists.count()
    unsent(page, served, page.get_by_role("button", name="None of these"), "do not wait for it: ring a doctor now")
    expect(lists).to_have_count(left - 1)
    while left := lists.count():  # one is open at a time, and the next one opens by itself
        page.get_by_role("button", name="None of these").click()
        expect(lists).to_have_count(left - 1)
    with cut(page):  # a screen that was never opened is there; what only Python knows is not
        page.locator('a[href="/hip/where"]').first.click()
        expect(page.get_by_role("heading", name="Where does it hurt?")).to_be_visible()
        expect(page.get_by_text("hipwise cannot be reached")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    page.get_by_label("Right", exact=True).check(force=True)
    page.get_by_label("Side of the hip: the bony knob").check()
    unsent(page, served, page.get_by_role("button", name="These are all the places"))
    expect(page).to_have_url(f"{served.home}/hip/question")
    expect(page.get_by_text(re.compile("^About [0-9]+ questions left"))).to_be_visible()
    answered_to_the_end(page, served)
    page.goto(f"{served.home}/hip/result")
    expect(page.locator(".care")).to_be_visible()
    page.goto(f"{served.home}/plan")
    unsent(page, served, page.get_by_role("button", name="Make a plan"))
    expect(page.locator(".week")).to_be_visible()
    expect(page.locator(".waiting")).to_have_count(0)
    assert journal.agreed() is not None
    with cut(page):
        for screen, shown in (("plan", ".week"), ("hip/result", ".care")):
            page.goto(f"{served.home}/{screen}")
            expect(page.locator(shown)).to_be_visible()
            expect(page.get_by_text("Not connected: as of")).to_be_visible()


def test_what_the_advice_waits_for_is_one_press_away(visit, served):
    page = visit(served)
    page.goto(f"{served.home}/plan")
    page.get_by_role("button", name="Make a plan").click()
    expect(page.get_by_role("heading", name="A few answers first")).to_be_visible()  # no plan is said to be kept
    page.goto(f"{served.home}/hip")
    page.get_by_role("link", name="Answer what is missing").click()
    expect(page).to_have_url(f"{served.home}/hip/check")
    answered_calmly(served)
    page.goto(f"{served.home}/hip/question?for=today")
    expect(page).to_have_url(f"{served.home}/today/check-in")


def test_an_archive_becomes_an_explanation_of_the_load_on_a_phone_that_loses_its_network(visit, served, tmp_path):
    tale = story(start=served.house.journal.on - SAMPLE)
    files = write(tale, tmp_path / "runs")[-24:-4]
    broken = tmp_path / "broken.fit"
    broken.write_bytes(files[0].read_bytes()[:60])
    page = visit(served)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.get_by_role("link", name="Look at my training").click()
    with cut(page):  # the files wait on the page, and go when the network is back
        page.locator("input[type=file]").set_input_files([*files, broken])
        expect(page.get_by_role("alert")).to_contain_text(f"Your {len(files) + 1} files are still chosen here")
        assert served.house.journal.jobs() == ()
    expect(page.get_by_role("heading", name="What became of your files")).to_be_visible()
    expect(page.locator(".tiles .figure").first).to_have_text(str(len(files)))
    expect(page.locator("details[open]")).to_contain_text("broken.fit")
    page.get_by_role("link", name="See your training").click()
    expect(page.locator(".chart svg").first).to_be_visible()
    page.locator(".chart summary").first.click()
    assert page.locator(".chart table tr").count() > 2
    with cut(page):
        page.reload()
        expect(page.locator(".chart svg").first).to_be_visible()  # what was seen stays
        expect(page.get_by_text("Not connected: as of")).to_be_visible()
        page.goto(f"{served.home}/training/charts/spikes")
        expect(page.get_by_text("hipwise cannot be reached")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".chart svg")).to_be_visible()
    page.goto(f"{served.home}/training/quality")
    expect(page.locator(".tiles")).to_be_visible()


def test_an_address_that_leads_nowhere_says_so(visit, sampled):
    page = visit(sampled)
    for path in ("nowhere", "my.page", "exercise/%E0%A4%A", "training/charts/none", "training/import/99"):
        page.goto(f"{sampled.home}/{path}")
        expect(page.get_by_role("heading", name="This page is not here")).to_be_visible()


def test_a_flare_in_a_week_of_check_ins_steps_back(visit, served):
    """The week is told through the journal, its last two days on the screen: a calm one, and a flare taken back."""
    journal = answered_calmly(served)
    journal.plan()
    page = visit(served)
    check_in(page, served, 1)
    expect(page.locator(".verdict")).to_be_visible()
    calm = page.locator(".verdict").get_attribute("class")
    check_in(page, served, 7, "Do you limp?")
    said = page.locator(".verdict, .care").first
    expect(said).to_be_visible()
    flare = said.get_attribute("class")
    assert flare != calm
    assert not {"run", "less"} & set(flare.split())
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast")).to_be_visible()
    assert journal.look_at_today().verdict in calm.replace("less", "run_less").replace("rest", "not_today").split()
