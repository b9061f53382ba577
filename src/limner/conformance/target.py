"""The server under test: where it is, the key, and what it calls the models of each family."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from limner.conformance.journal import Journal

SPELLINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "3.0": ("doubao-seedream-3-0-t2i-250415", "seedream-3-0-t2i-250415"),
        "seededit": ("doubao-seededit-3-0-i2i-250628", "seededit-3-0-i2i-250628"),
        "4.0": ("doubao-seedream-4-0-250828", "seedream-4-0-250828"),
        "4.5": ("doubao-seedream-4-5-251128", "seedream-4-5-251128"),
        "5.0": (
            "doubao-seedream-5-0-260128",
            "doubao-seedream-5-0-lite-260128",
            "seedream-5-0-260128",
            "seedream-5-0-lite-260128",
        ),
    }
)
"""Family to model ids, Volcengine's before BytePlus's."""

VOLCENGINE_MODELS: Mapping[str, str] = MappingProxyType({family: ids[0] for family, ids in SPELLINGS.items()})


class NotOffered(Exception):
    """The target has no model of the family that a case needs: the case is left out, not failed."""


@dataclass(frozen=True, slots=True)
class Target:
    """A server to hold against the contract.

    base_url: as the SDKs take it, with the version, e.g. "https://host/api/v3".
    models: family to model id; a family that is left out is not tested.
    own_choices: also hold it to what the contract leaves open and Limner decided.
    journal: where requests and answers are noted.
    """

    base_url: str
    api_key: str = field(repr=False)
    models: Mapping[str, str] = field(default_factory=lambda: VOLCENGINE_MODELS)
    own_choices: bool = True
    timeout_s: float = 600.0
    journal: Journal | None = field(default=None, repr=False, compare=False)

    def model(self, family: str) -> str:
        """This server's model of the family; raises NotOffered."""
        if family not in self.models:
            raise NotOffered(family)
        return self.models[family]
