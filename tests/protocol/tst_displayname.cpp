// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/displayname.h"
#include "tests/support/patience.h"

#include <QElapsedTimer>
#include <QTest>
#include <QTextBoundaryFinder>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestDisplayName final : public QObject
{
    Q_OBJECT

private slots:
    void keepsWhatPeopleWrite_data();
    void keepsWhatPeopleWrite();
    void takesOutWhatDoesNotShow_data();
    void takesOutWhatDoesNotShow();
    void isNoneWhereNothingShows_data();
    void isNoneWhereNothingShows();
    void countsAsPeopleDo_data();
    void countsAsPeopleDo();
    void boundsMarks();
    void isCleanOnceAndForAll();
    void comparesAsPeopleDo_data();
    void comparesAsPeopleDo();
    void numbersWithinItsBounds_data();
    void numbersWithinItsBounds();
    void takesLongHostileTextsQuickly();
};

namespace {

int charactersOf(const QString &text)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
    int count = 0;
    while (finder.toNextBoundary() >= 0)
        ++count;
    return count;
}

} // namespace

void TestDisplayName::keepsWhatPeopleWrite_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : {
             u"Ada"_s,
             u"Ada Lovelace"_s,
             u"[TAG] x_X"_s,
             u"<b>&\"'"_s,
             u"Zo\u00EB"_s,
             u"\u00C5sa"_s,
             u"\u0416\u0435\u043D\u044F"_s,
             u"\u5F20\u4F1F"_s,
             u"\uAE40\uBBFC\uC900"_s,
             u"\u0E2A\u0E21\u0E0A\u0E32\u0E22"_s,
             u"\u05E9\u05DC\u05D5\u05DD"_s,
             u"\u1EC7"_s,                                           // Vietnamese, two marks in one
             u"\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"_s, // Persian, a joined word with ZWNJ
             u"\u0915\u094D\u200D\u0937"_s,                         // Devanagari, half form by ZWJ
             u"\u0915\u094D\u200C\u0937"_s,                         // … and the virama shown by ZWNJ
             u"\u09B0\u200D\u09CD\u09AF\u09BE"_s,                   // Bengali, ZWJ before the virama
             u"\u0DC1\u0DCA\u200D\u0DBB\u0DD3"_s,                   // Sinhala, Sri
             u"\u0D05\u0D35\u0D28\u0D4D\u200D"_s,                   // Malayalam, a last letter with ZWJ
             u"\u0D05\u0D35\u0D28\u0D4D\u200D \u0D05"_s,            // … and before another word
             u"\u0F66\u0F90\u0FB1\u0F7C\u0F0B"_s,                   // Tibetan stack
             u"\u05D1\u05B8\u05BC\u0591"_s,                         // Hebrew, three marks
             u"\U0001F468\u200D\U0001F469\u200D\U0001F467"_s,       // family
             u"\U0001F469\U0001F3FD\u200D\U0001F680"_s,             // astronaut with a skin
             u"\u2764\uFE0F\u200D\U0001F525"_s,                     // heart on fire
             u"\U0001F3F3\uFE0F\u200D\U0001F308"_s,                 // rainbow flag
             u"\U0001F3F4\U000E0067\U000E0062\U000E0077\U000E006C\U000E0073\U000E007F"_s, // Wales
             u"1\uFE0F\u20E3"_s,                                                          // keycap
             u"\u2139\uFE0F"_s,
             u"\U0001F1E9\U0001F1EA"_s,
             u"\U0001FAE8"_s,       // newer than Qt's tables
             u"\u845B\U000E0100"_s, // a form of an ideograph
             u"\u1820\u180B"_s,     // a form of a Mongolian letter
         })
        QTest::newRow(qPrintable(name)) << name;
}

void TestDisplayName::keepsWhatPeopleWrite()
{
    QFETCH(QString, name);
    QCOMPARE(DisplayName(name).text(), name);
    QCOMPARE(DisplayName::fromUtf8(name.toUtf8()).text(), name);
}

