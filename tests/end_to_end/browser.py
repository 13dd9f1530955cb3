# SPDX-License-Identifier: MIT
"""The pages in headless Chromium, driven by key presses. Exit 77: there is no Chromium.

    browser.py ASSAY [FOLDER]    FOLDER gets a picture of every page in every theme and width
"""
import base64
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
SAMPLES = ("select-joined", "junior-query-loop", "polished-but-wrong")
WIDTHS = (390, 820, 1280)
THEMES = ("light", "dark")
FIRST_PAINT_MS = 1000
KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), " ": (32, " ")}


class Browser:
    """Speaks the protocol of the developer tools over a pipe, so that a page sees keys as a person presses them."""

    def __init__(self, home):
        to_read, self._to = os.pipe()
        self._from, to_write = os.pipe()
        command = (
            f"exec chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --no-first-run "
            f"--user-data-dir='{home}/browser' --remote-debugging-pipe about:blank 3<&{to_read} 4>&{to_write}"
        )
        self._process = subprocess.Popen(
            ["bash", "-c", command], pass_fds=(to_read, to_write), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(to_read)
        os.close(to_write)
        self._rest = b""
        self._number = 0
        self._session = None
        self.events = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    def close(self):
        os.close(self._to)
        self._process.terminate()
        self._process.wait(20)

    def _receive(self):
        while b"\0" not in self._rest:
            piece = os.read(self._from, 1 << 16)
            if not piece:
                raise RuntimeError("the browser is gone")
            self._rest += piece
        message, self._rest = self._rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, **params):
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            got = self._receive()
            if got.get("id") == self._number:
                if "error" in got:
                    raise RuntimeError(f"{method}: {got['error']}")
                return got["result"]
            self.events.append(got)

    def open(self, page, width, theme):
        self.events.clear()
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": theme}])
        self.call("Page.navigate", url=f"file://{page}")
        for _ in range(400):
            ready = self.value("document.readyState") == "complete" and self.value("location.href") != "about:blank"
            if ready and self.value("performance.getEntriesByName('first-contentful-paint').length"):
                return
            time.sleep(0.05)
        raise RuntimeError(f"{page} does not finish")

    def value(self, expression):
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def press(self, key):
        code, text = KEYS[key] if key in KEYS else (ord(key.upper()), key)
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, text=text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def focused(self):
        return self.value(
            "(e => e.id || (e.className && typeof e.className === 'string' ? e.className : e.tagName))(document.activeElement)"
        )

    def complaints(self):
        """What the console says, and every address asked for that is not the page itself."""
        for event in self.events:
            params = event.get("params", {})
            if event["method"] in ("Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled"):
                yield f"console: {json.dumps(params)[:300]}"
            if event["method"] == "Network.requestWillBeSent":
                request = params["request"]["url"]
                if params.get("type") != "Document" and not request.startswith("data:"):
                    yield f"asks for {request}"

    def picture(self, path):
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"]
        Path(path).write_bytes(base64.b64decode(data))


def looks(browser, folder, pictures):
    """Every page, theme and width: no complaint, nothing wider than the window, painted in time."""
    for page in ("index.html", "matrix.html", "candidates/2.html"):
        for theme in THEMES:
            for width in WIDTHS:
                where = f"{page} {theme} {width}"
                browser.open(folder / page, width, theme)
                yield from (f"{where}: {complaint}" for complaint in browser.complaints())
                wide = browser.value("document.documentElement.scrollWidth - innerWidth")
                if wide > 0:
                    yield f"{where}: {wide} pixels wider than the window"
                if not browser.value(f"matchMedia('(prefers-color-scheme: {theme})').matches"):
                    yield f"{where}: not in that theme"
                paint = browser.value("performance.getEntriesByName('first-contentful-paint')[0].startTime")
                if paint > FIRST_PAINT_MS:
                    yield f"{where}: first paint after {paint:.0f} ms"
                if pictures:
                    browser.picture(Path(pictures) / f"{page.replace('/', '-')[:-5]}-{theme}-{width}.png")


