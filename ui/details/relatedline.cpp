// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/details/relatedline.h"

#include "base/elapsed.h"
#include "ui/base/formats.h"
#include "ui/models/messagecells.h"

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr int typeCharacters = 40;

const QString wholeLink = u"whole"_s;
const QString frameLink = u"frame"_s;

QString link(const QString &target, const QString &text)
{
    return u"<a href=\"%1\">%2</a>"_s.arg(target, text.toHtmlEscaped());
}
QString link(quint64 number, const QString &text) { return link(QString::number(number), text); }

/// "chat of 11:57:41.204", with a link to it.
QString linkTo(const MessageRelatives::Other &other)
{
    const QString type = other.type.isEmpty() ? kindText({.record = other.record, .payload = {}})
                                              : oneLine(QString::fromUtf8(other.type), typeCharacters);
    return link(other.number, RelatedLine::tr("%1 of %2").arg(type, formatClock(other.record.timeUs)));
}

QString fragmentText(const CapturedRow &row, const MessageRelatives::Fragments &fragments)
{
    const QString text = fragments.isWhole
        ? RelatedLine::tr("Fragment %1 of %2").arg(formatNumber(fragments.index), formatNumber(fragments.count))
        : fragments.isCut
        ? RelatedLine::tr("Fragment %1 of more than %2")
              .arg(formatNumber(fragments.index), formatNumber(fragments.count))
        : RelatedLine::tr("Fragment %1, and the last one is missing").arg(formatNumber(fragments.index));
    return fragments.first == row.number
        ? text
        : RelatedLine::tr("%1 (%2)").arg(text, link(fragments.first, RelatedLine::tr("the first one")));
}

QStringList fragmentsTexts(const CapturedRow &row, const MessageRelatives::Fragments &fragments, bool isWholeShown)
{
    QStringList parts{fragmentText(row, fragments)};
    const QString message = RelatedLine::tr("message of %1 frames, %2")
                                .arg(formatNumber(fragments.count), formatBytes(qint64(fragments.bytes)));
    if (isWholeShown)
        parts << message + u": "_s + link(frameLink, RelatedLine::tr("show this frame alone"));
    else if (fragments.count > 1)
        parts << message + u": "_s + link(wholeLink, RelatedLine::tr("show it put together"));
    return parts;
}

} // namespace

RelatedLine::RelatedLine(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    setWordWrap(true);
    setContentsMargins(8, 3, 8, 3);
    setAccessibleDescription(tr("Which messages belong to the selected one"));
    connect(this, &QLabel::linkActivated, this, [this](const QString &target) {
        if (target == wholeLink || target == frameLink)
            emit wholeWanted(target == wholeLink);
        else
            emit rowWanted(target.toULongLong());
    });
    hide();
}

void RelatedLine::show(const CapturedRow &row, const MessageRelatives &relatives, bool isWholeShown)
{
    QStringList parts;
    const qint64 time = row.record.timeUs;
    if (const auto &other = relatives.answered) {
        const QString text = row.type() == "error" ? tr("An error about %1, %2") : tr("Answers %1, %2");
        parts << text.arg(linkTo(*other), formatDelta(elapsedUs(other->record.timeUs, time)));
    }
    if (const auto &other = relatives.answer) {
        const QString text = other->type == "error" ? tr("Answered by an error: %1, %2") : tr("Answered by %1, %2");
        parts << text.arg(linkTo(*other), formatDelta(elapsedUs(time, other->record.timeUs)));
    }
    if (relatives.fragments)
        parts << fragmentsTexts(row, *relatives.fragments, isWholeShown);
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
