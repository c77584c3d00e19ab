"""What schemathesis cannot know: an account to sign in with, and what is really there.

`BASE_URL` is a server on which the first round of the sample contest is open.
"""

import os
from itertools import count

import requests
import schemathesis

BASE = os.environ["BASE_URL"]
CONTEST, ROUND, AHEAD = "song-cong-cchc-2021", "tuan-1", "tuan-2"
SECRET = "một câu dễ nhớ"
numbers = count(1)


def registration():
    published = requests.get(f"{BASE}/contests/{CONTEST}/contest.json").json()
    return {
        "full_name": "Nguyễn Văn An",
        "birth_date": "1990-05-17",
        "citizen_id": f"001090{next(numbers):06}",
        "phone": "0912345678",
        "unit": published["units"][0]["code"],
        "unit_basis": "workplace",
        "secret": SECRET,
        "consent": {"accepted": True, "text_sha256": published["consent"]["text_sha256"]},
    }


def session(form):
    answer = requests.post(f"{BASE}/v1/contests/{CONTEST}/contestants", json=form)
    answer.raise_for_status()
    return answer.json()["session"]


SIGNED_IN = registration()
KEPT = session(SIGNED_IN)


@schemathesis.auth().apply_to(method="DELETE")
class OneAccountEach:
    """Anyone who erases an account has none afterwards."""

    def get(self, case, context):
        return session(registration())

    def set(self, case, token, context):
        case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.auth().skip_for(method="DELETE")
class Kept:
    def get(self, case, context):
        return KEPT

    def set(self, case, token, context):
        case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.hook
def before_load_schema(context, schema):
    """Names what exists, without which every answer would be 404 or 422."""
    attempts = f"{BASE}/v1/contests/{CONTEST}/rounds/{ROUND}/attempts"
    paper = requests.post(attempts, headers={"Authorization": f"Bearer {KEPT}"}).json()["paper"]
    parameters, schemas = schema["components"]["parameters"], schema["components"]["schemas"]
    parameters["Contest"]["schema"] = {"enum": [CONTEST]}
    parameters["Round"]["schema"] = {"enum": [ROUND, AHEAD]}
    parameters["Attempt"]["schema"]["maximum"] = 4
    for name in ("Contest", "Round", "Attempt"):
        parameters[name].pop("example")
    form = schemas["RegistrationForm"]["properties"]
    known = registration()
    for name in ("full_name", "unit"):
        form[name] = {"enum": [known.get(name)]}
    form["unit_basis"]["enum"] = [known["unit_basis"], None]
    form["referrer"]["enum"] = [None]
    form["citizen_id"] = {"type": "string", "pattern": "^001190[0-9]{6}$"}
    form["birth_date"] = {"type": "string", "pattern": "^19[5-9][0-9]-0[1-9]-1[0-9]$"}
    form["phone"] = {"type": "string", "pattern": "^09[0-9]{8}$"}
    form["secret"] = {"type": "string", "pattern": "^[a-z]{12,40}$"}
    form["consent"] = {"$ref": "#/components/schemas/ConsentForm"}
    schemas["RegistrationForm"]["required"] = ["full_name", "birth_date", "citizen_id", "phone", "unit", "secret", "consent"]
    schemas["SignInForm"]["properties"] |= {"identifier": {"enum": [SIGNED_IN["citizen_id"]]}, "secret": {"enum": [SECRET]}}
    schemas["ConsentForm"]["properties"]["accepted"] = {"const": True}
    schemas["ConsentForm"]["properties"]["text_sha256"]["enum"] = [known["consent"]["text_sha256"]]
    schemas["SheetForm"]["properties"]["answers"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            question["id"]: {"type": "array", "items": {"enum": [option["id"] for option in question["options"]]}}
            for question in paper["questions"]
        },
    }
