// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/http/contents/contenttypes.h"

#include <QTest>

using namespace glasshouse;

class TestContentTypes final : public QObject
{
    Q_OBJECT

private slots:
    void goesByTheEnd_data();
    void goesByTheEnd();
    void knowsWhatIsCoded_data();
    void knowsWhatIsCoded();
};

void TestContentTypes::goesByTheEnd_data()
{
    QTest::addColumn<QByteArray>("type");
    const auto row = [](const char *path, const char *type) { QTest::newRow(path) << QByteArray(type); };
    row("index.html", "text/html; charset=utf-8");
    row("a/b/main.mjs", "text/javascript; charset=utf-8");
    row("game.wasm", "application/wasm");
    row("game.WASM", "application/wasm");
    row("game.data", "application/octet-stream");
    row("game.pck", "application/octet-stream");
    row("level.json", "application/json");
    row("icon.svg", "image/svg+xml");
    row("horse.webp", "image/webp");
    row("horse.glb", "model/gltf-binary");
    row("horse.gltf", "model/gltf+json");
    row("neigh.mp3", "audio/mpeg");
    row("neigh.ogg", "audio/ogg");
    row("neigh.m4a", "audio/mp4");
    row("race.webm", "video/webm");
    row("text.woff2", "font/woff2");
    row("text.ttf", "font/ttf");
    row("save.tar.gz", "application/gzip");
    row("html", "application/octet-stream");
    row("a.html/b", "application/octet-stream");
    row("a.unknown", "application/octet-stream");
    row("", "application/octet-stream");
    row("a.", "application/octet-stream");
}

void TestContentTypes::goesByTheEnd()
{
    QTEST(contentTypeOf(QTest::currentDataTag()), "type");
    const FileKind kind = fileKindOf(QTest::currentDataTag(), {});
    QTEST(kind.contentType, "type");
    QCOMPARE(kind.coding, ContentCoding::Identity);
}

void TestContentTypes::knowsWhatIsCoded_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("firstBytes");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("coding");
    const QByteArray gzip("\x1f\x8b\x08\x00", 4);
    const QByteArray unitysBrotli = "\x6b\x8d\x00" + QByteArray("UnityWeb Compressed Content (brotli)");
    const auto row = [](const char *path, const QByteArray &firstBytes, const char *type, const char *coding) {
        QTest::addRow("%s, %lld bytes", path, qint64(firstBytes.size()))
            << QByteArray(path) << firstBytes << QByteArray(type) << QByteArray(coding);
    };
    row("Build/x.wasm.br", {}, "application/wasm", "br");
    row("Build/x.framework.js.br", {}, "text/javascript; charset=utf-8", "br");
    row("Build/x.data.gz", gzip, "application/octet-stream", "gzip");
    row("Build/x.symbols.json.gz", gzip, "application/json", "gzip");
    row("Build/X.WASM.BR", {}, "application/wasm", "br");
    row("x.js.unityweb", gzip, "text/javascript; charset=utf-8", "gzip");
    row("x.wasm.unityweb", unitysBrotli, "application/wasm", "br");
    row("x.data.unityweb", "UnityWebData1.0", "application/octet-stream", ""); // not compressed
    row("x.data.unityweb", {}, "application/octet-stream", "");
    row("unityweb", gzip, "application/octet-stream", "");
    row("saves.tar.gz", gzip, "application/gzip", "");
    row("saves.gz", gzip, "application/gzip", "");
    row("a.b/saves.gz", gzip, "application/gzip", "");
    row("x.br", {}, "application/octet-stream", "");
    row(".gz", gzip, "application/gzip", "");
    row("x.js", gzip, "text/javascript; charset=utf-8", "");
}

void TestContentTypes::knowsWhatIsCoded()
{
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, firstBytes);
    const FileKind kind = fileKindOf(path, firstBytes);
    QTEST(kind.contentType, "type");
    QTEST(nameOf(kind.coding).toByteArray(), "coding");
}

QTEST_GUILESS_MAIN(TestContentTypes)
#include "tst_contenttypes.moc"
