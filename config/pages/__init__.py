"""The pages that belong to no app: what was refused, my work, the profile; and the frame around every page."""

from config.pages.refused import bad_request, page_not_found, permission_denied, refuse_csrf, server_error

__all__ = ["bad_request", "page_not_found", "permission_denied", "refuse_csrf", "server_error"]
