// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tls/selfsigned.h"

#include "base/privatefiles.h"
#include "net/tls/certificatefile.h"
#include "net/transport/lanaddresses.h"

#include <QFileInfo>
#include <QHostAddress>
#include <QHostInfo>
#include <QUrl>
#include <algorithm>
#include <openssl/bn.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace glasshouse {

using namespace Qt::StringLiterals;

namespace {

constexpr int validDays = 825;
constexpr qint64 clockSkew = 3600; // seconds that a player's clock may be behind
constexpr int serialBits = 127;
constexpr qsizetype maxCommonName = 64; // RFC 5280 appendix A
constexpr qsizetype maxDnsName = 253;

using NamesPointer = std::unique_ptr<GENERAL_NAMES, OpensslDeleter<GENERAL_NAMES_free>>;
using NamePointer = std::unique_ptr<GENERAL_NAME, OpensslDeleter<GENERAL_NAME_free>>;
using ExtensionPointer = std::unique_ptr<X509_EXTENSION, OpensslDeleter<X509_EXTENSION_free>>;
using NumberPointer = std::unique_ptr<BIGNUM, OpensslDeleter<BN_free>>;

Error<SelfSignedError> failed(SelfSignedError code, const QString &text) { return {code, text.toUtf8()}; }

/// As it stands in a certificate; empty: it is no DNS name.
QByteArray dnsName(const QString &name)
{
    const bool wild = name.startsWith("*."_L1);
    const QByteArray ace = QUrl::toAce(wild ? name.mid(2) : name);
    const bool ok = !ace.isEmpty() && ace.size() <= maxDnsName - 2 && std::all_of(ace.begin(), ace.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
    return ok ? (wild ? "*." : "") + ace : QByteArray();
}

QByteArray octetsOf(const QHostAddress &address)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol) {
        const quint32 v4 = address.toIPv4Address();
        return {QByteArray().append(char(v4 >> 24)).append(char(v4 >> 16)).append(char(v4 >> 8)).append(char(v4))};
    }
    const Q_IPV6ADDR v6 = address.toIPv6Address();
    return {reinterpret_cast<const char *>(&v6), sizeof v6};
}

/// Null: it is neither an address nor a name. Built from values, so that no text can become something else.
NamePointer generalName(const QString &text)
{
    const QHostAddress address(text);
    const bool isAddress = !address.isNull();
    const QByteArray value = isAddress ? octetsOf(address) : dnsName(text);
    NamePointer name(GENERAL_NAME_new());
    ASN1_STRING *string = isAddress ? ASN1_OCTET_STRING_new() : ASN1_IA5STRING_new();
    if (value.isEmpty() || !address.scopeId().isEmpty() || !name || string == nullptr
        || ASN1_STRING_set(string, value.constData(), int(value.size())) != 1) {
        ASN1_STRING_free(string);
        return nullptr;
    }
    GENERAL_NAME_set0_value(name.get(), isAddress ? GEN_IPADD : GEN_DNS, string);
    return name;
}

Result<NamesPointer, SelfSignedError> alternativeNames(const QStringList &texts)
{
    NamesPointer names(GENERAL_NAMES_new());
    for (const QString &text : texts) {
        NamePointer name = generalName(text);
        if (!name)
            return failed(SelfSignedError::BadName, u"\"%1\" is neither a host name nor an IP address"_s.arg(text));
        if (sk_GENERAL_NAME_push(names.get(), name.get()) > 0)
            (void)name.release();
    }
    if (sk_GENERAL_NAME_num(names.get()) < 1)
        return failed(SelfSignedError::NoNames, u"a certificate needs a name or an address"_s);
    return names;
}

