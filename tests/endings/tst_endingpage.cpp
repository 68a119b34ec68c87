// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/config/configoptions.h"
#include "server/endings/ending.h"

#include <QFile>
#include <QTest>

using namespace glasshouse;

// The list of causes in docs/troubleshooting.md is made from the table in endingtext.cpp. scripts/causes runs this with
// GLASSHOUSE_REWRITE_DOCS=1: then it writes the list in place of comparing it.

namespace {

constexpr auto begin = "<!-- causes: written by scripts/causes -->\n";
constexpr auto end = "<!-- end of causes -->\n";

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

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestEndingPage final : public QObject
{
    Q_OBJECT

private slots:
    void docsSayWhatTheTableSays();
    void everyOptionThatIsNamedIsThere();
};

void TestEndingPage::docsSayWhatTheTableSays()
{
    const QString path = QStringLiteral(GLASSHOUSE_SOURCE_DIR "/docs/troubleshooting.md");
    const QByteArray page = contents(path);
    const qsizetype from = page.indexOf(begin) + qsizetype(qstrlen(begin));
    const qsizetype to = page.indexOf(end);
    QVERIFY(page.contains(begin) && to >= from);
    const QByteArray wanted = list();
    if (qEnvironmentVariableIsSet("GLASSHOUSE_REWRITE_DOCS")) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(page.first(from) + wanted + page.sliced(to)), from + wanted.size() + page.size() - to);
        return;
    }
    const QList<QByteArray> rows = page.sliced(from, to - from).split('\n');
    const QList<QByteArray> wantedRows = wanted.split('\n');
    for (qsizetype i = 0; i < qMax(rows.size(), wantedRows.size()); ++i)
        QCOMPARE(rows.value(i), wantedRows.value(i)); // else: scripts/causes
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
