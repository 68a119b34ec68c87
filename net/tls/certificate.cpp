// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tls/certificate.h"

#include "net/tls/certificatefile.h"

#include <QHostAddress>
#include <openssl/x509v3.h>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int soonDays = 14;

using NamesPointer = std::unique_ptr<GENERAL_NAMES, OpensslDeleter<GENERAL_NAMES_free>>;

QString nameText(const X509_NAME *name)
{
    const BioPointer out(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253 & ~unsigned(ASN1_STRFLGS_ESC_MSB));
    char *data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return QString::fromUtf8(data, size);
}

QDateTime timeOf(const ASN1_TIME *time)
{
    tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1)
        return {};
    return {QDate(parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday),
            QTime(parts.tm_hour, parts.tm_min, parts.tm_sec), Qt::UTC};
}

QString addressText(const ASN1_OCTET_STRING *octets)
{
    const unsigned char *data = ASN1_STRING_get0_data(octets);
    if (ASN1_STRING_length(octets) == 4)
        return QHostAddress(quint32(data[0]) << 24 | quint32(data[1]) << 16 | quint32(data[2]) << 8 | data[3])
            .toString();
    return ASN1_STRING_length(octets) == 16 ? QHostAddress(data).toString() : QString();
}

QStringList namesOf(X509 *certificate)
{
    QStringList texts;
    const NamesPointer names(
        static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS)
            texts += QString::fromLatin1(reinterpret_cast<const char *>(ASN1_STRING_get0_data(name->d.dNSName)),
                                         ASN1_STRING_length(name->d.dNSName));
        else if (name->type == GEN_IPADD)
            texts += addressText(name->d.iPAddress);
    }
    return texts;
}

QByteArray fingerprintOf(const X509 *certificate)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (X509_digest(certificate, EVP_sha256(), digest, &size) != 1)
        return {};
    return QByteArray(reinterpret_cast<const char *>(digest), size).toHex(':').toUpper();
}

} // namespace

QString CertificateInfo::warning(const QDateTime &now) const
{
    const QString end = notAfter.toString(u"yyyy-MM-dd HH:mm 'UTC'"_s);
    if (now < notBefore)
        return u"the certificate is not valid before %1; check the clock of this machine"_s.arg(
            notBefore.toString(u"yyyy-MM-dd HH:mm 'UTC'"_s));
    if (now > notAfter)
        return u"the certificate expired at %1; clients refuse it"_s.arg(end);
    if (now.daysTo(notAfter) < soonDays)
        return u"the certificate expires at %1; renew it soon"_s.arg(end);
    return {};
}

CertificateInfo infoOf(X509 *certificate)
{
    const ErrorQueueGuard guard;
    return {.subject = nameText(X509_get_subject_name(certificate)),
            .issuer = nameText(X509_get_issuer_name(certificate)),
            .names = namesOf(certificate),
            .notBefore = timeOf(X509_get0_notBefore(certificate)),
            .notAfter = timeOf(X509_get0_notAfter(certificate)),
            .fingerprint = fingerprintOf(certificate),
            .selfSigned = X509_self_signed(certificate, 0) == 1};
}

Result<CertificateInfo, TlsError> readCertificateInfo(const QString &file)
{
    const auto certificates = readCertificates(file);
    if (!certificates)
        return certificates.error();
    return infoOf(certificates.value().front().get());
}

} // namespace glasshouse
