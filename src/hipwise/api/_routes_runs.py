"""Runs, files that come in, training load, and the work that this takes."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Any, Literal

from anyio import open_file
from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi import Path as PathPart
from starlette.responses import Response, StreamingResponse

from hipwise.api._bodies import ImportIn, RunIn
from hipwise.api._plain import Plain
from hipwise.api._problems import Refused
from hipwise.api._shapes import (
    ChartData,
    Imported,
    JobData,
    Jobs,
    Noted,
    RunData,
    Runs,
    Uploaded,
)
from hipwise.api._shapes_run import RunPage, Split, StreamsData
from hipwise.api._shapes_training import FormData, LoadData
from hipwise.api._with import ERRORS, Mine, Opened, event_of, read
from hipwise.handout import form_data, run_data
from hipwise.journal import Journal
from hipwise.texts import say

__all__ = ["job_data", "routes", "upload_of"]

Data = dict[str, Any]
M_PER_KM, S_PER_MIN = 1000, 60
LOOK_S = 0.25
"""How often a watched job is looked at."""

ODD = re.compile(r"[\x00-\x1f\x7f/\\:]")
LONGEST_NAME = 120
NOT_FOUND = 404

ChartName = Literal["weeks", "spikes", "before", "time", "pain", "until", "cadence"]
Width = Annotated[int, Query(ge=280, le=2000)]
Number = Annotated[int, PathPart(ge=1, lt=2**31)]

routes = APIRouter(dependencies=[Depends(read)], responses=ERRORS)


@routes.get("/runs", response_model=Runs)
def runs(
    journal: Opened,
    last: Annotated[int, Query(ge=1, le=5000)] = 50,
    before: Annotated[str | None, Query(max_length=80)] = None,
) -> Plain:
    """Runs, newest first; those BEFORE the run of that id."""
    found = journal.runs()[::-1]
    places = {run.id: place for place, run in enumerate(found)}
    if before is not None and before not in places:
        raise Refused("no_such_run", NOT_FOUND, run=before)
    begin = 0 if before is None else places[before] + 1
    return Plain({"runs": [run_data(run) for run in found[begin : begin + last]], "count": len(found)})


@routes.post("/runs", response_model=Noted, status_code=201)
def note(body: RunIn, journal: Opened) -> Plain:
    """Note a run by hand."""
    run = journal.log(
        distance_m=None if body.distance_km is None else body.distance_km * M_PER_KM,
        timer_s=None if body.minutes is None else body.minutes * S_PER_MIN,
        started_at=body.started_at,
        sport=body.sport,
        perceived_effort=body.effort,
    )
    return Plain({"event": event_of(journal), "run": run_data(run)}, 201)


@routes.get("/runs/{run_id}", response_model=RunData)
def run(run_id: str, journal: Opened) -> Plain:
    """One run."""
    found = next((each for each in journal.runs() if each.id == run_id), None)
    if found is None:
        raise Refused("no_such_run", NOT_FOUND, run=run_id[:LONGEST_NAME])
    return Plain(run_data(found))


@routes.get("/runs/{run_id}/page", response_model=RunPage)
def page(run_id: str, journal: Opened) -> Plain:
    """One run, with what load, data and the runner say of it."""
    return Plain(journal.run_page(run_id[:LONGEST_NAME]))


@routes.get("/runs/{run_id}/streams", response_model=StreamsData)
def streams(run_id: str, journal: Opened, points: Annotated[int, Query(ge=8, le=5000)] = 600) -> Plain:
    """The curves of one run in at most so many POINTS, with the least and the most within each; no places."""
    return Plain(journal.streams(run_id[:LONGEST_NAME], points))


@routes.post("/runs/{run_id}/split", response_model=Split, status_code=201)
def split(run_id: str, journal: Opened) -> Plain:
    """Make a run that was put together from several sources the runs again that they told of."""
    parts = journal.split(run_id[:LONGEST_NAME])
    return Plain({"event": event_of(journal), "runs": [run_data(run) for run in parts]}, 201)


@routes.get("/load", response_model=LoadData)
def load(journal: Opened, planned_km: Annotated[float | None, Query(ge=0, le=500)] = None) -> Plain:
    """The training load, what changed before the pain began, and what a planned run would be."""
    return Plain(journal.training(planned_km))


@routes.get("/form", response_model=FormData)
def form(journal: Opened) -> Plain:
    """What the watch tells of the form of the last runs, before and since the pain."""
    return Plain(form_data(journal.form(), journal.knowledge))


@routes.get("/charts/{name}.svg", response_class=Response, responses={200: {"content": {"image/svg+xml": {}}}})
def picture(name: ChartName, journal: Opened, width: Width = 360) -> Response:
    """A chart as a picture of its own."""
    return Response(journal.chart(name, width=width).svg, media_type="image/svg+xml")


@routes.get("/charts/{name}", response_model=ChartData)
def chart(name: ChartName, journal: Opened, width: Width = 360) -> Plain:
    """A chart, what it says, and its data as a table."""
    found = journal.chart(name, width=width)
    shown = {"name": name, "title": found.title, "says": found.says, "svg": found.svg}
    return Plain(shown | {"heads": found.heads, "rows": found.rows})


@routes.put("/uploads", response_model=Uploaded, status_code=201)
async def upload(
    request: Request,
    house: Mine,
    name: Annotated[str, Query(min_length=1, max_length=255)],
    idempotency_key: Annotated[str, Header(min_length=8, max_length=200, pattern=r"^[A-Za-z0-9_-]+$")],
) -> Plain:
    """Take one file as it is, straight to disk; the same key again takes the place of what came with it before."""
    place = hashlib.sha256(idempotency_key.encode()).hexdigest()[:16]
    folder = house.uploads / place
    part = folder.with_suffix(".part")
    await run_sync(lambda: house.uploads.mkdir(mode=0o700, parents=True, exist_ok=True))
    size = 0
    try:
        async with await open_file(part, "wb") as file:
            async for piece in request.stream():
                await file.write(piece)
                size += len(piece)
        await run_sync(lambda: _put(part, folder, _safe(name)))
    finally:
        part.unlink(missing_ok=True)
    return Plain({"upload": place, "name": _safe(name), "bytes": size}, 201)


def _safe(name: str) -> str:
    """Return a name that leads nowhere: no folders, no signs that a system reads something into."""
    plain = ODD.sub("_", name.replace("\\", "/").rpartition("/")[2]).strip(" .")
    head, dot, tail = plain.rpartition(".")
    return f"{head[: LONGEST_NAME - len(tail)]}{dot}{tail[:20]}" if head else (plain[:LONGEST_NAME] or "_")


def _put(part: Path, folder: Path, name: str) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    part.replace(folder / name)


def upload_of(uploads: Path, place: str) -> Path:
    """Return the file that lies ready under an id.

    Raises:
        Refused: there is none.
    """
    folder = uploads / place
    found = next(folder.iterdir(), None) if folder.is_dir() else None
    if found is None:
        raise Refused("no_such_upload", NOT_FOUND, where=place)
    return found


@routes.delete("/uploads/{place}", status_code=204, response_class=Response)
def drop(place: str, house: Mine) -> Response:
    """Throw an upload away."""
    shutil.rmtree(upload_of(house.uploads, place).parent, ignore_errors=True)
    return Response(status_code=204)


@routes.post("/imports", response_model=JobData, status_code=202)
def bring_in(body: ImportIn, journal: Opened, house: Mine) -> Plain:
    """Bring uploaded files in; the work goes on by itself."""
    files = [upload_of(house.uploads, each) for each in dict.fromkeys(body.uploads)]
    digest = hashlib.sha256(json.dumps(body.uploads).encode()).hexdigest()[:16]
    folder = house.folder / "imports" / f"{journal.now:%Y%m%d%H%M%S}-{digest}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in files:
        file.replace(_free(folder, file.name))
        file.parent.rmdir()
    job = journal.start_import(folder)
    house.wake.set()
    return Plain(job_data(job, journal), 202)


def _free(folder: Path, name: str) -> Path:
    """Return a path in FOLDER that is free: a second `run.fit` becomes `run-2.fit`."""
    path = folder / name
    stem, suffix, count = path.stem, path.suffix, 1
    while path.exists():
        count += 1
        path = folder / f"{stem}-{count}{suffix}"
    return path


@routes.get("/imports/{number}", response_model=Imported)
def imported(number: Number, journal: Opened) -> Plain:
    """An import and what became of each file so far."""
    job = journal.job(number)
    report = {outcome: job.report.get(outcome, []) for outcome in ("read", "merged", "skipped", "failed")}
    return Plain({"job": job_data(job, journal), "report": report})


@routes.get("/jobs", response_model=Jobs)
def jobs(journal: Opened, most: Annotated[int, Query(ge=1, le=500)] = 50) -> Plain:
    """All work that takes a while, newest first."""
    return Plain({"jobs": [job_data(each, journal) for each in journal.jobs(most)]})


@routes.get("/jobs/{number}", response_model=JobData)
def job(number: Number, journal: Opened) -> Plain:
    """One job."""
    return Plain(job_data(journal.job(number), journal))


@routes.post("/jobs/{number}/cancel", response_model=JobData)
def cancel(number: Number, journal: Opened) -> Plain:
    """Ask a job to stop."""
    return Plain(job_data(journal.cancel_job(number), journal))


@routes.get(
    "/jobs/{number}/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {}}}},
)
async def events(number: Number, journal: Opened, request: Request) -> StreamingResponse:
    """Tell of a job whenever it has got further, until it ends."""
    first = await run_sync(journal.job, number)

    async def tell() -> AsyncIterator[str]:
        found, told = first, None
        while not await request.is_disconnected():
            if found != told:
                data = json.dumps(await run_sync(job_data, found, journal), separators=(",", ":"))
                yield f"event: job\ndata: {data}\n\n"
                told = found
            if found.ended_at is not None:
                return
            await asyncio.sleep(LOOK_S)
            found = await run_sync(journal.job, number)

    return StreamingResponse(tell(), media_type="text/event-stream")


def job_data(job: Any, journal: Journal) -> Data:
    """Return a job as plain data."""
    counts = {outcome: len(files) for outcome, files in job.report.items()}
    left_s = journal.left_s(job)
    return {
        "id": job.number,
        "kind": job.kind,
        "state": job.state,
        "done": job.done,
        "total": job.total,
        "left_s": None if left_s is None else round(left_s),
        "says": say(f"api.job_{job.state}", count=job.done),
        "at": job.at.isoformat(),
        "finished_at": None if job.ended_at is None else job.ended_at.isoformat(),
        "attempt": job.attempt,
        "counts": counts,
        "error": job.error,
    }
