// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/handshakepage.h"

#include "protocol/closecode.h"
#include "ui/base/formats.h"

#include <QFontDatabase>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

QString part(const QString &title, const QByteArray &head)
{
    const QString lines = QString::fromUtf8(head).replace("\r\n"_L1, "\n"_L1).trimmed();
    return title + u'\n' + harmless(lines);
}

QString codeText(quint16 code)
{
    const QByteArray name = closeCodeName(code).toByteArray();
    return name.isEmpty() ? QString::number(code) : u"%1 (%2)"_s.arg(code).arg(QString::fromLatin1(name));
}

QString closeLine(const QString &who, quint16 code, const QByteArray &reason)
{
    const QString line = who + u' ' + codeText(code);
    return reason.isEmpty() ? line : line + u" – "_s + oneLine(QString::fromUtf8(reason));
}

} // namespace

HandshakePage::HandshakePage(QWidget *parent) : QWidget(parent), m_view(new QPlainTextEdit(this))
{
    m_view->setReadOnly(true);
    m_view->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_view->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_view->setPlaceholderText(
        tr("The request, the server's answer and how the connection ended stand here after the first attempt."));
    m_view->setAccessibleName(tr("Handshake"));
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_view);
}

void HandshakePage::clear()
{
    m_factParts.clear();
    showParts({});
}

void HandshakePage::setFacts(const HandshakeFacts &facts)
{
    m_factParts = handshakeFactParts(facts);
    render();
}

void HandshakePage::showRequest(const QUrl &url, const QByteArray &head)
{
    m_url = url;
    m_request = head;
    showParts({tr("Asked %1").arg(harmless(m_url.toDisplayString())), part(tr("── Request ──"), m_request)});
}

void HandshakePage::showOpened(const QByteArray &response)
{
    showParts({tr("Connected to %1").arg(harmless(m_url.toDisplayString())), part(tr("── Request ──"), m_request),
               part(tr("── Answer ──"), response)});
}

void HandshakePage::showEnding(const TestClientEnding &ending)
{
    const TestClientText words = testClientText(ending);
    QStringList parts{harmless(words.sentence) + (words.advice.isEmpty() ? QString() : u'\n' + harmless(words.advice))};
    QStringList facts;
    if (ending.codeSent)
        facts << closeLine(tr("Close sent:"), ending.codeSent, ending.reasonSent);
    if (ending.codeReceived)
        facts << closeLine(tr("Close received:"), ending.codeReceived, ending.reasonReceived);
    if (ending.lifetimeMs > 0)
        facts << tr("Open for %1, ended %2.")
                     .arg(formatDuration(ending.lifetimeMs),
                          ending.cleanly ? tr("in order") : tr("without the full closing handshake"));
    if (!facts.isEmpty())
        parts << facts.join(u'\n');
    if (!ending.requestHead.isEmpty())
        parts << part(ending.wasAsked ? tr("── Request ──") : tr("── Request, which was not sent ──"),
                      ending.requestHead);
    if (!ending.responseHead.isEmpty())
        parts << part(tr("── Answer ──"), ending.responseHead);
    if (!ending.responseBody.isEmpty())
        parts << harmless(QString::fromUtf8(ending.responseBody))
                + (ending.bodyCut ? u'\n' + tr("… and more") : QString());
    showParts(parts);
}

void HandshakePage::showParts(const QStringList &parts)
{
    m_parts = parts;
    render();
    m_view->verticalScrollBar()->setValue(0);
}

/// What is read meanwhile stays in sight.
void HandshakePage::render()
{
    const int place = m_view->verticalScrollBar()->value();
    m_view->setPlainText(m_parts.isEmpty() ? QString() : (m_parts + m_factParts).join(u"\n\n"_s));
    m_view->verticalScrollBar()->setValue(place);
}

QString HandshakePage::text() const { return m_view->toPlainText(); }

} // namespace glasshouse
