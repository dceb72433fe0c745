"""Whoever sees little, moves little or uses no mouse gets as far as everybody: keys, names, large text, few colours.

The two journeys without a mouse are those of a laptop; test_journeys has them on a phone that loses its network.
"""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.web.conftest import LAPTOP
from tests.web.served import NEWEST
from tests.web.test_journeys import CALM, answered_calmly
from tests.web.test_screens import SMALL, looked_at

from hipwise.simulate import story, write

pytestmark = pytest.mark.slow

FOCUSED = """() => {
  const here = document.activeElement;
  const shown = [here, here.closest('label'), here.nextElementSibling].filter(Boolean);
  return {
    name: here.getAttribute('aria-label') || here.labels?.[0]?.innerText || here.innerText || '',
    group: here.closest('fieldset')?.querySelector('legend')?.innerText || '',
    body: here === document.body,
    seen: here === document.body || shown.some((each) => getComputedStyle(each).outlineStyle !== 'none'),
  };
}"""
CUT = """() => [...document.querySelectorAll('main *, nav *')].filter((each) => {
  const style = getComputedStyle(each);
  return style.overflowX === 'hidden' && each.scrollWidth > each.clientWidth + 1 && each.innerText?.trim()
    && !each.closest('.said-only');
}).map((each) => each.className + ' ' + each.innerText.slice(0, 40))"""
MAIN = (
    *("today", "today/check-in", "plan", "session", "training", "hip/result", "hip/answers", "more", "more/settings"),
    *("more/progress", "more/ask", "training/import", "training/quality", "exercise/clamshell"),
    NEWEST,
)
OWN = ("start", "who", "hip/check", "hip/where", "hip/question", "hip/words")


