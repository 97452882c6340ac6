"""Who is let in, and what other sites can't do."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from tests.serve.conftest import BASE, TOKEN

from onrecord.errors import ServeError
from onrecord.serve import Settings, create_app
from onrecord.serve.settings import check
from onrecord.store import Store


def test_every_answer_forbids_scripts_that_are_not_the_servers(visitor: TestClient) -> None:
    for path in ("/", "/nowhere", "/static/js/base.js", "/sign-in"):
        policy = visitor.get(path).headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example"])
def test_a_name_that_is_not_the_servers_is_refused(visitor: TestClient, host: str) -> None:
    assert visitor.get("/", headers={"Host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost:8080", "127.0.0.1", "[::1]:8080", "192.168.0.7:80"])
def test_addresses_and_localhost_are_served(visitor: TestClient, host: str) -> None:
    assert visitor.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_other_sites_cannot_write(signed_in: TestClient, headers: dict[str, str]) -> None:
    assert signed_in.post("/sign-out", headers=headers).status_code == 403


def test_a_form_wants_the_sessions_own_token(signed_in: TestClient) -> None:
    signed_in.headers["x-csrf-token"] = "another"
    assert signed_in.post("/sign-out").status_code == 403
    del signed_in.headers["x-csrf-token"]
    assert signed_in.post("/sign-out").status_code == 403


def test_signing_in_and_out(visitor: TestClient) -> None:
    answer = visitor.post("/sign-in", data={"who": "Ana", "token": TOKEN, "next": "/ledger"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/ledger"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "Ana" in visitor.get("/").text


def test_a_wrong_token_signs_nobody_in(visitor: TestClient) -> None:
    answer = visitor.post("/sign-in", data={"who": "Ana", "token": "guess"})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("elsewhere", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_signing_in_leads_nowhere_else(visitor: TestClient, elsewhere: str) -> None:
    form = {"who": "Ana", "token": TOKEN, "next": elsewhere}
    assert visitor.post("/sign-in", data=form).headers["location"] == "/"


@pytest.mark.parametrize("cookie", ["x", "x.y", "W10=.00", "é.ü"])
def test_a_cookie_that_is_not_signed_is_nobodys(app: Starlette, cookie: str) -> None:
    assert app.state.keys.session(cookie) is None


def test_elsewhere_than_on_loopback_it_refuses_to_start_without_credentials(store: Store) -> None:
    with pytest.raises(ServeError, match="no credentials"):
        create_app(store=store, settings=Settings(host="0.0.0.0"))
    with pytest.raises(ServeError, match="guessed"):
        check(Settings(host="0.0.0.0", tokens={"short": ""}))
    check(Settings(host="0.0.0.0", tokens={TOKEN: "ana"}))


def test_elsewhere_reading_wants_credentials_too(store: Store) -> None:
    settings = Settings(host="0.0.0.0", tokens={TOKEN: "ana"})
    app = create_app(store=store, settings=settings)
    with TestClient(app, base_url=BASE, follow_redirects=False) as client:
        assert client.get("/").headers["location"] == "/sign-in"
        assert client.get("/api/v1/reports").status_code == 401
        headers = {"Authorization": f"Bearer {TOKEN}"}
        assert client.get("/", headers=headers).status_code == 200
        wrong = client.get("/api/v1/reports", headers={"Authorization": "Bearer nonsense"})
        assert wrong.status_code == 401
        assert wrong.headers["content-type"] == "application/problem+json"
