from django.urls import path

from rentals.views import customers, reports
from rentals.views.desk import page

urlpatterns = [
    path("rentals/desk/", page.desk_page, name="desk"),
    path("customers/", customers.customer_list, name="customer-index"),
    path("customers/<int:customer_id>/", customers.customer_page, name="customer-page"),
    path("customers/<int:customer_id>/money/", customers.settle, name="customer-money"),
    path("customers/<int:customer_id>/plans/", customers.add_plan, name="customer-plan"),
    path("customers/<int:customer_id>/holds/<int:hold_id>/end/", customers.end_hold, name="end-hold"),
    path("customers/<int:customer_id>/rentals/<int:rental_id>/", customers.end_rental, name="end-rental"),
    path("reports/", reports.report_page, name="reports"),
]
