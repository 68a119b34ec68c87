// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/contents/pages.h"
#include "tests/support/requests.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QByteArray valueOf(const HttpHeaders &headers, QByteArrayView name)
{
    for (const HttpHeader &header : headers) {
        if (name == QByteArrayView(header.name))
            return header.value;
    }
    return {};
}

HttpHead request(const QString &path, const QByteArray &headers = {})
{
    return requestHead("GET", path.toUtf8(), "Host: localhost\r\n" + headers);
}

const QByteArray takesGzip = "Accept-Encoding: gzip, deflate\r\n";

QStringList all(const QString &text, const QRegularExpression &expression)
{
    QStringList found;
    for (auto matches = expression.globalMatch(text); matches.hasNext();)
        found += matches.next().captured(1);
    return found;
}

} // namespace

class TestPages final : public QObject
{
    Q_OBJECT

private slots:
    void preloadsWhatItImports_data() { addPages(); }
    void preloadsWhatItImports();
    void carriesItsGuard_data() { addPages(); }
    void carriesItsGuard();
    void speaksWithoutScripts_data() { addPages(); }
    void speaksWithoutScripts();
    void isCompressedForWhoTakesIt_data()
    {
        addFiles({u"*.html"_s, u"*.js"_s, u"*.css"_s, u"*.ts"_s, u"*.svg"_s, u"*.webmanifest"_s});
    }
    void isCompressedForWhoTakesIt();
    void isKnownAgainInEachCoding();

private:
    const OwnPages m_pages;

    static void addFiles(const QStringList &names);
    static void addPages() { addFiles({u"*.html"_s}); }
    [[nodiscard]] QString text(const QString &path) const;
    [[nodiscard]] QStringList importsOf(const QString &path) const;
    void reach(const QString &path, QSet<QString> &reached) const;
};

void TestPages::addFiles(const QStringList &names)
{
    QTest::addColumn<QString>("path");
    QDirIterator files(u":/web"_s, names, QDir::Files);
    while (files.hasNext()) {
        const QString path = files.next().sliced(5);
        QTest::newRow(qPrintable(path)) << path;
    }
}

QString TestPages::text(const QString &path) const
{
    const Representation *page = m_pages.find(request(path));
    return page == nullptr ? QString() : QString::fromUtf8(page->body);
}

QStringList TestPages::importsOf(const QString &path) const
{
    static const QRegularExpression statement(u"^(?:import|export)\\b[^;]*?\"\\./([^\"]+)\";"_s,
                                              QRegularExpression::MultilineOption);
    return all(text(u'/' + path), statement);
}

void TestPages::reach(const QString &path, QSet<QString> &reached) const
{
    for (const QString &next : importsOf(path)) {
        if (reached.contains(next))
            continue;
        reached.insert(next);
        reach(next, reached);
    }
}

// Else a browser learns of a module when it has read the one that imports it: a round trip for each step.
void TestPages::preloadsWhatItImports()
{
    QFETCH(QString, path);
    static const QRegularExpression script(u"<script type=\"module\" src=\"([^\"]+)\">"_s);
    static const QRegularExpression preload(u"<link rel=\"modulepreload\" href=\"([^\"]+)\">"_s);
    const QStringList roots = all(text(path), script);
    QVERIFY(!roots.isEmpty());
    QSet<QString> reached;
    for (const QString &root : roots)
        reach(root, reached);
    QVERIFY(reached.size() > 2);
    QStringList wanted = reached.values();
    wanted.sort();
    QCOMPARE(all(text(path), preload), wanted);
    for (const QString &module : wanted)
        QVERIFY2(!text(u'/' + module).isEmpty(), qPrintable(module));
    // Nothing is found out later but what few ask for.
    static const QRegularExpression later(u"\\bimport\\s*\\(\\s*(?:\"\\./)?([^\")]*)"_s);
    for (const QString &module : wanted + roots) {
        for (const QString &next : all(text(u'/' + module), later)) {
            QCOMPARE(next, u"invite.js"_s);
            QVERIFY(!text(u'/' + next).isEmpty() && !wanted.contains(next));
        }
    }
}

