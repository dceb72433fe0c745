"""Pictures as SVG, from one small writer: the same for page, file and paper."""

from hipwise.draw._svg import Element, Node, element, picture, render

__all__ = ["Element", "Node", "element", "picture", "render"]
