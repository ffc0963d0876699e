"""What the doctor says to whoever runs a server: engines for many people, and every limit with its unit."""

from __future__ import annotations

import re

import pytest

from interviewlab.doctor import examine_operation, list_limits
from interviewlab.settings import Settings
from interviewlab.types import Part
from interviewlab.ui.presenters.plain_page import to_operator

LIMITING = re.compile(
    r"owner_|address_|retention_|_usd_day|sign_in_days|upload_|request_mb|voice_calls|_minutes|_rooms"
)
"""Settings that limit what people may do or cost."""


def found(**settings: object) -> dict[str, Part]:
    """What the doctor says, by role."""
    return {part.role: part for part in examine_operation(Settings(_env_file=None, **settings))}


def test_every_setting_that_limits_people_is_named() -> None:
    told = " ".join(part.remedy for part in list_limits(Settings(_env_file=None)))
    named = set(re.findall(r"INTERVIEWLAB_(\w+)", told))
    assert {name.upper() for name in Settings.model_fields if LIMITING.search(name)} <= named
    assert {name.lower() for name in named} <= set(Settings.model_fields)


@pytest.mark.parametrize(
    ("name", "settings", "words"),
    [
        ("cost cap", {"llm_usd_day": 2.5}, "2.5 USD in 24 hours"),
        ("retention", {"retention_days": 90}, "90 days"),
        ("seats", {"voice_calls": 7}, "7 calls at the same time, 120 minutes each"),
        ("quotas", {"owner_runs": 11, "identity": "accounts"}, "in an hour run 11 programs"),
        ("shelf", {"owner_papers": 3}, "3 CVs and 3 jobs"),
        ("workers", {"worker_rooms": 9, "worker_drain_s": 60}, "keeps 9 threads waiting"),
    ],
)
def test_a_limit_is_told_as_it_is_set(name: str, settings: dict[str, object], words: str) -> None:
    limits = {part.name: part for part in list_limits(Settings(_env_file=None, **settings))}
    assert words in limits[name].detail
    assert words in to_operator(tuple(limits.values()), [])


def test_quotas_say_that_nobody_is_counted_on_ones_own_machine() -> None:
    alone, shared = (list_limits(Settings(_env_file=None, identity=name))[3] for name in ("local", "accounts"))
    assert "nobody is counted" in alone.detail
    assert "nobody is counted" not in shared.detail


def test_whether_people_may_bring_a_model_and_from_where() -> None:
    own = "own models"
    assert "in this network too" in found(identity="local")[own].detail
    assert "public internet alone" in found(identity="accounts")[own].detail
    on_a_space = found(identity="space", OAUTH_CLIENT_SECRET="secret")[own]
    assert "Hugging Face token" in on_a_space.detail
    forbidden = found(own_models="none")[own]
    assert (forbidden.ok, forbidden.name, "INTERVIEWLAB_OWN_MODELS" in forbidden.remedy) == (False, "none", True)


def test_postgres_is_there_once_a_url_names_it_and_its_password_is_not_told() -> None:
    url = "postgresql://ada:s3cret@db/interviewlab"
    assert [found(database_url=each)["database"].ok for each in ("", url)] == [False, True]
    assert "s3cret" not in str(found(database_url=url))