def keyboard(browser, folder):
    """The ranking used with keys alone."""
    browser.open(folder / "index.html", 1280, "light")
    problems = []

    def expect(what, got, wanted):
        if got != wanted:
            problems.append(f"{what}: {got!r}, not {wanted!r}")

    def focus_is_seen():
        return browser.value(
            "(e => { const s = getComputedStyle(e), r = e.getBoundingClientRect(); return e.matches(':focus-visible')"
            " && s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && r.width > 0 && r.left >= 0 && r.top >= 0;"
            " })(document.activeElement)"
        )

    def tab_to(name, most=60):
        for _ in range(most):
            browser.press("Tab")
            if not focus_is_seen():
                problems.append(f"the focus on {browser.focused()} is not seen")
            if browser.focused() == name:
                return
        problems.append(f"{name} is not reached with the tabulator")

    browser.press("Tab")
    expect("first stop", browser.focused(), "skip")
    expect("skip link is seen", focus_is_seen(), True)
    browser.press("Enter")
    expect("skip link leads to", browser.value("location.hash"), "#main")

    tab_to("search")
    for letter in "junior":
        browser.press(letter)
    expect("filtered", browser.value("document.getElementById('shown').textContent"), "1 of 3 shown")
    browser.value("document.getElementById('search').select()")
    for _ in "junior":
        browser.call("Input.dispatchKeyEvent", type="keyDown", key="Backspace", windowsVirtualKeyCode=8)
    expect("unfiltered", browser.value("document.getElementById('shown').textContent"), "3 of 3 shown")
    tab_to("band")
    tab_to("review")
    browser.press(" ")
    expect("only those to review", browser.value("document.getElementById('review').checked"), True)
    browser.press(" ")

    names = "[...document.querySelectorAll('#ranking tbody tr:not([hidden]) th')].map(e => e.firstChild.textContent).join()"
    order = "document.activeElement.closest('th').getAttribute('aria-sort')"
    for _ in range(2):
        tab_to("sort")
    expect("second head", browser.value("document.activeElement.dataset.column"), "2")
    browser.press("Enter")
    expect("by name", browser.value(names), ",".join(sorted(SAMPLES)))
    expect("said", browser.value(order), "ascending")
    browser.press(" ")
    expect("backwards", browser.value(names), ",".join(sorted(SAMPLES, reverse=True)))
    expect("said", browser.value(order), "descending")

    for _ in range(2):
        tab_to("pick")
        browser.press(" ")
    expect("compared", browser.value("document.getElementById('comparison').hidden"), False)
    expect("columns", browser.value("document.querySelectorAll('#compared thead th').length"), 3)

    browser.open(folder / "candidates/2.html", 390, "dark")
    seen = set()
    for _ in range(200):
        browser.press("Tab")
        if browser.focused() == "BODY":  # once around
            break
        if not focus_is_seen():
            problems.append(f"page of a candidate: the focus on {browser.focused()} is not seen")
        if browser.value("document.activeElement.tagName") == "SUMMARY" and "open" not in seen:
            before = browser.value("document.activeElement.parentElement.open")
            browser.press("Enter")
            expect("details open with a key", browser.value("document.activeElement.parentElement.open"), not before)
            seen.add("open")
    expect("details are reached", seen, {"open"})
    return problems


def main(assay, pictures=None):
    if not shutil.which("chromium"):
        print("not run: chromium is not installed (apt-get install chromium)")
        return 77
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_CACHE_HOME=home + "/cache", XDG_DATA_HOME=home + "/data")
        for sample in SAMPLES:
            grade = [assay, "grade", SOURCE / "samples" / sample / "repo", "--no-run"]
            subprocess.run(grade, check=True, stdout=subprocess.DEVNULL)
        folder = Path(home, "site")
        subprocess.run([assay, "report", "--output", folder], check=True, stdout=subprocess.DEVNULL)
        browser = Browser(home)
        try:
            problems = [*looks(browser, folder, pictures), *keyboard(browser, folder)]
        finally:
            browser.close()
    print(*problems, sep="\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
