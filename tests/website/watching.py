"""What a page does besides being shown."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Dialog, Page, Request, Response

# The console's own message names no address where it is the page itself that breaks its policy.
_TELLING = """addEventListener("securitypolicyviolation", (event) => {
    console.error(`the policy stops ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
})"""


def watched(page: Page, address: str, diagnostics: list[str]) -> None:
    """Note dialogs, errors, missing files, breaches of the page's policy, requests to hosts other than `address`'."""
    host = urlsplit(address).netloc

    def requested(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != host:
            diagnostics.append(f"{page.url} asks another host: {request.url}")

    def answered(response: Response) -> None:
        # A test may well open an address that does not exist; what a page asks for must.
        if response.status >= 400 and not response.request.is_navigation_request():
            diagnostics.append(f"{page.url} misses {response.url}: {response.status}")

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and message.location["url"] != page.url:
            diagnostics.append(f"{page.url} logs an error: {message.text} ({message.location['url']})")

    def failed(request: Request) -> None:
        # Leaving a page cancels what it still waits for, such as the preview's word of the next change.
        if request.failure != "net::ERR_ABORTED":
            diagnostics.append(f"{page.url} lost {request.url}: {request.failure}")

    def asked(dialog: Dialog) -> None:
        diagnostics.append(f"{page.url} opens a dialog: {dialog.message}")
        dialog.dismiss()

    page.add_init_script(_TELLING)
    page.on("dialog", asked)
    page.on("request", requested)
    page.on("response", answered)
    page.on("requestfailed", failed)
    page.on("pageerror", lambda error: diagnostics.append(f"{page.url} throws: {error}"))
    page.on("console", said)
