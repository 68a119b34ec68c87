// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

// Holds the picture of docs/architecture.md: who may include whom, and the habits that a compiler does not check.

namespace {

struct Layer
{
    QLatin1StringView prefix; // of a path, or the whole path of a file that stands apart from its folder
    int rank;                 // a file may include what has its own rank or a lower one
};

// The first prefix that fits counts.
constexpr Layer layers[] = {
    {"base/"_L1, 0},
    {"protocol/"_L1, 1},
    {"match/"_L1, 2},
    {"net/transport/"_L1, 3},
    {"net/tls/"_L1, 4},
    {"net/wire/"_L1, 5},
    {"client/"_L1, 6},
    {"server/config/serverconfig.h"_L1, 7}, // plain values, for every layer above
    {"server/games/"_L1, 8},
    {"server/capture/"_L1, 9},
    {"server/results/"_L1, 10},
    {"server/gate/"_L1, 11},
    {"server/config/"_L1, 12}, // the options and their judge
    {"server/endings/"_L1, 13},
    {"server/snapshot.h"_L1, 14}, // values of what is below it
    {"server/events/"_L1, 14},
    {"server/rooms/"_L1, 14},
    {"server/http/"_L1, 15},
    {"server/core/"_L1, 16},
    {"server/deployment/"_L1, 17},
    {"server/"_L1, 18},
    {"ui/base/"_L1, 19},
    {"ui/games/"_L1, 20},
    {"ui/messages/"_L1, 21}, // what is done with messages, without widgets
    {"ui/models/"_L1, 21},
    {"ui/"_L1, 22}, // panels, windows
    {"app/"_L1, 23},
};

const QStringList sourceFolders{u"base"_s,   u"match"_s,  u"protocol"_s, u"net"_s,
                                u"client"_s, u"server"_s, u"ui"_s,       u"app"_s};

constexpr int longestSource = 500; // lines; 400 is the aim
constexpr int fullestFolder = 45;  // sources; more of them are more than one concern
constexpr int longestTest = 700;   // tables of cases are long and simple

int rankOf(const QString &path)
{
    for (const Layer &layer : layers) {
        if (path.startsWith(layer.prefix))
            return layer.rank;
    }
    return -1;
}

bool mayInclude(const QString &from, const QString &to) { return rankOf(to) >= 0 && rankOf(to) <= rankOf(from); }

QString contents(const QString &path)
{
    QFile file(QStringLiteral(GLASSHOUSE_SOURCE_DIR) + u'/' + path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QStringList filesIn(const QStringList &folders, const QStringList &names)
{
    const QDir root(QStringLiteral(GLASSHOUSE_SOURCE_DIR));
    QStringList paths;
    for (const QString &folder : folders) {
        QDirIterator files(root.filePath(folder), names, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext())
            paths += root.relativeFilePath(files.next());
    }
    paths.sort();
    return paths;
}

void addRows(const QStringList &paths)
{
    QTest::addColumn<QString>("path");
    for (const QString &path : paths)
        QTest::newRow(qPrintable(path)) << path;
}

// The paths of all includes in quotation marks, or of those in angle brackets.
QStringList includes(const QString &path, QChar opening)
{
    static const QRegularExpression line(u"^\\s*#\\s*include\\s+([\"<])([^\">]+)[\">]"_s,
                                         QRegularExpression::MultilineOption);
    QStringList found;
    QRegularExpressionMatchIterator matches = line.globalMatch(contents(path));
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        if (match.capturedView(1).front() == opening)
            found += match.captured(2);
    }
    return found;
}

// Of the system: what has ".h" and is no library's, and the two of C++ that only system calls need.
bool isSystemHeader(const QString &include)
{
    static const QRegularExpression library(u"^(openssl/|xxh|prometheus/|re2/|sqlite3\\.h|zlib\\.h)"_s);
    return (include.endsWith(".h"_L1) && !library.match(include).hasMatch()) || include == "cerrno"_L1
        || include == "csignal"_L1;
}

bool isNamedForASystem(const QString &path)
{
    static const QRegularExpression name(u"(linux|posix|windows)\\.(h|cpp)$"_s);
    return name.match(path).hasMatch();
}

} // namespace

class TestLayering : public QObject
{
    Q_OBJECT

private slots:
    void knowsRightFromWrong_data();
    void knowsRightFromWrong();
    void includesPointDown_data() { addRows(filesIn(sourceFolders, {u"*.h"_s, u"*.cpp"_s})); }
    void includesPointDown();
    void knowsSystemHeaders_data();
    void knowsSystemHeaders();
    void systemCallsStandInFilesNamedForIt_data() { addRows(filesIn(sourceFolders, {u"*.h"_s, u"*.cpp"_s})); }
    void systemCallsStandInFilesNamedForIt();
    void qtIncludesHaveNoModule_data();
    void qtIncludesHaveNoModule();
    void headsNameTheLicence_data();
    void headsNameTheLicence();
    void aWindowKnowsGamesByTheirFaces_data() { addRows(filesIn({u"ui"_s}, {u"*.h"_s, u"*.cpp"_s})); }
    void aWindowKnowsGamesByTheirFaces();
    void boxesAreMadeInOnePlace_data() { addRows(filesIn({u"ui"_s, u"app"_s}, {u"*.h"_s, u"*.cpp"_s})); }
    void boxesAreMadeInOnePlace();
    void textsAreSeenByLupdate_data() { addRows(filesIn({u"ui"_s}, {u"*.h"_s, u"*.cpp"_s})); }
    void textsAreSeenByLupdate();
    void sourcesStayShort_data();
    void sourcesStayShort();
    void foldersHoldOneConcern_data();
    void foldersHoldOneConcern();
};

void TestLayering::knowsRightFromWrong_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<bool>("allowed");
    QTest::newRow("app uses ui") << u"app/main.cpp"_s << u"ui/mainwindow.h"_s << true;
    QTest::newRow("ui never uses app") << u"ui/mainwindow.cpp"_s << u"app/settings.h"_s << false;
    QTest::newRow("ui uses the host") << u"ui/mainwindow.cpp"_s << u"server/host.h"_s << true;
    QTest::newRow("host never uses ui") << u"server/host.cpp"_s << u"ui/mainwindow.h"_s << false;
    QTest::newRow("core uses rooms") << u"server/core/connection.cpp"_s << u"server/rooms/room.h"_s << true;
    QTest::newRow("rooms never use core") << u"server/rooms/room.cpp"_s << u"server/core/connection.h"_s << false;
    QTest::newRow("http never uses core") << u"server/http/routes.cpp"_s << u"server/core/frontdoor.h"_s << false;
    QTest::newRow("protocol knows nobody") << u"protocol/frame.h"_s << u"server/games/game.h"_s << false;
    QTest::newRow("conditions read JSON") << u"match/jsonpath.cpp"_s << u"protocol/json.h"_s << true;
    QTest::newRow("conditions know no capture") << u"match/condition.h"_s << u"server/capture/framerecord.h"_s << false;
    QTest::newRow("protocol knows no conditions") << u"protocol/json.h"_s << u"match/condition.h"_s << false;
    QTest::newRow("games never use capture") << u"server/games/relay.cpp"_s << u"server/capture/recorder.h"_s << false;
    QTest::newRow("results never use rooms") << u"server/results/history.cpp"_s << u"server/rooms/room.h"_s << false;
    QTest::newRow("core never uses deployment")
        << u"server/core/frontdoor.cpp"_s << u"server/deployment/proxyconfig.h"_s << false;
    QTest::newRow("deployment uses http")
        << u"server/deployment/proxyconfig.cpp"_s << u"server/http/routes.h"_s << true;
    QTest::newRow("games know the values of a configuration")
        << u"server/games/relay.cpp"_s << u"server/config/serverconfig.h"_s << true;
    QTest::newRow("games do not know its options")
        << u"server/games/relay.cpp"_s << u"server/config/configoptions.h"_s << false;
    QTest::newRow("its judge knows no rooms") << u"server/config/judge.cpp"_s << u"server/rooms/room.h"_s << false;
    QTest::newRow("net knows no server") << u"net/tls/tlscontext.cpp"_s << u"server/endings/ending.h"_s << false;
    QTest::newRow("a wire stands on a transport") << u"net/wire/wire.h"_s << u"net/transport/transport.h"_s << true;
    QTest::newRow("a transport knows no wire") << u"net/transport/pump.h"_s << u"net/wire/wire.h"_s << false;
    QTest::newRow("client uses net") << u"client/testclient.cpp"_s << u"net/tls/tlscontext.h"_s << true;
    QTest::newRow("client never uses server") << u"client/testclient.cpp"_s << u"server/endings/ending.h"_s << false;
    QTest::newRow("models use faces") << u"ui/models/roomsmodel.cpp"_s << u"ui/games/gamefaces.h"_s << true;
    QTest::newRow("faces do not see models") << u"ui/games/gameface.cpp"_s << u"ui/models/playersmodel.h"_s << false;
    QTest::newRow("faces do not see panels") << u"ui/games/gameface.cpp"_s << u"ui/panels/roompage.h"_s << false;
    QTest::newRow("models do not see panels") << u"ui/models/roomsmodel.h"_s << u"ui/panels/roomspanel.h"_s << false;
    QTest::newRow("relative path") << u"server/core/connection.cpp"_s << u"ending.h"_s << false;
}

