"""Projects of a CV: entries with bullets, one item a line, names in bold, names with dates in brackets, forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from interviewlab.resume.dates import take_span
from interviewlab.resume.entries import Entry, group_entries
from interviewlab.resume.fields import Fields, filled
from interviewlab.resume.forms import told_entries
from interviewlab.resume.lines import Line
from interviewlab.resume.parts import split_commas
from interviewlab.resume.places import is_place

ITEM = re.compile(r"^(.{2,60}?)(?:\s+[–—|-]\s+|\s*:\s+)(.{8,})$")
DATED_ITEM = re.compile(
    r"^([^\s(),:;][^(),:;]{1,40}?)\s*[(\[]([^()]*\b(?:19|20)\d\d\b[^()]{0,20})[)\]]\s*[,:–—-]?\s+([^\s–—-].{12,})$"
)
"""``Fada (2016–2017) a linter for names``."""
MOST_HEAD_WORDS = 6
DATE_WITHIN = 60
"""Characters behind a project's name within which its date stands."""
TECHNOLOGIES = re.compile(
    r"^(?:tech(?:nologies|nology|nical environment| stack)?(?: used)?|(?:technical )?environment|(?:tech[- ]?)?stack|"
    r"tools(?: used)?|"
    r"built with|skills(?: used)?|used|technologien|umgebung|werkzeuge|technik|environnement(?: technique)?|outils|"
    r"technologies utilisées|tecnologías|tecnologias|tecnologie|entorno)\s*:\s*(.+)$",
    re.IGNORECASE,
)


def _told_project(values: Fields, rest: Sequence[Line]) -> Fields:
    texts = [re.sub(r"^(?:description|about)\s*:\s*", "", line.text, flags=re.IGNORECASE) for line in rest]
    tools = [_tools(text) for text in texts if TECHNOLOGIES.match(text)]
    story = " ".join(text for text in texts if not TECHNOLOGIES.match(text))
    extra = {"keywords": [word for text in tools for word in split_commas(text)]}
    return _named(values.get("project", ""), story) | filled(
        extra | (values["span"].fields() if values["span"] else {})
    )


def read_projects(lines: Sequence[Line]) -> list[Fields]:
    """Projects, written as entries with bullets or as one item a line."""
    if told := told_entries(lines, "projects"):
        return [project for values, rest in told if (project := _told_project(values, rest))]
    if _have_leads(lines):
        return [_led_project(part) for part in _led_parts(lines)]
    if len(lines) > 1 and all(line.sides and not line.is_bullet for line in lines):
        lines = [replace(line, has_gap_before=True) for line in lines]
        return [project for line in lines for entry in group_entries([line]) if (project := _project(entry))]
    if items := _dated_items(lines):
        return items
    if heads := _hanging_heads(lines):
        lines = [replace(line, has_gap_before=line in heads, is_bullet=line not in heads) for line in lines]
        return [project for entry in group_entries(lines) if (project := _project(entry))]
    if _is_item_list(lines):
        return [project for line in lines if (project := _project_item(line))]
    return [project for entry in group_entries(lines) if (project := _project(entry))]


def _have_leads(lines: Sequence[Line]) -> bool:
    """Whether every paragraph begins with a name in bold, or linked, and goes on in plain type."""
    heads = [line for line in lines if not line.is_bullet] or list(lines)
    apart = [line for number, line in enumerate(heads) if number == 0 or line.has_gap_before]
    return bool(heads) and (all(line.lead for line in heads) or (len(apart) > 1 and all(line.lead for line in apart)))


def _led_parts(lines: Sequence[Line]) -> list[list[Line]]:
    heads_are_bullets = all(line.is_bullet for line in lines)
    parts: list[list[Line]] = []
    for line in lines:
        if not parts or (line.lead and (heads_are_bullets or not line.is_bullet)):
            parts.append([])
        parts[-1].append(line)
    return parts


