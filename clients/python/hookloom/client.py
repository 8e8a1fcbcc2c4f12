"""The client: requests, problems, pages, and streams that resume. Needs nothing but Python 3.9."""

from __future__ import annotations

import json
import time
from http.client import HTTPException
from typing import Any, Dict, Iterator, List, Optional
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from .api import Api

#: Pauses between tries to reach a stream again, in seconds: from the first, doubling, to the last.
FIRST_PAUSE, LAST_PAUSE = 0.25, 5.0
#: A stream sends something at least this often, in seconds; a silent one is taken for lost.
SILENCE = 60.0
FINAL = ("run.succeeded", "run.partial", "run.failed", "run.cancelled")


class HookloomProblem(Exception):
    """What the API refuses: an RFC 9457 problem."""

    def __init__(self, problem: Dict[str, Any]) -> None:
        self.status: int = problem.get("status", 0)
        self.code: str = str(problem.get("type", "")).rsplit("/", 1)[-1]
        self.title: str = problem.get("title", "")
        self.detail: str = problem.get("detail", "")
        #: Each place that is wrong: ``{"pointer", "detail"}``.
        self.pointers: List[Dict[str, str]] = problem.get("errors", [])
        super().__init__(self.detail or self.title or self.code)


class RunFailedError(Exception):
    """A run that failed or was cancelled."""

    def __init__(self, run: Dict[str, Any]) -> None:
        self.run = run
        error = run.get("error") or {}
        super().__init__(f"{run['id']} ended as {run['status']}: {error.get('message', '')}")


class Hookloom(Api):
    """A client of one server.

    >>> hookloom = Hookloom("http://localhost:3000", "hl_…")
    >>> hookloom.list_runs(limit=5)["items"]
    """

    def __init__(self, base_url: str, api_key: Optional[str] = None, timeout: float = 30.0) -> None:
        self._base = base_url.rstrip("/")
        self._key = api_key
        self._timeout = timeout

    def request(
        self,
        method: str,
        path: str,
        query: Optional[Dict[str, Any]] = None,
        headers: Optional[Dict[str, Any]] = None,
        body: Any = None,
    ) -> Any:
        """Calls the API and returns the parsed body; ``None`` where there is none."""
        data = None if body is None else json.dumps(body).encode()
        head = {name: str(value) for name, value in (headers or {}).items() if value is not None}
        if data is not None:
            head["content-type"] = "application/json"
        with self._open(method, self._url(path, query), head, data, self._timeout) as response:
            text = response.read()
            kind = response.headers.get_content_type()
        if not text:
            return None
        return json.loads(text) if kind.endswith("json") else text.decode()

    def pages(self, operation: Any, *args: Any, **query: Any) -> Iterator[Any]:
        """Gives every item of a list, page by page: ``hookloom.pages(hookloom.list_runs, limit=100)``."""
        cursor: Optional[str] = None
        while True:
            page = operation(*args, **query, **({} if cursor is None else {"cursor": cursor}))
            yield from page["items"]
            cursor = page.get("nextCursor")
            if cursor is None:
                return

    def follow(self, run_id: str, after: int = 0) -> Iterator[Any]:
        """Gives a run's events, each once and in order, to its end; resumes when the connection is lost."""
        pause = FIRST_PAUSE
        while True:
            try:
                for event in self._stream(f"/v1/runs/{run_id}/stream", after):
                    sequence = event["data"]["sequence"]
                    if sequence <= after:
                        continue
                    after, pause = sequence, FIRST_PAUSE
                    yield event
                    if event["type"] in FINAL:
                        return
            except HookloomProblem as problem:
                if problem.status not in (429, 502, 503, 504):
                    raise
            except (OSError, HTTPException):
                pass
            time.sleep(pause)
            pause = min(pause * 2, LAST_PAUSE)

    def result(self, run_id: str, throw_on_failure: bool = True) -> Any:
        """Returns a run at its end. Raises RunFailedError when it failed or was cancelled."""
        for _ in self.follow(run_id):
            pass
        run = self.get_run(run_id)
        if throw_on_failure and run["status"] in ("failure", "cancelled"):
            raise RunFailedError(dict(run))
        return run

    def _url(self, path: str, query: Optional[Dict[str, Any]]) -> str:
        given = {name: _plain(value) for name, value in (query or {}).items() if value is not None}
        return self._base + path + (f"?{urlencode(given, doseq=True)}" if given else "")

    def _open(self, method: str, url: str, headers: Dict[str, str], data: Optional[bytes], timeout: float) -> Any:
        if self._key is not None:
            headers["authorization"] = f"Bearer {self._key}"
        try:
            return urlopen(Request(url, data=data, headers=headers, method=method), timeout=timeout)
        except HTTPError as error:
            with error:
                raise HookloomProblem(_problem(error)) from None

    def _stream(self, path: str, after: int) -> Iterator[Any]:
        headers = {"accept": "text/event-stream", **({"last-event-id": str(after)} if after else {})}
        data: List[str] = []
        with self._open("GET", self._base + path, headers, None, SILENCE) as response:
            for raw in response:
                line = raw.decode().rstrip("\r\n")
                if line.startswith("data:"):
                    data.append(line[5:].removeprefix(" "))
                elif line == "" and data:
                    yield json.loads("\n".join(data))
                    data = []


def _plain(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _problem(error: HTTPError) -> Dict[str, Any]:
    try:
        told = json.loads(error.read())
    except ValueError:
        told = None
    return {"status": error.code, "title": error.reason, **(told if isinstance(told, dict) else {})}
