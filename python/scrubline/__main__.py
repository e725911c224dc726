"""`python -m scrubline`."""

import sys

from scrubline._cli import main

sys.exit(main())
