// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/endingwords.h"

#include "server/endings/endinghint.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

QString words(const char *text) { return text == nullptr ? QString() : QCoreApplication::translate("Ending", text); }

} // namespace

QString endingSentence(const Ending &ending) { return causeSentence(ending.cause); }
QString endingAdvice(const Ending &ending) { return causeAdvice(ending.cause); }
QString causeSentence(EndingCause cause) { return words(endingText(cause).sentence); }
QString causeAdvice(EndingCause cause) { return words(endingText(cause).advice); }

QString causeFacts(EndingCause cause)
{
    const EndingText &text = endingText(cause);
    QStringList facts{QLatin1StringView(text.name)};
    if (text.closeCode != 0)
        facts << words("closed with %1").arg(closeCodeText(text.closeCode));
    if (*text.httpStatus != '\0')
        facts << words("HTTP status %1").arg(words(text.httpStatus));
    facts << comesBackText(text.comesBack);
    return facts.join(u"  ·  "_s);
}

QString comesBackText(ComesBack whether)
{
    switch (whether) {
    case ComesBack::No:
        return words("the client should not come back by itself");
    case ComesBack::Yes:
        return words("the client should come back");
    case ComesBack::AfterPause:
        return words("the client should come back after a pause");
    case ComesBack::WithToken:
        return words("the client should come back with a new token");
    case ComesBack::Depends:
        return words("whether the client should come back depends");
    }
    return {};
}

QString endingHintText(const Ending &ending)
{
    const QByteArray hint = endingHint(ending);
    if (hint.isEmpty())
        return {};
    return words("This is as long as the time-out of %1. If there is one on the way, let the heartbeat "
                 "(--heartbeat-seconds) be at most half of it.")
        .arg(QString::fromLatin1(hint));
}

QString closeCodeText(quint16 code)
{
    if (code == quint16(CloseCode::None))
        return u"–"_s;
    const QByteArrayView name = closeCodeName(code);
    return name.isEmpty() ? QString::number(code) : u"%1 %2"_s.arg(code).arg(QLatin1StringView(name));
}

QString endingSideText(EndingSide side)
{
    switch (side) {
    case EndingSide::Client:
        return words("the client");
    case EndingSide::Server:
        return words("the server");
    case EndingSide::Network:
        return words("the network");
    case EndingSide::Operator:
        return words("the operator");
    }
    return {};
}

QString endingStageText(EndingStage stage)
{
    switch (stage) {
    case EndingStage::Head:
        return words("request head");
    case EndingStage::Http:
        return words("HTTP");
    case EndingStage::Handshake:
        return words("handshake");
    case EndingStage::Open:
        return words("open");
    case EndingStage::Closing:
        return words("closing");
    }
    return {};
}

} // namespace glasshouse
