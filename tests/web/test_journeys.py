"""The three journeys on a phone: a sore hip to a first plan, an archive to what it explains, a week with a flare."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from hipwise.simulate import story, write

pytestmark = pytest.mark.slow

SAMPLE = timedelta(177)
CALM = re.compile(r"^(No\b|None|Normal|Fine|Less than|It comes only|Slowly|About the same)")


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


def test_a_sore_hip_becomes_a_first_plan(visit, served):
    page = visit(served)
    page.get_by_role("link", name="My hip hurts").click()
    page.get_by_label("How old are you?").fill("34")
    page.get_by_label("Female", exact=True).check()
    page.get_by_label(re.compile("Country")).select_option(label="Ireland")
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(f"{served.home}/hip/check")
    lists = page.locator("main details.check")
    lists.first.wait_for()
    while left := lists.count():  # one is open at a time, and the next one opens by itself
        page.get_by_role("button", name="None of these").click()
        expect(lists).to_have_count(left - 1)
    page.locator('a[href="/hip/where"]').click()
    page.get_by_label("Right", exact=True).check()
    page.get_by_label("Side of the hip: the bony knob").check()
    page.get_by_role("button", name="These are all the places").click()
    expect(page).to_have_url(f"{served.home}/hip/question")
    expect(page.get_by_text(re.compile("^About [0-9]+ questions left"))).to_be_visible()
    for _ in range(60):
        page.locator("main fieldset, main .card.soft, main .answers").first.wait_for()
        if not page.locator("main legend").count():
            break
        asked = page.locator("main legend").first.inner_text()
        if page.locator("main .scores").count():
            page.locator('main .scores input[value="1"]').check(force=True)
        else:
            calm = page.get_by_label(
                re.compile("^(No\\b|None|Normal|Fine|Less than|It comes only|Slowly|About the same)")
            )
            (calm.first if calm.count() else page.locator("main input[type=radio]").first).check(force=True)
        page.get_by_role("button", name="Go on").click()
        expect(page.locator("main legend", has_text=asked)).to_have_count(0)
    page.goto(f"{served.home}/hip/result")
    expect(page.locator(".care")).to_be_visible()
    page.goto(f"{served.home}/plan")
    page.locator(".care, button:has-text('Make a plan')").first.wait_for()
    if page.locator("button:has-text('Make a plan')").count():
        page.get_by_role("button", name="Make a plan").click()
        expect(page.locator(".week, .care").first).to_be_visible()


def test_what_the_advice_waits_for_is_one_press_away(visit, served):
    page = visit(served)
    page.goto(f"{served.home}/hip")
    page.get_by_role("link", name="Answer what is missing").click()
    expect(page).to_have_url(f"{served.home}/hip/check")
    answered_calmly(served)
    page.goto(f"{served.home}/hip/question?for=today")
    expect(page).to_have_url(f"{served.home}/today/check-in")


def test_an_archive_becomes_an_explanation_of_the_load(visit, served, tmp_path):
    tale = story(start=served.house.journal.on - SAMPLE)
    files = write(tale, tmp_path / "runs")[-24:-4]
    broken = tmp_path / "broken.fit"
    broken.write_bytes(files[0].read_bytes()[:60])
    page = visit(served)
    page.get_by_role("link", name="Look at my training").click()
    page.locator("input[type=file]").set_input_files([*files, broken])
    expect(page.get_by_role("heading", name="What became of your files")).to_be_visible()
    expect(page.locator(".tiles .figure").first).to_have_text(str(len(files)))
    expect(page.locator("details[open]")).to_contain_text("broken.fit")
    page.get_by_role("link", name="See your training").click()
    expect(page.locator(".chart svg").first).to_be_visible()
    page.locator(".chart summary").first.click()
    assert page.locator(".chart table tr").count() > 2
    page.goto(f"{served.home}/training/charts/spikes")
    expect(page.locator(".chart svg")).to_be_visible()
    page.goto(f"{served.home}/training/quality")
    expect(page.locator(".tiles")).to_be_visible()


def test_a_flare_in_a_week_of_check_ins_steps_back(visit, served):
    """The week is told through the journal, its last two days on the screen: a calm one, and a flare taken back."""
    journal = answered_calmly(served)
    journal.plan()
    page = visit(served)
    check_in(page, served, 1)
    expect(page.locator(".verdict")).to_be_visible()
    calm = page.locator(".verdict").get_attribute("class")
    check_in(page, served, 7, "Do you limp?")
    expect(page.locator(".verdict")).to_be_visible()
    flare = page.locator(".verdict").get_attribute("class")
    assert flare != calm
    assert "run" not in flare.split()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".toast")).to_be_visible()
    assert journal.look_at_today().verdict in calm.replace("less", "run_less").replace("rest", "not_today").split()
