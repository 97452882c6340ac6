"""The API does what its OpenAPI document says, whatever it is sent."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection
from starlette.applications import Starlette
from tests.serve.conftest import TOKEN

from onrecord.serve.api.operations import operations

EXAMPLES = 12
"""Requests made up for each operation, legal and illegal ones; more of them found nothing else."""

OPERATIONS = [(one.method, one.path) for one in operations()]


@pytest.fixture(scope="module")
def described(api_app: Starlette) -> Any:
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", api_app)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_an_operation_keeps_its_contract(
    described: Any, method: str, path: str, mode: GenerationMode
) -> None:
    operation = described[path][method]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def asked(case: Any) -> None:
        # Whatever a text or a file holds (`true`, `1.5`) is one: no value is of a wrong type there.
        plain = case.media_type in ("text/plain", "multipart/form-data")
        left_out = [negative_data_rejection] if plain else []
        headers = {"Authorization": f"Bearer {TOKEN}"}
        case.call_and_validate(headers=headers, excluded_checks=left_out)

    asked()
