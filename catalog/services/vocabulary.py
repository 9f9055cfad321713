"""What films are described by."""

from catalog.errors import NameTaken
from catalog.models import Actor, Category, Language
from catalog.services.records import Records

languages = Records(
    Language,
    "Give the films another language first.",
    {"language_name_unique": lambda language: NameTaken("language", language.name)},
)
categories = Records(
    Category,
    "Take the films out of it first.",
    {"category_name_unique": lambda category: NameTaken("category", category.name)},
)
actors = Records(Actor, "Take them out of the films first.")
