// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/windows/proxyfindings.h"

#include "ui/base/advicelinks.h"
#include "ui/base/formats.h"
#include "ui/base/tints.h"
#include "ui/windows/proxywords.h"

#include <QCoreApplication>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace glasshouse {

namespace {

constexpr auto eventsLink = "window:events"_L1;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ProxyFindings)
};

QString colourOf(FindingLevel level)
{
    switch (level) {
    case FindingLevel::Fine:
        return tint(Tint::Good).name();
    case FindingLevel::Note:
        return tint(Tint::Muted).name();
    case FindingLevel::Warning:
        return tint(Tint::Warning).name();
    case FindingLevel::Fault:
        return tint(Tint::Bad).name();
    }
    return {};
}

// Colour alone is not for everybody.
QString signOf(FindingLevel level)
{
    switch (level) {
    case FindingLevel::Fine:
        return u"✓"_s;
    case FindingLevel::Note:
        return u"•"_s;
    case FindingLevel::Warning:
        return u"!"_s;
    case FindingLevel::Fault:
        return u"✗"_s;
    }
    return {};
}

// Evidence and answers come from the network.
QString html(const QString &text) { return harmless(text).toHtmlEscaped().replace(u'\n', "<br>"_L1); }

QString findingHtml(const ProxyFinding &finding, ProxyKind kind, const QByteArray &host)
{
    const ProxyWords words = proxyWords(finding.fault);
    const bool isWrong = finding.level >= FindingLevel::Warning;
    QByteArray fix = isWrong ? proxyFix(finding.fault, kind) : QByteArray();
    if (!host.isEmpty())
        fix.replace(ProxyFacts().host, host);
    QString text = u"<tr><td style='padding-right:8px; color:%1'><b>%2</b></td><td><b>%3</b>"_s.arg(
        colourOf(finding.level), signOf(finding.level), html(words.sentence));
    if (!words.advice.isEmpty())
        text += u" "_s + html(words.advice);
    if (!finding.evidence.isEmpty())
        text += u"<br><span style='color:%1'>%2</span>"_s.arg(tint(Tint::Muted).name(),
                                                              html(oneLine(QString::fromUtf8(finding.evidence), 400)));
    if (!fix.isEmpty())
        text += u"<pre style='margin-top:4px; margin-bottom:0; white-space:pre-wrap'>%1</pre>"_s.arg(
            withLinks(QString::fromUtf8(fix)));
    if (finding.fault == ProxyFault::HostRefused)
        text += u"<a href='%1'>%2</a>"_s.arg(eventsLink, html(Words::tr("Show the events of the server")));
    return text + u"</td></tr><tr><td></td><td style='font-size:4pt'>&nbsp;</td></tr>"_s;
}

} // namespace

QString findingsHtml(const QList<ProxyFinding> &found, ProxyKind kind, const QByteArray &host)
{
    QString text = u"<table cellspacing='0'>"_s;
    for (const ProxyFinding &finding : found)
        text += findingHtml(finding, kind, host);
    return text + u"</table>"_s;
}

bool isEventsLink(const QUrl &link) { return link.toString() == eventsLink; }

} // namespace glasshouse
