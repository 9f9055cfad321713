from django.urls import path

from crew.views import load, people, person, plans, productions, schedule

urlpatterns = [
    path("crew/", people.crew_list, name="crew-index"),
    path("crew/new/", people.hire, name="hire"),
    path("crew/schedule/", schedule.schedule_page, name="crew-schedule"),
    path("crew/schedule/load/", load.schedule_load, name="crew-load"),
    path("crew/<int:member_id>/", person.person_page, name="crew-page"),
    path("crew/<int:member_id>/edit/", people.edit_member, name="edit-crew"),
    path("crew/<int:member_id>/end/", people.end_contract, name="end-contract"),
    path("crew/<int:member_id>/calendar/", person.make_calendar, name="calendar"),
    path("crew/<int:member_id>/time-off/", person.add_time_off, name="time-off"),
    path("crew/<int:member_id>/time-off/<int:booking_id>/end/", person.end_time_off, name="end-time-off"),
    path("productions/", productions.production_list, name="production-index"),
    path("productions/new/", plans.new_production, name="new-production"),
    path("productions/<int:production_id>/", productions.production_page, name="production-page"),
    path("productions/<int:production_id>/edit/", plans.edit_production, name="edit-production"),
    path("productions/<int:production_id>/move/", plans.move_production, name="move-production"),
    path("productions/<int:production_id>/book/", productions.book, name="book"),
    path("productions/<int:production_id>/release/<int:booking_id>/", productions.release, name="release-booking"),
    path("productions/<int:production_id>/cancel/", productions.cancel, name="cancel-production"),
]
