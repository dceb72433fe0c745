"""What stands behind a number, and what would change a result, over HTTP: nothing of it while somebody must be seen."""

from sore_runner import AFTER_THE_RUN, BONE, GOOD_MORNING


def test_a_number_says_what_stands_behind_it_by_its_name(lived_client, lived_journal):
    lived_journal.checkin(GOOD_MORNING | AFTER_THE_RUN)
    today = lived_client.get("/today").json()
    drawer = lived_client.get("/why/today/ceiling_min").json()
    assert drawer["value"] == f"{round(today['ceiling_min'])} minutes"
    assert drawer["sources"]
    cause = lived_client.get("/assessment").json()["causes"][0]
    assert lived_client.get(f"/why/cause/{cause['id']}").json()["title"] == cause["name"]


def test_a_number_that_nobody_names_is_refused_with_the_reason(lived_client):
    for address in ("/why/today/chance", "/why/cause/bad_luck", "/why/exercise/handstand"):
        refused = lived_client.get(address)
        assert (refused.status_code, refused.json()["id"]) == (404, "no_such_number")
    assert lived_client.get("/why/weather/rain").status_code == 422


def test_causes_are_called_by_words_that_come_from_the_knowledge(lived_client):
    causes = lived_client.get("/assessment").json()["causes"]
    assert causes[0]["likelihood_says"] == "More likely"
    assert causes[-1]["likelihood_says"] == "Less likely"


def test_turning_points_are_told_and_none_where_a_referral_stands(lived_client, lived_journal):
    points = lived_client.get("/assessment/turning-points").json()["points"]
    assert points == lived_journal.what_if()
    assert points
    lived_client.post("/answers", json={"states": BONE | {"limp": "yes"}})
    assert lived_client.get("/assessment/turning-points").json() == {"points": []}
    for address in ("/why/today/ceiling_km", "/why/plan/run", "/why/exercise/glute_bridge", "/why/load/ceiling"):
        assert lived_client.get(address).status_code == 404


def test_the_exercises_of_a_plan_say_on_which_side_they_are_done(lived_client):
    exercises = lived_client.get("/plan").json()["plan"]["exercises"]
    assert exercises
    assert {each["side"] for each in exercises} <= {"each", "both", "alternate"}
