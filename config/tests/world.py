"""One row of everything, made by the factories of the apps, so that every route has something to answer about."""

from datetime import UTC, date, datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from catalog.models import Film, MediaState, Tag
from catalog.services.library.covers import cover_name
from catalog.tests.factories import ActorFactory, CategoryFactory, FilmFactory
from catalog.tests.library.factories import (
    CourseItemFactory,
    SourceFactory,
    StateFactory,
    TagFactory,
    TaggedMediaFactory,
)
from config.accounts.models import User
from config.accounts.tests.factories import UserFactory
from crew.models import CrewMember, Production
from crew.tests.factories import BookingFactory, CrewMemberFactory, ProductionFactory, TimeOffFactory
from pipeline.files import file_storage, name_of
from pipeline.tests.factories import JobFactory
from rentals.models import Customer
from rentals.tests.factories import (
    ChargeFactory,
    CustomerFactory,
    HoldFactory,
    InventoryFactory,
    PaymentFactory,
    RentalFactory,
    StaffFactory,
    SubscriptionFactory,
)
from shows.models import Shot
from shows.tests.factories import (
    FilmedVersionFactory,
    ReviewFactory,
    SequenceFactory,
    ShotFactory,
    ShowFactory,
    VersionFactory,
)


def ids_of(user: User | None = None) -> dict[str, Any]:
    """Ids by collection; what can belong to somebody belongs to `user`."""
    person = CrewMemberFactory(user=user)
    booking = BookingFactory(crew_member=person)
    # Somebody who is free.
    CrewMemberFactory()
    shot = ShotFactory()
    # A change from nothing to something stands in the history then.
    shot.assigned_to = person
    shot.save()
    return {
        "roles": person.role_id,
        "crew": person.pk,
        "time-off": TimeOffFactory(crew_member=person).pk,
        "productions": booking.production_id,
        "bookings": booking.pk,
        **films_and_rentals(),
        **library(user or admin()),
        "shows": shot.show_id,
        "sequences": shot.sequence_id,
        "shots": shot.pk,
        "versions": FilmedVersionFactory(shot=shot).pk,
        "reviews": ReviewFactory(shot=shot, created_by=user).pk,
        **job_with_file(user),
    }


def admin() -> User:
    """Whose the things of an account are where nobody is named."""
    return User.objects.filter(is_superuser=True).first() or UserFactory.create(is_superuser=True)


def library(user: User) -> dict[str, Any]:
    """An item with a cover on the user's list, under a tag and in a public menu."""
    cover = "https://image.tmdb.org/t/p/w500/cover.jpg"
    media = SourceFactory(media_item__added_by=user, cover_url=cover).media_item
    storages["media"].save(cover_name(cover), ContentFile(b"RIFF"))
    item = CourseItemFactory(media_item=media, course__menu__user=user, course__menu__is_public=True)
    StateFactory(user=user, media_item=media).finishes.create(finished_at=datetime(2026, 1, 1, tzinfo=UTC))
    return {
        "media": media.pk,
        "states": media.pk,
        "ingest": "google_books",
        "tags": TaggedMediaFactory(media_item=media, tag__user=user).tag_id,
        "menus": item.course.menu_id,
        "slug": item.course.menu.slug,
        "courses": item.course_id,
        "course-items": item.pk,
    }


def films_and_rentals() -> dict[str, Any]:
    """A film with a copy in its store, for which a customer waits who has a copy of another one."""
    category, actor = CategoryFactory(), ActorFactory()
    copy = InventoryFactory(film=FilmFactory(categories=[category], actors=[actor]))
    rental = RentalFactory()
    customer = rental.customer
    ChargeFactory(rental=rental)
    return {
        "films": copy.film_id,
        "categories": category.pk,
        "actors": actor.pk,
        "inventory": copy.pk,
        "stores": copy.store_id,
        "staff": copy.store.manager_staff_id,
        "cities": customer.address.city_id,
        "customers": customer.pk,
        "rentals": rental.pk,
        "payments": PaymentFactory(customer=customer).pk,
        "subscriptions": SubscriptionFactory(customer=customer).pk,
        "holds": HoldFactory(film=copy.film, customer=customer).pk,
    }


def job_with_file(user: User | None) -> dict[str, Any]:
    job, name = JobFactory(created_by=user), "numbers.csv"
    file_storage().save(name_of(job.job_id, name), ContentFile(b"1,2,3"))  # type: ignore[attr-defined]
    return {"pipeline": job.job_id, "files": name}


def many_rows(ids: dict[str, Any], number: int) -> None:
    """`number` more rows in each list, those of a parent below the rows of `ids`."""
    shot = Shot.objects.get(pk=ids["shots"])
    for _ in range(number):
        TimeOffFactory(crew_member=CrewMember.objects.get(pk=ids["crew"]))
        BookingFactory(production=Production.objects.get(pk=ids["productions"]))
        ProductionFactory()
    more_films_and_rentals(ids, number)
    more_library(ids, number)
    for count in range(number):
        ShowFactory()
        JobFactory()
        sequence = SequenceFactory(show=shot.show)
        assigned = ShotFactory(sequence=sequence, assigned_to=CrewMemberFactory())
        VersionFactory(shot=shot, number=count + 2)
        ReviewFactory(shot=shot, version=shot.versions.first())
        Shot.objects.filter(pk=shot.pk).update(description=f"Changed to {assigned.code}")


def more_films_and_rentals(ids: dict[str, Any], number: int) -> None:
    film, customer = Film.objects.get(pk=ids["films"]), Customer.objects.get(pk=ids["customers"])
    for count in range(number):
        FilmFactory(categories=[CategoryFactory(), CategoryFactory()], actors=[ActorFactory()])
        copy = InventoryFactory(film=film, store=customer.store)
        begun = datetime(2020, 1 + count % 12, 1, tzinfo=UTC)
        ChargeFactory(rental=RentalFactory(inventory=copy, customer=customer, rental_date=begun))
        PaymentFactory(customer=customer, payment_date=begun)
        SubscriptionFactory(customer=customer, start_date=date(2001 + count, 1, 1), end_date=date(2001 + count, 12, 31))
        waiting = CustomerFactory(store=customer.store)
        HoldFactory(film=film, customer=waiting)
        PaymentFactory(customer=waiting)
        StaffFactory()


def more_library(ids: dict[str, Any], number: int) -> None:
    tag = Tag.objects.get(pk=ids["tags"])
    state = MediaState.objects.get(user=tag.user, media_item=ids["media"])
    for count in range(number):
        media = SourceFactory().media_item
        StateFactory(user=tag.user, media_item=media)
        TaggedMediaFactory(tag=tag, media_item=media)
        TagFactory(user=tag.user)
        state.finishes.create(finished_at=datetime(2020, 1, 1 + count, tzinfo=UTC))
        CourseItemFactory(course__menu__user=tag.user)
