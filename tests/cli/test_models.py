from __future__ import annotations

import json

from typer.testing import CliRunner

from limner.catalog import load_catalog
from limner.cli.main import app


def test_the_table_has_every_model_on_a_line_of_its_own() -> None:
    lines = CliRunner().invoke(app, ["models"]).stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == [card.id for card in load_catalog().cards]


def test_json_has_every_card_with_its_limits() -> None:
    cards = json.loads(CliRunner().invoke(app, ["models", "--json"]).stdout)
    by_id = {card["id"]: card for card in cards}
    assert by_id["doubao-seedream-4-5-251128"]["min_pixels"] == 3686400
    assert list(by_id) == [card.id for card in load_catalog().cards]
