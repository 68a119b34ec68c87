// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tls/tlscontext.h"

#include "net/tls/certificatefile.h"
#include "net/tls/tlsfailure.h"
#include "net/tls/tlsjudge.h"
#include "net/tls/tlswire.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSslConfiguration>
#include <openssl/ssl.h>

namespace glasshouse {

namespace {

// Forward secrecy and authenticated encryption only; those of TLS 1.3 have both.
constexpr const char *ciphers12 = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr const char *groups = "X25519:P-256:P-384";
constexpr int securityLevel = 2; // 112 bits: RSA of 2048, no SHA-1

using ContextPointer = std::unique_ptr<SSL_CTX, OpensslDeleter<SSL_CTX_free>>;
using MethodPointer = std::unique_ptr<BIO_METHOD, OpensslDeleter<BIO_meth_free>>;

// WebSockets need HTTP/1.1 (RFC 6455); who offers other protocols only is told so (RFC 7301 section 3.2).
int chooseProtocol(SSL *, const unsigned char **out, unsigned char *outSize, const unsigned char *offered,
                   unsigned int offeredSize, void *)
{
    static constexpr QByteArrayView ours("http/1.1");
    QByteArrayView rest(reinterpret_cast<const char *>(offered), qsizetype(offeredSize));
    while (!rest.isEmpty()) {
        const qsizetype size = quint8(rest.front());
        if (size >= rest.size())
            break;
        if (rest.sliced(1, size) == ours) {
            *out = reinterpret_cast<const unsigned char *>(rest.data() + 1);
            *outSize = static_cast<unsigned char>(size);
            return SSL_TLSEXT_ERR_OK;
        }
        rest = rest.sliced(1 + size);
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

ContextPointer makeContext(const SSL_METHOD *method)
{
    ContextPointer context(SSL_CTX_new(method));
    if (!context)
        return nullptr;
    SSL_CTX *ctx = context.get();
    SSL_CTX_set_options(ctx, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
    // Ten thousand idle connections would keep 340 MB of buffers.
    SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(ctx, 0);
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF); // tickets keep nothing on the server
    const bool ok = SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) == 1
        && SSL_CTX_set_max_proto_version(ctx, TLS1_3_VERSION) == 1;
    return ok ? std::move(context) : nullptr;
}

// What counts is said here, so that the system's openssl.cnf can not weaken it.
ContextPointer makeServerContext()
{
    ContextPointer context = makeContext(TLS_server_method());
    if (!context)
        return nullptr;
    SSL_CTX *ctx = context.get();
    SSL_CTX_set_security_level(ctx, securityLevel);
    SSL_CTX_set_options(ctx, SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_num_tickets(ctx, 1); // each costs half a signature, and a client comes back over one
    SSL_CTX_set_alpn_select_cb(ctx, chooseProtocol, nullptr);
    const bool ok = SSL_CTX_set_cipher_list(ctx, ciphers12) == 1 && SSL_CTX_set1_groups_list(ctx, groups) == 1;
    return ok ? std::move(context) : nullptr;
}

// A client meets servers of all kinds, so what it takes is the system's matter.
ContextPointer makeClientContext()
{
    ContextPointer context = makeContext(TLS_client_method());
    if (!context)
        return nullptr;
    static constexpr unsigned char offered[] = "\x08http/1.1"; // no WebSocket over HTTP/2
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(context.get(), judgeCertificate, nullptr);
    SSL_CTX_set_client_cert_cb(context.get(), noteThatOwnIsWanted);
    return SSL_CTX_set_alpn_protos(context.get(), offered, sizeof offered - 1) == 0 ? std::move(context) : nullptr;
}

/// Does the library find the system's authorities in its file or its folder? Then it reads what it needs, when it needs it.
bool knowsTheSystem()
{
#ifdef Q_OS_LINUX
    const QString file =
        qEnvironmentVariable(X509_get_default_cert_file_env(), QFile::decodeName(X509_get_default_cert_file()));
    const QString folder =
        qEnvironmentVariable(X509_get_default_cert_dir_env(), QFile::decodeName(X509_get_default_cert_dir()));
    return QFileInfo::exists(file) || !QDir(folder).isEmpty(QDir::Files); // an empty folder may be left of a package
#else
    return false;
#endif
}

// Qt knows where each system keeps them; reading them all takes a third of a second.
void trustSystem(SSL_CTX *context)
{
    if (knowsTheSystem()) {
        SSL_CTX_set_default_verify_paths(context);
        return;
    }
    const QList<QSslCertificate> authorities = QSslConfiguration::systemCaCertificates();
    for (const QSslCertificate &authority : authorities) {
        const QByteArray der = authority.toDer();
        const auto *data = reinterpret_cast<const unsigned char *>(der.constData());
        const CertificatePointer certificate(d2i_X509(nullptr, &data, long(der.size())));
        if (certificate)
            X509_STORE_add_cert(SSL_CTX_get_cert_store(context), certificate.get());
    }
}

std::optional<Error<TlsError>> trustFile(SSL_CTX *context, const QString &file)
{
    const auto authorities = readCertificates(file);
    if (!authorities)
        return authorities.error();
    for (const CertificatePointer &authority : authorities.value())
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get());
    return std::nullopt;
}

std::optional<Error<TlsError>> judgePair(const std::vector<CertificatePointer> &chain, const KeyPointer &key,
                                         const QString &certFile, const QString &keyFile)
{
    if (X509_check_private_key(chain.front().get(), key.get()) == 1)
        return std::nullopt;
    for (const CertificatePointer &other : chain) {
        if (X509_check_private_key(other.get(), key.get()) == 1)
            return Error<TlsError>{
                TlsError::WrongOrder,
                certFile.toUtf8()
                    + ": the certificate that the key belongs to has to stand first, its chain behind it"};
    }
    return Error<TlsError>{TlsError::Mismatch,
                           keyFile.toUtf8() + ": this key does not belong to the certificate in " + certFile.toUtf8()
                               + "; give the two that were made together"};
}

bool install(SSL_CTX *context, std::vector<CertificatePointer> &chain, const KeyPointer &key)
{
    if (SSL_CTX_use_certificate(context, chain.front().get()) != 1 || SSL_CTX_use_PrivateKey(context, key.get()) != 1)
        return false;
    for (size_t i = 1; i < chain.size(); ++i) {
        if (SSL_CTX_add1_chain_cert(context, chain[i].get()) != 1)
            return false;
    }
    return true;
}

} // namespace

struct TlsContext::Shared
{
    ContextPointer context;
    MethodPointer method{makeTlsWireMethod()};
    CertificateInfo info;

