// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "server/http/contents/contentcoding.h"

namespace glasshouse {

/// What a file's bytes are, and how they are coded.
struct FileKind
{
    QByteArray contentType; ///< of what comes out when they are decoded
    ContentCoding coding = ContentCoding::Identity;
};

/// By the name's end; application/octet-stream for what is not known.
[[nodiscard]] QByteArray contentTypeOf(QByteArrayView path);

/// Does the name's end say that the bytes are coded, or may be?
[[nodiscard]] bool namesCoding(QByteArrayView path);
/// How many of a file's first bytes fileKindOf() looks at.
constexpr qint64 kindBytes = 64;
/// A name with ".br" or ".gz" behind another end ("game.wasm.br") is that file, coded; archives (".tar.gz") are what they are.
/// ".unityweb" is what Unity calls either of them in builds that can decode for themselves: the first bytes tell which.
[[nodiscard]] FileKind fileKindOf(QByteArrayView path, QByteArrayView firstBytes);

} // namespace glasshouse
