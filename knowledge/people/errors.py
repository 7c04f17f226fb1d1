"""What can go wrong with people.

KnowledgeError
├── NameRejected        a person's name that is taken, empty, or cannot be one
├── PasswordRejected    a password that is too short or too easily guessed
├── NoSuchPerson        nobody of that name or id
└── ErasureUnfinished   somebody is erased, but what is left in the file is not overwritten yet
"""

from typing import ClassVar

from knowledge.errors import KnowledgeError


class NameRejected(KnowledgeError):
    """The name is taken, empty, too long, or holds signs that no name has."""

    code: ClassVar[str] = "name_rejected"


class PasswordRejected(KnowledgeError):
    """The password is too short, too long, or what anybody would try first."""

    code: ClassVar[str] = "password_rejected"


class NoSuchPerson(KnowledgeError):
    """There is nobody of that name or id."""

    code: ClassVar[str] = "no_such_person"


class ErasureUnfinished(KnowledgeError):
    """Somebody is erased, but the file of the library could not be overwritten yet."""

    code: ClassVar[str] = "erasure_unfinished"
    retryable: ClassVar[bool] = True
