"""What is said at a page is sealed as anywhere else, and is nowhere but in its box."""

import ast
import contextlib
import hashlib
import http.client
import os
import ssl
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace

import coprod
from coprod.journeys.asking.plans import session_plan
from coprod.journeys.asking.sessions import end_session, help_contacts
from coprod.kernel.problem import BadInputError
from coprod.kernel.record import MainRecord, TextRecord
from coprod.web.certificate import fresh_encryption
from coprod.web.server import Server
from surveys.boxes.box import read_rows
from surveys.boxes.sealing import unseal
from tests.attacks.searching import leaks
from tests.coprod.web.conftest import Browser
from tests.surveys.ready import TODAY, make_identity, ready_workspace, started

HOLDERS = (make_identity(), make_identity())
ROOT = Path(coprod.__file__).parents[1]
OPENERS = {
    "socket",
    "socketserver",
    "ssl",
    "h11",
    "xmlrpc",
    "ftplib",
    "smtplib",
    "telnetlib",
    "poplib",
    "imaplib",
}
OPENING = {"start_server", "open_connection", "create_server", "start_unix_server", "create_connection"}


def test_an_answer_is_nowhere_but_in_its_box(tmp_path, monkeypatch, canary, capfd):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    workspace = ready_workspace(tmp_path, monkeypatch, HOLDERS)
    session = started(workspace)
    plan = replace(session_plan(session, help_contacts(workspace, TODAY)), front="page")
    bugs: list[str] = []
    server = Server(plan, bugs.append)
    server.start()
    one = Browser(server.new_link())
    one.get()
    one.press("Start")
    while "Send what I have" not in one.seen.buttons:
        onward = "Start" if "Start" in one.seen.buttons else "Continue"
        one.press(onward, ("words", f"They said {canary} to me"), ("choice", "01"), ("quote", "01"))
    one.press("No four words, thank you")
    one.press("Send")
    assert leaks(tmp_path, canary) == []
    one.press("Finish")
    server.stop()
    end_session(session)
    assert leaks(tmp_path, canary) == []
    assert canary not in "".join(capfd.readouterr()) + "".join(bugs) + str(os.environ)
    rows = read_rows(workspace.boxes / "monday.box")
    opened = [unseal(row.sealed, HOLDERS[0]) for row in rows]
    texts = [record for record in opened if isinstance(record, TextRecord)]
    assert [(record.text, record.may_quote) for record in texts] == [(f"They said {canary} to me", True)]
    assert sum(isinstance(record, MainRecord) for record in opened) == 1


def test_only_the_page_for_tablets_opens_a_socket():
    for path in (
        path
        for room in ("coprod", "surveys", "analysis", "campaigns")
        for path in (ROOT / room).rglob("*.py")
    ):
        if (ROOT / "coprod/web") in path.parents:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not {name.split(".")[0] for name in names} & OPENERS, path
            assert not {name for name in names if name in {"http.server", "http.client", "urllib.request"}}, (
                path
            )
            if isinstance(node, ast.Attribute):
                assert node.attr not in OPENING, path


def test_another_address_needs_encryption(plan):
    with pytest.raises(BadInputError, match="encryption"):
        Server(plan, lambda _: None, host="192.0.2.1")


def test_a_fresh_certificate_encrypts_and_leaves_no_key_behind(plan, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    encryption = fresh_encryption("127.0.0.1")
    assert list(tmp_path.iterdir()) == []
    server = Server(plan, lambda _: None, encryption=encryption)
    server.start()
    try:
        link = urlsplit(server.new_link())
        assert link.scheme == "https"
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        with contextlib.closing(
            http.client.HTTPSConnection(link.hostname, link.port, context=trusting, timeout=10)
        ) as connection:
            connection.request("GET", link.path)
            assert b"Start" in connection.getresponse().read()
            given = connection.sock.getpeercert(binary_form=True)
        plain = http.client.HTTPConnection(link.hostname, link.port, timeout=10)
        with contextlib.closing(plain) as connection:
            connection.request("GET", link.path)
            with pytest.raises((OSError, http.client.HTTPException)):
                connection.getresponse()
    finally:
        server.stop()
    assert hashlib.sha256(given).hexdigest().upper() == encryption.fingerprint.replace(" ", "")
