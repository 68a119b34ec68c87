// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/findline.h"
#include "ui/details/hexview.h"
#include "ui/details/jsontreemodel.h"
#include "ui/details/jsontreeview.h"
#include "ui/details/messagedetails.h"
#include "ui/details/pictureview.h"
#include "ui/details/relatedline.h"
#include "ui/details/textpage.h"
#include "ui/models/memorysource.h"

#include <QAbstractItemView>
#include <QAction>
#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTest>
#include <QTextBlock>
#include <QThreadPool>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestMessageDetails final : public QObject
{
    Q_OBJECT
private slots:
    void copiesNoSecretFromAnyPage();
    void copiesNoSecretOfATree();
    void noKeyCopiesWhatShows_data();
    void noKeyCopiesWhatShows();
    void copiesWhatHoldsNoneAsItStands();
    void copiesValuesAndPaths();
    void showsWhatIsNoJsonAsItIs_data();
    void showsWhatIsNoJsonAsItIs();
    void opensAsMuchAsThereIsToSee();
    void fillsALongTextPieceByPiece();
    void cutsWhatNoViewCanShow();
    void looksForNoWordsInALongText();
    void coloursTheLinesInSight();
    void coloursJsonAlone();
    void foldsWhatIsInside();
    void dumpsLinesAsTheyShow();
    void findsInTheDetails();
    void leadsToWhatBelongsToIt();
    void waitsForAnAnswer();
    void comparesWithTheOneBefore();
    void listsNoSecretThatChanged();
    void showsPictures();
    void copiesPartsAroundASecret_data();
    void copiesPartsAroundASecret();
};

namespace {

enum Page { Tree, Text, Raw, Hex, Frame, Changes };
constexpr std::array pages{Tree, Text, Raw, Hex, Frame};
const QByteArray secret = "{\"type\":\"auth\",\"data\":{\"token\":\"canary\"}}";

CapturedRow rowOf(quint8 firstByte, const QByteArray &payload)
{
    CapturedRow row;
    row.record.firstByte = firstByte;
    row.payload = payload;
    return row;
}

CapturedRow textRow(const QByteArray &payload) { return rowOf(0x81, payload); }

template <typename View>
View *shown(MessageDetails &details, int page)
{
    details.setCurrentPage(page);
    QWidget *widget = details.findChild<QTabWidget *>()->currentWidget();
    if (auto *book = qobject_cast<QStackedWidget *>(widget))
        widget = book->currentWidget();
    return qobject_cast<View *>(widget);
}

void trigger(const QWidget *view, QKeySequence::StandardKey key)
{
    const auto actions = view->actions();
    for (QAction *action : actions) {
        if (action->shortcut() == QKeySequence(key))
            action->trigger();
    }
}

/// Of all that stands on the page.
QString copied(MessageDetails &details, int page)
{
    QGuiApplication::clipboard()->clear();
    if (auto *text = shown<SafeTextView>(details, page)) {
        text->selectAll();
        text->copy();
    } else if (auto *tree = shown<JsonTreeView>(details, page)) {
        tree->setCurrentIndex(tree->model()->index(tree->model()->rowCount() - 1, 1));
        trigger(tree, QKeySequence::Copy);
    } else if (auto *hex = shown<HexView>(details, page)) {
        hex->selectAll();
        trigger(hex, QKeySequence::Copy);
    }
    return QGuiApplication::clipboard()->text();
}

} // namespace

void TestMessageDetails::copiesNoSecretFromAnyPage()
{
    MessageDetails details;
    details.show(textRow(secret));
    for (const Page page : pages) {
        const QString text = copied(details, page);
        QVERIFY2(!text.isEmpty() && !text.contains(u"canary"_s) && !text.contains(u"63 61 6e 61"_s), qPrintable(text));
    }
    QCOMPARE(copied(details, Raw), u"{\"type\":\"auth\",\"data\":{\"token\":\"[redacted]\"}}"_s);
    QVERIFY(details.pageText().contains(u"canary"_s)); // whoever looks sees it
    details.show(rowOf(0x88, "\x03\xe8token=canary"));
    for (const Page page : pages) {
        const QString text = copied(details, page);
        QVERIFY2(!text.isEmpty() && !text.contains(u"canary"_s) && !text.contains(u"63 61 6e 61"_s), qPrintable(text));
    }
}

