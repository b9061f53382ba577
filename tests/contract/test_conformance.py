"""Our own server against every case of the contract, under both spellings of the path."""

from __future__ import annotations

from dataclasses import replace

import pytest

from limner.conformance import ark_sdk, errors, models_list, openai_sdk, text_to_image
from limner.conformance.case import Case
from limner.conformance.journal import Journal
from limner.conformance.suite import CASES
from limner.conformance.target import Target

BOTH_SPELLINGS = (text_to_image, errors, models_list, ark_sdk, openai_sdk)
"""Areas that also run under /api/v3; the others would only repeat the same route."""

ARK_CASES = tuple(case for module in BOTH_SPELLINGS for case in module.area.cases)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_v1_holds_the_contract_for_no_more_pictures_than_it_says(target: Target, case: Case) -> None:
    journal = Journal()
    case.check(replace(target, journal=journal))
    assert sum(exchange.pictures for exchange in journal.exchanges) <= case.pictures


@pytest.mark.parametrize("case", ARK_CASES, ids=lambda case: case.id)
def test_api_v3_holds_the_contract(ark_target: Target, case: Case) -> None:
    case.check(ark_target)


def test_every_case_has_an_id_of_its_own_and_a_claim() -> None:
    assert len({case.id for case in CASES}) == len(CASES)
    assert all(case.title and case.section for case in CASES)
