"""The pictures of a request, long after: fresh links, and to delete them."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image, ImageStat

from limner.conformance.expect import assert_error
from limner.engines.fake import FakeEngine
from limner.testing import RunningServer, running_server

Connect = Callable[[RunningServer], httpx.Client]
Held = tuple[RunningServer, FakeEngine, Callable[[], None]]
Hold = Callable[..., AbstractContextManager[Held]]
Billed = Callable[[RunningServer], tuple[int, int]]
MODEL = "doubao-seedream-4-0-250828"
PATH = "/v1/images/generations"
JOBS = "/v1/images/jobs"
BODY = {"model": MODEL, "prompt": "a cat", "size": "1280x720", "seed": 5, "watermark": False}
SERIES = BODY | {
    "sequential_image_generation": "auto",
    "sequential_image_generation_options": {"max_images": 3},
}
UNKNOWN = "02" + "1" * 13 + "a" * 38


def make(client: httpx.Client, body: dict[str, Any], **headers: str) -> str:
    """The id of an answered request."""
    answer = client.post(PATH, json=body, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.headers["x-request-id"]


def test_the_pictures_of_a_request_are_listed_with_links_that_hold(client: httpx.Client) -> None:
    request_id = make(client, SERIES, **{"X-Limner-Fake": "refuse=2"})
    answer = client.get(f"/v1/images/{request_id}").json()
    assert (answer["id"], answer["object"]) == (request_id, "image.list")
    assert [(each["image_index"], each["seed"]) for each in answer["data"]] == [(0, 5), (2, 7)]
    for each in answer["data"]:
        file = client.get(each["url"], headers={"Authorization": ""})
        assert (file.status_code, len(file.content)) == (200, each["bytes"])
        assert (each["size"], each["output_format"]) == ("1280x720", "jpeg")


@pytest.mark.parametrize(
    ("size", "small"), [("2048x2048", (480, 480)), ("2848x1600", (480, 270)), ("1600x2848", (270, 480))]
)
def test_a_thumbnail_is_the_picture_made_small(
    client: httpx.Client, size: str, small: tuple[int, int]
) -> None:
    request_id = make(client, BODY | {"size": size})
    [picture] = client.get(f"/v1/images/{request_id}").json()["data"]
    answer = client.get(picture["thumbnail_url"], headers={"Authorization": ""})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    assert answer.headers["cache-control"].startswith("private, max-age=")
    thumbnail, whole = (
        Image.open(BytesIO(data)) for data in (answer.content, client.get(picture["url"]).content)
    )
    assert thumbnail.size == small
    assert len(answer.content) < 50_000
    assert ImageStat.Stat(thumbnail).mean == pytest.approx(ImageStat.Stat(whole).mean, abs=2)


def test_a_thumbnail_takes_the_same_link_as_its_picture_and_goes_with_it(client: httpx.Client) -> None:
    request_id = make(client, BODY)
    [picture] = client.get(f"/v1/images/{request_id}").json()["data"]
    link = picture["thumbnail_url"]
    assert_error(client.get(link[:-1] + ("0" if link[-1] != "0" else "1")), 403, "AccessDenied")
    assert_error(client.get(link.partition("?")[0]), 403, "AccessDenied")
    assert client.get(link).status_code == 200
    client.delete(f"/v1/images/{request_id}")
    assert client.get(link).status_code == 404


def test_pictures_in_base64_have_links_too(client: httpx.Client) -> None:
    request_id = make(client, BODY | {"response_format": "b64_json"})
    [picture] = client.get(f"/v1/images/{request_id}").json()["data"]
    assert client.get(picture["url"]).status_code == 200


def test_a_link_that_has_expired_can_be_had_again(connect: Connect) -> None:
    now = [time.time()]
    with running_server(url_ttl_s=60, clock=lambda: now[0]) as server:
        client = connect(server)
        answer = client.post(PATH, json=BODY)
        old = answer.json()["data"][0]["url"]
        now[0] += 30
        [fresh] = client.get(f"/v1/images/{answer.headers['x-request-id']}").json()["data"]
        assert old != fresh["url"]
        job = client.get(f"{JOBS}/{answer.headers['x-request-id']}").json()
        assert job["result"]["data"][0]["url"] == fresh["url"]


def test_deleted_pictures_are_gone_everywhere_and_stay_on_the_bill(
    connect: Connect, billed: Billed, tmp_path: Path
) -> None:
    with running_server(data_dir=tmp_path) as server:
        client = connect(server)
        request_id = make(client, SERIES)
        links = [each["url"] for each in client.get(f"/v1/images/{request_id}").json()["data"]]
        deleted = client.delete(f"/v1/images/{request_id}")
        assert deleted.json() == {"id": request_id, "object": "image.deleted", "deleted": 3}
        assert [client.get(link).status_code for link in links] == [404] * 3
        assert not list((tmp_path / "pictures").rglob("*.jpeg"))
        assert client.get(f"/v1/images/{request_id}").json()["data"] == []
        job = client.get(f"{JOBS}/{request_id}").json()
        assert (job["state"], job["error"]["code"]) == ("done", "PictureGone")
        assert client.delete(f"/v1/images/{request_id}").json()["deleted"] == 0
        assert billed(server) == (1, 3)


@pytest.mark.parametrize("delivery", ["url", "b64_json"])
def test_of_a_series_what_is_left_is_still_told(connect: Connect, tmp_path: Path, delivery: str) -> None:
    with running_server(data_dir=tmp_path) as server:
        client = connect(server)
        request_id = make(client, SERIES | {"response_format": delivery})
        server.call(server.service.job_log.store.mark_deleted(request_id, [1], 1.0))
        data = client.get(f"{JOBS}/{request_id}").json()["result"]["data"]
        field = "url" if delivery == "url" else "b64_json"
        assert [field in each for each in data] == [True, False, True]
        assert data[1]["error"]["code"] == "PictureGone"
        assert len(client.get(f"/v1/images/{request_id}").json()["data"]) == 2


def test_a_file_that_is_lost_is_gone_and_no_fault_of_the_path(connect: Connect, tmp_path: Path) -> None:
    with running_server(data_dir=tmp_path) as server:
        client = connect(server)
        request_id = make(client, BODY | {"response_format": "b64_json"})
        next((tmp_path / "pictures").rglob("*.jpeg")).unlink()
        assert client.get(f"{JOBS}/{request_id}").json()["error"]["code"] == "PictureGone"


def test_pictures_of_a_running_series_are_listed_as_they_come(connect: Connect, hold: Hold) -> None:
    with hold(in_steps=True) as (server, _, go):
        client = connect(server)
        job_id = client.post(PATH, json=SERIES, headers={"Prefer": "respond-async"}).json()["id"]
        assert client.get(f"/v1/images/{job_id}").json()["data"] == []
        go()
        with client.stream("GET", f"{JOBS}/{job_id}/events") as stream:
            assert any(line == "event: job.picture" for line in stream.iter_lines())
        assert len(client.get(f"/v1/images/{job_id}").json()["data"]) == 1
        go()
        go()
        assert client.get(f"{JOBS}/{job_id}/events").text.count("event: job.picture\n") == 3
        assert len(client.get(f"/v1/images/{job_id}").json()["data"]) == 3


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_request_that_is_not_there_is_not_found(client: httpx.Client, method: str) -> None:
    assert_error(client.request(method, f"/v1/images/{UNKNOWN}"), 404, "NotFound")


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_without_a_key_nothing_is_told(server: RunningServer, method: str) -> None:
    url = f"{server.base_url}/v1/images/{UNKNOWN}"
    assert_error(httpx.request(method, url, trust_env=False), 401, "AuthenticationError")


@pytest.mark.parametrize("path", ["generations", "edits"])
def test_the_paths_that_make_pictures_keep_their_answer(client: httpx.Client, path: str) -> None:
    for method in ("GET", "DELETE"):
        answer = client.request(method, f"/v1/images/{path}")
        assert_error(answer, 405, "MethodNotAllowed")
        assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize(
    "name",
    [
        UNKNOWN[:-1],
        UNKNOWN + "0",
        "03" + UNKNOWN[2:],
        UNKNOWN.replace("a", "A"),
        "variations",
        "02",
        UNKNOWN + "/x",
    ],
)
def test_ids_of_another_form_are_no_paths(client: httpx.Client, name: str) -> None:
    assert_error(client.get(f"/v1/images/{name}"), 404, "NotFound", message="path does not exist")


def test_other_methods_are_not_allowed_on_an_id(client: httpx.Client) -> None:
    assert_error(client.post(f"/v1/images/{UNKNOWN}"), 405, "MethodNotAllowed")
