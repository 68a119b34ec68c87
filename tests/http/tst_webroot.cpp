// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/contents/webroot.h"
#include "tests/support/requests.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QByteArray valueOf(const HttpAnswer &answer, QByteArrayView name)
{
    for (const HttpHeader &header : answer.headers) {
        if (name == QByteArrayView(header.name))
            return header.value;
    }
    return {};
}

} // namespace

class TestWebRoot final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void handsOutFiles_data();
    void handsOutFiles();
    void readsNothingForHead_data() { handsOutFiles_data(); }
    void readsNothingForHead();
    void staysInTheFolder_data();
    void staysInTheFolder();
    void followsLinksThatStayInside();
    void leadsIntoFolders_data();
    void leadsIntoFolders();
    void saysHowFilesAreCoded_data();
    void saysHowFilesAreCoded();
    void handsOutWhatWasCompressedBefore_data();
    void handsOutWhatWasCompressedBefore();
    void forgetsWhatWasCompressedTooEarly();
    void leavesLargeFilesOnTheDisk();
    void handsOutParts();
    void refusesOtherMethods();
    void answers304_data();
    void answers304();
    void changesTheTagWithTheFile();

private:
    QTemporaryDir m_place;
    QString m_root;

    void write(const QString &path, const QByteArray &contents) const;
    [[nodiscard]] std::optional<HttpAnswer> ask(const QByteArray &target, const QByteArray &extra = {},
                                                const QByteArray &method = "GET") const;
};

void TestWebRoot::write(const QString &path, const QByteArray &contents) const
{
    QFile file(m_root + u'/' + path);
    QVERIFY(QDir().mkpath(QFileInfo(file).path()));
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(contents), contents.size());
}

std::optional<HttpAnswer> TestWebRoot::ask(const QByteArray &target, const QByteArray &extra,
                                           const QByteArray &method) const
{
    return webRootAnswer(m_root, requestHead(method, target, "Host: localhost\r\n" + extra));
}

void TestWebRoot::initTestCase()
{
    QVERIFY(m_place.isValid());
    m_root = m_place.filePath(u"root"_s);
    write(u"index.html"_s, "start");
    write(u"game/index.html"_s, "game");
    write(u"game/main.wasm"_s, "wasm");
    write(u"a b.PNG"_s, "picture");
    write(u"no-end"_s, "bytes");
    write(u"empty/file.txt"_s, "no index");
    write(u".secret"_s, "secret");
    write(u".git/config"_s, "secret");
    write(u"game/.env"_s, "secret");
    write(u"../outside.txt"_s, "outside");
    write(u"../rootless/x.txt"_s, "outside");
    const auto link = [this](const QString &to, const QString &name) {
        QVERIFY(QFile::link(to, m_root + u'/' + name));
    };
    link(m_place.filePath(u"outside.txt"_s), u"out.txt"_s);
    link(m_place.path(), u"up"_s);
    link(m_root + u"/.secret"_s, u"open.txt"_s);
    link(m_root + u"/game/main.wasm"_s, u"in.wasm"_s);
    link(u"/dev/zero"_s, u"zero.txt"_s);
}

void TestWebRoot::handsOutFiles_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *target, const char *type, const char *body) {
        QTest::newRow(target) << QByteArray(target) << QByteArray(type) << QByteArray(body);
    };
    row("/", "text/html; charset=utf-8", "start");
    row("/?room=x", "text/html; charset=utf-8", "start");
    row("/index.html", "text/html; charset=utf-8", "start");
    row("/game/", "text/html; charset=utf-8", "game");
    row("/game/main.wasm", "application/wasm", "wasm");
    row("/a%20b.PNG", "image/png", "picture");
    row("/no-end", "application/octet-stream", "bytes");
}

void TestWebRoot::handsOutFiles()
{
    QFETCH(QByteArray, target);
    const auto answer = ask(target);
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QTEST(answer->contentType, "type");
    QTEST(answer->body, "body");
}

void TestWebRoot::readsNothingForHead()
{
    QFETCH(QByteArray, target);
    const auto whole = ask(target);
    const auto head = ask(target, {}, "HEAD");
    QCOMPARE(head->body, "");
    const auto withoutDate = [](QByteArray bytes) {
        const qsizetype at = bytes.indexOf("Date: ");
        return bytes.remove(at, bytes.indexOf("\r\n", at) - at);
    };
    QCOMPARE(withoutDate(toBytes(*head, true)), withoutDate(toBytes(*whole, true)));
}

