// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/connection/firstsection.h"

#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {

FirstSection::FirstSection(QWidget *parent) : ConnectionSection(parent), m_texts(new QPlainTextEdit(this))
{
    auto *label = new QLabel(tr("Said f&irst, also after a reconnect (a line --- between two messages):"), this);
    label->setBuddy(m_texts);
    m_texts->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_texts->setTabChangesFocus(true);
    m_texts->setPlaceholderText(u"{\"type\": \"hello\", \"data\": {\"name\": \"{{name}}\"}}"_s);
    m_texts->setAccessibleName(tr("Messages that are said first"));
    m_texts->setToolTip(tr("Sent before anything else, in this order. Variables are filled in when you connect"));
    m_texts->setMinimumHeight(3 * fontMetrics().lineSpacing());
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(label);
    layout->addWidget(m_texts, 1);
}

void FirstSection::take(const ConnectionDraft &draft)
{
    QStringList texts;
    m_binary.clear();
    for (const TestClientMessage &message : draft.options.first) {
        if (message.binary)
            m_binary += message;
        else
            texts += QString::fromUtf8(message.bytes);
    }
    m_texts->setPlainText(texts.join(u"\n---\n"_s));
}

void FirstSection::put(ConnectionDraft &draft) const
{
    static const QRegularExpression dashes(u"^---\\s*$"_s, QRegularExpression::MultilineOption);
    draft.options.first.clear();
    const QStringList texts = m_texts->toPlainText().split(dashes);
    for (QString text : texts) {
        if (text.startsWith(u'\n'))
            text.remove(0, 1);
        if (text.endsWith(u'\n'))
            text.chop(1);
        if (!text.trimmed().isEmpty())
            draft.options.first.append({false, text.toUtf8()});
    }
    draft.options.first += m_binary;
}

} // namespace glasshouse
