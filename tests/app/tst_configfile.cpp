// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/configfile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// "1:port=80 3:bind=::1"
QString summary(const ConfigFile &file)
{
    QStringList lines;
    for (const ConfigLine &line : file.lines)
        lines += u"%1:%2=%3"_s.arg(line.number).arg(line.key, line.value);
    return lines.join(u' ');
}

} // namespace

class TestConfigFile final : public QObject
{
    Q_OBJECT

private slots:
    void readsLines_data();
    void readsLines();
    void refusesLines_data();
    void refusesLines();
    void refusesEachBadLine();
    void refusesFiles_data();
    void refusesFiles();
    void survivesAnyBytes();
};

void TestConfigFile::readsLines_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("lines");
    QTest::newRow("nothing") << QByteArray() << QString();
    QTest::newRow("one") << QByteArray("port = 80\n") << u"1:port=80"_s;
    QTest::newRow("without blanks") << QByteArray("port=80") << u"1:port=80"_s;
    QTest::newRow("with many") << QByteArray(" \tport\t =  80 \t\n") << u"1:port=80"_s;
    QTest::newRow("blank lines and comments") << QByteArray("\n  \n# port = 1\n  # x\nport = 80") << u"5:port=80"_s;
    QTest::newRow("repeated") << QByteArray("route = /a\nroute = /b\n") << u"1:route=/a 2:route=/b"_s;
    QTest::newRow("= in the value") << QByteArray("route = /play?match={room}") << u"1:route=/play?match={room}"_s;
    QTest::newRow("# in the value") << QByteArray("jwt-issuer = a#1") << u"1:jwt-issuer=a#1"_s;
    QTest::newRow("CRLF") << QByteArray("port = 80\r\n\r\nbind = ::1\r\n") << u"1:port=80 3:bind=::1"_s;
    QTest::newRow("byte-order mark") << QByteArray("\xef\xbb\xbfport = 80\n") << u"1:port=80"_s;
    QTest::newRow("UTF-8") << QByteArray("jwt-issuer = Müller\n") << u"1:jwt-issuer=Müller"_s;
}

void TestConfigFile::readsLines()
{
    QFETCH(QByteArray, text);
    const ConfigFile file = ConfigFile::parse(text, u"f"_s);
    QVERIFY(file.errors.isEmpty());
    QTEST(summary(file), "lines");
}

void TestConfigFile::refusesLines_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<ConfigFileError>("error");
    QTest::newRow("no =") << QByteArray("port 80") << ConfigFileError::NoKey;
    QTest::newRow("a section") << QByteArray("[server]") << ConfigFileError::NoKey;
    QTest::newRow("no key") << QByteArray("= 80") << ConfigFileError::NoKey;
    QTest::newRow("no value") << QByteArray("port =") << ConfigFileError::NoValue;
    QTest::newRow("a comment behind it") << QByteArray("port = 80 # the usual") << ConfigFileError::Comment;
    QTest::newRow("a comment only") << QByteArray("port = # 80") << ConfigFileError::Comment;
    QTest::newRow("quotation marks") << QByteArray("bind = \"::1\"") << ConfigFileError::Quotes;
    QTest::newRow("single ones") << QByteArray("bind = '::1'") << ConfigFileError::Quotes;
    QTest::newRow("NUL") << QByteArray("port = 8\0000", 10) << ConfigFileError::ControlCharacter;
    QTest::newRow("CR alone") << QByteArray("port = 80\rbind = ::1") << ConfigFileError::ControlCharacter;
    QTest::newRow("escape") << QByteArray("bind = \x1b[31m") << ConfigFileError::ControlCharacter;
    QTest::newRow("Latin-1") << QByteArray("jwt-issuer = M\xfcller") << ConfigFileError::WrongEncoding;
    QTest::newRow("cut UTF-8") << QByteArray("jwt-issuer = \xe2\x82") << ConfigFileError::WrongEncoding;
}

void TestConfigFile::refusesLines()
{
    QFETCH(QByteArray, line);
    const ConfigFile file = ConfigFile::parse("\n" + line + "\nport = 1\n", u"my.conf"_s);
    QCOMPARE(file.errors.size(), 1);
    QTEST(file.errors.first().code, "error");
    QVERIFY2(file.errors.first().text.startsWith("my.conf:2: "), file.errors.first().text.constData());
    QCOMPARE(summary(file), u"3:port=1"_s); // the rest is read for its own faults
}

void TestConfigFile::refusesEachBadLine()
{
    const ConfigFile file = ConfigFile::parse("port\nbind\n", u"f"_s);
    QCOMPARE(file.errors.size(), 2);
    QVERIFY(file.errors.last().text.startsWith("f:2: "));
}

void TestConfigFile::refusesFiles_data()
{
    QTest::addColumn<QByteArray>("contents");
    QTest::addColumn<ConfigFileError>("error");
    QTest::newRow("none") << QByteArray() << ConfigFileError::Unreadable;
    QTest::newRow("UTF-16") << QByteArray("\xff\xfep\0o\0", 6) << ConfigFileError::WrongEncoding;
    QTest::newRow("UTF-16, big end first") << QByteArray("\xfe\xff\0p\0o", 6) << ConfigFileError::WrongEncoding;
    QTest::newRow("a byte too long") << QByteArray(ConfigFile::maxBytes + 1, '\n') << ConfigFileError::TooLong;
}

void TestConfigFile::refusesFiles()
{
    QFETCH(QByteArray, contents);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"my.conf"_s);
    if (!contents.isEmpty()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(contents) == contents.size());
    }
    const ConfigFile read = ConfigFile::read(path);
    QCOMPARE(read.errors.size(), 1);
    QTEST(read.errors.first().code, "error");
    QVERIFY(read.errors.first().text.startsWith(path.toUtf8()));
    QCOMPARE(ConfigFile::read(folder.path()).errors.first().code, ConfigFileError::Unreadable);
}

void TestConfigFile::survivesAnyBytes()
{
    for (int first = 0; first < 256; ++first) {
        for (const char *around : {"", "port = ", "port", "="}) {
            const QByteArray text = around + QByteArray(1, char(first)) + "\nbind = ::1";
            const ConfigFile file = ConfigFile::parse(text, u"f"_s);
            QVERIFY(!file.lines.isEmpty() && file.lines.last().key == "bind"_L1);
        }
    }
}

QTEST_GUILESS_MAIN(TestConfigFile)
#include "tst_configfile.moc"
