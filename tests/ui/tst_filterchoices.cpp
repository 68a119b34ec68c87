// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/filledlog.h"
#include "ui/filter/filterchoices.h"

#include <QAction>
#include <QApplication>
#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

using namespace glasshouse;
using namespace Qt::StringLiterals;

class TestFilterChoices : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<FilledLog> m_log;

    [[nodiscard]] static FilterChoices *choices(const MessageLogPanel &panel)
    {
        return panel.findChild<FilterChoices *>();
    }
    [[nodiscard]] static QStringList texts(const QMenu &menu)
    {
        QStringList texts;
        const auto actions = menu.actions();
        for (const QAction *action : actions) {
            if (!action->isSeparator())
                texts << action->text();
        }
        return texts;
    }
    [[nodiscard]] static QAction *action(const QMenu &menu, const QString &text)
    {
        const auto actions = menu.actions();
        for (QAction *action : actions) {
            if (action->text().remove(u'&') == text)
                return action;
        }
        return nullptr;
    }
    FilterChoices *open() const
    {
        FilterChoices *menu = choices(m_log->panel);
        emit menu->aboutToShow();
        return menu;
    }
    /// The question that is about to be asked.
    static void answer(const QString &name)
    {
        QTimer::singleShot(0, qApp, [name] {
            auto *dialog = qobject_cast<QInputDialog *>(QApplication::activeModalWidget());
            dialog->setTextValue(name);
            dialog->accept();
        });
    }

private slots:
    void init()
    {
        m_log = std::make_unique<FilledLog>();
        QVERIFY(m_log->isReady());
    }
    void cleanup() { m_log.reset(); }

    void rememberWhatSomebodyIsDoneWith()
    {
        m_log->field()->setFocus();
        QTest::keyClicks(m_log->field(), u"#5"_s);
        QVERIFY(!texts(*open()).contains(u"#5"_s));
        QTest::keyClick(m_log->field(), Qt::Key_Return);
        QVERIFY(texts(*open()).contains(u"#5"_s));
        m_log->field()->setText(u"typo == 3"_s); // is none
        m_log->field()->settle();
        QVERIFY(!texts(*open()).join(u'|').contains(u"typo"_s));
    }

    void bringOneBack()
    {
        m_log->filter(u"type == chat"_s);
        m_log->filter(u"#5"_s);
        action(*open(), u"type == \"chat\""_s)->trigger();
        QCOMPARE(m_log->field()->text(), u"type == \"chat\""_s);
        QTRY_COMPARE(m_log->rows(), 100);
    }

    void saveRenameAndDelete()
    {
        m_log->filter(u"type == chat"_s);
        answer(u" Chats & more "_s);
        action(*open(), u"Save this filter…"_s)->trigger();
        QVERIFY(texts(*open()).contains(u"Chats && more"_s));
        answer(u"talk"_s);
        open();
        action(*action(*choices(m_log->panel), u"Rename"_s)->menu(), u"Chats  more"_s)->trigger();
        QVERIFY(texts(*open()).contains(u"talk"_s) && !texts(*choices(m_log->panel)).contains(u"Chats && more"_s));
        m_log->field()->setCondition({});
        action(*open(), u"talk"_s)->trigger();
        QCOMPARE(m_log->field()->text(), u"type == \"chat\""_s);
        QTimer::singleShot(0, qApp, [] {
            auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
            for (QAbstractButton *button : box->buttons()) {
                if (button->text() == u"Delete"_s)
                    button->click();
            }
        });
        open();
        action(*action(*choices(m_log->panel), u"Delete"_s)->menu(), u"talk"_s)->trigger();
        QVERIFY(!texts(*open()).contains(u"talk"_s));
    }

    void comeBackAtTheNextStart()
    {
        m_log->filter(u"type == chat"_s);
        MessageLogPanel other(&m_log->source);
        QVERIFY(other.restoreState(m_log->panel.saveState()));
        emit choices(other)->aboutToShow();
        QVERIFY(texts(*choices(other)).contains(u"type == \"chat\""_s));
        QCOMPARE(other.findChild<FilterField *>()->text(), QString()); // the log itself begins without one
    }

    void forgetWhatHasNoName()
    {
        m_log->filter(u"type == chat"_s);
        action(*open(), u"Forget these"_s)->trigger();
        QVERIFY(!texts(*open()).contains(u"type == \"chat\""_s));
    }
};

QTEST_MAIN(TestFilterChoices)
#include "tst_filterchoices.moc"
