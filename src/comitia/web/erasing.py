"""A member's account among the pages' own data, erased: password, passkeys, addresses, sessions.

Run as a program by ``comitia erase``, which imports no Django: ``python -m comitia.web.erasing NUMBER`` with
``COMITIA_HOME`` set.
"""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comitia.web.settings")

import django
from django.apps import apps
from django.db import connection


def erase(number: str) -> bool:
    """Erase what the pages keep of a member; return whether there was an account."""
    users, sessions = apps.get_model("auth", "User").objects, apps.get_model("sessions", "Session").objects
    user = users.filter(username=number).first()
    if user is None:
        return False
    with connection.cursor() as cursor:
        # What is deleted is written over, in the file and not only in its list of pages.
        cursor.execute("PRAGMA secure_delete=ON")
        mine = [s.session_key for s in sessions.all() if s.get_decoded().get("_auth_user_id") == str(user.pk)]
        sessions.filter(session_key__in=mine).delete()
        user.delete()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return True


if __name__ == "__main__":
    django.setup()
    sys.exit(0 if erase(sys.argv[1]) else 3)
