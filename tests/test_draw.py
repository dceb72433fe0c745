"""Pictures as SVG: well-formed whatever stands in them, and each says what it shows."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hipwise.draw import element, picture, render

SVG = "{http://www.w3.org/2000/svg}"


def test_a_picture_grows_with_its_frame_and_says_what_it_shows():
    drawn = ET.fromstring(str(picture(200, 100, "Weeks", "Five weeks, rising", [element("rect", x=1)])))
    assert drawn.tag == f"{SVG}svg"
    assert drawn.attrib["viewBox"] == "0 0 200 100"
    assert "width" not in drawn.attrib
    assert [child.tag.removeprefix(SVG) for child in drawn] == ["title", "desc", "rect"]
    assert (drawn[0].text, drawn[1].text) == ("Weeks", "Five weeks, rising")


def test_a_style_sheet_stands_before_what_it_styles():
    drawn = ET.fromstring(str(picture(1, 1, "t", "d", [element("g")], style="a>b{fill:red}")))
    assert [child.tag.removeprefix(SVG) for child in drawn] == ["title", "desc", "style", "g"]
    assert drawn[2].text == "a>b{fill:red}"


@pytest.mark.parametrize(("value", "written"), [(3.0, "3"), (2.346, "2.35"), (-0.001, "0"), (100, "100"), (0.5, "0.5")])
def test_numbers_are_written_as_short_as_they_can_be(value, written):
    assert render(element("line", stroke_width=value)) == f'<line stroke-width="{written}"/>'


def test_an_attribute_that_is_none_is_left_out_and_class_is_class():
    assert render(element("g", class_="bar", id=None)) == '<g class="bar"/>'


@given(st.text(), st.text())
def test_whatever_text_stands_in_it_a_picture_is_well_formed(title, label):
    drawn = ET.fromstring(str(picture(10, 10, title, label, [element("text", label, id=label)])))
    assert drawn.find(f"{SVG}text") is not None