void TestMessageDetails::copiesNoSecretOfATree()
{
    MessageDetails details;
    details.show(textRow(secret));
    auto *tree = shown<JsonTreeView>(details, Tree);
    const QModelIndex data = tree->model()->index(1, 0);
    QVERIFY(tree->isExpanded(data));
    tree->setCurrentIndex(tree->model()->index(0, 0, data));
    QVERIFY(tree->model()->index(0, 1, data).data().toString().contains(u"canary"_s));
    details.setVisible(true);
    QVERIFY(QTest::qWaitForWindowActive(&details));
    tree->setFocus();
    tree->setCurrentIndex(tree->model()->index(0, 1, data)); // of which Qt would copy what shows
    QTest::keySequence(tree, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"[redacted]"_s);
    tree->setCurrentIndex(tree->model()->index(0, 0));
    trigger(tree, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"auth"_s);
}

void TestMessageDetails::noKeyCopiesWhatShows_data()
{
    QTest::addColumn<int>("page");
    QTest::addColumn<int>("key");
    QTest::addColumn<bool>("isEnabled");
    for (const Page page : {Tree, Hex}) {
        for (const bool isEnabled : {true, false}) {
            const QByteArray name = QByteArray(page == Tree ? "tree" : "hex") + (isEnabled ? "" : ", no action");
            QTest::addRow("%s, Ctrl+C", name.constData()) << int(page) << int(Qt::Key_C) << isEnabled;
            QTest::addRow("%s, Ctrl+Insert", name.constData()) << int(page) << int(Qt::Key_Insert) << isEnabled;
        }
    }
}

void TestMessageDetails::noKeyCopiesWhatShows()
{
    QFETCH(int, page);
    QFETCH(int, key);
    QFETCH(bool, isEnabled);
    MessageDetails details;
    details.setVisible(true);
    QVERIFY(QTest::qWaitForWindowActive(&details));
    details.show(textRow(secret));
    auto *view = shown<QAbstractItemView>(details, page);
    view->setFocus();
    const QAbstractItemModel *model = view->model();
    const QModelIndex last = model->index(model->rowCount() - 1, 0);
    view->setCurrentIndex(page == Tree ? model->index(0, 1, last) : model->index(2, 0)); // the line with the token
    QVERIFY(view->currentIndex().data().toString().contains(page == Tree ? u"canary"_s : u"63 61 6e 61"_s));
    const auto actions = view->actions();
    for (QAction *action : actions)
        action->setEnabled(isEnabled);
    QGuiApplication::clipboard()->setText(u"before"_s);
    QTest::keyClick(view, Qt::Key(key), Qt::ControlModifier);
    const QString text = QGuiApplication::clipboard()->text();
    QCOMPARE(text == u"before"_s, !isEnabled);
    QVERIFY2(!text.contains(u"canary"_s) && !text.contains(u"63 61 6e 61"_s), qPrintable(text));
}

void TestMessageDetails::copiesWhatHoldsNoneAsItStands()
{
    MessageDetails details;
    details.show(textRow(secret));
    (void)copied(details, Raw);
    details.show(textRow("{\"a\":\n1}"));
    QCOMPARE(copied(details, Raw), u"{\"a\":\n1}"_s);
    QCOMPARE(copied(details, Text), u"{\n  \"a\": 1\n}"_s);
    details.clear();
    QCOMPARE(copied(details, Raw), QString());
    QCOMPARE(copied(details, Tree), QString());
}

void TestMessageDetails::copiesValuesAndPaths()
{
    MessageDetails details;
    details.show(textRow("{\"data\":{\"x\":1.50,\"name\":\"A\\\"d\\u0061\"}}"));
    auto *tree = shown<JsonTreeView>(details, Tree);
    const QModelIndex data = tree->model()->index(0, 0);
    tree->setCurrentIndex(tree->model()->index(0, 1, data));
    trigger(tree, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"1.50"_s);
    const auto actions = tree->actions();
    for (QAction *action : actions) {
        if (action->text().contains(u"path"_s))
            action->trigger();
    }
    QCOMPARE(QGuiApplication::clipboard()->text(), u"data.x"_s);
    tree->setCurrentIndex(tree->model()->index(1, 1, data));
    trigger(tree, QKeySequence::Copy);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"A\"da"_s);
}

