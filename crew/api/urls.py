from rest_framework.routers import SimpleRouter

from crew.api import bookings, calendars, imports, people, planning, productions

router = SimpleRouter(trailing_slash=False)
router.register("crew/roles", people.RoleViewSet, basename="crew-role")
router.register("crew", people.CrewViewSet, basename="crew")
router.register("productions", productions.ProductionViewSet, basename="production")

PERSON = r"crew/(?P<crew_member_id>[0-9]{1,18})"
PRODUCTION = r"productions/(?P<production_id>[0-9]{1,18})"
below = SimpleRouter(trailing_slash=False)
below.register(f"{PERSON}/bookings", bookings.PersonBookingViewSet, basename="crew-booking")
below.register(f"{PERSON}/time-off", bookings.TimeOffViewSet, basename="crew-time-off")
below.register(f"{PRODUCTION}/bookings", bookings.ProductionBookingViewSet, basename="production-booking")

urlpatterns = [*calendars.urlpatterns, *imports.urlpatterns, *planning.urlpatterns, *below.urls, *router.urls]
