"""A Report as JSON, Markdown, HTML, PDF and a CSV row, its transcript as WebVTT, and the schemas of what we write.

All candidate text is data: no quote of theirs becomes markup.
"""

from interviewlab.reports.csv_row import to_csv
from interviewlab.reports.files import write_report
from interviewlab.reports.html import to_html
from interviewlab.reports.markdown import to_markdown
from interviewlab.reports.pdf import to_pdf
from interviewlab.reports.schema import report_schema, to_json, transcript_schema
from interviewlab.reports.webvtt import to_webvtt

__all__ = [
    "report_schema",
    "to_csv",
    "to_html",
    "to_json",
    "to_markdown",
    "to_pdf",
    "to_webvtt",
    "transcript_schema",
    "write_report",
]
