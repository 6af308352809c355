"""The portal's own tests; `python manage.py test` undoes each after it ran."""

import html
import re
from io import StringIO
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client, TestCase, override_settings
from django.urls import get_resolver

from hotline.calls import record_call
from hotline.desks import get_desk
from hotline.models import Call
from phananh import Accused, Person, Sender
from phananh.testing import ManualClock

CALL = {"kind": "information", "content": "Câu hỏi mẫu", "seconds": 95}
KNOWN = {**CALL, "name": "Người gửi mẫu", "phone": "0218 383 1022"}
USERS = {
    "op": "operator",
    "op-2": "operator",
    "mc": "officer/MC-MAU",
    "mc-2": "officer/MC-MAU",
    "ld": "leadership",
    "khac": "readers",
}
SECRETS = ("Người gửi mẫu", "0218 383 1022", "Hồ sơ bị chậm")
CHANCE = re.compile(r'value="\w{32}(-\w+)?"|csrf\w+" value="\w+"')  # differs each time
HIDDEN = re.compile(r'name="(version|click)" value="([^"]*)"')
CLOCK = ManualClock("2025-04-25 15:00")


@override_settings(HOTLINE_CLOCK=CLOCK)
class PortalTest(TestCase):
    """An operator who signed in, and a clock that stands until a test moves it."""

    @classmethod
    def setUpTestData(cls) -> None:
        """Make a user for each group."""
        for name, group in USERS.items():
            made, _ = Group.objects.get_or_create(name=group)
            User.objects.create(username=name).groups.add(made)

    def setUp(self) -> None:
        """Sign in the operator, and set the clock to a Friday afternoon."""
        CLOCK.set("2025-04-25 15:00")
        self.client = self.visit("op")

    def visit(self, name: str) -> Client:
        """Return a browser in which a user is signed in."""
        client = Client()
        client.force_login(User.objects.get(username=name))
        return client

    def post(self, url: str, key: str, **said: object) -> dict[str, Any]:
        """Send a request of a program, and return the answer with its status."""
        headers = {"Idempotency-Key": key}
        told = self.client.post(url, said, content_type="application/json", headers=headers)
        return {**told.json(), "status": told.status_code}

    def send(self, client: Client, case: str, trigger: str, page: Any = None, **typed: str) -> Any:
        """Fill in the form of an act on a page that is open, or on a fresh one, and send it."""
        found = page or client.get(f"/case/{case}")
        form = found.content.decode().partition(f'action="/case/{case}/{trigger}"')[2]
        hidden = dict(HIDDEN.findall(form.partition("</form>")[0]))
        return client.post(f"/case/{case}/{trigger}", {**hidden, **typed})

    def read(self, client: Client, path: str) -> str:
        """Return the text of a page."""
        found = client.get(path)
        self.assertEqual(found.status_code, 200)
        return html.unescape(found.content.decode())