    explicit Shared(ContextPointer made) : context(std::move(made)) { }
    [[nodiscard]] bool isMade() const { return context && method; }
    [[nodiscard]] std::optional<Error<TlsError>> show(const QString &certFile, const QString &keyFile);
};

std::optional<Error<TlsError>> TlsContext::Shared::show(const QString &certFile, const QString &keyFile)
{
    auto chain = readCertificates(certFile);
    if (!chain)
        return chain.error();
    const auto key = readPrivateKey(keyFile);
    if (!key)
        return key.error();
    if (auto error = judgePair(chain.value(), key.value(), certFile, keyFile))
        return error;
    if (!isMade() || !install(context.get(), chain.value(), key.value()))
        return Error<TlsError>{TlsError::Refused, certFile.toUtf8() + ": " + tlsWordsOf(ERR_peek_last_error())};
    info = infoOf(chain.value().front().get());
    return std::nullopt;
}

Result<TlsContext, TlsError> TlsContext::load(const QString &certFile, const QString &keyFile)
{
    const ErrorQueueGuard guard;
    auto shared = std::make_shared<Shared>(makeServerContext());
    if (auto error = shared->show(certFile, keyFile))
        return *error;
    return TlsContext(std::move(shared));
}

Result<TlsContext, TlsError> TlsContext::client(const TlsTrust &trust)
{
    const ErrorQueueGuard guard;
    auto shared = std::make_shared<Shared>(makeClientContext());
    if (!shared->isMade())
        return Error<TlsError>{TlsError::Refused, tlsWordsOf(ERR_peek_last_error())};
    if (trust.system)
        trustSystem(shared->context.get());
    std::optional<Error<TlsError>> error;
    if (!trust.authorities.isEmpty())
        error = trustFile(shared->context.get(), trust.authorities);
    if (!error && !trust.certFile.isEmpty())
        error = shared->show(trust.certFile, trust.keyFile);
    if (error)
        return *error;
    return TlsContext(std::move(shared));
}

const CertificateInfo &TlsContext::certificate() const { return m_shared->info; }

ssl_st *TlsContext::newSession(TlsWire &wire, TlsJudge *judge) const
{
    SSL *session = SSL_new(m_shared->context.get());
    BIO *bio = BIO_new(m_shared->method.get());
    if (session == nullptr || bio == nullptr || (judge != nullptr && !setJudge(session, *judge))) {
        SSL_free(session);
        BIO_free(bio);
        return nullptr;
    }
    BIO_set_data(bio, &wire);
    SSL_set_bio(session, bio, bio);
    judge != nullptr ? SSL_set_connect_state(session) : SSL_set_accept_state(session);
    return session;
}

} // namespace glasshouse