void TestLayering::knowsRightFromWrong()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QTEST(mayInclude(from, to), "allowed");
}

void TestLayering::includesPointDown()
{
    QFETCH(QString, path);
    for (const QString &include : includes(path, u'"')) {
        const bool generated =
            include.endsWith(".moc"_L1) || include.startsWith("moc_"_L1) || include.startsWith("ui_"_L1);
        QVERIFY2(generated || mayInclude(path, include), qPrintable(u"includes "_s + include));
    }
}

void TestLayering::knowsSystemHeaders_data()
{
    QTest::addColumn<QString>("include");
    QTest::addColumn<bool>("isSystem");
    for (const auto header : {"sys/socket.h"_L1, "unistd.h"_L1, "windows.h"_L1, "winsock2.h"_L1, "netinet/tcp.h"_L1,
                              "signal.h"_L1, "csignal"_L1, "cerrno"_L1})
        QTest::newRow(header.data()) << QString(header) << true;
    for (const auto header : {"QObject"_L1, "openssl/ssl.h"_L1, "xxhash.h"_L1, "vector"_L1, "qrcodegen.hpp"_L1})
        QTest::newRow(header.data()) << QString(header) << false;
}

void TestLayering::knowsSystemHeaders()
{
    QFETCH(QString, include);
    QTEST(isSystemHeader(include), "isSystem");
}

