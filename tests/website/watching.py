"""A reader's tab, and what its pages do besides being shown."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Request, Response

# The console's own message names no address where it is the page itself that breaks its policy.
_TELLING = """addEventListener("securitypolicyviolation", (event) => {
    console.error(`the policy stops ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
})"""


class Tab:
    """A tab of a profile of its own; notes dialogs, errors, missing files, breaches of policy, requests elsewhere."""

    def __init__(self, browser: Browser, options: dict[str, Any]) -> None:
        self.page = browser.new_context(**options).new_page()
        self.page.set_default_timeout(15_000)
        self._size = self.page.viewport_size
        self._host = ""
        self._problems: list[str] = []
        self.page.add_init_script(_TELLING)
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)
        self.page.on("response", self._response)
        self.page.on("requestfailed", self._failure)
        self.page.on("pageerror", lambda error: self._note(f"throws: {error}"))
        self.page.on("console", self._console)

    def open(self, address: str) -> None:
        """Open an address; its host is where all that is asked for must come from."""
        self._host = urlsplit(address).netloc
        self.page.goto(address)

    def leave(self) -> list[str]:
        """Leave the page as a new one; return what was wrong with all pages since the last time."""
        found = list(self._problems)
        self.page.evaluate("{ localStorage.clear(); sessionStorage.clear() }")
        self.page.goto("about:blank")
        self.page.unroute_all()
        self.page.emulate_media(media="null")
        if self._size and self.page.viewport_size != self._size:
            self.page.set_viewport_size(self._size)
        self._problems.clear()
        return found

    def _note(self, problem: str) -> None:
        self._problems.append(f"{self.page.url} {problem}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != self._host:
            self._note(f"asks another host: {request.url}")

    def _response(self, response: Response) -> None:
        # A test may well open an address that does not exist; what a page asks for must.
        if response.status >= 400 and not response.request.is_navigation_request():
            self._note(f"misses {response.url}: {response.status}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and message.location["url"] != self.page.url:
            self._note(f"logs an error: {message.text} ({message.location['url']})")

    def _failure(self, request: Request) -> None:
        # Leaving a page cancels what it still waits for, such as the preview's word of the next change.
        if request.failure != "net::ERR_ABORTED":
            self._note(f"lost {request.url}: {request.failure}")

    def _dialog(self, dialog: Dialog) -> None:
        self._note(f"opens a dialog: {dialog.message}")
        dialog.dismiss()