class ProgramTest(PortalTest):
    """The JSON of programs, and the transaction that a call and its case share."""

    def test_a_call_is_recorded_once(self) -> None:
        """The same key twice gives one case and one call."""
        made, again = self.post("/cases", "k-1", **CALL), self.post("/cases", "k-1", **CALL)
        self.assertEqual(made, again)
        self.assertEqual([call.case for call in Call.objects.all()], [made["case"]])
        self.assertEqual(get_desk().get(str(made["case"])).state, "received")

    def test_a_key_takes_no_id_of_others(self) -> None:
        """What a program names as a line of an import is still free for the import."""
        self.client.post("/cases", CALL, content_type="application/json",
                         headers={"Idempotency-Key": "day.jsonl:1"})  # fmt: skip
        self.client.post("/new", {**KNOWN, "click": "day.jsonl:1"})
        self.client.post("/new", {**KNOWN, "click": "day.jsonl:2"})
        by = Person(id="op", role="operator")
        for n in (1, 2):
            get_desk().receive(kind="information", channel="phone", content="Khác", by=by,
                               command_id=f"day.jsonl:{n}")  # fmt: skip

    def test_a_call_that_cannot_be_kept_leaves_no_case(self) -> None:
        """What the database refuses undoes the case of the same transaction."""
        with self.assertRaises(DatabaseError):
            record_call(
                kind="information",
                content="Câu hỏi mẫu",
                sender=Sender(),
                seconds=-1,
                by=Person(id="op", role="operator"),
                click="k-1",
            )
        self.assertEqual(get_desk().count(), 0)

    def test_an_answer_to_an_old_version_is_refused(self) -> None:
        """The second answer is a 409, and the call is marked once."""
        case = self.post("/cases", "k-1", **CALL)["case"]
        said = {"text": "Trả lời mẫu", "version": 1}
        self.assertEqual(self.post(f"/cases/{case}/answer", "k-2", **said)["status"], 200)
        self.assertEqual(self.post(f"/cases/{case}/answer", "k-3", **said)["status"], 409)
        self.assertEqual(Call.objects.filter(answered=True).count(), 1)

    def test_only_operators_may_ask(self) -> None:
        """Without a sign-in it is 401, for another role 403, and for no role 403."""
        for client, status in (
            (Client(), 401),
            (self.visit("mc"), 403),
            (self.visit("khac"), 403),
        ):
            self.assertEqual(client.post("/cases").status_code, status)

    def test_a_body_that_cannot_be_read_is_refused(self) -> None:
        """What is no call, or has no name, is a 400, and records nothing."""
        headers = {"Idempotency-Key": "k-1"}
        late = '{"kind": "information", "content": "x", "seconds": %s}'
        for body in ("{", "[]", '"x"', '{"kind": 1}', late % -5, late % ("9" * 30), "[" * 100_000):
            told = self.client.post(
                "/cases", body, content_type="application/json", headers=headers
            )
            self.assertEqual(told.status_code, 400, body[:20])
        nameless = self.client.post("/cases", CALL, content_type="application/json")
        self.assertEqual(nameless.status_code, 400)
        self.assertEqual(get_desk().count(), 0)

    def test_a_request_without_the_token_is_refused(self) -> None:
        """Another site cannot act for an operator who signed in."""
        client = Client(enforce_csrf_checks=True)
        client.force_login(User.objects.get(username="op"))
        for url in ("/cases", "/new", "/case/HB-0/answer"):
            told = client.post(url, CALL, content_type="application/json")
            self.assertEqual(told.status_code, 403)


