// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QImage>

namespace glasshouse {

/// A picture from the network. A value.
struct Picture
{
    /// More is refused before anything of it is unpacked: some bytes can be made to say that they are gigabytes.
    static constexpr int mostPixelsAside = 4096;
    static constexpr qint64 mostBytes = 16 * 1024 * 1024;
    /// Of a JPEG: each goes over all pixels, may take a few bytes, and a reader can not be broken off. Photos have ten.
    static constexpr int mostScans = 100;

    QImage image{}; ///< null: it is broken, too large, or of a kind that is not there
    QSize size{};   ///< as it says
    QByteArray format{};
    bool hasTooManyScans = false; ///< was not unpacked for that
};

/// "png", "jpeg", "gif", "bmp", "webp", by how it begins; empty: none of them.
[[nodiscard]] QByteArray pictureFormat(QByteArrayView bytes);
/// Of several the first. Takes a moment, so it is asked on another thread. Calls from any thread.
[[nodiscard]] Picture readPicture(const QByteArray &bytes);

} // namespace glasshouse
