"""A Report as JSON, Markdown and HTML, and the schemas of what we write.

All candidate text is data: no quote of theirs becomes markup.
"""

from interviewlab.reports.files import write_report
from interviewlab.reports.html import to_html
from interviewlab.reports.markdown import to_markdown
from interviewlab.reports.schema import report_schema, to_json, transcript_schema

__all__ = ["report_schema", "to_html", "to_json", "to_markdown", "transcript_schema", "write_report"]
