# SPDX-License-Identifier: MIT
"""Serves git repositories over https on loopback, for tests.

usage: git_server.py ROOT CERTIFICATE KEY USER:PASSWORD

Prints its port and serves until its standard input ends. /open/REPOSITORY is for everybody, /private/REPOSITORY for who has the password,
/broken/ answers 500 and /elsewhere/PATH redirects to the same server by another name. What was asked for is written to ROOT/requests.
"""

import base64
import http.server
import os
import ssl
import subprocess
import sys
import threading

ROOT, CERTIFICATE, KEY, LOGIN = sys.argv[1:]
BACKEND = subprocess.check_output(["git", "--exec-path"], text=True).strip() + "/git-http-backend"
EXPECTED = "Basic " + base64.b64encode(LOGIN.encode()).decode()


class Handler(http.server.BaseHTTPRequestHandler):
    """One request: a login check, then git's own CGI program."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """References."""
        self.respond(b"")

    def do_POST(self) -> None:
        """Wanted objects; the body may come in chunks."""
        if self.headers.get("Transfer-Encoding") != "chunked":
            self.respond(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
            return
        body = b""
        while size := int(self.rfile.readline(), 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        self.respond(body)

    def respond(self, body: bytes) -> None:
        """Leads to the realm that the path begins with."""
        login = self.headers.get("Authorization", "")
        with open(os.path.join(ROOT, "requests"), "a", encoding="utf-8") as log:
            print(self.command, self.path, "login" if login else "no-login", file=log)
        realm, _, rest = self.path.lstrip("/").partition("/")
        if realm == "private" and login != EXPECTED:
            self.answer(401, [("WWW-Authenticate", 'Basic realm="tests"')], b"")
        elif realm == "elsewhere":
            self.answer(301, [("Location", f"https://127.0.0.1:{self.server.server_port}/{rest}")], b"")
        elif realm in ("open", "private"):
            self.backend(rest, body)
        else:
            self.answer(500, [], b"")

    def backend(self, path: str, body: bytes) -> None:
        """Runs git http-backend and passes on what it says."""
        path, _, query = path.partition("?")
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": ROOT,
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": "/" + path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
        }
        said = subprocess.run([BACKEND], input=body, env=environment, capture_output=True, check=False).stdout
        head, _, content = said.partition(b"\r\n\r\n")
        headers = [tuple(line.split(": ", 1)) for line in head.decode().split("\r\n")]
        status = next((int(value[:3]) for name, value in headers if name == "Status"), 200)
        self.answer(status, [pair for pair in headers if pair[0] != "Status"], content)

    def answer(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        """Sends one response."""
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *arguments: object) -> None:
        """Nothing: the requests are in a file."""


def main() -> None:
    """Serves until the test closes standard input."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, KEY)
    # A client that turns away ends its own thread here, with nothing to say about it.
    server.handle_error = lambda *arguments: None  # type: ignore[method-assign]
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


main()
