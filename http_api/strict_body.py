"""Reading a JSON body strictly: bounded, without doubled keys, and validated as JSON.

FastAPI would parse with the standard library, which takes NaN and doubled keys, and then validate Python objects,
which makes strict models refuse UUIDs. Here the bytes go to Pydantic as they came.
"""

from collections.abc import Callable, Coroutine
from typing import Any, ClassVar, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from http_api.errors import ApiError, does_not_fit, invalid
from tracker.strict_json import NotJson, check_json

BODY_LIMIT_BYTES: Final = 64 * 1024


class FromJson:
    """Marks a body that is validated from its JSON text: `Annotated[SignUp, FromJson()]`."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Parse, then validate in Pydantic's JSON mode."""
        return core_schema.json_schema(handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.JsonSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """In OpenAPI the body is the model itself, not a string that holds it."""
        return handler(schema["schema"])


def _require_json(content_type: str) -> None:
    # A form of another site can send any text, but not say that it is JSON.
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise NotJson("The body must be JSON and say so: Content-Type: application/json.")


def _too_large() -> ApiError:
    return ApiError(422, "too_large", f"A body may have up to {BODY_LIMIT_BYTES} bytes.")


class _StrictRequest(Request):
    """A request whose body is bounded, and whose `json` is the checked text for `FromJson` to parse."""

    def __init__(self, request: Request, invalid_status: int) -> None:
        super().__init__(request.scope, request.receive)
        self._invalid_status = invalid_status
        self._read: bytes | None = None

    async def body(self) -> bytes:
        if self._read is None:
            self._read = await self._read_bounded()
            try:
                _require_json(self.headers.get("content-type", ""))
                check_json(self._read)
            except NotJson as error:
                raise invalid(str(error), self._invalid_status) from None
        return self._read

    async def _read_bounded(self) -> bytes:
        announced = self.headers.get("content-length", "0")
        if not announced.isdecimal() or int(announced) > BODY_LIMIT_BYTES:
            raise _too_large()
        chunks: list[bytes] = []
        size = 0
        async for chunk in self.stream():
            size += len(chunk)
            if size > BODY_LIMIT_BYTES:
                raise _too_large()
            chunks.append(chunk)
        return b"".join(chunks)

    async def json(self) -> bytes:
        return await self.body()


class StrictRoute(APIRoute):
    """A route whose body is read strictly. A call that does not fit is answered with `INVALID_STATUS`."""

    INVALID_STATUS: ClassVar[int] = 422

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """FastAPI's handler, over a request that reads its body our way."""
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Response:
            try:
                return await handle(_StrictRequest(request, self.INVALID_STATUS))
            except RequestValidationError as error:
                raise does_not_fit(error.errors(), self.INVALID_STATUS) from None

        return handle_strictly
