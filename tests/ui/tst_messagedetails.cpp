// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/safetextview.h"
#include "ui/log/messagedetails.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestMessageDetails final : public QObject
{
    Q_OBJECT
private slots:
    void copiesNoSecretFromAnyPage();
    void copiesWhatHoldsNoneAsItStands();
    void copiesPartsAroundASecret_data();
    void copiesPartsAroundASecret();
};

namespace {

CapturedRow textRow(const QByteArray &payload)
{
    CapturedRow row;
    row.record.firstByte = 0x81;
    row.payload = payload;
    return row;
}

/// Of all that stands on the page.
QString copied(MessageDetails &details, int page)
{
    details.setCurrentPage(page);
    auto *view = qobject_cast<SafeTextView *>(details.findChild<QTabWidget *>()->currentWidget());
    QGuiApplication::clipboard()->clear();
    view->selectAll();
    view->copy();
    return QGuiApplication::clipboard()->text();
}

constexpr int pages = 4;

} // namespace

void TestMessageDetails::copiesNoSecretFromAnyPage()
{
    MessageDetails details;
    details.show(textRow(R"({"type":"auth","data":{"token":"canary"}})"));
    for (int page = 0; page < pages; ++page) {
        const QString text = copied(details, page);
        QVERIFY2(!text.isEmpty() && !text.contains(u"canary"_s) && !text.contains(u"63 61 6e 61"_s), qPrintable(text));
    }
    QCOMPARE(copied(details, 1), uR"({"type":"auth","data":{"token":"[redacted]"}})"_s);
    QVERIFY(details.pageText().contains(u"canary"_s)); // whoever looks sees it
    CapturedRow close = textRow("\x03\xe8token=canary");
    close.record.firstByte = 0x88;
    details.show(close);
    for (int page = 0; page < pages; ++page)
        QVERIFY(!copied(details, page).contains(u"canary"_s));
}

void TestMessageDetails::copiesWhatHoldsNoneAsItStands()
{
    MessageDetails details;
    details.show(textRow(R"({"type":"auth","data":{"token":"canary"}})"));
    (void)copied(details, 1);
    details.show(textRow("{\"a\":\n1}"));
    QCOMPARE(copied(details, 1), u"{\"a\":\n1}"_s);
    QCOMPARE(copied(details, 0), u"{\n  \"a\": 1\n}"_s);
    details.clear();
    QCOMPARE(copied(details, 1), QString());
}

void TestMessageDetails::copiesPartsAroundASecret_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("copied");
    QTest::newRow("in front") << u"name"_s << u"Ada"_s << u"name: Ada"_s;
    QTest::newRow("behind") << u"room"_s << u"blue"_s << u"room: blue"_s;
    QTest::newRow("a part of it") << u"sec"_s << u"ret"_s << u"[redacted]"_s;
    QTest::newRow("into it") << u"Ada"_s << u"sec"_s << u"Ada, token: [redacted]"_s;
    QTest::newRow("out of it") << u"ret"_s << u"room"_s << u"[redacted], room"_s;
    QTest::newRow("around it") << u"Ada"_s << u"room"_s << u"Ada, token: [redacted], room"_s;
}

void TestMessageDetails::copiesPartsAroundASecret()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    const QString shown = u"name: Ada, token: a-secret-z, room: blue"_s;
    const QString safe = u"name: Ada, token: [redacted], room: blue"_s;
    QTEST(safeCopy(shown, safe, shown.indexOf(from), shown.indexOf(to) + to.size()), "copied");
}

QTEST_MAIN(TestMessageDetails)
#include "tst_messagedetails.moc"
