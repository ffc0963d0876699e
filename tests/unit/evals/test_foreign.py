"""Transcripts of other tools: each shape becomes one of ours, and what cannot is named by file, line and field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from evals.foreign_map import parse_foreign_map
from evals.foreign_talks import read_foreign, read_one
from evals.simulation import Recorded
from interviewlab.errors import BadInput
from interviewlab.questions.bank import load_bank
from interviewlab.types import Transcript, Utterance

FOREIGN = Path(__file__).parents[3] / "evals" / "data" / "foreign"
SAID = [("interviewer", "What is a mutex?"), ("candidate", "A lock."), ("interviewer", "Thanks.")]
TURNS = [{"speaker": who, "text": text} for who, text in SAID]


def read(path: Path, *pairs: str) -> list[Recorded]:
    how = parse_foreign_map(pairs or ("speaker=speaker",))
    assert how is not None
    return read_foreign(path, how)


def write(path: Path, value: Any) -> Path:
    """JSON; a list as lines where the name says so."""
    lines = [json.dumps(each) for each in value] if path.suffix == ".jsonl" else [json.dumps(value)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def told(each: Recorded) -> Transcript:
    assert each.transcript is not None, each.problem
    return each.transcript


def who_said(talk: Transcript) -> list[tuple[str, str]]:
    """Speaker and text in the order of the entries."""
    names = {"reply": "interviewer", "utterance": "candidate"}
    return [(names[entry.kind], entry.text) for entry in talk.entries if entry.kind in ("reply", "utterance")]


# ---- shapes


@pytest.mark.parametrize(
    ("name", "value", "pairs"),
    [
        ("talk.json", TURNS, ()),
        ("talk.json", {"talk": {"turns": TURNS}}, ("turns=talk.turns",)),
        ("talk.json", [{"turns": TURNS}], ("turns=turns",)),
        ("talk.jsonl", TURNS, ()),
        ("talk.jsonl", [{"turns": TURNS}], ("turns=turns",)),
        ("talk.jsonl", [{"a": t["speaker"], "b.c": t["text"]} for t in TURNS], ("speaker=a", "text=b.c")),
        (
            "talk.json",
            {"messages": [{"role": {"c": "user", "i": "assistant"}[w[0]], "content": t} for w, t in SAID]},
            ("chat",),
        ),
    ],
)
def test_every_shape_becomes_the_same_transcript(tmp_path: Path, name: str, value: Any, pairs: tuple[str, ...]) -> None:
    (one,) = read(write(tmp_path / name, value), *pairs)
    assert one.truth.id == "talk"
    assert who_said(told(one)) == SAID
    assert [entry.turn for entry in told(one).entries] == [0, 1, 1]


def test_a_transcript_that_was_read_can_be_kept_and_read_as_ours(tmp_path: Path) -> None:
    talk = told(read(FOREIGN / "whisper.json", "diarised", "candidate=SPEAKER_01", "interviewer=SPEAKER_00")[0])
    assert Transcript.from_jsonl(talk.to_jsonl().split("\n"), interview_id=talk.interview_id) == talk


def test_rows_of_parquet_are_turns_by_their_interview(tmp_path: Path) -> None:
    rows = [{"interview": id, **turn} for turn in TURNS for id in ("a", "b")]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "turns.parquet")
    one, two = read(tmp_path / "turns.parquet")
    assert (one.truth.id, two.truth.id) == ("a", "b")
    assert who_said(told(one)) == who_said(told(two)) == SAID


def test_a_table_with_its_map_keeps_marks_provenance_and_times() -> None:
    one, two = read(FOREIGN / "turns.csv", str(FOREIGN / "turns.yaml"))
    truth = one.truth
    assert (truth.id, truth.split, truth.licence, truth.truth) == (
        "t1",
        "dev",
        "GPL-3.0-or-later",
        "what its author meant",
    )
    assert (truth.axes, truth.level, two.truth.level) == ({"overall": 0.75}, 4, 2)
    assert truth.source == "invented for this project"
    assert [f"{entry.at:%H:%M:%S}" for entry in told(one).entries] == ["10:00:00", "10:00:40", "10:00:55"]
    (question,) = one.questions
    assert [point.text for point in question.key_points][1].startswith("Searching takes logarithmic time")
    assert told(one).replies()[0].question_id == question.id


def test_lists_of_a_table_are_read_and_words_that_look_like_one_are_words(tmp_path: Path) -> None:
    said = [("interviewer", "What does sorted([2, 1]) give?"), ("candidate", "[1, 2]"), ("interviewer", "Thanks.")]
    turns = [{"speaker": who, "text": text, "overall": "[3, 2]"} for who, text in said]
    whole = {"turns": json.dumps([{"speaker": who, "text": text} for who, text in said]), "overall": "[3, 2]"}
    for name, rows, pairs in (("rows.csv", turns, ()), ("whole.csv", [whole], ("turns=turns",))):
        pd.DataFrame(rows).to_csv(tmp_path / name, index=False)
        (one,) = read(tmp_path / name, "scale=1..5", *pairs)
        assert who_said(told(one)) == said
        assert one.truth.axes == {"overall": 0.375}


def test_pieces_of_speech_of_one_speaker_are_one_turn_with_its_words() -> None:
    (one,) = read(FOREIGN / "whisper.json", "diarised", "candidate=SPEAKER_01", "interviewer=SPEAKER_00")
    said: Utterance = told(one).utterances()[1]
    assert said.text == "Every write has to update it as well, and it takes space on the disk."
    assert said.source == "voice"
    assert (said.words[0].start_s, said.words[-1].end_s) == (3.9, 9.2)
    assert "on" not in [word.text for word in said.words]  # it has no times


def test_a_chat_log_passes_over_its_system_and_grades_by_the_reference_beside_a_turn() -> None:
    one, two = read(FOREIGN / "chat.jsonl", "chat", "question_id=asked", "reference=model_answer")
    assert [who for who, _ in who_said(told(one))] == ["interviewer", "candidate", "interviewer"]
    assert [reply.question_id for reply in told(one).replies().values()] == ["deadlock", None]
    assert one.questions == two.questions
    assert len(one.questions[0].key_points) == 2


def test_a_question_beside_its_answer_is_asked_though_no_turn_says_it(tmp_path: Path) -> None:
    rows = [
        {"who": "candidate", "text": f"Answer {n}.", "question": f"Question {n}?", "rubric": "2 points: says so"}
        for n in (1, 2)
    ]
    (one,) = read(write(tmp_path / "talk.jsonl", rows), "speaker=who")
    assert [text for _, text in who_said(told(one))] == ["Question 1?", "Answer 1.", "Question 2?", "Answer 2."]
    assert [question.id for question in one.questions] == ["Question 1?", "Question 2?"]


def test_who_asks_in_the_words_of_the_bank_asks_its_question(tmp_path: Path) -> None:
    asked = load_bank().questions[0]
    rows = [{"speaker": "interviewer", "text": f"Well then. {asked.text.upper()}"}, *TURNS[1:]]
    (one,) = read(write(tmp_path / "talk.jsonl", rows))
    assert told(one).replies()[0].question_id == asked.id


def test_parts_of_a_content_are_joined_and_empty_turns_are_passed_over(tmp_path: Path) -> None:
    parts = [{"type": "text", "text": "A lock."}, {"type": "image_url", "image_url": {}}]
    rows = [TURNS[0], {"speaker": "candidate", "text": parts}, {"speaker": "interviewer", "text": None}]
    (one,) = read(write(tmp_path / "talk.jsonl", rows))
    assert who_said(told(one)) == [SAID[0], ("candidate", "A lock.")]


def test_a_folder_is_read_whole_and_an_id_only_once(tmp_path: Path) -> None:
    write(tmp_path / "a.json", {"id": 7, "turns": TURNS})
    write(tmp_path / "b.jsonl", [{"id": "7", "turns": TURNS}, {"id": "8", "turns": TURNS}])
    (tmp_path / "notes.txt").write_text("not one of them")
    one, two, three = read(tmp_path, "turns=turns", "interview=id")
    assert (one.truth.id, three.truth.id) == ("7", "8")
    assert two.problem == f"{tmp_path}/b.jsonl, line 1, field 'id': '7' is already the id of {tmp_path}/a.json."


@pytest.mark.parametrize(("mark", "level"), [(1, 1), (2, 2), (4, 3), (6, 4), (8, 5), (9, 5)])
def test_a_mark_half_way_between_two_levels_goes_up(tmp_path: Path, mark: int, level: int) -> None:
    turns = [{"speaker": "interviewer", "text": "Well?"}, {"speaker": "candidate", "text": "So it is."}]
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"overall": mark, "turns": turns}))
    how = parse_foreign_map(["turns=turns", "scale=1..9"])
    assert how is not None
    assert read_foreign(path, how)[0].truth.level == level


def test_the_marks_of_several_people_count_by_their_mean(tmp_path: Path) -> None:
    talk = {"turns": TURNS, "overall": [4, 5, None], "testing": 2.5}
    (one,) = read(write(tmp_path / "talk.json", talk), "turns=turns", "scale=1..5")
    assert one.truth.axes == {"overall": 0.875, "testing": 0.375}
    (bad,) = read(write(tmp_path / "talk.json", {**talk, "overall": [4, 7]}), "turns=turns", "scale=1..5")
    assert "field 'overall': the human score 7 is outside" in bad.problem


# ---- what cannot be used


@pytest.mark.parametrize(
    ("name", "content", "pairs", "says"),
    [
        ("x.jsonl", "{broken", (), "x.jsonl, line 1: not a JSON object"),
        ("x.jsonl", "", (), "x.jsonl: holds no turn"),
        ("x.csv", "speaker,text\ncandidate\n", (), "x.csv, line 2: 1 cells where the first line names 2 columns"),
        ("x.csv", "speaker,speaker\n", (), "x.csv, line 1: the column 'speaker' is named twice"),
        ("x.csv", b"speaker,text\ncandidate,\xff\n", (), "x.csv, line 2, field 'text': not UTF-8"),
        ("x.json", b"\xff", (), "x.json: not UTF-8 at byte 1"),
        ("x.json", "[", (), "x.json: not JSON"),
        ("x.json", "[3]", (), "x.json, row 1: not a JSON object"),
        ("x.json", '{"messages": []}', (), "x.json: is one object; name its list of turns (--map turns=KEY): messages"),
        ("x.json", '{"log": []}', ("chat",), "x.json, field 'messages': is missing; the lists here: log"),
        ("x.json", '{"messages": {}}', ("chat",), "x.json, field 'messages': is no list of turns"),
        ("x.json", '{"messages": [3]}', ("chat",), "x.json, field 'messages.0': is no object"),
        ("x.json", '{"messages": [{"content": "a"}]}', ("chat",), "x.json, field 'messages.0.role': is missing"),
        (
            "x.json",
            '{"messages": [{"role": "bot", "content": "a"}]}',
            ("chat",),
            "'messages.0.role': 'bot' is neither",
        ),
        (
            "x.jsonl",
            '{"speaker": "candidate", "text": "a"}',
            (),
            "x.jsonl, line 1: the interviewer",
        ),
        (
            "x.jsonl",
            '{"speaker": "candidate", "text": "a", "at": "noon"}',
            (),
            "line 1, field 'at': input should",
        ),
        (
            "x.jsonl",
            '{"speaker": "candidate", "text": "a", "start": -1}',
            (),
            "line 1, field 'start': input should",
        ),
        (
            "x.jsonl",
            '{"speaker": "interviewer", "text": "a", "rubric": " \\n"}',
            (),
            "x.jsonl, line 1, field 'rubric': says nothing to grade by",
        ),
        (
            "x.json",
            json.dumps({"turns": TURNS, "mark": 6}),
            ("turns=turns", "overall=mark", "scale=1..5"),
            "x.json, field 'mark': the human score 6 is outside its scale (1 to 5",
        ),
        (
            "x.json",
            json.dumps({"turns": TURNS, "level": 9}),
            ("turns=turns",),
            "field 'level': input should be",
        ),
        (
            "x.json",
            json.dumps({"turns": TURNS, "type": "chess"}),
            ("turns=turns",),
            "field 'type': input should be",
        ),
    ],
)
def test_what_cannot_be_used_is_named_and_the_rest_goes_on(
    tmp_path: Path, name: str, content: str | bytes, pairs: tuple[str, ...], says: str
) -> None:
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    key = {"chat": ("messages", "role", "content", "user", "assistant")}.get(
        pairs[0] if pairs else "", ("turns", "speaker", "text", "candidate", "interviewer")
    )
    turns = [{key[1]: key[3] if who == "candidate" else key[4], key[2]: text} for who, text in SAID]
    write(folder / "y.json", {key[0]: turns} if pairs else turns)
    bad, good = read(folder, *pairs)
    assert says in bad.problem
    assert bad.transcript is None
    assert who_said(told(good)) == SAID


def test_an_interview_with_a_broken_row_is_left_out_whole(tmp_path: Path) -> None:
    file = tmp_path / "talk.jsonl"
    file.write_text("\n".join([json.dumps(TURNS[0]), "{broken", *map(json.dumps, TURNS[1:])]))
    (one,) = read(file)
    assert one.transcript is None
    assert "talk.jsonl, line 2: not a JSON object" in one.problem


@pytest.mark.parametrize(
    ("pairs", "says"),
    [
        (("turn=messages",), "--map names 'turn', which is no field of ours. Map one of turns, interview"),
        (("text",), "--map text is not understood. Write --map OURS=THEIRS"),
        (("=text",), "is not understood"),
        (("scale=5..1",), "a scale is LOWEST..HIGHEST"),
        (("scale=5",), "--map, field 'scale': a scale is LOWEST..HIGHEST"),
        (("text:=hello",), "'text' cannot be the same for all"),
        (("gone.yaml",), "The map gone.yaml cannot be read"),
    ],
)
def test_a_map_that_cannot_be_used_says_why(pairs: tuple[str, ...], says: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_foreign_map(pairs)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [("a: [", "line 1 is not valid YAML"), ("- a", "is no table of fields"), ("turn: a", "names 'turn', which is no")],
)
def test_a_map_file_that_cannot_be_used_says_why(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "map.yaml").write_text(text)
    with pytest.raises(BadInput) as caught:
        parse_foreign_map([str(tmp_path / "map.yaml")])
    assert says in str(caught.value)


def test_one_interview_of_several_is_chosen_by_its_id() -> None:
    how = parse_foreign_map(["chat"])
    assert how is not None
    assert read_one(FOREIGN / "chat.jsonl", how, "chat-2").interview_id == "chat-2"
    with pytest.raises(BadInput, match=r"holds 2 interviews\. Choose one by --interview: chat-1, chat-2"):
        read_one(FOREIGN / "chat.jsonl", how)
    with pytest.raises(BadInput, match="holds no interview 'chat-3'"):
        read_one(FOREIGN / "chat.jsonl", how, "chat-3")
