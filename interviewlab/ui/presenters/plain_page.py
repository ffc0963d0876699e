"""Pages of their own: sign in, one's account, the way out, the API, the operator's view."""

from __future__ import annotations

from collections.abc import Sequence

from interviewlab.types import Part
from interviewlab.ui.presenters.markup import Html, items, joined, notice, tag

_STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:16px/1.5 ui-sans-serif,system-ui,sans-serif;margin:0 auto;max-width:46rem;padding:1.5rem;"
    "background:#f5f7f9;color:#18212f}main{background:#fff;border:1px solid #d5dce4;border-radius:.5rem;padding:1.5rem}"
    "label{display:block;margin:.75rem 0 .25rem;font-weight:600}"
    "input:not([type=checkbox]){font:inherit;width:100%;box-sizing:border-box;"
    "padding:.5rem;border:1px solid #7b8794;border-radius:.375rem;background:#fff;color:#18212f}"
    "button{font:inherit;margin:1rem .5rem 0 0;padding:.5rem 1.25rem;border:1px solid #0f766e;border-radius:.375rem;"
    "background:#0f766e;color:#fff;cursor:pointer}button.stop{background:#fff;color:#b42318;border-color:#b42318}"
    "a{color:#0f6b64}pre,code{background:#eef2f5;border-radius:.25rem;padding:.1rem .3rem;overflow-wrap:anywhere}"
    "pre{padding:.75rem;overflow-x:auto;white-space:pre-wrap}pre.code{white-space:pre;overflow-wrap:normal}"
    "h1{margin-top:0}body:has(table){max-width:62rem}table{border-collapse:collapse;width:100%}"
    "td,th{text-align:left;vertical-align:top;padding:.35rem .5rem;border-bottom:1px solid #d5dce4}"
    "tbody th{font-weight:500}td:last-child{overflow-wrap:anywhere;min-width:7rem}"
    "@media(max-width:30rem){body{padding:.75rem}main{padding:1rem}}"
    ".il-notice{border-left:4px solid #b42318;padding:.5rem .75rem;margin:.75rem 0}"
    ".il-notice.il-hint{border-color:#0f766e}:focus-visible{outline:3px solid #0f766e;outline-offset:2px}"
    "@media(prefers-color-scheme:dark){body{background:#0e1521;color:#e8edf4}main{background:#172031;"
    "border-color:#33415a}input:not([type=checkbox]){background:#0e1521;color:#e8edf4}a{color:#5eead4}button{background:#5eead4;"
    "color:#06201f;border-color:#5eead4}button.stop{background:#1f2a3d;color:#fda29b;border-color:#fda29b}"
    "pre,code{background:#0e1521}td,th{border-color:#33415a}.il-notice{border-color:#fda29b}}"
)


_RULE = "Use 10 characters or more. Nobody can read your password, and nobody can send you a new one."


def to_page(title: str, *parts: str) -> str:
    """A whole page."""
    head = joined(
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{title} · InterviewLab"),
        tag("style", Html(_STYLE)),
    )
    body = tag("body", tag("main", tag("h1", title), *parts))
    return "<!doctype html>" + tag("html", tag("head", head), body, lang="en")


def to_sign_in(trouble: str, *, is_new: bool, allow_sign_up: bool) -> str:
    """The form to sign in, or to sign up."""
    action, title = ("/sign-up", "Sign up") if is_new else ("/sign-in", "Sign in")
    secret = "new-password" if is_new else "current-password"
    form = tag(
        "form",
        _field("Name", "name", "text", "username"),
        _field("Password", "password", "password", secret),
        tag("p", _RULE) if is_new else Html(),
        tag("button", title, type="submit"),
        method="post",
        action=action,
    )
    if is_new:
        other = tag("p", "You have an account? ", tag("a", "Sign in", href="/sign-in"))
    else:
        other = tag("p", "You are new? ", tag("a", "Sign up", href="/sign-up")) if allow_sign_up else Html()
    return to_page(title, notice(trouble), form, other)


def to_account(*, who: str, token: str, trouble: str, has_accounts: bool, is_operator: bool) -> str:
    """Who one is here, how programs are let in, and how to get rid of it all."""
    fresh = (
        joined(notice("This is shown once. Whoever has it is taken for you.", "hint"), tag("pre", token))
        if token
        else Html()
    )
    links = [tag("a", "Back to the interviews", href="/"), tag("a", "The API", href="/api-docs")]
    links += [tag("a", "How the server is doing", href="/operator")] if is_operator else []
    sign_out = _button("/sign-out", "Sign out") if has_accounts else Html()
    return to_page(
        "Your account",
        notice(trouble),
        tag("p", who),
        items(*links),
        sign_out,
        tag("h2", "A token for a program"),
        tag("p", "A program that shows it in the header X-InterviewLab-Token can do whatever you can."),
        fresh,
        _button("/account/token", "Make a token"),
        tag("h2", "Delete everything about me"),
        tag("p", "Every interview, recording, CV, job, report and file of yours, and this account, for good."),
        tag(
            "form",
            tag("label", tag("input", type="checkbox", name="sure", required=True), " Yes, all of it, for good"),
            tag("button", "Delete everything now", type="submit", class_="stop"),
            method="post",
            action="/account/delete",
        ),
    )


def to_left(scripts: Sequence[str]) -> str:
    """What is shown for a moment to who signed out or was deleted, while ``scripts`` empty the browser and go on."""
    onward = tag("p", tag("a", "Back to the start", href="/"))
    return to_page("You have left", onward, *(tag("script", Html(script)) for script in scripts))


def to_operator(parts: tuple[Part, ...], figures: list[tuple[str, str]]) -> str:
    """What works on this server and what it did."""
    rows = [_row(part.role, part.name, _state(part)) for part in parts if part.role != "limit"]
    limits = [_row(part.name, part.detail, part.remedy) for part in parts if part.role == "limit"]
    counted = [_row(name, value) for name, value in figures]
    return to_page(
        "How the server is doing",
        tag("p", tag("a", "Back to the interviews", href="/"), " · ", tag("a", "Prometheus metrics", href="/metrics")),
        tag("h2", "Parts"),
        _table(("Part", "Which", "State"), rows),
        tag("h2", "Limits"),
        _table(("Limit", "As it stands", "Setting"), limits),
        tag("h2", "Figures"),
        _table(("Figure", "Value"), counted) if counted else tag("p", "Nothing was counted yet."),
    )


def _table(heads: tuple[str, ...], rows: list[Html]) -> Html:
    head = tag("thead", tag("tr", *(tag("th", name, scope="col") for name in heads)))
    return tag("table", head, tag("tbody", *rows))


def _row(name: str, *cells: str) -> Html:
    return tag("tr", tag("th", name, scope="row"), *(tag("td", cell) for cell in cells))


def _state(part: Part) -> Html:
    text = f"{'works' if part.ok else 'does not work'}: {part.detail}"
    return joined(text, f" → {part.remedy}" if part.remedy else "")


def _button(action: str, text: str) -> Html:
    return tag("form", tag("button", text, type="submit"), method="post", action=action)


def _field(label: str, name: str, kind: str, autocomplete: str) -> Html:
    box = tag("input", id=name, name=name, type=kind, autocomplete=autocomplete, required=True, maxlength=200)
    return joined(tag("label", label, for_=name), box)
