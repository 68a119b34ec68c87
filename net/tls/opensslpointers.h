// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>

namespace glasshouse {

template <auto release>
struct OpensslDeleter
{
    template <typename Type>
    void operator()(Type *object) const
    {
        release(object);
    }
};
using KeyPointer = std::unique_ptr<EVP_PKEY, OpensslDeleter<EVP_PKEY_free>>;
using BioPointer = std::unique_ptr<BIO, OpensslDeleter<BIO_vfree>>;

/// Leaves the library's queue of errors as it was: what remained there would be taken for errors of the TLS connections that
/// live on the same thread.
class ErrorQueueGuard
{
public:
    ErrorQueueGuard() { ERR_set_mark(); }
    ~ErrorQueueGuard() { ERR_pop_to_mark(); }
    ErrorQueueGuard(const ErrorQueueGuard &) = delete;
    ErrorQueueGuard &operator=(const ErrorQueueGuard &) = delete;
};

} // namespace glasshouse
