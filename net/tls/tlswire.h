// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

struct bio_method_st;

namespace glasshouse {

/// What the TLS library reads and writes in place of a socket: it takes from `in`, without a copy of its own, and puts whole
/// records into `out`.
struct TlsWire
{
    QByteArrayView in;
    QByteArray out;
    qint64 taken = 0;   ///< from `in`, ever
    qint64 records = 0; ///< of these, as their headers were read
};

/// Of a BIO whose data is a TlsWire. The caller frees it, after the last BIO.
[[nodiscard]] bio_method_st *makeTlsWireMethod();

} // namespace glasshouse
