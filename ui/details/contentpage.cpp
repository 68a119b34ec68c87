// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/contentpage.h"

#include "protocol/frame.h"
#include "ui/details/jsontreemodel.h"
#include "ui/details/jsontreeview.h"
#include "ui/details/messagetexts.h"
#include "ui/details/pictureview.h"
#include "ui/details/textpage.h"

namespace glasshouse {

ContentPage::ContentPage(QWidget *parent)
    : QStackedWidget(parent),
      m_tree(new JsonTreeView),
      m_text(new TextPage),
      m_picture(new PictureView)
{
    addWidget(m_text);
    addWidget(m_tree);
    addWidget(m_picture);
    m_text->setAccessibleName(tr("Payload of the message"));
    m_text->setPlaceholderText(tr("Select a message to see it here."));
    connect(m_tree, &JsonTreeView::columnWanted, this, &ContentPage::columnWanted);
    connect(m_tree, &JsonTreeView::menuFilled, this, &ContentPage::menuFilled);
}

void ContentPage::show(const CapturedRow &row, const CapturedRow &safe)
{
    m_reading.stop();
    const bool hasSecrets = safe.payload != row.payload;
    if (isTextual(row) && m_tree->setJson(row.payload, hasSecrets ? safe.payload : QByteArray()))
        return setCurrentWidget(m_tree);
    m_tree->setJson({}, {});
    if (isTextual(row))
        m_text->wrap(row.payload.size());
    else
        m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setPieces(readablePieces(row),
                      hasSecrets ? [safe] { return readablePieces(safe); } : std::function<SafeTextView::Pieces()>());
    setCurrentWidget(m_text);
    if (!row.isEvent() && row.opcode() == quint8(Opcode::Binary) && !pictureFormat(row.payload).isEmpty())
        readPictureOf(row);
}

/// Who made it is not known, so it is unpacked where nobody waits.
void ContentPage::readPictureOf(const CapturedRow &row)
{
    m_reading.run(
        this, [payload = row.payload](const std::atomic<bool> &) { return readPicture(payload); },
        [this](const Picture &picture) { takePicture(picture); });
}

void ContentPage::takePicture(const Picture &picture)
{
    m_picture->setPicture(picture);
    if (!picture.image.isNull() || picture.hasTooManyScans)
        setCurrentWidget(m_picture);
}

void ContentPage::clear()
{
    m_reading.stop();
    m_tree->setJson({}, {});
    m_text->setTexts({}, {});
    setCurrentWidget(m_text);
}

QString ContentPage::text() const
{
    if (currentWidget() == m_picture)
        return m_picture->description();
    return currentWidget() == m_tree ? QString::fromUtf8(m_tree->tree().json()) : m_text->toPlainText();
}

} // namespace glasshouse