void TestWebRoot::staysInTheFolder_data()
{
    QTest::addColumn<QByteArray>("target");
    for (const char *target : {"/../outside.txt",
                               "/%2e%2e/outside.txt",
                               "/..%2foutside.txt",
                               "/game/../../outside.txt",
                               "/../rootless/x.txt",
                               "/game/..%5c..%5coutside.txt",
                               "/out.txt",
                               "/up/outside.txt",
                               "/open.txt",
                               "/zero.txt",
                               "/.secret",
                               "/.git/config",
                               "/game/.env",
                               "/./index.html",
                               "//index.html",
                               "/empty",
                               "/up/root",
                               "/nothing",
                               "/index.html/",
                               "/index.html%00.png",
                               "/C:/index.html",
                               "/index.html::$DATA",
                               "/%",
                               "/up/",
                               "/%2e/",
                               "/game//main.wasm",
                               "//etc/passwd"})
        QTest::newRow(target) << QByteArray(target);
}

void TestWebRoot::staysInTheFolder()
{
    QFETCH(QByteArray, target);
    QVERIFY(!ask(target));
}

void TestWebRoot::followsLinksThatStayInside()
{
    const auto answer = ask("/in.wasm");
    QVERIFY(answer);
    QCOMPARE(answer->body, "wasm");
}

void TestWebRoot::leadsIntoFolders_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("location");
    const auto row = [](const char *target, const char *location) {
        QTest::newRow(target) << QByteArray(target) << QByteArray(location);
    };
    row("/game", "./game/");
    row("/game?room=x&y=/z", "./game/?room=x&y=/z");
    row("/game?", "./game/?");
    row("/g%61me", "./g%61me/");
    row("/game/deep", "./deep/");
}

void TestWebRoot::leadsIntoFolders()
{
    QFETCH(QByteArray, target);
    write(u"game/deep/index.html"_s, "deep");
    for (const char *method : {"GET", "HEAD"}) {
        const auto answer = ask(target, {}, method);
        QCOMPARE(answer->status, 308);
        QCOMPARE(answer->headers.value(0).name, "Location");
        QTEST(answer->headers.value(0).value, "location");
    }
}

void TestWebRoot::saysHowFilesAreCoded_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("contents");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("coding");
    const QByteArray gzip("\x1f\x8b\x08\x00gzip", 8);
    const QByteArray brotli("\x6b\x8d\x00UnityWeb Compressed Content (brotli)...", 42);
    QTest::newRow("brotli") << u"b/x.wasm.br"_s << QByteArray("br") << QByteArray("application/wasm")
                            << QByteArray("br");
    QTest::newRow("gzip") << u"b/x.data.gz"_s << gzip << QByteArray("application/octet-stream") << QByteArray("gzip");
    QTest::newRow("Unity's gzip") << u"b/x.js.unityweb"_s << gzip << QByteArray("text/javascript; charset=utf-8")
                                  << QByteArray("gzip");
    QTest::newRow("Unity's brotli") << u"b/x.wasm.unityweb"_s << brotli << QByteArray("application/wasm")
                                    << QByteArray("br");
    QTest::newRow("Unity's neither") << u"b/y.data.unityweb"_s << QByteArray("UnityWebData1.0")
                                     << QByteArray("application/octet-stream") << QByteArray();
    QTest::newRow("an archive") << u"b/x.tar.gz"_s << gzip << QByteArray("application/gzip") << QByteArray();
}

void TestWebRoot::saysHowFilesAreCoded()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, contents);
    write(path, contents);
    const QByteArray target = '/' + path.toUtf8();
    const auto answer = ask(target);
    QTEST(answer->contentType, "type");
    QTEST(valueOf(*answer, "Content-Encoding"), "coding");
    QCOMPARE(answer->body, contents);
    QCOMPARE(ask(target, "Range: bytes=1-2\r\n")->body, contents.mid(1, 2));
    QCOMPARE(ask(target, {}, "HEAD")->file->size, contents.size());
}

void TestWebRoot::handsOutWhatWasCompressedBefore_data()
{
    QTest::addColumn<QByteArray>("accepted");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("coding");
    const auto row = [](const char *accepted, const char *body, const char *coding) {
        QTest::newRow(accepted) << QByteArray(accepted) << QByteArray(body) << QByteArray(coding);
    };
    row("", "plain", "");
    row("gzip, deflate", "as gzip", "gzip");
    row("gzip, deflate, br", "as brotli", "br");
    row("gzip;q=0.5, br;q=0.1", "as gzip", "gzip");
    row("identity, gzip;q=0", "plain", "");
}

void TestWebRoot::handsOutWhatWasCompressedBefore()
{
    QFETCH(QByteArray, accepted);
    write(u"main.js"_s, "plain");
    write(u"main.js.gz"_s, "as gzip");
    write(u"main.js.br"_s, "as brotli");
    const QByteArray accepts = "Accept-Encoding: " + accepted + "\r\n";
    const auto answer = ask("/main.js", accepts);
    QTEST(answer->body, "body");
    QTEST(valueOf(*answer, "Content-Encoding"), "coding");
    QCOMPARE(answer->contentType, "text/javascript; charset=utf-8");
    QCOMPARE(valueOf(*answer, "Vary"), "Accept-Encoding");
    const QByteArray tag = valueOf(*answer, "ETag");
    QCOMPARE(ask("/main.js", accepts + "If-None-Match: " + tag + "\r\n")->status, 304);
    QCOMPARE(ask("/main.js", "If-None-Match: " + tag + "\r\n")->status, answer->body == "plain" ? 304 : 200);
    QCOMPARE(valueOf(*ask("/no-end"), "Vary"), "");
}