class PageTest(PortalTest):
    """The pages: grey buttons, due times, two who act at once, and the sweep."""

    def take(self) -> str:
        """Write a call down by the form, and return the id of its case."""
        told = self.client.post("/new", {**KNOWN, "click": "c-1"})
        self.assertEqual(told.status_code, 302)
        return str(told["Location"].rpartition("/")[2])

    def test_the_sign_in_is_asked_for(self) -> None:
        """Every page leads to the sign-in, a wrong password back to it, the right one on."""
        client = Client()
        for path in ("/", "/new", "/case/HB-0"):
            self.assertRedirects(client.get(path), f"/sign-in?next={path}")
        user = User.objects.get(username="op")
        user.set_password("mật khẩu mẫu")
        user.save()
        wrong = client.post("/sign-in", {"username": "op", "password": "x"})
        self.assertContains(wrong, "không đúng")
        right = client.post("/sign-in", {"username": "op", "password": "mật khẩu mẫu"})
        self.assertRedirects(right, "/")
        self.assertRedirects(client.post("/sign-out"), "/sign-in")
        self.assertEqual(client.get("/").status_code, 302)

    def test_roles_come_from_groups(self) -> None:
        """An officer sees what was passed on to the unit, and a user without a role nothing."""
        officer, case = self.visit("mc"), self.take()
        self.assertEqual(officer.get(f"/case/{case}").status_code, 404)
        self.assertEqual(officer.get("/new").status_code, 403)
        self.send(self.client, case, "escalate", to="mc")
        self.assertIn(case, self.read(officer, "/"))
        self.assertIn("Câu hỏi mẫu", self.read(officer, f"/case/{case}"))
        self.assertEqual(self.visit("khac").get("/").status_code, 403)

    def test_a_button_is_grey_with_its_reason(self) -> None:
        """A call without a name is not passed on, and the page says why, with the article."""
        case = self.post("/cases", "k-1", **CALL)["case"]
        page = self.read(self.client, f"/case/{case}")
        self.assertEqual(len(re.findall(r"<button disabled", page)), 1)
        self.assertIn("(điểm c Điều 6)", page)

    def test_a_limit_runs_out_and_the_sweep_marks_it(self) -> None:
        """The due time is explained; the page and the sweep say when it has run out."""
        case = self.take()
        self.send(self.client, case, "escalate", to="mc")
        page = self.read(self.client, f"/case/{case}")
        self.assertIn("10:00 26/04/2025", page)
        self.assertIn("làm bù cho thứ Sáu 02/05", page)
        CLOCK.to_due(get_desk().get(case), plus="1us")
        self.assertIn("có lần trễ hạn", self.read(self.client, f"/case/{case}"))
        self.assertFalse(get_desk().get(case).is_late)
        told = StringIO()
        call_command("phananh_sweep", stdout=told)
        self.assertIn("1", told.getvalue())
        self.assertTrue(get_desk().get(case).is_late)

    def test_two_people_act_at_once(self) -> None:
        """The second gets a 409 with what was recorded since and the text; sent again it counts."""
        officer, case = self.visit("mc"), self.take()
        self.send(self.client, case, "escalate", to="mc")
        seen = officer.get(f"/case/{case}")
        get_desk().note(case, text="Ghi chú mẫu", by=Person(id="op", role="operator"))
        told = self.send(officer, case, "answer", seen, text="Trả lời mẫu")
        self.assertContains(told, "Có người đã cập nhật trước", status_code=409)
        self.assertContains(told, "Trả lời mẫu", status_code=409)
        self.assertEqual(Call.objects.get(case=case).answered, False)
        again = self.send(officer, case, "answer", told, text="Trả lời mẫu")
        self.assertRedirects(again, f"/case/{case}")
        self.assertEqual(Call.objects.get(case=case).answered, True)

    def test_what_is_wrong_is_told(self) -> None:
        """A form that the desk refuses comes back with the text, and leaves neither row."""
        told = self.client.post("/new", {**CALL, "content": "x" * 20_001, "click": "c-1"})
        self.assertContains(told, 'role="alert"', status_code=422)
        self.assertEqual((Call.objects.count(), get_desk().count()), (0, 0))
        case = self.take()
        self.assertEqual(self.send(self.client, case, "publish", text="x").status_code, 404)
        for version, status in (("x", 422), ("9" * 5_000, 409)):
            wrong = self.send(self.client, case, "answer", text="x", version=version)
            self.assertEqual(wrong.status_code, status)
        for path, status in (
            ("/?after=%00", 400),
            ("/?after=AAAA", 400),
            (f"/case/{case}%00", 404),
        ):
            self.assertEqual(self.client.get(path).status_code, status)

    def test_an_odd_officer_is_nobody(self) -> None:
        """An officer in two groups, or whose name is no id, breaks no page but their own."""
        odd = {"hai-nhom": ["officer/MC-MAU", "leadership"], "mc" * 60: ["officer/MC-MAU"]}
        for name, groups in odd.items():
            made = [Group.objects.get_or_create(name=group)[0] for group in groups]
            User.objects.create(username=name).groups.set(made)
            self.assertEqual(self.visit(name).get("/").status_code, 403)
        page = self.read(self.client, f"/case/{self.take()}")
        self.assertEqual(re.findall(r'option value="([\w+-]+)"', page), ["mc", "mc-2"])

    def test_no_page_is_kept_or_framed(self) -> None:
        """Every answer forbids scripts, frames and copies."""
        for path in ("/", "/sign-in", "/case/HB-0", "/?after=AAAA"):
            headers = self.client.get(path).headers
            self.assertEqual(headers["Cache-Control"], "no-store")
            self.assertIn("default-src 'none'", headers["Content-Security-Policy"])

    def test_markup_is_shown_and_does_not_run(self) -> None:
        """What people say is text on the page."""
        wild = "<script>alert(1)</script>"
        told = self.client.post("/new", {**CALL, "content": wild, "click": "c-1"})
        self.assertNotContains(self.client.get(told["Location"]), "<script")


