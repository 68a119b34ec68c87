// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/looppair.h"

#include <functional>
#include <memory>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace glasshouse {

/// A TLS client without an event loop, over one end of a LoopPair. It does what it is told, rudely if it is told so.
class TlsPeer
{
public:
    struct Options
    {
        int minVersion = TLS1_2_VERSION;
        int maxVersion = TLS1_3_VERSION;
        QByteArray trusts = {}; ///< file; empty: asks nobody
        bool verifies = false;  ///< refuses what it does not trust
        QByteArray alpn = {};   ///< as on the wire: each name behind its length
        const char *ciphers = "ALL:@SECLEVEL=0";
        const char *name = nullptr; ///< SNI
    };

    explicit TlsPeer(LoopPair &pair) : TlsPeer(pair, Options{}) { }
    TlsPeer(LoopPair &pair, const Options &options) : m_pair(pair), m_context(SSL_CTX_new(TLS_client_method()))
    {
        SSL_CTX_set_cipher_list(m_context, options.ciphers);
        SSL_CTX_set_min_proto_version(m_context, options.minVersion);
        SSL_CTX_set_max_proto_version(m_context, options.maxVersion);
        if (!options.trusts.isEmpty())
            SSL_CTX_load_verify_file(m_context, options.trusts.constData());
        if (options.verifies)
            SSL_CTX_set_verify(m_context, SSL_VERIFY_PEER, nullptr);
        m_ssl = SSL_new(m_context);
        m_in = BIO_new(BIO_s_mem());
        m_out = BIO_new(BIO_s_mem());
        SSL_set_bio(m_ssl, m_in, m_out);
        SSL_set_connect_state(m_ssl);
        if (!options.alpn.isEmpty())
            SSL_set_alpn_protos(m_ssl, reinterpret_cast<const unsigned char *>(options.alpn.constData()),
                                unsigned(options.alpn.size()));
        if (options.name != nullptr)
            SSL_set_tlsext_host_name(m_ssl, options.name);
    }
    ~TlsPeer()
    {
        SSL_free(m_ssl);
        SSL_CTX_free(m_context);
    }
    Q_DISABLE_COPY_MOVE(TlsPeer)

    /// Reads, decrypts, shakes hands and sends, as far as it goes now.
    TlsPeer &step()
    {
        if (readsFromTheNet) {
            const QByteArray raw = std::exchange(m_pair.read().received, {});
            rawReceived += raw;
            BIO_write(m_in, raw.constData(), int(raw.size()));
        }
        ERR_clear_error();
        if (!SSL_is_init_finished(m_ssl) && error == 0)
            note(SSL_do_handshake(m_ssl));
        if (SSL_is_init_finished(m_ssl) && error == 0)
            readPlain();
        takeOut();
        pushOut();
        return *this;
    }

    void write(QByteArrayView bytes) { SSL_write(m_ssl, bytes.data(), int(bytes.size())); }
    void closeNotify() { SSL_shutdown(m_ssl); }
    /// `answered`: the server has to update its own.
    void updateKeys(bool answered = true)
    {
        SSL_key_update(m_ssl, answered ? SSL_KEY_UPDATE_REQUESTED : SSL_KEY_UPDATE_NOT_REQUESTED);
        SSL_do_handshake(m_ssl);
    }
    /// What would be sent next, for who wants to send it in another way.
    QByteArray takeRaw()
    {
        takeOut();
        return std::exchange(m_toSend, {});
    }

    [[nodiscard]] bool isOpen() const { return SSL_is_init_finished(m_ssl) == 1; }
    [[nodiscard]] bool sawCloseNotify() const { return (SSL_get_shutdown(m_ssl) & SSL_RECEIVED_SHUTDOWN) != 0; }
    /// All that was written is in the system's hands.
    [[nodiscard]] bool isIdle() const { return m_toSend.isEmpty(); }
    [[nodiscard]] SSL *ssl() const { return m_ssl; }
    /// Sizes of the records in what was received.
    [[nodiscard]] QList<int> recordSizes() const
    {
        QList<int> sizes;
        for (qsizetype at = 0; at + 5 <= rawReceived.size(); at += 5 + sizes.last())
            sizes += quint8(rawReceived[at + 3]) << 8 | quint8(rawReceived[at + 4]);
        return sizes;
    }

    QByteArray received;    ///< plain
    QByteArray rawReceived; ///< as on the wire
    unsigned long error = 0;
    qsizetype mostAtOnce = 0; ///< bytes a step that are sent; 0: all
    bool readsFromTheNet = true;

private:
    LoopPair &m_pair;
    SSL_CTX *m_context;
    SSL *m_ssl;
    BIO *m_in;
    BIO *m_out;
    QByteArray m_toSend;

    void note(int result)
    {
        if (result <= 0 && SSL_get_error(m_ssl, result) == SSL_ERROR_SSL)
            error = ERR_peek_last_error();
    }
    void readPlain()
    {
        char buffer[SSL3_RT_MAX_PLAIN_LENGTH];
        for (;;) {
            const int got = SSL_read(m_ssl, buffer, sizeof buffer);
            if (got <= 0)
                return note(got);
            received.append(buffer, got);
        }
    }
    void takeOut()
    {
        char *data = nullptr;
        const long size = BIO_get_mem_data(m_out, &data);
        m_toSend.append(data, size);
        (void)BIO_reset(m_out);
    }
    void pushOut()
    {
        const qsizetype count = mostAtOnce == 0 ? m_toSend.size() : qMin(mostAtOnce, m_toSend.size());
        const qint64 took = count == 0 ? 0 : m_pair.send(QByteArrayView(m_toSend).first(count));
        if (took > 0)
            m_toSend.remove(0, took);
    }
};

} // namespace glasshouse
