// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/endingwords.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

QString words(const char *text) { return text == nullptr ? QString() : QCoreApplication::translate("Ending", text); }

} // namespace

QString endingSentence(const Ending &ending) { return words(endingText(ending.cause).sentence); }
QString endingAdvice(const Ending &ending) { return words(endingText(ending.cause).advice); }

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
