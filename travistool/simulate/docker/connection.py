"""Which engine is meant, and how it is reached: by DOCKER_HOST, DOCKER_CONTEXT or the context in use, as docker does."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from travistool.errors import EngineError
from travistool.simulate.docker.failures import told
from travistool.simulate.docker.ssh import Tunnel

if TYPE_CHECKING:
    from docker import APIClient

_SECONDS = 300
_SILENT = "no container engine answers"
_START_IT = "start it, or use --engine host; DOCKER_HOST and docker context tell which one is meant"
_CERTIFICATES = "DOCKER_CERT_PATH names the folder with ca.pem, cert.pem and key.pem; a context has its own"
_CONTEXTS = "docker context ls shows which ones there are; the Docker SDK sees them only beside a config.json"
_NEEDS_TLS = (
    "if the engine wants TLS: DOCKER_TLS_VERIFY=1, with DOCKER_CERT_PATH=FOLDER of ca.pem, cert.pem and key.pem"
)


class Connection:
    """Makes clients of the SDK, all for the same engine; `about` is what it says of its version.

    Raises EngineError where none can be reached.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._all: list[APIClient] = []
        self._settings = _settings()
        self._address = str(self._settings.get("base_url") or "")
        self._tunnel = Tunnel(self._address) if self._address.startswith("ssh://") else None
        if self._tunnel is not None:
            self._settings = {"base_url": self._tunnel.address}
        try:
            self.about = self._ask()
        except EngineError:
            self.close()
            raise

    def api(self, version: str = "") -> APIClient:
        """Return a new client, for one thread."""
        import docker  # noqa: PLC0415  # as in _settings

        with told(_SILENT, _START_IT):
            made = docker.APIClient(**self._settings, version=version or self.about["ApiVersion"], timeout=_SECONDS)
        if isinstance(made.verify, str):
            _keep_certificate(made)
        with self._lock:
            self._all.append(made)
        return made

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            for one in self._all:
                one.close()
            self._all = []
        if self._tunnel is not None:
            self._tunnel.close()

    def _ask(self) -> Mapping[str, Any]:
        from docker.constants import DEFAULT_DOCKER_API_VERSION  # noqa: PLC0415  # as in _settings

        # Whatever version: this question belongs to none.
        api = self.api(DEFAULT_DOCKER_API_VERSION)
        try:
            with told(_SILENT, _START_IT):
                found: Mapping[str, Any] = api.version(api_version=False)
                return found
        except EngineError as error:
            raise self._explained(error) from error

    def _explained(self, error: EngineError) -> EngineError:
        """Return the error with what is known about this way to an engine."""
        if self._tunnel is not None:
            said = self._tunnel.said() or error.message.removeprefix(f"{_SILENT}: ")
            return EngineError(f"{_SILENT} at {self._address}: {said}", f"'{self._tunnel.trial}' has to work first")
        if not self._address:
            return error
        hint = error.hint
        is_remote = self._address.startswith(("tcp:", "http"))
        if is_remote and "certificate" in error.message:
            hint = _CERTIFICATES
        elif is_remote and not self._settings.get("tls") and "refused" not in error.message:
            hint = _NEEDS_TLS
        return EngineError(error.message.replace(_SILENT, f"{_SILENT} at {self._address}"), hint)


def _settings() -> dict[str, Any]:
    """Return what the SDK has to know about the engine that is meant."""
    try:
        # Takes a third of a second, and is an extra.
        import docker.errors  # noqa: PLC0415
    except ImportError as error:
        hint = "pip install 'travistool[docker]', or use --engine host"
        raise EngineError("the docker engine needs the Docker SDK for Python", hint) from error
    from docker.context import ContextAPI  # noqa: PLC0415
    from docker.utils import kwargs_from_env  # noqa: PLC0415

    try:
        found: dict[str, Any] = dict(kwargs_from_env())
    except docker.errors.TLSParameterError as error:
        folder = os.environ.get("DOCKER_CERT_PATH") or "~/.docker"
        raise EngineError(f"there is no cert.pem and key.pem in '{folder}', which TLS needs", _CERTIFICATES) from error
    if "base_url" in found:
        return found
    name = os.environ.get("DOCKER_CONTEXT") or None
    with told("the docker context cannot be read", _CONTEXTS):
        # The SDK takes the default one where there is none of that name: another engine than the one that is meant.
        if name is not None and ContextAPI.get_context(name) is None:
            raise EngineError(f"there is no docker context '{name}'", _CONTEXTS)
        return dict(ContextAPI.kwargs_from_context(environment=os.environ)) | found


def _keep_certificate(api: APIClient) -> None:
    """Let a client trust the engine's own authority, whatever bundle the environment names for the web.

    requests takes REQUESTS_CA_BUNDLE even where a session has its own. Proxies of the environment stay.
    """
    from requests.utils import get_environ_proxies  # noqa: PLC0415  # as in _settings

    api.trust_env = False
    api.proxies.update(get_environ_proxies(api.base_url, no_proxy=None))
