"""HTML within Markdown, as on people's profile pages, brought to Markdown."""

from __future__ import annotations

import html
import re

HAS_TAGS = re.compile(r"</?(?:a|p|div|h[1-6]|br|b|strong|li|span|center|em|i|img|table|td|ul|details|summary)\b", re.I)
ANCHOR = re.compile(r"<a\b[^<>]{0,300}?href\s*=\s*[\"']([^\"'\s<>]{1,500})[\"'][^<>]{0,300}>(.{0,200}?)</a>", re.I)
TITLE = re.compile(r"<h([1-6])\b[^<>]{0,200}>(.{0,200}?)</h[1-6]>", re.IGNORECASE)
BOLD = re.compile(r"<(b|strong)>(.{1,200}?)</\1>", re.IGNORECASE)
BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|summary)>", re.IGNORECASE)
ITEM = re.compile(r"<li\b[^<>]{0,200}>", re.IGNORECASE)
CELL = re.compile(r"</t[dh]>\s*<t[dh]\b[^<>]{0,200}>", re.IGNORECASE)
TAG = re.compile(r"</?[a-z][^<>]{0,500}>|<!--.{0,500}?-->", re.IGNORECASE)


def without_tags(text: str) -> str:
    """The text with links, titles, bold words, items and breaks as Markdown writes them, and without other tags."""
    if not HAS_TAGS.search(text):
        return text
    text = ANCHOR.sub(lambda match: f"[{TAG.sub('', match.group(2))}]({match.group(1)})", text)
    text = TITLE.sub(lambda match: f"{'#' * int(match.group(1))} {match.group(2)}", text)
    text = CELL.sub("\t", ITEM.sub("- ", BREAK.sub("\n", BOLD.sub(r"**\2**", text))))
    return html.unescape(TAG.sub("", text))
