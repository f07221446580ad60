"""The static files are laid out when they have changed, and only then."""

import os

import pytest
from django.conf import settings as project

from meice.config import static
from meice.config.settings import STORAGES


@pytest.fixture
def source(settings, tmp_path):
    """One file of ours, to be laid out as in earnest."""
    settings.STORAGES = STORAGES
    settings.STATIC_ROOT = tmp_path / "laid"
    settings.STATICFILES_DIRS = [tmp_path / "ours"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    file = tmp_path / "ours" / "meice.css"
    file.parent.mkdir()
    file.write_text("p { margin: 0 }")
    return file


def laid_out():
    return sorted(path.name for path in project.STATIC_ROOT.iterdir() if path.suffix == ".css")


def test_laid_out_files_are_left_alone(source):
    static.collect()
    first = laid_out()
    assert len(first) == 2  # by its name, and by its content
    (project.STATIC_ROOT / first[0]).unlink()
    static.collect()
    assert laid_out() == first[1:]


def test_a_changed_file_is_laid_out(source):
    static.collect()
    first = laid_out()
    source.write_text("p { margin: 1px }")
    static.collect()
    assert len(set(laid_out()) - set(first)) == 1


def test_a_laying_out_that_was_cut_short_is_done_again(source, monkeypatch):
    static.collect()
    as_it_was = source.stat().st_mtime_ns
    os.utime(source, ns=(1, 1))

    def cut_short(*_arguments, **_options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(static, "call_command", cut_short)
        with pytest.raises(KeyboardInterrupt):
            static.collect()
    os.utime(source, ns=(as_it_was, as_it_was))  # looks as when it was last laid out whole
    (project.STATIC_ROOT / "meice.css").unlink()
    static.collect()
    assert "meice.css" in laid_out()
