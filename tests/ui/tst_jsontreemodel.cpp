// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/jsontreemodel.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

/// "name=value" of the rows below.
QStringList rowsOf(JsonTreeModel &model, const QModelIndex &parent = {})
{
    model.fetchMore(parent);
    QStringList rows;
    for (int row = 0; row < model.rowCount(parent); ++row)
        rows << model.index(row, 0, parent).data().toString() + u'=' + model.index(row, 1, parent).data().toString();
    return rows;
}

QModelIndex open(JsonTreeModel &model, const QModelIndex &parent, int row)
{
    const QModelIndex index = model.index(row, 0, parent);
    model.fetchMore(index);
    return index;
}

} // namespace

class TestJsonTreeModel final : public QObject
{
    Q_OBJECT
private slots:
    void showsValuesAsTheyWereWritten_data();
    void showsValuesAsTheyWereWritten();
    void takesNothingThatIsNoJson_data();
    void takesNothingThatIsNoJson();
    void opensWhatIsAskedForAndNoMore();
    void knowsPaths();
    void standsManyInGroups();
    void opensAMegabyteOf250LevelsOneByOne_data();
    void opensAMegabyteOf250LevelsOneByOne();
    void keepsTipsShort();
    void isAModel();
};

void TestJsonTreeModel::showsValuesAsTheyWereWritten_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("rows");
    QTest::newRow("numbers") << "{\"a\":1.50,\"b\":1e400,\"c\":12345678901234567890123,\"d\":-0}"_ba
                             << u"a=1.50|b=1e400|c=12345678901234567890123|d=-0"_s;
    QTest::newRow("strings") << "{\"a\":\"x\\u0041\"}"_ba << u"a=\"x\\u0041\""_s;
    QTest::newRow("elements") << " [ true , null,false ] "_ba << u"[0]=true|[1]=null|[2]=false"_s;
    QTest::newRow("a key with escapes") << "{\"\\u0041\\n\":1}"_ba << u"A⏎=1"_s;
    QTest::newRow("a key nobody sees") << "{\"a\xe2\x80\x8b\":1}"_ba << u"a·=1"_s;
    QTest::newRow("inside") << "{\"a\":{\"b\": 1},\"c\":[],\"d\":{ }}"_ba << u"a={\"b\": 1}|c=[]|d={ }"_s;
    QTest::newRow("markup stays text") << "{\"<b>\":\"<img>\"}"_ba << u"<b>=\"<img>\""_s;
    QTest::newRow("one value") << "42"_ba << u"=42"_s;
    QTest::newRow("one that is empty") << "{}"_ba << u"={}"_s;
    QTest::newRow("a name twice") << "{\"a\":1,\"a\":2}"_ba << u"a=1|a=2"_s;
}

void TestJsonTreeModel::showsValuesAsTheyWereWritten()
{
    QFETCH(QByteArray, json);
    JsonTreeModel model;
    QVERIFY(model.setJson(json));
    QTEST(rowsOf(model).join(u'|'), "rows");
}

void TestJsonTreeModel::takesNothingThatIsNoJson_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a text") << "hello"_ba;
    QTest::newRow("two") << "1 2"_ba;
    QTest::newRow("cut off") << "{\"a\":"_ba;
    QTest::newRow("no UTF-8") << "\"\xff\""_ba;
    QTest::newRow("too deep") << QByteArray(JsonTreeModel::deepest + 1, '[')
            + QByteArray(JsonTreeModel::deepest + 1, ']');
    QTest::newRow("too long") << '"' + QByteArray(JsonTreeModel::mostBytes, 'x') + '"';
}

void TestJsonTreeModel::takesNothingThatIsNoJson()
{
    QFETCH(QByteArray, json);
    JsonTreeModel model;
    QVERIFY(model.setJson("[1]"));
    QVERIFY(!model.setJson(json));
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!model.hasChildren());
}

void TestJsonTreeModel::opensWhatIsAskedForAndNoMore()
{
    JsonTreeModel model;
    QVERIFY(model.setJson("{\"a\":{\"b\":[1,2]},\"c\":3}"));
    const QModelIndex a = model.index(0, 0);
    QVERIFY(model.hasChildren(a));
    QVERIFY(model.canFetchMore(a));
    QCOMPARE(model.rowCount(a), 0);
    QVERIFY(!model.hasChildren(model.index(1, 0)));
    QCOMPARE(rowsOf(model, a), QStringList{u"b=[1,2]"_s});
    QVERIFY(!model.canFetchMore(a));
    const QModelIndex b = model.index(0, 0, a);
    QCOMPARE(rowsOf(model, b).join(u'|'), u"[0]=1|[1]=2"_s);
    QCOMPARE(b.parent(), a);
    QCOMPARE(a.parent(), QModelIndex());
}