def reach(page, name, group="", most=90):
    """Press Tab until what is called NAME (in a GROUP) has the focus; each stop on the way can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(FOCUSED)
        assert here["seen"], here
        if not here["body"] and re.search(name, here["name"]) and re.search(group, here["group"]):
            return
    raise AssertionError((name, group))


def press(page, name, key="Enter", **where):
    reach(page, name, **where)
    page.keyboard.press(key)


def answer_by_keys(page, times):
    """Answer questions of the interview as calmly as they can be."""
    for _ in range(times):
        asked = page.locator("main legend").first
        asked.wait_for()
        before = asked.inner_text()
        reach(page, "")
        while not page.evaluate("document.activeElement.type === 'radio'"):
            reach(page, "")
        labels = page.locator("main .choice").all_inner_texts()
        calm = next((place for place, label in enumerate(labels) if CALM.match(label.strip())), 0)
        page.keyboard.press("Space")
        for _ in range(calm):
            page.keyboard.press("ArrowDown")
        press(page, "^Go on")
        expect(page.locator("main legend", has_text=before)).to_have_count(0)


def test_a_sore_hip_becomes_a_first_plan_without_a_mouse(visit, served):
    page = visit(served, viewport=LAPTOP)
    press(page, "My hip hurts")
    expect(page).to_have_url(re.compile("/who"))
    reach(page, "How old")
    page.keyboard.type("34")
    press(page, "Female|Male", "Space")
    reach(page, "Country")
    page.keyboard.type("Ireland")
    expect(page.get_by_label("Country")).to_have_value("IE")
    press(page, "^Go on")
    expect(page).to_have_url(f"{served.home}/hip/check")
    lists = page.locator("main details.check")
    lists.first.wait_for()
    while left := lists.count():
        press(page, "None of these")
        expect(lists).to_have_count(left - 1)
    page.goto(f"{served.home}/hip/where")
    page.locator("main legend").first.wait_for()
    reach(page, "", "Which side")
    page.keyboard.press("ArrowDown")
    press(page, "bony knob", "Space")
    press(page, "These are all the places")
    expect(page).to_have_url(f"{served.home}/hip/question")
    answer_by_keys(page, 3)
    press(page, "See the result now")
    expect(page.locator(".care")).to_be_visible()
    answered_calmly(served)
    page.goto(f"{served.home}/plan")
    page.get_by_role("button", name="Make a plan").wait_for()
    press(page, "Make a plan")
    expect(page.locator(".week")).to_be_visible()


def test_an_archive_is_brought_in_and_a_chart_is_read_without_a_mouse(visit, served, tmp_path):
    files = write(story(start=served.house.journal.on - timedelta(177)), tmp_path / "runs")[-8:-4]
    page = visit(served, viewport=LAPTOP)
    press(page, "Look at my training")
    page.locator("input[type=file]").wait_for(state="attached")
    expect(page.locator("main")).to_be_focused()  # a screen that opens takes the focus once
    with page.expect_file_chooser() as chooser:
        reach(page, "Choose files")  # within: the browser needs a moment until it watches for the chooser
        page.keyboard.press("Enter")
    chooser.value.set_files(files)
    page.get_by_role("link", name="See your training").wait_for()
    press(page, "See your training")
    page.locator(".chart svg").first.wait_for()
    press(page, "In words and numbers")
    expect(page.locator(".chart table").first).to_be_visible()
    beside = [page.locator(f"main > {each}").first.bounding_box() for each in ("section.card", "figure.card")]
    assert beside[0]["y"] == beside[1]["y"], "two columns on a laptop"
    assert page.evaluate(SMALL) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_check_in_and_a_session_are_done_without_a_mouse(visit, sampled):
    page = visit(sampled, runner="sample")
    page.goto(f"{sampled.home}/session")
    page.locator(".session-step").wait_for()
    for _ in range(3):
        before = page.inner_text(".session-step")
        page.keyboard.press("Space")
        expect(page.locator(".session-step")).not_to_have_text(before)
    page.goto(f"{sampled.home}/today/check-in")
    scores = page.locator("fieldset:has(.scores)")
    scores.first.wait_for()
    for question in scores.all_inner_texts():
        reach(page, "", re.escape(question.splitlines()[0]))
        page.keyboard.press("Space")
        page.keyboard.press("ArrowRight")
    assert page.locator(".scores input:checked").count() == scores.count()
    reach(page, "None of these|Keep")  # it is not kept: others look at the same sample runner


def test_the_map_and_the_check_in_say_their_names(visit, served):
    answered_calmly(served)
    page = visit(served)
    page.goto(f"{served.home}/hip/where")
    page.get_by_role("group", name="It hurts here").wait_for()
    tree = page.locator("main").aria_snapshot()
    for name in (
        'group "Which side?"',
        'radio "Left"',
        "Groin: the fold between belly and thigh",
        'checkbox "Buttock"',
    ):
        assert name in tree
    assert "img" not in tree  # the picture is an ornament; the list is the control
    page.get_by_role("checkbox", name="Buttock").check()
    assert page.locator('.zone.on[data-zone="buttock"]').count() == 0  # no side yet
    page.get_by_role("radio", name="Right").check()
    assert page.locator('.zone.on[data-zone="buttock"]').count() == 1
    page.goto(f"{served.home}/today/check-in")
    page.locator(".scores").first.wait_for()
    tree = page.locator("main").aria_snapshot()
    assert tree.count("0: none") == tree.count("10: worst") == page.locator(".scores").count()
    assert len(re.findall(r'group "[^"]+\?":', tree)) >= page.locator(".scores").count()
    assert not re.search(r"(radio|checkbox|button|link)( \[|$)", tree, re.MULTILINE)  # nothing without a name


MOVES = "document.getAnimations().filter((each) => each.effect.getComputedTiming().activeDuration > 1).length"
"""How many movements last longer than a millisecond: told by what they are, not by whether one still runs."""


def test_large_text_and_no_movement_break_no_screen(visit, sampled):
    """Text at 200 % on half the width of a laptop; whoever wishes no movement sees none."""
    page = visit(sampled, viewport={"width": 640, "height": 800})
    wide, cut, moving = {}, {}, {}
    screens = [*(("sample", each) for each in MAIN), *(("me", each) for each in OWN)]
    for screen in looked_at(page, sampled, screens):
        page.add_style_tag(content="html { font-size: 200% !important }")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide[screen] = page.evaluate("document.documentElement.scrollWidth")
        if found := page.evaluate(CUT):
            cut[screen] = found
        if found := page.evaluate(MOVES):
            moving[screen] = found
    assert (wide, cut, moving) == ({}, {}, {})


def test_what_is_chosen_is_seen_where_the_system_chooses_the_colours(visit, sampled):
    page = visit(sampled, runner="sample", forced_colors="active")
    colour = "(each) => getComputedStyle(each).backgroundColor"
    page.goto(f"{sampled.home}/today/check-in")
    score = page.locator(".scores .score").nth(3)
    score.locator("input").check(force=True)
    chosen, other = score.locator("span"), page.locator(".scores .score span").nth(4)
    assert chosen.evaluate(colour) != other.evaluate(colour)
    page.goto(f"{sampled.home}/more/settings")
    page.locator(".segment input:checked").first.wait_for()
    assert page.locator(".segment input:checked + span").first.evaluate(colour) != page.locator(
        ".segment input:not(:checked) + span"
    ).first.evaluate(colour)
    page.goto(f"{sampled.home}/today")
    expect(page.locator(".verdict > svg")).to_be_visible()
    assert page.locator(".verdict").evaluate("(each) => getComputedStyle(each).borderTopStyle") == "solid"
