"""`boxfuse`: an image of the payload, started by the service's own client."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options

_FLAGS = (("payload", "payload"), ("app", "app"), ("env", "env"), ("version", "version"), ("config_file", "configfile"))


def commands(options: Options) -> list[str]:
    """Return the commands."""
    options.client("boxfuse")
    user, secret = options.account("user", "BOXFUSE_USER"), options.secret("secret", "BOXFUSE_SECRET")
    flags = "".join(f" -{name}={options.word(key)}" for key, name in _FLAGS if options.has(key))
    call = f"boxfuse run -user={user} -secret={secret}{flags}"
    if not options.has("extra_args"):
        return [call]
    # Split into words as Travis's tool does it, without being read as shell text here.
    return [f"extra={options.word('extra_args')}", f"{call} $extra"]
