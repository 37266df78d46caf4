"""What has to be answered before a config can be migrated."""

from __future__ import annotations

from travistool.diagnostics import Diagnostic, Severity
from travistool.schema.normalize import Normal


def question(normal: Normal) -> Diagnostic | None:
    """Return the question about a file that has both names of one key: Travis silently drops one of them."""
    for one in normal.messages:
        pair = {str(one.args.get("key")), str(one.args.get("other"))}
        if one.code == "overwrite" and one.element.parent is None and pair == {"matrix", "jobs"}:
            lost = one.args["other"]
            text = (
                f"the file has both 'matrix' and 'jobs', and Travis ignores all of '{lost}': "
                "join them by hand if both are meant, or take what Travis takes with --as-travis"
            )
            return Diagnostic("overwrite", Severity.ERROR, text, one.span)
    return None
