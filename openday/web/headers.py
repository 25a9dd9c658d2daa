"""The response contract: the same protective headers on every route and status, private unless said otherwise."""

from urllib.parse import urlsplit

from flask import Flask, Response, request

from openday.settings import LOOPBACK_HOSTS, current_settings

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
        "require-trusted-types-for 'script'",
        "upgrade-insecure-requests",
        "report-uri /csp",
    )
)
UPGRADE = "upgrade-insecure-requests; "
CONTRACT = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}


def init_app(app: Flask) -> None:
    """Put the contract on whatever leaves the application."""

    @app.after_request
    def protect(response: Response) -> Response:
        response.headers.update(CONTRACT)
        if is_demo_on_local_network():
            response.headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY.replace(UPGRADE, "")
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def is_demo_on_local_network() -> bool:
    """Whether the demo is looked at from a phone nearby: over plain HTTP its style sheet must not be asked by HTTPS.

    Browsers leave loopback addresses alone, so there the policy stays whole.
    """
    if not current_settings().is_demo or request.is_secure:
        return False
    return urlsplit(f"//{request.host}").hostname not in LOOPBACK_HOSTS
