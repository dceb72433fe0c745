"""What is kept: history, undo, export, restore, erase, the page for a clinician, the sample runner."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, PlainTextResponse, Response

from hipwise.api._bodies import EraseIn, RestoreIn, UndoIn
from hipwise.api._house import SAMPLE
from hipwise.api._plain import Plain
from hipwise.api._problems import Refused
from hipwise.api._routes_runs import job_data, upload_of
from hipwise.api._shapes import Erased, History, JobData, ReportData, Said, Undone
from hipwise.api._with import ERRORS, Mine, Opened, in_the_way, read
from hipwise.handout import report_markdown
from hipwise.texts import say

__all__ = ["routes"]

Data = dict[str, Any]
CONFLICT = 409

routes = APIRouter(dependencies=[Depends(read)], responses=ERRORS)


@routes.get("/history", response_model=History)
def history(journal: Opened, most: Annotated[int, Query(ge=1, le=5000)] = 50) -> Plain:
    """What was done, newest first."""
    return Plain(
        {
            "events": [
                {
                    "event": each.number,
                    "kind": each.kind,
                    "label": each.label,
                    "at": each.at.isoformat(),
                    "undone_at": None if each.undone_at is None else each.undone_at.isoformat(),
                    "runs": each.runs,
                    "merged": each.merged,
                    "findings": each.findings,
                }
                for each in journal.history(most)
            ]
        }
    )


@routes.post("/undo", response_model=Undone)
def undo(body: UndoIn, journal: Opened) -> Plain:
    """Take the last thing back that was done, if it is the one that is meant."""
    last = journal.last()
    if last is None or last.number != body.event:
        raise Refused("not_the_last", CONFLICT, conflict=in_the_way(journal))
    undone = journal.undo()
    return Plain({"event": last.number, "kind": last.kind, "says": str(undone)})


@routes.get("/export", response_class=FileResponse, responses={200: {"content": {"application/zip": {}}}})
def export(journal: Opened) -> FileResponse:
    """All that is kept, as one file."""
    folder = Path(mkdtemp(prefix="hipwise-"))
    file = folder / f"hipwise-{journal.on.isoformat()}.zip"
    try:
        journal.export(file)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    gone = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    return FileResponse(file, filename=file.name, media_type="application/zip", background=gone)


@routes.post("/restore", response_model=Said)
def restore(body: RestoreIn, journal: Opened, house: Mine) -> Plain:
    """Take over an exported file that was uploaded."""
    file = upload_of(house.uploads, body.upload)
    stands = journal.restore(file, replace=body.replace)
    shutil.rmtree(file.parent, ignore_errors=True)
    because = "; ".join(why for each in stands for why in each.because)
    says = say("api.restored_stands", because=because) if stands else say("api.restored")
    strange = journal.not_understood()
    return Plain({"says": f"{says} {say('journal.not_understood', count=len(strange))}" if strange else says})


@routes.post("/erase", response_model=Erased)
def erase(body: EraseIn, journal: Opened, house: Mine) -> Plain:
    """Delete all that is kept of this runner, for good, and count what is left."""
    del body
    if journal is not house.of(SAMPLE):
        for folder in (house.uploads, house.folder / "imports"):
            shutil.rmtree(folder, ignore_errors=True)
    rows = journal.erase()
    return Plain({"says": say("api.erased", count=sum(rows.values())), "rows": rows})


@routes.get("/report", response_model=ReportData)
def report(journal: Opened) -> Plain:
    """All that a clinician wants on one page."""
    return Plain(journal.report())


class Markdown(PlainTextResponse):
    """A page of text."""

    media_type = "text/markdown"


@routes.get("/report.md", response_class=Markdown)
def report_text(journal: Opened) -> Markdown:
    """The same as text."""
    return Markdown(report_markdown(journal.report()))


@routes.post("/sample", response_model=JobData, status_code=202)
def make_sample(house: Mine) -> Plain:
    """Make the sample runner; `runner=sample` then asks for it."""
    journal = house.of(SAMPLE)
    job = journal.start_sample()
    house.wake.set()
    return Plain(job_data(job, journal), 202)


@routes.delete("/sample", status_code=204, response_class=Response)
def drop_sample(house: Mine) -> Response:
    """Leave nothing of the sample runner."""
    house.of(SAMPLE).erase()
    return Response(status_code=204)
