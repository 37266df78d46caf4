"""PHP: PHPUnit, wherever it is found."""

from __future__ import annotations

from travistool.catalog.check import ConfigIs, Executable, Not, Shell
from travistool.catalog.jvm import ANNOUNCE, EXPORTS
from travistool.catalog.language import SOURCE, Export, Images, Language
from travistool.catalog.rule import Command, always, quiet, when

_COMPOSER_BIN = Shell(
    "[[ -n $COMPOSER_BIN_DIR && -x $COMPOSER_BIN_DIR/phpunit ]]", "COMPOSER_BIN_DIR names a folder with phpunit"
)
_PHPUNIT = '$(jq -r \'.config["bin-dir"]\' "$TRAVIS_BUILD_DIR/composer.json" 2>/dev/null)/phpunit'
_CONFIG_BIN = Shell(f'[[ -x "{_PHPUNIT}" ]]', "config.bin-dir of composer.json names a folder with phpunit")

LANGUAGE = Language(
    name="php",
    source=SOURCE.format("php"),
    versions=("php",),
    unlisted=("jdk",),
    defaults={"php": "7.2", "jdk": "default"},
    exports=(*EXPORTS, Export("TRAVIS_PHP_VERSION", "{php}")),
    setup=(
        (always(Command(text="phpenv global {php}", asserted=True)),),
        (always(quiet("phpenv rehash")),),
        (always("composer self-update", asserted=False),),
    ),
    announce=(
        (ANNOUNCE,),
        (always("php --version"),),
        (when(Not(ConfigIs("php", ("5.2",))), "composer --version"),),
    ),
    script=(
        (
            when(_COMPOSER_BIN, "$COMPOSER_BIN_DIR/phpunit"),
            when(_CONFIG_BIN, f'"{_PHPUNIT}"'),
            when(Executable("$TRAVIS_BUILD_DIR/vendor/bin/phpunit"), "$TRAVIS_BUILD_DIR/vendor/bin/phpunit"),
            always("phpunit"),
        ),
    ),
    images=Images(
        image="php:{php}-cli",
        default="php:7.2-cli",
        versions={
            "7": "php:7.0-cli",
            "nightly": None,
            "master": None,
            "N.Msnapshot": "php:N.M-cli",
            "hhvm": "hhvm/hhvm:latest",
        },
        advice="composer is in the image composer:2, composer:1 for PHP before 7.2",
    ),
    notes=(
        "nothing is installed: composer install is for the config to say, and composer_args has no effect",
        "PHP before 5.4 fails the job in its setup, but on precise",
    ),
)
