"""Attributes stand in one order, whatever the process: the same page has the same bytes."""

import itertools

import pytest
from dash import html

from dashboard.components.shell.attributes import aria, data, write_attributes_in_order
from dashboard.components.shell.element_html import element_html
from dashboard.components.shell.plain_html import as_html

NAMES = ("data-a", "data-b", "aria-c", "data-d")


def elements():
    """The same element, its attributes in every order a set may give them."""
    for names in itertools.permutations(NAMES):
        one = html.Div("x", id="y", role="z")
        for name in names:
            setattr(one, name, name[-1])
        yield one


@pytest.mark.parametrize(
    "written",
    [lambda one: list(one.to_plotly_json()["props"].items()), element_html, as_html],
)
def test_attributes_stand_in_the_order_of_their_names(written):
    write_attributes_in_order()
    texts = [written(one) for one in elements()]
    assert all(text == texts[0] for text in texts)


def test_nothing_of_a_component_is_lost():
    write_attributes_in_order()
    write_attributes_in_order()  # a second app of the same process
    one = html.Div("x", id="y", **data(b="1", a="2"), **aria(label="z"))
    props = {"children": "x", "id": "y", "data-b": "1", "data-a": "2", "aria-label": "z"}
    assert one.to_plotly_json()["props"] == props
