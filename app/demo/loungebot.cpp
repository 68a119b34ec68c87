// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/loungebot.h"

#include <QtMath>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr double stride = 0.03;

double rounded(double value) { return qRound(value * 1000) / 1000.0; }

} // namespace

LoungeBot::LoungeBot(BotSeat seat, QObject *parent) : Bot(std::move(seat), parent)
{
    m_steps.callOnTimeout(this, [this] { step(); });
}

void LoungeBot::entered(const QJsonObject & /*room*/)
{
    say(u"ready"_s);
    m_steps.start(between(700, 1'300));
}

void LoungeBot::heard(const QString &type, const QJsonObject &data)
{
    if (type == "player_joined"_L1)
        chatSometimes({u"Hello %1!"_s.arg(data["name"_L1].toString()), u"Welcome."_s, u"There you are."_s});
}

void LoungeBot::step()
{
    m_heading += (chance().unit() - 0.5) * M_PI / 2;
    m_x = qBound(0.0, m_x + stride * qCos(m_heading), 1.0);
    m_y = qBound(0.0, m_y + stride * qSin(m_heading), 1.0);
    say(u"move"_s, {{u"x"_s, rounded(m_x)}, {u"y"_s, rounded(m_y)}});
}

} // namespace glasshouse
