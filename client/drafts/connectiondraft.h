// SPDX-FileCopyrightText: 2026 Glasshouse authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/drafts/textvariables.h"
#include "client/drafts/tokenway.h"

namespace glasshouse {

/// A connection as people write it down: all its texts may hold variables. A value.
struct ConnectionDraft
{
    QString address;
    TestClientOptions options; ///< without its URL
    TokenWay tokenWay = TokenWay::None;
    QString token;
};

/// One of its texts.
struct DraftText
{
    enum class Kind : quint8 {
        Address,
        Origin,
        Subprotocol,
        Header,
        Token,
        ProxyHost,
        ProxyUser,
        ProxyPassword,
        Message
    };
    Kind kind = Kind::Address;
    QByteArray name = {}; ///< of a header
};
/// For people, translated: "the header “X-Key”".
[[nodiscard]] QString draftTextName(const DraftText &text);
/// Shows every text, in the order in which they are set up; what is changed is changed in the draft.
void forEachText(ConnectionDraft &draft, const std::function<void(const DraftText &what, QString &text)> &visit);

/// What a client is told to do: filled in, and with the token in its place.
struct FilledDraft
{
    TestClientOptions options;
    std::optional<FilledText> fault; ///< of the first text that can not be filled in
    DraftText place;                 ///< it
};
[[nodiscard]] FilledDraft fillDraft(ConnectionDraft draft, TextVariables &variables);

} // namespace glasshouse
