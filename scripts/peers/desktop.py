"""The notifications of a desktop as freedesktop.org specifies them (1.2): writes a JSON line for each one that it is
asked to show, and clicks one when its method Click is called, which no desktop has."""

import json
import sys

from jeepney import DBusAddress, HeaderFields, MessageType, new_error, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

NAME = "org.freedesktop.Notifications"
DESKTOP = DBusAddress("/org/freedesktop/Notifications", NAME, NAME)
# Why a notification was closed.
DISMISSED, ASKED_TO = 2, 3

latest = 0


def answer(member, body, sender):
    """Signature and body of the reply, and the signals that follow it."""
    global latest
    if member == "GetServerInformation":
        return "ssss", ("recorder", "Spoor", "1", "1.2"), []
    if member == "GetCapabilities":
        # As GNOME and KDE have them: text in a body that looks like markup would be taken for it.
        return "as", (["actions", "body", "body-markup"],), []
    if member == "Notify":
        _app, replaced, _icon, title, text, actions, _hints, _timeout = body
        shown = replaced or latest + 1
        latest = max(latest, shown)
        line = {"shown": shown, "by": sender, "title": title, "body": text, "actions": actions[::2]}
        print(json.dumps(line), file=record, flush=True)
        return "u", (shown,), []
    if member == "CloseNotification":
        return None, (), [("NotificationClosed", "uu", (body[0], ASKED_TO))]
    if member == "Click":
        closed = ("NotificationClosed", "uu", (body[0], DISMISSED))
        return None, (), [("ActionInvoked", "us", (body[0], "default")), closed]
    return None


bus = open_dbus_connection("SESSION")
bus.send_and_get_reply(message_bus.RequestName(NAME))
record = open(sys.argv[1], "w", encoding="utf-8")
while True:
    message = bus.receive()
    if message.header.message_type is not MessageType.method_call:
        continue
    fields = message.header.fields
    answered = answer(fields[HeaderFields.member], message.body, fields[HeaderFields.sender])
    if answered is None:
        bus.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))
        continue
    signature, reply, signals = answered
    bus.send(new_method_return(message, signature, reply))
    for signal in signals:
        bus.send(new_signal(DESKTOP, *signal))
