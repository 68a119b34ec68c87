// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/endings/ending.h"

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

QJsonArray framesToJson(const QList<LastFrame> &frames)
{
    QJsonArray array;
    for (const LastFrame &frame : frames) {
        array.append(QJsonObject{{u"direction"_s, frame.direction == Direction::In ? u"in"_s : u"out"_s},
                                 {u"opcode"_s, frame.opcode},
                                 {u"broken"_s, frame.broken},
                                 {u"size"_s, qint64(frame.size)},
                                 {u"beforeEndMs"_s, frame.beforeEndMs}});
    }
    return array;
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

bool isFault(EndingCause cause)
{
    switch (cause) {
    case EndingCause::HttpServed:
    case EndingCause::AnswerAbandoned:
    case EndingCause::NoData:
    case EndingCause::PlainRedirected:
    case EndingCause::TokenRanOut:
    case EndingCause::LeftRoom:
    case EndingCause::RoomClosed:
    case EndingCause::ClientClosed:
    case EndingCause::Kicked:
    case EndingCause::Replaced:
    case EndingCause::ServerShutdown:
    case EndingCause::ServerClosing:
        return false;
    default:
        return true;
    }
}

bool isLimit(EndingCause cause)
{
    switch (cause) {
    case EndingCause::HeadTimeout:
    case EndingCause::TooManyConnections:
    case EndingCause::TooManyFromAddress:
    case EndingCause::TooManyHeadsFromAddress:
    case EndingCause::TooManyUnderWay:
    case EndingCause::TooManyFiles:
    case EndingCause::ConnectingTooFast:
    case EndingCause::RequestingTooFast:
    case EndingCause::FailingTooFast:
    case EndingCause::GuessingTooFast:
    case EndingCause::OutOfDescriptors:
    case EndingCause::TooManyFromToken:
    case EndingCause::AuthTimeout:
    case EndingCause::RoomFull:
    case EndingCause::TooManyRooms:
    case EndingCause::MessageTooBig:
    case EndingCause::TooManyFragments:
    case EndingCause::MessageTimeout:
    case EndingCause::TooManyBadMessages:
    case EndingCause::MessageRateExceeded:
    case EndingCause::ByteRateExceeded:
    case EndingCause::ControlRateExceeded:
    case EndingCause::ReadTooSlowly:
    case EndingCause::NoPong:
        return true;
    default:
        return false;
    }
}

EndingCause endingCauseOf(QByteArrayView name)
{
    for (int i = 0; i < endingCauseCount; ++i) {
        if (name == QByteArrayView(endingText(EndingCause(i)).name))
            return EndingCause(i);
    }
    return EndingCause::Unknown;
}

QJsonObject endingObject(const Ending &ending)
{
    QJsonObject object{{u"cause"_s, QLatin1StringView(endingText(ending.cause).name)},
                       {u"side"_s, QLatin1StringView(sideNames[size_t(ending.side)])},
                       {u"stage"_s, QLatin1StringView(stageNames[size_t(ending.stage)])},
                       {u"code"_s, ending.code()},
                       {u"codeReceived"_s, ending.codeReceived},
                       {u"codeSent"_s, ending.codeSent},
                       {u"httpStatus"_s, ending.httpStatus},
                       {u"cleanly"_s, ending.cleanly},
                       {u"reasonReceived"_s, QString::fromUtf8(ending.reasonReceived)},
                       {u"reasonSent"_s, QString::fromUtf8(ending.reasonSent)},
                       {u"detail"_s, QString::fromUtf8(ending.detail)},
                       {u"lifetimeMs"_s, ending.lifetimeMs},
                       {u"silenceMs"_s, ending.silenceMs},
                       {u"queuedBytes"_s, ending.queuedBytes},
                       {u"rttMs"_s, ending.rttMs},
                       {u"bytesIn"_s, qint64(ending.bytesIn)},
                       {u"bytesOut"_s, qint64(ending.bytesOut)},
                       {u"lastFrames"_s, framesToJson(ending.lastFrames)},
                       {u"lastRow"_s, qint64(ending.lastRow)}};
    const QByteArray hint = endingHint(ending);
    if (!hint.isEmpty())
        object.insert(u"hint"_s, QString::fromLatin1(hint));
    return object;
}

QByteArray endingToJson(const Ending &ending)
{
    return QJsonDocument(endingObject(ending)).toJson(QJsonDocument::Compact);
}

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
