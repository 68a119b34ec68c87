// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/everywindow.h"
#include "ui/base/appearance.h"
#include "ui/base/livelabel.h"
#include "ui/base/tints.h"
#include "ui/client/connectionpage.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QLabel>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTest>

using namespace glasshouse;
using namespace Qt::StringLiterals;

namespace {

QString heard(QWidget *widget)
{
    QAccessibleInterface *spoken = QAccessible::queryAccessibleInterface(widget);
    return spoken != nullptr ? spoken->text(QAccessible::Name) : QString();
}

QString nameOf(const QWidget &widget)
{
    return QString::fromLatin1(widget.window()->metaObject()->className()) + u' '
        + QString::fromLatin1(widget.metaObject()->className()) + u' ' + widget.accessibleName();
}

/// Does what can be seen of `window` on each of its pages, one after the other.
template <typename Look>
void onEveryPage(QWidget *window, Look look)
{
    look();
    const auto books = window->findChildren<QStackedWidget *>();
    for (QStackedWidget *book : books) {
        const int before = book->currentIndex();
        auto *tabs = qobject_cast<QTabWidget *>(book->parentWidget());
        for (int page = 0; page < book->count(); ++page) {
            tabs != nullptr ? tabs->setCurrentIndex(page) : book->setCurrentIndex(page);
            look();
        }
        tabs != nullptr ? tabs->setCurrentIndex(before) : book->setCurrentIndex(before);
    }
}

/// How many pixels look so different that everybody sees it.
int clearlyDifferent(const QImage &before, const QImage &after)
{
    constexpr double leastOfGraphics = 3; // WCAG 2.1, 1.4.11
    int pixels = 0;
    for (int y = 0; y < before.height(); ++y) {
        for (int x = 0; x < before.width(); ++x)
            pixels += int(contrast(before.pixelColor(x, y), after.pixelColor(x, y)) >= leastOfGraphics);
    }
    return pixels;
}

/// Empty: a ring shows that the keys go there. The line of a ring is at least as long as the narrowest column.
QString faultOfFocus(QAbstractItemView *view)
{
    constexpr int least = 60;
    view->setFocus(Qt::MouseFocusReason); // takes no row
    const QImage with = view->viewport()->grab().toImage();
    view->clearFocus();
    const QImage without = view->viewport()->grab().toImage();
    const int pixels = clearlyDifferent(without, with);
    return pixels >= least ? QString() : u"%1: %2 pixels"_s.arg(nameOf(*view)).arg(pixels);
}

} // namespace

class TestAccessibility final : public QObject
{
    Q_OBJECT
private slots:
    void whatStandsThereIsHeard()
    {
        EveryWindow windows;
        int labels = 0;
        QStringList faults;
        const QList<QWidget *> all = windows.all();
        for (QWidget *window : all) {
            window->show();
            QVERIFY(QTest::qWaitForWindowExposed(window));
            const auto found = window->findChildren<QLabel *>();
            for (QLabel *label : found) {
                if (label->text().isEmpty() || label->textFormat() == Qt::RichText)
                    continue;
                ++labels;
                const QString text = label->text().remove(u'&');
                if (!QTest::qWaitFor([&] { return heard(label).remove(u'&') == text; }, 2000))
                    faults << nameOf(*label) + u": "_s + text + u" / "_s + heard(label);
            }
        }
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
        QVERIFY2(labels > 50, qPrintable(QString::number(labels)));
    }

    void whatTakesTheKeysHasAName()
    {
        EveryWindow windows;
        QStringList faults;
        int reached = 0;
        const QList<QWidget *> all = windows.all();
        for (QWidget *window : all) {
            window->show();
            QVERIFY(QTest::qWaitForWindowExposed(window));
            onEveryPage(window, [&] {
                const auto widgets = window->findChildren<QWidget *>();
                for (QWidget *widget : widgets) {
                    const bool isOwn = widget->window() == window && widget->focusProxy() == nullptr;
                    if (!isOwn || !widget->isVisible() || (widget->focusPolicy() & Qt::TabFocus) == 0)
                        continue;
                    ++reached;
                    if (heard(widget).isEmpty())
                        faults << nameOf(*widget) + u" in "_s + nameOf(*widget->parentWidget());
                }
            });
        }
        faults.removeDuplicates();
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
        QVERIFY2(reached > 100, qPrintable(QString::number(reached)));
    }

