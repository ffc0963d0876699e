from __future__ import annotations

from pathlib import Path

from interviewlab.brains import intents, wishes
from interviewlab.settings import Settings
from interviewlab.voice.warming import warm_brain


async def test_before_the_first_answer_patterns_are_compiled_and_nothing_is_kept(tmp_path: Path) -> None:
    caches = (intents._patterns, wishes._model)
    for cache in caches:
        cache.cache_clear()
    await warm_brain(Settings(data_dir=tmp_path / "data", embedder="scripted", sandbox="scripted"))
    assert all(cache.cache_info().currsize for cache in caches)
    assert not (tmp_path / "data").exists()
