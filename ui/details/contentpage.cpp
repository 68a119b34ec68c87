// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/contentpage.h"

#include "ui/details/jsontreemodel.h"
#include "ui/details/jsontreeview.h"
#include "ui/details/messagetexts.h"
#include "ui/details/textpage.h"

namespace glasshouse {

ContentPage::ContentPage(QWidget *parent) : QStackedWidget(parent), m_tree(new JsonTreeView), m_text(new TextPage)
{
    addWidget(m_text);
    addWidget(m_tree);
    m_text->setAccessibleName(tr("Payload of the message"));
    m_text->setPlaceholderText(tr("Select a message to see it here."));
    connect(m_tree, &JsonTreeView::columnWanted, this, &ContentPage::columnWanted);
}

void ContentPage::show(const CapturedRow &row, const CapturedRow &safe)
{
    const bool hasSecrets = safe.payload != row.payload;
    if (isTextual(row) && m_tree->setJson(row.payload, hasSecrets ? safe.payload : QByteArray()))
        return setCurrentWidget(m_tree);
    m_tree->setJson({}, {});
    m_text->setLineWrapMode(isTextual(row) ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    m_text->setPieces(readablePieces(row),
                      hasSecrets ? [safe] { return readablePieces(safe); } : std::function<SafeTextView::Pieces()>());
    setCurrentWidget(m_text);
}

void ContentPage::clear()
{
    m_tree->setJson({}, {});
    m_text->setTexts({}, {});
    setCurrentWidget(m_text);
}

QString ContentPage::text() const
{
    return currentWidget() == m_tree ? QString::fromUtf8(m_tree->tree().json()) : m_text->toPlainText();
}

} // namespace glasshouse