void TestLayering::systemCallsStandInFilesNamedForIt()
{
    QFETCH(QString, path);
    if (isNamedForASystem(path))
        return;
    for (const QString &include : includes(path, u'<'))
        QVERIFY2(!isSystemHeader(include), qPrintable(u"includes "_s + include));
}

void TestLayering::qtIncludesHaveNoModule_data()
{
    addRows(filesIn(sourceFolders + QStringList{u"tests"_s}, {u"*.h"_s, u"*.cpp"_s}));
}

// Debian's shared include root lets <QtWidgets/QWidget> compile in a library that does not link Widgets.
void TestLayering::qtIncludesHaveNoModule()
{
    QFETCH(QString, path);
    static const QRegularExpression module(u"^Qt[A-Z0-9][A-Za-z0-9]*/"_s);
    for (const QString &include : includes(path, u'<'))
        QVERIFY2(!module.match(include).hasMatch(), qPrintable(u"includes "_s + include));
}

void TestLayering::headsNameTheLicence_data()
{
    const QStringList sources = filesIn(sourceFolders + QStringList{u"tests"_s, u"cmake"_s},
                                        {u"*.h"_s, u"*.cpp"_s, u"*.mjs"_s, u"*.cmake"_s, u"CMakeLists.txt"_s});
    addRows(sources + filesIn({u"scripts"_s, u".ci"_s}, {u"*"_s}));
}

