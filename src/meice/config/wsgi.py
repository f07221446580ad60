"""The WSGI entry: `meice.config.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meice.config.settings")
application = get_wsgi_application()
