// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demo.h"

#include "app/demo/bettorbot.h"
#include "app/demo/loungebot.h"
#include "app/demo/racerbot.h"
#include "net/transport/bindaddress.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int goodbyeMs = 2'000; // for the closing handshakes
constexpr int botCount = 12;
constexpr int arrivalMs = 300; // between two bots: an address may open ten connections a second

/// Makes the bots on the thread of `cast`, one after the other.
void summon(QObject *cast, const ListenInfo &info, quint64 seed)
{
    const QString host = hostFromHere(info.bindAddress);
    QList<Bot *> bots;
    const auto seat = [&](const QString &room, const QString &game, const QString &name) {
        const double order = double(bots.size() + 1) / botCount;
        return BotSeat{host, info.port, room, game, name, seed + quint64(bots.size()), order};
    };
    const auto racer = [&](const QString &name, int speed, bool starts) {
        bots += new RacerBot(seat(u"typing"_s, u"code-racer"_s, name), speed, starts, cast);
    };
    racer(u"Ada"_s, 78, true);
    racer(u"Linus"_s, 64, false);
    racer(u"Grace"_s, 71, false);
    racer(u"Edsger"_s, 49, false);
    for (const QString &name : {u"Marie"_s, u"Nikola"_s, u"Rosalind"_s, u"Carl"_s, u"Emmy"_s})
        bots += new BettorBot(seat(u"derby"_s, u"horse-race"_s, name), cast);
    for (const QString &name : {u"Alan"_s, u"Hedy"_s, u"Tim"_s})
        bots += new LoungeBot(seat(u"lounge"_s, u"relay"_s, name), cast);
    Q_ASSERT(bots.size() == botCount);
    for (qsizetype i = 0; i < bots.size(); ++i)
        QTimer::singleShot(int(i) * arrivalMs, bots[i], [bot = bots[i]] { bot->join(); });
}

/// Nobody is cut off: that would look like a fault.
void dismiss(QObject *cast)
{
    for (Bot *bot : cast->findChildren<Bot *>(Qt::FindDirectChildrenOnly))
        bot->leave();
    QTimer::singleShot(goodbyeMs, cast, &QObject::deleteLater);
}

} // namespace

Demo::Demo(Host &host, quint64 seed, QObject *parent) : QObject(parent), m_seed(seed)
{
    m_thread.setObjectName(u"demo"_s);
    connect(&host, &Host::started, this, [this](const ListenInfo &info) { begin(info); });
    connect(&host, &Host::stateChanged, this, [this](ServerState state) {
        if (state != ServerState::Running && state != ServerState::Draining) // of a drain the bots are told
            end();
    });
}

Demo::~Demo()
{
    m_thread.quit();
    m_thread.wait();
}

void Demo::begin(const ListenInfo &info)
{
    end();
    m_cast = new QObject;
    m_cast->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_cast, &QObject::deleteLater);
    m_thread.start();
    QMetaObject::invokeMethod(m_cast, [cast = m_cast, info, seed = m_seed] { summon(cast, info, seed); });
}

void Demo::end()
{
    if (QObject *cast = std::exchange(m_cast, nullptr))
        QMetaObject::invokeMethod(cast, [cast] { dismiss(cast); });
}

} // namespace glasshouse
