// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/basepath.h"

#include <QTest>

using namespace glasshouse;

class TestBasePath final : public QObject
{
    Q_OBJECT

private slots:
    void judgesBasePaths_data();
    void judgesBasePaths();
    void takesThePrefixAway_data();
    void takesThePrefixAway();
    void makesTheAddressOfTheSocket_data();
    void makesTheAddressOfTheSocket();
};

void TestBasePath::judgesBasePaths_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("valid");
    for (const char *path : {"", "/prefix", "/a/b", "/A-1_x.y~"})
        QTest::addRow("good: %s", path) << QByteArray(path) << true;
    for (const char *path : {"prefix", "/", "/prefix/", "//a", "/a//b", "/..", "/a/../b", "/.a", "/a b", "/a%20b",
                             "/a?b", "/a#b", "/\xC3\xA4", "/a;b", "/a\nb", "http://x"})
        QTest::addRow("bad: %s", path) << QByteArray(path) << false;
}

void TestBasePath::judgesBasePaths()
{
    QFETCH(QByteArray, path);
    QTEST(isValidBasePath(path), "valid");
}

void TestBasePath::takesThePrefixAway_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("behind");
    const auto row = [](const char *base, const char *target, const char *behind) {
        QTest::addRow("%s: %s", base, target) << QByteArray(base) << QByteArray(target) << QByteArray(behind);
    };
    row("", "/health", "/health");
    row("/prefix", "/prefix/health?x=1", "/health?x=1");
    row("/prefix", "/prefix/", "/");
    row("/prefix", "/prefix", "/prefix");
    row("/prefix", "/prefix?x=1", "/prefix?x=1");
    row("/prefix", "/prefixed/health", "/prefixed/health");
    row("/prefix", "/health", "/health");
    row("/prefix", "/prefix/prefix/x", "/prefix/x");
    row("/a/b", "/a/b/x", "/x");
}

void TestBasePath::takesThePrefixAway()
{
    QFETCH(QByteArray, base);
    QFETCH(QByteArray, target);
    QTEST(withoutBasePath(target, base), "behind");
}

void TestBasePath::makesTheAddressOfTheSocket_data()
{
    QTest::addColumn<QByteArray>("publicUrl");
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("url"); // empty: no such address
    const auto row = [](const char *publicUrl, const char *base, const char *url) {
        QTest::addRow("%s %s", publicUrl, base) << QByteArray(publicUrl) << QByteArray(base) << QByteArray(url);
    };
    row("https://play.example.org", "", "wss://play.example.org");
    row("https://play.example.org/", "/prefix", "wss://play.example.org/prefix");
    row("https://play.example.org:8443/outer/", "/prefix", "wss://play.example.org:8443/outer");
    row("ws://192.168.1.20:8080", "", "ws://192.168.1.20:8080");
    row("https://someone:secret@play.example.org", "", "wss://play.example.org");
    row("play.example.org", "", "");
    row("ftp://play.example.org", "", "");
    row("https://", "", "");
}

void TestBasePath::makesTheAddressOfTheSocket()
{
    QFETCH(QByteArray, publicUrl);
    QFETCH(QByteArray, base);
    QTEST(publicSocketUrl(publicUrl, base), "url");
}

QTEST_GUILESS_MAIN(TestBasePath)
#include "tst_basepath.moc"