void TestMessageDetails::showsWhatIsNoJsonAsItIs_data()
{
    QTest::addColumn<quint8>("firstByte");
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QString>("shows");
    QTest::newRow("text") << quint8(0x81) << "hello"_ba << u"hello"_s;
    QTest::newRow("markup") << quint8(0x81) << "<b>x</b>"_ba << u"<b>x</b>"_s;
    QTest::newRow("a close") << quint8(0x88) << "\x03\xe8 bye"_ba << u"normal:  bye"_s;
    QTest::newRow("a ping") << quint8(0x89) << "hi"_ba << u"hi"_s;
    QTest::newRow("binary") << quint8(0x82) << "\xff\x01"_ba << u"00000000  ff 01"_s;
    QTest::newRow("JSON in binary") << quint8(0x82) << "[1]"_ba << u"00000000  5b 31 5d"_s;
}

void TestMessageDetails::showsWhatIsNoJsonAsItIs()
{
    QFETCH(quint8, firstByte);
    QFETCH(QByteArray, payload);
    QFETCH(QString, shows);
    MessageDetails details;
    details.show(rowOf(firstByte, payload));
    const auto *text = shown<SafeTextView>(details, Tree);
    QVERIFY(text != nullptr);
    QVERIFY2(text->toPlainText().startsWith(shows), qPrintable(text->toPlainText()));
}

