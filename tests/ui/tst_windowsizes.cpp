// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/everywindow.h"
#include "ui/panels/joinpanel.h"
#include "ui/panels/serverbar.h"
#include "ui/panels/tableview.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QHeaderView>
#include <QMenu>
#include <QScreen>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace glasshouse;
using namespace Qt::StringLiterals;

// What fits where. Runs at 96 dots per inch, and once more at 144: what is asked for is larger there, and the screen is not.

namespace {

const QStringList families{u"DejaVu Sans"_s, u"Noto Sans"_s};

bool isLarge() { return qEnvironmentVariableIntValue("QT_FONT_DPI") == 144; }

/// The smallest screen, without what a window manager may take of it.
QSize smallestScreen() { return isLarge() ? QSize(1280, 800) : QSize(1024, 600); }

int rowsInSight(const QWidget &window)
{
    const auto *view = window.findChild<MessageLogPanel *>()->view();
    return view->viewport()->height() / view->verticalHeader()->defaultSectionSize();
}

QString text(QSize size) { return u"%1 × %2"_s.arg(size.width()).arg(size.height()); }

void addFamilies()
{
    QTest::addColumn<QString>("family");
    for (const QString &family : families)
        QTest::newRow(qPrintable(family)) << family;
}

/// Buttons and boxes that show less of their text than there is.
QStringList cutIn(const QWidget &window)
{
    QStringList cut;
    const auto buttons = window.findChildren<QToolButton *>();
    for (const QToolButton *button : buttons) {
        const bool isLess = button->width() < button->sizeHint().width() || button->visibleRegion().isEmpty();
        if (button->isVisible() && !button->text().isEmpty() && isLess)
            cut << button->text();
    }
    const auto boxes = window.findChildren<QComboBox *>();
    for (const QComboBox *box : boxes) {
        if (box->isVisible() && !box->isEditable() && box->width() < box->minimumSizeHint().width())
            cut << box->currentText();
    }
    return cut;
}

} // namespace

class TestWindowSizes final : public QObject
{
    Q_OBJECT
private:
    QFont m_before;

    static void setFamily(const QString &family)
    {
        QFont font(family);
        // Without a screen, Qt takes the resolution for 96 whatever it is told.
        const double dots = QGuiApplication::primaryScreen()->logicalDotsPerInch();
        font.setPointSizeF(isLarge() ? 9 * 144 / dots : 9);
        QApplication::setFont(font);
    }

private slots:
    void init() { m_before = QApplication::font(); }
    void cleanup() { QApplication::setFont(m_before); }

    void rowsOfTheLogShow_data()
    {
        QTest::addColumn<QString>("family");
        QTest::addColumn<QSize>("size");
        QTest::addColumn<int>("rows");
        for (const QString &family : families) {
            QTest::addRow("%s, 1280 x 800", qPrintable(family)) << family << QSize(1280, 800) << 14;
            QTest::addRow("%s, 1024 x 640", qPrintable(family)) << family << QSize(1024, 640) << 8;
            QTest::addRow("%s, 1920 x 1080", qPrintable(family)) << family << QSize(1920, 1080) << 22;
        }
    }
    void rowsOfTheLogShow()
    {
        if (isLarge())
            QSKIP("at 96 dots per inch");
        QFETCH(QString, family);
        QFETCH(QSize, size);
        QFETCH(int, rows);
        setFamily(family);
        EveryWindow windows;
        windows.main.resize(size);
        windows.main.show();
        QVERIFY(QTest::qWaitForWindowExposed(&windows.main));
        QCOMPARE(windows.main.size(), size);
        windows.main.findChild<QTabWidget *>()->setCurrentIndex(0);
        QTRY_VERIFY2(rowsInSight(windows.main) >= rows, qPrintable(QString::number(rowsInSight(windows.main))));
        windows.main.resize(1280, 800); // and whatever it was before
        windows.main.resize(size);
        QTRY_VERIFY2(rowsInSight(windows.main) >= rows, qPrintable(QString::number(rowsInSight(windows.main))));
    }

