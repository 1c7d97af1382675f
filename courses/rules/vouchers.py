"""Numbers of electronic training vouchers (电子培训券): twelve digits, so that they can be said on the telephone.

The last digit is the check digit of ISO/IEC 7064 MOD 11,10, which finds every single wrong digit and nearly every
pair that changed places. No other number of the register has twelve digits.
"""

LENGTH = 12


def check_digit(body: str) -> str:
    """The check digit of the first eleven digits."""
    product = 10
    for digit in body:
        total = (product + int(digit)) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def number(serial: int) -> str:
    """The number made of a serial below 10^11."""
    body = f"{serial:0{LENGTH - 1}d}"
    return body + check_digit(body)


def parse(text: str) -> str:
    """The number as it is stored, from how people type it: blanks, hyphens and full-width digits do not matter.

    Raises ValueError when it is not twelve digits or its check digit is wrong.
    """
    digits = "".join(str(int(sign)) for sign in text if sign.isdecimal())
    if len(digits) != LENGTH or any(not sign.isdecimal() and sign not in " -－—　\t" for sign in text):
        raise ValueError(text)
    if check_digit(digits[:-1]) != digits[-1]:
        raise ValueError(text)
    return digits


def grouped(text: str) -> str:
    """The number as it is shown and said: in fours."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))
