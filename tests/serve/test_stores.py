"""The server over SQLite and over PostgreSQL."""

from starlette.testclient import TestClient
from tests.serve.conftest import BASE, TOKEN
from tests.serve.filling import Reader, fill, several

from onrecord.serve import Settings, create_app
from onrecord.serve.api.operations import operations
from onrecord.serve.rendering import NAV
from onrecord.store import Store


def test_every_page_and_question_is_answered_and_made_anew_after_a_write(url: str) -> None:
    settings = Settings(tokens={TOKEN: ""})
    questions = [one.path for one in operations() if one.remembered and not one.in_path]
    with Store.open(url) as store:
        ids = fill(store, several(3))
        app = create_app(store=store, settings=settings, reader=Reader)
        with TestClient(app, base_url=BASE) as client:
            for path in [*(to for to, _ in NAV), *questions, f"/reports/{ids[0]}"]:
                answer = client.get(path, params={"q": "truce"} if "search" in path else {})
                assert answer.status_code == 200, path
                again = client.get(answer.url, headers={"If-None-Match": answer.headers["etag"]})
                assert again.status_code == 304, path
            before = client.get("/api/v1/reports").json()["data"]
            fill(store, several(4))
            assert len(client.get("/api/v1/reports").json()["data"]) == len(before) + 1
