"""What is handed out over the web: the same files, held to the same verdict."""

from icalendar import Calendar

from sore_runner import AFTER_THE_RUN, BONE, GOOD_MORNING


def test_brief_sheet_calendar_and_workout_come_as_files(lived_client, lived_journal):
    lived_journal.checkin(GOOD_MORNING | AFTER_THE_RUN)
    kinds = {
        "/report.pdf?paper=letter": ("application/pdf", b"%PDF"),
        "/sheet.pdf": ("application/pdf", b"%PDF"),
        "/calendar.ics": ("text/calendar; charset=utf-8", b"BEGIN:VCALENDAR"),
        "/workout.fit?strength=true": ("application/vnd.ant.fit", b"\x0e"),
    }
    for address, (kind, begins) in kinds.items():
        answer = lived_client.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (200, kind), address
        assert answer.content.startswith(begins)
        assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert lived_client.get("/report.pdf?paper=papyrus").status_code == 422


def test_a_workout_is_refused_and_a_calendar_holds_the_visit_alone_under_an_alarm(lived_client):
    assert lived_client.post("/answers", json={"states": BONE | {"limp": "yes"}}).status_code == 200
    refused = lived_client.get("/workout.fit")
    assert (refused.status_code, refused.json()["id"]) == (409, "workout_no_run")
    events = Calendar.from_ical(lived_client.get("/calendar.ics").content).walk("VEVENT")
    assert [str(each["summary"]) for each in events] == ["Have your hip seen"]


def test_what_a_saved_calendar_held_is_taken_out_by_the_next_one(lived_client):
    def titles(address):
        events = Calendar.from_ical(lived_client.get(address).content).walk("VEVENT")
        return {str(each.get("status")) for each in events}, [str(each["summary"]) for each in events]

    _, before = titles("/calendar.ics?file=true")
    assert len(before) > 1
    assert lived_client.post("/answers", json={"states": BONE | {"limp": "yes"}}).status_code == 200
    states, after = titles("/calendar.ics?file=true")
    assert "CANCELLED" in states
    assert "No longer planned" in after


def test_the_paper_is_a_setting(client):
    assert client.get("/settings").json()["paper"] == "a4"
    assert client.patch("/settings", json={"paper": "letter"}).json()["paper"] == "letter"
    assert client.patch("/settings", json={"paper": "papyrus"}).status_code == 422
