"""Pictures as SVG, from one small writer: the same for page, file and paper."""

from hipwise.draw._figure import FigureForm, figure
from hipwise.draw._svg import Element, Node, element, picture, render

__all__ = ["Element", "FigureForm", "Node", "element", "figure", "picture", "render"]
