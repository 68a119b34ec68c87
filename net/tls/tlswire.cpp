// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tls/tlswire.h"

#include <algorithm>
#include <cstring>
#include <openssl/bio.h>

namespace glasshouse {

namespace {

constexpr size_t recordHeader = 5; // RFC 8446, 5.1

TlsWire &wireOf(BIO *bio) { return *static_cast<TlsWire *>(BIO_get_data(bio)); }

int create(BIO *bio)
{
    BIO_set_init(bio, 1);
    return 1;
}

int read(BIO *bio, char *data, size_t size, size_t *got)
{
    TlsWire &wire = wireOf(bio);
    BIO_clear_retry_flags(bio);
    *got = std::min(size, size_t(wire.in.size()));
    if (*got == 0) {
        BIO_set_retry_read(bio); // never an end: the transport knows of that
        return 0;
    }
    std::memcpy(data, wire.in.data(), *got);
    wire.in = wire.in.sliced(qsizetype(*got));
    wire.taken += qint64(*got);
    wire.records += size == recordHeader ? 1 : 0; // the library reads it by itself
    return 1;
}

int write(BIO *bio, const char *data, size_t size, size_t *put)
{
    BIO_clear_retry_flags(bio);
    wireOf(bio).out.append(data, qsizetype(size));
    *put = size;
    return 1;
}

long control(BIO *, int command, long, void *) { return command == BIO_CTRL_FLUSH ? 1 : 0; }

} // namespace

bio_method_st *makeTlsWireMethod()
{
    BIO_METHOD *method = BIO_meth_new(BIO_TYPE_SOURCE_SINK, "glasshouse transport");
    if (method == nullptr)
        return nullptr;
    BIO_meth_set_create(method, create);
    BIO_meth_set_read_ex(method, read);
    BIO_meth_set_write_ex(method, write);
    BIO_meth_set_ctrl(method, control);
    return method;
}

} // namespace glasshouse
