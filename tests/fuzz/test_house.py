"""What comes from the house: HTTP, MQTT, Wyoming. Each gets an answer of ours, and the coach goes on."""

import asyncio
import json
from types import SimpleNamespace

import numpy as np
from hypothesis import strategies as st
from starlette.testclient import TestClient
from wyoming.event import Event

from tests.fuzz.strange import JSON_VALUES, TEXTS, bent, broken, depths, holds
from tests.home.rooms import House, Pages, grammar_of
from tests.speaking.voices import SpellingVoice
from voicecoach.home.control import Control
from voicecoach.home.mqtt.messages import BIRTH, Topics
from voicecoach.home.mqtt.peer import Broker, MqttPeer
from voicecoach.home.page.app import build_app
from voicecoach.home.words import load_words
from voicecoach.home.wyoming import Handler, Listener, Service

HERE, TOKEN = "http://localhost", "sesame"
PATHS = ("/", "/status", "/order/start", "/order/stop", "/order/number", "/pair", "/history.svg", "/report")
HEADERS = ("host", "origin", "accept", "cookie", "content-type", "sec-fetch-site", "content-length")
ASCII = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=20)


@depths
def test_http(examples):
    house = House().begin().steps(1)
    clock = iter(range(10**9))
    app = build_app(Pages(house, token=TOKEN, clock=lambda: next(clock) * 60.0).parts)

    def check(method, path, headers, body, own):
        if own:
            headers = {**headers, "host": "localhost", "origin": HERE}
        answer = client.request(method, path, headers=headers, content=body)
        assert 200 <= answer.status_code < 500 or answer.status_code == 503
        house.steps(1)

    paths = st.one_of(
        st.sampled_from(PATHS),
        st.tuples(st.sampled_from(("/order/", "/drawing/rotation/", "/")), ASCII).map("".join),
    ).map(lambda path: "/" + path.lstrip("/").replace("#", "").replace("?", ""))
    fields = st.dictionaries(
        st.sampled_from(("routine", "score", "token", "x")), TEXTS | st.integers(), max_size=3
    )
    bodies = st.one_of(fields.map(form), st.binary(max_size=2000))
    headers = st.dictionaries(st.sampled_from(HEADERS[:-1]), ASCII, max_size=3)
    methods = st.sampled_from(("GET", "POST", "HEAD", "PUT", "OPTIONS", "NONSENSE"))
    with TestClient(app, base_url=HERE, follow_redirects=False, raise_server_exceptions=False) as client:
        holds(check, examples, methods, paths, headers, bodies, st.booleans())


def form(fields):
    return "&".join(f"{name}={value}" for name, value in fields.items()).encode("utf-8", "replace")


@depths
def test_mqtt(examples):
    control = Control(("morning",))
    peer = MqttPeer(Broker("localhost"), control, load_words("en"), lambda _sentence: None)

    def check(topic, payload, retain):
        peer._on_message(None, None, SimpleNamespace(topic=topic, payload=payload, retain=retain))
        control.take(frozenset({"stop", "start"}), 0)

    topics = st.sampled_from((BIRTH, Topics("voicecoach").order))
    orders = st.sampled_from((b"stop", b"start morning", b"number 6", b"online")).flatmap(broken)
    holds(check, examples, topics, st.one_of(orders, st.binary(max_size=80)), st.booleans())


class Silent:
    """A Recognizer that understands nothing."""

    name = "silent"

    def hear(self, chunk, live):
        assert np.isfinite(chunk.samples).all()
        del live
        return []

    def finish(self):
        return []


SOUND = {"rate": 16_000, "width": 2, "channels": 1}
EVENTS = (
    {"type": "describe", "data": {}},
    {"type": "transcribe", "data": {"name": "x", "language": "en"}},
    {"type": "audio-start", "data": SOUND},
    {"type": "audio-chunk", "data": SOUND},
    {"type": "audio-stop", "data": {"timestamp": 1}},
    {
        "type": "synthesize",
        "data": {"text": "Pause.", "voice": {"name": "coach", "language": "en", "speaker": "x"}},
    },
)


class Sent(list):
    """Keeps what is written, as a stream does."""

    def writelines(self, lines):
        self.extend(lines)

    write = list.append

    async def drain(self):
        pass


@depths
def test_wyoming(examples):
    service = Service(Listener(Silent(), grammar_of("en")), SpellingVoice())

    def check(events, payload):
        asyncio.run(talk(events, payload))

    async def talk(events, payload):
        handler = Handler(service, None, Sent())
        for event in events:
            if not await handler.handle_event(Event(event.get("type"), event.get("data"), payload)):
                return

    strange = st.sampled_from(EVENTS).flatmap(lambda event: bent(event, JSON_VALUES)).map(json_of)
    events = st.lists(st.one_of(st.sampled_from(EVENTS), strange), max_size=5)
    holds(check, examples, events, st.binary(max_size=400))


def json_of(event):
    return json.loads(json.dumps(event))
