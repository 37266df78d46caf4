"""Ruby: Bundler and Rake. Also what a job is built as whose language is not known."""

from __future__ import annotations

from travistool.catalog import bundler, jvm
from travistool.catalog.check import File, Named
from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import always, when
from travistool.catalog.settings import Settings


def _jruby(settings: Settings) -> str:
    return settings.first("rvm") if "jruby" in settings.first("rvm") else ""


LANGUAGE = Language(
    name="ruby",
    source=SOURCE.format("ruby"),
    versions=("rvm", "gemfile", "jdk"),
    defaults={"rvm": "default", "gemfile": "Gemfile"},
    names={**bundler.NAMES, "jruby": _jruby},
    exports=(Export("TRAVIS_RUBY_VERSION", "{rvm}"), *jvm.EXPORTS, *bundler.EXPORTS),
    setup=(bundler.SETUP,),
    announce=(
        (when(Named("jruby"), *jvm.ANNOUNCE.commands),),
        (always("ruby --version", "rvm --version", "bundle --version", "gem --version", fold="ruby.versions"),),
    ),
    install=bundler.INSTALL,
    script=((when(File("{gemfile}"), "bundle exec rake"), always("rake")),),
    caches=(bundler.CACHE,),
    images=Images(
        image="ruby:{rvm}",
        default="ruby:latest",
        versions={
            "default": "ruby:latest",
            "ruby-N.M": "ruby:N.M",
            "ruby-head": None,
            "jruby": "jruby:latest",
            "jruby-N.M": "jruby:N.M",
            "jruby-head": None,
            "truffleruby": "ghcr.io/graalvm/truffleruby-community:latest",
            "rbx-3": None,
            "ree": None,
        },
        advice="leave out a patch level such as -p247",
    ),
    notes=(*bundler.NOTES, "without rvm the version is that of .ruby-version, else the one of the machine"),
)
