// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tls/tlscontext.h"

#include "net/tls/certificatefile.h"
#include "net/tls/tlsfailure.h"
#include "net/tls/tlswire.h"

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

// What counts is said here, so that the system's openssl.cnf can not weaken it.
ContextPointer makeContext()
{
    ContextPointer context(SSL_CTX_new(TLS_server_method()));
    if (!context)
        return nullptr;
    SSL_CTX *ctx = context.get();
    SSL_CTX_set_security_level(ctx, securityLevel);
    SSL_CTX_set_options(ctx,
                        SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE
                            | SSL_OP_PRIORITIZE_CHACHA);
    // Ten thousand idle connections would keep 340 MB of buffers.
    SSL_CTX_set_mode(ctx, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_read_ahead(ctx, 0);
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF); // tickets keep nothing on the server
    SSL_CTX_set_alpn_select_cb(ctx, chooseProtocol, nullptr);
    const bool ok = SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) == 1
        && SSL_CTX_set_max_proto_version(ctx, TLS1_3_VERSION) == 1 && SSL_CTX_set_cipher_list(ctx, ciphers12) == 1
        && SSL_CTX_set1_groups_list(ctx, groups) == 1;
    return ok ? std::move(context) : nullptr;
}

std::optional<Error<TlsError>> judgePair(const std::vector<CertificatePointer> &chain, const KeyPointer &key,
                                         const QString &certFile, const QString &keyFile)
{
    if (X509_check_private_key(chain.front().get(), key.get()) == 1)
        return std::nullopt;
    for (const CertificatePointer &other : chain) {
        if (X509_check_private_key(other.get(), key.get()) == 1)
            return Error<TlsError>{TlsError::WrongOrder,
                                   certFile.toUtf8()
                                       + ": the server's own certificate has to stand first, its chain behind it"};
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
    MethodPointer method;
    CertificateInfo info;
};

Result<TlsContext, TlsError> TlsContext::load(const QString &certFile, const QString &keyFile)
{
    const ErrorQueueGuard guard;
    auto chain = readCertificates(certFile);
    if (!chain)
        return chain.error();
    const auto key = readPrivateKey(keyFile);
    if (!key)
        return key.error();
    if (auto error = judgePair(chain.value(), key.value(), certFile, keyFile))
        return *error;
    auto shared = std::make_shared<Shared>();
    shared->context = makeContext();
    shared->method = MethodPointer(makeTlsWireMethod());
    if (!shared->context || !shared->method || !install(shared->context.get(), chain.value(), key.value()))
        return Error<TlsError>{TlsError::Refused, certFile.toUtf8() + ": " + tlsWordsOf(ERR_peek_last_error())};
    shared->info = infoOf(chain.value().front().get());
    return TlsContext(std::move(shared));
}

const CertificateInfo &TlsContext::certificate() const { return m_shared->info; }

ssl_st *TlsContext::newSession(TlsWire &wire) const
{
    SSL *session = SSL_new(m_shared->context.get());
    BIO *bio = BIO_new(m_shared->method.get());
    if (session == nullptr || bio == nullptr) {
        SSL_free(session);
        BIO_free(bio);
        return nullptr;
    }
    BIO_set_data(bio, &wire);
    SSL_set_bio(session, bio, bio);
    SSL_set_accept_state(session);
    return session;
}

} // namespace glasshouse
