"""What Django's own tests see: each runs in a transaction that is undone, with the case in it."""

from django.db import DatabaseError
from django.test import TestCase

from hotline.desks import desk
from hotline.models import Call

CALL = {"kind": "information", "content": "Câu hỏi mẫu", "seconds": 95}


class CallTest(TestCase):
    """Calls and their cases."""

    def post(self, url: str, key: str, **said: object) -> dict[str, object]:
        """Send a request, and return the answer with its status."""
        headers = {"X-User": "op1", "Idempotency-Key": key}
        told = self.client.post(url, said, content_type="application/json", headers=headers)
        return {**told.json(), "status": told.status_code}

    def test_a_call_is_recorded_once(self) -> None:
        """The same key twice gives one case and one call."""
        made, again = self.post("/cases", "k-1", **CALL), self.post("/cases", "k-1", **CALL)
        self.assertEqual(made, again)
        self.assertEqual([call.case for call in Call.objects.all()], [made["case"]])
        self.assertEqual(desk.get(str(made["case"])).state, "received")

    def test_a_call_that_cannot_be_kept_leaves_no_case(self) -> None:
        """What the database refuses undoes the case of the same transaction."""
        with self.assertRaises(DatabaseError):
            self.post("/cases", "k-1", **{**CALL, "seconds": -1})
        self.assertEqual(desk.count(), 0)

    def test_an_answer_to_an_old_version_is_refused(self) -> None:
        """The second answer is a 409, and the call is marked once."""
        case = self.post("/cases", "k-1", **CALL)["case"]
        said = {"text": "Trả lời mẫu", "version": 1}
        self.assertEqual(self.post(f"/cases/{case}/answer", "k-2", **said)["status"], 200)
        self.assertEqual(self.post(f"/cases/{case}/answer", "k-3", **said)["status"], 409)
        self.assertEqual(Call.objects.filter(answered=True).count(), 1)
