"""The tools, and how a language model is told of them: generate, edit, series, list_models, get_picture."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from functools import wraps
from typing import Annotated, ParamSpec, TypeAlias

from mcp.server import MCPServer
from mcp.server.mcpserver import Context
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field

from limner import __version__
from limner.cli.failures import RemoteError
from limner.cli.generate import DEFAULT_MODEL
from limner.cli.outcomes import Missed, Step, Wanted
from limner.errors import RequestError, RouteNotFound
from limner.mcp.backend import Accepted, Backend, Delivered, News, PictureId, Waiting
from limner.mcp.cards import ModelFacts
from limner.mcp.references import Sources, find
from limner.mcp.results import error_result, pictures_result
from limner.prompts import asked_count

P = ParamSpec("P")
MAX_SERIES = 15
LEAST_PROGRESS = 0.001
"""What is added where nothing has moved but the news, for progress has to grow."""
FINISHED_AT = 0.95
"""How far a picture is that the engine is done with; it still has to be encoded and stored."""
INSTRUCTIONS = (
    "Makes and changes pictures. Answers show each picture scaled down, with an id and a link to the whole "
    "picture: give the user the link, and give edit the id. The same prompt, size and seed draw it again."
)

Prompt = Annotated[
    str, Field(description="What to draw: subject, setting, style, light. English or Chinese.")
]
Model = Annotated[str | None, Field(description="A name from list_models; leave it out for the usual one.")]
SizeText = Annotated[
    str | None, Field(description="A preset such as 2K (its ratio follows the prompt), or WIDTHxHEIGHT.")
]
Seed = Annotated[int | None, Field(ge=0, le=2147483647, description="The same seed draws the same again.")]
Mark = Annotated[bool | None, Field(description="The visible mark; leave it out for the server's default.")]
Names = Annotated[
    tuple[str, ...],
    Field(description="Each a past picture's id, a URL, a data URI, or a file path if allowed."),
]
Answer: TypeAlias = CallToolResult


class ModelList(BaseModel):
    """What list_models answers, for programs."""

    models: list[ModelFacts]


def told(
    tool: Callable[P, Awaitable[CallToolResult]],
) -> Callable[P, Awaitable[CallToolResult]]:
    """The tool, whose errors are answers that say what to change."""

    @wraps(tool)
    async def run(*args: P.args, **kwargs: P.kwargs) -> CallToolResult:
        try:
            return await tool(*args, **kwargs)
        except (RequestError, RemoteError) as error:
            return error_result(error)

    return run


class Tools:
    """The tools over one backend."""

    def __init__(self, backend: Backend, sources: Sources) -> None:
        self._backend = backend
        self._sources = sources

    @told
    async def generate(
        self,
        context: Context,
        prompt: Prompt,
        model: Model = None,
        size: SizeText = None,
        seed: Seed = None,
        references: Names = (),
        watermark: Mark = None,
    ) -> Answer:
        images = await self._sources.images(references)
        wanted = Wanted(prompt, model or DEFAULT_MODEL, size, seed, images, watermark=watermark)
        return await self._make(context, wanted)

    @told
    async def edit(
        self,
        context: Context,
        instruction: Annotated[
            str, Field(description="What to change. The pictures are image 1, image 2 (图1, 图2).")
        ],
        pictures: Annotated[Names, Field(min_length=1)],
        model: Model = None,
        size: SizeText = None,
        seed: Seed = None,
        watermark: Mark = None,
    ) -> Answer:
        images = await self._sources.images(pictures)
        name = model or DEFAULT_MODEL
        size = size or await self._size_like_the_picture(name)
        return await self._make(context, Wanted(instruction, name, size, seed, images, watermark=watermark))

    @told
    async def series(
        self,
        context: Context,
        prompt: Annotated[
            Prompt, Field(description="What the pictures have in common, and what each one shows.")
        ],
        count: Annotated[int, Field(ge=1, le=MAX_SERIES, description="How many pictures.")],
        model: Model = None,
        size: SizeText = None,
        seed: Seed = None,
        references: Names = (),
        watermark: Mark = None,
    ) -> Answer:
        images = await self._sources.images(references)
        # The API takes count for a limit; how many there are is said in the prompt.
        text = prompt if asked_count(prompt) is not None else f"{prompt} ({count} pictures)"
        wanted = Wanted(text, model or DEFAULT_MODEL, size, seed, images, count, watermark)
        return await self._make(context, wanted)

    @told
    async def list_models(self) -> Annotated[CallToolResult, ModelList]:
        models = await self._backend.models()
        text = "\n".join(f"{facts.name}: {facts.in_words}" for facts in models)
        listed = ModelList(models=list(models)).model_dump(mode="json")
        return CallToolResult(content=[TextContent(text=text)], structured_content=listed)

    @told
    async def get_picture(
        self,
        id: Annotated[str, Field(description="Its id; without what follows the /, all of its series.")],
    ) -> Answer:
        picture_id = PictureId.parse(id)
        if picture_id is None:
            raise RouteNotFound(f"{id[:100]!r} is no picture's id.")
        return await pictures_result(self._backend, await find(self._backend, picture_id), ())

    async def _size_like_the_picture(self, name: str) -> str | None:
        """A preset, whose ratio follows the first picture; the default size would be square."""
        for facts in await self._backend.models():
            if facts.name == name and facts.presets:
                return next(iter(facts.presets))
        return None

    async def _make(self, context: Context, wanted: Wanted) -> CallToolResult:
        job_id, missed = "", list[Missed]()
        progress = Progress(context, wanted.series or 1)
        async with aclosing(self._backend.make(wanted)) as told_news:
            async for news in told_news:
                await progress.tell(news)
                if isinstance(news, Accepted):
                    job_id = news.job_id
                elif isinstance(news, Missed):
                    missed.append(news)
        kept = await self._backend.find(job_id)
        return await pictures_result(self._backend, kept, missed)


class Progress:
    """Tells the client how far its call is, in pictures."""

    def __init__(self, context: Context, pictures: int) -> None:
        self._context = context
        self._pictures = pictures
        self._parts: dict[int, float] = {}
        self._told = 0.0

    async def tell(self, news: News) -> None:
        match news:
            case Waiting(ahead):
                await self._say(f"waiting: {ahead} come first" if ahead else "accepted")
            case Step(index, fraction):
                self._parts[index] = fraction * FINISHED_AT
                await self._say(f"picture {index + 1}: {fraction:.0%}")
            case Delivered(index):
                self._parts[index] = 1.0
                await self._say(f"picture {index + 1} is there")
            case Missed(index=index, code=code):
                self._parts[index] = 1.0
                await self._say(f"picture {index + 1}: {code}")

    async def _say(self, message: str) -> None:
        self._told = max(sum(self._parts.values()), self._told + LEAST_PROGRESS)
        await self._context.report_progress(self._told, max(self._pictures, self._told), message)


def make_mcp(backend: Backend, sources: Sources, models: Sequence[ModelFacts]) -> MCPServer:
    """An MCP server of these tools. models: what descriptions tell of limits."""
    server = MCPServer(
        "limner",
        title="Limner",
        instructions=INSTRUCTIONS,
        version=__version__,
        log_level="WARNING",
        warn_on_duplicate_tools=False,
    )
    tools = Tools(backend, sources)
    makes = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=True)
    looks = ToolAnnotations(read_only_hint=True, open_world_hint=False)
    for tool, title, hints in (
        (tools.generate, "Make a picture", makes),
        (tools.edit, "Change or combine pictures", makes),
        (tools.series, "Make a series of related pictures", makes),
        (tools.list_models, "List the models", looks),
        (tools.get_picture, "Show a past picture", looks),
    ):
        description = describe(tool.__name__, models)
        server.add_tool(tool, title=title, description=description, annotations=hints)
    return server


def describe(tool: str, models: Sequence[ModelFacts]) -> str:
    """What a model is told of a tool, with the usual model's limits."""
    usual = next((facts for facts in models if facts.name == DEFAULT_MODEL), models[0])
    limits = {
        "sizes": f"{usual.sizes_in_words}; {usual.default_size} if left out",
        "references": str(usual.max_references),
        "series": str(usual.max_series),
        "usual": usual.name,
    }
    return DESCRIPTIONS[tool].format_map(limits)


DESCRIPTIONS = {
    "generate": (
        "Make one picture from a description, with up to {references} pictures to follow. "
        "Sizes of the usual model, {usual}: {sizes}."
    ),
    "edit": (
        "Change a picture by an instruction such as 'make it winter', or combine up to {references}. "
        "The size follows the first picture unless given."
    ),
    "series": (
        "Make several related pictures at once: steps, seasons, views, a story. Pictures and references "
        "together are at most {series}."
    ),
    "list_models": "List the models with their sizes and limits. Needed for another model only.",
    "get_picture": "Show a past picture again, with a fresh link. Links expire, ids do not.",
}
