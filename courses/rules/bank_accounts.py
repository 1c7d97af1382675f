"""Bank accounts (银行账号) to which a person is paid."""

import unicodedata

LENGTHS = range(8, 33)
"""Cards have 16 to 19 digits; passbooks and co-operatives have shorter and longer numbers."""


def clean(text: str) -> str:
    """The digits, without blanks, dashes and full-width forms."""
    folded = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in folded if not sign.isspace() and sign not in "-－")


def problem(account: str) -> str:
    """Why this is no account number, as a problem code; "" when it is one, or when there is none."""
    if not account:
        return ""
    return (
        "" if account.isascii() and account.isdigit() and len(account) in LENGTHS else "bank_account_digits"
    )


def masked(account: str) -> str:
    """The last four digits, as a bank prints them."""
    return f"****{account[-4:]}" if account else ""
