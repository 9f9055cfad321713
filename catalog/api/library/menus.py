"""Menus of one's own, and what everybody may read of them."""

from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.api.library import menu_serializers as serializers
from catalog.api.library.filters import MenuFilter
from catalog.models import Course, CourseItem, Menu
from catalog.services.library import courses, menus
from pipeline.api.viewsets import RowsViewSet

ID = "[0-9]{1,18}"


class MenuViewSet(RowsViewSet):
    queryset = Menu.objects.all()
    filterset_class = MenuFilter
    ordering_fields: ClassVar = {name: name for name in ("title", "created_at", "updated_at")}
    permissions: ClassVar = dict.fromkeys(
        ("list", "retrieve", "create", "partial_update", "destroy", "reorder_courses"), "account"
    )

    def get_serializer_class(self) -> Any:
        if self.action == "reorder_courses":
            return serializers.CourseOrder
        return serializers.MenuSerializer if self.action == "list" else serializers.MenuDetail

    def row(self, pk: Any) -> dict[str, Any]:
        return self.found(self.visible().filter(pk=pk).as_details())

    def list(self, request: Request) -> Response:
        """List your menus, what changed last first."""
        return self.get_paginated_response(self.list_rows())

    @extend_schema(responses={201: serializers.MenuDetail})
    def create(self, request: Request) -> Response:
        """Make a menu; its slug is made of its title and never changes again."""
        menu = menus.create_menu(by=self.caller, **self.valid())
        return self.created(self.row(menu.pk), "menu-detail")

    def retrieve(self, request: Request, pk: str) -> Response:
        """A menu of yours with its courses and items, in order."""
        return Response(self.row(pk))

    def partial_update(self, request: Request, pk: str) -> Response:
        """Change a menu, publish it, or take it back."""
        menus.change_menu(int(pk), by=self.caller, expected_version=self.expected_version, **self.valid())
        return Response(self.row(pk))

    def destroy(self, request: Request, pk: str) -> Response:
        """Delete a menu with its courses."""
        menus.delete_menu(int(pk), by=self.caller)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses=serializers.MenuDetail)
    @action(methods=["post"], detail=True, url_path="reorder-courses")
    def reorder_courses(self, request: Request, pk: str) -> Response:
        """Put all courses of a menu into another order."""
        self.row(pk)
        courses.reorder_courses(int(pk), by=self.caller, **self.valid())
        return Response(self.row(pk))


class OfMenuViewSet(RowsViewSet):
    """What is in a menu of the caller's."""

    @property
    def menu_id(self) -> int:
        return int(self.kwargs["menu_id"])

    def require_menu(self) -> None:
        """404 for a menu that is not the caller's."""
        self.found(Menu.objects.visible_to(self.caller).filter(pk=self.menu_id).values("pk"))


class CourseViewSet(OfMenuViewSet):
    queryset = Course.objects.all()
    permissions: ClassVar = dict.fromkeys(
        ("retrieve", "create", "partial_update", "destroy", "items", "reorder_items"), "account"
    )

    def get_serializer_class(self) -> Any:
        by_action = {"items": serializers.CourseItemSerializer, "reorder_items": serializers.ItemOrder}
        return by_action.get(self.action, serializers.CourseSerializer)

    def visible(self) -> Any:
        return super().visible().filter(menu=self.menu_id)

    @extend_schema(responses={201: serializers.CourseSerializer})
    def create(self, request: Request, menu_id: str) -> Response:
        """Add a course to a menu, at a place or at the end."""
        self.require_menu()
        course = courses.add_course(self.menu_id, by=self.caller, **self.valid())
        return self.created(self.row(course.pk), "course-detail", menu_id)

    def retrieve(self, request: Request, menu_id: str, pk: str) -> Response:
        """A course with its items."""
        return Response(self.row(pk))

    def partial_update(self, request: Request, menu_id: str, pk: str) -> Response:
        """Change a course, or move it."""
        self.row(pk)
        courses.change_course(self.menu_id, int(pk), by=self.caller, **self.valid())
        return Response(self.row(pk))

    def destroy(self, request: Request, menu_id: str, pk: str) -> Response:
        """Delete a course with its items."""
        courses.delete_course(self.menu_id, int(pk), by=self.caller)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={200: serializers.CourseItemSerializer, 201: serializers.CourseItemSerializer})
    @action(methods=["post"], detail=True)
    def items(self, request: Request, menu_id: str, pk: str) -> Response:
        """Put an item into a course, at a place or at the end: 201, or 200 where it was there."""
        self.row(pk)
        item, is_new = courses.add_item(self.menu_id, int(pk), by=self.caller, **self.valid())
        row = self.found(CourseItem.objects.visible_to(self.caller).filter(pk=item.pk).as_rows())
        return self.created(row, "course-item-detail", menu_id) if is_new else Response(row)

    @extend_schema(responses=serializers.CourseSerializer)
    @action(methods=["post"], detail=True, url_path="reorder-items")
    def reorder_items(self, request: Request, menu_id: str, pk: str) -> Response:
        """Put all items of a course into another order."""
        self.row(pk)
        courses.reorder_items(self.menu_id, int(pk), by=self.caller, **self.valid())
        return Response(self.row(pk))


class CourseItemViewSet(OfMenuViewSet):
    queryset = CourseItem.objects.all()
    permissions: ClassVar = dict.fromkeys(("retrieve", "partial_update", "destroy"), "account")

    def get_serializer_class(self) -> Any:
        change = self.action == "partial_update"
        return serializers.CourseItemChange if change else serializers.CourseItemSerializer

    def visible(self) -> Any:
        return super().visible().filter(course__menu=self.menu_id)

    def retrieve(self, request: Request, menu_id: str, pk: str) -> Response:
        """An item of a course."""
        return Response(self.row(pk))

    @extend_schema(responses=serializers.CourseItemSerializer)
    def partial_update(self, request: Request, menu_id: str, pk: str) -> Response:
        """Change the notes of an item, move it, or give it to another course of the menu."""
        self.row(pk)
        courses.change_item(self.menu_id, int(pk), by=self.caller, **self.valid())
        return Response(self.row(pk))

    def destroy(self, request: Request, menu_id: str, pk: str) -> Response:
        """Take an item out of its course."""
        courses.delete_item(self.menu_id, int(pk), by=self.caller)
        return Response(status=status.HTTP_204_NO_CONTENT)


class PublicMenuView(GenericAPIView[Any]):
    queryset = Menu.objects.all()
    serializer_class = serializers.PublicMenu
    permissions: ClassVar = {"get": "anyone"}

    def get(self, request: Request, slug: str) -> Response:
        """A public menu, for everybody; a private one is as missing as one that never was."""
        menu = Menu.objects.public().filter(slug=slug).as_public().first()
        if menu is None:
            raise Http404
        return Response(menu)