// A policy without the right hash would switch it off without a word.
void TestPages::carriesItsGuard()
{
    QFETCH(QString, path);
    const Representation *page = m_pages.find(request(path));
    static const QRegularExpression inlined(u"<script>([^<]*)</script>"_s);
    const QStringList scripts = all(QString::fromUtf8(page->body), inlined);
    QCOMPARE(scripts, QStringList{text(u"/guard.js"_s)});
    QVERIFY(!page->body.contains("guard.js\""));
    const QByteArray hash = QCryptographicHash::hash(scripts.first().toUtf8(), QCryptographicHash::Sha256).toBase64();
    const QByteArray policy = valueOf(page->headers, "Content-Security-Policy");
    QVERIFY2(policy.contains("script-src 'self' 'sha256-" + hash + "';"), policy.constData());
    QVERIFY(policy.contains("default-src 'self'") && !policy.contains("unsafe"));
}

void TestPages::speaksWithoutScripts()
{
    QFETCH(QString, path);
    static const QRegularExpression silent(u"<noscript>([\\s\\S]*)</noscript>"_s);
    const QStringList said = all(text(path), silent);
    QCOMPARE(said.size(), 1);
    QVERIFY(said.first().contains(u"JavaScript"_s));
}

void TestPages::isCompressedForWhoTakesIt()
{
    QFETCH(QString, path);
    const Representation *plain = m_pages.find(request(path));
    const Representation *coded = m_pages.find(request(path, takesGzip));
    QCOMPARE(valueOf(plain->headers, "Content-Encoding"), "");
    QCOMPARE(valueOf(coded->headers, "Content-Encoding"), "gzip");
    QVERIFY(coded->body.size() < plain->body.size());
    QVERIFY(coded->etag != plain->etag);
    QCOMPARE(coded->contentType, plain->contentType);
    for (const Representation *page : {plain, coded})
        QCOMPARE(valueOf(page->headers, "Vary"), "Accept-Encoding");
    QCOMPARE(m_pages.find(request(path, "Accept-Encoding: gzip;q=0\r\n")), plain);
    QCOMPARE(m_pages.find(request(path, "Accept-Encoding: br\r\n")), plain);
}

void TestPages::isKnownAgainInEachCoding()
{
    const auto ask = [this](const QByteArray &headers) {
        const HttpHead head = request(u"/style.css"_s, headers);
        return answerFrom(*m_pages.find(head), head);
    };
    const QByteArray plainTag = valueOf(ask({}).headers, "ETag");
    const HttpAnswer whole = ask(takesGzip);
    const QByteArray codedTag = valueOf(whole.headers, "ETag");
    const HttpAnswer known = ask(takesGzip + "If-None-Match: " + codedTag + "\r\n");
    QCOMPARE(known.status, 304);
    QCOMPARE(valueOf(known.headers, "ETag"), codedTag);
    QCOMPARE(valueOf(known.headers, "Vary"), "Accept-Encoding");
    QCOMPARE(ask("If-None-Match: " + plainTag + "\r\n").status, 304);
    QCOMPARE(ask("If-None-Match: " + codedTag + "\r\n").status, 200);
    QCOMPARE(ask(takesGzip + "If-None-Match: " + plainTag + "\r\n").status, 200);
    const HttpAnswer part = ask(takesGzip + "Range: bytes=2-9\r\nIf-Range: " + codedTag + "\r\n");
    QCOMPARE(part.status, 206); // of what was sent: coded bytes
    QCOMPARE(part.body, whole.body.mid(2, 8));
    QCOMPARE(valueOf(part.headers, "Content-Encoding"), "gzip");
    QCOMPARE(ask("Range: bytes=2-9\r\nIf-Range: " + codedTag + "\r\n").status, 200);
}

QTEST_GUILESS_MAIN(TestPages)
#include "tst_pages.moc"
