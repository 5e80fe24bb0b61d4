"""The quality report: indicators with their intervals, charts, HTML. No identity value in any of it."""

from desktop_app.core.reports.model import Chart, Figure, Item, Report
from desktop_app.core.reports.page import render_html
from desktop_app.core.reports.report import build_report
from desktop_app.core.reports.svg import Look, draw

__all__ = ["Chart", "Figure", "Item", "Look", "Report", "build_report", "draw", "render_html"]
