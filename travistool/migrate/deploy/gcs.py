"""`gcs`: the files of a folder in a bucket of Google's."""

from __future__ import annotations

from travistool.migrate.deploy.options import Options, glob_word, in_quotes


def commands(options: Options) -> list[str]:
    """Return the commands. Hidden files stay behind unless `dot_match` is on."""
    login, keys = _login(options)
    target = f"gs://{options.text('bucket')}/" + (f"{options.text('upload_dir')}/" if options.has("upload_dir") else "")
    header = (
        f" -h {in_quotes('Cache-Control:' + options.text('cache_control'))}" if options.has("cache_control") else ""
    )
    if options.is_on("detect_encoding"):
        reason = "compressed files get no Content-Encoding by themselves ('detect_encoding' of gcs)"
        options.tasks.add("deployment", reason, "add the header for such files", options.deployment.place)
    hidden = " dotglob" if options.is_on("dot_match") else ""
    pattern = glob_word(options.text("glob", "**/*"))
    copy = f"gsutil{keys}{header} cp -a {options.word('acl', 'private')}"
    return [
        *login,
        f"cd {options.word('local_dir', '.')}",
        f"shopt -s globstar nullglob{hidden}",
        f"for file in {pattern}; do",
        f'  [ ! -f "$file" ] || {copy} "$file" "{target}$file"',
        "done",
    ]


def _login(options: Options) -> tuple[list[str], str]:
    """Return the lines that log in, and what gsutil is told: keys as for Amazon, or a file of a service account."""
    if options.has("key_file") and not options.has("secret_access_key"):
        options.client("gcloud")
        if isinstance(options.options["key_file"], dict):
            key = options.secret("key_file", "GCS_KEY_JSON")
            return [
                f"printf '%s' {key} > /tmp/gcs.json",
                "gcloud auth activate-service-account --key-file /tmp/gcs.json",
            ], ""
        return [f"gcloud auth activate-service-account --key-file {options.word('key_file')}"], ""
    options.drop("key_file")
    key = options.secret("access_key_id", "GCS_ACCESS_KEY_ID")
    secret = options.secret("secret_access_key", "GCS_SECRET_ACCESS_KEY")
    options.client("gcloud")
    # Otherwise gsutil asks gcloud's own login first.
    lines = ["export CLOUDSDK_CORE_PASS_CREDENTIALS_TO_GSUTIL=false"]
    return lines, f" -o Credentials:gs_access_key_id={key} -o Credentials:gs_secret_access_key={secret}"
