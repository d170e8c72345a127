"""What every answer carries and every request must pass (RELIABILITY: hosts, origins, CSP)."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, request

from genai_session_analyzer.dashboard.config import DashboardSettings

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
FIXED_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def secure(server: Flask, settings: DashboardSettings, script_hashes: Sequence[str]) -> None:
    """Make the server check Host, Origin and size of requests, and send the security headers.

    Args:
        server: The Flask server of the app.
        settings: Hosts it answers to and the largest request, in bytes.
        script_hashes: `app.csp_hashes()`, taken after all callbacks are registered.
    """
    server.config.update(
        TRUSTED_HOSTS=list(settings.allowed_hosts),
        MAX_CONTENT_LENGTH=settings.max_request_bytes,
    )
    policy = content_security_policy(script_hashes)

    @server.before_request
    def check_origin() -> None:
        """Refuse what another site sends."""
        if request.method not in SAFE_METHODS and not same_origin(request):
            abort(403)

    @server.after_request
    def send_headers(response: Response) -> Response:
        """Add the security headers to an answer."""
        response.headers.update(FIXED_HEADERS)
        response.headers["Content-Security-Policy"] = policy
        return response


def same_origin(asked: Request) -> bool:
    """Return whether a request comes from our own pages, or from no browser at all.

    A browser names the page behind every POST in Origin and Sec-Fetch-Site; what neither names
    (curl, a test) cannot carry somebody's session along.
    """
    if asked.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = asked.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == asked.host


def content_security_policy(script_hashes: Sequence[str]) -> str:
    """Return the policy: all from this server, inline scripts only by hash.

    Mantine, AG Grid and Plotly write style elements, hence 'unsafe-inline' for styles alone;
    Plotly draws a PNG from a blob.
    """
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", *script_hashes]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())