void TestWebRoot::forgetsWhatWasCompressedTooEarly()
{
    write(u"late.js"_s, "new");
    write(u"late.js.gz"_s, "old");
    QFile old(m_root + u"/late.js.gz"_s);
    QVERIFY(old.open(QIODevice::ReadWrite));
    QVERIFY(old.setFileTime(QDateTime::currentDateTime().addSecs(-60), QFileDevice::FileModificationTime));
    QCOMPARE(ask("/late.js", "Accept-Encoding: gzip\r\n")->body, "new");
}

void TestWebRoot::leavesLargeFilesOnTheDisk()
{
    QFile file(m_root + u"/large.bin"_s);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(smallWebFileBytes));
    QCOMPARE(ask("/large.bin")->body.size(), smallWebFileBytes);
    QVERIFY(!ask("/large.bin")->file);
    constexpr qint64 gibibytes = 5LL * 1024 * 1024 * 1024; // a hole: the disk has none of it
    QVERIFY(file.resize(gibibytes));
    const auto answer = ask("/large.bin");
    QCOMPARE(answer->status, 200);
    QVERIFY(answer->body.isEmpty());
    QVERIFY(answer->file);
    QCOMPARE(answer->file->size, gibibytes);
    QVERIFY(toBytes(*answer).contains("Content-Length: 5368709120\r\n"));
    const auto part = ask("/large.bin", "Range: bytes=5000000000-\r\n");
    QCOMPARE(part->status, 206);
    QCOMPARE(part->file->offset, 5'000'000'000);
    QCOMPARE(part->file->size, gibibytes - 5'000'000'000);
}

void TestWebRoot::handsOutParts()
{
    const auto part = ask("/game/main.wasm", "Range: bytes=1-2\r\n");
    QCOMPARE(part->status, 206);
    QCOMPARE(part->contentType, "application/wasm");
    QCOMPARE(part->body, "as");
    const auto tag = part->headers.value(0).value;
    QCOMPARE(ask("/game/main.wasm", "Range: bytes=1-2\r\nIf-Range: " + tag + "\r\n")->status, 206);
    write(u"game/main.wasm"_s, "other");
    QCOMPARE(ask("/game/main.wasm", "Range: bytes=1-2\r\nIf-Range: " + tag + "\r\n")->body, "other");
    write(u"game/main.wasm"_s, "wasm");
}

void TestWebRoot::refusesOtherMethods()
{
    for (const char *method : {"POST", "PUT", "DELETE", "OPTIONS"})
        QCOMPARE(ask("/index.html", {}, method)->status, 405);
    QVERIFY(!ask("/nothing", {}, "POST"));
    QVERIFY(!webRootAnswer({}, requestHead("GET", "/index.html")));
    QVERIFY(!webRootAnswer(m_place.filePath(u"not there"_s), requestHead("GET", "/index.html")));
}

void TestWebRoot::answers304_data()
{
    QTest::addColumn<QByteArray>("condition"); // @: the tag
    QTest::addColumn<int>("status");
    QTest::newRow("the tag") << QByteArray("@") << 304;
    QTest::newRow("as a weak one") << QByteArray("W/@") << 304;
    QTest::newRow("among others") << QByteArray("\"a\", @") << 304;
    QTest::newRow("any") << QByteArray("*") << 304;
    QTest::newRow("another") << QByteArray("\"a\"") << 200;
    QTest::newRow("without quotes") << QByteArray("a") << 200;
}

void TestWebRoot::answers304()
{
    QFETCH(QByteArray, condition);
    const auto first = ask("/index.html");
    QCOMPARE(first->headers.value(0).name, "ETag");
    condition.replace("@", first->headers.value(0).value);
    const auto second = ask("/index.html", "If-None-Match: " + condition + "\r\n");
    QTEST(second->status, "status");
    QCOMPARE(second->body.isEmpty(), second->status == 304);
    QCOMPARE(second->headers.value(0).value, first->headers.value(0).value);
    QVERIFY(second->status == 200 || !toBytes(*second).contains("Content-Length"));
}

void TestWebRoot::changesTheTagWithTheFile()
{
    const QByteArray before = ask("/no-end")->headers.value(0).value;
    write(u"no-end"_s, "other bytes");
    QVERIFY(ask("/no-end")->headers.value(0).value != before);
}

QTEST_GUILESS_MAIN(TestWebRoot)
#include "tst_webroot.moc"
