from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route


async def ok(request):
    return PlainTextResponse("ok\n")


app = Starlette(routes=[Route(path, ok) for path in ("/", "/livez", "/readyz")])
