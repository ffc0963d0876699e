"""The table of commands."""

from __future__ import annotations

import typer

from interviewlab.cli import app as app_command
from interviewlab.cli import (
    backup,
    bench,
    doctor,
    forget,
    interview,
    livekit_dev,
    questions,
    resume,
    run,
    sandbox,
    score,
    weights,
    worker,
)

app = typer.Typer(
    name="interviewlab",
    help="Practice for technical interviews that shows its evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("app")(app_command.open_app)
app.command("doctor")(doctor.examine_machine)
app.command("forget")(forget.forget_owner)
app.command("interview")(interview.hold_interview)
app.command("resume")(resume.show_resume)
app.command("run")(run.run_file)
app.command("score")(score.score_transcript)
app.command("worker")(worker.work)
app.command("livekit-dev")(livekit_dev.serve_rooms)
app.command("backup")(backup.back_up)
app.command("restore")(backup.restore)
app.add_typer(sandbox.app, name="sandbox")
app.add_typer(weights.app, name="weights")
app.add_typer(questions.app, name="questions")
app.add_typer(bench.app, name="bench")
