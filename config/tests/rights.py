"""Who may call what: the table of expectations that every route of the API must stand in."""

ANYONE = frozenset({"anyone", "member", "artist", "supervisor", "coordinator", "producer", "clerk", "admin"})
ACCOUNT = ANYONE - {"anyone"}
STUDIO = frozenset({"artist", "supervisor", "coordinator", "producer", "admin"})
DECIDERS = STUDIO - {"artist"}
RUNNERS = frozenset({"coordinator", "producer", "admin"})
ADMIN = frozenset({"admin"})
CLERKS = frozenset({"clerk", "admin"})
SHOP = CLERKS | {"producer"}

EXPECTED = {
    "GET ": ANYONE,
    "GET /api/docs": ANYONE,
    "GET /api/redoc": ANYONE,
    "GET /api/schema": ANYONE,
    "POST /auth/register": ANYONE,
    "POST /auth/login": ANYONE,
    "POST /auth/token": ANYONE,
    "POST /auth/refresh": ANYONE,
    "POST /auth/logout": ANYONE,
    "POST /auth/password": ACCOUNT,
    "GET /me": ACCOUNT,
    "PATCH /me": ACCOUNT,
    "POST /seed": ADMIN,
    "GET /shows": STUDIO,
    "POST /shows": RUNNERS,
    "GET /shows/{pk}": STUDIO,
    "PATCH /shows/{pk}": RUNNERS,
    "DELETE /shows/{pk}": RUNNERS,
    "POST /shows/{show_id}/shots/import": RUNNERS,
    "POST /shows/{show_id}/timeline": RUNNERS,
    "GET /sequences": STUDIO,
    "POST /sequences": RUNNERS,
    "GET /sequences/{pk}": STUDIO,
    "PATCH /sequences/{pk}": RUNNERS,
    "DELETE /sequences/{pk}": RUNNERS,
    "GET /shots": STUDIO,
    "POST /shots": RUNNERS,
    "GET /shots/{pk}": STUDIO,
    # Artists on own shots, supervisors the status only: the services' tests tell.
    "PATCH /shots/{pk}": STUDIO,
    "DELETE /shots/{pk}": RUNNERS,
    "POST /shots/bulk": DECIDERS,
    "GET /shots/{shot_id}/reviews": STUDIO,
    "POST /shots/{shot_id}/reviews": STUDIO,
    "GET /shots/{shot_id}/versions": STUDIO,
    "POST /shots/{shot_id}/versions": STUDIO,
    "GET /shots/{shot_id}/history": STUDIO,
    "GET /versions/{pk}": STUDIO,
    "GET /versions/{pk}/media": STUDIO,
    "GET /versions/{pk}/thumbnail": STUDIO,
    "GET /versions/{pk}/poster": STUDIO,
    "GET /reviews/{pk}": STUDIO,
    "PATCH /reviews/{pk}": STUDIO,
    "DELETE /reviews/{pk}": STUDIO,
    "POST /reviews/{pk}/resolve": STUDIO,
    "POST /reviews/{pk}/reopen": STUDIO,
    # Of their own jobs; more is for who may see, or run, all: the API's tests tell.
    "GET /pipeline": ACCOUNT,
    "POST /pipeline": ACCOUNT,
    "GET /pipeline/definitions": ACCOUNT,
    "GET /pipeline/{job_id}": ACCOUNT,
    "POST /pipeline/{job_id}/cancel": ACCOUNT,
    "POST /pipeline/{job_id}/retry": ACCOUNT,
    "GET /pipeline/{job_id}/log": ACCOUNT,
    # And the permission that the pipeline names.
    "GET /pipeline/{job_id}/files/{name}": ACCOUNT,
    "GET /films": ANYONE,
    "POST /films": CLERKS,
    "GET /films/{pk}": ANYONE,
    "PATCH /films/{pk}": CLERKS,
    "DELETE /films/{pk}": CLERKS,
    "GET /categories": ANYONE,
    "POST /categories": CLERKS,
    "GET /categories/{pk}": ANYONE,
    "PATCH /categories/{pk}": CLERKS,
    "DELETE /categories/{pk}": CLERKS,
    "GET /actors": ANYONE,
    "POST /actors": CLERKS,
    "GET /actors/{pk}": ANYONE,
    "PATCH /actors/{pk}": CLERKS,
    "DELETE /actors/{pk}": CLERKS,
}
