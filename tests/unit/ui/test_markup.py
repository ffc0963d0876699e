from hypothesis import given
from hypothesis import strategies as st

from interviewlab.ui.presenters.markup import Html, bank_text, notice, safe, tag
from tests.unit.ui.samples import EVIL


def test_plain_text_in_an_element_is_escaped() -> None:
    assert tag("p", "<b>&") == "<p>&lt;b&gt;&amp;</p>"


def test_markup_in_an_element_is_kept() -> None:
    assert tag("p", tag("b", "x")) == "<p><b>x</b></p>"


def test_attribute_cannot_be_broken_out_of() -> None:
    assert tag("a", href='"><script>') == '<a href="&quot;&gt;&lt;script&gt;"></a>'


def test_false_and_none_attributes_are_left_out_and_true_stands_alone() -> None:
    assert tag("details", open=True, hidden=False, id=None, class_="x") == '<details open class="x"></details>'


def test_control_and_bidi_characters_are_replaced() -> None:
    assert safe("a\x1bb\u202ec\nd") == "a\ufffdb\ufffdc\nd"


@given(st.text())
def test_no_text_opens_a_tag(text: str) -> None:
    assert "<" not in safe(text)
    assert isinstance(safe(text), Html)


@given(st.text(alphabet=st.sampled_from("<>ab/'\"=!-[]()`*|\n :")))
def test_bank_text_never_yields_links_images_or_raw_html(text: str) -> None:
    shown = bank_text(f"{text}<img src=x>[x](http://e.example)![y](http://e.example/a.png)")
    assert "<img" not in shown
    assert "<a" not in shown.replace("<a>", "&lt;a>")


def test_bank_text_shows_tables_and_code() -> None:
    shown = bank_text("| a | b |\n|---|---|\n| `1` | **2** |")
    assert "<td><code>1</code></td>" in shown
    assert "<strong>2</strong>" in shown
    assert '<pre tabindex="0"><code>x = 1' in bank_text("```\nx = 1\n```")


def test_notice_is_an_alert_and_empty_without_a_sentence() -> None:
    assert 'role="alert"' in notice(EVIL)
    assert "<img" not in notice(EVIL)
    assert notice("") == ""