bool addExtension(X509 *certificate, int id, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const ExtensionPointer extension(X509V3_EXT_conf_nid(nullptr, &context, id, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

// Hard to guess and never twice (RFC 5280 section 4.1.2.2).
bool setSerial(X509 *certificate)
{
    const NumberPointer number(BN_new());
    return number && BN_rand(number.get(), serialBits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY) == 1
        && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool setName(X509 *certificate, const QString &first)
{
    const auto add = [name = X509_get_subject_name(certificate)](int id, const QByteArray &text) {
        return X509_NAME_add_entry_by_NID(name, id, MBSTRING_UTF8,
                                          reinterpret_cast<const unsigned char *>(text.constData()), int(text.size()),
                                          -1, 0)
            == 1;
    };
    const QByteArray common = first.toUtf8();
    return add(NID_organizationName, "Glasshouse") && (common.size() > maxCommonName || add(NID_commonName, common))
        && X509_set_issuer_name(certificate, X509_get_subject_name(certificate)) == 1;
}

bool setTimes(X509 *certificate, const QDateTime &now)
{
    const qint64 from = now.toSecsSinceEpoch() - clockSkew;
    const qint64 to = from + validDays * 86'400LL - 1; // the last second counts
    return ASN1_TIME_set(X509_getm_notBefore(certificate), time_t(from)) != nullptr
        && ASN1_TIME_set(X509_getm_notAfter(certificate), time_t(to)) != nullptr;
}

CertificatePointer makeCertificate(const SelfSignedRequest &request, GENERAL_NAMES *names, EVP_PKEY *key)
{
    CertificatePointer certificate(X509_new());
    X509 *x509 = certificate.get();
    const bool ok = x509 != nullptr && X509_set_version(x509, X509_VERSION_3) == 1 && setSerial(x509)
        && setName(x509, request.names.first()) && setTimes(x509, request.now) && X509_set_pubkey(x509, key) == 1
        && X509_add1_ext_i2d(x509, NID_subject_alt_name, names, 0, X509V3_ADD_DEFAULT) == 1
        && addExtension(x509, NID_basic_constraints, "critical,CA:FALSE")
        && addExtension(x509, NID_key_usage, "critical,digitalSignature")
        && addExtension(x509, NID_ext_key_usage, "serverAuth") && addExtension(x509, NID_subject_key_identifier, "hash")
        && X509_sign(x509, key, EVP_sha256()) > 0;
    return ok ? std::move(certificate) : nullptr;
}

template <typename Write>
QByteArray pemOf(Write write)
{
    const BioPointer out(BIO_new(BIO_s_mem()));
    char *data = nullptr;
    if (!out || write(out.get()) != 1)
        return {};
    const long size = BIO_get_mem_data(out.get(), &data);
    return {data, size};
}

std::optional<Error<SelfSignedError>> writeBoth(const SelfSignedRequest &request, const QByteArray &certificate,
                                                const QByteArray &key)
{
    const auto canNotWrite = [](const FileInWaiting &file) {
        return failed(SelfSignedError::CanNotWrite, file.path() + u": "_s + file.errorString());
    };
    FileInWaiting keyFile(request.keyFile);
    FileInWaiting certFile(request.certFile);
    if (!keyFile.write(key))
        return canNotWrite(keyFile);
    if (!certFile.write(certificate))
        return canNotWrite(certFile);
    if (!keyFile.commit())
        return canNotWrite(keyFile);
    if (!certFile.commit(privateFile | QFileDevice::ReadGroup | QFileDevice::ReadOther))
        return canNotWrite(certFile);
    return std::nullopt;
}

std::optional<Error<SelfSignedError>> judgeFiles(const SelfSignedRequest &request)
{
    if (QFileInfo(request.certFile).absoluteFilePath() == QFileInfo(request.keyFile).absoluteFilePath())
        return failed(SelfSignedError::CanNotWrite, u"certificate and key need files of their own"_s);
    for (const QString &file : {request.certFile, request.keyFile}) {
        if (!request.overwrite && QFileInfo::exists(file))
            return failed(SelfSignedError::Exists, file + u": there is such a file already"_s);
    }
    return std::nullopt;
}

} // namespace

QStringList likelyNames()
{
    QStringList names{u"localhost"_s};
    for (const QString &name : machineNames()) {
        if (!dnsName(name).isEmpty())
            names += name;
    }
    names += lanAddresses();
    names += {u"127.0.0.1"_s, u"::1"_s};
    names.removeDuplicates();
    return names;
}

Result<CertificateInfo, SelfSignedError> makeSelfSigned(const SelfSignedRequest &request)
{
    const ErrorQueueGuard guard;
    const auto names = alternativeNames(request.names);
    if (!names)
        return names.error();
    if (auto error = judgeFiles(request))
        return *error;
    const KeyPointer key(EVP_EC_gen("P-256"));
    const CertificatePointer certificate =
        key ? makeCertificate(request, names.value().get(), key.get()) : CertificatePointer();
    if (!certificate)
        return failed(SelfSignedError::Refused, u"the TLS library made no certificate"_s);
    const QByteArray certPem = pemOf([&](BIO *out) { return PEM_write_bio_X509(out, certificate.get()); });
    const QByteArray keyPem = pemOf(
        [&](BIO *out) { return PEM_write_bio_PKCS8PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    if (auto error = writeBoth(request, certPem, keyPem))
        return *error;
    return infoOf(certificate.get());
}

} // namespace glasshouse
