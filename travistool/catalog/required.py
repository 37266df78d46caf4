"""Options without which a deploy provider stops, and the variables that may give them instead.

Source: dpl lib/dpl/providers/*.rb at 8c6eabc6, the options that are declared as required, and the prefixes after `env`. The
file of packagecloud is there as `packagecloud.rb_` and not loaded; the guide, docs.travis-ci.com/user/deployment-v2, has it.
"""

from __future__ import annotations

from travistool.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


class Required(Record):
    """`options` are all needed; each may be the variable of its name in upper case behind one of the `prefixes`.

    `aliases` are the other names of options, which such variables may have as well.
    """

    options: tuple[str, ...]
    prefixes: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()


_AWS = ("access_key_id", "secret_access_key")

REQUIRED: Mapping[str, Required] = {
    "anynines": Required(("username", "password", "organization", "space"), ("ANYNINES_",)),
    "azure_web_apps": Required(("site", "username", "password"), ("AZURE_WA_",)),
    "bintray": Required(("user", "key", "file"), ("BINTRAY_",)),
    "bluemixcloudfoundry": Required(("username", "password", "organization", "space"), ("CLOUDFOUNDRY_",)),
    "cargo": Required(("token",), ("CARGO_",)),
    "cloudfiles": Required(("username", "api_key", "region", "container"), ("CLOUDFILES_",)),
    "cloudformation": Required((*_AWS, "template", "stack_name"), ("CLOUDFORMATION_", "AWS_")),
    "cloudfoundry": Required(("username", "password", "organization", "space"), ("CLOUDFOUNDRY_",)),
    "codedeploy": Required((*_AWS, "application"), ("CODEDEPLOY_", "AWS_")),
    "convox": Required(("app", "rack", "password"), ("CONVOX_",)),
    "elasticbeanstalk": Required((*_AWS, "bucket"), ("ELASTIC_BEANSTALK_", "AWS_"), (("bucket", "bucket_name"),)),
    "firebase": Required(("token",), ("FIREBASE_",)),
    "gae": Required(("project",), ("GAE_", "GAE", "GOOGLECLOUD_", "GOOGLECLOUD", "CLOUDSDK_CORE_", "CLOUDSDK_CORE")),
    "gcs": Required(("bucket",), ("GCS_",)),
    "hackage": Required(("username", "password"), ("HACKAGE_",)),
    "lambda": Required((*_AWS, "function_name"), ("LAMBDA_", "AWS_")),
    "netlify": Required(("site", "auth"), ("NETLIFY_",)),
    "npm": Required(("api_token",), ("NPM_",), (("api_token", "api_key"),)),
    "nuget": Required(("api_key", "registry"), ("NUGET_", "DOTNET_")),
    "openshift": Required(("server", "token", "project"), ("OPENSHIFT_",)),
    "opsworks": Required((*_AWS, "app_id"), ("OPSWORKS_", "AWS_")),
    "packagecloud": Required(("username", "token", "repository"), ("PACKAGECLOUD_",)),
    "puppetforge": Required(("username", "password"), ("PUPPETFORGE_",), (("username", "user"),)),
    "pypi": Required(("username", "password"), ("PYPI_",), (("username", "user"),)),
    "s3": Required((*_AWS, "bucket"), ("S3_", "AWS_")),
    "snap": Required(("token",), ("SNAP_",)),
    "surge": Required(("login", "token"), ("SURGE_",)),
    "testfairy": Required(("api_key", "app_file"), ("TESTFAIRY_",)),
}
"""By provider."""
