"""`python -m travistool`."""

import sys

from travistool.cli.main import main

sys.exit(main())
