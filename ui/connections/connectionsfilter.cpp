// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectionsfilter.h"

#include "ui/base/formats.h"
#include "ui/base/icons.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QToolButton>

namespace glasshouse {

namespace {

constexpr int leastDigits = 16, mostDigits = 32; // of the field

/// By ConnectionRows::Shown.
struct Choice
{
    const char *words;   ///< with a place for the number
    const char *caption; ///< in a menu
    const char *tip;
};
constexpr std::array<Choice, 4> choices{{
    {QT_TRANSLATE_NOOP("glasshouse::ConnectionsFilter", "All %1"),
     QT_TRANSLATE_NOOP("glasshouse::ConnectionsFilter", "Show &every one"),
     QT_TRANSLATE_NOOP("glasshouse::ConnectionsFilter", "Show the open connections and the newest 1,000 others")},
    {QT_TRANSLATE_NOOP("glasshouse::ConnectionsFilter", "Open %1"),
     QT_TRANSLATE_NOOP("glasshouse::ConnectionsFilter", "Show the &open ones"),
     QT_TRANSLATE_NOOP("glasshouse::ConnectionsFilter", "Show only the connections that are open or closing")},
    {QT_TRANSLATE_NOOP("glasshouse::ConnectionsFilter", "Ended %1"),
     QT_TRANSLATE_NOOP("glasshouse::ConnectionsFilter", "Show the e&nded ones"),
     QT_TRANSLATE_NOOP("glasshouse::ConnectionsFilter", "Show only the connections that ended")},
    {QT_TRANSLATE_NOOP("glasshouse::ConnectionsFilter", "Refused %1"),
     QT_TRANSLATE_NOOP("glasshouse::ConnectionsFilter", "Show the re&fused ones"),
     QT_TRANSLATE_NOOP("glasshouse::ConnectionsFilter", "Show only those that were refused before they came in")},
}};

} // namespace

ConnectionsFilter::ConnectionsFilter(QWidget *parent)
    : OverflowRow(parent),
      m_choices(new QActionGroup(this)),
      m_find(new QAction(icon(Icon::Search), tr("F&ind connections"), this)),
      m_text(new QLineEdit)
{
    row()->setContentsMargins(8, 0, 4, 2);
    row()->setSpacing(2);
    addStretch();
    buildChoices();
    buildField();
    setCounts({});
}

void ConnectionsFilter::buildChoices()
{
    for (const Choice &choice : choices) {
        auto *action = new QAction(tr(choice.caption), m_choices);
        action->setCheckable(true);
        action->setToolTip(tr(choice.tip));
        auto *button = new QToolButton;
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setFocusPolicy(Qt::TabFocus);
        addYielding(button, int(m_choices->actions().size()), {action});
    }
    m_choices->actions().constFirst()->setChecked(true);
    connect(m_choices, &QActionGroup::triggered, this, &ConnectionsFilter::changed);
}

void ConnectionsFilter::buildField()
{
    m_text->setPlaceholderText(tr("Player, room, address, cause"));
    m_text->setAccessibleName(tr("Filter connections"));
    m_text->setToolTip(tr("Only connections of which the table says all these words; #7 is one by its number"));
    m_text->setClearButtonEnabled(true);
    m_text->setMaxLength(200);
    m_text->addAction(icon(Icon::Search), QLineEdit::LeadingPosition);
    m_text->setMinimumWidth(leastDigits * fontMetrics().horizontalAdvance(u'0'));
    m_text->setMaximumWidth(mostDigits * fontMetrics().horizontalAdvance(u'0'));
    m_text->installEventFilter(this);
    addFixed(m_text, 100);
    m_find->setShortcut(tr("Ctrl+Shift+O"));
    m_find->setToolTip(tr("Type what the table says of the connections (%1)").arg(tr("Ctrl+Shift+O")));
    connect(m_text, &QLineEdit::textChanged, this, &ConnectionsFilter::changed);
    connect(m_find, &QAction::triggered, this, [this] {
        m_text->setFocus(Qt::ShortcutFocusReason);
        m_text->selectAll();
    });
}

void ConnectionsFilter::setCounts(const Counts &counts)
{
    for (size_t i = 0; i < choices.size(); ++i) {
        if (counts[i] != std::exchange(m_counts[i], counts[i]))
            m_choices->actions()
                .at(qsizetype(i))
                ->setIconText(tr(choices[i].words).arg(formatCount(quint64(counts[i]))));
    }
}

ConnectionRows::Shown ConnectionsFilter::shown() const
{
    return ConnectionRows::Shown(m_choices->actions().indexOf(m_choices->checkedAction()));
}

QString ConnectionsFilter::text() const { return m_text->text(); }

bool ConnectionsFilter::isEmpty() const { return shown() == ConnectionRows::Shown::All && m_text->text().isEmpty(); }

void ConnectionsFilter::clear()
{
    if (isEmpty())
        return;
    m_choices->actions().constFirst()->setChecked(true);
    const QSignalBlocker once(m_text);
    m_text->clear();
    emit changed();
}

QList<QAction *> ConnectionsFilter::menuActions() const { return m_choices->actions() << m_find; }

/// As in the log: Escape empties the field, then leaves it; down goes to what was found.
bool ConnectionsFilter::eventFilter(QObject *object, QEvent *event)
{
    if (object != m_text || (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride))
        return OverflowRow::eventFilter(object, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool escapes = key->key() == Qt::Key_Escape;
    if (!escapes && key->key() != Qt::Key_Down && key->key() != Qt::Key_Return && key->key() != Qt::Key_Enter)
        return false;
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    if (escapes && !m_text->text().isEmpty())
        m_text->clear();
    else
        emit leaveWanted();
    return true;
}

} // namespace glasshouse