/// A megabyte of one level, and one of 250: by what is gone over and what is open, not by a clock.
void TestMessageDetails::opensAsMuchAsThereIsToSee()
{
    constexpr qsizetype most = 4 * 1024 * 1024; // the text twice, what opens by itself, and what is tried for it
    JsonTreeView tree;
    for (const QByteArray &json :
         {"[" + QByteArray("[1,2],").repeated(180'000) + "1]",
          QByteArray("{\"a\":").repeated(250) + '"' + QByteArray(1'000'000, 'x') + '"' + QByteArray(250, '}')}) {
        QVERIFY(tree.setJson(json, {}));
        QVERIFY2(tree.tree().bytesRead() <= most, qPrintable(QString::number(tree.tree().bytesRead())));
        QVERIFY(tree.model()->rowCount() > 0);
    }
    QVERIFY(tree.setJson("{\"a\":{\"b\":{\"c\":1}}}", {}));
    const QModelIndex a = tree.model()->index(0, 0);
    QVERIFY(tree.isExpanded(a) && tree.isExpanded(tree.model()->index(0, 0, a)));
}

void TestMessageDetails::fillsALongTextPieceByPiece()
{
    MessageDetails details;
    details.show(textRow("[" + QByteArray("12345678,").repeated(110'000) + "1]"));
    auto *text = shown<TextPage>(details, Text);
    const int atOnce = text->document()->characterCount();
    QVERIFY2(atOnce > 10'000 && atOnce < 100'000, qPrintable(QString::number(atOnce)));
    QTRY_VERIFY(text->isComplete());
    QVERIFY(text->toPlainText().endsWith(u"  12345678,\n  1\n]"_s));
    QCOMPARE(text->document()->blockCount(), 110'003);
    details.show(textRow("[1]"));
    QCOMPARE(text->toPlainText(), u"[\n  1\n]"_s);
}

/// A line break for each of the ones, and 500 spaces behind it, would be half a gigabyte.
void TestMessageDetails::cutsWhatNoViewCanShow()
{
    constexpr qsizetype most = 5 * 1024 * 1024;
    MessageDetails details;
    details.show(textRow(QByteArray(250, '[') + QByteArray("1,").repeated(500'000) + '1' + QByteArray(250, ']')));
    auto *text = shown<TextPage>(details, Text);
    text->complete();
    QVERIFY(text->document()->characterCount() < most);
    QVERIFY(text->toPlainText().right(100).contains(u"are shown"_s));
    details.show(textRow("[\"" + QByteArray("\xc3\xa4").repeated(500'000) + "\"]"));
    text->complete();
    QVERIFY(text->document()->characterCount() < 10'000);
    QVERIFY(text->toPlainText().contains(u"ä…\"\n]"_s));
    details.show(textRow("[" + QByteArray(1'000'000, '1') + ",2]"));
    text->complete();
    QVERIFY(text->document()->characterCount() < 10'000);
    QVERIFY(text->toPlainText().contains(u"1…,\n  2\n]"_s));
}

/// Seconds go by where Qt does.
void TestMessageDetails::looksForNoWordsInALongText()
{
    MessageDetails details;
    for (const Page page : {Tree, Raw}) {
        details.show(textRow("one word or another"));
        QCOMPARE(shown<TextPage>(details, page)->wordWrapMode(), QTextOption::WrapAtWordBoundaryOrAnywhere);
        details.show(textRow(QByteArray(300'000, 'x')));
        QCOMPARE(shown<TextPage>(details, page)->wordWrapMode(), QTextOption::WrapAnywhere);
        QVERIFY(details.pageText().right(100).contains(u"are shown"_s));
    }
}

void TestMessageDetails::coloursTheLinesInSight()
{
    MessageDetails details;
    details.resize(400, 300);
    details.show(textRow("[" + QByteArray("12345678,").repeated(10'000) + "1]"));
    auto *text = shown<TextPage>(details, Text);
    text->complete();
    QCOMPARE(text->coloured(), 0);
    (void)text->grab();
    const qsizetype lines = text->coloured();
    QVERIFY2(lines > 3 && lines < 200, qPrintable(QString::number(lines)));
    text->moveCursor(QTextCursor::End);
    (void)text->grab();
    QVERIFY(text->coloured() > 3 && text->coloured() < 200);
}

void TestMessageDetails::coloursJsonAlone()
{
    MessageDetails details;
    for (const QByteArray &payload : {"no 12 \"json\""_ba, "{\"a\":"_ba}) {
        details.show(textRow("[1]"));
        auto *text = shown<TextPage>(details, Text);
        (void)text->grab();
        QCOMPARE(text->coloured(), 1);
        details.show(textRow(payload));
        (void)text->grab();
        QCOMPARE(text->coloured(), 0);
    }
}

void TestMessageDetails::foldsWhatIsInside()
{
    MessageDetails details;
    details.resize(400, 300);
    details.show(textRow("{\"a\":{\"b\":[1,2]},\"c\":[],\"d\":[3]}"));
    auto *text = shown<TextPage>(details, Text);
    const auto visible = [text] {
        QStringList lines;
        for (QTextBlock block = text->document()->begin(); block.isValid(); block = block.next()) {
            if (block.isVisible())
                lines << block.text().trimmed();
        }
        return lines.join(u' ');
    };
    const QString all = u"{ \"a\": { \"b\": [ 1, 2 ] }, \"c\": [], \"d\": [ 3 ] }"_s;
    QCOMPARE(visible(), all);
    QVERIFY(text->canFold(0) && text->canFold(1) && !text->canFold(3) && !text->canFold(7));
    const QString copy = copied(details, Text);
    text->setFolded(1, true);
    QVERIFY(text->isFolded(1) && !text->isFolded(0));
    QCOMPARE(visible(), u"{ \"a\": { }, \"c\": [], \"d\": [ 3 ] }"_s);
    QCOMPARE(copied(details, Text), copy); // as a whole
    text->setFolded(0, true);
    QCOMPARE(visible(), u"{ }"_s);
    text->setFolded(0, false);
    QCOMPARE(visible(), all);
    text->setFolded(1, true);
    QVERIFY(text->find(u"2"_s, false));
    QCOMPARE(visible(), all);
    details.show(textRow("no JSON {\n  x"));
    QVERIFY(!text->canFold(0));
}

void TestMessageDetails::dumpsLinesAsTheyShow()
{
    constexpr qsizetype size = 1024 * 1024;
    MessageDetails details;
    details.show(rowOf(0x82, QByteArray(size, 'x') + "end"));
    auto *hex = shown<HexView>(details, Hex);
    QCOMPARE(hex->model()->rowCount(), size / 16 + 1);
    hex->setCurrentIndex(hex->model()->index(size / 16, 0));
    trigger(hex, QKeySequence::Copy);
    const QString line = QGuiApplication::clipboard()->text();
    QVERIFY2(line.startsWith(u"00100000  65 6e 64 "_s) && line.trimmed().endsWith(u"end"_s), qPrintable(line));
}

void TestMessageDetails::findsInTheDetails()
{
    MessageDetails details;
    details.setVisible(true);
    details.show(textRow("[" + QByteArray("12345678,").repeated(10'000) + "\"needle\",1,\"needle\"]"));
    details.findAction()->trigger();
    QCOMPARE(details.currentPage(), int(Text));
    auto *field = details.findChild<QLineEdit *>();
    QTest::keyClicks(field, u"needle"_s);
    QTest::keyClick(field, Qt::Key_Return);
    const auto *text = shown<TextPage>(details, Text);
    const int first = text->textCursor().selectionStart();
    QCOMPARE(text->textCursor().selectedText(), u"needle"_s);
    QTest::keyClick(field, Qt::Key_Return);
    const int second = text->textCursor().selectionStart();
    QVERIFY(second > first);
    QTest::keyClick(field, Qt::Key_Return); // from the beginning
    QCOMPARE(text->textCursor().selectionStart(), first);
    QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(text->textCursor().selectionStart(), second);
    QTest::keyClicks(field, u"s"_s);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(details.findChild<FindLine *>()->findChild<QLabel *>()->text(), u"not there"_s);
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!field->isVisible());
}

void TestMessageDetails::leadsToWhatBelongsToIt()
{
    MemorySource source;
    FrameRecord record{.timeUs = 1'000'000, .connection = 1, .firstByte = 0x81};
    source.append(record, "{\"type\":\"<b>\",\"id\":1}");
    record.timeUs += 12'000;
    record.flags = RecordOut;
    source.append(record, "{\"type\":\"error\",\"re\":1}");
    MessageDetails details;
    details.setSource(&source);
    details.setVisible(true);
    details.show(*source.row(1));
    const auto *line = details.findChild<RelatedLine *>();
    const QSize least = details.minimumSizeHint();
    QTRY_VERIFY(line->isVisible());
    details.findAction()->trigger();
    QCoreApplication::sendPostedEvents(&details, QEvent::LayoutRequest);
    QCOMPARE(details.minimumSizeHint(), least);
    QVERIFY2(line->text().contains(u"An error about"_s) && line->text().contains(u"+12.0 ms"_s)
                 && line->text().contains(u"&lt;b&gt;"_s),
             qPrintable(line->text()));
    QSignalSpy wanted(&details, &MessageDetails::rowWanted);
    emit const_cast<RelatedLine *>(line)->linkActivated(u"0"_s);
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().toULongLong(), 0U);
    details.show(*source.row(0));
    QVERIFY(!line->isEnabled());
    QTRY_VERIFY2(line->text().contains(u"Answered by an error"_s), qPrintable(line->text()));
    QVERIFY(line->isEnabled());
    details.clear();
    QVERIFY(!line->isVisible());
}

void TestMessageDetails::waitsForAnAnswer()
{
    MemorySource source;
    FrameRecord record{.connection = 1, .firstByte = 0x89, .flags = RecordOut};
    source.append(record, "1");
    MessageDetails details;
    details.setSource(&source);
    details.setVisible(true);
    details.setCurrentPage(Changes);
    details.show(*source.row(0));
    const auto *line = details.findChild<RelatedLine *>();
    QTRY_VERIFY(line->isEnabled());
    QVERIFY(!line->isVisible());
    record.firstByte = 0x8A;
    record.flags = 0;
    record.timeUs = 7000;
    source.append(record, "1");
    QTRY_VERIFY(line->isVisible());
    QVERIFY2(line->text().contains(u"+7.00 ms"_s), qPrintable(line->text()));
}

void TestMessageDetails::comparesWithTheOneBefore()
{
    MemorySource source;
    const FrameRecord record{.connection = 1, .firstByte = 0x81};
    source.append(record, "{\"type\":\"move\",\"data\":{\"x\":1,\"y\":2}}");
    source.append(record, "{\"type\":\"move\",\"data\":{\"x\":1.5,\"y\":2,\"z\":3}}");
    MessageDetails details;
    details.setSource(&source);
    details.setCurrentPage(Changes);
    details.show(*source.row(1));
    QTRY_VERIFY(!details.pageText().isEmpty());
    const QString text = details.pageText();
    QVERIFY2(text.contains(u"~ data.x  1 → 1.5"_s) && text.contains(u"+ data.z  3"_s) && !text.contains(u"data.y"_s),
             qPrintable(text));
    details.show(*source.row(0));
    QTRY_VERIFY2(details.pageText().contains(u"No message of this type before it"_s), qPrintable(details.pageText()));
}

void TestMessageDetails::listsNoSecretThatChanged()
{
    MemorySource source;
    const FrameRecord record{.connection = 1, .firstByte = 0x81};
    source.append(record, secret);
    source.append(record, QByteArray(secret).replace("canary", "canary2").replace("\"data\"", "\"x\":1,\"data\""));
    MessageDetails details;
    details.setSource(&source);
    details.setCurrentPage(Changes);
    details.show(*source.row(1));
    QTRY_VERIFY(details.pageText().contains(u"json.x"_s));
    QVERIFY2(!details.pageText().contains(u"canary"_s), qPrintable(details.pageText()));
}

void TestMessageDetails::showsPictures()
{
    QImage image(3, 2, QImage::Format_RGB32);
    image.fill(Qt::red);
    QBuffer png;
    QVERIFY(image.save(&png, "png"));
    MessageDetails details;
    details.show(rowOf(0x82, png.data()));
    QTRY_COMPARE(details.pageText(), u"PNG, 3 × 2"_s);
    QVERIFY(shown<PictureView>(details, Tree) != nullptr);
    details.show(rowOf(0x82, png.data().left(50)));
    QVERIFY(QThreadPool::globalInstance()->waitForDone()); // or the broken one would not have been looked at yet
    QCoreApplication::processEvents();
    QVERIFY2(details.pageText().startsWith(u"00000000  89 50"_s), qPrintable(details.pageText()));
    details.show(rowOf(0x82, "\xff\xd8\xff" + QByteArray("\xff\xda").repeated(101)));
    QTRY_VERIFY2(details.pageText().contains(u"more than 100 scans"_s), qPrintable(details.pageText()));
    QVERIFY(!details.grab().isNull());
    details.show(rowOf(0x81, "[1]"));
    QVERIFY(shown<JsonTreeView>(details, Tree) != nullptr);
}

void TestMessageDetails::copiesPartsAroundASecret_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("copied");
    QTest::newRow("in front") << u"name"_s << u"Ada"_s << u"name: Ada"_s;
    QTest::newRow("behind") << u"room"_s << u"blue"_s << u"room: blue"_s;
    QTest::newRow("a part of it") << u"sec"_s << u"ret"_s << u"[redacted]"_s;
    QTest::newRow("into it") << u"Ada"_s << u"sec"_s << u"Ada, token: [redacted]"_s;
    QTest::newRow("out of it") << u"ret"_s << u"room"_s << u"[redacted], room"_s;
    QTest::newRow("around it") << u"Ada"_s << u"room"_s << u"Ada, token: [redacted], room"_s;
}

void TestMessageDetails::copiesPartsAroundASecret()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    const QString shown = u"name: Ada, token: a-secret-z, room: blue"_s;
    const QString safe = u"name: Ada, token: [redacted], room: blue"_s;
    QTEST(safeCopy(shown, safe, shown.indexOf(from), shown.indexOf(to) + to.size()), "copied");
}

QTEST_MAIN(TestMessageDetails)
#include "tst_messagedetails.moc"
