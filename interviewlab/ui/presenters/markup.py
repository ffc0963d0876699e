"""A few lines of HTML building in which plain text cannot become markup."""

from __future__ import annotations

import html
import re

from markdown_it import MarkdownIt

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NOT_HERE = ["link", "image", "autolink", "html_inline", "html_block"]
_MARKDOWN = MarkdownIt("js-default", {"html": False}).disable(_NOT_HERE)
_VOID = {"br", "hr", "input", "meta"}


class Html(str):
    """Text that is markup already. Only this module makes it."""

    __slots__ = ()


def safe(text: str) -> Html:
    """``text`` as it is read, nothing of it markup; control and bidi override characters become U+FFFD."""
    if isinstance(text, Html):
        return text
    return Html(html.escape(_UNPRINTABLE.sub("\ufffd", text)))


def joined(*parts: str) -> Html:
    """The parts one after another, each escaped unless it is markup already."""
    return Html("".join(safe(part) for part in parts))


def tag(name: str, /, *children: str, **attributes: str | int | bool | None) -> Html:
    """One element. ``class_`` gives ``class``, ``data_turn`` gives ``data-turn``; None and False leave one out."""
    listed = "".join(_attribute(key, value) for key, value in attributes.items())
    if name in _VOID:
        return Html(f"<{name}{listed}>")
    return Html(f"<{name}{listed}>{joined(*children)}</{name}>")


def _attribute(key: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{safe(str(value))}"'


def items(*entries: str, class_: str | None = None) -> Html:
    """A bullet list, or nothing where there is nothing to list."""
    return tag("ul", *(tag("li", entry) for entry in entries), class_=class_) if entries else Html()


def bank_text(text: str) -> Html:
    """Markdown of the bank: paragraphs, emphasis, code, lists, tables. HTML is escaped, links and images stay text.

    Code and tables that are wider than their place are scrolled by keyboard too.
    """
    html = _MARKDOWN.render(_UNPRINTABLE.sub("\ufffd", text))
    return Html(html.replace("<pre>", '<pre tabindex="0">').replace("<table>", '<table tabindex="0">'))


def drawn(svg: str) -> Html:
    """A drawing of our own making, whose texts are escaped already."""
    return Html(svg)


def chip(text: str, kind: str = "plain") -> Html:
    """A small label."""
    return tag("span", text, class_=f"il-chip il-{kind}")


def notice(sentence: str, kind: str = "error") -> Html:
    """One sentence that stays on the page until the next action; nothing for an empty sentence."""
    role = "alert" if kind == "error" else "status"
    return tag("div", sentence, class_=f"il-notice il-{kind}", role=role) if sentence else Html()


def empty_state(title: str, text: str) -> Html:
    """What a place shows while it has nothing to show."""
    return tag("div", tag("h2", title), tag("p", text), class_="il-empty")


def busy(sentence: str) -> Html:
    """What a place shows while it works."""
    dots = tag("span", tag("i"), tag("i"), tag("i"), class_="il-dots", aria_hidden="true")
    return tag("div", dots, tag("span", sentence), class_="il-busy", role="status")
