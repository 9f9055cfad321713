from pipeline.views.access import page_for

# A page for who may see shots.
studio_page = page_for("shows.view_shot")
