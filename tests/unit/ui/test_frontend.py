from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from interviewlab.ui.frontend import LocalPageOnly, with_first_scripts

PAGE = """<head><link rel="preconnect" href="https://fonts.example" />
<link rel="preconnect" href="https://fonts.example" crossorigin="x"
/><script
 src="https://cdn.example/a.js"
 async
></script><script type="module" src="./assets/index.js"></script><link rel="manifest" href="/m.json" /></head>é"""


async def page(request: Request) -> HTMLResponse:
    return HTMLResponse(PAGE)


async def text(request: Request) -> PlainTextResponse:
    return PlainTextResponse(PAGE)


CLIENT = TestClient(Starlette(routes=[Route("/", page), Route("/text", text)], middleware=[Middleware(LocalPageOnly)]))
BROWSER = {"accept": "text/html"}


def test_page_loses_what_points_to_another_host_and_keeps_the_rest() -> None:
    answer = CLIENT.get("/", headers=BROWSER)
    assert "https://" not in answer.text
    assert "./assets/index.js" in answer.text
    assert "/m.json" in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_storage_is_ready_before_any_script_of_gradio_and_other_pages_get_none() -> None:
    shown = with_first_scripts(b"<html><head>\n<script>window.gradio_config = {}</script></head>").decode()
    assert shown.index("interviewlabForgets") < shown.index("gradio_config")
    assert with_first_scripts(PAGE.encode()) == PAGE.encode()


def test_the_page_names_its_owner_to_the_browser_by_a_digest_alone() -> None:
    owners = ("ada-byron-7", "ada-byron-7", "bob-3")
    shown = [with_first_scripts(b"<head>gradio_config</head>", owner).decode() for owner in owners]
    assert shown[0] == shown[1] != shown[2]
    assert "ada-byron-7" not in shown[0]


def test_other_contents_pass_untouched() -> None:
    assert CLIENT.get("/text", headers=BROWSER).text == PAGE


def test_gradio_page_of_this_version_has_no_foreign_tag_left() -> None:
    from importlib.resources import files

    from interviewlab.ui.frontend import without_foreign_tags

    template = files("gradio").joinpath("templates", "frontend", "index.html").read_bytes()
    assert b'src="https://' in template
    left = without_foreign_tags(template)
    assert b'src="http' not in left
    assert b'href="http' not in left
