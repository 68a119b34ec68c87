// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/relatedline.h"

#include "ui/base/formats.h"
#include "ui/models/messagecells.h"

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int typeCharacters = 40;

QString link(quint64 number, const QString &text)
{
    return u"<a href=\"%1\">%2</a>"_s.arg(number).arg(text.toHtmlEscaped());
}

/// "chat of 11:57:41.204", with a link to it.
QString linkTo(const MessageRelatives::Other &other)
{
    const QString type = other.type.isEmpty() ? kindText({.record = other.record, .payload = {}})
                                              : oneLine(QString::fromUtf8(other.type), typeCharacters);
    return link(other.number, RelatedLine::tr("%1 of %2").arg(type, formatClock(other.record.timeUs)));
}

QString fragmentsText(const CapturedRow &row, const MessageRelatives::Fragments &fragments)
{
    const QString text = fragments.isWhole
        ? RelatedLine::tr("Fragment %1 of %2, %3 in all")
              .arg(formatNumber(fragments.index), formatNumber(fragments.count), formatBytes(qint64(fragments.bytes)))
        : RelatedLine::tr("Fragment %1; %2 by now, and the last one is missing")
              .arg(formatNumber(fragments.index), formatBytes(qint64(fragments.bytes)));
    return fragments.first == row.number
        ? text
        : RelatedLine::tr("%1 (%2)").arg(text, link(fragments.first, RelatedLine::tr("the first one")));
}

} // namespace

RelatedLine::RelatedLine(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    setWordWrap(true);
    setContentsMargins(8, 3, 8, 3);
    setAccessibleDescription(tr("Which messages belong to the selected one"));
    connect(this, &QLabel::linkActivated, this,
            [this](const QString &number) { emit rowWanted(number.toULongLong()); });
    hide();
}

void RelatedLine::show(const CapturedRow &row, const MessageRelatives &relatives)
{
    QStringList parts;
    const qint64 time = row.record.timeUs;
    if (const auto &other = relatives.answered) {
        const QString text = row.type() == "error" ? tr("An error about %1, %2") : tr("Answers %1, %2");
        parts << text.arg(linkTo(*other), formatDelta(time - other->record.timeUs));
    }
    if (const auto &other = relatives.answer) {
        const QString text = other->type == "error" ? tr("Answered by an error: %1, %2") : tr("Answered by %1, %2");
        parts << text.arg(linkTo(*other), formatDelta(other->record.timeUs - time));
    }
    if (relatives.fragments)
        parts << fragmentsText(row, *relatives.fragments);
    setEnabled(true);
    if (const QString line = parts.join(u" · "_s); line != text()) // or a link would lose the keys
        setText(line);
    setVisible(!parts.isEmpty());
}

void RelatedLine::clear()
{
    QLabel::clear();
    hide();
}

} // namespace glasshouse
