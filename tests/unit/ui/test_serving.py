"""Before the page is served."""

from __future__ import annotations

import socket

import pytest

from interviewlab.errors import InterviewLabError
from interviewlab.ui.serving import find_port


def test_a_port_that_something_else_has_is_told_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with pytest.raises(InterviewLabError, match=rf"Port {taken} of 127\.0\.0\.1 cannot be used"):
            find_port("127.0.0.1", taken)
    assert find_port("127.0.0.1", taken) == taken
    assert find_port("127.0.0.1", 0) > 0