    void theWindowsFitASmallScreen_data() { addFamilies(); }
    void theWindowsFitASmallScreen()
    {
        QFETCH(QString, family);
        setFamily(family);
        EveryWindow windows;
        for (QMainWindow *window :
             {static_cast<QMainWindow *>(&windows.main), static_cast<QMainWindow *>(&windows.client)}) {
            window->resize(smallestScreen());
            window->show();
            QVERIFY(QTest::qWaitForWindowExposed(window));
            const auto fits = [window] {
                const QSize least = window->minimumSizeHint().expandedTo(window->minimumSize());
                return least.width() <= smallestScreen().width() && least.height() <= smallestScreen().height();
            };
            QTRY_VERIFY2(fits(), qPrintable(text(window->minimumSizeHint())));
        }
        MainWindow &main = windows.main;
        main.findChild<QAction *>(u"events"_s)->setChecked(true);
        for (const ServerState state :
             {ServerState::Stopped, ServerState::Failed, ServerState::Running, ServerState::Draining}) {
            windows.host.become(state);
            for (const int page : {0, 1}) {
                main.findChild<QTabWidget *>()->setCurrentIndex(page);
                QCoreApplication::processEvents();
                const QSize least = main.minimumSizeHint();
                QVERIFY2(least.width() <= smallestScreen().width() && least.height() <= smallestScreen().height(),
                         qPrintable(text(least) + u" in state %1, page %2"_s.arg(int(state)).arg(page)));
            }
        }
    }

    void nothingIsCut_data()
    {
        QTest::addColumn<QString>("family");
        QTest::addColumn<QSize>("size");
        for (const QString &family : families) {
            for (const QSize size : {smallestScreen(), QSize(1280, 800), QSize(1920, 1080)})
                QTest::addRow("%s, %s", qPrintable(family), qPrintable(text(size))) << family << size;
        }
    }
    void nothingIsCut()
    {
        QFETCH(QString, family);
        QFETCH(QSize, size);
        setFamily(family);
        EveryWindow windows;
        for (QMainWindow *window :
             {static_cast<QMainWindow *>(&windows.main), static_cast<QMainWindow *>(&windows.client)}) {
            window->resize(size);
            window->show();
            QVERIFY(QTest::qWaitForWindowExposed(window));
            QCOMPARE(window->size(), size);
            QTRY_VERIFY2(cutIn(*window).isEmpty(), qPrintable(cutIn(*window).join(u", "_s)));
        }
    }

    /// What has no place in the row can still be reached.
    void whatGivesWayIsInAMenu()
    {
        ServerBar bar;
        bar.setState(ServerState::Running, oneListenInfo());
        bar.resize(1600, bar.sizeHint().height());
        bar.show();
        QVERIFY(QTest::qWaitForWindowExposed(&bar));
        const auto *more = bar.findChild<QToolButton *>(u"more"_s);
        QTRY_VERIFY(bar.menu()->isEmpty() && !more->isVisible());
        bar.resize(bar.minimumSizeHint());
        QTRY_VERIFY(!bar.menu()->isEmpty() && more->isVisible());
        QStringList hidden;
        const auto actions = bar.menu()->actions();
        for (const QAction *action : actions)
            hidden << action->text().remove(u'&');
        QCOMPARE(hidden,
                 QStringList(
                     {u"Copy the address"_s, u"Share"_s, u"New room…"_s, u"Results"_s, u"Test client"_s, u"Doctor"_s}));
        QVERIFY2(cutIn(bar).isEmpty(), qPrintable(cutIn(bar).join(u", "_s)));
        bar.resize(1600, bar.height());
        QTRY_VERIFY(bar.menu()->isEmpty() && !more->isVisible());
    }
};

QTEST_MAIN(TestWindowSizes)
#include "tst_windowsizes.moc"
