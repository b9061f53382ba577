"""Fetches checkpoints from the hub into its cache, as far as they are not there yet.

Only what a pipeline loads is fetched: of each component its configuration and one set of weights. Weights
come last, so that whoever finds them whole finds all the rest.
Not covered: what the files say. They are as trustworthy as the repository that the settings name.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from glob import escape
from pathlib import Path, PurePosixPath

from limner.engines.diffusers.checkpoint import Checkpoint, Lora
from limner.engines.diffusers.requirements import EXTRA, require_packages
from limner.engines.diffusers.weights import (
    BRANCH,
    INDEX,
    WEIGHT_STEMS,
    WEIGHT_SUFFIXES,
    cache_dir,
    components_of,
    is_whole,
    lora_file,
)
from limner.errors import ConfigError

_TEXT_SUFFIXES = (".json", ".txt", ".model", ".jinja")
_WEIGHT = re.compile(
    rf"(?:{'|'.join(WEIGHT_STEMS)})(?:-\d+-of-\d+)?(\.safetensors|\.bin)(?:\.index\.json)?", re.ASCII
)
"""Weights in a checkpoint's own precision. Those in another have its name before the suffix."""
_SPARE_BYTES = 1 << 30

_COMPLAINTS = {
    "GatedRepoError": (
        "{source} is given only to those who have accepted its licence: do that on its page at {hub}, then "
        "set HF_TOKEN to a token of yours"
    ),
    "RepositoryNotFoundError": (
        "{hub} has no {source}, or not for everybody: if you may see it, set HF_TOKEN to a token of yours"
    ),
    "RevisionNotFoundError": "{source} has no revision {revision}",
    "DisabledRepoError": "{hub} has closed {source}",
    "RemoteEntryNotFoundError": "{source} is no checkpoint that diffusers reads: {error}",
    "HfHubHTTPError": "{hub} refuses {source}: {error}",
}
"""What is said about an error of the hub's client, by its class; the first that fits counts."""


def pull(checkpoint: Checkpoint, weights_dir: Path | None) -> None:
    """Fetch a checkpoint and its LoRAs, or what is missing of them; progress is shown on stderr.

    Raises ConfigError where the hub, the network, a licence or the disk is in the way.
    """
    require_packages(EXTRA, ("huggingface_hub",), "limner models pull")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    cache = cache_dir(weights_dir)
    if checkpoint.is_hub_id:
        with _told(checkpoint.source, checkpoint.revision):
            _pull_pipeline(checkpoint, cache)
    for lora in checkpoint.loras:
        if not lora.source.startswith(("/", "~")):
            with _told(lora.source, None):
                _pull_lora(lora, cache)


def wanted_files(paths: Iterable[str], index: Mapping[str, object]) -> tuple[str, ...]:
    """Those of a repository's files that a pipeline loads, weights last. index: its model_index.json."""
    folders: dict[str, list[str]] = {name: [] for name in components_of(index)}
    for path in sorted(paths):
        folder, slash, name = path.partition("/")
        if slash and folder in folders:
            folders[folder].append(name)
    texts = [f"{folder}/{name}" for folder, names in folders.items() for name in names if _is_text(name)]
    weights = [f"{folder}/{name}" for folder, names in folders.items() for name in _weights(names)]
    return (INDEX, *texts, *weights)


def _is_text(name: str) -> bool:
    return name.endswith(_TEXT_SUFFIXES) and "/" not in name and ".index." not in name


def _weights(names: Iterable[str]) -> list[str]:
    """One set of weights: the files of the best suffix that there is."""
    found = [(match[1], name) for name in names if (match := _WEIGHT.fullmatch(name))]
    sets = ([name for kind, name in found if kind == suffix] for suffix in WEIGHT_SUFFIXES)
    return next((each for each in sets if each), [])


def _pull_pipeline(checkpoint: Checkpoint, cache: Path) -> None:
    from huggingface_hub import HfApi, hf_hub_download, snapshot_download

    source, revision = checkpoint.source, checkpoint.revision or BRANCH
    index = Path(hf_hub_download(source, INDEX, revision=revision, cache_dir=cache))
    entries = HfApi().list_repo_tree(source, recursive=True, revision=revision)
    sizes = {each.path: each.size for each in entries if hasattr(each, "size")}
    wanted = wanted_files(sizes, json.loads(index.read_text(encoding="utf-8")))
    missing = [path for path in wanted if not is_whole(index.parent / path)]
    _require_space(cache, sum(sizes[path] for path in missing), source)
    for is_weight in (False, True):
        patterns = [
            escape(path) for path in wanted if bool(_WEIGHT.fullmatch(PurePosixPath(path).name)) == is_weight
        ]
        snapshot_download(source, revision=revision, cache_dir=cache, allow_patterns=patterns)


def _pull_lora(lora: Lora, cache: Path) -> None:
    from huggingface_hub import HfApi, hf_hub_download

    names = list(HfApi().list_repo_files(lora.source))
    file = lora.file or lora_file([name for name in names if "/" not in name])
    if file is None or file not in names:
        choices = ", ".join(name for name in names if name.endswith(".safetensors")) or "none"
        raise ConfigError(f"the LoRA {lora.source} needs its file named; there are: {choices}")
    hf_hub_download(lora.source, file, cache_dir=cache)


def _require_space(cache: Path, needed: int, source: str) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(cache).free
    if needed and needed + _SPARE_BYTES > free:
        sizes = f"{needed / 2**30:.1f} GiB more, of {free / 2**30:.1f} GiB that are free"
        raise ConfigError(
            f"{source} needs {sizes} in {cache}; engines.diffusers.weights_dir names another disk"
        )


@contextmanager
def _told(source: str, revision: str | None) -> Iterator[None]:
    """What stands in the way of the hub's client, as a ConfigError that says what to do."""
    import httpx2
    from huggingface_hub import constants, errors

    hub = constants.ENDPOINT
    if constants.is_offline_mode():
        raise ConfigError(f"{source} cannot be fetched: HF_HUB_OFFLINE is set; unset it for this one command")
    try:
        yield
    except errors.HfHubHTTPError as error:
        kind = next(name for name in _COMPLAINTS if isinstance(error, getattr(errors, name)))
        known = {"source": source, "revision": revision, "hub": hub, "error": " ".join(str(error).split())}
        raise ConfigError(_COMPLAINTS[kind].format(**known)) from error
    except (
        httpx2.HTTPError,
        errors.LocalEntryNotFoundError,
        errors.FileMetadataError,
        errors.XetDownloadError,
    ) as error:
        reason = error.__cause__ or error
        raise ConfigError(f"{hub} does not answer ({reason}); what has come of {source} is kept") from error
    except OSError as error:
        raise ConfigError(f"{source} cannot be kept: {error}") from error
