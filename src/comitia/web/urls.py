"""Addresses: each module of views brings its own ``urlpatterns``; everyday words lead to the same pages."""

from importlib import import_module
from pkgutil import iter_modules

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from comitia.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    # Whoever forgot her password asks for a new sign-in link; addresses are not kept here.
    path("accounts/email/", RedirectView.as_view(url="/me/")),
    path("accounts/password/reset/", RedirectView.as_view(url="/accounts/login/")),
    path("accounts/", include("allauth.urls")),
    path("proposals/", RedirectView.as_view(url="/motions/")),
    path("votes/", RedirectView.as_view(url="/")),
    path("polls/", RedirectView.as_view(url="/elections/")),
]
for _found in sorted(iter_modules(views.__path__), key=lambda m: m.name):
    urlpatterns += import_module(f"comitia.web.views.{_found.name}").urlpatterns
# Addresses written out come before those that take a name, whatever module they stand in.
urlpatterns.sort(key=lambda pattern: "<" in str(pattern.pattern))

handler400 = "comitia.web.views.faults.malformed"
handler404 = "comitia.web.views.faults.not_found"
handler403 = "comitia.web.views.faults.forbidden"
handler500 = "comitia.web.views.faults.failed"
