"""Accounts: a member signs in by a link first; password and passkeys are hers to add."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class OnlyInvited(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs herself up: accounts are made when a member uses her sign-in link."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: members join by a decision of their workplace, not by a form."""
        return False
