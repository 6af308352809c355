"""With ATOMIC_REQUESTS a view is one transaction: its acts are kept or undone with it."""

from collections.abc import Iterator

import pytest
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from phananh import Desk, StoreError
from phananh.stores.base import Query
from phananh.stores.django import DjangoStore
from phananh.testing.sample_events import change, received
from tests.desk import people as p
from tests.stores.django import databases


def act(request: HttpRequest) -> HttpResponse:
    """Record a case, meet an error that the view deals with, and answer or fail."""
    desk = databases.find_desk()
    case = p.a_case(desk)
    assert isinstance(desk.store, DjangoStore)
    assert connections[desk.store.using].in_atomic_block
    try:
        desk.store.commit([change(received("HB-1", code_digest=case.code_digest))])
    except StoreError:
        desk.answer(case, text="Trả lời mẫu", by=p.OPERATOR)
    if "fail" in request.GET:
        raise KeyError("fail")
    return HttpResponse(case.id)


urlpatterns = [path("act", act)]


@pytest.fixture
def client(store: DjangoStore) -> Iterator[Client]:
    """Return a client of a project whose requests are transactions, over the store."""
    connections[store.using].settings_dict["ATOMIC_REQUESTS"] = True
    databases.DESKS.append(Desk(store=store, clock=p.Hand()))
    with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver"]):
        yield Client(raise_request_exception=False)
    connections[store.using].settings_dict["ATOMIC_REQUESTS"] = False


def test_a_request_keeps_its_acts(client: Client, store: DjangoStore) -> None:
    """A view that answers has recorded, also after an act that the store refused."""
    told = client.get("/act")
    assert told.status_code == 200
    assert len(store.load(told.content.decode())) == 2
    assert store.count(Query()) == 1


def test_a_request_that_fails_leaves_nothing(client: Client, store: DjangoStore) -> None:
    """A view that raises has recorded nothing."""
    assert client.get("/act?fail").status_code == 500
    assert store.count(Query()) == 0
    assert store.scan() == ()
