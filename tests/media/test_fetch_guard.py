"""Which addresses a reference may come from. No socket is opened here: what would be reached is recorded."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from asyncio import selector_events
from collections.abc import Sequence
from typing import NoReturn

import pytest

from limner.errors import ConfigError, InvalidParameter
from limner.media.fetch import Fetcher

PUBLIC_V4 = "93.184.216.34"
PUBLIC_V6 = "2606:2800:220:1:248:1893:25c8:1946"
NAMES: dict[str, list[list[str]]] = {
    "localhost": [["127.0.0.1"]],
    "public.test": [[PUBLIC_V4]],
    "six.test": [[PUBLIC_V6]],
    "inner.test": [["10.0.0.5"]],
    "inner-six.test": [["fd12:3456::1"]],
    "mapped.test": [["::ffff:10.0.0.5"]],
    "metadata.test": [["169.254.169.254"]],
    "mixed.test": [[PUBLIC_V4, "127.0.0.1"]],
    "mixed-late.test": [["127.0.0.1", PUBLIC_V4]],
    "mixed-six.test": [[PUBLIC_V4, "::1"]],
    "rebind.test": [[PUBLIC_V4], ["127.0.0.1"]],
}
REFUSED = "The parameter `image` specified in the request is not valid: invalid url specified."


class Wire:
    """Stands where sockets are: answers lookups from NAMES, records every address that is tried."""

    def __init__(self) -> None:
        self.tried: list[tuple[str, int]] = []
        self.looked_up: list[str] = []

    async def sock_connect(self, _sock: socket.socket, address: tuple[str, int]) -> NoReturn:
        self.tried.append(address[:2])
        raise ConnectionRefusedError("no socket is opened in this test")

    def connect(self, _sock: socket.socket, address: tuple[str, int]) -> NoReturn:
        self.tried.append(address[:2])
        raise ConnectionRefusedError("no socket is opened in this test")

    def getaddrinfo(
        self, host: str | bytes, port: int | str | None, *_: object, **__: object
    ) -> Sequence[object]:
        name = host.decode() if isinstance(host, bytes) else host
        addresses = _parse_as_the_system_does(name) or self._answer(name.rstrip("."))
        if not addresses:
            raise socket.gaierror(socket.EAI_NONAME, "unknown name")
        return [_row(address, int(port or 0)) for address in addresses]

    def _answer(self, name: str) -> list[str]:
        answers = NAMES.get(name.lower(), [[]])
        turn = min(self.looked_up.count(name), len(answers) - 1)
        self.looked_up.append(name)
        return answers[turn]


def _parse_as_the_system_does(name: str) -> list[str]:
    try:
        return [str(ipaddress.ip_address(name))]
    except ValueError:
        pass
    try:
        return [socket.inet_ntoa(socket.inet_aton(name))]
    except OSError:
        return []


def _row(address: str, port: int) -> tuple[object, ...]:
    if ":" in address:
        return (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, port, 0, 0))
    return (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    made = Wire()
    monkeypatch.setattr(selector_events.BaseSelectorEventLoop, "sock_connect", made.sock_connect)
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, lambda sock, address, *_: made.connect(sock, address))
    monkeypatch.setattr(socket, "getaddrinfo", made.getaddrinfo)
    return made


async def refusal_of(url: str, fetcher: Fetcher | None = None) -> str:
    with pytest.raises(InvalidParameter) as caught:
        await (fetcher or Fetcher()).fetch(url, max_bytes=1000)
    assert (caught.value.param, caught.value.code) == ("image", "InvalidParameter")
    return caught.value.message


NOT_PUBLIC = {
    "loopback": """127.0.0.1 127.1 127.0.1 127.255.255.254 127.0.0.1. localhost LOCALHOST localhost.
        2130706433 017700000001 0x7f000001 0x7f.1 0177.0.0.1 0x7F.0.0.0x1
        ①②⑦.⓪.⓪.① ⓁⓄⒸⒶⓁⒽⓄⓈⓉ 127。0。0。1""",
    "private": "10.0.0.1 172.16.0.1 172.31.255.255 192.168.0.1 100.64.0.1 100.127.255.255",
    "metadata": """169.254.169.254 2852039166 0xa9fea9fe 169.254.170.2 100.100.100.200 192.0.0.192
        [fd00:ec2::254] metadata.test""",
    "reserved": """0.0.0.0 0 192.0.0.1 192.0.2.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1
        239.255.255.250 240.0.0.1 255.255.255.255 192.88.99.1""",
    "ipv6": """[::1] [::] [0:0:0:0:0:0:0:1] [2001:db8::1] [fc00::1] [fe80::1] [fe80::1%25eth0] [fec0::1]
        [ff02::1] [100::1] [3fff::1] [5f00::1]""",
    "ipv4 inside ipv6": """[::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.0.0.1] [::127.0.0.1] [::7f00:1]
        [64:ff9b::7f00:1] [64:ff9b::a9fe:a9fe] [64:ff9b:1::7f00:1] [2002:7f00:1::] [2002:a9fe:a9fe::1]
        [2001:0:7f00:1::]""",
    "names": "inner.test inner-six.test mapped.test mixed.test mixed-late.test mixed-six.test",
}


@pytest.mark.parametrize("family", NOT_PUBLIC)
async def test_a_host_that_is_not_public_is_never_tried(wire: Wire, family: str) -> None:
    fetcher = Fetcher()
    for host in NOT_PUBLIC[family].split():
        for form in ("http://{}/a.png", "https://{}:8443/"):
            assert (await refusal_of(form.format(host), fetcher), wire.tried) == (REFUSED, []), host


OTHER_FORMS = {
    "schemes": """file:///etc/passwd file://public.test/etc/passwd gopher://public.test:70/_x
        ftp://public.test/a.png ws://public.test/ dict://public.test:11211/ jar:http://public.test!/
        data:image/png;base64,AAAA javascript:alert(1) asset://abc http+unix://%2Ftmp%2Fsock/ //public.test/
        public.test public.test/a.png""",
    "no host": "http:/// http:// http://:80/ http:public.test https://?a",
    "credentials": """http://user@public.test/ http://user:secret@public.test/ http://public.test@127.0.0.1/
        http://127.0.0.1@public.test/ http://public.test\\@127.0.0.1/""",
    "ports": """http://public.test:0/ http://public.test:65536/ http://public.test:-1/ http://public.test:80:80/
        http://public.test:x/""",
    "hosts": """http://[::1 http://[public.test]/ http://public%2Etest/ http://public.test%00.inner.test/ http://-/
        http://../ http://a..test/ http://unknown.test/ http://256.256.256.256/ http://1.2.3.4.5/""",
}


