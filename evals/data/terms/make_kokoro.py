"""Speak the sentences beside this file with Kokoro, once: the clips are kept so that nobody else needs the engine.

Run it from a checkout in an environment of its own; README.md says how. The bench reads the clips only.
"""

from __future__ import annotations

import argparse
import io
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import av
import numpy as np
import yaml
from kokoro_onnx import Kokoro  # type: ignore[import-not-found]  # not a dependency of the project

from interviewlab.speech.normalise import to_spoken

HERE = Path(__file__).parent
VOICES = (("af_heart", "en-us"), ("am_michael", "en-us"), ("bf_emma", "en-gb"))
"""In turn: two women and a man, two kinds of English."""
BIT_RATE = 24_000
MARGIN_S = 0.25
_OPUS_RATE = 48_000
_MODEL_RATE = 24_000


def main() -> None:
    """Write ``kokoro/<id>.ogg`` for each sentence; those that are there already are left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path, help="the ONNX file of Kokoro-82M")
    parser.add_argument("voices", type=Path, help="a folder with a .bin file for each voice")
    arguments = parser.parse_args()
    (HERE / "kokoro").mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        table = Path(folder) / "voices.npz"
        np.savez(table, **{name: _read_voice(arguments.voices / f"{name}.bin") for name, _ in VOICES})
        _speak_all(Kokoro(str(arguments.model), str(table)))


def _speak_all(engine: Any) -> None:
    groups = yaml.safe_load((HERE / "sentences.yaml").read_text("utf-8"))
    sentences = [sentence for group in groups for sentence in group["sentences"]]
    for number, sentence in enumerate(sentences):
        target = HERE / "kokoro" / f"{sentence['id']}.ogg"
        voice, language = VOICES[number % len(VOICES)]
        if not target.exists():
            audio, _ = engine.create(to_spoken(sentence["said"]), voice=voice, speed=1.0, lang=language)
            _write(np.pad(np.asarray(audio, np.float32), round(MARGIN_S * _MODEL_RATE)), target)


def _read_voice(path: Path) -> Any:
    return np.frombuffer(path.read_bytes(), "<f4").reshape(-1, 1, 256)


def _write(audio: Any, path: Path) -> None:
    """Mono Opus in Ogg."""
    made = io.BytesIO()
    with av.open(made, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=_OPUS_RATE, layout="mono")
        stream.bit_rate = BIT_RATE
        frame = av.AudioFrame.from_ndarray(audio.reshape(1, -1), format="flt", layout="mono")
        frame.sample_rate, frame.time_base = _MODEL_RATE, Fraction(1, _MODEL_RATE)
        for piece in (*av.AudioResampler("s16", "mono", _OPUS_RATE).resample(frame), None):
            container.mux(stream.encode(piece))
    path.write_bytes(made.getvalue())


if __name__ == "__main__":
    main()
