// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/jsontreeview.h"

#include "protocol/json.h"
#include "server/capture/redaction.h"
#include "ui/base/focusring.h"
#include "ui/base/formats.h"
#include "ui/base/icons.h"
#include "ui/base/plainlabels.h"
#include "ui/details/jsontreemodel.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QPainter>

namespace glasshouse {

namespace {

constexpr int rowsAtOnce = 60; // a tall pane
constexpr qsizetype bytesAtOnce = 2 * 1024 * 1024;
constexpr int rowsWhenAsked = 5000;
constexpr qsizetype bytesWhenAsked = 8 * 1024 * 1024;
constexpr int pathCharacters = 40; // a key may have any number

} // namespace

JsonTreeView::JsonTreeView(QWidget *parent)
    : QTreeView(parent),
      m_model(new JsonTreeModel(this)),
      m_copyValue(addOwn(tr("Copy &value"),
                         tr("Copy what stands there, without secrets: a text as it reads, all else as written"),
                         QKeySequence::keyBindings(QKeySequence::Copy))),
      m_copyPath(addOwn(tr("Copy &path"), tr("Copy where it stands, as a condition takes it: data.x"),
                        {QKeySequence(tr("Ctrl+Alt+C"))})),
      m_open(addOwn(tr("&Open all inside"), tr("Open what is inside of it, and inside of that"), {})),
      m_close(addOwn(tr("C&lose all inside"), tr("Close it, and all that is inside of it"), {}))
{
    setModel(m_model);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setFrameShape(QFrame::NoFrame);
    setHeaderHidden(true);
    setUniformRowHeights(true); // or a million rows would be measured
    setTabKeyNavigation(false);
    setEditTriggers(NoEditTriggers);
    setAllColumnsShowFocus(true);
    setIndentation(2 * fontMetrics().horizontalAdvance(u'0'));
    setAccessibleName(tr("JSON of the message"));
    header()->setResizeContentsPrecision(0); // of the rows in sight
    header()->setSectionResizeMode(JsonTreeModel::Name, QHeaderView::ResizeToContents);
    m_copyValue->setIcon(icon(Icon::Copy));
    connect(m_copyValue, &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setText(safeValue(chosen())); });
    connect(m_copyPath, &QAction::triggered, this,
            [this] { QGuiApplication::clipboard()->setText(m_model->path(chosen()).wordsFromRoot()); });
    connect(m_open, &QAction::triggered, this, [this] { openBelow(chosen(), rowsWhenAsked, bytesWhenAsked); });
    connect(m_close, &QAction::triggered, this, [this] { closeBelow(chosen()); });
    updateActions();
}

QAction *JsonTreeView::addOwn(const QString &text, const QString &tip, const QList<QKeySequence> &keys)
{
    auto *action = new QAction(text, this);
    action->setToolTip(tip);
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    addAction(action);
    return action;
}

bool JsonTreeView::setJson(const QByteArray &json, const QByteArray &safe)
{
    m_safe = safe;
    const bool isJson = m_model->setJson(json);
    openBelow({}, rowsAtOnce, bytesAtOnce);
    updateActions();
    return isJson;
}

/// What lies higher comes first, and nothing of which there is more than there is room for.
void JsonTreeView::openBelow(const QModelIndex &top, int mostRows, qsizetype mostBytes)
{
    const qsizetype before = m_model->bytesRead();
    int rows = top.isValid() ? 0 : m_model->rowCount();
    QList<QModelIndex> open{top};
    for (qsizetype at = 0; at < open.size() && m_model->bytesRead() - before < mostBytes; ++at) {
        const QModelIndex one = open.at(at);
        m_model->fetchMore(one);
        const int inside = m_model->rowCount(one);
        if (one.isValid() && rows + inside > mostRows)
            continue;
        if (one.isValid()) {
            rows += inside;
            expand(one);
        }
        for (int row = 0; row < inside; ++row) {
            if (const QModelIndex child = m_model->index(row, 0, one); m_model->hasChildren(child))
                open << child;
        }
    }
}

void JsonTreeView::closeBelow(const QModelIndex &top)
{
    QList<QModelIndex> open{top};
    for (qsizetype at = 0; at < open.size(); ++at) {
        const QModelIndex one = open.at(at);
        for (int row = 0; row < m_model->rowCount(one); ++row) {
            if (const QModelIndex child = m_model->index(row, 0, one); isExpanded(child))
                open << child;
        }
    }
    for (auto one = open.crbegin(); one != open.crend(); ++one)
        collapse(*one);
}

QString JsonTreeView::safeValue(const QModelIndex &index) const
{
    QByteArrayView value = m_model->value(index);
    if (!m_safe.isNull()) {
        value = m_model->isFirstOfItsPath(index) ? m_model->path(index).value(m_safe) : QByteArrayView();
        if (value.isNull())
            value = redactedMark;
    }
    const auto text = jsonString(value);
    return QString::fromUtf8(text ? QByteArrayView(*text) : value);
}

void JsonTreeView::updateActions()
{
    const QModelIndex index = chosen();
    const bool isValue = index.isValid() && !m_model->value(index).isNull();
    m_copyValue->setEnabled(isValue);
    m_copyPath->setEnabled(isValue);
    const bool hasChildren = index.isValid() && m_model->hasChildren(index);
    m_open->setEnabled(hasChildren);
    m_close->setEnabled(hasChildren);
}

void JsonTreeView::offerColumn(QMenu *menu)
{
    const QModelIndex index = chosen();
    const JsonPath path = index.isValid() ? m_model->path(index) : JsonPath();
    const bool isColumn = !path.steps().isEmpty() && path.steps().size() <= JsonPath::mostSteps
        && m_model->isFirstOfItsPath(index); // what comes later under one name is no column
    QAction *action = menu->addAction(
        isColumn ? tr("&Make a column of %1").arg(withoutMnemonics(oneLine(path.wordsFromRoot(), pathCharacters)))
                 : tr("&Make a column of this value"));
    action->setToolTip(tr("Show what stands there for every message"));
    action->setEnabled(isColumn);
    connect(action, &QAction::triggered, this, [this, path] { emit columnWanted(path); });
    if (isColumn)
        emit menuFilled(menu, path);
}

void JsonTreeView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    menu->addActions({m_copyValue, m_copyPath});
    menu->addSeparator();
    offerColumn(menu);
    menu->addSeparator();
    menu->addActions({m_open, m_close});
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    menu->popup(byKey ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()) : event->globalPos());
}

/// Qt would open all that there is, however much that is, and copy what shows, with its secrets.
void JsonTreeView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Asterisk)
        m_open->trigger();
    else if (!event->matches(QKeySequence::Copy)) // the action copies
        QTreeView::keyPressEvent(event);
}

void JsonTreeView::paintEvent(QPaintEvent *event)
{
    QTreeView::paintEvent(event);
    if (!hasFocus())
        return;
    QPainter painter(viewport());
    QRect ring = viewport()->rect();
    if (currentIndex().isValid()) {
        ring.setTop(visualRect(currentIndex()).top());
        ring.setHeight(visualRect(currentIndex()).height());
    }
    paintFocusRing(painter, ring, palette());
}

/// Qt would choose the first row for whoever only comes by.
void JsonTreeView::focusInEvent(QFocusEvent *event)
{
    QFocusEvent quiet(event->type(), Qt::MouseFocusReason);
    QTreeView::focusInEvent(&quiet);
}

void JsonTreeView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    updateActions();
    viewport()->update(); // the ring
}

} // namespace glasshouse
