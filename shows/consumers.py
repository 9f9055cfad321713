"""The socket of a shot's page: that something on it changed, and who else is looking."""

import orjson

from pipeline.hub import hub_of
from pipeline.services import Actor
from pipeline.sockets import Close, Ended, LiveConsumer
from pipeline.threads import in_thread
from shows.hub import Looker, ShotHub, ShotNews
from shows.models import Shot


class ShotConsumer(LiveConsumer):
    """Tells a `stamp`, which is another after each change; a page that knows an older one asks for what is new."""

    kind = ShotHub
    looker: Looker | None = None

    async def connect(self) -> None:
        self.shot_id = int(self.scope["url_route"]["kwargs"]["shot_id"])
        await super().connect()

    async def begin(self) -> None:
        user = self.user()
        stamp = await in_thread(stamp_for, user, self.shot_id)
        self.demand()
        self.looker = Looker(self.shot_id, str(user.pk), user.display_name)
        hub = hub_of(ShotHub)
        await hub.announce()
        await self.hear_of(ShotNews(stamp, hub.people(self.shot_id)))

    async def hear_of(self, news: ShotNews) -> None:
        user = self.demand()
        if news.stamp is None:
            raise Ended(Close.NOT_FOUND)
        others = sorted(name for pk, name in news.people.items() if pk != str(user.pk))
        told = {"type": "shot", "shot": self.shot_id, "stamp": news.stamp, "people": others}
        await self.say(orjson.dumps(told).decode())

    async def rights_changed(self) -> None:
        self.demand()

    def demand(self) -> Actor:
        """Raises Ended for who may not (any more) see shots."""
        user = self.user()
        if not user.has_perm("shows.view_shot"):
            raise Ended(Close.NOT_ALLOWED)
        return user


def stamp_for(user: Actor, shot_id: int) -> str | None:
    """Also has the user's rights read, which an event loop must not do."""
    return Shot.objects.visible_to(user).filter(pk=shot_id).stamps().get(shot_id)
