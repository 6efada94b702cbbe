"""The OpenAPI document tells the truth: schemathesis makes requests from it and checks every answer."""

from __future__ import annotations

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from tests.support.patient import Patient


@pytest.fixture(scope="module")
def api(url: str) -> schemathesis.schemas.BaseSchema:
    return schemathesis.openapi.from_url(f"{url}/openapi.json")


# Credentials are put into every request here, so a "wrong" request may be right; a made-up choice is 422 by contract.
_NOT_FOR_PATIENTS = [negative_data_rejection, positive_data_acceptance]
schema = schemathesis.pytest.from_fixture("api")


@schema.parametrize()
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_a_stranger_gets_only_what_is_documented(case: schemathesis.Case) -> None:
    if not case.operation.path.endswith("/events"):
        case.call_and_validate()


@schema.parametrize()
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_a_patient_gets_only_what_is_documented(case: schemathesis.Case, http: httpx.Client) -> None:
    if "{conversation}" in case.operation.path and not case.operation.path.endswith("/events"):
        patient = Patient(http)
        case.path_parameters["conversation"] = patient.id
        case.call_and_validate(headers=patient.headers, excluded_checks=_NOT_FOR_PATIENTS)
