"""Whether what someone typed is the holder's name, for looking a certificate up by number and name."""

from registry.rules.masking import spoken_mask_name
from registry.rules.names import DOTS, fold, same_name


def is_holder(typed: str, name: str) -> bool:
    """Whether the text is the full name or the surname; of a name in parts, its first part counts too.

    张三 answers to 张三 and 张; 欧阳修文 to 欧阳; 古丽娜·买买提 to 古丽娜. Never to an empty text.
    """
    if not fold(typed):
        return False
    first_part = next((part for part in _parts(name) if part), name)
    # The part of a name that its mask shows is the surname.
    surname = spoken_mask_name(name).removesuffix("某")
    answers = [name, surname] if first_part == name else [name, first_part]
    return any(answer and same_name(typed, answer) for answer in answers)


def _parts(name: str) -> list[str]:
    for dot in DOTS:
        name = name.replace(dot, "\n")
    return name.split("\n")
