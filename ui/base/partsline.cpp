// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/partsline.h"

#include <QEvent>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr QStringView separator = u" · ";
constexpr int leastCharacters = 4;

} // namespace

PartsLine::PartsLine(const QString &about, QWidget *parent) : LiveLabel(about, parent) { }

void PartsLine::setParts(const QStringList &parts)
{
    if (parts == m_parts)
        return;
    m_parts = parts;
    updateGeometry();
    fit();
}

void PartsLine::setExplanation(const QString &explanation)
{
    m_explanation = explanation;
    fit();
}

QString PartsLine::wholeText() const { return m_parts.join(separator); }

int PartsLine::widthOf(const QString &text) const
{
    const QMargins margins = contentsMargins();
    return fontMetrics().horizontalAdvance(text) + margins.left() + margins.right() + 2; // italics and rounding
}

void PartsLine::fit()
{
    qsizetype shown = m_parts.size();
    if (!isVisible()) // its width says nothing yet
        return setText(wholeText(), wholeText());
    while (shown > 1 && widthOf(m_parts.first(shown).join(separator)) > width())
        --shown;
    QString text = m_parts.first(shown).join(separator);
    if (shown == 1 && widthOf(text) > width())
        text = fontMetrics().elidedText(text, Qt::ElideRight, width() - widthOf({}));
    setText(text, wholeText());
    const QString hidden = text == wholeText() ? QString() : wholeText();
    setToolTip(hidden.isEmpty() || m_explanation.isEmpty() ? hidden + m_explanation
                                                           : hidden + u"\n\n"_s + m_explanation);
}

QSize PartsLine::sizeHint() const
{
    return {std::min(widthOf(wholeText()), maximumWidth()), LiveLabel::sizeHint().height()};
}

QSize PartsLine::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), leastCharacters * fontMetrics().averageCharWidth()),
            LiveLabel::minimumSizeHint().height()};
}

void PartsLine::resizeEvent(QResizeEvent *event)
{
    LiveLabel::resizeEvent(event);
    fit();
}

void PartsLine::showEvent(QShowEvent *event)
{
    LiveLabel::showEvent(event);
    fit();
}

void PartsLine::changeEvent(QEvent *event)
{
    LiveLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        fit();
}

} // namespace glasshouse
