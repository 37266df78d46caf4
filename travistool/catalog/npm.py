"""What Node.js and Elm share: node, npm and yarn.

Source: travis-build lib/travis/build/script/node_js.rb at 2812e526.
"""

from __future__ import annotations

from travistool.catalog.check import AllOf, Configured, File, Not, Shell, VersionAtLeast, any_file
from travistool.catalog.language import Cache, Export, Stored
from travistool.catalog.rule import Choice, Rule, always, quiet, when

PACKAGE = File("package.json")
YARN = File("yarn.lock")
LOCKED = AllOf((VersionAtLeast("npm", "5.8.0"), any_file("npm-shrinkwrap.json", "package-lock.json")))
YARN_RUNS = VersionAtLeast("node", "4")
_NO_VERSION = Not(Configured("node_js"))

EXPORTS = (
    Export("TRAVIS_NODE_VERSION", "{node_js}", Configured("node_js")),
    Export("TRAVIS_NODE_VERSION", "$(< .nvmrc)", AllOf((_NO_VERSION, File(".nvmrc"))), at="setup"),
    Export("TRAVIS_NODE_VERSION", "0.10", AllOf((_NO_VERSION, Not(File(".nvmrc")))), at="setup"),
    Export("PATH", "./node_modules/.bin:$PATH", at="setup"),
)

SETUP: tuple[Choice, ...] = (
    (
        when(Configured("node_js"), "nvm install {node_js}"),
        when(File(".nvmrc"), "nvm install"),
        always("nvm install 0.10"),
    ),
    (always(quiet("npm config set progress false")),),
    (
        when(
            AllOf((YARN, YARN_RUNS, Shell('[[ -z "$(command -v yarn)" ]]', "there is no yarn"))),
            "curl -o- -L https://yarnpkg.com/install.sh | bash",
            fold="install.yarn",
        ),
    ),
)

ANNOUNCE: tuple[Choice, ...] = (
    (always("node --version", "npm --version", "nvm --version"),),
    (when(YARN, "yarn --version"),),
)

INSTALL: tuple[Rule, ...] = (
    when(
        AllOf((PACKAGE, YARN, YARN_RUNS, VersionAtLeast("yarn", "0.19.0"))),
        "yarn --frozen-lockfile",
        retry=True,
        fold="install",
    ),
    when(AllOf((PACKAGE, YARN, YARN_RUNS)), "yarn", retry=True, fold="install"),
    when(AllOf((PACKAGE, LOCKED)), "npm ci {npm_args}", retry=True, fold="install.npm"),
    when(PACKAGE, "npm install {npm_args}", retry=True, fold="install.npm"),
)

SCRIPT: tuple[Rule, ...] = (
    when(AllOf((PACKAGE, YARN, YARN_RUNS)), "yarn test"),
    when(PACKAGE, "npm test"),
    always("make test"),
)

CACHES = (
    Cache(name="npm", folders=(Stored("$HOME/.npm", LOCKED), Stored("node_modules", Not(LOCKED)))),
    Cache(name="yarn", folders=(Stored("$(dirname $(yarn cache dir))"),)),
)

NOTES = (
    "the cache of npm is on until the config turns it off",
    "a version that nvm cannot install ends the job as errored",
)
