// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands/certificate.h"

#include "app/nearestname.h"
#include "net/tls/selfsigned.h"

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int failed = 1;
constexpr int wrongUsage = 2;

constexpr char usage[] =
    "glasshouse certificate make [options]    makes a self-signed certificate, for a LAN\n"
    "  --cert FILE      where it goes (glasshouse-cert.pem)\n"
    "  --key FILE       where its key goes (glasshouse-key.pem); keep it to yourself\n"
    "  --name NAME      a host name or IP address that it is good for; may stand several times\n"
    "                   (unless told otherwise: localhost and the names and addresses of this machine)\n"
    "  --overwrite      take the place of files that are there\n"
    "glasshouse certificate show FILE         prints what a certificate says\n"
    "A browser warns of a self-signed certificate: compare the fingerprint before you let it pass.\n";

Error<OptionsError> error(OptionsError code, const QString &text) { return {code, text.toUtf8()}; }

CommandOutput usageError(const QByteArray &text) { return {wrongUsage, {}, text}; }

QStringList valueOptions() { return {u"cert"_s, u"key"_s, u"name"_s}; }

Error<OptionsError> unknown(const QString &argument, const QString &name)
{
    const QString nearest = nearestName(name, valueOptions() + QStringList{u"overwrite"_s});
    return error(OptionsError::UnknownOption,
                 u"unknown option %1%2"_s.arg(argument.section(u'=', 0, 0),
                                              nearest.isEmpty() ? u"; certificate --help lists them"_s
                                                                : u"; did you mean --%1?"_s.arg(nearest)));
}

std::optional<Error<OptionsError>> set(SelfSignedRequest &request, QStringList &given, const QString &name,
                                       const QString &value)
{
    if (value.isEmpty())
        return error(OptionsError::BadValue, u"--%1 is empty"_s.arg(name));
    if (name != "name"_L1 && given.contains(name))
        return error(OptionsError::BadValue, u"--%1 stands twice"_s.arg(name));
    given += name;
    if (name == "name"_L1)
        request.names += value;
    else
        (name == "cert"_L1 ? request.certFile : request.keyFile) = value;
    return std::nullopt;
}

Result<SelfSignedRequest, OptionsError> parseMake(QStringList rest, const QDateTime &now)
{
    SelfSignedRequest request{.names = {},
                              .certFile = u"glasshouse-cert.pem"_s,
                              .keyFile = u"glasshouse-key.pem"_s,
                              .overwrite = false,
                              .now = now};
    QStringList given;
    while (!rest.isEmpty()) {
        const QString argument = rest.takeFirst();
        const QString name = argument.section(u'=', 0, 0).mid(2);
        if (argument == "--overwrite"_L1) {
            request.overwrite = true;
            continue;
        }
        if (!argument.startsWith("--"_L1) || !valueOptions().contains(name))
            return unknown(argument, name);
        if (!argument.contains(u'=') && rest.isEmpty())
            return error(OptionsError::MissingValue, u"--%1 needs a value"_s.arg(name));
        const QString value = argument.contains(u'=') ? argument.section(u'=', 1) : rest.takeFirst();
        if (auto wrong = set(request, given, name, value))
            return *wrong;
    }
    if (request.names.isEmpty())
        request.names = likelyNames();
    return request;
}

QByteArray timeText(const QDateTime &time) { return time.toString(u"yyyy-MM-dd HH:mm 'UTC'"_s).toUtf8(); }

QByteArray describe(const CertificateInfo &info, const QDateTime &now)
{
    QByteArray text = "names        " + (info.names.isEmpty() ? "none" : info.names.join(u", "_s).toUtf8()) + '\n';
    text += "subject      " + info.subject.toUtf8() + '\n';
    text += "issuer       " + (info.selfSigned ? "itself (self-signed)" : info.issuer.toUtf8()) + '\n';
    text += "valid        " + timeText(info.notBefore) + " to " + timeText(info.notAfter) + '\n';
    text += "fingerprint  " + info.fingerprint + " (SHA-256)\n";
    const QString warning = info.warning(now);
    return warning.isEmpty() ? text : text + "warning      " + warning.toUtf8() + '\n';
}

CommandOutput make(const QStringList &arguments, const QDateTime &now)
{
    const auto request = parseMake(arguments, now);
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
        return {0, usage, {}};
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
