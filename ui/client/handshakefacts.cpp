// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/client/handshakefacts.h"

#include "ui/base/formats.h"
#include "ui/client/connection/proxysection.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace glasshouse {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(HandshakeFacts)
};

QString shown(const QDateTime &time) { return QLocale().toString(time.toLocalTime(), QLocale::ShortFormat); }

QString certificateLines(const CertificateInfo &one, qsizetype number)
{
    QStringList lines{Words::tr("Certificate %1: %2").arg(number).arg(oneLine(one.subject, 200))};
    lines << u"  "_s
            + (one.selfSigned ? Words::tr("signed by itself")
                              : Words::tr("issued by %1").arg(oneLine(one.issuer, 200)));
    if (!one.names.isEmpty())
        lines << u"  "_s + Words::tr("good for %1").arg(oneLine(one.names.join(u", "_s), 400));
    lines << u"  "_s + Words::tr("valid from %1 to %2").arg(shown(one.notBefore), shown(one.notAfter));
    if (const QString warning = one.warning(QDateTime::currentDateTimeUtc()); !warning.isEmpty())
        lines << u"  "_s + harmless(warning);
    lines << u"  SHA-256 "_s + QString::fromLatin1(one.fingerprint);
    return lines.join(u'\n');
}

QString tlsPart(const HandshakeFacts &facts)
{
    QStringList lines{Words::tr("── TLS ──")};
    if (facts.tls) {
        lines << oneLine(QString::fromLatin1(facts.tls->version)) + u", "_s
                + oneLine(QString::fromLatin1(facts.tls->cipher));
        lines << (facts.tls->alpn.isEmpty() ? Words::tr("no ALPN")
                                            : Words::tr("ALPN: %1").arg(oneLine(QString::fromLatin1(facts.tls->alpn))));
        if (facts.tls->resumed)
            lines << Words::tr("a session was resumed");
    }
    if (facts.isUnchecked)
        lines << Words::tr("not checked: errors of the certificate are ignored");
    for (qsizetype i = 0; i < facts.certificates.size(); ++i)
        lines << certificateLines(facts.certificates[i], i + 1);
    return lines.join(u'\n');
}

QString deflateWords(const HandshakeFacts &facts)
{
    if (!facts.deflate)
        return Words::tr("permessage-deflate was offered, and the server did not take it.");
    const DeflateParameters &agreed = *facts.deflate;
    QStringList words{Words::tr("permessage-deflate"),
                      Words::tr("server's window %1 bits").arg(agreed.serverMaxWindowBits),
                      Words::tr("window of ours %1 bits").arg(agreed.clientMaxWindowBits)};
    if (agreed.serverNoContextTakeover)
        words << u"server_no_context_takeover"_s;
    if (agreed.clientNoContextTakeover)
        words << u"client_no_context_takeover"_s;
    return Words::tr("Agreed: %1").arg(words.join(u", "_s));
}

} // namespace

QStringList handshakeFactParts(const HandshakeFacts &facts)
{
    QStringList parts;
    if (facts.proxy.kind != TestClientProxy::Kind::None)
        parts << Words::tr("── Proxy ──") + u'\n' + proxyWords(facts.proxy);
    if (!facts.redirects.isEmpty()) {
        QStringList lines{Words::tr("── Redirects ──")};
        for (const QString &one : facts.redirects)
            lines << oneLine(one, 400);
        parts << lines.join(u'\n');
    }
    if (facts.isOpen && facts.deflateOffered)
        parts << Words::tr("── Extensions ──") + u'\n' + deflateWords(facts);
    if (facts.tls || !facts.certificates.isEmpty())
        parts << tlsPart(facts);
    return parts;
}

} // namespace glasshouse
