"""What the doctor says about talking: optional, and each missing part with its remedy."""

from __future__ import annotations

from pathlib import Path

from interviewlab.doctor import REQUIRED, examine_voice
from interviewlab.settings import Settings


def test_weights_that_are_not_here_are_named_with_their_remedy(tmp_path: Path) -> None:
    parts = {part.role: part for part in examine_voice(Settings(cache_dir=tmp_path))}
    for role, name in (("ears", "whisper-tiny.en"), ("second ears", "whisper-base"), ("mouth", "piper-joe")):
        assert (parts[role].name, parts[role].ok) == (name, False)
        assert parts[role].remedy


def test_endpoint_counts_once_it_is_named() -> None:
    ears = [examine_voice(Settings(ears="openai", speech_url=url))[2] for url in ("", "http://localhost:1/v1")]
    assert [part.ok for part in ears] == [False, True]
    assert "INTERVIEWLAB_SPEECH_URL" in ears[0].remedy


def test_second_ears_are_asked_for_only_beside_whisper() -> None:
    for settings, count in ((Settings(), 1), (Settings(second_ears="none"), 0), (Settings(ears="scripted"), 0)):
        assert [part.role for part in examine_voice(settings)].count("second ears") == count


def test_voice_is_never_required() -> None:
    assert not {"voice", "ears", "mouth"} & set(REQUIRED)
