// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/core/admitter.h"
#include "tests/support/turningclock.h"

#include <QTest>

using namespace glasshouse;

class TestAdmitter final : public QObject
{
    Q_OBJECT

private slots:
    void countsTheConnectionsOfAToken();
};

// Asked when somebody is let in, too: of two who were admitted and not let in yet, the second finds the place taken.
void TestAdmitter::countsTheConnectionsOfAToken()
{
    const TurningClock clock;
    const Credentials credentials;
    Lobby lobby({}, GameCatalog(QList<GameKind>()), clock);
    Admitter admitter(credentials, lobby, clock);
    TokenClaims claims;
    claims.fingerprint = "one";
    const HttpHead request;
    for (const int most : {0, 1}) {
        admitter.setRules({false, most});
        QVERIFY(admitter.mayUse(claims, request, nullptr));
        admitter.tokenTaken(claims.fingerprint);
        QCOMPARE(admitter.mayUse(claims, request, nullptr), most == 0);
        admitter.tokenReleased(claims.fingerprint);
        QVERIFY(admitter.mayUse(claims, request, nullptr));
    }
}

QTEST_GUILESS_MAIN(TestAdmitter)
#include "tst_admitter.moc"
