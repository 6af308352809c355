"""The desk of the office: made once, over the database of the project."""

from phananh import Desk, Person
from phananh.stores.django import DjangoStore

USERS = {  # yours: whoever signed in, never what a form says
    "op1": Person(id="OP-1", role="operator"),
    "op2": Person(id="OP-2", role="operator"),
}
desk = Desk(store=DjangoStore())