@pytest.mark.parametrize("family", OTHER_FORMS)
async def test_a_url_of_another_form_is_refused(wire: Wire, family: str) -> None:
    fetcher = Fetcher()
    for url in OTHER_FORMS[family].split():
        assert (await refusal_of(url, fetcher), wire.tried) == (REFUSED, []), url


BROKEN = ["", " ", "http://public.test/\n", "http://public.test/a b\r\nX: 1", "http://pub\tlic.test/"]
BROKEN += ["http://\ud800.test/", "http://public.test/\ud800", "http://public.test/\x00"]
BROKEN += ["http://" + "a." * 2000 + "test/", "http://" + "é" * 300]


async def test_control_characters_and_broken_text_are_refused(wire: Wire) -> None:
    fetcher = Fetcher()
    for url in BROKEN:
        assert (await refusal_of(url, fetcher), wire.tried) == (REFUSED, []), url


@pytest.mark.parametrize("length, is_tried", [(8192, True), (8193, False)])
async def test_a_url_may_be_8192_characters_long(wire: Wire, length: int, is_tried: bool) -> None:
    await refusal_of("http://public.test/".ljust(length, "a"))
    assert bool(wire.tried) == is_tried


@pytest.mark.parametrize("port", [1, 22, 80, 443, 8080, 9000, 65535])
async def test_a_public_host_is_reached_on_any_port(wire: Wire, port: int) -> None:
    assert await refusal_of(f"http://public.test:{port}/") == REFUSED
    assert wire.tried == [(PUBLIC_V4, port)]


