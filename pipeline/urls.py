from django.urls import path

from pipeline.views import board, job, plots

urlpatterns = [
    path("pipeline/", board.job_board, name="job-board"),
    path("pipeline/plots/", plots.job_plots, name="job-plots"),
    path("pipeline/many/", board.act_on_many, name="act-on-jobs"),
    path("pipeline/start/<slug:name>/", board.start_job, name="start-job"),
    path("pipeline/<uuid:job_id>/", job.job_page, name="job"),
    path("pipeline/<uuid:job_id>/lines/", job.job_lines, name="job-lines"),
    path("pipeline/<uuid:job_id>/cancel/", job.act_on_job, {"act": "cancel"}, name="cancel-job"),
    path("pipeline/<uuid:job_id>/retry/", job.act_on_job, {"act": "retry"}, name="retry-job"),
]
