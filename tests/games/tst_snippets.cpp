// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/games/snippets.h"
#include "server/games/typingrace.h"

#include <QSet>
#include <QTest>
#include <algorithm>

using namespace glasshouse;

class TestSnippets final : public QObject
{
    Q_OBJECT

private slots:
    void areManyAndInEightLanguages();
    void areAllDifferent();
    void haveTheirLength_data();
    void haveTheirLength();
    void canBeTyped_data() { addSnippets(); }
    void canBeTyped();
    void areFoundByName_data();
    void areFoundByName();
    void leaveAChoiceWhateverIsAsked_data();
    void leaveAChoiceWhateverIsAsked();
    void areAllDrawnWhereAnythingGoes();

private:
    static void addSnippets();
    static QList<QByteArray> languages();
};

void TestSnippets::addSnippets()
{
    QTest::addColumn<QByteArray>("text");
    for (const Snippet *snippet : allSnippets())
        QTest::addRow("%s: %s", snippet->language.data(), snippet->title.data()) << snippet->text.toByteArray();
}

QList<QByteArray> TestSnippets::languages()
{
    QSet<QByteArray> names;
    for (const Snippet *snippet : allSnippets())
        names += snippet->language.toByteArray();
    return names.values();
}

void TestSnippets::areManyAndInEightLanguages()
{
    QVERIFY(allSnippets().size() >= 40);
    auto found = languages();
    std::sort(found.begin(), found.end());
    QCOMPARE(found, (QList<QByteArray>{"c", "cpp", "go", "java", "javascript", "python", "rust", "sql"}));
}

void TestSnippets::areAllDifferent()
{
    QSet<QByteArray> texts;
    QSet<QByteArray> titles;
    for (const Snippet *snippet : allSnippets()) {
        texts += snippet->text.toByteArray().simplified();
        titles += snippet->title.toByteArray();
    }
    QCOMPARE(texts.size(), allSnippets().size());
    QCOMPARE(titles.size(), allSnippets().size());
}

void TestSnippets::haveTheirLength_data()
{
    QTest::addColumn<int>("length");
    QTest::addColumn<int>("least");
    QTest::addColumn<int>("most");
    QTest::newRow("short") << int(SnippetLength::Short) << 60 << 140;
    QTest::newRow("medium") << int(SnippetLength::Medium) << 150 << 350;
    QTest::newRow("long") << int(SnippetLength::Long) << 400 << 800;
}

void TestSnippets::haveTheirLength()
{
    QFETCH(int, length);
    QFETCH(int, least);
    QFETCH(int, most);
    for (const Snippet *snippet : allSnippets()) {
        if (int(snippet->length) == length)
            QVERIFY2(snippet->text.size() >= least && snippet->text.size() <= most, snippet->title.data());
    }
}

void TestSnippets::canBeTyped()
{
    QFETCH(QByteArray, text);
    QCOMPARE(tidyCode(text), text); // no white space at the ends
    QVERIFY(!text.startsWith(' ') && !text.startsWith('\n'));
    for (const QByteArray &line : text.split('\n')) {
        QVERIFY2(line.size() <= 72, line.constData());
        for (const char c : line)
            QVERIFY2(c >= ' ' && c <= '~', line.constData());
    }
}

void TestSnippets::areFoundByName_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("isLanguage");
    QTest::addColumn<bool>("isLength");
    QTest::newRow("a language") << QByteArray("cpp") << true << false;
    QTest::newRow("a length") << QByteArray("medium") << false << true;
    QTest::newRow("nothing") << QByteArray() << false << false;
    QTest::newRow("another case") << QByteArray("SQL") << false << false;
    QTest::newRow("the beginning of one") << QByteArray("java ") << false << false;
}

void TestSnippets::areFoundByName()
{
    QFETCH(QByteArray, name);
    QTEST(isSnippetLanguage(name), "isLanguage");
    QTEST(snippetLength(name).has_value(), "isLength");
}

void TestSnippets::leaveAChoiceWhateverIsAsked_data()
{
    QTest::addColumn<QByteArray>("language");
    QTest::addColumn<QByteArray>("length");
    for (const QByteArray &language : languages() + QList<QByteArray>{""}) {
        for (const char *length : {"short", "medium", "long", ""})
            QTest::addRow("%s, %s", language.constData(), length) << language << QByteArray(length);
    }
}

void TestSnippets::leaveAChoiceWhateverIsAsked()
{
    QFETCH(QByteArray, language);
    QFETCH(QByteArray, length);
    const SnippetChoice choice{language, snippetLength(length)};
    Chance chance(7);
    const Snippet *last = nullptr;
    for (int i = 0; i < 20; ++i) {
        const Snippet *drawn = drawSnippet(choice, last, chance);
        QVERIFY(drawn != last);
        QVERIFY(language.isEmpty() || drawn->language == language);
        QVERIFY(!choice.length || drawn->length == *choice.length);
        last = drawn;
    }
}

void TestSnippets::areAllDrawnWhereAnythingGoes()
{
    Chance chance(1);
    QSet<const Snippet *> drawn;
    for (int i = 0; i < 2000; ++i)
        drawn += drawSnippet({}, nullptr, chance);
    QCOMPARE(drawn.size(), allSnippets().size());
}

QTEST_GUILESS_MAIN(TestSnippets)
#include "tst_snippets.moc"
