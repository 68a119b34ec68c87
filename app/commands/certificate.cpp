// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/certificate.h"

#include "app/commands/ownoptions.h"
#include "base/visibletext.h"
#include "net/tls/selfsigned.h"
#include "server/gate/webnames.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int failed = 1;
constexpr int wrongUsage = 2;

CommandOutput usageError(const QByteArray &text) { return {wrongUsage, {}, text}; }

/// As the certificate has it: without the brackets of an address. What is none is refused with all the rest.
std::optional<QString> normalName(const QString &text)
{
    const QByteArray host = normalHost(text).value_or(text).toUtf8();
    if (!portInHost(host).isEmpty())
        return text;
    return host.startsWith('[') && host.endsWith(']') ? QString::fromUtf8(host.mid(1, host.size() - 2))
                                                      : QString::fromUtf8(host);
}

std::vector<OptionRow<SelfSignedRequest>> makeOptions()
{
    return {
        {{.name = "cert", .type = OptionType::Path, .help = "where it goes (glasshouse-cert.pem)"},
         fieldOf(&SelfSignedRequest::certFile)},
        {{.name = "key",
          .type = OptionType::Path,
          .help = "where its key goes (glasshouse-key.pem); keep it to yourself"},
         fieldOf(&SelfSignedRequest::keyFile)},
        {{.name = "name",
          .metavar = "NAME",
          .help = "a host name or IP address that it is good for; may stand several times\n"
                  "                             (unless told otherwise: localhost and the names and addresses of this "
                  "machine)",
          .isList = true,
          .normal = normalName},
         fieldOf(&SelfSignedRequest::names)},
        {{.name = "overwrite", .type = OptionType::Flag, .help = "take the place of files that are there"},
         fieldOf(&SelfSignedRequest::overwrite)},
    };
}

QByteArray usage()
{
    QString text = u"glasshouse certificate make [options]    makes a self-signed certificate, for a LAN\n"_s;
    for (const auto &option : makeOptions())
        text += helpLine(option);
    return text.toUtf8()
        + "glasshouse certificate show FILE         prints what a certificate says\n"
          "A browser warns of a self-signed certificate: compare the fingerprint before you let it pass.\n";
}

Result<SelfSignedRequest, OptionsError> readMake(const QStringList &arguments, const QDateTime &now)
{
    SelfSignedRequest request{.names = {},
                              .certFile = u"glasshouse-cert.pem"_s,
                              .keyFile = u"glasshouse-key.pem"_s,
                              .overwrite = false,
                              .now = now};
    const auto read = readAllOwn(makeOptions(), arguments, request, "certificate");
    if (!read)
        return read.error();
    if (request.names.isEmpty())
        request.names = likelyNames();
    return request;
}

QByteArray timeText(const QDateTime &time) { return time.toString(u"yyyy-MM-dd HH:mm 'UTC'"_s).toUtf8(); }

/// Whoever made the certificate wrote this.
QByteArray word(const QString &text) { return visible(text).toUtf8(); }

QByteArray describe(const CertificateInfo &info, const QDateTime &now)
{
    QByteArray text = "names        " + (info.names.isEmpty() ? "none" : word(info.names.join(u", "_s))) + '\n';
    text += "subject      " + word(info.subject) + '\n';
    text += "issuer       " + (info.selfSigned ? "itself (self-signed)" : word(info.issuer)) + '\n';
    text += "valid        " + timeText(info.notBefore) + " to " + timeText(info.notAfter) + '\n';
    text += "fingerprint  " + info.fingerprint + " (SHA-256)\n";
    const QString warning = info.warning(now);
    return warning.isEmpty() ? text : text + "warning      " + warning.toUtf8() + '\n';
}

CommandOutput make(const QStringList &arguments, const QDateTime &now)
{
    const auto request = readMake(arguments, now);
    if (!request)
        return usageError(request.error().text);
    const SelfSignedRequest &wanted = request.value();
    const auto made = makeSelfSigned(wanted);
    if (!made) {
        const bool exists = made.error().code == SelfSignedError::Exists;
        const bool badName = made.error().code == SelfSignedError::BadName;
        return {badName ? wrongUsage : failed, {}, made.error().text + (exists ? "; --overwrite replaces it" : "")};
    }
    const QByteArray cert = wanted.certFile.toUtf8();
    const QByteArray key = wanted.keyFile.toUtf8();
    return {0,
            "certificate  " + cert + "\nkey          " + key + " (keep it to yourself)\n" + describe(made.value(), now)
                + "start with   glasshouse serve --tls-cert " + cert + " --tls-key " + key + '\n',
            {}};
}

CommandOutput show(const QStringList &arguments, const QDateTime &now)
{
    if (arguments.size() != 1)
        return usageError("certificate show takes one file");
    const auto info = readCertificateInfo(arguments.first());
    if (!info)
        return {failed, {}, info.error().text};
    return {0, describe(info.value(), now), {}};
}

} // namespace

CommandOutput runCertificate(const QStringList &arguments, const QDateTime &now)
{
    if (arguments.contains(u"--help"_s) || arguments.contains(u"-h"_s))
        return {0, usage(), {}};
    const QString action = arguments.value(0);
    if (action == "make"_L1)
        return make(arguments.mid(1), now);
    if (action == "show"_L1)
        return show(arguments.mid(1), now);
    return usageError(action.isEmpty() ? QByteArray("certificate needs make or show; certificate --help says more")
                                       : QByteArray("certificate " + action.toUtf8()
                                                    + " is neither certificate make nor certificate show"));
}

int certificate(const Options &options)
{
    return print(runCertificate(options.arguments, QDateTime::currentDateTimeUtc()));
}

} // namespace glasshouse
