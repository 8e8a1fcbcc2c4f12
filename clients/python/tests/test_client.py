"""Run with HOOKLOOM_URL and HOOKLOOM_API_KEY of a server: python3 -m unittest discover -s clients/python/tests"""

import inspect
import os
import sys
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import get_type_hints
from urllib.error import HTTPError
from urllib.request import Request, urlopen

sys.path.insert(0, str(Path(__file__).parents[1]))

from hookloom import Hookloom, HookloomProblem, RunFailedError  # noqa: E402
from hookloom import api  # noqa: E402

URL, KEY = os.environ["HOOKLOOM_URL"], os.environ["HOOKLOOM_API_KEY"]
SLOW = {
    "nodes": {
        "start": {"type": "manual", "children": ["each"]},
        "each": {"type": "for-each", "payload": {"array": "{{$trigger.body}}"}, "loopBody": ["rest"]},
        "rest": {"type": "delay", "payload": {"delayMs": 20}},
    }
}
FAILING = {
    "nodes": {
        "start": {"type": "manual", "children": ["a"]},
        "a": {"type": "fail", "payload": {"type": "no_luck", "message": "no luck today"}},
    }
}


class Cutting(BaseHTTPRequestHandler):
    """Passes requests on, and cuts every stream after some lines."""

    def do_GET(self) -> None:
        self.answer(None)

    def do_POST(self) -> None:
        self.answer(self.rfile.read(int(self.headers["content-length"])))

    def answer(self, data) -> None:
        headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
        try:
            response = urlopen(Request(URL + self.path, data=data, headers=headers, method=self.command))
        except HTTPError as error:
            response = error
        with response:
            self.send_response(response.status)
            self.send_header("content-type", response.headers["content-type"])
            self.end_headers()
            if "stream" not in self.path:
                self.wfile.write(response.read())
                return
            for _ in range(20):
                self.wfile.write(response.readline())

    def log_message(self, *_: object) -> None:
        pass


class ClientTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.client = Hookloom(URL, KEY)

    def published(self, name: str, definition: dict) -> str:
        made = self.client.create_workflow(body={"name": name, "definition": definition})
        self.client.publish_workflow(made["id"], body={})
        return made["id"]

    def test_calls_and_pages(self) -> None:
        made = {self.published(f"page {number}", SLOW) for number in range(3)}
        listed = {one["id"] for one in self.client.pages(self.client.list_workflows, limit=1)}
        self.assertTrue(made <= listed)

    def test_tells_problems(self) -> None:
        with self.assertRaises(HookloomProblem) as caught:
            self.client.create_workflow(body={"name": "bad", "definition": {"nodes": {}}})
        self.assertEqual((caught.exception.status, caught.exception.code), (400, "invalid-definition"))
        self.assertTrue(caught.exception.pointers[0]["pointer"].startswith("/definition"))
        with self.assertRaises(HookloomProblem) as caught:
            Hookloom(URL, "hl_wrong").list_runs()
        self.assertEqual(caught.exception.code, "unauthorized")

    def test_follows_over_cut_connections(self) -> None:
        server = ThreadingHTTPServer(("127.0.0.1", 0), Cutting)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            client = Hookloom(f"http://127.0.0.1:{server.server_port}", KEY)
            started = client.run_workflow(self.published("slow", SLOW), body={"payload": list(range(10))})
            sequences = [event["data"]["sequence"] for event in client.follow(started["runId"])]
            self.assertEqual(sequences, list(range(1, len(sequences) + 1)))
            self.assertGreater(len(sequences), 20)
            self.assertEqual(client.result(started["runId"])["status"], "success")
        finally:
            server.shutdown()
            server.server_close()

    def test_raises_for_failed_runs(self) -> None:
        started = self.client.run_workflow(self.published("failing", FAILING), body={"payload": None})
        with self.assertRaises(RunFailedError) as caught:
            self.client.result(started["runId"])
        self.assertEqual(caught.exception.run["error"]["type"], "no_luck")
        self.assertEqual(self.client.result(started["runId"], throw_on_failure=False)["status"], "failure")

    def test_names_only_types_that_are_there(self) -> None:
        methods = [one for name, one in inspect.getmembers(api.Api, inspect.isfunction) if name != "request"]
        self.assertGreater(len(methods), 80)
        for method in methods:
            get_type_hints(method, vars(api))


if __name__ == "__main__":
    unittest.main()