void TestDisplayName::takesOutWhatDoesNotShow_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");
    const auto row = [](const char *name, const QString &text, const QString &left) {
        QTest::newRow(name) << text << left;
    };
    const QString ada = u"Ada"_s;
    row("white space around", u"  \t Ada \n\u2003"_s, ada);
    row("white space within", u"Ada \u00A0\r\n\u3000Lovelace"_s, u"Ada Lovelace"_s);
    row("controls", u"A\u0007d\u001B\u009Ba\u007F"_s, ada);
    row("zero width space", u"A\u200Bda"_s, ada);
    row("soft hyphen", u"A\u00ADda"_s, ada);
    row("word joiner", u"A\u2060da\uFEFF"_s, ada);
    row("fillers", u"\u3164A\uFFA0d\u115Fa\u1160"_s, ada);
    row("braille blank", u"A\u2800da"_s, ada);
    row("overrides", u"\u202EadA\u202C"_s, u"adA"_s);
    row("isolates", u"\u2066Ada\u2069"_s, ada);
    row("open isolate", u"Ada\u2067"_s, ada);
    row("direction marks", u"\u200FAda\u200E\u061C"_s, ada);
    row("joiners between Latin letters", u"A\u200Dd\u200Ca"_s, ada);
    row("joiners at the ends", u"\u200DAda\u200D"_s, ada);
    row("joiner at the end of a Persian word", u"\u0645\u06CC\u200C"_s, u"\u0645\u06CC"_s);
    row("many joiners", u"\u0645\u200C\u200C\u200C\u0645"_s, u"\u0645\u200C\u0645"_s);
    row("joiner between scripts", u"\u0645\u200Cx"_s, u"\u0645x"_s);
    row("joiner behind an emoji", u"\U0001F600\u200D"_s, u"\U0001F600"_s);
    row("selector behind a letter", u"A\uFE0Fd\uFE00a\U000E0100"_s, ada);
    row("two selectors", u"\u2764\uFE0F\uFE0F"_s, u"\u2764\uFE0F"_s);
    row("selector alone", u"\uFE0FAda"_s, ada);
    row("tags without a flag", u"Ada\U000E0067\U000E0062\U000E007F"_s, ada);
    row("flag without an end", u"\U0001F3F4\U000E0067\U000E0062x"_s, u"\U0001F3F4x"_s);
    row("flag that hides a text", u"\U0001F3F4"_s + u"\U000E0061"_s.repeated(20) + u"\U000E007F"_s, u"\U0001F3F4"_s);
    row("mark without a letter", u"\u0301\u0301Ada"_s, ada);
    row("mark on a space", u"Ada \u0332x"_s, u"Ada x"_s);
    row("letter and mark", u"Zoe\u0308"_s, u"Zo\u00EB"_s);
    row("private use", u"\uF8FFAda\U0010FFFD"_s, ada);
    row("noncharacters", u"A\uFDD0da\uFFFE"_s, ada);
    row("half a surrogate", u"A"_s + QChar(0xD83D) + u"da"_s, ada);
    row("line separator", u"Ada\u2028x"_s, u"Ada x"_s);
}

void TestDisplayName::takesOutWhatDoesNotShow()
{
    QFETCH(QString, text);
    QTEST(DisplayName(text).text(), "name");
}

void TestDisplayName::isNoneWhereNothingShows_data()
{
    QTest::addColumn<QString>("text");
    for (const char32_t c :
         {0x20U,   0xA0U,   0xADU,   0x34FU,   0x61CU,   0x115FU,  0x1160U,  0x17B4U,  0x180BU,  0x180EU,
          0x2003U, 0x200BU, 0x200CU, 0x200DU,  0x200EU,  0x2028U,  0x202EU,  0x2060U,  0x2065U,  0x2068U,
          0x2800U, 0x3000U, 0x3164U, 0xFE0FU,  0xFEFFU,  0xFFA0U,  0xFFF0U,  0xFFFCU,  0xFFFDU,  0x301U,
          0x1U,    0x9FU,   0xE000U, 0x1D159U, 0x1D173U, 0x1BCA0U, 0x16FE4U, 0xE0020U, 0xE0100U, 0xE007FU}) {
        const QString text = QStringView(QChar::fromUcs4(c)).toString();
        QTest::addRow("U+%04X", uint(c)) << text;
        QTest::addRow("three U+%04X and a space", uint(c)) << text + text + u' ' + text;
    }
    QTest::newRow("nothing") << QString();
}

void TestDisplayName::isNoneWhereNothingShows()
{
    QFETCH(QString, text);
    QVERIFY(DisplayName(text).isEmpty());
}

void TestDisplayName::countsAsPeopleDo_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<int>("fit");
    QTest::newRow("ASCII") << u"x"_s << 32;
    QTest::newRow("two bytes") << u"\u00E4"_s << 32;
    QTest::newRow("three bytes") << u"\u5F20"_s << 32;
    QTest::newRow("four bytes") << u"\U0001F600"_s << 32;
    QTest::newRow("a family, 18 bytes") << u"\U0001F468\u200D\U0001F469\u200D\U0001F467"_s << 7;
    QTest::newRow("a flag, 8 bytes") << u"\U0001F1E9\U0001F1EA"_s << 16;
    QTest::newRow("a letter and a mark, 3 bytes") << u"x\u0301"_s << 32;
    QTest::newRow("CR LF is a space") << u"x\r\n"_s << 16;
}

