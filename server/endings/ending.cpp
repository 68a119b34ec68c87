// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/endings/ending.h"

#include "protocol/jsonobjecttext.h"
#include "server/capture/redaction.h"
#include "server/endings/endinghint.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <array>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array sideNames{"client", "server", "network", "operator"};
constexpr std::array stageNames{"head", "http", "handshake", "open", "closing"};

template <typename Names>
int indexOf(const Names &names, const QString &name)
{
    for (size_t i = 0; i < names.size(); ++i) {
        if (name == QLatin1StringView(names[i]))
            return int(i);
    }
    return 0;
}

QByteArray framesToJson(const QList<LastFrame> &frames)
{
    QByteArray array = "[";
    for (const LastFrame &frame : frames) {
        JsonObjectText object;
        object.text("direction", frame.direction == Direction::In ? QByteArrayView("in") : "out")
            .number("opcode", frame.opcode)
            .flag("broken", frame.broken)
            .number("size", qint64(frame.size))
            .number("beforeEndMs", frame.beforeEndMs);
        array += (array.size() > 1 ? "," : "") + object.take();
    }
    return array + ']';
}

QList<LastFrame> framesFromJson(const QJsonArray &array)
{
    QList<LastFrame> frames;
    for (const QJsonValue value : array) {
        if (frames.size() == lastFramesKept)
            break;
        frames.append({value["direction"_L1] == "out"_L1 ? Direction::Out : Direction::In,
                       quint8(value["opcode"_L1].toInt() & 0xF), value["broken"_L1].toBool(),
                       quint64(value["size"_L1].toInteger()), value["beforeEndMs"_L1].toInteger()});
    }
    return frames;
}

} // namespace

void hideSecrets(Ending &ending, const Redactor &redactor)
{
    for (QByteArray *text : {&ending.reasonReceived, &ending.reasonSent, &ending.detail}) {
        if (!text->isEmpty())
            *text = redactor.text(*text);
    }
}

quint16 Ending::code() const
{
    if (httpStatus != 0)
        return 0;
    if (codeReceived == 0 && codeSent == 0)
        return quint16(CloseCode::Abnormal);
    const bool byServer = side == EndingSide::Server || side == EndingSide::Operator;
    return codeReceived == 0 || (byServer && codeSent != 0) ? codeSent : codeReceived;
}

bool isFault(EndingCause cause) { return (endingText(cause).kinds & EndingText::Fault) != 0; }

bool isRefusal(EndingCause cause) { return (endingText(cause).kinds & EndingText::Refusal) != 0; }

bool isLimit(EndingCause cause) { return (endingText(cause).kinds & EndingText::Limit) != 0; }

EndingCause endingCauseOf(QByteArrayView name)
{
    for (int i = 0; i < endingCauseCount; ++i) {
        if (name == QByteArrayView(endingText(EndingCause(i)).name))
            return EndingCause(i);
    }
    return EndingCause::Unknown;
}

void addEnding(JsonObjectText &object, const Ending &ending)
{
    object.text("cause", QByteArrayView(endingText(ending.cause).name))
        .text("side", QByteArrayView(sideNames[size_t(ending.side)]))
        .text("stage", QByteArrayView(stageNames[size_t(ending.stage)]))
        .number("code", ending.code())
        .number("codeReceived", ending.codeReceived)
        .number("codeSent", ending.codeSent)
        .number("httpStatus", ending.httpStatus)
        .flag("cleanly", ending.cleanly)
        .text("reasonReceived", ending.reasonReceived)
        .text("reasonSent", ending.reasonSent)
        .text("detail", ending.detail)
        .number("lifetimeMs", ending.lifetimeMs)
        .number("silenceMs", ending.silenceMs)
        .number("queuedBytes", ending.queuedBytes)
        .number("rttMs", ending.rttMs)
        .number("bytesIn", qint64(ending.bytesIn))
        .number("bytesOut", qint64(ending.bytesOut))
        .json("lastFrames", framesToJson(ending.lastFrames))
        .number("lastRow", qint64(ending.lastRow));
    if (const QByteArray hint = endingHint(ending); !hint.isEmpty())
        object.text("hint", hint);
}

QByteArray endingToJson(const Ending &ending)
{
    JsonObjectText object;
    addEnding(object, ending);
    return object.take();
}

QJsonObject endingObject(const Ending &ending) { return QJsonDocument::fromJson(endingToJson(ending)).object(); }

Ending endingFromJson(QByteArrayView json)
{
    return endingFromObject(QJsonDocument::fromJson(json.toByteArray()).object());
}

Ending endingFromObject(const QJsonObject &object)
{
    Ending ending;
    ending.cause = endingCauseOf(object.value("cause"_L1).toString().toUtf8());
    ending.side = EndingSide(indexOf(sideNames, object.value("side"_L1).toString()));
    ending.stage = EndingStage(indexOf(stageNames, object.value("stage"_L1).toString()));
    ending.codeReceived = quint16(object.value("codeReceived"_L1).toInt());
    ending.codeSent = quint16(object.value("codeSent"_L1).toInt());
    ending.httpStatus = object.value("httpStatus"_L1).toInt();
    ending.cleanly = object.value("cleanly"_L1).toBool();
    ending.reasonReceived = object.value("reasonReceived"_L1).toString().toUtf8();
    ending.reasonSent = object.value("reasonSent"_L1).toString().toUtf8();
    ending.detail = object.value("detail"_L1).toString().toUtf8();
    ending.lifetimeMs = object.value("lifetimeMs"_L1).toInteger();
    ending.silenceMs = object.value("silenceMs"_L1).toInteger();
    ending.queuedBytes = object.value("queuedBytes"_L1).toInteger();
    ending.rttMs = object.value("rttMs"_L1).toInt(-1);
    ending.bytesIn = quint64(object.value("bytesIn"_L1).toInteger());
    ending.bytesOut = quint64(object.value("bytesOut"_L1).toInteger());
    ending.lastFrames = framesFromJson(object.value("lastFrames"_L1).toArray());
    ending.lastRow = quint64(object.value("lastRow"_L1).toInteger());
    return ending;
}

} // namespace glasshouse
