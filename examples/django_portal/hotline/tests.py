"""The application's own tests; `python manage.py test` undoes each after it ran."""

import html
import re
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError
from django.http import QueryDict
from django.test import Client, TestCase
from django.urls import get_resolver

from hotline.models import Call
from hotline.views import desk, record
from phananh import Accused, Person, Sender

CALL = {"kind": "information", "channel": "phone", "content": "<script>Câu hỏi", "seconds": "95"}
KNOWN = {**CALL, "sender.name": "Người gửi mẫu", "sender.phone": "0218 383 1022"}
HIDDEN = re.compile(r'name="(version|click)" value="([^"]*)"')
CHANCE = re.compile(r'value="\w{32}"|csrf\w+" value="\w+"')  # differs each time
OTHER = Person(id="op-2", role="operator")


class PortalTest(TestCase):
    """The two sample users, each signed in with a browser."""

    fixtures = ("samples",)

    def setUp(self) -> None:
        """Sign both in."""
        self.operator, self.officer = self.visit("dien-thoai-vien"), self.visit("mot-cua")

    def visit(self, name: str, **options: bool) -> Client:
        """Return a browser in which a user is signed in."""
        client = Client(**options)
        client.force_login(User.objects.get(username=name))
        return client

    def send(self, client: Client, path: str, page: Any = None, **typed: str) -> Any:
        """Fill in the form that leads to a path, on an open page or a new one, and send it."""
        found = page or client.get(path.rpartition("/")[0] or "/")
        form = found.content.decode().partition(f'action="{path}"')[2].partition("</form>")[0]
        return client.post(path, {**dict(HIDDEN.findall(form)), **typed})

    def test_who_has_no_role_sees_nothing(self) -> None:
        """Every page asks for a sign-in, with the sample password, and a user needs one group."""
        client = Client()
        self.assertRedirects(client.get("/case/HB-0"), "/sign-in?next=/case/HB-0")
        typed = {"username": "mot-cua", "password": "mat-khau-mau"}
        self.assertRedirects(client.post("/sign-in", typed), "/")
        client.force_login(User.objects.create(username="khac"))
        self.assertEqual(client.get("/").status_code, 403)

    def test_a_form_of_another_site_is_refused(self) -> None:
        """Without the token nothing is recorded."""
        client = self.visit("dien-thoai-vien", enforce_csrf_checks=True)
        self.assertEqual(client.post("/receive", KNOWN).status_code, 403)
        self.assertEqual(desk.count(), 0)

    def test_a_call_and_its_case_are_recorded_together(self) -> None:
        """A second click records neither again; what the database refuses undoes the case."""
        page = self.operator.get("/")
        first, again = (self.send(self.operator, "/receive", page, **KNOWN) for _ in range(2))
        self.assertEqual(first["Location"], again["Location"])
        self.assertContains(self.operator.get(first["Location"]), "95 giây")
        wrong_form = {**KNOWN, "seconds": "-1"}
        self.assertEqual(self.send(self.operator, "/receive", **wrong_form).status_code, 422)
        wrong = QueryDict(mutable=True)
        wrong.update(wrong_form)
        with self.assertRaises(IntegrityError):
            record("receive", None, wrong, OTHER)
        self.assertEqual((Call.objects.count(), desk.count()), (1, 1))

    def test_a_button_is_grey_with_its_reason(self) -> None:
        """What is missing is beside the grey button, with its article, and markup is text."""
        page = self.operator.get(self.send(self.operator, "/receive", **CALL)["Location"])
        self.assertContains(page, "<button disabled>", 1)
        self.assertContains(page, "điểm c Điều 6")
        self.assertNotContains(page, "<script")
        self.assertEqual(page["Cache-Control"], "no-store")
        self.assertIn("default-src 'none'", page["Content-Security-Policy"])

    def test_two_people_act_at_once(self) -> None:
        """The second gets a 409 with the text; sent again, it counts."""
        case = self.send(self.operator, "/receive", **KNOWN)["Location"]
        self.send(self.operator, f"{case}/escalate", to="mot-cua")
        self.assertContains(self.officer.get("/"), case)
        seen = self.officer.get(case)
        desk.note(case.removeprefix("/case/"), text="Ghi chú mẫu", by=OTHER)
        found = self.send(self.officer, f"{case}/answer", seen, text="Trả lời mẫu")
        self.assertContains(found, "Trả lời mẫu</textarea>", status_code=409)
        self.assertRedirects(self.send(self.officer, f"{case}/answer", found, text="x"), case)

    def accuse(self, name: str, unit: str, *, is_passed_on: bool) -> str:
        """Return a report on conduct, of which a user is accused."""
        sender = Sender(name="Người gửi mẫu", phone="0218 383 1022")
        case = desk.receive(
            kind="conduct", channel="phone", content="Bị chậm", sender=sender, by=OTHER
        )
        if is_passed_on:
            to = Person(id="mot-cua", role="officer", unit="MC-MAU")
            case = desk.escalate(case, to=to, by=OTHER)
        return desk.complete(case, accused=[Accused(id=name, unit=unit)], by=OTHER).id

    def look_everywhere(self, client: Client, case: str) -> dict[str, tuple[int, str]]:
        """Return what each address answers of a case, with a word in place of its id."""
        found = {}
        for route in get_resolver().url_patterns:
            path = "/" + str(route.pattern).replace("<str:key>", case)
            path = path.replace("<str:trigger>", "answer")
            if not path.startswith("/sign-"):
                form = {"text": "Người gửi mẫu", "version": 1, "click": "c", "seconds": 1}
                for answer in (client.get(path), client.post(path, form)):
                    text = CHANCE.sub("", html.unescape(answer.content.decode()))
                    key = f"{answer.request['REQUEST_METHOD']} {path}".replace(case, "-")
                    found[key] = answer.status_code, text.replace(case, "-")
        return found

    def test_an_accused_finds_no_trace(self) -> None:
        """On every page and form, by its code too, the case is as one that there is not."""
        for client, name, unit in (
            (self.officer, "mot-cua", "MC-MAU"),
            (self.operator, "dien-thoai-vien", "TT-MAU"),
        ):
            nothing = self.look_everywhere(client, "HB-2504-2222222222")
            for is_passed_on in (False, True):
                case = self.accuse(name, unit, is_passed_on=is_passed_on)
                before = desk.history(case)
                self.assertEqual(self.look_everywhere(client, case), nothing)
                self.assertEqual(client.get(f"/case/{desk.get(case).code}").status_code, 404)
                self.assertEqual(desk.history(case), before)

    def test_a_colleague_does_not_learn_who_complained(self) -> None:
        """Whoever holds the case reads neither what was sent nor who sent it."""
        case = self.accuse("mc-2", "MC-MAU", is_passed_on=True)
        self.assertNotContains(self.officer.get(f"/case/{case}"), "Bị chậm")
        self.assertNotIn("0218 383 1022", str(self.look_everywhere(self.officer, case)))
