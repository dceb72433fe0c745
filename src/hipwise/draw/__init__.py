"""Pictures as SVG, from one small writer: the same for page, file and paper."""

from hipwise.draw._chart import Chart
from hipwise.draw._chart_cadence import Pace, Trend, cadence_chart
from hipwise.draw._chart_days import Day, Mark, pain_chart, time_chart
from hipwise.draw._chart_scores import scores_chart
from hipwise.draw._chart_spikes import Band, Dot, spikes_chart
from hipwise.draw._chart_until import Stretch, until_chart
from hipwise.draw._chart_weeks import Week, weeks_chart
from hipwise.draw._figure import FigureForm, figure
from hipwise.draw._spark import sparkline
from hipwise.draw._svg import Element, Node, element, picture, render

__all__ = [
    "Band",
    "Chart",
    "Day",
    "Dot",
    "Element",
    "FigureForm",
    "Mark",
    "Node",
    "Pace",
    "Stretch",
    "Trend",
    "Week",
    "cadence_chart",
    "element",
    "figure",
    "pain_chart",
    "picture",
    "render",
    "scores_chart",
    "sparkline",
    "spikes_chart",
    "time_chart",
    "until_chart",
    "weeks_chart",
]
