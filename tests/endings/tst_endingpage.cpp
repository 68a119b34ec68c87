// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/transport/devicetimeouts.h"
#include "server/config/configoptions.h"
#include "server/endings/ending.h"
#include "tests/support/writtenpart.h"

#include <QTest>

using namespace glasshouse;

// The lists of causes and of time-outs in docs/troubleshooting.md are made from the tables in endingtext.cpp and
// devicetimeouts.cpp. scripts/causes runs this with GLASSHOUSE_REWRITE_DOCS=1: then it writes the lists in place of comparing them.

namespace {

constexpr auto begin = "<!-- causes: written by scripts/causes -->\n";
constexpr auto end = "<!-- end of causes -->\n";
constexpr auto timeoutsBegin = "<!-- time-outs: written by scripts/causes -->\n";
constexpr auto timeoutsEnd = "<!-- end of time-outs -->\n";

struct Group
{
    EndingCause first; ///< up to the next group's
    const char *title;
};
constexpr Group groups[] = {
    {EndingCause::HeadTimeout, "Before the upgrade"},
    {EndingCause::TokenMissing, "Tokens"},
    {EndingCause::NoSuchRoom, "Rooms"},
    {EndingCause::ClientClosed, "Ended by the client or the network"},
    {EndingCause::ProtocolError, "Ended by the server"},
};

QByteArray comesBack(ComesBack whether)
{
    switch (whether) {
    case ComesBack::No:
        return "no";
    case ComesBack::Yes:
        return "yes";
    case ComesBack::AfterPause:
        return "after a pause";
    case ComesBack::WithToken:
        return "with a new token";
    case ComesBack::Depends:
        return "it depends";
    }
    return {};
}

QByteArray row(EndingCause cause)
{
    const EndingText &text = endingText(cause);
    const QByteArray code = text.closeCode == 0 ? QByteArray() : QByteArray::number(text.closeCode);
    QByteArray line = "| `" + QByteArray(text.name) + "` | " + text.sentence + " | " + text.advice + " | " + code
        + " | " + text.httpStatus + " | " + comesBack(text.comesBack) + " |\n";
    return line.replace("|  |", "| |").replace("|  |", "| |");
}

QByteArray list()
{
    QByteArray text;
    for (int i = 1; i < endingCauseCount; ++i) {
        for (const Group &group : groups) {
            if (group.first == EndingCause(i))
                text += "\n### " + QByteArray(group.title)
                    + "\n| cause | what happened | what to do | close code | HTTP status | comes back? |\n"
                      "|---|---|---|---|---|---|\n";
        }
        text += row(EndingCause(i));
    }
    return text + row(EndingCause::Unknown);
}

QByteArray timeouts()
{
    QByteArray text = "| device | ends it after | counted |\n|---|---|---|\n";
    for (const DeviceTimeout &known : deviceTimeouts())
        text += "| " + QByteArray(known.device) + " | " + timeoutText(known) + " | "
            + (known.counts == DeviceTimeout::Counts::Silence ? "since the last byte" : "from the start") + " |\n";
    return text;
}

} // namespace

class TestEndingPage final : public QObject
{
    Q_OBJECT

private slots:
    void docsSayWhatTheTableSays();
    void docsHaveTheTimeouts();
    void everyOptionThatIsNamedIsThere();
};

void TestEndingPage::docsSayWhatTheTableSays()
{
    compareOrRewrite(QStringLiteral(GLASSHOUSE_SOURCE_DIR "/docs/troubleshooting.md"), begin, end, list());
}

void TestEndingPage::docsHaveTheTimeouts()
{
    compareOrRewrite(QStringLiteral(GLASSHOUSE_SOURCE_DIR "/docs/troubleshooting.md"), timeoutsBegin, timeoutsEnd,
                     timeouts());
}

// An advice must not name an option that the program does not have.
void TestEndingPage::everyOptionThatIsNamedIsThere()
{
    for (int i = 0; i < endingCauseCount; ++i) {
        const QByteArrayList words = QByteArray(endingText(EndingCause(i)).advice).split(' ');
        for (QByteArray word : words) {
            if (word.startsWith('('))
                word.remove(0, 1);
            if (!word.startsWith("--"))
                continue;
            while (!word.isEmpty() && !QChar::fromLatin1(word.back()).isLetterOrNumber())
                word.chop(1);
            QVERIFY2(findRow(configOptions(), QString::fromLatin1(word.sliced(2))) != nullptr, word.constData());
        }
    }
}

QTEST_GUILESS_MAIN(TestEndingPage)
#include "tst_endingpage.moc"
