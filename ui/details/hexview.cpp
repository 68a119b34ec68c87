// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/hexview.h"

#include "ui/base/focusring.h"
#include "ui/base/icons.h"
#include "ui/models/payloadtext.h"

#include <QAction>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <algorithm>

namespace glasshouse {

namespace {

constexpr int mostCopied = 65'536; // lines: 1 MiB

} // namespace

void HexModel::setBytes(const QByteArray &bytes)
{
    beginResetModel();
    m_bytes = bytes;
    endResetModel();
}

int HexModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int((m_bytes.size() + hexBytesALine - 1) / hexBytesALine);
}

QVariant HexModel::data(const QModelIndex &index, int role) const
{
    return index.isValid() && role == Qt::DisplayRole ? QVariant(hexLine(m_bytes, index.row() * hexBytesALine))
                                                      : QVariant();
}

HexView::HexView(QWidget *parent)
    : QListView(parent),
      m_model(new HexModel(this)),
      m_copy(new QAction(icon(Icon::Copy), tr("&Copy lines"), this))
{
    setModel(m_model);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    setFrameShape(QFrame::NoFrame);
    setUniformItemSizes(true); // or all would be measured
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    m_copy->setShortcuts(QKeySequence::Copy);
    m_copy->setShortcutContext(Qt::WidgetShortcut);
    m_copy->setToolTip(tr("Copy the selected lines, without secrets"));
    addAction(m_copy);
    connect(m_copy, &QAction::triggered, this, [this] { QGuiApplication::clipboard()->setText(selectedText()); });
}

void HexView::setBytes(const QByteArray &bytes, const QByteArray &safe)
{
    m_hasSecrets = bytes != safe;
    m_safe = safe;
    m_model->setBytes(bytes);
}

/// Where there is a secret all lines are copied as they are without it: what it hides may begin in any of them.
QString HexView::selectedText() const
{
    QList<int> rows;
    const QModelIndexList selected = selectionModel()->selectedIndexes();
    for (const QModelIndex &index : selected)
        rows << index.row();
    if (rows.isEmpty())
        return {};
    if (m_hasSecrets)
        return hexDump(m_safe);
    std::ranges::sort(rows);
    rows.resize(std::min<qsizetype>(rows.size(), mostCopied));
    QString text;
    for (const int row : std::as_const(rows))
        text += hexLine(m_safe, row * hexBytesALine) + u'\n';
    return text;
}

void HexView::contextMenuEvent(QContextMenuEvent *event)
{
    m_copy->setEnabled(selectionModel()->hasSelection());
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    menu->addAction(m_copy);
    connect(menu, &QMenu::aboutToHide, m_copy, [this] { m_copy->setEnabled(true); });
    menu->popup(event->globalPos());
}

/// Qt would copy the current line as it shows, with its secrets; the action copies.
void HexView::keyPressEvent(QKeyEvent *event)
{
    if (!event->matches(QKeySequence::Copy))
        QListView::keyPressEvent(event);
}

void HexView::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (!hasFocus())
        return;
    QPainter painter(viewport());
    paintFocusRing(painter, currentIndex().isValid() ? visualRect(currentIndex()) : viewport()->rect(), palette());
}

/// Qt would choose the first line for whoever only comes by.
void HexView::focusInEvent(QFocusEvent *event)
{
    QFocusEvent quiet(event->type(), Qt::MouseFocusReason);
    QListView::focusInEvent(&quiet);
}

} // namespace glasshouse
