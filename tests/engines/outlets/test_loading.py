"""What only wants a platform does not pay for the pinyin dictionary."""

import subprocess
import sys

import meice.engines.outlets as outlets

ASK = "import sys, meice.engines.outlets as o; o.platform_named('微信'); sys.exit('pypinyin' in sys.modules)"


def test_platforms_and_addresses_load_no_pinyin():
    assert subprocess.run([sys.executable, "-c", ASK], check=False).returncode == 0


def test_every_public_name_is_there():
    assert [name for name in outlets.__all__ if getattr(outlets, name, None) is None] == []
    assert not hasattr(outlets, "no_such_name")
