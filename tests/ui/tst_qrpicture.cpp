// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/appearance.h"
#include "ui/base/qrpicture.h"

#include <QProcess>
#include <QTest>
#include <qrcodegen.hpp>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

const QString address = u"http://192.168.100.200:18080/?room=K7QF"_s;

qrcodegen::QrCode codeOf(const QString &text)
{
    return qrcodegen::QrCode::encodeText(text.toUtf8().constData(), qrcodegen::QrCode::Ecc::MEDIUM);
}

/// What the pixels of one module have in common; magenta: they differ.
QRgb moduleColour(const QImage &shot, QPoint corner, int module)
{
    const QRgb first = shot.pixel(corner);
    for (int y = 0; y < module; ++y) {
        for (int x = 0; x < module; ++x) {
            if (shot.pixel(corner + QPoint(x, y)) != first)
                return qRgb(255, 0, 255);
        }
    }
    return first;
}

} // namespace

class TestQrPicture : public QObject
{
    Q_OBJECT
private slots:
    void isTheLibrarysCode_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("link") << address;
        QTest::newRow("first page") << u"http://10.0.0.5:8080/"_s;
        QTest::newRow("IPv6") << u"http://[fd00::1:2]:8080/?room=main"_s;
        QTest::newRow("not Latin") << u"http://x/?room=Zürich"_s;
        QTest::newRow("as long as it may be") << QString(2331, u'a');
    }
    void isTheLibrarysCode()
    {
        QFETCH(QString, text);
        const QImage image = qrCode(text);
        const qrcodegen::QrCode code = codeOf(text);
        QCOMPARE(image.size(), QSize(code.getSize(), code.getSize()));
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                QCOMPARE(image.pixel(x, y), code.getModule(x, y) ? qRgb(0, 0, 0) : qRgb(255, 255, 255));
        }
    }

    void knowsItsBounds()
    {
        QVERIFY(qrCode({}).isNull());
        QVERIFY(qrCode(QString(2332, u'a')).isNull());
        QVERIFY(qrCode(QString(1200, u'ü')).isNull()); // bytes count
        QrPicture picture;
        QCOMPARE(picture.modulePixels(), 0);
        picture.setText(address);
        picture.resize(20, 20);
        QCOMPARE(picture.modulePixels(), 0); // too small to be scanned
    }

    /// Every module with its quiet zone, pixel by pixel, in each appearance.
    void everyPixelIsRight_data()
    {
        QTest::addColumn<int>("appearance");
        QTest::addColumn<QSize>("size");
        QTest::newRow("light") << int(Appearance::Light) << QSize(300, 300);
        QTest::newRow("dark") << int(Appearance::Dark) << QSize(300, 300);
        QTest::newRow("wide") << int(Appearance::Dark) << QSize(501, 177);
        QTest::newRow("high") << int(Appearance::Light) << QSize(149, 402);
    }
    void everyPixelIsRight()
    {
        QFETCH(int, appearance);
        QFETCH(QSize, size);
        AppearanceSwitch look;
        look.set(Appearance(appearance));
        QrPicture picture;
        picture.resize(size);
        picture.setText(address);
        const QImage shot = picture.grab().toImage().convertToFormat(QImage::Format_RGB32);
        const qrcodegen::QrCode code = codeOf(address);
        const int module = picture.modulePixels(), quiet = QrPicture::quietModules;
        const int modules = code.getSize() + 2 * quiet;
        QVERIFY(module >= 3);
        // Whole pixels of the widget; the picture of it may have a column more.
        const int width = int(size.width() * picture.devicePixelRatioF());
        const int height = int(size.height() * picture.devicePixelRatioF());
        QVERIFY((module + 1) * modules > std::min(width, height)); // as large as it can be
        const QPoint corner((width - modules * module) / 2, (height - modules * module) / 2);
        for (int y = 0; y < modules; ++y) {
            for (int x = 0; x < modules; ++x) {
                const QRgb expected = code.getModule(x - quiet, y - quiet) ? qRgb(0, 0, 0) : qRgb(255, 255, 255);
                QCOMPARE(moduleColour(shot, corner + QPoint(x, y) * module, module), expected);
            }
        }
        look.set(Appearance::System);
    }

    void isRightAtEveryScale_data()
    {
        QTest::addColumn<QString>("scale");
        for (const QString &scale : {u"1.25"_s, u"1.5"_s, u"2"_s, u"3"_s})
            QTest::newRow(qPrintable(scale)) << scale;
    }
    void isRightAtEveryScale()
    {
        QFETCH(QString, scale);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_SCALE_FACTOR"_s, scale); // counts when the application is made
        QProcess again;
        again.setProcessEnvironment(environment);
        again.start(QCoreApplication::applicationFilePath(), {u"everyPixelIsRight"_s});
        QVERIFY(again.waitForFinished());
        QVERIFY2(again.exitStatus() == QProcess::NormalExit && again.exitCode() == 0,
                 again.readAllStandardOutput().constData());
    }
};

QTEST_MAIN(TestQrPicture)
#include "tst_qrpicture.moc"