void TestDisplayName::countsAsPeopleDo()
{
    QFETCH(QString, one);
    QFETCH(int, fit);
    const QString name = DisplayName(one.repeated(40)).text();
    const QString line = one.simplified() + (one.endsWith(u'\n') ? u" "_s : QString());
    QCOMPARE(name, line.repeated(fit).trimmed());
    QVERIFY(charactersOf(name) <= 32);
    QVERIFY(name.toUtf8().size() <= 128);
}

void TestDisplayName::boundsMarks()
{
    const QString zalgo = u"A"_s + u"\u0321\u0316\u0323\u0332\u0333\u0347"_s.repeated(50) + u"da"_s;
    const QString name = DisplayName(zalgo).text();
    QVERIFY(name.endsWith("da"_L1));
    QCOMPARE(name.size(), 3 + 4);
    // What does not show is no letter to stand on.
    const QString parted = u"A"_s + u"\u0316\u034F\u200D"_s.repeated(50) + u"da"_s;
    QCOMPARE(DisplayName(parted).text(), u"A\u0316\u0316\u0316\u0316da"_s);
}

void TestDisplayName::isCleanOnceAndForAll()
{
    for (const QString &text : {u"A\u200Bda"_s.repeated(20), u"\u0645\u200C"_s.repeated(50), u"x \u0301"_s.repeated(30),
                                u"\U0001F468\u200D"_s.repeated(50), u"\u1100"_s.repeated(100)}) {
        const QString once = DisplayName(text).text();
        QCOMPARE(DisplayName(once).text(), once);
        QVERIFY(once.toUtf8().size() <= DisplayName::maxBytes);
    }
}

void TestDisplayName::comparesAsPeopleDo_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("same");
    QTest::newRow("case") << u"Ada"_s << u"aDA"_s << true;
    QTest::newRow("case of another script") << u"\u0416"_s << u"\u0436"_s << true;
    QTest::newRow("width") << u"\uFF21\uFF44\uFF41"_s << u"Ada"_s << true;
    QTest::newRow("ligature") << u"\uFB01x"_s << u"fix"_s << true;
    QTest::newRow("composed") << u"Zo\u00EB"_s << u"Zoe\u0308"_s << true;
    QTest::newRow("joiner") << u"\u0645\u200C\u0645"_s << u"\u0645\u0645"_s << true;
    QTest::newRow("selector") << u"\u2764\uFE0F"_s << u"\u2764"_s << true;
    QTest::newRow("space") << u"Ada  L"_s << u"ada\u00A0l"_s << true;
    QTest::newRow("mark") << u"Zo\u00EB"_s << u"Zoe"_s << false;
    QTest::newRow("number") << u"Ada"_s << u"Ada (2)"_s << false;
    QTest::newRow("skin") << u"\U0001F44D\U0001F3FD"_s << u"\U0001F44D"_s << false;
}

void TestDisplayName::comparesAsPeopleDo()
{
    QFETCH(QString, one);
    QFETCH(QString, other);
    QTEST(DisplayName(one).key() == DisplayName(other).key(), "same");
}

void TestDisplayName::numbersWithinItsBounds_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("number");
    QTest::addColumn<QString>("numbered");
    QTest::newRow("short") << u"Ada"_s << 2 << u"Ada (2)"_s;
    QTest::newRow("32 letters") << QString(32, u'x') << 2 << QString(28, u'x') + u" (2)"_s;
    QTest::newRow("larger number") << QString(32, u'x') << 1000 << QString(25, u'x') + u" (1000)"_s;
    QTest::newRow("a space at the cut") << QString(27, u'x') + u" yyyy"_s << 2 << QString(27, u'x') + u" (2)"_s;
    QTest::newRow("128 bytes") << u"\U0001F600"_s.repeated(32) << 2 << u"\U0001F600"_s.repeated(28) + u" (2)"_s;
    QTest::newRow("a number already") << u"Ada (2)"_s << 2 << u"Ada (2) (2)"_s;
}

void TestDisplayName::numbersWithinItsBounds()
{
    QFETCH(QString, name);
    QFETCH(int, number);
    const DisplayName numbered = DisplayName(name).numbered(number);
    QTEST(numbered.text(), "numbered");
    QCOMPARE(DisplayName(numbered.text()).text(), numbered.text());
}

void TestDisplayName::takesLongHostileTextsQuickly()
{
    constexpr int length = 64 * 1024;
    QElapsedTimer timer;
    timer.start();
    for (const QString &piece : {u"\u0316\u0301"_s, u"a\u0316\u0301"_s, u"\U0001D165\u302E"_s, u"\u1100"_s, u"\u200D"_s,
                                 u"\U0001F468\u200D"_s, u" "_s, u"\U0001F3F4\U000E0061"_s})
        QVERIFY(DisplayName(u"x"_s + piece.repeated(length / piece.size())).key().size() < 1000);
    QVERIFY2(timer.elapsed() < patience * 2000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestDisplayName)
#include "tst_displayname.moc"