def _led_project(lines: Sequence[Line]) -> Fields:
    head = lines[0]
    behind = head.text[head.text.find(head.lead) + len(head.lead) :]
    span = next((span for text in (*head.sides, behind[:DATE_WITHIN]) if (span := take_span(text)[0])), None)
    name, story = take_span(head.lead)[1], behind.strip(" :,;–—-|")
    extra = {"highlights": [line.text for line in lines[1:]], "url": next(iter(head.urls), "")}
    return _named(name, story) | filled(extra | (span.fields() if span else {}))


def _hanging_heads(lines: Sequence[Line]) -> list[Line]:
    """The names above indented lines that tell what they are, in plain text; empty where there are none."""
    edge = min((line.x0 for line in lines), default=0.0)
    heads = [line for line in lines if line.x0 < edge + 1]
    are_short = all(len(line.text.split()) <= MOST_HEAD_WORDS for line in heads)
    is_text = not any(line.page or line.is_bullet for line in lines)
    return heads if 1 < len(heads) < len(lines) and lines[0] in heads and are_short and is_text else []


def _dated_items(lines: Sequence[Line]) -> list[Fields]:
    """Paragraphs that begin with a name and its date in brackets; other lines go on the one above."""
    heads = [DATED_ITEM.match(line.text) for line in lines]
    if not heads or not heads[0] or sum(map(bool, heads)) < 0.5 * len(heads):
        return []
    found: list[Fields] = []
    for line, head in zip(lines, heads, strict=True):
        if head:
            span = take_span(head.group(2))[0]
            url = {"url": next(iter(line.urls), "")}
            found.append(_named(head.group(1), head.group(3)) | filled(url | (span.fields() if span else {})))
        else:
            found[-1]["description"] = f"{found[-1].get('description', '')} {line.whole}".strip()
    return found


def _is_item_list(lines: Sequence[Line]) -> bool:
    """Only bullets, or only lines of the form ``Name: what it does``."""
    return all(line.is_bullet for line in lines) or all(not line.is_bullet and ITEM.match(line.text) for line in lines)


def _project_item(line: Line) -> Fields:
    span, text = take_span(line.whole)
    match = ITEM.match(text)
    name, description = (match.group(1), match.group(2)) if match else (text, "")
    if not match and len(text) > 60:
        return {}
    return _named(name, description) | filled({"url": next(iter(line.urls), "")}) | (span.fields() if span else {})


def _named(name: str, description: str) -> Fields:
    name = re.sub(r"\s*\((?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/[^\s()]*)?\)$", "", name)
    tools = re.fullmatch(r"(.+?)\s*\(([^()]*,[^()]*)\)", name)
    keywords = split_commas(tools.group(2)) if tools else []
    return filled(
        {"name": (tools.group(1) if tools else name).strip(), "description": description, "keywords": keywords}
    )


def _project(entry: Entry) -> Fields:
    span, cells = entry.take_dates()
    if not cells:
        return {}
    pieces = [piece.strip() for piece in re.split(r"\s+[–—|-]\s+|:\s+", cells[0], maxsplit=1)]
    told = [line.text for line in entry.prose if not TECHNOLOGIES.match(line.text)]
    rest = [piece for piece in (*pieces[1:], *cells[1:]) if not is_place(piece)]
    rest += [line.text for line in entry.prose if TECHNOLOGIES.match(line.text)]
    keywords = [word for piece in rest if _is_tool_list(piece) for word in split_commas(_tools(piece))]
    words = [piece for piece in rest if not _is_tool_list(piece)] + told
    project = _named(pieces[0], " ".join(dict.fromkeys(words)))
    extra = {"keywords": project.get("keywords", []) + keywords, "highlights": entry.highlights()}
    return project | filled(extra | (span.fields() if span else {}) | {"url": next(iter(entry.urls()), "")})


def _is_tool_list(text: str) -> bool:
    """``Python, Flask, React``, also behind ``Technologies:``."""
    parts = split_commas(_tools(text))
    return bool(TECHNOLOGIES.match(text)) or (len(parts) > 1 and all(len(part.split()) <= 3 for part in parts))


def _tools(text: str) -> str:
    match = TECHNOLOGIES.match(text)
    return (match.group(1) if match else text).rstrip(".")