class AccusedTest(PortalTest):
    """An accused who signs in, and a colleague from their unit."""

    def accuse(self, name: str, unit: str, to: str | None) -> str:
        """Return a report on conduct that lies with an officer, of which a user is accused."""
        desk, by = get_desk(), Person(id="op-3", role="operator")
        case = desk.receive(
            kind="conduct",
            channel="phone",
            content="Hồ sơ bị chậm",
            sender=Sender(name="Người gửi mẫu", phone="0218 383 1022"),
            by=by,
        )
        if to:
            case = desk.escalate(case, to=Person(id=to, role="officer", unit="MC-MAU"), by=by)
        return desk.complete(case, accused=[Accused(id=name, unit=unit)], by=by).id

    def look_everywhere(self, name: str, case: str) -> dict[str, tuple[int, str]]:
        """Return what each address answers a user of a case, with a word in place of its id."""
        self.client = self.visit(name)
        said = {"text": "Người gửi mẫu", "version": 1, "kind": "x", "content": "x", "seconds": 1}
        headers, found = {"Idempotency-Key": "k"}, {}
        for route in get_resolver().url_patterns:
            if route.name in ("sign_in", "sign_out"):
                continue
            path = "/" + str(route.pattern).replace("<str:case>", case)
            given: dict[str, Any] = {"data": {**said, "click": "c"}}
            if path.startswith("/cases"):
                given = {"data": said, "content_type": "application/json", "headers": headers}
            for trigger in ("answer", "publish"):
                where = path.replace("<str:trigger>", trigger)
                for told in (self.client.get(where), self.client.post(where, **given)):
                    text = CHANCE.sub("", html.unescape(told.content.decode()))
                    key = f"{told.request['REQUEST_METHOD']} {where}".replace(case, "-")
                    found[key] = told.status_code, text.replace(case, "-")
        return found

    def test_an_accused_finds_no_trace(self) -> None:
        """On every page, list and form the case is as one that there is not."""
        for name, unit in (("mc", "MC-MAU"), ("op", "TT-MAU"), ("ld", "TT-MAU")):
            nothing = self.look_everywhere(name, "HB-2504-2222222222")
            for to in (None, "mc"):
                case = self.accuse(name, unit, to)
                found = self.look_everywhere(name, case)
                self.assertEqual(found, nothing)
                found.pop("GET /")  # the list, which has cases of other accused
                self.assertFalse([each for each in SECRETS[1:] if each in str(found)])
                self.assertEqual(get_desk().get(case).version, 3 if to else 2)

    def test_a_hidden_case_leaves_no_gap(self) -> None:
        """The pages of the list are full, the last one has rows, and a damaged case is unknown."""
        desk, by = get_desk(), Person(id="op-3", role="operator")
        hidden = [self.accuse("op", "TT-MAU", None) for _ in range(2)]
        taken = [
            desk.receive(kind="information", channel="phone", content="x", by=by).id
            for _ in range(51)
        ]
        with connection.cursor() as cursor:
            damage = "update phananh_event set crc = crc + 1 where case_id in (%s, %s)"
            cursor.execute(damage, [hidden[0], taken[0]])
        hidden += [self.accuse("op", "TT-MAU", None)]
        with self.assertLogs("hotline", "ERROR"):
            page = self.read(self.client, "/")
        self.assertEqual((page.count('href="/case/'), "after=" in page), (50, False))
        odd = [*hidden, hidden[1] + "%0A", desk.get(hidden[1]).code, taken[0]]
        with self.assertLogs("hotline", "ERROR"):
            self.assertEqual({self.client.get(f"/case/{each}").status_code for each in odd}, {404})
            told = [self.post(f"/cases/{each}/answer", "k", text="x", version=1) for each in odd]
        self.assertEqual([each for each in told if each != told[0]], [])

    def test_a_colleague_does_not_learn_who_complained(self) -> None:
        """Whoever holds the case reads what was sent, and other people of the unit nothing."""
        case = self.accuse("mc", "MC-MAU", "mc-2")
        found = str(self.look_everywhere("mc-2", case))
        self.assertIn("Hồ sơ bị chậm", found)
        self.assertNotIn("0218 383 1022", found)
        case = self.accuse("mc-3", "MC-MAU", "mc-2")
        unknown = self.look_everywhere("mc", "HB-2504-2222222222")
        self.assertEqual(self.look_everywhere("mc", case), unknown)
