// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/net/ending.h"

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

} // namespace

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

QByteArray endingToJson(const Ending &ending)
{
    const QJsonObject object{{u"cause"_s, QLatin1StringView(endingText(ending.cause).name)},
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
                             {u"lastRow"_s, qint64(ending.lastRow)}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Ending endingFromJson(QByteArrayView json)
{
    const QJsonObject object = QJsonDocument::fromJson(json.toByteArray()).object();
    const QString cause = object.value("cause"_L1).toString();
    Ending ending;
    for (int i = 0; i < endingCauseCount; ++i) {
        if (cause == QLatin1StringView(endingText(EndingCause(i)).name))
            ending.cause = EndingCause(i);
    }
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
    ending.lastRow = quint64(object.value("lastRow"_L1).toInteger());
    return ending;
}

} // namespace glasshouse
