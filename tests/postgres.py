"""Runs a command against a throw-away PostgreSQL from PyPI: `python -m tests.postgres pytest -m "not browser"`."""

import os
import subprocess
import sys
import tempfile
