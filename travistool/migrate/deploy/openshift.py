"""`openshift`: a build of an app, by its own client. OpenShift 2, which had domains and users, is gone."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options


def commands(options: Options) -> list[str]:
    """Return the commands."""
    options.client("oc")
    if not options.has("server"):
        reason = "the deployment to openshift names no server, as OpenShift 2 had it, which is gone"
        way = "name the server of a newer one as OPENSHIFT_SERVER, and its project"
        options.tasks.add("deployment", reason, way, options.deployment.place)
    token = options.secret("token", "OPENSHIFT_TOKEN")
    server, project = options.word("server", '"$OPENSHIFT_SERVER"'), options.word("project", '"$OPENSHIFT_PROJECT"')
    app = options.word("app", '"${TRAVIS_REPO_SLUG##*/}"')
    return [
        f"oc login --token={token} --server={server}",
        f"oc project {project}",
        f'oc start-build {app} --follow --commit "$TRAVIS_COMMIT"',
    ]
