"""The least that a browser does: cookies, the CSRF token, a form with a file."""

import http.client
import re
import uuid
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FORM = "application/x-www-form-urlencoded"


class Browser:
    """One person at `127.0.0.1:port`."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}

    def _headers(self):
        return {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}

    def ask(self, method, path, body=None, headers=None):
        """Status, Location and text of the answer."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            line.request(method, path, body, {**self._headers(), **(headers or {})})
            answer = line.getresponse()
            for cookie in answer.msg.get_all("Set-Cookie") or []:
                name, _, value = cookie.split(";", 1)[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.headers.get("Location"), answer.read().decode()
        finally:
            line.close()

    def token(self, path):
        """The CSRF token of the form at `path`."""
        _, _, page = self.ask("GET", path)
        return TOKEN.search(page)[1]

    def sign_in(self, username, password):
        fields = {
            "csrfmiddlewaretoken": self.token("/sign-in/"),
            "username": username,
            "password": password,
        }
        status, _, _ = self.ask("POST", "/sign-in/", urlencode(fields), {"Content-Type": FORM})
        assert status == 302

    def upload(self, path, field, name, content, **fields):
        """Post a form with one file."""
        body, kind = multipart(field, name, content, **fields)
        return self.ask("POST", path, body, {"Content-Type": kind})

    def begin_upload(self, path, body, kind, share):
        """Send the head and this share of the body, and hold the line."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        line.putrequest("POST", path)
        headers = {**self._headers(), "Content-Type": kind, "Content-Length": str(len(body))}
        for header, value in headers.items():
            line.putheader(header, value)
        line.endheaders()
        line.send(body[: int(len(body) * share)])
        return line


def multipart(field, name, content, **fields):
    """Body and content type of a form with one file."""
    edge = uuid.uuid4().hex
    texts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
        for key, value in fields.items()
    ]
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    body = "".join(texts).encode() + head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    return body, f"multipart/form-data; boundary={edge}"