@pytest.mark.parametrize(
    "url, address",
    [
        ("http://public.test", (PUBLIC_V4, 80)),
        ("HTTPS://PUBLIC.test./", (PUBLIC_V4, 443)),
        (f"https://{PUBLIC_V4}/a.png?b#c", (PUBLIC_V4, 443)),
        ("http://six.test/é.png", (PUBLIC_V6, 80)),
        (f"http://[{PUBLIC_V6}]:81/", (PUBLIC_V6, 81)),
        (f"http://[::ffff:{PUBLIC_V4}]/", ("::ffff:5db8:d822", 80)),
    ],
)
async def test_a_public_host_is_reached_in_every_spelling(
    wire: Wire, url: str, address: tuple[str, int]
) -> None:
    await refusal_of(url)
    assert [(ipaddress.ip_address(host), port) for host, port in wire.tried] == [
        (ipaddress.ip_address(address[0]), address[1])
    ]


async def test_a_name_that_changes_its_answer_is_looked_up_once_and_pinned(wire: Wire) -> None:
    fetcher = Fetcher()
    await refusal_of("http://rebind.test/", fetcher)
    assert (wire.looked_up, wire.tried) == (["rebind.test"], [(PUBLIC_V4, 80)])


async def test_a_name_that_has_become_private_is_refused_the_next_time(wire: Wire) -> None:
    fetcher = Fetcher()
    with pytest.raises(InvalidParameter):
        await fetcher.fetch("http://rebind.test/", max_bytes=1000)
    await refusal_of("http://rebind.test/", fetcher)
    assert wire.tried == [(PUBLIC_V4, 80)]


async def test_an_allowed_network_is_reached_and_its_neighbours_are_not(wire: Wire) -> None:
    fetcher = Fetcher(allow_networks=[ipaddress.IPv4Network("10.0.0.0/30")])
    for host in ("10.0.0.3", "10.0.0.4", "inner.test", "[::ffff:10.0.0.3]", "127.0.0.1"):
        with pytest.raises(InvalidParameter):
            await fetcher.fetch(f"http://{host}/", max_bytes=1000)
    await fetcher.close()
    assert wire.tried == [("10.0.0.3", 80)]


async def test_an_allowed_network_may_be_ipv6(wire: Wire) -> None:
    await refusal_of(
        "http://inner-six.test/", Fetcher(allow_networks=[ipaddress.IPv6Network("fd12:3456::/32")])
    )
    assert wire.tried == [("fd12:3456::1", 80)]


def test_a_network_that_would_let_everything_through_stops_the_start() -> None:
    with pytest.raises(ConfigError, match="fetch_allow"):
        Fetcher(allow_networks=[ipaddress.IPv6Network("64:ff9b::/96")])


async def test_a_proxy_from_the_environment_is_not_used(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://203.0.113.9:3128")
    await refusal_of("http://public.test/")
    await refusal_of("https://public.test/")
    assert wire.tried == [(PUBLIC_V4, 80), (PUBLIC_V4, 443)]


async def test_fetches_of_the_same_fetcher_do_not_disturb_one_another(wire: Wire) -> None:
    fetcher = Fetcher()
    urls = ["http://public.test/", "http://inner.test/", "https://six.test/"] * 4
    results = await asyncio.gather(
        *(fetcher.fetch(url, max_bytes=10) for url in urls), return_exceptions=True
    )
    await fetcher.close()
    assert [str(result) for result in results] == [REFUSED] * 12
    assert sorted(set(wire.tried)) == sorted([(PUBLIC_V4, 80), (PUBLIC_V6, 443)])