void TestLayering::headsNameTheLicence()
{
    QFETCH(QString, path);
    QStringList lines = contents(path).split(u'\n');
    if (lines.first().startsWith("#!"_L1))
        lines.removeFirst();
    QVERIFY(lines.size() > 2);
    QVERIFY(lines.at(0).endsWith("SPDX-FileCopyrightText: 2026 Glasshouse authors"_L1));
    QVERIFY(lines.at(1).endsWith("SPDX-License-Identifier: GPL-3.0-or-later"_L1));
}

// What is different for a kind of game stands in its face, so that the next game is one row there.
void TestLayering::aWindowKnowsGamesByTheirFaces()
{
    QFETCH(QString, path);
    static const QRegularExpression kind(u"\"(relay|code-racer|horse-race)\""_s);
    const bool isTable = path == "ui/games/gamefaces.cpp"_L1;
    QCOMPARE(kind.match(contents(path)).hasMatch(), isTable);
}

// There they get plain texts, and buttons that say what they do.
void TestLayering::boxesAreMadeInOnePlace()
{
    QFETCH(QString, path);
    static const QRegularExpression box(
        u"\\b(QMessageBox|QInputDialog)( "
        u"\\w+)?\\(|\\bQMessageBox::(about|aboutQt|critical|information|question|warning)\\(|"
        "QInputDialog::get"_s);
    QCOMPARE(box.match(contents(path)).hasMatch(), path == "ui/panels/prompts.cpp"_L1);
}

// It reads sources and not what they mean: a text has to stand in the call. Three files read tables of texts that are marked.
void TestLayering::textsAreSeenByLupdate()
{
    QFETCH(QString, path);
    static const QRegularExpression hidden(u"QCoreApplication::translate\\((?!\\s*\"\\w+\",\\s*\")|::tr\\([a-z]"_s);
    const bool readsTables = path == "ui/base/endingwords.cpp"_L1 || path == "ui/base/eventwords.cpp"_L1
        || path == "ui/doctor/checkeddevicesmodel.cpp"_L1;
    QCOMPARE(hidden.match(contents(path)).hasMatch(), readsTables);
}

void TestLayering::sourcesStayShort_data() { addRows(filesIn(sourceFolders + QStringList{u"tests"_s}, {u"*.cpp"_s})); }

void TestLayering::sourcesStayShort()
{
    QFETCH(QString, path);
    const auto lines = contents(path).count(u'\n');
    QVERIFY2(lines <= (path.startsWith("tests/"_L1) ? longestTest : longestSource),
             qPrintable(u"%1 lines"_s.arg(lines)));
}

void TestLayering::foldersHoldOneConcern_data()
{
    QTest::addColumn<int>("files");
    QMap<QString, int> folders;
    for (const QString &path : filesIn(sourceFolders, {u"*.h"_s, u"*.cpp"_s}))
        ++folders[path.section(u'/', 0, -2)];
    for (auto folder = folders.cbegin(); folder != folders.cend(); ++folder)
        QTest::newRow(qPrintable(folder.key())) << folder.value();
}

void TestLayering::foldersHoldOneConcern()
{
    QFETCH(int, files);
    QVERIFY2(files <= fullestFolder, qPrintable(u"%1 files"_s.arg(files)));
}

QTEST_GUILESS_MAIN(TestLayering)
#include "tst_layering.moc"
