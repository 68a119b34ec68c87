// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/jsonobjecttext.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <limits>

using namespace glasshouse;
using namespace Qt::StringLiterals;

/// What is written is what QJsonDocument reads.
class TestJsonObjectText final : public QObject
{
    Q_OBJECT

private slots:
    void writesTexts_data();
    void writesTexts();
    void writesNumbersAndFlags();
    void writesNothing();
    void takesJson();
};

void TestJsonObjectText::writesTexts_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("words") << QByteArray("Ada Lovelace");
    QTest::newRow("quotes and slashes") << QByteArray(R"(say "hi" \ or / not)");
    QTest::newRow("lines") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    QTest::newRow("controls") << QByteArray("\0\1\x1f\x7f\b\f\t", 7);
    QTest::newRow("other alphabets") << QByteArray("Grüße, 世界, 🏇");
    QTest::newRow("no UTF-8") << QByteArray("caf\xe9 \xed\xa0\x80 \xff");
    QTest::newRow("long") << QByteArray(5000, 'x') + '"' + QByteArray(5000, 'y');
}

void TestJsonObjectText::writesTexts()
{
    QFETCH(QByteArray, bytes);
    const QString text = QString::fromUtf8(bytes);
    const QByteArray json = JsonObjectText().text("bytes", bytes).text("text", text).take();
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(json, &error).object();
    QCOMPARE(error.error, QJsonParseError::NoError);
    QCOMPARE(object, QJsonObject({{u"bytes"_s, text}, {u"text"_s, text}}));
}

void TestJsonObjectText::writesNumbersAndFlags()
{
    using Limits = std::numeric_limits<qint64>;
    const QByteArray json = JsonObjectText()
                                .number("least", Limits::min())
                                .number("zero", 0)
                                .number("most", Limits::max())
                                .flag("yes", true)
                                .flag("no", false)
                                .take();
    QCOMPARE(json,
             "{\"least\":-9223372036854775808,\"zero\":0,\"most\":9223372036854775807,\"yes\":true,\"no\":false}"_ba);
}

void TestJsonObjectText::writesNothing() { QCOMPARE(JsonObjectText().take(), "{}"_ba); }

void TestJsonObjectText::takesJson()
{
    QCOMPARE(JsonObjectText().json("list", "[1,{}]").json("none", "null").take(), "{\"list\":[1,{}],\"none\":null}"_ba);
}

QTEST_GUILESS_MAIN(TestJsonObjectText)
#include "tst_jsonobjecttext.moc"
