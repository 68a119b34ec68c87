// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tls/certificatefile.h"

#include <QFile>
#include <openssl/pem.h>

namespace glasshouse {

namespace {

constexpr qint64 maxFile = 1024 * 1024; // chains are long, but not that long
constexpr int minRsaBits = 2048;
constexpr int minCurveBits = 256;

Error<TlsError> refused(TlsError code, const QString &file, QByteArrayView text)
{
    return {code, file.toUtf8() + ": " + text.toByteArray()};
}

// Without it the library would ask on the terminal.
int noPassword(char *, int, int, void *) { return -1; }

Result<QByteArray, TlsError> readPem(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return refused(TlsError::Unreadable, path, file.errorString().toUtf8());
    QByteArray contents = file.read(maxFile + 1);
    if (contents.isEmpty() && file.error() != QFileDevice::NoError) // a folder can be opened
        return refused(TlsError::Unreadable, path, file.errorString().toUtf8());
    if (contents.size() > maxFile)
        return refused(TlsError::TooLong, path, "this is longer than 1 MiB, so it is neither a certificate nor a key");
    if (!contents.contains("-----BEGIN "))
        return refused(TlsError::NotPem, path,
                       "this is not in PEM (-----BEGIN …); turn DER into it: openssl x509 -inform der -in FILE, or "
                       "openssl pkcs12 for .p12 and .pfx");
    return contents;
}

BioPointer reader(const QByteArray &pem) { return BioPointer(BIO_new_mem_buf(pem.constData(), int(pem.size()))); }

std::optional<Error<TlsError>> judgeKeyPem(const QString &file, const QByteArray &pem)
{
    if (pem.contains("-----BEGIN ENCRYPTED ") || pem.contains("Proc-Type: 4,ENCRYPTED"))
        return refused(TlsError::Encrypted, file,
                       "this key is locked by a password; unlock it: openssl pkey -in FILE -out NEW");
    if (pem.contains("PRIVATE KEY-----"))
        return std::nullopt;
    if (pem.contains("CERTIFICATE-----"))
        return refused(TlsError::IsCertificate, file,
                       "this is a certificate; the private key that belongs to it is needed here");
    if (pem.contains("PUBLIC KEY-----"))
        return refused(TlsError::IsPublicKey, file, "this is a public key; the private one is needed here");
    return refused(TlsError::Damaged, file, "there is no private key in it (-----BEGIN PRIVATE KEY-----)");
}

std::optional<Error<TlsError>> judgeStrength(const QString &file, const EVP_PKEY *key)
{
    const int bits = EVP_PKEY_get_bits(key);
    const bool isRsa = EVP_PKEY_is_a(key, "RSA") == 1 || EVP_PKEY_is_a(key, "RSA-PSS") == 1;
    if (isRsa && bits < minRsaBits)
        return refused(TlsError::TooShort, file,
                       "the RSA key has " + QByteArray::number(bits) + " bits, and clients ask for 2048 or more");
    if (EVP_PKEY_is_a(key, "EC") == 1 && bits < minCurveBits)
        return refused(TlsError::TooShort, file,
                       "the curve of the key has " + QByteArray::number(bits)
                           + " bits, and clients ask for 256 or more");
    return std::nullopt;
}

} // namespace

Result<std::vector<CertificatePointer>, TlsError> readCertificates(const QString &file)
{
    const ErrorQueueGuard guard;
    const auto pem = readPem(file);
    if (!pem)
        return pem.error();
    if (!pem.value().contains("CERTIFICATE-----")) {
        if (pem.value().contains("PRIVATE KEY-----"))
            return refused(TlsError::IsKey, file, "this is a private key; its certificate is needed here");
        return refused(TlsError::Damaged, file, "there is no certificate in it (-----BEGIN CERTIFICATE-----)");
    }
    std::vector<CertificatePointer> found;
    const BioPointer bio = reader(pem.value());
    while (X509 *next = PEM_read_bio_X509_AUX(bio.get(), nullptr, noPassword, nullptr))
        found.emplace_back(next);
    // Only the end of the file may stop it: half a chain is worse than none.
    if (found.empty() || ERR_GET_REASON(ERR_peek_last_error()) != PEM_R_NO_START_LINE)
        return refused(TlsError::Damaged, file, "a certificate in it can not be read; copy it again");
    return found;
}

Result<KeyPointer, TlsError> readPrivateKey(const QString &file)
{
    const ErrorQueueGuard guard;
    const auto pem = readPem(file);
    if (!pem)
        return pem.error();
    if (auto error = judgeKeyPem(file, pem.value()))
        return *error;
    KeyPointer key(PEM_read_bio_PrivateKey(reader(pem.value()).get(), nullptr, noPassword, nullptr));
    if (!key)
        return refused(TlsError::Damaged, file, "the private key in it can not be read; copy it again");
    if (auto error = judgeStrength(file, key.get()))
        return *error;
    return key;
}

} // namespace glasshouse
