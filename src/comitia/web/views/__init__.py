"""The pages, one module each: every module brings the ``urlpatterns`` of its page."""
