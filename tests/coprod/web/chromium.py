"""A real browser without a window, driven over its own pipe: no driver package and no open port."""

import base64
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SIZES = {"phone": (360, 740, True), "tablet": (820, 1180, True), "laptop": (1366, 768, False)}
NARROW = (320, 640, True)
SWITCHES = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--remote-debugging-pipe",
    "--ignore-certificate-errors",
)


class Chromium:
    """One browser with one tab."""

    def __init__(self, process: subprocess.Popen[bytes], orders: int, news: int) -> None:
        self.process = process
        self._orders, self._news = orders, news
        self._number = 0
        self._unread = b""
        self.events: list[dict[str, Any]] = []
        self._session = ""
        self.new_tab()

    def new_tab(self) -> None:
        """Leave the tab there is and open another."""
        self._session, self.events = "", []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for part in ("Page", "Network", "Runtime", "Log"):
            self.send(f"{part}.enable")

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Give the browser's answer to one order."""
        message = self._ask(method, **parameters)
        assert "error" not in message, message
        return dict(message["result"])

    def _worth(self, expression: str) -> Any:
        """Give what an expression is worth now, or nothing while one page gives way to the next."""
        message = self._ask("Runtime.evaluate", expression=expression, returnByValue=True)
        return message["result"]["result"].get("value") if "result" in message else None

    def _ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._number += 1
        order: dict[str, Any] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            order["sessionId"] = self._session
        os.write(self._orders, json.dumps(order).encode() + b"\0")
        while (message := self._next()).get("id") != self._number:
            self.events.append(message)
        return message

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._unread:
            read = os.read(self._news, 1 << 20)
            assert read, "the browser is gone"
            self._unread += read
        message, _, self._unread = self._unread.partition(b"\0")
        return dict(json.loads(message))

    def size(self, name: str, *, scale: float = 1) -> None:
        """Be a phone, a tablet or a laptop."""
        width, height, touch = SIZES.get(name, NARROW)
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=scale,
            mobile=touch,
        )
        self.send("Emulation.setTouchEmulationEnabled", enabled=touch)

    def open(self, url: str) -> None:
        """Go to an address and wait until its page has loaded."""
        self.send("Page.navigate", url=url)
        self.settle()

    def run(self, script: str) -> Any:
        """Give what an expression is worth on the page."""
        answer = self.send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def settle(self) -> None:
        """Wait until the page on the screen has loaded and nothing more is on its way."""
        still = 0
        until = time.monotonic() + 10
        while still < 3 and time.monotonic() < until:
            time.sleep(0.02)
            still = still + 1 if self._worth("document.readyState") == "complete" else 0

    def middle(self, selector: str) -> tuple[float, float]:
        """Give the middle of an element, scrolled into view."""
        place = self.run(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)});"
            "one.scrollIntoView({block: 'center', behavior: 'instant'}); const at = one.getBoundingClientRect();"
            "return [at.x + at.width / 2, at.y + at.height / 2]; })()"
        )
        return place[0], place[1]

    def click(self, selector: str) -> None:
        """Click in the middle of an element, as a finger or a mouse would."""
        x, y = self.middle(selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, label: str) -> None:
        """Click the button whose words start so, and wait for the page that comes."""
        was = self.run("performance.timeOrigin")
        self.click(f"[data-wanted='{self._mark('button', label)}']")
        self.wait_for(f"performance.timeOrigin !== {was} && document.readyState === 'complete'")

    def wait_for(self, condition: str, seconds: float = 20.0) -> None:
        """Wait until an expression holds on the page."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self._worth(condition) is True:
                return
            time.sleep(0.005)
        raise AssertionError(f"never came true: {condition}")

    def holds(self, condition: str) -> bool:
        """Tell whether an expression holds now; while one page gives way to the next there is nothing to see, and it does."""
        return self._worth(condition) in {True, None}

    def pick(self, label: str) -> None:
        """Click the choice whose words start so."""
        self.click(f"[data-wanted='{self._mark('label.item', label)}']")

    def _mark(self, selector: str, label: str) -> str:
        found = self.run(
            f"(() => {{ const all = [...document.querySelectorAll({json.dumps(selector)})];"
            f"const one = all.find(x => x.textContent.trim().startsWith({json.dumps(label)}));"
            "if (!one) return ''; window.wanted = (window.wanted || 0) + 1;"
            "one.dataset.wanted = String(window.wanted); return one.dataset.wanted; })()"
        )
        assert found, f"nothing says {label!r}"
        return str(found)

    def key(self, key: str, code: int) -> None:
        """Press one key, and let it go where the page has not given way to another meanwhile."""
        typed = {"text": "\r"} if key == "Enter" else {}
        known = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        down = "keyDown" if typed else "rawKeyDown"
        self.send("Input.dispatchKeyEvent", type=down, **known, **typed)
        self._ask("Input.dispatchKeyEvent", type="keyUp", **known)

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.send("Input.insertText", text=text)

    def picture(self, path: Path | None = None, *, whole: bool = False) -> bytes:
        """Give a PNG of what is on the screen."""
        answer = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        content = base64.b64decode(answer["data"])
        if path is not None:
            path.write_bytes(content)
        return content

    @property
    def text(self) -> str:
        """Give the words on the screen, of the next page while one gives way to it."""
        self.wait_for("document.readyState === 'complete' && document.body !== null")
        return str(self._worth("document.body.innerText"))

    def complaints(self) -> list[str]:
        """Give what the browser held against the pages: breaches of the policy, errors of the script."""
        logged = [
            one for one in self.events if one.get("method") in {"Log.entryAdded", "Runtime.exceptionThrown"}
        ]
        told = [json.dumps(one["params"]) for one in logged]
        return [one for one in told if "404" not in one and "favicon" not in one]

    def asked_for(self) -> set[str]:
        """Give every address that was asked for."""
        return {
            str(one["params"]["request"]["url"])
            for one in self.events
            if one.get("method") == "Network.requestWillBeSent"
        }


@contextmanager
def chromium(folder: Path) -> Iterator[Chromium]:
    """Run a browser with a fresh profile in a folder, and end it."""
    orders_out, orders_in = os.pipe()
    news_out, news_in = os.pipe()

    def as_three_and_four() -> None:
        out, news = os.dup(orders_out), os.dup(news_in)
        os.dup2(out, 3)
        os.dup2(news, 4)

    process = subprocess.Popen(
        ["chromium", *SWITCHES, f"--user-data-dir={folder}", "about:blank"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        close_fds=False,
        preexec_fn=as_three_and_four,  # noqa: PLW1509  Chromium takes its pipe as 3 and 4, and only the child can put it there
    )
    os.close(orders_out)
    os.close(news_in)
    try:
        yield Chromium(process, orders_in, news_out)
    finally:
        process.terminate()
        process.wait(10)
        os.close(orders_in)
        os.close(news_out)
