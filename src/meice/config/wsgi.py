"""The WSGI entry: `meice.config.wsgi:application`."""

import os

from meice.kernel.loading import for_good

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meice.config.settings")
with for_good():
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver

    from meice.config.proxies import behind

    application = behind(get_wsgi_application(), settings.PROXIES)
    _ = get_resolver().url_patterns  # all views now, rather than with somebody's first page
