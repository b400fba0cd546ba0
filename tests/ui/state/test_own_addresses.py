"""A Host and an Origin are read in one spelling; what is none of them is nothing."""

import pytest
import streamlit as st
from streamlit import config

from ui.state.own_addresses import (
    THIS_MACHINE,
    Host,
    Origin,
    OwnAddresses,
    own_addresses,
    read_host,
    read_origin,
)

HOME = OwnAddresses(frozenset(THIS_MACHINE))
NAMED = OwnAddresses(
    frozenset({"icp.example", "*.lan"}), frozenset({Origin("https", "wiki.example", 443)})
)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("localhost", ("localhost", None)),
        ("LocalHost:8501", ("localhost", 8501)),
        ("localhost.:8501", ("localhost", 8501)),
        ("127.0.0.1:80", ("127.0.0.1", 80)),
        ("[::1]", ("::1", None)),
        ("[0:0:0:0:0:0:0:1]:8501", ("::1", 8501)),
        ("[FD00::A]:1", ("fd00::a", 1)),
    ],
)
def test_a_host_is_read_in_one_spelling(text, host):
    assert read_host(text) == Host(*host)


@pytest.mark.parametrize(
    "text",
    [
        *("", ".", " localhost", "localhost ", "localhost\n", "localhost:", "localhost:99999"),
        *("localhost:85:01", "localhost:٣", "localhost:-1", "localhost, evil.example", "a b"),
        *("user@localhost", "localhost:1@evil.example", "localhost/", "localhost?x", "localhost#x"),
        *("http://localhost", "::1", "[::1", "[::1%25eth0]", "[localhost]", "[::1].evil.example"),
        *("löcalhost", "ｌocalhost", "localhost\\", "localhost%2e", "[1:2]", "a" * 300),
    ],
)
def test_what_is_no_host_is_none(text):
    assert read_host(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *("localhost.evil.example", "127.0.0.1.evil.example", "evil.example", "evil-localhost"),
        *("2130706433", "0x7f000001", "0x7f.1", "127.1", "0177.0.0.1", "127.0.0.2", "0.0.0.0"),
        *("[::]", "[::ffff:127.0.0.1]", "[::2]", "localhost..", "localhost.localdomain", "-"),
        *("192.168.1.4", "my-laptop", "my-laptop.local"),
    ],
)
def test_other_names_are_not_this_machines(text):
    host = read_host(text)
    assert host is not None and not HOME.answers_to(host)


def test_a_star_stands_for_the_hosts_below_it_and_alone_for_all():
    below = {"a.lan": True, "a.b.lan": True, "lan": False, "evillan": False, "a.lan.evil": False}
    assert {name: NAMED.answers_to(Host(name, None)) for name in below} == below
    assert OwnAddresses(frozenset({"*"})).answers_to(Host("anything", 1))


@pytest.mark.parametrize(
    ("origin", "host", "own"),
    [
        ("http://localhost:8501", "localhost:8501", True),
        ("HTTP://LOCALHOST:8501", "localhost.:8501", True),
        ("http://[::1]:8501", "[0::1]:8501", True),
        ("http://localhost", "localhost:80", True),
        ("https://icp.example", "icp.example", True),
        ("https://icp.example:443", "icp.example:443", True),
        ("https://wiki.example", "icp.example", True),
        ("http://wiki.example", "icp.example", False),
        ("https://wiki.example:8443", "icp.example", False),
        ("http://localhost:3000", "localhost:8501", False),
        ("http://localhost", "localhost:8501", False),
        ("http://localhost:8501", "127.0.0.1:8501", False),
        ("https://icp.example", "icp.example:80", False),
        ("http://evil.example:8501", "localhost:8501", False),
        ("http://localhost.evil.example:8501", "localhost:8501", False),
    ],
)
def test_an_origin_is_own_at_the_same_host_and_port_or_where_listed(origin, host, own):
    assert NAMED.is_own(read_origin(origin), read_host(host), secure=False) is own


def test_over_tls_a_page_that_came_without_it_is_foreign():
    host = Host("icp.example", None)
    assert NAMED.is_own(Origin("https", "icp.example", 443), host, secure=True)
    assert not NAMED.is_own(Origin("http", "icp.example", 80), host, secure=True)


@pytest.mark.parametrize(
    "text",
    [
        *("", "null", "NULL", "localhost:8501", "//localhost:8501", "ws://localhost:8501"),
        *(
            "file://",
            "chrome-extension://abc",
            "http://",
            "http://localhost:8501/",
            "http:localhost",
        ),
        *("http://user@localhost:8501", "http://localhost:8501 http://evil.example", "https://a,b"),
    ],
)
def test_what_is_no_origin_is_none(text):
    assert read_origin(text) is None


def test_an_origin_is_written_as_it_is_read():
    for text in ("http://[::1]:8501", "https://icp.example", "http://localhost:443"):
        assert str(read_origin(text)) == text


@pytest.fixture
def option():
    before = {}

    def set_option(name, value):
        before.setdefault(name, st.get_option(name))
        config.set_option(name, value)

    yield set_option
    for name, value in before.items():
        config.set_option(name, value)


def test_the_operator_adds_hosts_and_this_machine_stays(option, monkeypatch):
    monkeypatch.setenv("ICP_PUBLIC_URL", "https://Team.example:8443/icp/")
    option("server.allowedHosts", ["ICP.example.", "*.lan", "fd00::5", "[fd00::6]", "bücher.test"])
    option("server.corsAllowedOrigins", ["https://wiki.example"])
    option("server.address", "192.168.1.4")
    found = own_addresses()
    named = {"icp.example", "*.lan", "fd00::5", "fd00::6", "xn--bcher-kva.test", "team.example"}
    assert found.names == {*THIS_MACHINE, *named, "192.168.1.4"}
    assert set(map(str, found.origins)) == {"https://wiki.example", "https://team.example:8443"}


@pytest.mark.parametrize("everywhere", ["0.0.0.0", "::", None])
def test_listening_everywhere_names_no_host(option, everywhere):
    option("server.address", everywhere)
    assert own_addresses().names == set(THIS_MACHINE)


@pytest.mark.parametrize("wrong", ["https://icp.example", "icp.example/x", "a b", "*.", ".", "a*"])
def test_a_setting_that_is_no_host_is_refused_at_the_start(option, wrong):
    option("server.allowedHosts", [wrong])
    with pytest.raises(ValueError, match=r"server\.allowedHosts"):
        own_addresses()


@pytest.mark.parametrize("wrong", ["icp.example", "https://me@icp.example", "ftp://icp.example"])
def test_a_public_address_that_is_none_is_refused_at_the_start(monkeypatch, wrong):
    monkeypatch.setenv("ICP_PUBLIC_URL", wrong)
    with pytest.raises(ValueError, match="ICP_PUBLIC_URL"):
        own_addresses()
