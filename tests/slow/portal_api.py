"""What Schemathesis sends by `/api/openapi.json`, right and wrong, is answered as that says.

This is no module of `make test`: once imported, Schemathesis changes how Hypothesis prints.
"""

from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from starlette.datastructures import State

from phananh import Person
from phananh.acts import make_act
from tests.portal.test_api import api
from tests.portal.visitor import app, clock, template

__all__ = ["app", "clock", "template"]

CHECKS = {
    "missing_required_header": {"expected-statuses": [400, 401, 428]},
    # A schema does not say what a text may hold, and a form may leave empty what it does not need.
    "positive_data_acceptance": {"enabled": False},
    "negative_data_rejection": {"enabled": False},
    # Starlette names the methods of one route only.
    "allow_header_conformance": {"enabled": False},
}


described = schemathesis.openapi.from_dict(
    api.make_api(State()).openapi(), config=schemathesis.Config.from_dict({"checks": CHECKS})
)
described.config.update(base_url="http://localhost/api")


@described.parametrize()
@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])
def test_answers_are_as_described(app: Any, case: Any) -> None:
    """No answer is a fault, and each status, type, header and body is one that is described."""
    operator, desk = Person(id="dien-thoai-vien", role="operator"), app.state.desk.desk
    taken = make_act("receive", api.EXAMPLES["receive"], by=operator)
    real = desk.do(None, taken, command_id="real")
    sent = {"Authorization": f"Bearer {api.make_token(app.state.engine, operator.id)}"}
    if case.path_parameters.get("case", "-").isalnum():
        case.path_parameters["case"] = real.id
        sent["If-Match"] = f'"{desk.get(real.id).version}"'
    case.operation.app = case.operation.schema.app = app
    case.call_and_validate(headers=sent)
