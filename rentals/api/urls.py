from django.urls import re_path
from rest_framework.routers import SimpleRouter

from rentals.api import customers, films, rentals, reports, stores

router = SimpleRouter(trailing_slash=False)
router.register("customers", customers.CustomerViewSet, basename="customer")
router.register("cities", stores.CityViewSet, basename="city")
router.register("stores", stores.StoreViewSet, basename="store")
router.register("staff", stores.StaffViewSet, basename="staff")
router.register("inventory", stores.InventoryViewSet, basename="inventory")
router.register("rentals", rentals.RentalViewSet, basename="rental")
router.register("holds", rentals.HoldViewSet, basename="hold")

router.register("reports/overdue", reports.OverdueViewSet, basename="report-overdue")
router.register("reports/revenue", reports.RevenueViewSet, basename="report-revenue")
router.register("reports/customers", reports.BestCustomerViewSet, basename="report-customers")

CUSTOMER = r"customers/(?P<customer_id>[0-9]{1,18})"
router.register(f"{CUSTOMER}/rentals", rentals.CustomerRentalViewSet, basename="customer-rental")
router.register(f"{CUSTOMER}/payments", customers.PaymentViewSet, basename="customer-payment")
router.register(f"{CUSTOMER}/charges", customers.ChargeViewSet, basename="customer-charge")
router.register(f"{CUSTOMER}/subscriptions", customers.SubscriptionViewSet, basename="customer-subscription")

FILM = r"films/(?P<film_id>[0-9]{1,18})"
router.register(f"{FILM}/copies", films.CopyViewSet, basename="film-copy")
router.register(f"{FILM}/holds", films.FilmHoldViewSet, basename="film-hold")

urlpatterns = [re_path(rf"^{FILM}/watch$", films.WatchView.as_view(), name="film-watch"), *router.urls]