void TestJsonTreeModel::knowsPaths()
{
    JsonTreeModel model;
    QVERIFY(model.setJson("{\"data\":{\"odd key\":[{\"x\":1}]},\"seq\":7,\"seq\":8}"));
    const QModelIndex data = open(model, {}, 0);
    const QModelIndex list = open(model, data, 0);
    const QModelIndex x = model.index(0, 0, open(model, list, 0));
    QCOMPARE(model.path(x).wordsFromRoot(), u"data[\"odd key\"][0].x"_s);
    QCOMPARE(model.value(x).toByteArray(), "1"_ba);
    QVERIFY(model.isFirstOfItsPath(x));
    QCOMPARE(model.path(model.index(1, 0)).wordsFromRoot(), u"json.seq"_s);
    QVERIFY(model.isFirstOfItsPath(model.index(1, 0)));
    QVERIFY(!model.isFirstOfItsPath(model.index(2, 0)));
}

void TestJsonTreeModel::standsManyInGroups()
{
    QByteArray json = "[0";
    for (int i = 1; i < 2500; ++i)
        json += ',' + QByteArray::number(i);
    json += ']';
    JsonTreeModel model;
    QVERIFY(model.setJson(json));
    QCOMPARE(rowsOf(model).size(), 3);
    QCOMPARE(model.index(2, 0).data().toString().count(u"2"_s), 2); // 2,000 to 2,499
    QVERIFY(model.value(model.index(2, 0)).isNull());
    const QModelIndex last = open(model, {}, 2);
    QCOMPARE(model.rowCount(last), 500);
    const QModelIndex one = model.index(499, 0, last);
    QCOMPARE(one.data().toString(), u"[2499]"_s);
    QCOMPARE(model.path(one).wordsFromRoot(), u"json[2499]"_s);
    QVERIFY(model.isFirstOfItsPath(one));
    QCOMPARE(model.rowCount(open(model, {}, 0)), 1000);
}

void TestJsonTreeModel::opensAMegabyteOf250LevelsOneByOne_data()
{
    constexpr int levels = 250;
    constexpr qsizetype size = 1024 * 1024;
    QByteArray even;
    for (int i = 0; i < levels; ++i)
        even += "{\"a\":\"" + QByteArray(size / levels - 12, 'x') + "\",\"b\":";
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("levels");
    QTest::newRow("on each level the same") << even + '1' + QByteArray(levels, '}') << levels;
    QTest::newRow("inside of all") << QByteArray(levels, '[') + '"' + QByteArray(size, 'x') + '"'
            + QByteArray(levels, ']')
                                   << levels;
    QTest::newRow("many inside of all") << QByteArray(levels - 1, '[') + "["
            + QByteArray("{\"x\":1.5},").repeated(100'000) + "1]" + QByteArray(levels - 1, ']')
                                        << levels + 1; // a group
}

/// By what is gone over, not by a clock: all levels together cost little more than the text.
void TestJsonTreeModel::opensAMegabyteOf250LevelsOneByOne()
{
    QFETCH(QByteArray, json);
    QFETCH(int, levels);
    JsonTreeModel model;
    QVERIFY(model.setJson(json));
    int level = 1;
    QModelIndex at = model.index(model.rowCount() - 1, 0);
    for (; model.hasChildren(at); ++level) {
        model.fetchMore(at);
        QVERIFY(model.rowCount(at) > 0);
        at = model.index(model.rowCount(at) - 1, 0, at);
    }
    QCOMPARE(level, levels);
    QVERIFY(model.isFirstOfItsPath(at));
    QVERIFY2(model.bytesRead() <= 4 * json.size(), qPrintable(QString::number(model.bytesRead())));
}

void TestJsonTreeModel::keepsTipsShort()
{
    constexpr int most = 2001; // and what says that there is more
    JsonTreeModel model;
    QVERIFY(model.setJson("{\"" + QByteArray(5000, 'k') + "\":\"" + QByteArray(100'000, 'x') + "\"}"));
    for (const int column : {0, 1}) {
        const QModelIndex index = model.index(0, column);
        QVERIFY(index.data().toString().size() <= 200);
        const auto tip = index.data(Qt::ToolTipRole).toString();
        QVERIFY(tip.size() > 1000 && tip.size() <= most);
        QVERIFY(tip.endsWith(u'…'));
    }
}

/// The tester fetches while it hears of a reset, and takes that for two changes at once: nothing can be opened in what comes second.
void TestJsonTreeModel::isAModel()
{
    for (const QByteArray &json :
         {"{\"a\":{\"b\":[1,{\"c\":[[],{}]}]},\"d\":\"e\"}"_ba, "{\"x\":[" + QByteArray("1,").repeated(1500) + "1]}"}) {
        JsonTreeModel model;
        QVERIFY(model.setJson(json));
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        const QModelIndex first = open(model, {}, 0);
        (void)open(model, open(model, first, 0), 1);
        QVERIFY(!model.setJson({}));
        QVERIFY(model.setJson("[]"));
        QVERIFY(model.setJson("{\"a\":1}"));
    }
}

QTEST_MAIN(TestJsonTreeModel)
#include "tst_jsontreemodel.moc"
