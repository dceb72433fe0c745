"""After an answer that cannot wait no screen offers a run or an exercise, online or offline."""

import re

import pytest
from playwright.sync_api import expect
from tests.web.test_screens import looked_at

SCREENS = (
    *(
        "start",
        "today",
        "today/check-in",
        "today/after-run",
        "plan",
        "session",
        "exercise/glute_bridge",
        "exercise/clamshell",
    ),
    *("plan/history", "plan/race", "plan/weekly", "plan/wishes"),
    *("training", "training/charts/weeks", "training/charts/spikes", "training/charts/before", "training/charts/time"),
    *("training/form", "training/quality", "training/import", "hip", "hip/check", "hip/where", "hip/question"),
    *("hip/answers", "hip/words", "hip/result", "hip/referral", "more", "more/progress", "more/share"),
    *("more/ask?q=Which%20simple%20exercises%20can%20I%20do%20at%20home", "more/settings", "more/pairing"),
)
OFFERS = (
    ".session-chip",
    'a[href="/session"]',
    'a[href^="/exercise/"]',
    ".exercise-figure",
    ".session-step",
    ".verdict.run",
    ".verdict.less",
)
pytestmark = pytest.mark.slow

STATES = {"emergency": {"fever": "yes", "pain_groin": "yes"}, "same_day": {"weight_bearing": "cannot"}}


def handed_out(page, served):
    """Return what a route still hands out of runs and exercises: calendar, watch files, papers, pictures, the plan."""
    found = {}
    for route in ("calendar.ics", "workout.fit", "workout.fit?strength=true", "sheet.pdf", "report.md", "plan"):
        answer = page.request.get(f"{served.home}/api/v1/{route}")
        text = answer.body().decode("utf-8", "replace")
        if route.startswith("workout") and answer.ok:
            found[route] = answer.status
        elif route == "calendar.ics" and re.search(r"SUMMARY:.*(run|exercise|strength|session)", text, re.IGNORECASE):
            found[route] = text
        elif route in {"report.md", "plan"} and re.search(r'"exercises":\s*\[\{|"days":|glute_bridge|sets of', text):
            found[route] = text[:200]
        elif route == "sheet.pdf" and answer.ok and answer.body().count(b"/Type /Page ") > 1:
            found[route] = "more than the page of the referral"
    figure = page.request.get(f"{served.home}/api/v1/exercises/glute_bridge/figure")
    if figure.ok and figure.json()["svg"] is not None:
        found["figure"] = True
    return found


@pytest.mark.parametrize("level", STATES)
def test_no_screen_offers_a_run_or_an_exercise(visit, served, level):
    journal = served.house.journal
    journal.set_athlete(age_y=34, sex="female", country="IE")
    journal.log(distance_m=8000, timer_s=2900)
    journal.tell(STATES[level])
    assert journal.referral.level == level
    page = visit(served)
    offered = {}
    for screen in looked_at(page, served, [("me", each) for each in SCREENS]):
        found = [each for each in OFFERS if page.locator(each).count()]
        if found or "Begin the session" in page.inner_text("main"):
            offered[screen] = found
    assert offered == {}
    assert handed_out(page, served) == {}
    page.goto(f"{served.home}/today")
    expect(page.locator(".care")).to_be_visible()
    # a red card says what the foot of every screen says, larger, with the number to press
    assert page.locator(".foot").is_visible() == (level != "emergency")
    page.context.set_offline(True)
    page.goto(f"{served.home}/plan")
    expect(page.locator("main h1")).to_be_visible()
    assert [each for each in OFFERS if page.locator(each).count()] == []


def test_a_yes_in_the_emergency_check_leads_to_the_referral_in_one_step(visit, served):
    page = visit(served)
    page.goto(f"{served.home}/hip/check")
    page.get_by_role("heading", name="Nerves").click()
    tick = page.get_by_label("Is there new numb skin between your legs, where a saddle would touch?", exact=True)
    tick.check()
    tick.locator("xpath=ancestor::details[1]").get_by_role("button").last.click()
    expect(page).to_have_url(f"{served.home}/hip/referral")
    expect(page.locator(".care.emergency, .care.same_day")).to_be_visible()
    told = page.locator(".care details li").first
    expect(told).to_be_hidden()
    page.emulate_media(media="print", color_scheme="dark")
    expect(told).to_be_visible()  # on paper too the reasons stand below "Show or read out the reasons below"
    assert told.evaluate("li => getComputedStyle(li).color") == "rgb(23, 38, 46)"  # dark ink
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
