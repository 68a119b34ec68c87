// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/advicelinks.h"

#include "server/config/configoptions.h"

#include <QFileInfo>
#include <QLabel>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr auto scheme = "option"_L1;

const QRegularExpression &dashedName()
{
    static const QRegularExpression form(u"--([a-z][a-z-]*[a-z])"_s);
    return form;
}

bool isOption(QStringView name) { return findRow(configOptions(), name) != nullptr; }

} // namespace

QString withLinks(const QString &plain)
{
    QString html;
    qsizetype from = 0;
    const auto append = [&](qsizetype to) { html += plain.sliced(from, to - from).toHtmlEscaped(); };
    for (auto matches = dashedName().globalMatch(plain); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        if (!isOption(match.capturedView(1)))
            continue;
        append(match.capturedStart());
        html += u"<a href=\"%1:%2\">--%2</a>"_s.arg(scheme, match.captured(1));
        from = match.capturedEnd();
    }
    append(plain.size());
    return html.replace(u'\n', "<br>"_L1);
}

QByteArray optionBehind(const QUrl &link) { return link.scheme() == scheme ? link.path().toLatin1() : QByteArray(); }

QByteArray optionNamedIn(const QString &plain)
{
    static const QRegularExpression line(u"^([a-z][a-z-]*[a-z]): "_s, QRegularExpression::MultilineOption);
    for (const QRegularExpression &form : {line, dashedName()}) {
        for (auto matches = form.globalMatch(plain); matches.hasNext();) {
            QString name = matches.next().captured(1);
            if (isOption(name))
                return name.toLatin1();
        }
    }
    return {};
}

QString fileNamedIn(const QString &plain)
{
    static const QRegularExpression line(u"^(.+?):\\d+: "_s, QRegularExpression::MultilineOption);
    for (auto matches = line.globalMatch(plain); matches.hasNext();) {
        QString name = matches.next().captured(1);
        if (QFileInfo(name).isFile())
            return name;
    }
    return {};
}

void showAdvice(QLabel *label, const QString &plain)
{
    const QString html = withLinks(plain);
    const bool hasLinks = html.contains("<a "_L1);
    label->setTextFormat(hasLinks ? Qt::RichText : Qt::PlainText);
    label->setTextInteractionFlags(
        Qt::TextSelectableByMouse
        | (hasLinks ? Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard : Qt::TextSelectableByKeyboard));
    label->setText(hasLinks ? html : plain);
}

} // namespace glasshouse
