"""The toolkit for Travis CI configs: lint, plan, simulate, migrate."""

__version__ = "0.1.0"
