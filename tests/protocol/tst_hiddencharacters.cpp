// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/hiddencharacters.h"

#include <QTest>

using namespace glasshouse;

class TestHiddenCharacters final : public QObject
{
    Q_OBJECT

private slots:
    void knowsAllDefaultIgnorables();
    void knowsWhatHides_data();
    void knowsWhatHides();
    void knowsWhatFramesADirection();
    void knowsWhatPilesUp();
};

// DerivedCoreProperties.txt gives the number at the end of the list.
void TestHiddenCharacters::knowsAllDefaultIgnorables()
{
    int count = 0;
    for (char32_t c = 0; c <= 0x10FFFF; ++c)
        count += isDefaultIgnorable(c) ? 1 : 0;
    QCOMPARE(count, 4174);
    for (const char32_t c :
         {0x00ADU, 0x034FU, 0x061CU, 0x115FU, 0x1160U, 0x17B5U, 0x180FU,  0x200BU,  0x200FU,  0x202EU, 0x2065U,
          0x3164U, 0xFE00U, 0xFE0FU, 0xFEFFU, 0xFFA0U, 0xFFF0U, 0x1BCA3U, 0x1D17AU, 0xE0001U, 0xE0FFFU})
        QVERIFY2(isDefaultIgnorable(c), qPrintable(QString::number(c, 16)));
    for (const char32_t c : {0x00ACU, 0x00AEU, 0x115EU, 0x1161U, 0x180AU, 0x1810U, 0x200AU, 0x2010U, 0x202FU, 0x2070U,
                             0x2800U, 0xFFEFU, 0xFFF9U, 0xDFFFFU, 0xE1000U})
        QVERIFY2(!isDefaultIgnorable(c), qPrintable(QString::number(c, 16)));
}

void TestHiddenCharacters::knowsWhatHides_data()
{
    QTest::addColumn<uint>("character");
    QTest::addColumn<bool>("hidden");
    const auto row = [](const char *name, uint c, bool hidden) { QTest::newRow(name) << c << hidden; };
    row("NUL", 0, true);
    row("escape", 0x1B, true);
    row("delete", 0x7F, true);
    row("C1", 0x9B, true);
    row("line feed is space", '\n', false);
    row("next line is space", 0x85, false);
    row("soft hyphen", 0xAD, true);
    row("braille blank", 0x2800, true);
    row("braille dot", 0x2801, false);
    row("Hangul filler", 0x3164, true);
    row("halfwidth filler", 0xFFA0, true);
    row("jamo filler", 0x115F, true);
    row("null notehead", 0x1D159, true);
    row("object replacement", 0xFFFC, true);
    row("replacement", 0xFFFD, true);
    row("interlinear annotation", 0xFFF9, true);
    row("noncharacter", 0xFDD0, true);
    row("last noncharacter", 0x10FFFF, true);
    row("private use", 0xE000, true);
    row("half a surrogate", 0xD800, true);
    row("letter", 'a', false);
    row("space", ' ', false);
    row("ideographic space", 0x3000, false);
    row("newer emoji than Qt's tables", 0x1FAE8, false);
    row("mark", 0x301, false);
}

void TestHiddenCharacters::knowsWhatHides()
{
    QFETCH(uint, character);
    QTEST(isHidden(character), "hidden");
}

void TestHiddenCharacters::knowsWhatFramesADirection()
{
    for (const char32_t c : {0x202AU, 0x202BU, 0x202CU, 0x202DU, 0x202EU, 0x2066U, 0x2067U, 0x2068U, 0x2069U})
        QVERIFY(isBidiFrame(c));
    for (const char32_t c : {0x2029U, 0x202FU, 0x2065U, 0x206AU, 0x200EU, 0x200FU, 0x061CU})
        QVERIFY(!isBidiFrame(c));
}

void TestHiddenCharacters::knowsWhatPilesUp()
{
    for (const char32_t c : {0x0301U, 0x0489U, 0x20E3U, 0x093CU, 0x0E34U})
        QVERIFY(pilesUp(c));
    for (const char32_t c :
         {0x0061U, 0x093EU, 0x034FU, 0xFE0FU, 0x200DU}) // a letter, a mark with room of its own, ignorables
        QVERIFY(!pilesUp(c));
}

QTEST_GUILESS_MAIN(TestHiddenCharacters)
#include "tst_hiddencharacters.moc"