    void figuresDoNotTalkAllTheTime()
    {
        EveryWindow windows;
        windows.main.show();
        windows.client.show();
        QHash<QLabel *, QString> names;
        QHash<QLabel *, int> changes; // each is an event of its own
        int texts = 0;
        const auto labels = windows.main.findChildren<QLabel *>() + windows.client.findChildren<QLabel *>();
        Snapshot snapshot;
        constexpr int moments = 30;
        for (int i = 1; i <= moments; ++i) {
            snapshot.timeMs += 100;
            snapshot.totals.open = i;
            snapshot.totals.messagesIn += quint64(i) * 100;
            snapshot.totals.networkBusy = i / 100.0;
            emit windows.host.snapshot(snapshot);
            windows.client.findChild<ClientStatusLine *>()->setReconnect(1, i * 100);
            for (QLabel *label : labels) {
                texts += int(label->text().contains(u"%1 %"_s.arg(i)));
                changes[label] += int(names.value(label) != heard(label));
                names[label] = heard(label);
            }
        }
        QVERIFY(texts >= moments); // they all were there to be seen
        constexpr int most = 3;    // of a slow machine; ten times a second are thirty
        for (QLabel *label : labels)
            QVERIFY2(changes.value(label) <= most, qPrintable(label->text()));
    }

    void theLastTextIsHeardWithoutAnother()
    {
        LiveLabel line(u"Figures"_s);
        for (const QString &text : {u"1"_s, u"2"_s, u"3"_s})
            line.setText(text);
        QCOMPARE(line.text(), u"3"_s);
        QTRY_COMPARE(heard(&line), u"3"_s);
        QCOMPARE(QAccessible::queryAccessibleInterface(&line)->text(QAccessible::Description), u"Figures"_s);
    }

    void focusShowsInEveryTable_data()
    {
        QTest::addColumn<int>("appearance");
        QTest::newRow("system") << int(Appearance::System);
        QTest::newRow("light") << int(Appearance::Light);
        QTest::newRow("dark") << int(Appearance::Dark);
    }
    void focusShowsInEveryTable()
    {
        QFETCH(int, appearance);
        AppearanceSwitch look;
        look.set(Appearance(appearance));
        EveryWindow windows;
        TestClientOptions options;
        options.headers = {{"X-Name", "Ada"}};
        windows.client.findChild<ConnectionPage *>()->setOptions(options);
        QStringList faults;
        QSet<QAbstractItemView *> seen;
        const QList<QWidget *> all = windows.all();
        for (QWidget *window : all) {
            window->show();
            window->activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(window));
            onEveryPage(window, [&] {
                const auto views = window->findChildren<QAbstractItemView *>();
                for (QAbstractItemView *view : views) {
                    const bool isReached = view->window() == window && (view->focusPolicy() & Qt::TabFocus) != 0;
                    if (!isReached || !view->isVisible() || seen.contains(view))
                        continue;
                    seen.insert(view);
                    view->setCurrentIndex({});
                    if (view->model()->rowCount() == 0)
                        faults << faultOfFocus(view);
                    for (int row = 0; row < std::min(2, view->model()->rowCount()); ++row) {
                        view->setCurrentIndex(view->model()->index(row, 0)); // selects it
                        faults << faultOfFocus(view);
                        view->selectionModel()->clearSelection(); // the keys are still there
                        faults << faultOfFocus(view);
                    }
                }
            });
        }
        look.set(Appearance::System);
        faults.removeAll({});
        QVERIFY2(faults.isEmpty(), qPrintable(faults.join(u'\n')));
        QVERIFY2(seen.size() >= 13, qPrintable(QString::number(seen.size())));
    }
};

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
